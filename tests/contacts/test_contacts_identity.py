"""Who it is, how that was checked, and what may be told."""

import operator
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    AhvNumber,
    Assurance,
    CaseRef,
    Channel,
    Contact,
    ContactPoint,
    Direction,
    DisclosureBasis,
    EmailAddress,
    ExternalId,
    Mandate,
    Party,
    PhoneNumber,
    Role,
    ShortNumber,
    Uid,
    Verification,
    Withheld,
    may_disclose,
)
from ticontact.contacts.identity import (
    Ambiguous,
    Conflict,
    IdentityBasis,
    Match,
    NoMatch,
    Person,
    SamePerson,
    resolve_identity,
    same_person,
)
from ticontact.errors import ContactError, NaiveTime
from ticontact.i18n import LANGUAGES
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
AHV, OTHER_AHV = AhvNumber.parse("756.9217.0769.85"), AhvNumber("7560000000002")
THIRD_AHV = AhvNumber.parse("756.1234.5678.97")
UID = Uid.parse("CHE-116.281.710")
ZEMIS = ExternalId("zemis", "1")
MOBILE, HOME = PhoneNumber.parse("079 123 45 67"), PhoneNumber.parse("091 814 55 00")
MAIL = EmailAddress.parse("Anna@example.org")
ANNA = Person(
    key="anna",
    office="m",
    identifiers=frozenset({AHV, ZEMIS}),
    points=(
        ContactPoint(address=MOBILE),
        ContactPoint(address=EmailAddress.parse("anna@EXAMPLE.org")),
        ContactPoint(address=HOME, valid_to=date(2026, 3, 17)),
    ),
)
BRUNO = Person(key="bruno", office="m", identifiers=frozenset({OTHER_AHV}), points=(ContactPoint(address=MOBILE),))
FIRM = Person(key="firm", office="m", identifiers=frozenset({UID}))
ELSEWHERE = attrs.evolve(ANNA, office="police")
PERMIT = CaseRef("permit", "2026/4711")


def contact(*parties: Party) -> Contact:
    """A call with these parties."""
    return Contact(
        id="c", channel=Channel.named("voice"), direction=Direction.INBOUND, parties=parties, created_at=NINE
    )


def who(party: Party, *people: Person) -> object:
    """Who it is, whatever the order of the file."""
    answers = {resolve_identity(contact(party), order, office="m", at=NINE) for order in permutations(people)}
    (answer,) = answers
    return answer


