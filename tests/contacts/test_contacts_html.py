"""HTML read as text: no word is lost; held against `inscriptis`, which knows what a browser shows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inscriptis import get_text
from inscriptis.model.config import ParserConfig

from ticontact.contacts.readers import Finding, FindingKind, email_message
from ticontact.contacts.readers._findings import Findings
from ticontact.contacts.readers._html import html_text
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")


class TestTokenizer:
    """What is a tag and what is text, by the rules of WHATWG HTML, section 13.2.5."""

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("reddito < 3000 e affitto > 1200", "reddito < 3000 e affitto > 1200"),
            ("1<2 e 3>2", "1<2 e 3>2"),
            ("a <é b <b>c</b>", "a <é b c"),
            ("<a href='x>y' title=\"a>b\">qui</a> fine", "qui fine"),
            ("<a href=x>y</a>", "y"),
            ("<a b = 'c>d' e>f", "f"),
            ('<a ="x>y', "y"),
            ("<a/b c=d>x", "x"),
            ("<br/>a<BR>b", "a\nb"),
            ("a</>b</ c>d<//e>f", "abdf"),
            ("a<?xml x?>b<!DOCTYPE html>c<![CDATA[d]]>e", "abce"),
            ("a<!-->b<!--->c<!-- d --!>e<!-- f -->g", "abceg"),
            ("<titlex>a</titlex>", "a"),
            ("<script>a</scripty>b</script >c", "c"),
            ("<style>a</style/>b", "b"),
            ("<title>a</title>b<title>c", "bc"),
            ("<template>a</template>b<iframe>c</iframe>d<noembed>e</noembed>", "bd"),
            ("<textarea>\na <b>\nb</textarea>", "a <b>\nb"),
            ("<xmp><p>a</xmp>", "<p>a"),
            ("<head><style>x</style><body>testo", "testo"),
            ("<img alt=logo><img alt='due parole'><img title='x' ALT=\"tre\">", "logodue paroletre"),
            ("<img alt='a' alt='b'></img>", "a"),
            ("<img" + "".join(f" a{number}" for number in range(50)) + " alt='x'>y", "y"),
        ],
    )
    def test_tags(self, source: str, text: str) -> None:
        """A sign that is no tag is a letter like others; a quoted value may hold anything."""
        assert html_text(source) == text

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ('<a href="x>ciao</a> <p>mondo</p>', "ciao\n\nmondo"),
            ("uno <a href='due", "uno <a href='due"),
            ("uno <", "uno <"),
            ("uno </", "uno </"),
            ("uno <b", "uno <b"),
        ],
    )
    def test_what_never_ends_takes_no_words(self, source: str, text: str) -> None:
        """A browser would show nothing of it: here the letters stay."""
        assert html_text(source) == text

    @pytest.mark.parametrize(
        ("source", "is_told"),
        [("a<!-- b", True), ("a<script>b", True), ("a<style>b", True), ("a<!-- ", False), ("a<script> ", False),
         ("a<!x", True), ("a<!-- b -->", False)],
    )  # fmt: skip
    def test_what_takes_all_that_follows_is_told(self, source: str, *, is_told: bool) -> None:
        """A comment, a script or a style without an end has no letters of a person, or all of them."""
        findings = Findings()

        assert (html_text(source, findings=findings), html_text(source)) == ("a", "a")
        assert (findings.all == (Finding("text", FindingKind.LEFT_OUT),)) is is_told

    def test_no_control_character_comes_out(self) -> None:
        """A character reference may name one of the second set, which the library lets through."""
        raw = "Content-Type: text/html\n\na&#129;b&#x8d;&#27;&#0;c&#xD800;&#8238;d"

        assert email_message(raw.encode(), at=NINE).contact.messages[0].text == "abc\ufffdd".replace("bc", "b\ufffdc")


class TestLayout:
    """What stands where."""

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("<ol start=3><li>a<li>b<ol type=a><li>x</ol></ol>dopo", "3. a\n4. b\n  a. x\n\ndopo"),
            ("<ol reversed start=3><li>a<li value=9>b<li>c</ol>", "3. a\n9. b\n8. c"),
            ("<ol type=I start=4><li>a<li>b</ol>", "IV. a\nV. b"),
            ("<ol type=i start=1994><li>a</ol>", "mcmxciv. a"),
            ("<ol type=A start=26><li>a<li>b</ol>", "Z. a\nAA. b"),
            ("<ol type=a start=0><li>a</ol><ol type=I start=5000><li>b</ol>", "0. a\n\n5000. b"),
            ("<ol type=x start=y><li>a</ol>", "1. a"),
            ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>z", "- a\n  - b\n- c\n\nz"),
            ("<p>x</p><ul><li></li><li><p>b</p></li></ul>", "x\n\n- b"),
            ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n- b"),
            ("</ul><li>a", "- a"),
            ("x" + "<ul>" * 45 + "<li>a" + "</ul>" * 50 + "b", "x\n\n" + "  " * 8 + "- a\n\nb"),
            ("<pre>\nuno\n  due\n\n\ntre</pre>x", "uno\n  due\n\n\ntre\n\nx"),
            ("a<pre>b<br>c\n</pre>d<pre></pre>", "a\n\nb\nc\n\nd"),
            ("<pre>a<b> b</b>\n</pre>\n c", "a b\n\nc"),
            ("</pre>a\nb", "a b"),
            ("a<pre>\n</pre>b", "a\n\nb"),
            ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
            ("<p>a<br></p><p>b</p><br><br><br>c", "a\n\nb\n\nc"),
            ("<b>a</b> <i>b</i>c <u> d</u>", "a bc d"),
            ("<table><tr><td>a<td>b<tr><th>c</table>x", "a b\nc\n\nx"),
            ("<select><option>a<option>b</select>", "a\nb"),
            ("a&nbsp;&nbsp;b&shy;c", "a b\xadc"),
        ],
    )
    def test_lists_lines_and_cells(self, source: str, text: str) -> None:
        """Numbers of lists, lines of `pre`, the empty lines that mail programs write, cells apart."""
        assert html_text(source) == text


def words(text: str) -> list[str]:
    """The words of a text, without what draws lines and lists."""
    return re.findall(r"[^\W_]+", text)


PAGES = {
    "a paragraph": "<p>Buongiorno, vorrei sapere se il permesso &egrave; pronto.</p>",
    "an income": "<p>reddito < 3000 e affitto > 1200</p>",
    "a link with a sign": "<a href='https://x.ch/?a>b'>il modulo</a> allegato",
    "nested lists": "<ol><li>uno<ul><li>a<li>b</ul><li>due</ol>",
    "a numbered list": "<ol start=7><li>sette<li>otto</ol>",
    "a definition list": "<dl><dt>Permesso<dd>B<dt>Scadenza<dd>2026</dl>",
    "preformatted lines": "<pre>riga 1\n  riga 2\n\nriga 4</pre>",
    "a table": "<table><tr><td>Nome</td><td>Anna</td></tr><tr><td>Luogo</td><td>Lugano</td></tr></table>",
    "a table in a table": "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",
    "Outlook": "<html xmlns:o='urn'><head><style>p.MsoNormal{margin:0}</style></head><body><p class=MsoNormal>Ciao<o:p>"
    "</o:p></p><!--[if gte mso 9]><xml></xml><![endif]--><p class=MsoNormal>Anna</p></body></html>",
    "Gmail": "<div dir='ltr'><div>Ciao</div><div><br></div><div>Anna</div></div><br><div class='gmail_quote'>"
    "<div>Il 18 marzo ha scritto:</div><blockquote>Buongiorno</blockquote></div>",
    "Apple": "<div style='word-wrap:break-word'>Ciao<div><br></div><div>Anna<br></div><blockquote type='cite'>"
    "<div>vecchio</div></blockquote></div>",
    "Thunderbird": "<html><head><meta charset='utf-8'></head><body><p>Ciao</p><div class='moz-signature'>-- <br>Anna"
    "</div></body></html>",
    "no closing tags": "<p>uno<p>due<ul><li>tre<li>quattro</ul>cinque",
    "no body": "<title>x</title>solo <b>testo</b>",
    "entities": "&lt;b&gt; &amp; &#233; &#xE8; &euro; &hellip;",
    "an image": "<p>Prima <img src='x.png' alt='mappa'> dopo</p>",
    "headings": "<h1>Titolo</h1><h2>Capitolo</h2>testo",
    "a script": "<script>if (a < b) alert('</p>')</script><p>testo</p>",
    "a style": "<style>a > b { }</style><p>testo</p>",
    "a comment": "prima <!-- <p>non questo</p> --> dopo",
    "inline tags": "<span>pe</span><span>rmesso</span> <em>B</em>",
    "line breaks": "via Lugano 4<br/>6501 Bellinzona<br>Svizzera",
    "sections": "<article><header>a</header><section>b</section><footer>c</footer></article>",
    "white space": "  molto \n\n  spazio\t\tqui  ",
}
JUDGED = {
    "a numbered list": (
        "inscriptis does not look at `start`; a browser counts from there",
        ["7", "sette", "8", "otto"],
    ),
    "a definition list": (
        "inscriptis sets `dt` and `dd` without a line end; in a browser each has a line",
        ["Permesso", "B", "Scadenza", "2026"],
    ),
    "inline tags": ("inscriptis puts a blank around `span`; in a browser the word stays whole", ["permesso", "B"]),
}
"""Pages of which inscriptis shows something else: why ours is right, and what it is."""


@pytest.mark.parametrize("page", PAGES)
def test_the_same_words_as_inscriptis(page: str) -> None:
    """In the same order; image texts are asked of both."""
    ours = words(html_text(PAGES[page]))
    theirs = words(get_text(PAGES[page], ParserConfig(display_images=True)))
    reason, expected = JUDGED.get(page, ("", theirs))

    assert ours == expected
    assert (ours != theirs) is bool(reason), reason


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "uno", "due ", " tre", "<table><tr><td>", "</table>",
     "<hr>", "<h1>", "</h1>", "&amp;", "\n", "<span class='a>b'>", "</span>", "<blockquote>", "</blockquote>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_word_goes(source: str) -> None:
    """Whatever the tags around them, the words of a text come out in their order."""
    bare = re.sub(r"<span class='a>b'>|<[^>]*>", "", source).replace("&amp;", "&")

    assert re.sub(r"\s", "", html_text(source)) == re.sub(r"\s", "", bare)


@given(st.text("<>/!-?'\"= abpreliscript&;\n", max_size=60))
def test_any_signs_are_a_text(source: str) -> None:
    """Nothing is raised, and a second reading of what came out loses no letter that stands outside of tags."""
    assert isinstance(html_text(source), str)
