"""Nothing that is owed is lost when tickets are merged, split, and taken apart again, nor told to another person."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets_office import HOUR, NINE

from ticontact.contacts import CaseRef, Contact, ContactRef, Direction, HandOver
from ticontact.contacts import Channel as ContactChannel
from ticontact.errors import TransitionRefused
from ticontact.plain import from_dict, to_dict
from ticontact.tickets import (
    REDACTED,
    Continue,
    Evidence,
    Link,
    PromiseState,
    TicketHistory,
    continue_or_open,
    events_about,
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
    FireTrigger,
    GivePromise,
    HandOverTo,
    LinkTo,
    Note,
    OpenTicket,
    Receive,
    Reply,
    SetFields,
    SetQueue,
    Tag,
)
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import Clock, Deadlines, SlaMetric, SlaPolicy, Target, clocks, milestones, promises_kept

LIFECYCLE = shipped.contact_centre
CASE, OTHER = CaseRef("permit", "2026/4711"), CaseRef("permit", "2026/4712")
DUE = NINE + timedelta(days=1)
TARGETS = [
    *(Target(metric, 2 * HOUR, warn_at=0.5) for metric in SlaMetric),
    *(Target(metric, 2 * HOUR, paused_in=()) for metric in (SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE)),
    *(Target(SlaMetric.RESOLUTION, HOUR, when_reopened=each) for each in ("restart", "stay_stopped")),
]
POLICY = SlaPolicy("all", TARGETS)


def minute(number: int) -> datetime:
    """Some minutes after nine."""
    return NINE + timedelta(minutes=number)


def mail(name: str) -> ContactRef:
    """The reference of a mail."""
    return ContactRef(name, "email", direction=Direction.INBOUND)


def story(name: str, opened: int, *steps: tuple[int, Command], about: str = "") -> TicketHistory:
    """The history of a ticket: opened at a minute, by a mail if one is named, and what was asked of it since."""
    history = LIFECYCLE.open(OpenTicket(id=name, about=mail(about) if about else None), at=minute(opened))
    for number, command in steps:
        history = LIFECYCLE.apply(history, command, at=minute(number), by="anna")
    return history


def promise(name: str = "call", **fields: Any) -> GivePromise:
    """A promise of a call by tomorrow at nine."""
    return GivePromise(name, "ivo", what="calls about the permit", due=DUE, **fields)


def merged(source: TicketHistory, target: TicketHistory, at: int) -> TicketHistory:
    """The survivor of a merge."""
    return merge(LIFECYCLE, source, target, at=minute(at), by="anna").target


def clock(history: TicketHistory, metric: SlaMetric, at: int, **options: Any) -> Clock:
    """The clock of one metric with a target of two hours."""
    targets = [Target(SlaMetric.FIRST_RESPONSE, 2 * HOUR), Target(metric, 2 * HOUR, **options)]
    return clocks(history, [SlaPolicy("p", targets)], at=minute(at))[-1]


def cycles(found: Clock) -> list[tuple[int, int | None]]:
    """The cycles of a clock, in minutes after nine."""
    return [(minutes(cycle.start), None if cycle.stop is None else minutes(cycle.stop)) for cycle in found.cycles]


def minutes(at: datetime) -> int:
    """An instant as minutes after nine."""
    return int((at - NINE).total_seconds()) // 60


class TestWhatIsOwed:
    """Messages, promises, cases, tags and links go to the survivor; its clocks count from the earliest contact."""

    def test_unanswered_mail_merged_into_an_answered_ticket(self) -> None:
        """A new mail about an answered matter opened a second ticket; merged into the first it must be answered."""
        answered = story("t-1", 0, (30, Reply()), about="first")
        survivor = merged(story("t-2", 60, about="second"), answered, 70)
        found = clock(survivor, SlaMetric.NEXT_RESPONSE, 80)

        assert (cycles(found), found.running, found.due) == ([(60, None)], True, minute(180))
        assert survivor.unanswered == (mail("second"),)
        assert clock(survivor, SlaMetric.NEXT_RESPONSE, 181).breached
        replied = LIFECYCLE.apply(survivor, Reply(), at=minute(90))
        assert (clock(replied, SlaMetric.NEXT_RESPONSE, 100).met, replied.unanswered) == (True, ())

    def test_mail_that_came_before_the_answer_in_the_other_ticket(self) -> None:
        """That answer was not to this mail: nobody had seen both."""
        survivor = merged(story("t-2", 10, about="second"), story("t-1", 0, (30, Reply()), about="first"), 70)

        assert survivor.unanswered == (mail("second"),)
        assert cycles(clock(survivor, SlaMetric.FIRST_RESPONSE, 80)) == [(0, 30)]
        assert cycles(clock(survivor, SlaMetric.NEXT_RESPONSE, 80)) == [(10, None)]

    @pytest.mark.parametrize("metric", [SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION, SlaMetric.TIME_TO_OWN])
    def test_older_into_newer_resets_no_service_level(self, metric: SlaMetric) -> None:
        """The newer ticket is as late as the older one was."""
        older, newer = story("t-1", 0, about="first"), story("t-2", 100, about="second")
        for survivor in (merged(older, newer, 110), merged(newer, older, 110)):
            found = clock(survivor, metric, 121)

            assert (cycles(found), found.due, found.breached) == ([(0, None)], minute(120), True)

    def test_a_letter_counts_from_its_stamp(self) -> None:
        """Also where it was recorded in the ticket that is gone."""
        letter = ContactRef("letter", "post", direction=Direction.INBOUND, received=NINE.date())
        source = LIFECYCLE.open(OpenTicket(id="t-2", about=letter), at=minute(60))
        survivor = merged(source, story("t-1", 0, about="first"), 70)

        assert cycles(clock(survivor, SlaMetric.FIRST_RESPONSE, 80)) == [(-9 * 60, None)]
        assert cycles(clock(survivor, SlaMetric.RESOLUTION, 80)) == [(-9 * 60, None)]

    def test_time_runs_where_either_had_something_to_do(self) -> None:
        """What one ticket has used is used; what the other rested through does not give it back."""
        busy = story("t-1", 0, about="first")
        resting = story("t-2", 0, (0, FireTrigger("answer")), (30, FireTrigger("ask_citizen")), about="second")
        for survivor in (merged(busy, resting, 90), merged(resting, busy, 90)):
            assert clock(survivor, SlaMetric.RESOLUTION, 90).elapsed == timedelta(minutes=90)
            assert clock(survivor, SlaMetric.AGENT_WORK, 90).elapsed == timedelta(minutes=90)
        both = merged(resting, story("t-3", 60, (60, FireTrigger("answer")), (70, FireTrigger("ask_citizen"))), 90)
        assert clock(both, SlaMetric.RESOLUTION, 90).elapsed == timedelta(minutes=30 + 10)

    def test_owner_of_either(self) -> None:
        """Whoever was put in charge first was in charge of it; whoever is later is no matter, as in one ticket."""
        owned, not_owned = story("t-1", 0, (30, Assign("ivo")), about="a"), story("t-2", 60, about="b")
        older = story("t-3", -60, about="c")
        for survivor in (merged(not_owned, owned, 90), merged(owned, not_owned, 90)):
            assert cycles(clock(survivor, SlaMetric.TIME_TO_OWN, 95)) == [(0, 30)]
        for survivor in (merged(older, owned, 90), merged(owned, older, 90)):
            assert cycles(clock(survivor, SlaMetric.TIME_TO_OWN, 95)) == [(-60, 30)]
        nobody = merged(older, not_owned, 90)
        assert cycles(clock(nobody, SlaMetric.TIME_TO_OWN, 95)) == [(-60, None)]
        taken = LIFECYCLE.apply(nobody, Assign("ivo"), at=minute(100))
        assert cycles(clock(taken, SlaMetric.TIME_TO_OWN, 105)) == [(-60, 100)]

    def test_periodic_updates_of_both(self) -> None:
        """The citizen of each hears as often as was promised: the older word counts."""
        first, second = story("t-1", 0, (10, Reply()), about="a"), story("t-2", 0, (40, Reply()), about="b")
        for survivor in (merged(first, second, 60), merged(second, first, 60)):
            assert cycles(clock(survivor, SlaMetric.PERIODIC_UPDATE, 70)) == [(10, None)]
            told = LIFECYCLE.apply(survivor, Note("soon", public=True), at=minute(80))
            assert cycles(clock(told, SlaMetric.PERIODIC_UPDATE, 90)) == [(10, 80), (80, None)]

    @pytest.mark.parametrize(
        ("reopened", "expected"),
        [("go_on", [(0, None)]), ("restart", [(0, 50), (20, None)]), ("stay_stopped", [(0, 50), (20, None)])],
    )
    def test_solved_target_opens_again(self, reopened: str, expected: list[tuple[int, int | None]]) -> None:
        """And what the other ticket had left to do is to be done, whatever the target does with reopenings."""
        solved = story("t-1", 0, (10, Reply()), (50, FireTrigger("solve")), about="a")
        survivor = merged(story("t-2", 20, about="b"), solved, 70)

        assert (survivor.ticket.state, survivor.unanswered) == ("first_level", (mail("b"),))
        assert cycles(clock(survivor, SlaMetric.RESOLUTION, 80, when_reopened=reopened)) == expected
        told = merged(story("t-3", 20, (30, Reply()), about="b"), solved, 70)
        assert cycles(clock(told, SlaMetric.PERIODIC_UPDATE, 80)) == [(10, 50), (30, None)]
        done = LIFECYCLE.apply_all(survivor, [Reply(), FireTrigger("solve")], at=minute(90))
        assert cycles(clock(done, SlaMetric.RESOLUTION, 95, when_reopened=reopened))[-1][1] == 90

    def test_stopped_once_and_for_all_in_both(self) -> None:
        """Each was solved and opened again before: a resolution that stays stopped stays so."""
        steps = [(10, Reply()), (20, FireTrigger("solve")), (30, FireTrigger("reopen", reason="more"))]
        first, second = story("t-1", 0, *steps, about="a"), story("t-2", 5, *steps, about="b")
        found = clock(merged(first, second, 60), SlaMetric.RESOLUTION, 70, when_reopened="stay_stopped")

        assert cycles(found) == [(0, 20), (5, 20)]

    def test_promises(self) -> None:
        """An open one can be kept on the survivor, and is counted once; what was kept before stays where it was."""
        kept = story("t-2", 0, (1, promise("early")), (2, EndPromise("early")), (3, promise()), about="b")
        merger = merge(LIFECYCLE, kept, story("t-1", 0, about="a"), at=minute(60))
        tickets = [merger.source.ticket, merger.target.ticket]

        assert [each.id for each in merger.source.ticket.record.promises] == ["early"]
        assert [(each.id, each.given) for each in merger.target.ticket.record.promises] == [("call", minute(3))]
        counts = promises_kept(tickets, at=minute(70)).counts
        assert (counts[PromiseState.OPEN], counts[PromiseState.KEPT]) == (1, 1)
        with pytest.raises(TransitionRefused, match="goes on in another one"):
            LIFECYCLE.apply(merger.source, EndPromise("call"), at=minute(80))
        done = LIFECYCLE.apply(merger.target, EndPromise("call"), at=minute(80)).ticket
        assert promises_kept([merger.source.ticket, done], at=DUE).counts[PromiseState.KEPT] == 2
        deadlines = Deadlines()
        for each in (merger.source, merger.target):
            deadlines.put(each.ticket.id, clocks(each, [], at=minute(70)), promises=each.ticket.record.promises)
        assert [(each.ticket, each.policy) for each in deadlines.tell(DUE + HOUR)] == [("t-1", "call")]

    def test_promises_of_one_name(self) -> None:
        """Each can be ended by itself."""
        first, second, third = (story(name, 0, (1, promise())) for name in ("t-1", "t-2", "t-3"))
        survivor = merged(third, merged(second, first, 5), 6)
        names = [each.id for each in survivor.ticket.record.promises]

        assert names == ["call", "call@t-2", "call@t-3"]
        ended = LIFECYCLE.apply(survivor, EndPromise("call@t-2"), at=minute(7)).ticket
        assert [each.is_open for each in ended.record.promises] == [True, False, True]
        odd = merged(second, story("t-4", 0, (1, promise()), (1, promise("call@t-2"))), 6).ticket
        assert [each.id for each in odd.record.promises] == ["call", "call@t-2", "call@t-2@t-2"]

    def test_what_is_known_of_the_other(self) -> None:
        """Cases, tags, links and contacts; the survivor's own case stays the first."""
        source = story("t-2", 0, (1, AttachCase(OTHER)), (2, Tag(add={"renewal"})), (3, LinkTo("parent", "t-0")))
        source = LIFECYCLE.apply_all(source, [LinkTo("see", "t-1"), LinkTo("parent", "t-9")], at=minute(4))
        target = story(
            "t-1", 0, (1, AttachCase(CASE)), (2, Tag(add={"asylum"})), (3, LinkTo("parent", "t-9")), about="a"
        )
        ticket = merged(source, target, 60).ticket

        assert (ticket.case, ticket.cases) == (CASE, (CASE, OTHER))
        assert ticket.record.tags == {"asylum", "renewal"}
        assert ticket.record.links == (Link("parent", "t-9"), Link("parent", "t-0"))
        assert ticket.record.absorbed == ("t-2",)
        assert merged(source, story("t-3", 0), 60).ticket.cases == (OTHER,)
        same = merged(source, story("t-3", 0, (1, AttachCase(OTHER))), 60).ticket
        assert (same.cases, story("t-3", 0).ticket.cases) == ((OTHER,), ())

    def test_reply_in_the_thread_of_the_merged_ticket(self) -> None:
        """Continues the survivor, which takes it."""
        merger = merge(LIFECYCLE, story("t-2", 0, about="b"), story("t-1", 0, about="a"), at=minute(60))
        reply = Contact(
            id="c", channel=ContactChannel.named("email"), direction=Direction.INBOUND, created_at=minute(70)
        )
        tickets = [merger.source.ticket, merger.target.ticket]
        answer = continue_or_open(reply, tickets, lifecycles=LIFECYCLE, thread="t-2")

        assert answer == Continue("t-1", Evidence.THREAD)
        assert LIFECYCLE.apply(merger.target, Receive(reply.ref), at=minute(70)).unanswered[-1] == reply.ref

    def test_office_opened_both(self) -> None:
        """Without any contact no response is owed; the resolution counts from the earlier opening."""
        survivor = merged(story("t-1", 0), story("t-2", 30), 60)

        assert cycles(clock(survivor, SlaMetric.FIRST_RESPONSE, 70)) == []
        assert cycles(clock(survivor, SlaMetric.RESOLUTION, 70)) == [(0, None)]

    def test_past_of_the_survivor_is_as_it_was(self) -> None:
        """What its clocks said before the merge they say of that time for ever."""
        target = story("t-1", 0, (30, Reply()), about="a")
        survivor = merged(story("t-2", 10, about="b"), target, 60)

        assert clocks(survivor, [POLICY], at=minute(59)) == clocks(target, [POLICY], at=minute(59))

    def test_what_comes_along(self) -> None:
        """The bare way of the other ticket: when, where and who was in charge; not what was said, and by whom."""
        source = story(
            "t-2",
            0,
            (1, Reply(mail("r"), reason="why")),
            (2, Note("secret")),
            (3, Note("secret", public=True, about="b", reason="why")),
            (4, HandOverTo(HandOver(None, "secret"), "ivo")),
            (5, Assign("eva", reason="why")),
            (6, Tag(add="x")),
            about="b",
        )
        (absorbed, *_) = merge(LIFECYCLE, source, story("t-1", 0, about="a").as_stored(), at=minute(9)).target.new
        shown = to_dict(absorbed)["history"]

        assert [
            (each["type"], each["version"], each["ticket"], each.get("by"), each.get("reason")) for each in shown
        ] == [
            (kind, version, "t-2", "", "")
            for kind, version in (
                ("ticket_opened", 1),
                ("ticket_received", 2),
                ("ticket_replied", 3),
                ("ticket_transitioned", 4),
                ("ticket_noted", 6),
                ("ticket_assigned", 7),
                ("ticket_transitioned", 8),
                ("ticket_assigned", 9),
            )
        ]
        assert [each.get("owner") for each in shown if each["type"] == "ticket_assigned"] == ["ivo", "eva"]
        assert [each["instant"][11:16] for each in shown if each["type"] in {"ticket_replied", "ticket_assigned"}] == [
            "08:01",
            "08:04",
            "08:05",
        ]
        assert [
            (each["text"], each["public"], each.get("about")) for each in shown if each["type"] == "ticket_noted"
        ] == [("", True, "")]
        assert "secret" not in json.dumps(shown)

    def test_automatic_mail_is_owed_nothing(self) -> None:
        """Neither here nor there."""
        source = story("t-2", 0, (1, Receive(mail("robot"), automatic=True)), (2, Reply(automatic=True)))

        assert merged(source, story("t-1", 0), 60).unanswered == ()


