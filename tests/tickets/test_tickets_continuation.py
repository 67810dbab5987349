"""Whether a contact continues a ticket, on whatever channel it comes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from tickets_office import NINE

from ticontact.contacts import CaseRef, Channel, Contact, ContactRef, Direction
from ticontact.errors import ConfigurationError, NaiveTime
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import LANGUAGES
from ticontact.testing import instant
from ticontact.tickets import (
    Category,
    Continue,
    Edge,
    Evidence,
    Lifecycle,
    OpenNew,
    Propose,
    Refusal,
    State,
    Ticket,
    continue_or_open,
    fact,
    merge,
    shipped,
)
from ticontact.tickets.commands import AttachCase, Command, FireTrigger, MergeInto, OpenTicket, Receive, Tag
from ticontact.tickets.sla import working_days

OFFICE = shipped.contact_centre
MESSAGE = ContactRef("c", "email", direction=Direction.INBOUND)
CASE, OTHER = CaseRef("permit", "2026/4711"), CaseRef("permit", "2026/4712")
MONTH, HOUR = timedelta(days=30), timedelta(hours=1)


def ticket(name: str, *commands: Command, minute: int = 0) -> Ticket:
    """A ticket after some commands, at nine on the day before, or some minutes later."""
    at = NINE - timedelta(days=1) + timedelta(minutes=minute)
    opened = shipped.contact_centre.apply(None, OpenTicket(id=name), at=at).ticket
    return shipped.contact_centre.apply_all(opened, commands, at=at).ticket


def contact(channel: str = "voice", **facts: Any) -> Contact:
    """A contact on a channel, of this morning."""
    return Contact(id="c", channel=Channel.named(channel), direction=Direction.INBOUND, created_at=NINE, **facts)


def small(
    *, guards: str | tuple[str, ...] = (), occasions: Mapping[str, str] | None = None, reopening_within: Any = None
) -> Lifecycle:
    """A lifecycle of two states; what comes in opens a closed ticket again."""
    return Lifecycle(
        "small",
        [State("open", Category.OPEN), State("closed", Category.CLOSED)],
        edges=[Edge("close", "open", target="closed"), Edge("again", "closed", target="open", guards=guards)],
        initial="open",
        guards={"may": fact("may")},
        occasions={"received": "again"} if occasions is None else occasions,
        reopening_within=reopening_within,
        reopening_calendar="office",
        calendars={"office": BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))},
    )


ABOUT = ticket("a", AttachCase(CASE))
RENEWAL = ticket("r", Tag(add={"renewal"}))
PLAIN = ticket("p")
SOLVED = ticket("s", AttachCase(CASE), FireTrigger("solve"))


class TestAnswers:
    """One rule for calls, messages, letters and visits."""

    @pytest.mark.parametrize("channel", ["voice", "email", "post", "counter"])
    @pytest.mark.parametrize(
        ("facts", "found", "expected"),
        [
            ({}, {}, OpenNew()),
            ({}, {"thread": "p"}, Continue("p", Evidence.THREAD)),
            ({}, {"thread": "elsewhere"}, OpenNew()),
            ({"cases": [CASE]}, {}, Continue("a", Evidence.CASE)),
            ({"cases": [OTHER]}, {}, OpenNew()),
            ({"cases": [OTHER, CASE]}, {}, Continue("a", Evidence.CASE)),
            ({"cases": [CASE]}, {"thread": "p"}, Continue("p", Evidence.THREAD)),
            ({"reasons": ["renewal"]}, {}, OpenNew()),
            ({"reasons": ["renewal"]}, {"same_person": ["r"]}, Continue("r", Evidence.PERSON_AND_REASON)),
            ({"reasons": ["asylum"]}, {"same_person": ["r"]}, Propose(("r",), Evidence.PERSON)),
            ({"reasons": ["renewal"]}, {"same_person": ["p", "r"]}, Continue("r", Evidence.PERSON_AND_REASON)),
            ({}, {"same_person": ["r", "p"]}, Propose(("p", "r"), Evidence.PERSON)),
        ],
    )
    def test_table(self, *, channel: str, facts: dict[str, Any], found: dict[str, Any], expected: object) -> None:
        """Thread before case before person and reason; a person alone is for a person to decide."""
        assert (
            continue_or_open(contact(channel, **facts), [ABOUT, RENEWAL, PLAIN], lifecycles=OFFICE, **found) == expected
        )

    def test_order_of_tickets_does_not_matter(self) -> None:
        """Ties go by the latest change, then by id."""
        older, newer = ticket("x", AttachCase(CASE)), ticket("b", AttachCase(CASE), minute=5)
        expected = Propose(("b", "a", "x"), Evidence.CASE)

        assert continue_or_open(contact(cases=[CASE]), [ABOUT, older, newer], lifecycles=OFFICE) == expected
        assert continue_or_open(contact(cases=[CASE]), [newer, older, ABOUT], lifecycles=OFFICE) == expected

    def test_two_of_equal_evidence(self) -> None:
        """Are one too many to choose."""
        other = ticket("b", AttachCase(CASE), minute=5)

        answer = continue_or_open(contact(cases=[CASE]), [ABOUT, other], lifecycles=OFFICE)

        assert answer == Propose(("b", "a"), Evidence.CASE)

    def test_open_ticket_beats_a_solved_one(self) -> None:
        """Of the same evidence."""
        answer = continue_or_open(contact(cases=[CASE]), [SOLVED, ABOUT], lifecycles=OFFICE)

        assert answer == Continue("a", Evidence.CASE)

    @pytest.mark.parametrize(
        ("later", "expected"),
        [
            (timedelta(0), Continue("s", Evidence.CASE)),
            (timedelta(days=29), Continue("s", Evidence.CASE)),
            (timedelta(days=29, microseconds=1), OpenNew(follow_up_of="s")),
        ],
    )
    def test_window_is_the_lifecycles(self, later: timedelta, expected: object) -> None:
        """Within it the solved ticket goes on; after it a new one follows it up. Nobody need say how long it is."""
        at = NINE + later
        answer = continue_or_open(contact(cases=[CASE]), [SOLVED], lifecycles=OFFICE, at=at)
        decision = OFFICE.decide(SOLVED, Receive(MESSAGE), at=at)

        assert answer == expected
        assert isinstance(decision, Refusal) is isinstance(answer, OpenNew)

    @pytest.mark.parametrize("reopening_within", [None, timedelta(days=900)])
    def test_lifecycle_that_opens_again_for_long(self, reopening_within: timedelta | None) -> None:
        """For ever, if it says nothing."""
        lifecycle = small(reopening_within=reopening_within)
        solved = lifecycle.apply_all(None, [OpenTicket(id="s", case=CASE), FireTrigger("close")], at=NINE).ticket
        at = NINE + timedelta(days=900)

        assert continue_or_open(contact(cases=[CASE]), [solved], lifecycles=[OFFICE, lifecycle], at=at) == Continue(
            "s", Evidence.CASE
        )

    @pytest.mark.parametrize(
        ("asked", "window", "expected"),
        [
            pytest.param("2026-03-20 17:00", working_days(2), Continue("s", Evidence.CASE), id="last working day"),
            pytest.param(
                "2026-03-20 17:01", working_days(2), OpenNew(follow_up_of="s"), id="the working days are over"
            ),
            pytest.param("2026-03-19 09:30", 8 * HOUR, Continue("s", Evidence.CASE), id="eight hours of office time"),
            pytest.param("2026-03-19 09:31", 8 * HOUR, OpenNew(follow_up_of="s"), id="one minute more"),
        ],
    )
    def test_window_in_time_of_the_office(self, asked: str, window: Any, expected: object) -> None:
        """In working days, or in open time, of the lifecycle's calendar."""
        lifecycle = small(reopening_within=window)
        solved = lifecycle.apply_all(None, [OpenTicket(id="s", case=CASE), FireTrigger("close")], at=NINE).ticket

        assert expected == continue_or_open(contact(cases=[CASE]), [solved], lifecycles=lifecycle, at=instant(asked))

    def test_before_the_ticket_changed(self) -> None:
        """A contact that began before the ticket was solved, and was recorded after, continues it."""
        solved = small().apply_all(None, [OpenTicket(id="s"), FireTrigger("close")], at=NINE + HOUR).ticket

        assert continue_or_open(contact(), [solved], lifecycles=small(), thread="s") == Continue("s", Evidence.THREAD)

    @pytest.mark.parametrize(("facts", "expected"), [({"may": 1}, Continue("s", Evidence.THREAD)), ({}, OpenNew("s"))])
    def test_guards_are_asked(self, facts: dict[str, object], expected: object) -> None:
        """What a guard does not let in opens a follow-up; so does a lifecycle that opens nothing again."""
        guarded, final = small(guards="may"), small(occasions={})
        for lifecycle, answer in ((guarded, expected), (final, OpenNew("s"))):
            solved = lifecycle.apply_all(None, [OpenTicket(id="s"), FireTrigger("close")], at=NINE).ticket

            assert answer == continue_or_open(contact(), [solved], lifecycles=lifecycle, thread="s", facts=facts)

    def test_unknown_lifecycle(self) -> None:
        """Nobody could say how long its tickets may be opened again."""
        other = Lifecycle("other", [State("open", Category.OPEN)], edges=[], initial="open")
        with pytest.raises(ConfigurationError) as refused:
            continue_or_open(contact(), [PLAIN], lifecycles=[small(), other])

        assert str(refused.value) == "ticket p: lifecycle 'contact_centre' is not given (allowed: small, other)"


