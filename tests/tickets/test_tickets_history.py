"""Histories: replayed, stored, read back years later, redacted."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets_office import NINE

from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.errors import BrokenHistory, NaiveTime
from ticontact.priority import Priority
from ticontact.tickets import (
    REDACTED,
    Category,
    CommandResult,
    Edge,
    Lifecycle,
    Refusal,
    State,
    StateMap,
    Ticket,
    commands,
    events,
    evolve,
    from_dict,
    merge,
    redact,
    replay,
    shipped,
    to_dict,
)
from ticontact.tickets.commands import (
    Assign,
    AttachCase,
    Command,
    EndPromise,
    FireTimer,
    FireTrigger,
    GivePromise,
    HandBack,
    HandOverTo,
    LinkTo,
    MergeInto,
    Note,
    OpenTicket,
    Prioritise,
    Receive,
    Reply,
    SetFields,
    SetQueue,
    Tag,
    TransferTo,
    Unlink,
    WaitUntil,
)
from ticontact.tickets.events import FieldsSet, HandedOver, Noted, Opened, Promised, Redacted, TicketEvent, Transitioned
from ticontact.tickets.sla import Milestones, SlaMetric, SlaPolicy, Target, clocks, milestones

EPOCH_NINE = 1_773_820_800_000_000
GOLDEN = Path(__file__).with_name("golden_events.json")
CASE = CaseRef("permit", "2026/4711", office="migration")
LETTER = ContactRef("c-2", "post", direction=Direction.INBOUND, received=NINE.date())
CALL = ContactRef("c-1", "voice", direction=Direction.INBOUND)
OTHER = Lifecycle("other", [State("inbox", Category.NEW)], edges=[], initial="inbox")

ABSORB = Command()
"""Stands where another ticket goes on in this one: `merge` is the verb for that, and not a command."""

LIFE: Sequence[Command] = (
    OpenTicket(id="t-1", about=CALL, since=NINE - timedelta(seconds=20), queue="permits", language="it"),
    Reply(CALL),
    Note("asked about a B permit", public=True),
    Assign("anna"),
    Prioritise(Priority.HIGH, impact="family", urgency="soon", reason="permit expires"),
    Tag(add={"b_permit", "renewal"}, remove={"general"}),
    SetFields({"commune": "Bellinzona", "children": 2}),
    AttachCase(CASE),
    HandOverTo(HandOver(CASE, "employer changed", language="de", waited=timedelta(seconds=95)), "ivo"),
    HandBack(reason="a general question"),
    LinkTo("parent", "t-0"),
    Unlink("parent", "t-0"),
    GivePromise("call", "an official", what="calls back", due=NINE + timedelta(days=2), fallback="the head calls"),
    EndPromise("call", withdrawn=True),
    SetQueue("asylum"),
    FireTrigger("ask_for_documents", until=NINE + timedelta(days=10)),
    FireTimer("remind_citizen"),
    Receive(LETTER),
    ABSORB,
    WaitUntil(None),
    FireTrigger("solve"),
    FireTrigger("reopen", reason="new facts"),
    MergeInto("t-5"),
)


def a_life() -> tuple[TicketEvent, ...]:
    """A ticket's life with an event of nearly every kind, one minute apart."""
    ticket: Ticket | None = None
    events: list[TicketEvent] = []
    for minute, command in enumerate(LIFE):
        at = NINE + timedelta(minutes=minute)
        done = (
            absorb(ticket, at) if command is ABSORB else shipped.contact_centre.apply(ticket, command, at=at, by="anna")
        )
        ticket = done.ticket
        events += done.events
    return tuple(events)


def absorb(ticket: Ticket | None, at: datetime) -> CommandResult:
    """Let the ticket of a letter go on in another one; that other one, and what happened to it."""
    assert ticket is not None
    letter = shipped.contact_centre.apply(None, OpenTicket(id="t-9", about=LETTER), at=NINE).ticket
    return merge(shipped.contact_centre, letter, ticket, at=at, by="anna").target


def all_kinds() -> tuple[TicketEvent, ...]:
    """The same, and the kinds that it has not: a transfer and a redaction."""
    opened = shipped.contact_centre.apply(None, OpenTicket(id="t-2"), at=NINE)
    over = TransferTo(StateMap(shipped.contact_centre, OTHER, states={"new": "inbox"}), queue="q")
    moved = shipped.contact_centre.apply(opened.ticket, over, at=NINE, by="anna")
    return (*a_life(), *moved.events, *redact(opened.events, at=NINE, by="anna", reason="LPDP art. 25")[-1:])


