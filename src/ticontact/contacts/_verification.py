"""How was it checked who somebody is?

The caller's number is a hint, never a proof. What is kept is the way and the result of the check: the answers to the
operator's questions are never stored.
"""

import enum
from datetime import datetime
from functools import total_ordering

import attrs
import pendulum

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._field_types import of_kind
from ticontact.contacts._moment import Moment, moment
from ticontact.i18n import Text
from ticontact.i18n._texts import contact_reasons as texts

__all__ = ["Assurance", "Verification"]


@total_ordering
class Assurance(enum.Enum):
    """How sure an identity is; later members are surer, and compare as greater."""

    CLAIMED = "claimed"
    """Somebody says so."""
    HINTED = "hinted"
    """A number or address on file fits."""
    CHECKED = "checked"
    """An operator asked what only this person knows, or called back a number on file."""
    PROVEN = "proven"
    """A document was shown, or an electronic identity was used."""

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Assurance):
            return NotImplemented
        return _RANKS[self] < _RANKS[other]

    @property
    def label(self) -> Text:
        """The level in words."""
        return texts.ASSURANCES[self.value]


_RANKS = {level: rank for rank, level in enumerate(Assurance)}


@attrs.frozen(field_transformer=hide)
class Verification:
    """That somebody's identity was checked.

    Attributes:
        method: How, such as `questions`, `document` or `callback`.
        level: How sure it is since then.
        by: Who checked; staff are persons too, so it does not show.
    """

    method: str
    level: Assurance = attrs.field(validator=of_kind(Assurance))
    by: str = attrs.field(default="", kw_only=True, metadata=PERSONAL)
    _at: Moment = attrs.field(alias="at", kw_only=True, converter=moment)

    @property
    def at(self) -> pendulum.DateTime:
        """When it was checked."""
        return self._at.at

    @classmethod
    def by_document(cls, *, by: str, at: datetime) -> "Verification":
        """The usual one at a counter: a document was shown."""
        return cls("document", Assurance.PROVEN, by=by, at=at)
