"""The deadlines of many tickets, without looking at all of them: each warning and each breach once, in order."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tickets_office import HOUR, NINE, epoch

from ticontact.contacts import ContactRef, Direction
from ticontact.errors import ConfigurationError, NaiveTime
from ticontact.tickets import Promise, TicketHistory, shipped
from ticontact.tickets.commands import EndPromise, FireTrigger, GivePromise, OpenTicket, Receive, Reply
from ticontact.tickets.sla import (
    Clock,
    ClockPhase,
    Cycle,
    Deadlines,
    SlaDeadline,
    SlaMetric,
    SlaPolicy,
    Target,
    clocks,
    next_due,
)

NAMES = st.sampled_from(["a", "b", "c", "d"])
LIFECYCLE = shipped.contact_centre
EMAIL = ContactRef("c-1", "email", direction=Direction.INBOUND)
POLICY = SlaPolicy(
    "citizens",
    [Target(SlaMetric.FIRST_RESPONSE, HOUR, warn_at=(0.75, 0.5)), Target(SlaMetric.RESOLUTION, 5 * HOUR)],
)


def minutes_after(minutes: float) -> pendulum.DateTime:
    """Some minutes after nine."""
    return NINE.add(seconds=minutes * 60)


def clock(minutes: int, metric: SlaMetric = SlaMetric.RESOLUTION, phase: ClockPhase = ClockPhase.RUNNING) -> Clock:
    """A clock that is due some minutes after nine, as it stands at nine."""
    cycle = Cycle(
        start=minutes_after(minutes - 60),
        elapsed=timedelta(0),
        gross=timedelta(0),
        paused=timedelta(0),
        target_due=minutes_after(minutes),
        breached=minutes < 0,
    )
    return Clock(policy="p", metric=metric, within=timedelta(hours=1), at=NINE, phase=phase, cycles=(cycle,))


def deadline(ticket: str, minutes: int) -> SlaDeadline:
    """The deadline that such a clock gives."""
    return SlaDeadline(epoch(minutes_after(minutes)), ticket, policy="p", metric="resolution")


def shown(deadlines: Iterable[SlaDeadline]) -> list[str]:
    """Deadlines as `first_response 0.75 09:45`."""
    return [
        f"{each.metric} {each.share:g} {each.at.in_timezone('Europe/Zurich'):%H:%M}".replace(" 1 ", " ")
        for each in deadlines
    ]


@pytest.fixture
def opened() -> TicketHistory:
    """A message that nobody answers."""
    return LIFECYCLE.open(OpenTicket(id="t", about=EMAIL), at=NINE)


def put(deadlines: Deadlines, history: TicketHistory, minutes: float) -> SlaDeadline | None:
    """Hand over the clocks of a ticket as they stand some minutes after nine, and its promises."""
    found = clocks(history, [POLICY], at=minutes_after(minutes))
    return deadlines.put("t", found, promises=history.ticket.record.promises)


class TestTelling:
    """Every warning and every breach is told once, in order, and none is hidden by another."""

    def test_a_poller_is_told_once(self, opened: TicketHistory) -> None:
        """An escalation that ran at every pass of a poller wrote a mail each time."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        told = {minutes: shown(deadlines.tell(minutes_after(minutes))) for minutes in range(0, 400, 10)}

        assert {minutes: each for minutes, each in told.items() if each} == {
            30: ["first_response 0.5 09:30"],
            50: ["first_response 0.75 09:45"],
            70: ["first_response 10:00"],
            310: ["resolution 14:00"],
        }

    def test_all_levels_are_told_though_nobody_touches_the_ticket(self, opened: TicketHistory) -> None:
        """Of an escalation of several levels only the first was ever carried out."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        expected = [
            "first_response 0.5 09:30",
            "first_response 0.75 09:45",
            "first_response 10:00",
            "resolution 14:00",
        ]

        assert shown(deadlines.until(minutes_after(480))) == expected
        assert shown(deadlines.tell(minutes_after(480))) == expected
        assert deadlines.tell(minutes_after(480)) == ()
        assert shown(deadlines.told("t")) == expected
        assert (deadlines.next(), len(deadlines), deadlines.told("u")) == (None, 0, ())

    def test_same_clocks_again_repeat_nothing(self, opened: TicketHistory) -> None:
        """Neither as they were, nor as they stand later; the next one still comes."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        deadlines.tell(minutes_after(61))
        for minutes in (0, 61, 120):
            put(deadlines, opened, minutes)

            assert deadlines.tell(minutes_after(120)) == ()
        assert shown(deadlines.tell(minutes_after(301))) == ["resolution 14:00"]

    def test_met_at_the_due_instant_is_no_breach(self, opened: TicketHistory) -> None:
        """It is one at the first instant after it, and `tell_at` says so: a scheduler that wakes then is told."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        deadlines.tell(minutes_after(45))
        following = deadlines.next()

        assert following is not None
        assert (following.at, following.is_warning) == (minutes_after(60), False)
        assert following.tell_at == minutes_after(60) + timedelta(microseconds=1)
        assert deadlines.tell(following.at) == ()
        assert shown(deadlines.tell(following.tell_at)) == ["first_response 10:00"]

    def test_warning_is_told_at_its_instant(self, opened: TicketHistory) -> None:
        """It says that a share is used up."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        following = deadlines.next()

        assert following is not None
        assert (following.at, following.tell_at, following.is_warning) == (minutes_after(30), minutes_after(30), True)
        assert deadlines.tell(minutes_after(29.99)) == ()
        assert shown(deadlines.tell(following.tell_at)) == ["first_response 0.5 09:30"]

    @pytest.mark.parametrize("answered", [59, 60])
    def test_what_was_met_is_not_told(self, opened: TicketHistory, answered: int) -> None:
        """Answered in time, only the warnings that were due before are left."""
        deadlines = Deadlines()
        put(deadlines, LIFECYCLE.apply(opened, Reply(), at=minutes_after(answered)), answered)

        assert shown(deadlines.tell(minutes_after(200))) == ["first_response 0.5 09:30", "first_response 0.75 09:45"]

    @pytest.mark.parametrize("step", [Reply(), FireTrigger("ask_citizen"), FireTrigger("solve")])
    def test_breach_is_a_fact_whoever_looked_when(self, opened: TicketHistory, step: Any) -> None:
        """Answered late, paused or solved before the poller came, the breach is told all the same."""
        worked_on = LIFECYCLE.apply(opened, FireTrigger("answer"), at=NINE)
        deadlines = Deadlines()
        put(deadlines, LIFECYCLE.apply(worked_on, step, at=minutes_after(70)), 75)

        assert "first_response 10:00" in shown(deadlines.tell(minutes_after(75)))

    def test_every_cycle_is_told(self, opened: TicketHistory) -> None:
        """The second message that is answered too late is another breach."""
        policy = SlaPolicy("citizens", [Target(SlaMetric.NEXT_RESPONSE, HOUR, warn_at=0.5)])
        steps = [(90, Reply()), (100, Receive(EMAIL)), (200, Reply()), (300, Receive(EMAIL))]
        history = opened
        for minutes, step in steps:
            history = LIFECYCLE.apply(history, step, at=minutes_after(minutes))
        deadlines = Deadlines()
        deadlines.put("t", clocks(history, [policy], at=minutes_after(300)))

        assert shown(deadlines.tell(minutes_after(400))) == [
            "next_response 0.5 09:30",
            "next_response 10:00",
            "next_response 0.5 11:10",
            "next_response 11:40",
            "next_response 0.5 14:30",
            "next_response 15:00",
        ]

    def test_due_instant_that_moved_is_told_at_its_new_place(self, opened: TicketHistory) -> None:
        """A pause has moved it; what was told of the old one was no breach."""
        worked_on = LIFECYCLE.apply(opened, FireTrigger("answer"), at=NINE)
        deadlines = Deadlines()
        put(deadlines, worked_on, 0)
        paused = LIFECYCLE.apply(worked_on, FireTrigger("ask_citizen"), at=minutes_after(10))
        put(deadlines, paused, 10)

        assert deadlines.tell(minutes_after(500)) == ()
        put(deadlines, LIFECYCLE.apply(paused, FireTrigger("resume"), at=minutes_after(70)), 70)
        assert shown(deadlines.until(minutes_after(500)))[:3] == [
            "first_response 0.5 10:30",
            "first_response 0.75 10:45",
            "first_response 11:00",
        ]

    def test_policy_that_is_taken_away(self, opened: TicketHistory) -> None:
        """Takes its deadlines; given back, it tells what it had not told."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        deadlines.tell(minutes_after(30))
        deadlines.put("t", clocks(opened, [], at=minutes_after(30)))

        assert (deadlines.next(), deadlines.tell(minutes_after(480)), len(deadlines)) == (None, (), 0)
        put(deadlines, opened, 30)
        assert shown(deadlines.tell(minutes_after(480))) == [
            "first_response 0.75 09:45",
            "first_response 10:00",
            "resolution 14:00",
        ]

    @pytest.mark.parametrize(
        ("ended", "withdrawn", "expected"),
        [
            (None, False, ["promise 10:00"]),
            (59, False, []),
            (60, False, []),
            (61, False, ["promise 10:00"]),
            (61, True, []),
        ],
    )
    def test_promises(self, *, opened: TicketHistory, ended: int | None, withdrawn: bool, expected: list[str]) -> None:
        """Kept at the very due instant they are kept; kept late they were broken; what is withdrawn binds nobody."""
        given = LIFECYCLE.apply(opened, GivePromise("call", "ivo", what="calls", due=minutes_after(60)), at=NINE)
        if ended is not None:
            given = LIFECYCLE.apply(given, EndPromise("call", withdrawn=withdrawn), at=minutes_after(ended))
        deadlines = Deadlines()
        deadlines.put("t", [], promises=given.ticket.record.promises)

        assert shown(deadlines.tell(minutes_after(480))) == expected

    def test_drop_forgets_what_was_told(self, opened: TicketHistory) -> None:
        """A ticket that is archived; put again it is a new one here."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        deadlines.tell(minutes_after(30))
        deadlines.drop("t")
        deadlines.drop("u")

        assert (deadlines.next(), deadlines.told("t"), len(deadlines)) == (None, (), 0)
        put(deadlines, opened, 0)
        assert shown(deadlines.tell(minutes_after(30))) == ["first_response 0.5 09:30"]

    def test_tickets_in_order(self) -> None:
        """By the moment at which they are told, then by ticket."""
        deadlines = Deadlines()
        for name, minutes in (("b", 10), ("a", 10), ("c", 5)):
            deadlines.put(name, [clock(minutes)])

        assert [each.ticket for each in deadlines.tell(minutes_after(11))] == ["c", "a", "b"]

    def test_naive_instant(self) -> None:
        """Refused."""
        for ask in (Deadlines().until, Deadlines().tell):
            with pytest.raises(NaiveTime):
                ask(NINE.naive())