class TestHistories:
    """One `apply` gives events and ticket; no history is put together by hand."""

    def test_each_step_gives_the_next_history(self) -> None:
        """With all events, those that are new, and the ticket that they add up to."""
        opened = LIFECYCLE.open(OpenTicket(id="t", about=mail("a")), at=NINE, by="anna")
        stored = opened.as_stored()
        replied = LIFECYCLE.apply(stored, Reply(), at=minute(5), expected=2)

        assert (len(opened), opened.new, stored.new) == (2, opened.events, ())
        assert [type(event).__name__ for event in replied.new] == ["Replied", "Transitioned"]
        assert (replied.events, [*replied]) == ((*opened.events, *replied.new), [*replied.events])
        assert replied.ticket == replay(replied) == LIFECYCLE.apply(opened.ticket, Reply(), at=minute(5)).ticket
        assert TicketHistory.read(replied.events) == replied.as_stored()
        assert TicketHistory.read(replied.events).ticket == replied.ticket
        assert TicketHistory(replied.events).new == replied.events
        assert replied.as_stored().as_stored().new == ()

    def test_several_commands(self) -> None:
        """All of them, or none."""
        opened = LIFECYCLE.open(OpenTicket(id="t"), at=NINE).as_stored()
        done = LIFECYCLE.apply_all(opened, [Reply(), SetQueue("asylum"), FireTrigger("solve")], at=minute(5))

        assert (done.ticket.state, done.ticket.queue, len(done.new)) == ("solved", "asylum", 4)
        assert LIFECYCLE.apply_all(opened, [], at=minute(5)) == opened
        with pytest.raises(TransitionRefused):
            LIFECYCLE.apply_all(opened, [Reply(), FireTrigger("close")], at=minute(5))

    def test_what_happened_next(self) -> None:
        """A result of another ticket, or of another version, is no next step."""
        opened, other = story("t", 0), story("u", 0)
        step = LIFECYCLE.apply(opened.ticket, Note("x"), at=minute(1))

        assert opened.followed_by(step).ticket == step.ticket
        for wrong in (other, opened.followed_by(step)):
            with pytest.raises(Exception, match=r"^history of "):
                wrong.followed_by(step)


