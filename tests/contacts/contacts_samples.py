"""Invented contacts with every kind of value, for tests that go over all of them."""

from datetime import date, timedelta

import attrs

from ticontact.contacts import (
    AhvNumber,
    Assurance,
    Attachment,
    CaseRef,
    Channel,
    ChatHandle,
    ConsentTo,
    Contact,
    ContactPoint,
    CounterDesk,
    Dates,
    DeliveryStatus,
    Direction,
    EmailAddress,
    ExternalId,
    FoundCase,
    HandOver,
    LanguageBasis,
    Leg,
    LegKind,
    Mailbox,
    Mandate,
    Message,
    Moment,
    Need,
    Outcome,
    Party,
    PhoneNumber,
    PointUse,
    PostalAddress,
    Role,
    Salutation,
    ShortNumber,
    SipAddress,
    TimeSource,
    Uid,
    Unknown,
    Verification,
    Withheld,
)
from ticontact.contacts.identity import Person, SamePerson
from ticontact.contacts.privacy import Act, AuditEvent, Tombstone, tombstone
from ticontact.testing import instant

__all__ = ["NINE", "contact_of_form_1", "documents", "full_contact"]

NINE = instant("2026-10-25 02:30", fold=1)  # in the repeated hour, where careless copies go wrong


FIRST_HOME = PostalAddress(
    last_name="Verdi", street="Via Lugano", house_number="4", swiss_code="6501", town="Bellinzona"
)
HOME = attrs.evolve(
    FIRST_HOME,
    organisation="Rossi SA",
    organisation_add_on1="Personale",
    salutation=Salutation.MRS,
    title="Dr.",
    dwelling_number="12",
    post_office_box="3",
    post_office_box_text="Casella",
    swiss_code_add_on="02",
)


def full_contact(id: str = "c-1") -> Contact:  # noqa: A002 - the field's own name
    """One contact that holds a value of every kind."""
    first = contact_of_form_1(id)
    citizen, *others = first.parties
    anna, _, *rest = citizen.further
    (message,) = first.messages
    lost = DeliveryStatus(
        recipient=Mailbox("Anna Verdi", EmailAddress.parse("anna.verdi@example.org")),
        action="failed",
        status="5.1.1",
        message_id="0@example.org",
    )
    return attrs.evolve(
        first,
        parties=[attrs.evolve(citizen, further=[anna, HOME, *rest, Unknown(written="079 123 45")]), *others],
        messages=[attrs.evolve(message, deliveries=[lost])],
        created_at=Moment.of(NINE, TimeSource.EXCHANGE),
    )


def contact_of_form_1(id: str = "c-1") -> Contact:  # noqa: A002 - the field's own name
    """One contact that holds a value of every kind that the first form of documents knew."""
    anna = EmailAddress.parse("anna.verdi@example.org")
    citizen = Party(
        Role.CITIZEN,
        PhoneNumber.parse("079 123 45 67 int. 12"),
        name="Anna Verdi",
        person="p-77",
        identifiers=frozenset({AhvNumber.parse("756.9217.0769.85"), ExternalId("zemis", "12345")}),
        verification=Verification("questions", Assurance.CHECKED, by="luca", at=NINE),
        organisation="Rossi SA",
        further=[
            anna,
            FIRST_HOME,
            SipAddress("anna", "pbx.example.org"),
            ChatHandle("web_chat", "anna77"),
        ],
        languages=["ti", "it"],
        needs=frozenset({Need.INTERPRETER, Need.PLAIN_LANGUAGE}),
        consents=frozenset({ConsentTo.SURVEY}),
    )
    firm = Party(Role.EMPLOYER, Withheld(), identifiers=frozenset({Uid.parse("CHE-116.281.710")}))
    message = Message(
        id="1@example.org",
        subject="Permesso B",
        text="Buongiorno, sono Anna Verdi",
        sender=Mailbox("Anna Verdi", anna),
        to=[Mailbox(written="ufficio")],
        references=("0@example.org",),
        attachments=[
            Attachment(name="a.pdf", written_name="../a.pdf", content_type="application/pdf", size=3, sha256="00")
        ],
        marks=(("list-id", "<x>"),),
        sent_at=instant("2026-10-25T01:29:00+00:00"),
    )
    return Contact(
        id=id,
        channel=Channel.named("voice"),
        direction=Direction.INBOUND,
        reached=PhoneNumber.parse("091 814 55 00"),
        parties=[citizen, firm, Party(Role.OPERATOR, CounterDesk("Camorino", "4")), Party(Role.SYSTEM, Unknown())],
        language="de",
        language_basis=LanguageBasis.STATED,
        cases=[CaseRef("permit", "2026/4711", office="migration")],
        found_cases=[FoundCase(CaseRef("permit", "2026/4712"), Assurance.HINTED, by="caller_number")],
        legs=[
            Leg(kind=LegKind.INITIAL, agent="201", queue="q", end="answered", started_at=NINE, answered_at=NINE),
            Leg(kind=LegKind.CONSULT, agent="310", started_at=NINE),
        ],
        messages=[message],
        reasons=["renewal"],
        dates=Dates(posted=date(2026, 10, 20)),
        formal_act=True,
        outcome=Outcome.ANSWERED,
        created_at=NINE,
        answered_at=NINE.add(seconds=12),
        ended_at=NINE.add(minutes=3),
    ).joined_by(Party(Role.OFFICIAL, ShortNumber.parse("117")))


def documents() -> "tuple[Contact | HandOver | Mandate | Person | SamePerson | AuditEvent | Tombstone, ...]":
    """One of everything that stands in a document of its own, each with all its fields."""
    case = CaseRef("permit", "2026/4711", office="migration")
    person = Person(
        key="p-77",
        office="migration",
        identifiers=[AhvNumber.parse("756.9217.0769.85")],
        points=[
            ContactPoint(
                address=PhoneNumber.parse("079 123 45 67"),
                use=PointUse.PRIVATE_MOBILE,
                rank=2,
                valid_from=date(2026, 1, 1),
                valid_to=date(2026, 12, 31),
            ),
            ContactPoint(address=Unknown(), other_use="school"),
        ],
    )
    mandate = Mandate(
        representative="p-12", principal="p-77", cases=[case], valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
    )
    link = SamePerson(one="p-77", other="p-91", office="migration", evidence="same document", by="luca", at=NINE)
    return (
        full_contact(),
        HandOver(case, "renewal of a B permit", language="de", waited=timedelta(seconds=90, microseconds=5)),
        mandate,
        person,
        link.revoked(at=NINE.add(days=1)),
        AuditEvent(act=Act.READ, object_id="c-1", actor="luca", recipient="police", purpose="call", at=NINE),
        tombstone(full_contact(), basis="regulation, art. 3", at=NINE),
    )