class TestNextDue:
    """What a list of tickets is sorted by."""

    def test_earliest_clock_counts(self) -> None:
        """With its policy and metric; warnings and what stands still have no due instant."""
        found = [clock(30), clock(10, SlaMetric.NEXT_RESPONSE), clock(5, phase=ClockPhase.PAUSED)]
        first = next_due("a", found)

        assert first is not None
        assert (first.at, first.timed, first.policy) == (minutes_after(10), SlaMetric.NEXT_RESPONSE, "p")
        assert Deadlines().put("a", found) == first
        assert next_due("a", [clock(5, phase=ClockPhase.STOPPED)]) is None

    def test_overdue_is_still_due(self, opened: TicketHistory) -> None:
        """It comes first, told or not, until it is answered; it does not change while time passes."""
        answers = {next_due("t", clocks(opened, [POLICY], at=minutes_after(each))) for each in (0, 59, 61, 600)}

        assert [shown([each]) for each in answers if each is not None] == [["first_response 10:00"]]
        answered = LIFECYCLE.apply(opened, Reply(), at=minutes_after(90))
        following = next_due("t", clocks(answered, [POLICY], at=minutes_after(90)))
        assert following is not None
        assert shown([following]) == ["resolution 14:00"]

    def test_promises_are_due_too(self) -> None:
        """Unless they are kept."""
        due = epoch(NINE)
        kept = Promise(id="first", who="ivo", what="calls", given_instant=0, due_instant=due - 1, ended_instant=due - 2)
        given = Promise(id="second", who="ivo", what="calls", given_instant=0, due_instant=due)
        first = next_due("a", [clock(30)], promises=[kept, given])

        assert first is not None
        assert (first.at, first.ticket, first.timed, first.metric, first.policy) == (
            NINE,
            "a",
            None,
            "promise",
            "second",
        )


