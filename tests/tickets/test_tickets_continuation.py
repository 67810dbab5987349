"""Whether a contact continues a ticket, on whatever channel it comes."""

from datetime import timedelta
from typing import Any

import pytest
from tickets_office import NINE

from ticontact.contacts import CaseRef, Channel, Contact, Direction
from ticontact.errors import ConfigurationError, NaiveTime
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import LANGUAGES
from ticontact.testing import instant
from ticontact.tickets import Continue, Evidence, OpenNew, Propose, Ticket, continue_or_open, shipped
from ticontact.tickets.commands import AttachCase, Command, FireTrigger, MergeInto, OpenTicket, Tag
from ticontact.tickets.sla import working_days

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
        assert continue_or_open(contact(channel, **facts), [ABOUT, RENEWAL, PLAIN], **found) == expected

    def test_order_of_tickets_does_not_matter(self) -> None:
        """Ties go by the latest change, then by id."""
        older, newer = ticket("x", AttachCase(CASE)), ticket("b", AttachCase(CASE), minute=5)
        expected = Propose(("b", "a", "x"), Evidence.CASE)

        assert continue_or_open(contact(cases=[CASE]), [ABOUT, older, newer]) == expected
        assert continue_or_open(contact(cases=[CASE]), [newer, older, ABOUT]) == expected

    def test_two_of_equal_evidence(self) -> None:
        """Are one too many to choose."""
        other = ticket("b", AttachCase(CASE), minute=5)

        assert continue_or_open(contact(cases=[CASE]), [ABOUT, other]) == Propose(("b", "a"), Evidence.CASE)

    def test_open_ticket_beats_a_solved_one(self) -> None:
        """Of the same evidence."""
        answer = continue_or_open(contact(cases=[CASE]), [SOLVED, ABOUT])

        assert answer == Continue("a", Evidence.CASE)

    def test_merged_ticket_is_no_candidate(self) -> None:
        """It goes on elsewhere."""
        merged = ticket("m", AttachCase(CASE), MergeInto("z"))

        assert continue_or_open(contact(cases=[CASE]), [merged]) == OpenNew()

    @pytest.mark.parametrize(
        ("later", "window", "expected"),
        [
            (timedelta(0), MONTH, Continue("s", Evidence.CASE)),
            (timedelta(days=29), MONTH, Continue("s", Evidence.CASE)),
            (timedelta(days=29, microseconds=1), MONTH, OpenNew(follow_up_of="s")),
            (timedelta(days=900), None, Continue("s", Evidence.CASE)),
        ],
    )
    def test_reopening_window(self, later: timedelta, window: timedelta | None, expected: object) -> None:
        """Within it the solved ticket goes on; after it a new one follows it up."""
        answer = continue_or_open(contact(cases=[CASE]), [SOLVED], reopening_within=window, at=NINE + later)

        assert answer == expected

    @pytest.mark.parametrize(
        ("asked", "window", "expected"),
        [
            pytest.param("2026-03-19 17:00", working_days(2), Continue("s", Evidence.CASE), id="last working day"),
            pytest.param(
                "2026-03-19 17:01", working_days(2), OpenNew(follow_up_of="s"), id="the working days are over"
            ),
            pytest.param("2026-03-18 09:30", 8 * HOUR, Continue("s", Evidence.CASE), id="eight hours of office time"),
            pytest.param("2026-03-18 09:31", 8 * HOUR, OpenNew(follow_up_of="s"), id="one minute more"),
        ],
    )
    def test_window_in_time_of_the_office(self, asked: str, window: Any, expected: object) -> None:
        """In working days, or in open time, of a calendar."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
        about_case = contact(cases=[CASE])

        assert expected == continue_or_open(
            about_case, [SOLVED], reopening_within=window, calendar=calendar, at=instant(asked)
        )

    def test_working_days_need_a_calendar(self) -> None:
        """Which days they are, it alone knows."""
        with pytest.raises(ConfigurationError) as refused:
            continue_or_open(contact(), [], reopening_within=working_days(2), at=NINE)

        assert [str(fault) for fault in refused.value.faults] == [
            "calendar: missing (allowed: the calendar that says which days are working days)"
        ]

    def test_late_ticket_does_not_hide_a_live_one(self) -> None:
        """Weaker evidence for a ticket that can go on beats stronger evidence for one that cannot."""
        answer = continue_or_open(
            contact(cases=[CASE]), [SOLVED, PLAIN], same_person=["p"], reopening_within=MONTH, at=NINE + MONTH
        )

        assert answer == Propose(("p",), Evidence.PERSON)

    def test_naive_instant(self) -> None:
        """Nobody can say which one it is."""
        with pytest.raises(NaiveTime):
            continue_or_open(contact(), [], at=NINE.naive())


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
                "Apre un nuovo ticket, che fa seguito a s: il termine per riaprirlo è scaduto.",
            ),
        ],
    )
    def test_in_five_languages(self, answer: Continue | Propose | OpenNew, italian: str) -> None:
        """In words, with the reason."""
        assert answer.explain().text("it") == italian
        assert len({answer.explain().text(language) for language in LANGUAGES}) == len(LANGUAGES)