@pytest.fixture(scope="module")
def history() -> tuple[TicketEvent, ...]:
    """A ticket's life."""
    return a_life()


@pytest.fixture(scope="module")
def every_kind() -> tuple[TicketEvent, ...]:
    """An event of every kind."""
    return all_kinds()


class TestReplay:
    """A ticket is the fold of its events."""

    def test_replay_gives_the_ticket(self, history: tuple[TicketEvent, ...]) -> None:
        """From the first event on, and from any later ticket on."""
        ticket = replay(history)

        assert (ticket.state, ticket.version, ticket.merged_into) == ("merged", len(history), "t-5")
        for cut in range(1, len(history)):
            again = replay(history[:cut])
            for event in history[cut:]:
                again = evolve(again, event)
            assert again == ticket

    def test_lifecycle_checks_the_states(self, history: tuple[TicketEvent, ...]) -> None:
        """A history that speaks of states of another lifecycle is refused by version."""
        assert shipped.contact_centre.replay(history) == replay(history)
        with pytest.raises(BrokenHistory, match="unknown to lifecycle other; allowed: inbox") as broken:
            OTHER.replay(history)
        assert broken.value.version == len(history)

    def test_states_of_before_a_transfer_are_the_other_lifecycles(self) -> None:
        """Each department's part is checked by its own lifecycle."""
        opened = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=NINE)
        over = TransferTo(StateMap(shipped.contact_centre, OTHER, states={"new": "inbox"}))
        moved = shipped.contact_centre.apply(opened.ticket, over, at=NINE)

        assert OTHER.replay(opened.events + moved.events).state == "inbox"

    def test_a_transfer_begins_a_stay_and_keeps_the_contacts(self) -> None:
        """The state is entered when it goes over; what the citizen sent stays with it."""
        call = ContactRef("c-1", "voice", direction=Direction.INBOUND)
        opened = shipped.contact_centre.apply(None, OpenTicket(id="t", about=call), at=NINE)
        over = TransferTo(StateMap(shipped.contact_centre, OTHER, states={"new": "inbox"}))
        moved = shipped.contact_centre.apply(opened.ticket, over, at=NINE + timedelta(hours=1)).ticket

        assert (NINE, NINE + timedelta(hours=1), (call,)) == (moved.opened_at, moved.since_at, moved.contacts)

    def test_unknown_states_are_listed(self) -> None:
        """All that the lifecycle has."""
        moved = [State("a", Category.NEW), State("b", Category.CLOSED)]
        two = Lifecycle("two", moved, edges=[Edge("go", "a", target="b")], initial="a")
        with pytest.raises(BrokenHistory, match=r"allowed: a, b$"):
            two.replay(shipped.contact_centre.apply(None, OpenTicket(id="t"), at=NINE).events)

    @pytest.mark.parametrize(
        ("spoil", "message", "version"),
        [
            (
                lambda _: [],
                "^history: no event was given; allowed: the events of one ticket, from its opening on$",
                0,
            ),
            (
                lambda events: [numbered(events[0], 2)],
                "begins with Opened of version 2; allowed: Opened of version 1",
                2,
            ),
            (lambda events: [numbered(events[1], 1)], "begins with Received of version 1; allowed: Opened", 1),
            (lambda events: events[1:], "begins with Received of version 2; allowed: Opened of version 1", 2),
            (lambda events: [*events[:3], *events[4:]], "version 5 was given; allowed: version 4", 5),
            (lambda events: [*events[:2], events[1]], "version 2 was given; allowed: version 3", 2),
            (lambda events: [*events[:2], later(events[2])], "an event of t-2 was given; allowed: its own events", 3),
            (
                lambda events: [*events[:2], earlier(events[2])],
                "version 3 is older than the one before; allowed: events in the order of time",
                3,
            ),
            (
                lambda events: [*events[:2], opened_again(events)],
                "version 3 is a Opened; allowed after the opening: Absorbed, Assigned, Case",
                3,
            ),
        ],
        ids=[
            "empty",
            "second",
            "no opening",
            "headless",
            "gap",
            "twice",
            "another ticket's",
            "back in time",
            "opened again",
        ],
    )
    def test_broken_histories(self, history: tuple[TicketEvent, ...], spoil: Any, message: str, version: int) -> None:
        """Each fault by name, with the version at which it shows."""
        with pytest.raises(BrokenHistory, match=message) as broken:
            replay(spoil(history))

        assert broken.value.version == version