class TestSplit:
    """What is owed about the second concern goes with it."""

    def test_messages_and_promises(self) -> None:
        """The new ticket owes them since they came, the old one no longer."""
        both = story(
            "t-1",
            0,
            (10, Receive(mail("b"))),
            (20, promise("b")),
            (21, promise("a")),
            (30, Receive(mail("c"))),
            about="a",
        )
        result = split(
            LIFECYCLE, both.as_stored(), OpenTicket(id="t-2"), at=minute(60), contacts=["b", "c"], promises=["b"]
        )

        assert ([each.id for each in result.source.unanswered], [each.id for each in result.new.unanswered]) == (
            ["a"],
            ["b", "c"],
        )
        assert [each.id for each in result.source.ticket.contacts] == ["a"]
        assert [each.id for each in result.new.ticket.contacts] == ["b", "c"]
        assert [each.id for each in result.source.ticket.record.promises] == ["a"]
        assert [(each.id, each.given) for each in result.new.ticket.record.promises] == [("b", minute(20))]
        for metric in (SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION, SlaMetric.TIME_TO_OWN):
            assert cycles(clock(result.source, metric, 70)) == [(0, None)]
            assert cycles(clock(result.new, metric, 70)) == [(10, None)]
        assert result.new.ticket.record.absorbed == ()
        assert "calls" not in json.dumps([to_dict(event) for event in result.source.new])

    def test_answered_message(self) -> None:
        """An answer of that time was one to all that the ticket held."""
        both = story("t-1", 0, (10, Receive(mail("b"))), (30, Reply()), (40, Receive(mail("c"))), about="a")
        result = split(LIFECYCLE, both, OpenTicket(id="t-2"), at=minute(60), contacts=["b"])

        assert (result.new.unanswered, [each.id for each in result.source.unanswered]) == ((), ["c"])
        assert cycles(clock(result.new, SlaMetric.FIRST_RESPONSE, 70)) == [(10, 30)]
        assert cycles(clock(result.source, SlaMetric.FIRST_RESPONSE, 70)) == [(0, 30)]
        assert cycles(clock(result.source, SlaMetric.NEXT_RESPONSE, 70)) == [(40, None)]

    def test_the_way_of_the_old_ticket_counts(self) -> None:
        """Its pauses are the new one's too, from the first of its messages on; and so is who was in charge."""
        both = story(
            "t-1",
            0,
            (5, Reply()),
            (10, FireTrigger("ask_citizen")),
            (40, Receive(mail("b"))),
            (50, FireTrigger("ask_citizen")),
            (55, Assign("ivo")),
            about="a",
        )
        result = split(LIFECYCLE, both, OpenTicket(id="t-2"), at=minute(60), contacts=["b"])

        assert clock(result.new, SlaMetric.RESOLUTION, 70).elapsed == timedelta(minutes=10 + 10)
        assert cycles(clock(result.new, SlaMetric.TIME_TO_OWN, 70)) == [(40, 55)]
        owned = story("t-1", 0, (5, HandOverTo(HandOver(None, "x"), "ivo")), (10, Receive(mail("b"))), about="a")
        taken = split(LIFECYCLE, owned, OpenTicket(id="t-2"), at=minute(60), contacts=["b"]).new
        assert cycles(clock(taken, SlaMetric.TIME_TO_OWN, 70)) == [(10, 10)]

    def test_messages_that_a_merge_had_brought(self) -> None:
        """They are found where they are."""
        survivor = merged(story("t-2", 20, about="b"), story("t-1", 0, about="a"), 40)
        result = split(LIFECYCLE, survivor, OpenTicket(id="t-3"), at=minute(60), contacts=["b"])

        assert ([each.id for each in result.source.unanswered], [each.id for each in result.new.unanswered]) == (
            ["a"],
            ["b"],
        )
        assert cycles(clock(result.new, SlaMetric.FIRST_RESPONSE, 70)) == [(20, None)]
        assert cycles(clock(result.source, SlaMetric.FIRST_RESPONSE, 70)) == [(0, None)]

    @pytest.mark.parametrize(
        "answered",
        [
            [],
            [(30, Reply())],
            [(30, Reply()), (40, FireTrigger("solve")), (50, FireTrigger("reopen", reason="more"))],
        ],
    )
    def test_merged_again_it_is_as_before(self, answered: list[tuple[int, Command]]) -> None:
        """A split that was a mistake loses nothing, and makes no second cycle of what was answered together."""
        steps = [(10, Receive(mail("b"))), (20, promise("b")), (25, Note("soon", public=True))]
        both = story("t-1", 0, *steps, *answered, about="a")
        result = split(LIFECYCLE, both, OpenTicket(id="t-2"), at=minute(60), contacts=["b"], promises=["b"])
        again = merged(result.new, result.source, 60)

        for metric in SlaMetric:
            assert clock(again, metric, 70) == clock(both, metric, 70)
        assert {each.id for each in again.unanswered} == {each.id for each in both.unanswered}
        assert [each.id for each in again.ticket.record.promises] == ["b"]

    def test_messages_that_an_unmerging_had_given_back(self) -> None:
        """They had come in elsewhere, and are owed since then."""
        merger = merge(LIFECYCLE, story("t-2", 0, about="b"), story("t-1", 0, about="a"), at=minute(20))
        since = LIFECYCLE.apply(merger.target, Receive(mail("more of b")), at=minute(30))
        back = unmerge(LIFECYCLE, merger.source, since, at=minute(40), contacts=["more of b"])
        result = split(LIFECYCLE, back.source, OpenTicket(id="t-3"), at=minute(60), contacts=["more of b"])

        assert ([each.id for each in result.source.unanswered], [each.id for each in result.new.unanswered]) == (
            ["b"],
            ["more of b"],
        )
        assert cycles(clock(result.new, SlaMetric.FIRST_RESPONSE, 70)) == [(30, None)]
        assert cycles(clock(result.new, SlaMetric.RESOLUTION, 70)) == [(30, None)]

    def test_opening_is_about_a_message_of_the_old_ticket(self) -> None:
        """It has come in already, and does not come in twice."""
        both = story("t-1", 0, (10, Receive(mail("b"))), about="a")
        opening = OpenTicket(id="t-2", about=mail("b"), since=minute(10))
        result = split(LIFECYCLE, both, opening, at=minute(60), contacts=["b"])

        assert (len(result.new.ticket.contacts), len(result.new.unanswered)) == (1, 1)
        other = split(LIFECYCLE, both, OpenTicket(id="t-2", about=mail("x")), at=minute(60), contacts=["b"]).new
        assert [each.id for each in other.unanswered] == ["x", "b"]

    @pytest.mark.parametrize(
        ("moved", "message"),
        [
            ({"contacts": ["x"]}, "split: the ticket has no such contact; allowed: contacts of this ticket"),
            ({"contacts": ["a", "x"]}, "split: the ticket has no such contact"),
            ({"promises": ["x"]}, "split: no open promise of this name"),
            ({"promises": ["ended"]}, "split: "),
        ],
    )
    def test_what_is_not_there(self, moved: dict[str, Any], message: str) -> None:
        """Cannot be moved."""
        ticket = story("t-1", 0, (1, promise("ended")), (2, EndPromise("ended")), about="a")
        with pytest.raises(TransitionRefused, match=message) as refused:
            split(LIFECYCLE, ticket, OpenTicket(id="t-2"), at=minute(60), **moved)

        assert (refused.value.state, "answer" in refused.value.allowed) == ("new", True)


