"""One text in five languages, written and spoken."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, UNREVIEWED, Text
from ticontact.i18n._text import language_named

CLOSED = Text(it="chiuso", de="geschlossen", fr="fermé", rm="serrà", en="closed")
OPENS = Text(
    it="apre alle {hour}",
    de="öffnet um {hour}",
    fr="ouvre à {hour}",
    rm="avra a las {hour}",
    en="opens at {hour}",
)
AT_EIGHT = Text(
    it="08.00",
    de="08.00",
    fr="08h00",
    rm="08.00",
    en="08.00",
    spoken=Text(it="le otto", de="acht Uhr", fr="huit heures", rm="las otg", en="eight o'clock"),
)


class TestLanguages:
    """Which languages there are."""

    def test_there_are_five(self) -> None:
        """The four official languages and English."""
        assert LANGUAGES == ("it", "de", "fr", "rm", "en")

    def test_romansh_is_marked_unreviewed(self) -> None:
        """No person has read the Romansh texts yet, and the library says so."""
        assert frozenset({"rm"}) == UNREVIEWED

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_codes_name_languages(self, code: str) -> None:
        """A language answers to its code."""
        assert language_named(code) == code

    @pytest.mark.parametrize("code", ["es", "IT", "", "it-CH", "spoken"])
    def test_other_codes_are_refused(self, code: str) -> None:
        """The refusal names the place, the code and the languages there are."""
        with pytest.raises(ConfigurationError) as refusal:
            language_named(code, path="office.language")

        assert str(refusal.value) == f"office.language: no texts in {code!r} (allowed: it, de, fr, rm, en)"


class TestText:
    """Asking a text for its words."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [("it", "chiuso"), ("de", "geschlossen"), ("fr", "fermé"), ("rm", "serrà"), ("en", "closed")],
    )
    def test_each_language_has_its_words(self, language: str, words: str) -> None:
        """A text answers in the language that is asked for; spoken as written where nothing else is given."""
        assert CLOSED.text(language) == words
        assert CLOSED.text(language, form="spoken") == words

    def test_a_spoken_form_has_none_of_its_own(self) -> None:
        """There is one way to say it."""
        with pytest.raises(ConfigurationError, match=r"^spoken: it has a spoken form itself"):
            attrs.evolve(CLOSED, spoken=AT_EIGHT)

    def test_spoken_form_stands_beside_the_written_one(self) -> None:
        """A time of day is written with figures and spoken in words."""
        assert AT_EIGHT.text("it") == "08.00"
        assert AT_EIGHT.text("it", form="spoken") == "le otto"

    def test_unknown_language_is_refused(self) -> None:
        """A text in no language of ours is refused, not guessed."""
        with pytest.raises(ConfigurationError, match="no texts in 'es'"):
            CLOSED.text("es")

    @given(name=st.text())
    def test_a_name_reads_alike_everywhere(self, name: str) -> None:
        """`same` gives the one text in every language."""
        assert {Text.same(name).text(language) for language in LANGUAGES} == {name}


class TestFill:
    """Filling the places of a text."""

    def test_plain_values_are_the_same_in_every_language(self) -> None:
        """A value that is no text is shown as it is."""
        filled = OPENS.fill({"hour": 8})

        assert [filled.text(language) for language in LANGUAGES] == [
            "apre alle 8",
            "öffnet um 8",
            "ouvre à 8",
            "avra a las 8",
            "opens at 8",
        ]
        assert filled.spoken is None

    def test_texts_fill_in_their_own_language_and_form(self) -> None:
        """A text inside a text gives its written form to the written one and its spoken form to the spoken one."""
        filled = OPENS.fill({"hour": AT_EIGHT})

        assert filled.text("fr") == "ouvre à 08h00"
        assert filled.text("fr", form="spoken") == "ouvre à huit heures"

    def test_a_text_without_a_spoken_form_of_its_own_gets_none(self) -> None:
        """Where written and spoken come out alike, one is enough."""
        assert OPENS.fill({"hour": CLOSED}).spoken is None

    @given(value=st.text())
    def test_values_are_not_read_as_places(self, value: str) -> None:
        """Braces in a value stay braces."""
        assert OPENS.fill({"hour": f"{value}{{hour}}"}).text("en") == f"opens at {value}{{hour}}"

    def test_a_missing_value_is_a_fault_of_the_catalogue(self) -> None:
        """A place that nobody fills is found at once."""
        with pytest.raises(KeyError, match="hour"):
            OPENS.fill({})