class TestMemory:
    """What is outdated is cleared away."""

    def test_outdated_entries_are_cleared(self) -> None:
        """The heap holds at most twice what waits and eight more, however often tickets change."""
        for tickets, most in ((1, 10), (5, 18)):
            deadlines, sizes = Deadlines(), []
            for number in range(60):
                promise = Promise(id="p", who="ivo", what="calls", given_instant=0, due_instant=number)
                deadlines.put(str(number % tickets), [], promises=[promise])
                sizes.append(len(deadlines._heap))

            assert most == max(sizes)
            assert tickets == sizes[most]

    def test_dropped_tickets_are_cleared(self) -> None:
        """Whatever was there: with the last ticket nearly all is gone."""
        deadlines, promise = Deadlines(), Promise(id="p", who="ivo", what="calls", given_instant=0, due_instant=7)
        for number in range(40):
            deadlines.put(str(number), [], promises=[promise])
        sizes = []
        for number in range(40):
            deadlines.drop(str(number))
            sizes.append(len(deadlines._heap))

        assert (sizes[14], sizes[-1]) == (40, 3)
        assert all(size <= 2 * (39 - number) + 8 for number, size in enumerate(sizes))

    def test_same_deadline_again_is_no_work(self) -> None:
        """Nothing is pushed if nothing has changed."""
        deadlines = Deadlines()
        promise = Promise(id="p", who="ivo", what="calls", given_instant=0, due_instant=7)
        for _ in range(3):
            deadlines.put("t", [], promises=[promise])

        assert len(deadlines._heap) == 1

    def test_coming_back_to_an_old_instant_counts_once(self) -> None:
        """The same deadline may lie in the heap twice."""
        deadlines = Deadlines()
        for minutes in (10, 20, 10):
            deadlines.put("a", [clock(minutes)])

        assert deadlines.until(NINE + HOUR) == (deadline("a", 10),)

    @given(st.lists(st.tuples(NAMES, st.integers(0, 50), st.booleans()), max_size=60))
    def test_memory_follows_the_tickets(self, puts: list[tuple[str, int, bool]]) -> None:
        """Outdated entries do not pile up, whether tickets change, are told, or are dropped."""
        deadlines = Deadlines()
        for name, minutes, is_dropped in puts:
            deadlines.put(name, [clock(minutes)])
            if is_dropped:
                deadlines.drop(name)
            elif minutes % 7 == 0:
                deadlines.tell(minutes_after(minutes))

            assert len(deadlines._heap) <= 2 * len(deadlines) + 8