class TestMerged:
    """What speaks for a ticket that was merged into another speaks for the other one."""

    @pytest.fixture
    def chain(self) -> dict[str, Ticket]:
        """The ticket m goes on in n, and n in o; m had a case and a tag, o has none."""
        m, n, o = (OFFICE.open(OpenTicket(id=name), at=NINE) for name in "mno")
        m = OFFICE.apply_all(m, [AttachCase(OTHER), Tag(add={"renewal"})], at=NINE)
        first = merge(OFFICE, m, n, at=NINE)
        second = merge(OFFICE, first.target, o, at=NINE)
        return {"m": first.source.ticket, "n": second.source.ticket, "o": second.target.ticket}

    @pytest.mark.parametrize("given", ["m", "mn", "mno", "no", "o", "om", "n"])
    @pytest.mark.parametrize("thread", ["m", "n"])
    def test_thread(self, chain: dict[str, Ticket], given: str, thread: str) -> None:
        """A reply in the thread of the first continues the last, whichever of them are at hand."""
        answer = continue_or_open(contact(), [chain[name] for name in given], lifecycles=OFFICE, thread=thread)
        known = thread in given or "o" in given or (thread == "m" and "n" in given)

        assert answer == (Continue("n" if given == "m" else "o", Evidence.THREAD) if known else OpenNew())

    @pytest.mark.parametrize("given", ["mno", "o", "om"])
    @pytest.mark.parametrize(
        ("facts", "found", "expected"),
        [
            ({"cases": [OTHER]}, {}, Continue("o", Evidence.CASE)),
            ({"reasons": ["renewal"]}, {"same_person": ["m"]}, Continue("o", Evidence.PERSON_AND_REASON)),
            ({}, {"same_person": ["m"]}, Propose(("o",), Evidence.PERSON)),
        ],
    )
    def test_other_evidence(
        self, *, chain: dict[str, Ticket], given: str, facts: dict[str, Any], found: dict[str, Any], expected: object
    ) -> None:
        """Case, person and reason, too."""
        tickets = [chain[name] for name in given]

        assert continue_or_open(contact(**facts), tickets, lifecycles=OFFICE, **found) == expected

    def test_end_that_is_not_at_hand(self, chain: dict[str, Ticket]) -> None:
        """Is the answer by its id; two of them are for a person to decide, and so is a person alone."""
        elsewhere = [chain["n"], ticket("x", AttachCase(OTHER), MergeInto("y"))]
        about = contact(cases=[OTHER])

        assert continue_or_open(about, elsewhere, lifecycles=OFFICE) == Propose(("o", "y"), Evidence.CASE)
        assert continue_or_open(contact(), elsewhere[:1], lifecycles=OFFICE, same_person=["n"]) == Propose(
            ("o",), Evidence.PERSON
        )

    def test_strongest_evidence_counts(self) -> None:
        """Of what speaks for the one that is gone and for the one that goes on, in whatever order."""
        gone = ticket("x", AttachCase(OTHER), MergeInto("p"))
        for tickets in ([gone, PLAIN], [PLAIN, gone]):
            answer = continue_or_open(contact(cases=[OTHER]), tickets, lifecycles=OFFICE, same_person=["p"])

            assert answer == Continue("p", Evidence.CASE)

    def test_circle(self) -> None:
        """Ends nowhere, and is no candidate."""
        around = [ticket("x", AttachCase(CASE), MergeInto("y")), ticket("y", AttachCase(CASE), MergeInto("x"))]

        assert continue_or_open(contact(cases=[CASE]), around, lifecycles=OFFICE) == OpenNew()

    def test_survivor_that_is_over(self, chain: dict[str, Ticket]) -> None:
        """Is followed up after its window, and not the ticket that went on in it."""
        solved = OFFICE.apply(chain["o"], FireTrigger("solve"), at=NINE).ticket
        tickets, late = [chain["m"], chain["n"], solved], NINE + MONTH + HOUR

        assert continue_or_open(contact(), tickets, lifecycles=OFFICE, thread="m", at=late) == OpenNew("o")