class TestUnmerge:
    """A merge of two persons' tickets can be taken back, as if it had never been."""

    def test_both_are_as_they_were(self) -> None:
        """State, messages, promises, cases, tags, links; and the clocks have run on."""
        source = story("t-2", 10, (11, promise()), (12, AttachCase(OTHER)), (13, Tag(add="renewal")), about="b")
        source = LIFECYCLE.apply_all(source, [LinkTo("parent", "t-0"), FireTrigger("answer")], at=minute(14))
        target = story("t-1", 0, (5, promise()), (6, Tag(add="asylum")), (7, LinkTo("see", "t-7")), about="a")
        merger = merge(LIFECYCLE, source, target, at=minute(20))
        back = unmerge(
            LIFECYCLE, merger.source.as_stored(), merger.target.as_stored(), at=minute(40), by="eva", reason="two"
        )

        for before, after in ((source, back.source), (target, back.target)):
            assert after.unanswered == before.unanswered
            assert after.ticket.contacts == before.ticket.contacts
            assert after.ticket.record == before.ticket.record
            assert (after.ticket.state, after.ticket.category) == (before.ticket.state, before.ticket.category)
            assert replay(after.events) == after.ticket
            found, expected = (clocks(each, [POLICY], at=minute(50)) for each in (after, before))
            assert [(each.cycles, each.phase) for each in found] == [(each.cycles, each.phase) for each in expected]
            assert {(event.by, event.reason) for event in after.new} == {("eva", "two")}
        assert (milestones(back.source).reopened, milestones(back.source).closed) == (0, None)
        assert [type(event).__name__ for event in back.source.new] == ["Unmerged"]

    def test_what_came_since(self) -> None:
        """Stays with the survivor, unless it is named; an answer to a named contact goes with it."""
        merger = merge(LIFECYCLE, story("t-2", 0, about="b"), story("t-1", 0, about="a"), at=minute(20))
        since = merger.target
        for number, command in (
            (30, Receive(mail("more of b"))),
            (31, Receive(mail("last of b"))),
            (32, Receive(mail("more of a"))),
            (33, Reply(mail("more of b"))),
            (34, Receive(mail("end"))),
        ):
            since = LIFECYCLE.apply(since, command, at=minute(number))
        back = unmerge(LIFECYCLE, merger.source, since, at=minute(40), contacts=["more of b", "last of b"])

        assert [each.id for each in back.source.ticket.contacts] == ["b", "more of b", "last of b"]
        assert [each.id for each in back.target.ticket.contacts] == ["a", "more of a", "end"]
        # The answer was to the source's citizen: so the survivor's messages are unanswered again.
        assert [each.id for each in back.target.unanswered] == ["a", "more of a", "end"]
        assert cycles(clock(back.target, SlaMetric.FIRST_RESPONSE, 50)) == [(0, None)]
        assert [each.id for each in back.source.unanswered] == ["b"]
        assert cycles(clock(back.source, SlaMetric.FIRST_RESPONSE, 50)) == [(0, None)]
        assert cycles(clock(back.source, SlaMetric.RESOLUTION, 50)) == [(0, None)]

    def test_what_came_since_wakes_the_source(self) -> None:
        """It waited for its citizen, who has written in the meantime."""
        waiting = story("t-2", 0, (1, Reply()), (2, FireTrigger("ask_citizen")), about="b")
        merger = merge(LIFECYCLE, waiting, story("t-1", 0, about="a"), at=minute(20))
        since = LIFECYCLE.apply(merger.target, Receive(mail("answer")), at=minute(30))
        back = unmerge(LIFECYCLE, merger.source, since, at=minute(40), contacts=["answer"])

        assert (back.source.ticket.state, [each.id for each in back.source.unanswered]) == ("first_level", ["answer"])
        assert cycles(clock(back.source, SlaMetric.NEXT_RESPONSE, 50)) == [(30, None)]
        nothing = unmerge(LIFECYCLE, merger.source, since, at=minute(40))
        assert (nothing.source.ticket.state, nothing.source.unanswered) == ("waiting_for_citizen", ())

    def test_promise_that_was_kept_in_between(self) -> None:
        """Stands as kept; the survivor's own of the same name stays."""
        source, target = story("t-2", 0, (1, promise())), story("t-1", 0, (2, promise()))
        merger = merge(LIFECYCLE, source, target, at=minute(20))
        kept = LIFECYCLE.apply(merger.target, EndPromise("call@t-2"), at=minute(30))
        back = unmerge(LIFECYCLE, merger.source, kept, at=minute(40))
        (own,), (left,) = back.source.ticket.record.promises, back.target.ticket.record.promises

        assert (own.id, own.given, own.state(at=minute(40))) == ("call", minute(1), PromiseState.KEPT)
        assert (left.id, left.given, left.is_open) == ("call", minute(2), True)

    def test_what_both_had(self) -> None:
        """A tag, a case or a link that the survivor has by itself, or got since, stays."""
        shared: Sequence[Command] = [AttachCase(CASE), Tag(add="renewal"), LinkTo("parent", "t-0")]
        source, target = story("t-2", 0), story("t-1", 0)
        source = LIFECYCLE.apply_all(source, [*shared, Tag(add="later")], at=minute(1))
        early = merge(LIFECYCLE, source, LIFECYCLE.apply_all(target, shared, at=minute(1)), at=minute(20))
        late = merge(LIFECYCLE, source, target, at=minute(20))
        for merger, commands in ((early, [Tag(add="later")]), (late, [*shared, Tag(add="later")])):
            since = LIFECYCLE.apply_all(merger.target, commands, at=minute(30))
            record = unmerge(LIFECYCLE, merger.source, since, at=minute(40)).target.ticket.record

            assert (record.case, record.links) == (CASE, (Link("parent", "t-0"),))
            assert record.tags == {"renewal", "later"}
            assert record.absorbed == ()

    def test_contact_of_both(self) -> None:
        """A mail that was filed in both tickets is still in both."""
        merger = merge(LIFECYCLE, story("t-2", 0, about="m"), story("t-1", 0, about="m"), at=minute(20))
        back = unmerge(LIFECYCLE, merger.source, merger.target, at=minute(40))

        assert (back.source.unanswered, back.target.unanswered) == ((mail("m"),), (mail("m"),))

    def test_what_a_split_has_taken_out(self) -> None:
        """Belongs to the third ticket, and is owed there alone."""
        source = story("t-2", 0, (1, Receive(mail("c"))), (2, promise()), about="b")
        merger = merge(LIFECYCLE, source, story("t-1", 0, about="a"), at=minute(20))
        result = split(LIFECYCLE, merger.target, OpenTicket(id="t-3"), at=minute(30), contacts=["c"], promises=["call"])
        back = unmerge(LIFECYCLE, merger.source, result.source, at=minute(40))
        owed = {each.ticket.id: [one.id for one in each.unanswered] for each in (back.source, back.target, result.new)}

        assert owed == {"t-1": ["a"], "t-2": ["b"], "t-3": ["c"]}
        assert (back.source.ticket.record.promises, back.target.ticket.record.promises) == ((), ())
        assert len(result.new.ticket.record.promises) == 1

    def test_merged_again(self) -> None:
        """And taken back again; a part that was split off before is not given back with it."""
        both = story("t-1", 0, (1, Receive(mail("b"))), about="a")
        result = split(LIFECYCLE, both, OpenTicket(id="t-2"), at=minute(5), contacts=["b"])
        source, target = result.source, result.new
        for number in (10, 20):
            merger = merge(LIFECYCLE, source, target, at=minute(number))
            assert {each.id for each in merger.target.unanswered} == {"a", "b"}
            back = unmerge(LIFECYCLE, merger.source, merger.target, at=minute(number + 5))
            source, target = back.source, back.target
            assert ([each.id for each in source.unanswered], [each.id for each in target.unanswered]) == (["a"], ["b"])
            assert cycles(clock(target, SlaMetric.FIRST_RESPONSE, 50)) == [(1, None)]

    def test_split_merged_back_and_taken_apart(self) -> None:
        """A mail that came in here once, and belongs to the other ticket now, is not left behind."""
        both = story("t-1", 0, (1, Receive(mail("b"))), about="a")
        result = split(LIFECYCLE, both, OpenTicket(id="t-2"), at=minute(5), contacts=["b"])
        merger = merge(LIFECYCLE, result.new, result.source, at=minute(10))
        back = unmerge(LIFECYCLE, merger.source, merger.target, at=minute(15))

        assert [[each.id for each in side.ticket.contacts] for side in (back.source, back.target)] == [["b"], ["a"]]
        assert [[each.id for each in side.unanswered] for side in (back.source, back.target)] == [["b"], ["a"]]

    def test_refusals(self) -> None:
        """Not merged, merged elsewhere, merged on meanwhile, no such contact."""
        a, b, c = (story(name, 0, about=name) for name in ("a", "b", "c"))
        first = merge(LIFECYCLE, a, b, at=minute(10))
        second = merge(LIFECYCLE, first.target, c, at=minute(20))
        for source, target, contacts, message in (
            (b, c, [], "unmerge: the ticket does not go on in that other one; allowed: the ticket that it was merged"),
            (first.source, second.target, [], "unmerge: the ticket does not go on in that other one"),
            (second.source, first.target, [], "unmerge: the ticket does not go on in that other one"),
            (first.source, b, [], "unmerge: the ticket does not go on in that other one"),
            (first.source, second.source, [], "Release: the ticket goes on in another one"),
            (first.source, first.target, ["x"], "unmerge: the ticket has no such contact"),
        ):
            with pytest.raises(TransitionRefused, match=f"^{message}"):
                unmerge(LIFECYCLE, source, target, at=minute(30), contacts=contacts)
        back = unmerge(LIFECYCLE, second.source, second.target, at=minute(30))
        assert back.source.ticket.record.absorbed == ("a",)
        last = unmerge(LIFECYCLE, first.source, back.source, at=minute(30))
        assert [each.id for each in last.source.unanswered] == ["a"]


