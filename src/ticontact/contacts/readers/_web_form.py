"""What was sent by a form of the web site, to a contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import attrs

from ticontact.contacts._case import CaseRef
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._party import Party, Role
from ticontact.contacts._points import Address
from ticontact.contacts._text import clean, plain
from ticontact.contacts.readers._entered import email_of, phone_of, speaking
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import InvalidReference, UnreadableRecord

__all__ = ["FormNames", "web_form"]

_LONGEST: Final = 100_000  # characters of one field


@attrs.frozen(kw_only=True)
class FormNames:
    """Under which names a form sends what.

    Attributes:
        name: The person's name.
        email: The e-mail address.
        phone: The telephone number.
        subject: The subject.
        text: The message.
        language: The language of the form, as a code.
        case: The case number.
    """

    name: str = "name"
    email: str = "email"
    phone: str = "phone"
    subject: str = "subject"
    text: str = "message"
    language: str = "language"
    case: str = "case"


_DEFAULT: Final = FormNames()


def web_form(
    fields: Mapping[str, object],
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    names: FormNames = _DEFAULT,
    case_scheme: str = "case",
    office: str = "",
) -> Imported:
    """A form of the web site. What is no valid number or address is a finding; fields of other names go to the text.

    Args:
        fields: What was sent, by field name. Of several values of one field all are kept; None is nothing.
        id: The id of the contact.
        at: When it was sent.
        names: Under which names the form sends what.
        case_scheme: The numbering that the case number belongs to.
        office: The office that keeps the case.

    Raises:
        UnreadableRecord: If these are no fields by name.
        NaiveTime: If `at` has no zone.
    """
    if not isinstance(fields, Mapping):
        raise UnreadableRecord(f"web form: {type(fields).__name__} was given; allowed: values by field name")
    findings = Findings()
    given = {str(name): _value(value, findings) for name, value in fields.items()}
    email = email_of(given.get(names.email, ""), names.email, findings)
    number = phone_of(given.get(names.phone, ""), names.phone, findings)
    name = clean(given.get(names.name, ""))
    contact = Contact(
        id=id,
        channel=Channel.named("web_form"),
        direction=Direction.INBOUND,
        parties=[_person(name, email, number)],
        cases=_case(clean(given.get(names.case, "")), case_scheme, office, names.case, findings),
        messages=[_message(given, names, Mailbox(name, email))],
        created_at=at,
    )
    return Imported(speaking(contact, given.get(names.language, ""), findings), findings.all)


def _value(value: object, findings: Findings) -> str:
    """A value as text: several, as a list of boxes sends them, one after the other."""
    several = value if isinstance(value, list | tuple) else [value]
    text = ", ".join(str(each) for each in several if each is not None)
    if len(text) > _LONGEST:
        findings.add("fields", FindingKind.CUT)  # the names of fields come from outside too
    return text[:_LONGEST]


def _person(name: str, *given: Address | None) -> Party:
    """The one person behind a form, with the first address that there is, and the others."""
    addresses = [address for address in given if address]
    return Party(Role.CITIZEN, next(iter(addresses), None), name=name, further=addresses[1:])


def _message(given: Mapping[str, str], names: FormNames, sender: Mailbox) -> Message:
    known = set(attrs.astuple(names))
    others = [f"{clean(name)}: {clean(value)}" for name, value in given.items() if name not in known and value.strip()]
    text = plain(given.get(names.text, "")).strip()
    return Message(
        subject=clean(given.get(names.subject, "")),
        text="\n\n".join(each for each in (text, "\n".join(others)) if each),
        sender=sender,
    )


def _case(number: str, scheme: str, office: str, where: str, findings: Findings) -> list[CaseRef]:
    try:
        return [CaseRef(scheme, number, office=office)] if number else []
    except InvalidReference:
        findings.add(where, FindingKind.BROKEN_FIELD)
    return []