ALLOWED = {
    "snapshot": "form 1 with `waiting` and `told`",
    "waiting": "a list",
    "told": "a list",
    "waiting[": "at, ticket, policy, metric and share of a deadline, each one once",
}


class TestSnapshot:
    """What a scheduler knows outlives its process."""

    @pytest.fixture
    def kept(self, opened: TicketHistory) -> dict[str, Any]:
        """Of a ticket of which two warnings were told."""
        deadlines = Deadlines()
        put(deadlines, opened, 0)
        deadlines.tell(minutes_after(50))
        stored: dict[str, Any] = json.loads(json.dumps(deadlines.snapshot()))
        return stored

    def test_goes_on_where_it_was(self, kept: dict[str, Any], opened: TicketHistory) -> None:
        """Nothing is told again, and nothing is lost; what was here before is gone."""
        again = Deadlines()
        again.put("old", [clock(1)])
        again.restore(kept)

        assert again.snapshot() == kept
        assert (len(again), len(again.told("t"))) == (1, 2)
        put(again, opened, 50)
        assert shown(again.tell(minutes_after(480))) == ["first_response 10:00", "resolution 14:00"]

    def test_form(self, kept: dict[str, Any]) -> None:
        """Plain, sorted, with a number."""
        assert kept["form"] == 1
        assert [each["share"] for each in kept["told"]] == [0.5, 0.75]
        assert kept["waiting"][0] == {
            "at": epoch(minutes_after(60)),
            "ticket": "t",
            "policy": "citizens",
            "metric": "first_response",
            "share": 1.0,
        }

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            ({"form": 2}, "snapshot"),
            ({"form": None}, "snapshot"),
            ({"colour": "red"}, "snapshot"),
            ({"waiting": None}, "waiting"),
            ({"told": {}}, "told"),
            ({"waiting": [None]}, "waiting[1]"),
            ({"waiting": [{}]}, "waiting[1]"),
            *(
                ({"waiting": {key: value}}, "waiting[1]")
                for key, value in (
                    ("at", 1.5),
                    ("at", True),
                    ("at", 10**30),
                    ("at", -(10**30)),
                    ("ticket", None),
                    ("policy", 5),
                    ("metric", "height"),
                    ("metric", []),
                    ("share", 0),
                    ("share", 1.5),
                    ("share", float("nan")),
                    ("share", "1"),
                    ("share", True),
                    ("colour", "red"),
                )
            ),
        ],
    )
    def test_what_cannot_be_read(self, kept: dict[str, Any], change: dict[str, Any], place: str) -> None:
        """Refused by its place; what is here stays."""
        stored = dict(kept)
        for key, value in change.items():
            if isinstance(value, dict) and value and key in kept:
                stored[key] = [{**kept[key][0], **value}]
            else:
                stored[key] = value
        deadlines = Deadlines()
        deadlines.put("a", [clock(5)])
        with pytest.raises(ConfigurationError) as refused:
            deadlines.restore(stored)

        (fault,) = refused.value.faults
        assert (fault.path, fault.problem) == (place, "it cannot be read")
        assert fault.allowed == ALLOWED[place.partition("[")[0] + "[" * ("[" in place)]
        assert deadlines.next() == deadline("a", 5)

    def test_twice_the_same(self, kept: dict[str, Any]) -> None:
        """It would be counted twice, or told and waiting at once."""
        with pytest.raises(ConfigurationError, match=r"^told: it cannot be read \(allowed: deadlines that do not wait"):
            Deadlines().restore({**kept, "told": kept["waiting"]})
        with pytest.raises(ConfigurationError, match=r"waiting\[3\]"):
            Deadlines().restore({**kept, "waiting": [*kept["waiting"], kept["waiting"][0]]})
        nothings: list[Any] = [None, [], "x"]
        for wrong in nothings:
            with pytest.raises(ConfigurationError, match="snapshot"):
                Deadlines().restore(wrong)


