"""What was sent by a form of the web site, to a contact."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._case import CaseRef, FoundCase
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, plain
from ticontact.contacts._verification import Assurance
from ticontact.contacts.readers._entered import Numbers, emails_of, speaking
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
    region: str = "CH",
    neighbours: Iterable[str] = (),
) -> Imported:
    """A form of the web site. What is no valid number or address is a finding; fields of other names go to the text.

    What was typed is never lost: what cannot be read stands in `Mailbox.written` and `Unknown.written`, and in the
    text. Two numbers or addresses in one field are both read, if both are complete.

    Whatever a form says of itself is a claim: nobody is identified, verified or asked for consent by a field. The case
    number is among `found_cases`, as a claim; it becomes one of `cases` when somebody has looked.

    Args:
        fields: What was sent, by field name. Of several values of one field all are kept; None is nothing.
        id: The id of the contact.
        at: When it was sent.
        names: Under which names the form sends what.
        case_scheme: The numbering that the case number belongs to.
        office: The office that keeps the case.
        region: The country of numbers without country code.
        neighbours: Countries whose mobile numbers people write without country code too, such as `IT` in Ticino. What
            is no number of the region is read as such a one, with the finding `ASSUMED_REGION`.

    Raises:
        UnreadableRecord: If these are no fields by name.
        NaiveTime: If `at` has no zone.
        ConfigurationError: If there is no such country.
    """
    if not isinstance(fields, Mapping):
        raise UnreadableRecord(
            f"web form: {type(fields).__name__} was given; allowed: values by field name", field="web form"
        )
    findings = Findings()
    given = [(_name_of(name, findings), _value(value, findings)) for name, value in fields.items()]
    form = _Form(given, names, findings)
    numbers = Numbers(findings, region=region, neighbours=tuple(neighbours))
    emails = emails_of(form.whole(names.email), names.email, findings)
    phones = numbers.all(form.whole(names.phone), names.phone)
    name = form.line(names.name)
    kept = {FindingKind.INVALID_ADDRESS, FindingKind.REMARK, FindingKind.ASSUMED_REGION}
    unread = {finding.where for finding in findings.all if finding.kind in kept} & {names.email, names.phone}
    contact = Contact(
        id=id,
        channel=Channel.named("web_form"),
        direction=Direction.INBOUND,
        parties=[_person(name, emails + phones)],
        found_cases=_case(form.line(names.case), case_scheme, office, names.case, findings),
        messages=[
            Message(
                subject=form.line(names.subject),
                text=form.text(unread),
                sender=_mailbox(name, emails),
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


def _person(name: str, given: list[Address]) -> Party:
    """The one person behind a form, with the first address that can be read, and the others."""
    in_order = sorted(given, key=lambda address: isinstance(address, Unknown))
    return Party(Role.CITIZEN, next(iter(in_order), None), name=name, further=in_order[1:])


def _mailbox(name: str, emails: list[Address]) -> Mailbox:
    first = next(iter(emails), None)
    if isinstance(first, EmailAddress):
        return Mailbox(name, first)
    return Mailbox(name, written=first.written if isinstance(first, Unknown) else "")


def _case(number: str, scheme: str, office: str, where: str, findings: Findings) -> list[FoundCase]:
    try:
        cases = [CaseRef(scheme, number, office=office)] if number else []
    except ContactError:
        findings.add(where, FindingKind.BROKEN_FIELD)
        return []
    return [FoundCase(case, Assurance.CLAIMED, by="web_form") for case in cases]