class TestResolution:
    """Strong identifiers outrank contact points, and never lose against them."""

    @pytest.mark.parametrize(
        ("party", "expected"),
        [
            (Party(Role.CITIZEN, identifiers=frozenset({AHV})), Match("anna", IdentityBasis.IDENTIFIER)),
            (Party(Role.CITIZEN, MOBILE, identifiers=frozenset({AHV})), Match("anna", IdentityBasis.IDENTIFIER)),
            (Party(Role.EMPLOYER, identifiers=frozenset({UID})), Match("firm", IdentityBasis.IDENTIFIER)),
            (Party(Role.CITIZEN, MAIL), Match("anna", IdentityBasis.POINT)),
            (Party(Role.CITIZEN, Withheld(), further=[MAIL]), Match("anna", IdentityBasis.POINT)),
            (Party(Role.CITIZEN, MOBILE), Ambiguous(("anna", "bruno"))),
            (Party(Role.CITIZEN, MOBILE, identifiers=frozenset({UID})), Match("firm", IdentityBasis.IDENTIFIER)),
            (Party(Role.CITIZEN, identifiers=frozenset({AHV, OTHER_AHV})), Conflict(("anna", "bruno"))),
            (Party(Role.CITIZEN, identifiers=frozenset({ZEMIS, OTHER_AHV})), Conflict(("anna", "bruno"))),
            (
                Party(Role.CITIZEN, identifiers=frozenset({AHV, ExternalId("zemis", "2")})),
                Conflict(("anna",)),
            ),
            (Party(Role.CITIZEN, MAIL, identifiers=frozenset({THIRD_AHV})), Conflict(("anna",))),
            (Party(Role.CITIZEN, HOME), NoMatch(IdentityBasis.NOTHING_KNOWN)),
            (Party(Role.CITIZEN, identifiers=frozenset({THIRD_AHV})), NoMatch(IdentityBasis.NOTHING_KNOWN)),
            (Party(Role.CITIZEN, Withheld()), NoMatch(IdentityBasis.NOTHING_GIVEN)),
            (Party(Role.CITIZEN, ShortNumber.parse("117")), NoMatch(IdentityBasis.NOTHING_GIVEN)),
            (Party(Role.OPERATOR, MAIL), NoMatch(IdentityBasis.NOTHING_GIVEN)),
        ],
    )
    def test_answer(self, party: Party, expected: object) -> None:
        """The answer and its reason do not hang on the order of the file."""
        assert who(party, ANNA, BRUNO, FIRM, ELSEWHERE) == expected

    def test_entries_of_other_offices_are_not_looked_at(self) -> None:
        """The office is part of the key."""
        assert who(Party(Role.CITIZEN, MAIL), ELSEWHERE) == NoMatch(IdentityBasis.NOTHING_KNOWN)

    def test_point_of_one_who_is_contradicted_falls_to_the_other(self) -> None:
        """A shared telephone and a number of one's own: only who does not contradict it is left."""
        party = Party(Role.CITIZEN, MOBILE, identifiers=frozenset({ExternalId("zemis", "2")}))

        assert who(party, ANNA, BRUNO) == Match("bruno", IdentityBasis.POINT)

    @pytest.mark.parametrize(
        ("party", "expected"),
        [
            (Party(Role.CITIZEN, MOBILE), Ambiguous(("anna", "bruno"))),
            (Party(Role.CITIZEN, HOME), Match("carla", IdentityBasis.POINT)),
            (Party(Role.CITIZEN, identifiers=frozenset({AHV, OTHER_AHV})), Conflict(("anna", "bruno"))),
            (Party(Role.CITIZEN, identifiers=frozenset({ZEMIS, UID})), Match("anna", IdentityBasis.IDENTIFIER)),
        ],
    )
    def test_linked_entries_are_one_person(self, party: Party, expected: object) -> None:
        """They are no several persons who fit; where strong identifiers contradict the link, it counts for nothing."""
        links = [SamePerson(one=one, other=other, office="m", evidence="document", by="o", at=NINE)
                 for one, other in (("bruno", "anna"), ("firm", "anna"), ("carla", "dario"))]  # fmt: skip
        home = ContactPoint(address=HOME)
        twins = [attrs.evolve(BRUNO, key=key, identifiers=(), points=[home]) for key in ("dario", "carla")]
        answer = resolve_identity(contact(party), [BRUNO, FIRM, ANNA, *twins], office="m", at=NINE, links=links)

        assert answer == expected

    @pytest.mark.parametrize("changes", [{"office": "police"}, {"revoked_at": NINE}, {"at": NINE.add(days=1)}])
    def test_links_that_do_not_hold_join_nobody(self, changes: dict[str, Any]) -> None:
        """Those of another office, those taken back, those of tomorrow."""
        values = {"one": "anna", "other": "bruno", "office": "m", "evidence": "document", "by": "o", "at": NINE}
        link = SamePerson(**{**values, **changes})
        answer = resolve_identity(
            contact(Party(Role.CITIZEN, MOBILE)), [ANNA, BRUNO], office="m", at=NINE, links=[link]
        )

        assert answer == Ambiguous(("anna", "bruno"))

    def test_entries_are_compared_by_key_and_office(self) -> None:
        """A person moves, and stays the same; the same key of another office is somebody else."""
        assert attrs.evolve(ANNA, points=()) == ANNA
        assert hash(attrs.evolve(ANNA, points=())) == hash(ANNA)
        assert ELSEWHERE != ANNA

    def test_entry_has_a_key(self) -> None:
        """Without one it is nobody's."""
        with pytest.raises(ContactError, match=r"^Person\.key: allowed: the department's own key$"):
            Person(key="")

    @pytest.mark.parametrize("basis", list(IdentityBasis))
    def test_every_reason_has_words(self, basis: IdentityBasis) -> None:
        """In all languages."""
        assert all(basis.reason.text(language) for language in LANGUAGES)

    def test_keys_do_not_show(self) -> None:
        """A key names a person."""
        shown = repr([who(Party(Role.CITIZEN, MAIL), ANNA), who(Party(Role.CITIZEN, MOBILE), ANNA, BRUNO), ANNA])

        assert "anna" not in shown


