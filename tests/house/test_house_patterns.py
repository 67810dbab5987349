"""Every regular expression of the package is linear: found automatically, attacked with its own alphabet, counted."""

import re
from itertools import islice

import pytest
from backtracking import attacks, compiled, end_of_match, worst
from patterns import Found, NotFound, found_in, module_of
from sources import sources

MADE_FROM_WHAT_A_DEPARTMENT_WRITES: dict[tuple[str, str], str] = {
    ("src/ticontact/contacts/readers/_exchange.py", "re.compile(value)"): "checks that the department's pattern is one",
    (
        "src/ticontact/contacts/readers/_exchange.py",
        "re.fullmatch(self.extensions, number)",
    ): "the department's own pattern of its extensions, on the few digits of a number",
    (
        "src/ticontact/contacts/readers/_html.py",
        "re.compile(f'</{name}(?=[\\\\s/>])', re.IGNORECASE)",
    ): "its nine patterns are found",
    (
        "src/ticontact/plain/_kinds.py",
        "re.compile(limits.pattern)",
    ): "a pattern that a class declares for a field of its own; those of ticontact's classes are none",
}
"""Patterns that are no part of the package, with the reason why they may be."""

BEGUN_ONLY_BEHIND: dict[str, str] = {
    "src/ticontact/contacts/readers/_html.py _TAG": "<",
    "src/ticontact/contacts/readers/_mime.py _BORDER_END": "\n--b",
    "src/ticontact/contacts/readers/_mime.py _FIELD": "\n",
}
"""Patterns that are tried at a place that the code has found: a word that stands before each such place."""

FOUND = [each for source in sources("src/ticontact") for each in found_in(source, module_of(source))]
KNOWN = [each for each in FOUND if isinstance(each, Found)]
UNKNOWN = [each for each in FOUND if isinstance(each, NotFound)]


def test_no_expression_hides() -> None:
    """A pattern that is put together from what comes in cannot be held to anything, so each is named with a reason."""
    assert {(each.file, each.code) for each in UNKNOWN} == set(MADE_FROM_WHAT_A_DEPARTMENT_WRITES)


def test_all_are_found() -> None:
    """The search sees at least what a plain text search sees."""
    compiled_somewhere = sum(source.text.count("re.compile(") for source in sources("src/ticontact"))

    assert len({each.pattern for each in KNOWN}) >= compiled_somewhere - len(UNKNOWN)


@pytest.mark.parametrize("found", KNOWN, ids=lambda found: f"{found.place} {found.use}")
def test_work_grows_with_the_text(found: Found) -> None:
    """On n, 2n and 4n of its own alphabet no pattern takes more than its share of steps."""
    grown = worst(compiled(found.pattern), found.use, behind=BEGUN_ONLY_BEHIND.get(found.place, ""))

    assert grown is None, grown


@pytest.mark.parametrize("place", BEGUN_ONLY_BEHIND)
def test_exceptions_are_needed(place: str) -> None:
    """A pattern with a place of its own is there, and would grow if it were tried everywhere."""
    (found,) = (each for each in KNOWN if each.place == place)

    assert worst(compiled(found.pattern), found.use) is not None


BAD = [
    (r"(a+)+$", "match", "a choice within a choice"),
    (r"(a|a)*b", "match", "two ways to take one letter"),
    (r"(?:a|ab|b)*c", "fullmatch", "two ways to cut a word"),
    (r"[^\r\n]*\r?\n", "scan", "a line that never ends, begun at each of its places"),
    (r"\s*$", "search", "a run that is begun at each of its places"),
    (r"a*a*b", "match", "two neighbours that take the same"),
    (r"\s+off", "search", "a run that leads to a word"),
    (r"[^\W\d_]+[.:]* ?[^\W\d_]+\d", "match", "a neighbour behind something that may be absent"),
    (r"(?:[^\W\d_]+[.:°º]* ?){1,3}(?=[+(\d])", "search", "a label that is looked for everywhere"),
    (r"(?P<days>[A-Za-z][A-Za-z, -]*?)\s+(?P<rest>off|[\d:., -]+)x", "fullmatch", "blanks that belong to two"),
    (r'"(?:[^"\\]|\\.)*"', "search", "a quote that never ends, begun at every quote"),
    (rb"[!-9;-~]{1,800}:", "search", "a long limit helps little"),
    (r"<a[^>]*x>", "scan", "the way in again and again"),
    (r"(?i:x*)X*y", "match", "neighbours but for the case"),
    (r"(?=a*b)a|(?:a(?=a*b))*c", "scan", "looking ahead at every place"),
]


@pytest.mark.parametrize(("pattern", "use", "why"), BAD)
def test_the_test_finds_bad_ones(pattern: str | bytes, use: str, why: str) -> None:
    """Known traps are caught."""
    assert worst(compiled(re.compile(pattern)), use) is not None, why


GOOD = [
    (r"a*b", "match"),
    (r"(?:a|b)*c", "fullmatch"),
    (r"\s*$", "match"),
    (r"(?<!\s)\s+$", "search"),
    (r"(?<!\s)\s++$", "search"),
    (r"[ \t]+", "scan"),
    (r'"(?:[^"\\]|\\.)*+"?', "scan"),
    (r"(?>a+)a*b", "match"),
    (r"\d{1,4}-\d{1,2}(?:-\d{1,2})?", "search"),
    (r"(?:[a-z]+=\d+;)*end", "fullmatch"),
    (rb"(?<![^\r\n])[^\r\n]*\r?\n", "scan"),
    (r"(?:)*x", "match"),
    (r"(?:a??)*b", "match"),
    (r"^\w+\b(?!x)$", "match"),
    (r"(?i)che[^a-z]?\S\Z", "match"),
]


@pytest.mark.parametrize(("pattern", "use"), GOOD)
def test_the_test_leaves_good_ones_alone(pattern: str | bytes, use: str) -> None:
    """Linear patterns pass, also possessive ones and those with a look behind."""
    assert worst(compiled(re.compile(pattern)), use) is None


TEXTS = ["", "a", "aab", "x1-2", 'say "a\\"b" end', "  off\n", "Mo-Fr 08:00", "aaac", "CHE-1 ", "key=1;b=2;end", "\n\n"]


@pytest.mark.parametrize(
    "found",
    [
        *KNOWN,
        *(Found(f"good {pattern!r}", re.compile(pattern), use) for pattern, use in GOOD),
        *(Found(f"bad {pattern!r}", re.compile(pattern), use) for pattern, use, _ in BAD),
    ],
    ids=lambda found: f"{found.place} {found.use}",
)
def test_the_counting_matcher_agrees_with_re(found: Found) -> None:
    """It finds the very end that `re` finds, on texts of the pattern's own alphabet: so it walks the very tree."""
    program = compiled(found.pattern)
    texts = [*TEXTS, *(attack.text(3) for attack in islice(attacks(program), 80))]
    is_bytes = isinstance(found.pattern.pattern, bytes)
    for text in texts:
        given = text.encode("latin-1", "ignore") if is_bytes else text
        for whole in (False, True):
            match = found.pattern.fullmatch(given) if whole else found.pattern.match(given)
            expected = match.end() if match else None
            text_read = given.decode("latin-1") if isinstance(given, bytes) else given
            assert end_of_match(program, text_read, whole=whole) == expected, (text, whole)
