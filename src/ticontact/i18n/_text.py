"""One text in five languages, in its written form and, where it differs, its spoken form."""

from collections.abc import Mapping
from string import Formatter
from typing import Final, Literal, get_args

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked

__all__ = ["LANGUAGES", "UNREVIEWED", "Form", "Language", "Text", "is_alike", "language_named"]

Language = Literal["it", "de", "fr", "rm", "en"]
"""The four official languages, and English as a help."""

Form = Literal["written", "spoken"]
"""A text to be read, or one to be read aloud: nobody can speak "08.00-12.00"."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
UNREVIEWED: Final[frozenset[Language]] = frozenset({"rm"})


def language_named(name: str, *, path: str = "language") -> Language:
    """The language of this code.

    Args:
        name: One of `it`, `de`, `fr`, `rm`, `en`.
        path: The place in the file or call, for the error.

    Raises:
        ConfigurationError: If ticontact has no texts in it.
    """
    for language in LANGUAGES:
        if language == name:
            return language
    raise ConfigurationError([Fault(path, f"no texts in {name!r}", ", ".join(LANGUAGES))])


@attrs.frozen(kw_only=True, field_transformer=checked)
class Text:
    """The same sentence in five languages.

    Attributes:
        it: Italian.
        de: German, in its Swiss spelling.
        fr: French.
        rm: Romansh (Rumantsch Grischun).
        en: English.
        spoken: The form to be read aloud, where it differs from the written one; it has none itself.

    >>> Text(it="chiuso", de="geschlossen", fr="fermé", rm="serrà", en="closed").text("fr")
    'fermé'
    """

    it: str
    de: str
    fr: str
    rm: str
    en: str
    spoken: "Text | None" = None

    def __attrs_post_init__(self) -> None:
        if self.spoken is not None and self.spoken.spoken is not None:
            raise ConfigurationError([Fault("spoken", "it has a spoken form itself", "a text without one")])

    @classmethod
    def same(cls, text: str) -> "Text":
        """A text that reads alike in every language, such as a name."""
        return cls(it=text, de=text, fr=text, rm=text, en=text)

    def text(self, language: str, *, form: Form = "written") -> str:
        """The sentence in a language.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        source = self.spoken if form == "spoken" and self.spoken is not None else self
        words: str = getattr(source, language_named(language))
        return words

    def fill(self, values: Mapping[str, object]) -> "Text":
        """The sentence with its `{places}` filled; a `Text` among the values gives its own language and form.

        Raises:
            KeyError: If a place has no value; that is a fault of the catalogue, found by its test.
        """
        written = _filled(self, values, "written")
        spoken = _filled(self, values, "spoken")
        return written if spoken == written else attrs.evolve(written, spoken=spoken)


def is_alike(text: Text) -> bool:
    """Whether a text reads alike in every language, as a name does, or words of which nobody knows the language.

    >>> is_alike(Text.same("San Lorenzo"))
    True
    """
    return len({text.text(language) for language in LANGUAGES}) == 1


def _filled(text: Text, values: Mapping[str, object], form: Form) -> Text:
    return Text(
        it=_fill(text, values, "it", form),
        de=_fill(text, values, "de", form),
        fr=_fill(text, values, "fr", form),
        rm=_fill(text, values, "rm", form),
        en=_fill(text, values, "en", form),
    )


def _fill(text: Text, values: Mapping[str, object], language: Language, form: Form) -> str:
    shown = {
        name: value.text(language, form=form) if isinstance(value, Text) else value for name, value in values.items()
    }
    return Formatter().vformat(text.text(language, form=form), (), shown)