class DeadlinesAgainstATable(RuleBasedStateMachine):
    """The naive model: a table of what waits, which is sorted at every question, and a list of what was told."""

    def __init__(self) -> None:
        super().__init__()
        self.deadlines = Deadlines()
        self.waiting: set[SlaDeadline] = set()
        self.told: set[SlaDeadline] = set()

    def of(self, name: str) -> set[SlaDeadline]:
        """What waits of a ticket."""
        return {each for each in self.waiting if each.ticket == name}

    @rule(name=NAMES, due=st.lists(st.integers(-30, 30), max_size=3, unique=True))
    def put(self, name: str, due: list[int]) -> None:
        """A ticket has changed: some clocks, each under a policy of its own."""
        found = [attrs.evolve(clock(minutes), policy=f"p{place}") for place, minutes in enumerate(due)]
        self.deadlines.put(name, found)
        fresh = {attrs.evolve(deadline(name, minutes), policy=f"p{place}") for place, minutes in enumerate(due)}
        self.waiting = (self.waiting - self.of(name)) | (fresh - self.told)

    @rule(name=NAMES)
    def drop(self, name: str) -> None:
        """A ticket is done, or was never there."""
        self.deadlines.drop(name)
        self.waiting -= self.of(name)
        self.told = {each for each in self.told if each.ticket != name}

    @rule(minutes=st.integers(-30, 30))
    def tell(self, minutes: int) -> None:
        """Everything before an instant, once."""
        at = minutes_after(minutes)
        come = tuple(sorted(each for each in self.waiting if each.at < at))

        assert come == self.deadlines.until(at) == self.deadlines.tell(at)
        self.waiting -= {*come}
        self.told |= {*come}

    @rule()
    def restart(self) -> None:
        """The process ends, and another one takes over."""
        stored = json.loads(json.dumps(self.deadlines.snapshot()))
        self.deadlines = Deadlines()
        self.deadlines.restore(stored)

    @invariant()
    def next_is_the_least(self) -> None:
        """Of the table."""
        assert self.deadlines.next() == min(self.waiting, default=None)
        assert len(self.deadlines) == len({each.ticket for each in self.waiting})


TestDeadlinesAgainstATable = DeadlinesAgainstATable.TestCase
TestDeadlinesAgainstATable.settings = settings(max_examples=50)
