"""What type checkers see of contacts, as a consumer writes it. Checked, never run."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, assert_type

import pendulum

from ticontact.contacts import (
    CHANNELS,
    Address,
    AddressReader,
    Assurance,
    AutomaticMessage,
    CaseRef,
    Channel,
    Contact,
    ContactPoint,
    ContactRef,
    Direction,
    Disclosure,
    EmailAddress,
    ExternalId,
    FieldClass,
    HandOver,
    Leg,
    LegKind,
    Mandate,
    Message,
    Moment,
    Need,
    Outcome,
    Party,
    PhoneKind,
    PhoneNumber,
    PostalAddress,
    Role,
    Salutation,
    ShortNumber,
    TimeSource,
    Withheld,
    automatic_message,
    may_disclose,
    new_text,
    parse_phone,
    points_in_order,
)
from ticontact.contacts.formats import Trust, from_vcon, reply_fields, to_vcon
from ticontact.contacts.identity import Ambiguous, Conflict, Match, NoMatch, Person, SamePerson, resolve_identity
from ticontact.contacts.privacy import (
    AuditEvent,
    DueItem,
    PseudonymKey,
    Redacted,
    RetentionRule,
    due,
    field_classes,
    redact,
)
from ticontact.contacts.readers import CallRecords, Finding, Imported, call_record, call_records, email_message
from ticontact.contacts.threads import Continues, KnownThread, NewThread, Uncertain, find_thread
from ticontact.i18n import Language, Text
from ticontact.plain import from_dict, json_schema, to_dict


def addresses(text: str) -> None:
    """Numbers and addresses."""
    assert_type(PhoneNumber.parse(text), PhoneNumber)
    assert_type(PhoneNumber.parse(text, region=None).kind, PhoneKind)
    assert_type(parse_phone(text), PhoneNumber | ShortNumber)
    assert_type(parse_phone(text).national, str)
    assert_type(EmailAddress.parse(text).ascii, str | None)
    assert_type(PostalAddress(town="Bellinzona", swiss_code="6500").lines("it"), tuple[str, ...])
    point = ContactPoint(address=Withheld())
    assert_type(point.holds(on=date(2026, 3, 18)), bool)
    assert_type(points_in_order([point], on=date(2026, 3, 18)), tuple[ContactPoint, ...])
    assert_type(AddressReader(remember=9).phone(text), PhoneNumber | ShortNumber)
    assert_type(AddressReader().email(text), EmailAddress)
    PostalAddress(town="Bellinzona", swiss_code="6500", salutation=Salutation.MRS)
    Party(Role.CITIZEN, needs=[Need.LARGE_PRINT], identifiers=[ExternalId("zemis", "1")])


def life(at: datetime) -> None:
    """A contact from arrival to outcome."""
    assert_type(CHANNELS.named("voice"), Channel)
    contact = Contact(
        id="c-1",
        channel=Channel.named("voice"),
        direction=Direction.INBOUND,
        reached=PhoneNumber.parse("091 814 55 00"),
        parties=[Party(Role.CITIZEN, Withheld())],
        legs=[Leg(kind=LegKind.INITIAL, started_at=at)],
        created_at=at,
    )
    assert_type(contact.created_at, pendulum.DateTime)
    assert_type(contact.answered_at, pendulum.DateTime | None)
    assert_type(contact.reached, Address | None)
    assert_type(contact.parties, tuple[Party, ...])
    assert_type(contact.wait, timedelta | None)
    assert_type(contact.ref, ContactRef)
    assert_type(contact.language, Language)
    assert_type(contact.moments, Mapping[str, Moment])
    assert_type(contact.answered(at=Moment.of(at, TimeSource.EXCHANGE)), Contact)
    assert_type(contact.answered(at=at).ended(Outcome.ANSWERED, at=at), Contact)
    assert_type(Outcome.ANSWERED.label, Text)
    assert_type(HandOver(CaseRef("permit", "1"), "summary").waited, timedelta)


def decisions(contact: Contact, at: datetime) -> None:
    """Threads, machines, identity, disclosure."""
    assert_type(find_thread(contact, [KnownThread(ticket="t")]), Continues | Uncertain | NewThread)
    assert_type(automatic_message(contact), AutomaticMessage | None)
    assert_type(resolve_identity(contact, [Person(key="p")], office="m", at=at), Match | Ambiguous | Conflict | NoMatch)
    assert_type(find_thread(contact, []).needs_review, bool)
    link = SamePerson(one="p", other="q", office="m", evidence="document", by="o", at=at)
    resolve_identity(contact, [Person(key="p")], office="m", at=at, links=[link])
    answer = may_disclose(contact, CaseRef("permit", "1"), Assurance.CHECKED, concerned={"p"}, at=at)
    assert_type(answer, Disclosure)
    assert_type(answer.allowed, bool)
    assert_type(new_text("text"), str)


def outside(raw: bytes, rows: list[dict[str, str]], at: datetime) -> None:
    """Readers, documents, privacy."""
    imported = email_message(raw, at=at)
    assert_type(imported, Imported)
    assert_type(imported.findings, tuple[Finding, ...])
    assert_type(imported.contact.messages, tuple[Message, ...])
    assert_type(call_record(rows), Imported)
    assert_type(call_records(rows), CallRecords)
    assert_type(to_dict(imported.contact), dict[str, Any])
    assert_type(from_dict(Contact, to_dict(imported.contact)), Contact)
    mandate = Mandate(representative="p", principal="q", cases=[CaseRef("permit", "1")])
    assert_type(from_dict(Mandate, to_dict(mandate)), Mandate)
    assert_type(from_vcon(to_vcon(imported.contact, uuid="")), Imported)
    assert_type(from_vcon(b"{}", trust=Trust.STORED), Imported)
    assert_type(json_schema(AuditEvent), dict[str, Any])
    assert_type(field_classes(), Mapping[str, FieldClass])
    assert_type(PseudonymKey("k", raw).pseudonym(PhoneNumber.parse(""), purpose="x"), str)
    assert_type(
        reply_fields(imported.contact, id="1@x", sender=imported.contact.messages[0].to[0], at=at),
        tuple[tuple[str, str], ...],
    )
    assert_type(redact(imported.contact, rule="statistics", at=at), Redacted)
    assert_type(redact(imported.contact, rule="statistics", at=at).document, Mapping[str, object])
    assert_type(due([imported.contact], [RetentionRule(days=1, basis="x")], at=at), tuple[DueItem, ...])
