"""Why an office is open or closed: the rule that decides, its source, and its name in five languages."""

import enum

import attrs

from ticontact.i18n import Text
from ticontact.i18n._text import Form

__all__ = ["Reason", "RuleKind", "as_text"]


class RuleKind(enum.Enum):
    """The kinds of rules, in the order in which they win on a date."""

    VALIDITY = "validity"
    CLOSURE = "closure"
    BREAK = "break"
    OVERRIDE = "override"
    HOLIDAY = "holiday"
    SEASON = "season"
    WEEK = "week"
    COMBINATION = "combination"

    def __repr__(self) -> str:
        return f"RuleKind.{self.name}"


@attrs.frozen
class Reason:
    """The rule that decides about an instant.

    Attributes:
        id: The rule's name for programs, such as `joseph`.
        words: Its name for people.
        kind: What kind of rule it is.
        source: What it rests on: an article of a law, a page, the department's own decision; may be empty.
        projected: Whether the rule is carried on into a year that its source does not cover.
    """

    id: str
    words: Text
    kind: RuleKind = attrs.field(kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    projected: bool = attrs.field(default=False, kw_only=True)

    def text(self, language: str, *, form: Form = "written") -> str:
        """The rule's name in a language.

        Raises:
            UnknownLanguage: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)


def as_text(words: Text | str) -> Text:
    """The words as a text; a plain text reads alike in all languages."""
    return Text.same(words) if isinstance(words, str) else words
