"""How does a contact look without its personal values?

A redacted contact is a document whose personal, sensitive and identifying values are replaced by typed placeholders
(`[PERSONAL-1]`), the same value by the same placeholder, so that it can still be seen that two are one. Positions stay
as they are. The record beside it says what was taken out and why.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

import attrs
import pendulum

from ticontact.contacts._classes import FieldClass, class_of
from ticontact.contacts._contact import Contact
from ticontact.contacts._moment import Moment, moment
from ticontact.contacts.formats import to_dict
from ticontact.contacts.formats._document import value_classes

__all__ = ["Redacted", "redact"]

_TAKEN_OUT: Final = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE, FieldClass.IDENTIFIER})


@attrs.frozen(kw_only=True)
class Redacted:
    """A redacted contact, with the record of what was done.

    Attributes:
        document: The contact's document with placeholders; it is for people and measures, not for `from_dict`.
        source: The id of the contact that it was made of.
        taken_out: How many different values of each class were taken out.
        rule: Why.
    """

    document: Mapping[str, object] = attrs.field(repr=False)
    source: str
    taken_out: Mapping[FieldClass, int]
    rule: str
    _at: Moment = attrs.field(alias="at", converter=moment)

    @property
    def at(self) -> pendulum.DateTime:
        """When it was done."""
        return self._at.at


def redact(contact: Contact, *, rule: str, at: datetime, classes: Collection[FieldClass] = _TAKEN_OUT) -> Redacted:
    """The contact without the values of some classes.

    Args:
        contact: The contact.
        rule: Why it is done, for the record.
        at: When, an aware datetime.
        classes: What is taken out; all that is not internal or public by default.
    """
    pen = _Pen(classes)
    document = pen.value(to_dict(contact), None)
    assert isinstance(document, dict)  # noqa: S101 - a document is one
    return Redacted(document=document, source=contact.id, taken_out=dict(pen.count), rule=rule, at=at)


class _Pen:
    """Blackens values and remembers their placeholders. It is mutable."""

    def __init__(self, classes: Collection[FieldClass]) -> None:
        self._classes = classes
        self._placeholders: dict[tuple[FieldClass, str], str] = {}
        self.count: Counter[FieldClass] = Counter()

    def value(self, data: object, field_class: FieldClass | None) -> object:
        if isinstance(data, dict):
            return self._members(data)
        if isinstance(data, list):
            return [self.value(item, field_class) for item in data]
        if field_class is None or data is None or data == "":
            return data
        return self._placeholder(field_class, repr(data))

    def _members(self, data: Mapping[str, object]) -> dict[str, object]:
        value_class = value_classes().get(str(data.get("type")))
        fields = {field.alias: class_of(field) for field in attrs.fields(value_class)} if value_class else {}
        return {
            name: self.value(value, fields[name] if fields.get(name) in self._classes else None)
            for name, value in data.items()
        }

    def _placeholder(self, field_class: FieldClass, value: str) -> str:
        known = self._placeholders
        if (field_class, value) not in known:
            self.count[field_class] += 1
            known[field_class, value] = f"[{field_class.name}-{self.count[field_class]}]"
        return known[field_class, value]
