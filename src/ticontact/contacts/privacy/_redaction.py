"""How does a contact look without its personal values?

A redacted contact is a document whose personal, sensitive and identifying values are replaced by typed placeholders:
`[NAME-1]`, `[PHONE_NUMBER-2]`. The same value has the same placeholder wherever it stands in the document, so that it
can still be seen that two are one. Positions stay as they are. The record beside it says what was taken out and why.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

import attrs
import pendulum

from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import FieldClass, class_said
from ticontact.contacts._moment import Moment, moment
from ticontact.contacts.privacy._field_classes import BY_TYPE
from ticontact.plain import checked, json_schema, to_dict

__all__ = ["Redacted", "redact"]

_TAKEN_OUT: Final = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE, FieldClass.IDENTIFIER})
_WHOLE: Final = frozenset(
    {"ahv_number", "chat_handle", "email_address", "external_id", "phone_number", "postal_address", "sip_address",
     "uid"}
)  # fmt: skip
"""What is one value although it has several fields: a number and its national form get one placeholder."""
_KINDS: Final[Mapping[tuple[str, str], str]] = {
    ("attachment", "name"): "FILE",
    ("attachment", "written_name"): "FILE",
    ("case_ref", "value"): "CASE",
    ("found_case", "by"): "STAFF",
    ("leg", "agent"): "STAFF",
    ("message", "id"): "MESSAGE",
    ("message", "in_reply_to"): "MESSAGE",
    ("message", "references"): "MESSAGE",
    ("verification", "by"): "STAFF",
}
"""How a field is called in a placeholder where its own name would not say it."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Redacted:
    """A redacted contact, with the record of what was done.

    Attributes:
        document: The contact's document with placeholders; it is for people and measures, not for `from_dict`.
        source: The id of the contact that it was made of.
        taken_out: How many different values of each class were taken out.
        rule: Why.
        by: Who did it; staff are persons too, so it does not show.
    """

    document: Mapping[str, object] = attrs.field(repr=False)
    source: str
    taken_out: Mapping[FieldClass, int]
    rule: str
    by: str = attrs.field(default="", repr=False)
    _at: Moment = attrs.field(alias="at", converter=moment)

    @property
    def at(self) -> pendulum.DateTime:
        """When it was done."""
        return self._at.at


def redact(
    contact: Contact, *, rule: str, at: datetime, by: str = "", classes: Collection[FieldClass] = _TAKEN_OUT
) -> Redacted:
    """The contact without the values of some classes.

    Args:
        contact: The contact.
        rule: Why it is done, for the record.
        at: When, an aware datetime.
        by: Who does it, for the record.
        classes: What is taken out; all that is not internal or public by default.
    """
    schema = json_schema(Contact)
    pen = _Pen(classes, schema["$defs"])
    document = pen.blackened(to_dict(contact), schema)
    return Redacted(document=document, source=contact.id, taken_out=dict(pen.count), rule=rule, by=by, at=at)


class _Pen:
    """Blackens values and remembers their placeholders. It is mutable.

    It goes over a document by the schema of the document, which says the class of each field.
    """

    def __init__(self, classes: Collection[FieldClass], definitions: Mapping[str, Any]) -> None:
        self._classes = classes
        self._definitions = definitions
        self._placeholders: dict[tuple[str, str], str] = {}
        self._numbers: Counter[str] = Counter()
        self.count: Counter[FieldClass] = Counter()

    def blackened(self, data: Any, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever a document holds
        """A part of a document, each of its fields blackened by its class."""
        if isinstance(data, list):
            return [self.blackened(item, schema["items"]) for item in data]
        return self._members(data, self._definition(data, schema)) if isinstance(data, dict) else data

    def _definition(self, data: Mapping[str, object], schema: Mapping[str, Any]) -> str:
        """The name of the definition by which a table is made: of several that which its `type` says."""
        names = [str(option["$ref"]).rpartition("/")[2] for option in schema.get("anyOf", [schema]) if "$ref" in option]
        if len(names) == 1:
            return names[0]
        return next(name for name in names if name.removesuffix(BY_TYPE) == data["type"])

    def _members(self, data: Mapping[str, Any], definition: str) -> dict[str, object]:
        name, fields = definition.removesuffix(BY_TYPE), self._definitions[definition]["properties"]
        classes = {key: class_said(fields[key]) for key in data}
        hidden = {key: each for key, each in classes.items() if each in self._classes}
        whole = repr([data[key] for key in hidden]) if name in _WHOLE else ""
        return {
            key: self._black(value, hidden[key], _KINDS.get((name, key), (name if whole else key).upper()), whole)
            if key in hidden
            else self.blackened(value, fields[key])
            for key, value in data.items()
        }

    def _black(self, data: object, field_class: FieldClass, kind: str, whole: str) -> object:
        """The placeholder of a value; lists keep their length, and what is empty stays so."""
        if isinstance(data, list):
            return [self._black(item, field_class, kind, whole) for item in data]
        if data is None or data == "":
            return data
        key = (kind, whole or repr(data))
        if key not in self._placeholders:
            self.count[field_class] += 1
            self._numbers[kind] += 1
            self._placeholders[key] = f"[{kind}-{self._numbers[kind]}]"
        return self._placeholders[key]
