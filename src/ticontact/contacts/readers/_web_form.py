"""What was sent by a form of the web site, to a contact."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

import attrs

from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._case import CaseRef, FoundCase
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, plain
from ticontact.contacts._verification import Assurance
from ticontact.contacts.readers._entered import email_of, phone_of, speaking
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import ContactError, UnreadableRecord
from ticontact.plain import checked

__all__ = ["FormNames", "web_form"]

_LONGEST: Final = 100_000  # characters of one field
_LONGEST_LINE: Final = 1_000  # characters of a field of one line, such as the subject
_LONGEST_NAME: Final = 200  # characters of the name of a field


@attrs.frozen(kw_only=True, field_transformer=checked)
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

    Whatever a form says of itself is a claim: nobody is identified, verified or asked for consent by a field. The case
    number is among `found_cases`, as a claim; it becomes one of `cases` when somebody has looked.

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
        raise UnreadableRecord(
            f"web form: {type(fields).__name__} was given; allowed: values by field name", field="web form"
        )
    findings = Findings()
    given = [(_name_of(name, findings), _value(value, findings)) for name, value in fields.items()]
    form = _Form(given, names, findings)
    email = email_of(form.whole(names.email), names.email, findings)
    number = phone_of(form.whole(names.phone), names.phone, findings)
    name = form.line(names.name)
    unread = {names.email: email is None, names.phone: number is None}
    contact = Contact(
        id=id,
        channel=Channel.named("web_form"),
        direction=Direction.INBOUND,
        parties=[_person(name, email, number)],
        found_cases=_case(form.line(names.case), case_scheme, office, names.case, findings),
        messages=[
            Message(
                subject=form.line(names.subject),
                text=form.text({each for each, is_unread in unread.items() if is_unread}),
                sender=Mailbox(name, email if isinstance(email, EmailAddress) else None),
            )
        ],
        created_at=at,
    )
    return Imported(speaking(contact, form.whole(names.language), findings), findings.all)


def _name_of(name: object, findings: Findings) -> str:
    text = _shown(name, findings)
    if len(text) > _LONGEST_NAME:
        findings.add("fields", FindingKind.CUT)  # the names of fields come from outside too
    return text[:_LONGEST_NAME]


def _value(value: object, findings: Findings) -> str:
    """A value as text: several, as a list of boxes sends them, one after the other."""
    several = value if isinstance(value, list | tuple) else [value]
    text = ", ".join(_shown(each, findings) for each in several if each is not None)
    if len(text) > _LONGEST:
        findings.add("fields", FindingKind.CUT)
    return text[:_LONGEST]


def _shown(value: object, findings: Findings) -> str:
    """One value as text. A number of five thousand digits and a list in a thousand lists have none in Python."""
    try:
        return str(value)
    except (ValueError, TypeError, ArithmeticError, LookupError, RecursionError):
        findings.add("fields", FindingKind.LEFT_OUT)
    return ""


class _Form:
    """The fields of one form, by what they mean. It is mutable: its findings grow."""

    def __init__(self, given: list[tuple[str, str]], names: FormNames, findings: Findings) -> None:
        self._given = given
        self._by_name = dict(given)
        self._names = names
        self._findings = findings

    def whole(self, name: str) -> str:
        """A field as it was sent; empty if it was not."""
        return self._by_name.get(name, "")

    def line(self, name: str) -> str:
        """A field as one clean line, cut before it is cleaned."""
        given = self.whole(name)
        if len(given) > _LONGEST_LINE:
            self._findings.add("fields", FindingKind.CUT)
        return clean(given[:_LONGEST_LINE])

    def text(self, unread: Collection[str]) -> str:
        """The message, and below it the fields of other names, and those that could not be read: nothing is lost."""
        elsewhere = set(attrs.astuple(self._names)) - set(unread)
        others = [
            f"{clean(name)}: {clean(value)}" for name, value in self._given if name not in elsewhere and value.strip()
        ]
        text = plain(self.whole(self._names.text)).strip()
        return "\n\n".join(each for each in (text, "\n".join(others)) if each)


def _person(name: str, *given: Address | None) -> Party:
    """The one person behind a form, with the first address that there is, and the others."""
    addresses = [address for address in given if address]
    return Party(Role.CITIZEN, next(iter(addresses), None), name=name, further=addresses[1:])


def _case(number: str, scheme: str, office: str, where: str, findings: Findings) -> list[FoundCase]:
    try:
        cases = [CaseRef(scheme, number, office=office)] if number else []
    except ContactError:
        findings.add(where, FindingKind.BROKEN_FIELD)
        return []
    return [FoundCase(case, Assurance.CLAIMED, by="web_form") for case in cases]