def numbered(event: TicketEvent, version: int) -> TicketEvent:
    """The event under another number."""
    return attrs.evolve(event, version=version)


def later(event: TicketEvent) -> TicketEvent:
    """The event as another ticket's."""
    return Noted(ticket="t-2", version=event.version, instant=event.instant, text="")


def earlier(event: TicketEvent) -> TicketEvent:
    """The event before all others."""
    return Noted(ticket=event.ticket, version=event.version, instant=0, text="")


def opened_again(events: tuple[TicketEvent, ...]) -> TicketEvent:
    """A second opening."""
    last = events[2]
    return Opened(ticket=last.ticket, version=3, instant=last.instant, state="new", category=Category.NEW)


class TestStorage:
    """Events as dictionaries."""

    def test_every_kind_comes_back(self, every_kind: tuple[TicketEvent, ...]) -> None:
        """Through JSON and back, each event is equal to itself."""
        kinds = {type(event).__name__ for event in every_kind}
        stored = json.loads(json.dumps([to_dict(event) for event in every_kind]))

        assert [from_dict(each) for each in stored] == [*every_kind]
        assert {*events.__all__} - {"TicketEvent"} | {"Absorbed"} == kinds

    def test_every_command_led_to_one(self) -> None:
        """So none of either can be forgotten here."""
        assert {*commands.__all__} == {type(command).__name__ for command in LIFE} | {"TransferTo"}

    def test_stored_form_is_the_known_one(self, every_kind: tuple[TicketEvent, ...]) -> None:
        """What was stored years ago must be read: a change of the form is a decision, and needs an upcaster.

        Run `python tests/tickets/test_tickets_history.py` after such a decision.
        """
        assert json.loads(GOLDEN.read_text(encoding="utf-8")) == [to_dict(event) for event in every_kind]

    def test_golden_file_is_read(self, history: tuple[TicketEvent, ...]) -> None:
        """The file gives the ticket of the history."""
        stored = json.loads(GOLDEN.read_text(encoding="utf-8"))[: len(history)]

        assert replay(map(from_dict, stored)) == replay(history)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"type": "Sung"}, "'Sung' of form 1 is unknown"),
            ({"type": ["Noted"]}, "is unknown"),
            ({"v": 2}, "'Noted' of form 2 is unknown"),
            ({"colour": "red"}, "Noted has unknown or missing keys: colour"),
            ({"colour": "red", "size": 1}, "Noted has unknown or missing keys: colour, size$"),
            ({"instant": "yesterday"}, "Noted has a value that cannot be read"),
            ({"instant": "2026-03-18T09:00:00"}, "Noted has a value that cannot be read"),
            ({"text": 5}, "Noted has a value that cannot be read"),
            ({"public": None}, "Noted has a value that cannot be read"),
            ({"instant": 5}, "Noted has a value that cannot be read"),
            ({"instant": "0001-01-01T00:00:00+23:59"}, "Noted has a value that cannot be read"),
            ({"instant": "9999-12-31T23:59:59-23:59"}, "Noted has a value that cannot be read"),
            ({"type": 10**5000}, "int of form 1 is unknown"),
            ({"type": ["Noted"]}, "list of form 1 is unknown"),
            ({"v": 10**5000}, "'Noted' of form int is unknown"),
            ({f"key{number}": 1 for number in range(10_000)}, "keys: key0, .* and 9980 more$"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], message: str) -> None:
        """Refused with its number; the stored value stays behind `given`."""
        stored = {"type": "Noted", "v": 1, "ticket": "t", "version": 7, "instant": "2026-03-18T09:00:00Z", "text": "x"}
        with pytest.raises(BrokenHistory, match=message) as refused:
            from_dict(stored | change)

        assert (refused.value.version, refused.value.given) == (7, stored | change)
        assert (refused.value.__cause__, refused.value.__context__) == (None, None)

    def test_word_that_is_none(self) -> None:
        """A word of the lifecycle is a text, as any other."""
        stored = {"type": "TimerFired", "v": 1, "ticket": "t", "version": 2, "instant": "2026-03-18T09:00:00Z"}

        assert from_dict(stored | {"timer": "remind"}).version == 2
        with pytest.raises(BrokenHistory, match="TimerFired has a value that cannot be read"):
            from_dict(stored | {"timer": 5})

    @pytest.mark.parametrize("version", ["x", -1, 10**5000, None], ids=["text", "below", "above", "none"])
    def test_version_that_is_no_number(self, version: object) -> None:
        """Then the error has none either."""
        with pytest.raises(BrokenHistory, match=r"^stored event 0: ") as refused:
            from_dict({"type": "Noted", "v": 1, "ticket": "t", "version": version, "instant": "", "text": ""})

        assert refused.value.version == 0

    def test_form_that_is_no_number_is_not_cast_up(self) -> None:
        """It is the form of no upcaster."""
        stored = {
            "type": "Noted",
            "v": "1",
            "ticket": "t",
            "version": 7,
            "instant": "2026-03-18T09:00:00Z",
            "text": "x",
        }
        with pytest.raises(BrokenHistory, match="'Noted' of form '1' is unknown"):
            from_dict(stored, upcasters={("Noted", 1): lambda form: {**form, "v": 1}})

    @pytest.mark.parametrize("wrong", [None, [1], "Noted"])
    def test_no_dictionary(self, wrong: Any) -> None:
        """Named by what it is."""
        with pytest.raises(BrokenHistory, match=rf"^stored event 0: {type(wrong).__name__} was given"):
            from_dict(wrong)

    @pytest.mark.parametrize(
        ("upcaster", "problem"),
        [
            (lambda form: {"type": form["gone"]}, "failed with KeyError"),
            (lambda form: {"type": form["type"] + 1}, "failed with TypeError"),
            (lambda form: {"type": int(form["type"])}, "failed with ValueError"),
            (lambda form: form, "leads back to a form that was passed"),
        ],
    )
    def test_upcaster_that_fails(self, upcaster: Callable[[dict[str, Any]], dict[str, Any]], problem: str) -> None:
        """Named with its form; the stored value stays behind `given`, and no cause shows it."""
        stored = {"type": "Remark", "v": 1, "version": 7}
        with pytest.raises(BrokenHistory) as refused:
            from_dict(stored, upcasters={("Remark", 1): upcaster})

        assert (
            f"stored event 7: the upcaster of ('Remark', 1) {problem}; allowed: one that takes it to the next form"
            == str(refused.value)
        )
        assert (stored, None, None) == (refused.value.given, refused.value.__cause__, refused.value.__context__)

    def test_upcasters_in_a_circle(self) -> None:
        """The circle ends where it began."""
        upcasters = {
            ("A", 1): lambda form: {**form, "type": "B"},
            ("B", 1): lambda form: {**form, "type": "A"},
        }
        with pytest.raises(BrokenHistory, match=r"the upcaster of \('B', 1\) leads back"):
            from_dict({"type": "A", "v": 1}, upcasters=upcasters)

    def test_fields_of_any_mapping_are_plain(self) -> None:
        """Ready for JSON, whatever kind of mapping was given."""
        fields = MappingProxyType({"commune": "Bellinzona"})
        stored = to_dict(FieldsSet(ticket="t", version=2, instant=EPOCH_NINE, fields=fields))

        assert json.loads(json.dumps(stored))["fields"] == {"commune": "Bellinzona"}

    def test_words_of_a_small_vocabulary_are_kept_once(self) -> None:
        """A hundred thousand histories say `first_level` many times over."""
        stored = json.dumps(
            to_dict(
                Transitioned(
                    ticket="t", version=2, instant=0, trigger="answer", state="first_level", category=Category.OPEN
                )
            )
        )
        first, second = from_dict(json.loads(stored)), from_dict(json.loads(stored))
        assert isinstance(first, Transitioned)
        assert isinstance(second, Transitioned)

        assert first.state is second.state
        assert first.trigger is second.trigger

    def test_hand_over_without_a_case(self) -> None:
        """Nothing is made up."""
        bare = HandedOver(ticket="t", version=2, instant=EPOCH_NINE, hand_over=HandOver(None, "x"))

        assert to_dict(bare)["hand_over"] == {"case": None, "summary": "x", "language": "it", "waited": 0}
        assert from_dict(json.loads(json.dumps(to_dict(bare)))) == bare
        assert isinstance(to_dict(bare)["hand_over"]["waited"], int)

    @pytest.mark.parametrize("missing", ["text", "instant", "v", "type", "version"])
    def test_missing_keys(self, missing: str) -> None:
        """Nothing is guessed."""
        stored = {"type": "Noted", "v": 1, "ticket": "t", "version": 7, "instant": "2026-03-18T09:00:00Z", "text": "x"}
        del stored[missing]
        with pytest.raises(BrokenHistory):
            from_dict(stored)

    def test_old_forms_are_cast_up(self) -> None:
        """Step by step, from the form in which it was stored to that of today."""
        stored = {
            "type": "Remark",
            "v": 1,
            "ticket": "t",
            "version": 2,
            "instant": "2026-03-18T08:00:00Z",
            "words": "x",
        }
        upcasters = {
            ("Remark", 1): lambda form: {**form, "v": 2, "text": form["words"]},
            ("Remark", 2): lambda form: {
                **{key: value for key, value in form.items() if key != "words"},
                "type": "Noted",
                "v": 1,
            },
        }
        expected = Noted(ticket="t", version=2, instant=EPOCH_NINE, text="x")

        assert from_dict(stored, upcasters=upcasters) == expected
        assert stored["words"] == "x"

    @given(
        st.dictionaries(
            st.sampled_from(["type", "v", "ticket", "version", "instant", "text", "fields"]),
            st.none() | st.integers() | st.text() | st.lists(st.integers()) | st.just("Noted"),
        )
    )
    def test_any_dictionary_is_read_or_refused(self, stored: dict[str, Any]) -> None:
        """Nothing but an event or a named error comes out."""
        try:
            read: TicketEvent | BrokenHistory = from_dict(stored)
        except BrokenHistory as refused:
            read = refused

        assert isinstance(read, TicketEvent) or read.given == stored