class TestTwoPersons:
    """A merge of two persons' tickets tells neither about the other."""

    @pytest.fixture
    def survivor(self) -> TicketHistory:
        """The ticket of a, into which the one of b was merged; then both are written to."""
        source = story(
            "t-b",
            0,
            (1, Note("b is ill")),
            (2, SetFields({"name": "Bruno"})),
            (3, promise(about="b")),
            (4, AttachCase(OTHER)),
            about="b",
        )
        target = story(
            "t-a",
            0,
            (1, Note("a has moved", reason="told by a")),
            (2, HandOverTo(HandOver(CASE, "a's summary"), "ivo")),
            about="a",
        )
        steps: Sequence[Command] = [
            Reply(mail("a"), reason="to a"),
            Receive(mail("b again")),
            Reply(mail("b again"), reason="to b"),
            Note("about a", about="a"),
            Note("about b", about="b"),
            Note("about nobody"),
            Reply(reason="to whom"),
            SetFields({"name": "Anna"}),
            LinkTo("see", "t-x"),
            Tag(add="secret tag"),
            FireTrigger("solve", reason="both served"),
        ]
        return LIFECYCLE.apply_all(merged(source, target, 20), steps, at=minute(30), by="anna")

    def told(self, history: TicketHistory, *contacts: str) -> str:
        """What a person is told, as text."""
        return json.dumps([to_dict(event) for event in events_about(history, contacts)])

    def test_each_is_told_their_own(self, survivor: TicketHistory) -> None:
        """Their messages, the answers to them, the notes about them, and where the ticket was."""
        to_a, to_b = self.told(survivor, "a"), self.told(survivor, "b", "b again")

        for word in ("a has moved", "told by a", "a's summary", "2026/4711", "to a", "about a"):
            assert (word in to_a, word in to_b) == (True, False)
        for word in ("b again", "to b", "about b", "calls about the permit", "2026/4712", "t-b"):
            assert (word in to_a, word in to_b) == (False, True)
        for word in ("about nobody", "to whom", "Anna", "t-x", "secret tag", "both served", "Bruno", "b is ill"):
            assert (word in to_a, word in to_b) == (False, False)
        assert ("solved" in to_a, "solved" in to_b) == (True, True)

    def test_before_the_merge_it_was_one_persons(self, survivor: TicketHistory) -> None:
        """All of it is told to that one, and nothing to the other; a stranger is told nothing."""
        kinds = [type(event).__name__ for event in events_about(survivor, ["a"])][:5]

        assert kinds == ["Opened", "Received", "Noted", "HandedOver", "Transitioned"]
        assert type(events_about(survivor, ["b", "b again"])[0]).__name__ == "Absorbed"
        assert events_about(survivor, ["nobody"]) == ()
        everything = events_about(survivor, ["a", "b", "b again"])
        assert everything == survivor.events
        answered = story(
            "t", 0, (1, Reply(mail("an answer"))), (2, Note("x", about="an answer")), (3, Note("y")), about="b"
        )
        assert events_about(answered, ["b"]) == answered.events
        nobody = story("t", 0, (1, Note("x")))
        assert events_about(nobody, ["a"]) == ()

    def test_ticket_of_three(self, survivor: TicketHistory) -> None:
        """What a merge brought in of two persons is told to each in part."""
        third = merged(survivor.__class__(survivor.events[:-2]), story("t-c", 0, about="c"), 40)
        to_a, to_b, to_c = (self.told(third, *each) for each in (["a"], ["b", "b again"], ["c"]))

        for word in ("calls about the permit", "b again", "t-b", "2026/4712"):
            assert word not in to_a
            assert word not in to_c
        assert ("calls about the permit" in to_b, '"b again"' in to_b, '"a"' in to_b) == (True, True, False)
        assert ('"id": "a"' in to_a, "ticket_absorbed" in to_a, "ticket_absorbed" in to_c) == (True, True, False)
        assert "2026/4711" not in to_b + to_a.partition("ticket_absorbed")[0] + to_c

    def test_part_of_a_merge(self) -> None:
        """The whole of what a person is told of an event that brought in two persons' contacts."""
        source = story("t-2", 0, (1, promise(about="b")), (1, promise("other")), (2, Reply(mail("b"))), about="b")
        source = merged(source, story("t-3", 0, (3, HandOverTo(HandOver(None, "x"), "ivo")), about="c"), 5)
        third = merged(source, story("t-1", 0, about="a"), 10)
        whole, part = third.events[-1], events_about(third, ["b"])[-1]

        assert type(part) is type(whole)
        assert (part.ticket, part.version, part.instant) == (whole.ticket, whole.version, whole.instant)
        shown = to_dict(part)
        assert {key for key in shown if key not in to_dict(whole)} == set()
        assert shown["other"] == ""
        assert [each["id"] for each in shown["contacts"]] == ["b"]
        assert [each["about"] for each in shown["promises"]] == ["b"]
        assert [(each["type"], each["ticket"], each["version"]) for each in shown["history"]] == [
            ("ticket_opened", "t-3", 4),
            ("ticket_assigned", "t-3", 4),
            ("ticket_absorbed", "t-3", 5),
        ]
        assert [each["type"] for each in shown["history"][-1]["history"]] == [
            "ticket_opened",
            "ticket_received",
            "ticket_replied",
            "ticket_transitioned",
        ]
        assert shown["absorbed"] == []

    def test_after_it_was_taken_back(self, survivor: TicketHistory) -> None:
        """The ticket is one person's again, and what comes then is told in full."""
        source = story("t-2", 0, about="b")
        merger = merge(LIFECYCLE, source, story("t-1", 0, about="a"), at=minute(20))
        back = unmerge(LIFECYCLE, merger.source, merger.target, at=minute(30))
        noted = LIFECYCLE.apply(back.target, Note("a alone"), at=minute(40))

        assert "a alone" in self.told(noted, "a")
        assert "a alone" not in self.told(noted, "b")
        assert survivor.ticket.id == "t-a"

    def test_redacted_for_one(self, survivor: TicketHistory) -> None:
        """What is theirs alone is taken out; what belongs to the other, or to both, stays."""
        clean = redact(survivor, at=minute(50), by="dp", reason="LPDP art. 25", contacts=["b", "b again"])
        text = json.dumps([to_dict(event) for event in clean])

        for word in ("about b", "to b", "calls about the permit"):
            assert word not in text
        for word in ("a has moved", "a's summary", "about a", "about nobody", "Anna", "to a"):
            assert word in text
        assert replay(clean).record.promises[0].what == REDACTED
        assert clocks(clean, [POLICY], at=minute(50)) == clocks(survivor, [POLICY], at=minute(50))
        other = redact(survivor, at=minute(50), by="dp", reason="LPDP art. 25", contacts=["a"])
        text = json.dumps([to_dict(event) for event in other])
        assert ("a has moved" in text, "about a" in text, "about b" in text, "about nobody" in text) == (
            False,
            False,
            True,
            True,
        )

    def test_words_do_not_travel(self, survivor: TicketHistory) -> None:
        """What was said in the other ticket is not in this one at all; only promises come along, to be kept."""
        text = json.dumps([to_dict(event) for event in survivor])

        assert [word for word in ("b is ill", "Bruno") if word in text] == []
        assert "calls about the permit" in text
        assert "calls about the permit" not in repr(survivor)
        whole = redact(survivor, at=minute(50), by="dp", reason="all")
        assert "calls" not in json.dumps([to_dict(event) for event in whole])


