"""Histories: replayed, stored, read back years later, redacted."""

import json
from collections.abc import Sequence
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
from ticontact.errors import BrokenHistory, InvalidValue, NaiveTime
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority
from ticontact.tickets import (
    REDACTED,
    Category,
    Edge,
    Lifecycle,
    Refusal,
    State,
    StateMap,
    TicketHistory,
    commands,
    events,
    evolve,
    merge,
    redact,
    replay,
    shipped,
    split,
    unmerge,
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

LATER = NINE + timedelta(days=20)

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
    FireTrigger("ask_for_documents", until=NINE + timedelta(days=20)),
    FireTimer("remind_citizen"),
    Receive(LETTER),
    ABSORB,
    WaitUntil(None),
    FireTrigger("solve"),
    FireTrigger("reopen", reason="new facts"),
    MergeInto("t-5"),
)


def a_life() -> tuple[TicketEvent, ...]:
    """A ticket's life with an event of nearly every kind, one minute apart; a reminder takes ten days."""
    history: TicketHistory | None = None
    for minute, command in enumerate(LIFE):
        at = when(minute)
        if history is None:
            assert isinstance(command, OpenTicket)
            history = shipped.contact_centre.open(command, at=at, by="anna")
        elif command is ABSORB:
            letter = shipped.contact_centre.open(OpenTicket(id="t-9", about=LETTER, case=CASE), at=NINE)
            history = merge(shipped.contact_centre, letter, history, at=at, by="anna").target
        else:
            history = shipped.contact_centre.apply(history, command, at=at, by="anna")
    assert history is not None
    return history.events


def when(minute: int) -> datetime:
    """The instant of a step of that life."""
    days = 10 if minute >= LIFE.index(FireTimer("remind_citizen")) else 0
    return NINE + timedelta(days=days, minutes=minute)


def all_kinds() -> tuple[TicketEvent, ...]:
    """The same, and the kinds that it has not: a transfer, a split, a merge that is taken back, a redaction."""
    lifecycle = shipped.contact_centre
    opened = lifecycle.open(OpenTicket(id="t-2", about=CALL), at=NINE)
    over = TransferTo(StateMap(lifecycle, OTHER, states={"new": "inbox"}), queue="q")
    moved = lifecycle.apply(opened.as_stored(), over, at=NINE, by="anna")
    promised = lifecycle.apply(opened, GivePromise("call", "ivo", what="calls", due=NINE, about="c-1"), at=NINE)
    linked = lifecycle.apply_all(promised, [Tag(add="renewal"), LinkTo("see", "t-7"), Note("x", about="c-1")], at=NINE)
    other = lifecycle.open(OpenTicket(id="t-3"), at=NINE)
    merger = merge(lifecycle, linked.as_stored(), other.as_stored(), at=NINE)
    back = unmerge(lifecycle, merger.source.as_stored(), merger.target, at=NINE, by="anna")
    both = split(lifecycle, linked.as_stored(), OpenTicket(id="t-4"), at=NINE, contacts=["c-1"], promises=["call"])
    redacted = redact(opened, at=NINE, by="anna", reason="LPDP art. 25")[-1:]
    return (*a_life(), *moved.new, *back.target.new, *back.source.new, *both.source.new, *both.new.new, *redacted)


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


def stored(kind: str, events_: tuple[TicketEvent, ...]) -> dict[str, Any]:
    """The stored form of the first event of a kind."""
    return next(to_dict(event) for event in events_ if type(event).__name__ == kind)


def read(form: dict[str, Any]) -> TicketEvent:
    """The event of a stored form."""
    return from_dict(TicketEvent, form)