class TestLinks:
    """Two entries are one person, until somebody takes it back."""

    LINK = SamePerson(one="a", other="b", evidence="same document", by="operator", at=NINE)

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (NINE.subtract(seconds=1), {"a"}),
            (NINE, {"a", "b", "c"}),
            (NINE.add(hours=1), {"a"}),
            (NINE.add(hours=2), {"a"}),
        ],
    )
    def test_links_hold_from_when_they_are_said_until_they_are_revoked(
        self, asked: datetime, expected: set[str]
    ) -> None:
        """Any instant of the past can be asked for; chains of links are followed."""
        links = [self.LINK.revoked(at=NINE.add(hours=1)), attrs.evolve(self.LINK, one="c", other="b")]

        assert same_person("a", links, at=asked) == expected

    def test_links_of_another_office_join_nobody(self) -> None:
        """The office is part of the key, also here."""
        link = attrs.evolve(self.LINK, office="police")

        assert same_person("a", [link], at=NINE) == {"a"}
        assert same_person("a", [link], at=NINE, office="police") == {"a", "b"}

    def test_evidence_does_not_show(self) -> None:
        """It is free text."""
        assert "document" not in repr(self.LINK)

    def test_first_revocation_counts(self) -> None:
        """Once taken back, it stays taken back since then."""
        revoked = self.LINK.revoked(at=NINE)

        assert revoked is revoked.revoked(at=NINE.add(hours=1))
        assert (revoked.at, revoked.revoked_at, self.LINK.revoked_at) == (NINE, NINE, None)

    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
    def test_being_one_person_is_mutual(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Everybody in a group sees the same group."""
        links = [attrs.evolve(self.LINK, one=str(one), other=str(other)) for one, other in pairs]
        groups = {key: same_person(key, links, at=NINE) for key in map(str, range(7))}

        assert all(groups[member] == group for group in groups.values() for member in group)


class TestVerification:
    """How sure an identity is."""

    def test_levels_have_an_order(self) -> None:
        """From a claim to a proof."""
        assert sorted(Assurance, reverse=True) == [
            Assurance.PROVEN,
            Assurance.CHECKED,
            Assurance.HINTED,
            Assurance.CLAIMED,
        ]
        assert all(level.label.text("rm") for level in Assurance)

    def test_levels_compare_with_levels_alone(self) -> None:
        """A level is no number."""
        with pytest.raises(TypeError):
            operator.lt(Assurance.PROVEN, 3)

    def test_document_is_a_proof(self) -> None:
        """Who looked does not show."""
        verification = Verification.by_document(by="luca", at=NINE)

        assert (verification.level, verification.by, verification.at) == (Assurance.PROVEN, "luca", NINE)
        assert "luca" not in repr(verification)


def person(key: str, level: Assurance | None = Assurance.CHECKED, role: Role = Role.CITIZEN) -> Party:
    """A party that is identified, and verified at a level."""
    verification = Verification("questions", level, at=NINE) if level else None
    return Party(role, person=key, verification=verification)


class TestDisclosure:
    """What may be told, to whom."""

    MANDATE = Mandate(
        representative="lawyer",
        principal="anna",
        cases=frozenset({PERMIT}),
        valid_from=date(2026, 3, 18),
        valid_to=date(2026, 3, 18),
    )

    @pytest.mark.parametrize(
        ("parties", "basis"),
        [
            ([person("anna")], DisclosureBasis.CONCERNED),
            ([person("anna"), person("", None, Role.INTERPRETER), Party(Role.OPERATOR)], DisclosureBasis.CONCERNED),
            ([person("lawyer", role=Role.REPRESENTATIVE)], DisclosureBasis.MANDATED),
            ([person("anna"), person("lawyer")], DisclosureBasis.CONCERNED),
            ([person("anna"), person("neighbour")], DisclosureBasis.OTHERS_LISTEN),
            ([person("neighbour"), person("anna")], DisclosureBasis.NOT_CONCERNED),
            ([person("anna", Assurance.HINTED)], DisclosureBasis.NOT_VERIFIED),
            ([person("anna", None)], DisclosureBasis.NOT_VERIFIED),
            ([person("")], DisclosureBasis.NOT_IDENTIFIED),
            ([person("anna", role=Role.OFFICIAL)], DisclosureBasis.NOBODY),
        ],
    )
    def test_answer_and_reason(self, parties: list[Party], basis: DisclosureBasis) -> None:
        """Everybody on the citizen's side has to be entitled; interpreters may listen."""
        answer = may_disclose(
            contact(*parties), PERMIT, Assurance.CHECKED, concerned={"anna"}, at=NINE, mandates=[self.MANDATE]
        )

        assert answer.because is basis
        assert answer.allowed is (basis.value in {"concerned", "mandated"})
        assert all(basis.reason.text(language) for language in LANGUAGES)

    @pytest.mark.parametrize(
        ("changes", "case", "holds"),
        [
            ({}, PERMIT, True),
            ({"cases": frozenset()}, CaseRef("permit", "1"), True),
            ({}, CaseRef("permit", "1"), False),
            ({"valid_to": date(2026, 3, 17), "valid_from": None}, PERMIT, False),
            ({"valid_from": date(2026, 3, 19), "valid_to": None}, PERMIT, False),
        ],
    )
    def test_mandates_have_cases_and_days(self, changes: dict[str, Any], case: CaseRef, *, holds: bool) -> None:
        """The first and the last day count; without cases it covers all of them."""
        mandate = attrs.evolve(self.MANDATE, **changes)

        assert mandate.covers(case, on=date(2026, 3, 18)) is holds

    @pytest.mark.parametrize(
        "changes",
        [{"valid_from": date(2026, 3, 19)}, {"representative": ""}, {"principal": ""}, {"valid_to": NINE}],
    )
    def test_mandates_that_cannot_be(self, changes: dict[str, Any]) -> None:
        """Days in no order or with a clock time, and nobody at one of its ends."""
        with pytest.raises(ContactError, match=r"^Mandate"):
            attrs.evolve(self.MANDATE, **changes)

    def test_time_has_a_zone(self) -> None:
        """The day of a mandate is the day at a place."""
        with pytest.raises(NaiveTime):
            may_disclose(contact(), PERMIT, Assurance.CHECKED, concerned=(), at=NINE.naive())