# Laws ----------------------------------------------------------------------------------------------------------------

STEPS: Mapping[str, Command] = {
    "reply": Reply(),
    "update": Note("soon", public=True),
    "ask": FireTrigger("ask_citizen"),
    "resume": FireTrigger("resume"),
    "hold": FireTrigger("hold", reason="holidays"),
    "own": Assign("ivo"),
    "solve": FireTrigger("solve"),
    "reopen": FireTrigger("reopen", reason="more"),
}


def attempted(history: TicketHistory, number: int, word: str, serial: int = 0) -> TicketHistory:
    """The history after a step, if its state allows it."""
    name = history.ticket.id
    commands: dict[str, Command] = {
        **STEPS,
        "mail": Receive(mail(f"{name}-{number}-{serial}")),
        "promise": promise(f"p{number}-{serial}"),
        "case": AttachCase(CaseRef("permit", name)),
        "tag": Tag(add=name),
        "link": LinkTo("see", f"{name}-{number}"),
    }
    try:
        return LIFECYCLE.apply(history, commands[word], at=minute(number))
    except TransitionRefused:
        return history


WORDS = st.sampled_from([*STEPS, "mail", "mail", "promise", "case", "tag", "link"])


@st.composite
def some_story(draw: st.DrawFn, name: str) -> TicketHistory:
    """A ticket of the first two hours, which is not over in the end."""
    opened = draw(st.integers(0, 60))
    history = story(name, opened, about=draw(st.sampled_from(["", f"{name}-first"])))
    times = sorted(draw(st.lists(st.integers(opened, 120), max_size=7)))
    for serial, number in enumerate(times):
        history = attempted(history, number, draw(WORDS), serial)
    if history.ticket.category.is_done:
        history = attempted(history, 120, "reopen")
    return history