class TestRedaction:
    """Personal content goes, the audit trail stays."""

    def test_free_text_goes(self, history: tuple[TicketEvent, ...]) -> None:
        """Notes, summaries, wording of promises, fields, reasons."""
        clean = redact(history, at=NINE + timedelta(days=365), by="data protection", reason="LPDP art. 25")
        texts = json.dumps([to_dict(event) for event in clean[:-1]])

        assert [word for word in ("asked", "employer", "calls back", "Bellinzona", "expires") if word in texts] == []
        by_kind = {type(event): event for event in clean}
        assert getattr(by_kind[Noted], "text", "") == REDACTED
        assert getattr(by_kind[Promised], "what", "") == REDACTED
        assert getattr(by_kind[FieldsSet], "fields", {}) == {"commune": REDACTED, "children": REDACTED}
        assert getattr(by_kind[HandedOver], "hand_over", HandOver(None, "")).summary == REDACTED

    def test_what_happened_stays(self, history: tuple[TicketEvent, ...]) -> None:
        """Kinds, instants, actors, states; and every clock."""
        asked = NINE + timedelta(hours=1)
        policy = SlaPolicy("all", [Target(SlaMetric.RESOLUTION, timedelta(hours=1))])
        alive = history[:-2]
        clean = redact(alive, at=asked, by="data protection", reason="LPDP art. 25")
        shape = [(type(event), event.version, event.instant, event.by) for event in clean[:-1]]

        assert shape == [(type(event), event.version, event.instant, event.by) for event in alive]
        assert clocks(clean, [policy], at=asked) == clocks(alive, [policy], at=asked)
        assert replay(clean).state == replay(alive).state

    def test_that_it_was_done_is_kept(self, history: tuple[TicketEvent, ...]) -> None:
        """Who, when, why, and which events."""
        mark = redact(history[:5], at=NINE + timedelta(days=1), by="dp", reason="asked", versions=[1, 5])[-1]

        assert isinstance(mark, Redacted)
        assert (mark.by, mark.reason, mark.version, mark.events) == ("dp", "asked", 6, (5,))

    def test_others_are_left_alone(self, history: tuple[TicketEvent, ...]) -> None:
        """Only the events that are named; a reason is a text, and stays one."""
        clean = redact(history, at=NINE + timedelta(days=1), by="dp", reason="asked", versions=[5])
        all_clean = redact(history, at=NINE + timedelta(days=1), by="dp", reason="asked")

        assert [old.version for old, new in zip(history, clean, strict=False) if old != new] == [5]
        assert {event.reason for event in all_clean[:-1]} == {"", REDACTED}

    def test_redacting_twice_changes_nothing_more(self, history: tuple[TicketEvent, ...]) -> None:
        """The first mark keeps its reason."""
        once = redact(history, at=NINE + timedelta(days=1), by="dp", reason="asked")
        twice = redact(once, at=NINE + timedelta(days=2), by="dp", reason="again")

        assert twice[: len(once)] == once
        assert getattr(twice[-1], "events", None) == ()

    def test_instant_must_follow(self, history: tuple[TicketEvent, ...]) -> None:
        """It is an event like any other."""
        with pytest.raises(BrokenHistory, match="older"):
            redact(history, at=NINE, by="dp", reason="asked")
        with pytest.raises(NaiveTime):
            redact(history, at=NINE.naive(), by="dp", reason="asked")