class TestStorage:
    """Events as plain data, by the one mechanism of `ticontact.plain`."""

    def test_every_kind_comes_back(self, every_kind: tuple[TicketEvent, ...]) -> None:
        """Through JSON and back, each event is equal to itself."""
        kinds = {type(event).__name__ for event in every_kind}
        forms = json.loads(json.dumps([to_dict(event) for event in every_kind]))

        assert [read(each) for each in forms] == [*every_kind]
        assert {*events.__all__} - {"TicketEvent"} | {"Absorbed", "Released"} == kinds

    def test_every_command_led_to_one(self) -> None:
        """So none of either can be forgotten here."""
        assert {*commands.__all__} == {type(command).__name__ for command in LIFE} | {"TransferTo"}

    def test_stored_form_is_the_known_one(self, every_kind: tuple[TicketEvent, ...]) -> None:
        """What was stored years ago must be read: a change of the form is a decision, and needs a step to it.

        Run `PYTHONPATH=tests/builders python tests/tickets/test_tickets_history.py` after such a decision.
        """
        assert json.loads(GOLDEN.read_text(encoding="utf-8")) == [to_dict(event) for event in every_kind]

    def test_golden_file_is_read(self, history: tuple[TicketEvent, ...]) -> None:
        """The file gives the ticket of the history."""
        forms = json.loads(GOLDEN.read_text(encoding="utf-8"))[: len(history)]

        assert replay(map(read, forms)) == replay(history)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"type": "ticket_sung"}, "document.type: 'ticket_sung' was given"),
            ({"type": ["ticket_noted"]}, "document.type: list was given"),
            ({"type": 10**5000}, "document.type: int was given"),
            ({"form": 3}, "ticket_noted.form: 3 was given (allowed: 2)"),
            ({"form": 10**5000}, "ticket_noted.form: int was given (allowed: 2)"),
            ({"colour": "red"}, "ticket_noted, names of fields: 1 are unknown"),
            ({f"key{number}": 1 for number in range(10_000)}, "ticket_noted, names of fields: 10000 are unknown"),
            ({"instant": "yesterday"}, "ticket_noted.instant: str was given"),
            ({"instant": "2026-03-18T09:00:00"}, "ticket_noted.instant: str was given"),
            ({"instant": 5}, "ticket_noted.instant: int was given"),
            ({"text": 5}, "ticket_noted.text: int was given"),
            ({"public": None}, "ticket_noted.public: null was given"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], message: str) -> None:
        """Refused by its place; the stored value stays behind `given`."""
        noted = to_dict(Noted(ticket="t", version=7, instant=EPOCH_NINE, text="x")) | change
        with pytest.raises(InvalidValue) as refused:
            read(noted)

        assert str(refused.value).startswith(message)
        assert (refused.value.given, refused.value.__cause__, refused.value.__context__) == (noted, None, None)

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            ("Noted", {"instant": "0001-01-01T00:00:00Z"}),
            ("Noted", {"instant": "9999-12-31T12:00:00Z"}),
            ("Noted", {"version": 0}),
            ("Noted", {"version": True}),
            ("Noted", {"version": 2.5}),
            ("Noted", {"version": 2**63}),
            ("Noted", {"ticket": None}),
            ("TimerFired", {"timer": 5}),
            ("HandedOver", {"hand_over.waited": float("inf")}),
            ("HandedOver", {"hand_over.waited": float("nan")}),
            ("HandedOver", {"hand_over.waited": 10**30}),
            ("HandedOver", {"hand_over.waited": -1}),
            ("HandedOver", {"hand_over.summary": None}),
            ("HandedOver", {"hand_over.colour": "red"}),
            ("HandedOver", {"hand_over": None}),
            ("HandedOver", {"hand_over": []}),
            ("CaseAttached", {"case.value": 4711}),
            ("Received", {"contact": None}),
            ("Received", {"contact.id": 5}),
            ("Received", {"contact.received": "9999-12-31"}),
            ("Received", {"contact.received": "0001-01-01"}),
            ("Received", {"since": None}),
            ("Tagged", {"added": "renewal"}),
            ("Tagged", {"added": [None]}),
            ("FieldsSet", {"fields.children": float("nan")}),
            ("FieldsSet", {"fields.children": [{"deep": float("-inf")}]}),
            ("FieldsSet", {"fields": {1: "x"}}),
            ("FieldsSet", {"fields": []}),
            ("Promised", {"due": "9999-12-31T23:00:00-01:00"}),
            ("Promised", {"what": None}),
            ("WaitsUntil", {"until": "0001-01-01T00:00:00Z"}),
            ("Transitioned", {"category": None}),
            ("Prioritised", {"priority": None}),
            ("Redacted", {"events": [0]}),
            ("Redacted", {"events": 1}),
            ("Absorbed", {"history": [{"type": "ticket_sung"}]}),
            ("Absorbed", {"history": {}}),
            ("Absorbed", {"links": [{"kind": "see"}]}),
            ("Absorbed", {"promises": [{"id": "call"}]}),
            ("Released", {"contacts": [1]}),
            ("Unmerged", {"promises": [None]}),
        ],
    )
    def test_what_could_not_be_used_later(
        self, every_kind: tuple[TicketEvent, ...], kind: str, change: dict[str, Any]
    ) -> None:
        """Refused when it is read, and not years later when a clock or another zone meets it; the key is named."""
        form = stored(kind, every_kind)
        ((path, value),) = change.items()
        key, _, inner = path.partition(".")
        with pytest.raises(InvalidValue, match=rf"^{form['type']}\.{key}[^ ]*(?:, \w+| \w+|: )"):
            read(form | {key: {**form[key], inner: value} if inner else value})

    def test_null_stands_where_nothing_may_be(self, every_kind: tuple[TicketEvent, ...]) -> None:
        """In the reference of an answer and in the end of a wait; everywhere else it is refused by its key."""
        allowed = set()
        for event in every_kind:
            for field in attrs.fields(type(event)):
                form = to_dict(event) | {field.name: None}
                try:
                    read(form)
                except InvalidValue as refused:
                    assert f"{form['type']}.{field.name}: " in str(refused)  # noqa: PT017 - one of very many
                else:
                    allowed.add(f"{type(event).__name__}.{field.name}")

        assert allowed == {"Replied.contact", "WaitsUntil.until"}

    def test_fields_of_any_mapping_are_plain(self) -> None:
        """Ready for JSON, whatever kind of mapping was given."""
        fields = MappingProxyType({"commune": "Bellinzona"})
        form = to_dict(FieldsSet(ticket="t", version=2, instant=EPOCH_NINE, fields=fields))

        assert json.loads(json.dumps(form))["fields"] == {"commune": "Bellinzona"}

    def test_words_of_a_small_vocabulary_are_kept_once(self) -> None:
        """A hundred thousand histories say `first_level` many times over."""
        state: dict[str, Any] = {"trigger": "answer", "state": "first_level", "category": Category.OPEN}
        text = json.dumps(to_dict(Transitioned(ticket="t", version=2, instant=0, **state)))
        first: Any = read(json.loads(text))
        second: Any = read(json.loads(text))

        assert first.state is second.state
        assert first.trigger is second.trigger

    def test_hand_over_without_a_case(self) -> None:
        """Nothing is made up."""
        bare = HandedOver(ticket="t", version=2, instant=EPOCH_NINE, hand_over=HandOver(None, "x"))

        assert to_dict(bare)["hand_over"]["case"] is None
        assert read(json.loads(json.dumps(to_dict(bare)))) == bare

    @pytest.mark.parametrize("missing", ["text", "instant", "form", "type", "version"])
    def test_missing_keys(self, missing: str) -> None:
        """Nothing is guessed."""
        form = to_dict(Noted(ticket="t", version=7, instant=EPOCH_NINE, text="x"))
        del form[missing]
        with pytest.raises(InvalidValue, match=f"{missing}: missing"):
            read(form)

    @given(
        st.dictionaries(
            st.sampled_from(["type", "form", "ticket", "version", "instant", "text", "fields"]),
            st.none() | st.integers() | st.text() | st.lists(st.integers()) | st.just("ticket_noted"),
        )
    )
    def test_any_dictionary_is_read_or_refused(self, form: dict[str, Any]) -> None:
        """Nothing but an event or a named error comes out."""
        try:
            found: TicketEvent | InvalidValue = read(form)
        except InvalidValue as refused:
            found = refused

        assert isinstance(found, TicketEvent) or found.given == form


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
        asked = LATER
        policy = SlaPolicy("all", [Target(SlaMetric.RESOLUTION, timedelta(hours=1))])
        alive = history[:-2]
        clean = redact(alive, at=asked, by="data protection", reason="LPDP art. 25")
        shape = [(type(event), event.version, event.instant, event.by) for event in clean[:-1]]

        assert shape == [(type(event), event.version, event.instant, event.by) for event in alive]
        assert clocks(clean, [policy], at=asked) == clocks(alive, [policy], at=asked)
        assert replay(clean).state == replay(alive).state

    def test_that_it_was_done_is_kept(self, history: tuple[TicketEvent, ...]) -> None:
        """Who, when, why, and which events."""
        mark = redact(history[:5], at=LATER, by="dp", reason="asked", versions=[1, 5])[-1]

        assert isinstance(mark, Redacted)
        assert (mark.by, mark.reason, mark.version, mark.events) == ("dp", "asked", 6, (5,))

    def test_others_are_left_alone(self, history: tuple[TicketEvent, ...]) -> None:
        """Only the events that are named; a reason is a text, and stays one."""
        clean = redact(history, at=LATER, by="dp", reason="asked", versions=[5])
        all_clean = redact(history, at=LATER, by="dp", reason="asked")

        assert [old.version for old, new in zip(history, clean, strict=False) if old != new] == [5]
        assert {event.reason for event in all_clean[:-1]} == {"", REDACTED}

    def test_redacting_twice_changes_nothing_more(self, history: tuple[TicketEvent, ...]) -> None:
        """The first mark keeps its reason."""
        once = redact(history, at=LATER, by="dp", reason="asked")
        twice = redact(once, at=LATER + timedelta(days=1), by="dp", reason="again")

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
        assert reached.at("solved") == reached.at("closed") == when(len(LIFE) - 1)
        assert reached.reopened == 1

    def test_first_end_of_a_stay_among_the_done_counts(self) -> None:
        """Solved at one, closed at two: solved at one; opened again, it is solved anew."""
        categories = [Category.OPEN, Category.SOLVED, Category.CLOSED, Category.OPEN, Category.SOLVED, Category.CLOSED]
        events = [
            Transitioned(ticket="t", version=n + 1, instant=n, trigger="x", state=each.value, category=each)
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
        assert [read(to_dict(event)) for event in events] == events


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps([to_dict(event) for event in all_kinds()], indent=1) + "\n", encoding="utf-8")