def owed(history: TicketHistory, *, at: int) -> dict[str, Any]:
    """Everything that a ticket owes, whatever its number, its version and the ids of what went on in it."""
    ticket = history.ticket
    within = {ticket.id, *ticket.record.absorbed}
    return {
        "clocks": [
            (each.metric, each.phase, each.cycles, each.remaining, each.projected_due)
            for each in clocks(history, [POLICY], at=minute(at))
        ],
        "unanswered": sorted(contact.id for contact in history.unanswered),
        "contacts": sorted(contact.id for contact in ticket.contacts),
        "promises": sorted(
            (each.who, each.due_instant, each.given_instant, each.is_open) for each in ticket.record.promises
        ),
        "cases": set(ticket.cases),
        "tags": ticket.record.tags,
        "links": {link for link in ticket.record.links if link.other not in within},
        "absorbed": set(ticket.record.absorbed),
    }


AFTER = st.lists(st.tuples(st.integers(130, 300), WORDS), max_size=5).map(sorted)


class TestLaws:
    """What holds of any tickets."""

    @given(a=some_story("a"), b=some_story("b"), c=some_story("c"), after=AFTER)
    def test_merging_is_associative_in_what_is_owed(
        self, *, a: TicketHistory, b: TicketHistory, c: TicketHistory, after: list[tuple[int, str]]
    ) -> None:
        """The first into the second and that into the third, or the second into the third and then the first."""
        left, right = merged(merged(a, b, 125), c, 125), merged(a, merged(b, c, 125), 125)
        assert owed(left, at=126) == owed(right, at=126)
        for serial, (number, word) in enumerate(after):
            left, right = (attempted(each, number, word, serial) for each in (left, right))
        assert owed(left, at=310) == owed(right, at=310)

    @given(a=some_story("a"), b=some_story("b"))
    def test_nothing_is_lost_or_made_up(self, a: TicketHistory, b: TicketHistory) -> None:
        """Messages and promises of the survivor are those of both; its clocks are as late as either's were."""
        survivor = merged(a, b, 125)
        found, one, other = owed(survivor, at=125), owed(a, at=125), owed(b, at=125)

        assert found["unanswered"] == sorted(one["unanswered"] + other["unanswered"])
        assert found["contacts"] == sorted(one["contacts"] + other["contacts"])
        of_a = [each for each in one["promises"] if each[-1]]
        assert found["promises"] == sorted(of_a + other["promises"])
        assert (found["tags"], found["cases"]) == (one["tags"] | other["tags"], one["cases"] | other["cases"])
        assert not survivor.ticket.category.is_done
        targets = [Target(metric, 2 * HOUR) for metric in SlaMetric]
        policy = SlaPolicy("p", targets)
        by_ticket = [clocks(each, [policy], at=minute(125)) for each in (survivor, a, b)]
        for metric in (SlaMetric.RESOLUTION, SlaMetric.TOTAL, SlaMetric.AGENT_WORK, SlaMetric.REQUESTER_WAIT):
            whole, *parts = [found.of(metric) for found in by_ticket]
            assert whole is not None
            for part in parts:
                assert part is not None
                assert whole.start is not None
                assert part.start is not None
                assert whole.start <= part.start
                assert whole.elapsed >= part.elapsed

    @given(
        times=st.lists(st.integers(0, 120), min_size=2, max_size=8),
        places=st.lists(st.booleans(), min_size=8, max_size=8),
        swapped=st.booleans(),
        after=AFTER,
    )
    def test_survivor_is_as_one_that_had_received_all_itself(
        self, *, times: list[int], places: list[bool], swapped: bool, after: list[tuple[int, str]]
    ) -> None:
        """Of tickets that nobody has answered yet, every clock is that of the one ticket; and so it is from then on."""
        numbers = sorted(times)
        halves: dict[bool, TicketHistory] = {}
        alone: TicketHistory | None = None
        for serial, (number, place) in enumerate(zip(numbers, [True, False, *places], strict=False)):
            name = mail(f"m{serial}")
            if place in halves:
                halves[place] = LIFECYCLE.apply(halves[place], Receive(name), at=minute(number))
            else:
                halves[place] = LIFECYCLE.open(OpenTicket(id=f"t-{place}", about=name), at=minute(number))
            if alone is None:
                alone = LIFECYCLE.open(OpenTicket(id="t", about=name), at=minute(number))
            else:
                alone = LIFECYCLE.apply(alone, Receive(name), at=minute(number))
        assert alone is not None
        both = merged(halves[swapped], halves[not swapped], 125)
        for serial, (number, word) in enumerate(after):
            both, alone = (attempted(each, number, word, serial) for each in (both, alone))
        assert clocks(both, [POLICY], at=minute(310)) == clocks(alone, [POLICY], at=minute(310))
        assert {each.id.rpartition("-")[2] for each in both.unanswered} == {
            each.id.rpartition("-")[2] for each in alone.unanswered
        }
        assert both.ticket.state == alone.ticket.state

    @given(a=some_story("a"), b=some_story("b"), after=AFTER)
    def test_taken_back_it_is_as_if_it_had_never_been(
        self, a: TicketHistory, b: TicketHistory, after: list[tuple[int, str]]
    ) -> None:
        """Both owe what they owed, whatever happened later; through storage too."""
        merger = merge(LIFECYCLE, a, b, at=minute(122))
        back = unmerge(LIFECYCLE, merger.source, merger.target, at=minute(124))
        sides = [(a, back.source)] if b.ticket.category.is_done else [(a, back.source), (b, back.target)]
        for before, now in sides:
            stays = before.ticket.state == now.ticket.state
            assert stays or before is b  # the survivor may have been woken by the merge, and stays awake
            if stays:
                assert owed(now, at=126) == owed(before, at=126)
                for serial, (number, word) in enumerate(after):
                    before, now = (attempted(each, number, word, serial) for each in (before, now))  # noqa: PLW2901
                assert owed(now, at=310) == owed(before, at=310)
            stored = json.loads(json.dumps([to_dict(event) for event in now]))
            assert tuple(map(partial(from_dict, TicketEvent), stored)) == now.events

    @given(a=some_story("a"), chosen=st.sets(st.integers(0, 9)), after=AFTER)
    def test_split_and_merged_again(self, a: TicketHistory, chosen: set[int], after: list[tuple[int, str]]) -> None:
        """Whatever is moved, both together owe what the one owed; and so does the one that they are merged into."""
        contacts = [contact.id for place, contact in enumerate(a.ticket.contacts) if place in chosen]
        named = [each.id for each in a.ticket.record.promises if each.is_open]
        result = split(LIFECYCLE, a, OpenTicket(id="n"), at=minute(125), contacts=contacts, promises=named)
        whole, old, new = (owed(each, at=126) for each in (a, result.source, result.new))

        assert whole["unanswered"] == sorted(old["unanswered"] + new["unanswered"])
        assert whole["promises"] == sorted(old["promises"] + new["promises"])
        again = merged(result.new, result.source, 125)
        assert owed(again, at=126)["unanswered"] == whole["unanswered"]
        assert owed(again, at=126)["promises"] == whole["promises"]
        for serial, (number, word) in enumerate(after):
            again = attempted(again, number, word, serial)
        assert replay(again.events) == again.ticket