class TestMilestones:
    """The instants of a life."""

    def test_life(self, history: tuple[TicketEvent, ...]) -> None:
        """Opened at nine, begun a minute later, solved, opened again, ended by a merge."""
        reached = milestones(history)

        assert reached.at("opened") == NINE
        assert reached.at("started") == NINE + timedelta(minutes=1)
        assert reached.at("solved") == reached.at("closed") == NINE + timedelta(minutes=len(LIFE) - 1)
        assert reached.reopened == 1

    def test_first_end_of_a_stay_among_the_done_counts(self) -> None:
        """Solved at one, closed at two: solved at one; opened again, it is solved anew."""
        categories = [Category.OPEN, Category.SOLVED, Category.CLOSED, Category.OPEN, Category.SOLVED, Category.CLOSED]
        events = [
            Transitioned(ticket="t", version=n, instant=n, trigger="x", state=each.value, category=each)
            for n, each in enumerate(categories)
        ]

        assert [(reached.solved, reached.closed) for reached in (milestones(events[:3]), milestones(events))] == [
            (1, 2),
            (4, 5),
        ]
        solved = milestones(events).at("solved")
        assert solved is not None
        assert solved.timezone_name == "UTC"

    def test_open_ticket(self, history: tuple[TicketEvent, ...]) -> None:
        """What has not happened is None."""
        assert milestones(history[:2]) == Milestones(opened=EPOCH_NINE)
        assert milestones(history[:2]).at("solved") is None
        assert milestones([]) == Milestones()

    @given(st.lists(st.sampled_from(list(Category)), min_size=1, max_size=10))
    def test_against_a_plain_count(self, categories: list[Category]) -> None:
        """Reopenings are the steps from a done state to one that is not."""
        events = [
            Transitioned(ticket="t", version=n, instant=n, trigger="x", state=each.value, category=each)
            for n, each in enumerate(categories, start=1)
        ]
        done = [each.is_done for each in categories]
        expected = sum(before and not after for before, after in pairwise(done))

        reached = milestones(events)
        assert (reached.reopened, reached.solved is not None) == (expected, done[-1])


class TestLaws:
    """What holds for any sequence of commands."""

    @given(st.lists(st.sampled_from(LIFE[1:]), max_size=15))
    def test_replay_equals_the_ticket_that_was_acted_on(self, commands: list[Command]) -> None:
        """Refused commands leave nothing; accepted ones leave events that fold to the same ticket."""
        done = shipped.contact_centre.apply(None, LIFE[0], at=NINE)
        ticket, events = done.ticket, [*done.events]
        for command in commands:
            decision = shipped.contact_centre.decide(ticket, command, at=NINE + timedelta(days=3))
            if isinstance(decision, Refusal):
                assert shipped.contact_centre.available(ticket, at=NINE + timedelta(days=3)) == decision.allowed
                continue
            for event in decision:
                ticket = evolve(ticket, event)
            events += decision

        assert replay(events) == ticket
        assert [from_dict(to_dict(event)) for event in events] == events


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps([to_dict(event) for event in all_kinds()], indent=1) + "\n", encoding="utf-8")