class TestTogether:
    """More of what several tickets answer together."""

    def test_late_ticket_does_not_hide_a_live_one(self) -> None:
        """Weaker evidence for a ticket that can go on beats stronger evidence for one that cannot."""
        answer = continue_or_open(
            contact(cases=[CASE]), [SOLVED, PLAIN], lifecycles=OFFICE, same_person=["p"], at=NINE + MONTH
        )

        assert answer == Propose(("p",), Evidence.PERSON)

    def test_naive_instant(self) -> None:
        """Nobody can say which one it is."""
        with pytest.raises(NaiveTime):
            continue_or_open(contact(), [], lifecycles=OFFICE, at=NINE.naive())


class TestExplanations:
    """Every answer can be said."""

    @pytest.mark.parametrize(
        ("answer", "italian"),
        [
            (Continue("a", Evidence.CASE), "Fa parte del ticket a: riguarda la stessa pratica."),
            (Propose(("a", "b"), Evidence.PERSON), "Fa forse parte di a, b (la stessa persona): decide una persona."),
            (OpenNew(), "Apre un nuovo ticket."),
            (
                OpenNew(follow_up_of="s"),
                "Apre un nuovo ticket, che fa seguito a s: quello è concluso e non si riapre.",
            ),
        ],
    )
    def test_in_five_languages(self, answer: Continue | Propose | OpenNew, italian: str) -> None:
        """In words, with the reason."""
        assert answer.explain().text("it") == italian
        assert len({answer.explain().text(language) for language in LANGUAGES}) == len(LANGUAGES)
