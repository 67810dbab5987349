"""Many tickets at once, merged, split, taken apart, opened again and followed up, against a naive model of messages."""

import json
from datetime import timedelta
from functools import partial

import attrs
import pendulum
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tickets_office import NINE, epoch

from ticontact.contacts import Channel, Contact, Direction
from ticontact.errors import TransitionRefused
from ticontact.plain import from_dict, to_dict
from ticontact.tickets import (
    Continue,
    Evidence,
    OpenNew,
    TicketHistory,
    continue_or_open,
    due_timers,
    merge,
    replay,
    shipped,
    split,
    unmerge,
)
from ticontact.tickets.commands import (
    Command,
    EndPromise,
    FireTimer,
    FireTrigger,
    GivePromise,
    OpenTicket,
    Receive,
    Reply,
)
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import Deadlines, SlaDeadline, SlaMetric, SlaPolicy, Target, clocks

LIFECYCLE = shipped.contact_centre
WINDOW = timedelta(days=30)
WITHIN = timedelta(hours=2)
METRICS = (SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE)
POLICY = SlaPolicy("all", [Target(metric, WITHIN, paused_in=()) for metric in METRICS])

Cycle = tuple[pendulum.DateTime, pendulum.DateTime | None]


@attrs.define
class Model:
    """What the model knows of a ticket.

    Attributes:
        messages: When each of its messages came, and when it was answered.
        since: Since when it is solved or closed; None while it is not.
        into: The ticket in which it goes on.
        at_merge: Its messages at the moment of that merge.
        promises: Its open promises, by what was promised.
    """

    messages: dict[str, Cycle] = attrs.field(factory=dict)
    since: pendulum.DateTime | None = None
    into: str = ""
    at_merge: dict[str, Cycle] = attrs.field(factory=dict)
    promises: set[str] = attrs.field(factory=set)
    promises_at_merge: set[str] = attrs.field(factory=set)

    @property
    def cycles(self) -> list[Cycle]:
        """What was answered together is one cycle, from its oldest message on; what is unanswered is another one."""
        found: dict[pendulum.DateTime | None, pendulum.DateTime] = {}
        for came, answered in self.messages.values():
            found[answered] = min(came, found.get(answered, came))
        return sorted(((start, stop) for stop, start in found.items()), key=lambda cycle: cycle[0])


class Office(RuleBasedStateMachine):
    """Some tickets, and deadlines that a poller asks for."""

    @initialize()
    def begin(self) -> None:
        """Nothing has happened yet."""
        self.now = NINE
        self.serial = 0
        self.tickets: dict[str, TicketHistory] = {}
        self.models: dict[str, Model] = {}
        self.deadlines = Deadlines()
        self.waiting: set[SlaDeadline] = set()
        self.told: set[SlaDeadline] = set()
        self.write("")

    # What the model does --------------------------------------------------------------------------------------------

    def end(self, name: str) -> str:
        """The ticket in which one goes on."""
        while self.models[name].into:
            name = self.models[name].into
        return name

    def is_final(self, name: str) -> bool:
        """Whether nothing opens a ticket again."""
        since = self.models[name].since
        return since is not None and self.now - since > WINDOW

    def changed(self, name: str, history: TicketHistory) -> None:
        """A ticket is further on, and so is what is due in it."""
        self.tickets[name] = history
        if self.models[name].into:
            found: set[SlaDeadline] = set()
        else:
            found = {
                SlaDeadline(epoch(start + WITHIN), name, policy="all", metric=METRICS[place > 0].value)
                for place, (start, stop) in enumerate(self.models[name].cycles)
                if stop is None or stop > start + WITHIN
            }
        self.waiting = {each for each in self.waiting if each.ticket != name} | (found - self.told)
        self.deadlines.put(name, clocks(history, [POLICY], at=self.now))

    def act(self, name: str, *commands: Command) -> None:
        """Ask the lifecycle for what must be possible."""
        self.changed(name, LIFECYCLE.apply_all(self.tickets[name], commands, at=self.now, by="anna"))

    def pick(self, place: int) -> str:
        """One of the tickets."""
        return sorted(self.tickets)[place % len(self.tickets)]

    def pass_time(self) -> None:
        """No two things happen at one instant."""
        self.now = self.now.add(minutes=1)

    # Rules ----------------------------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([10, 119, 120, 24 * 60, 15 * 24 * 60, 31 * 24 * 60]))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.now = self.now.add(minutes=minutes)

    @rule(place=st.integers(0, 20))
    def answer_in_a_thread(self, place: int) -> None:
        """The citizen writes in the thread of some ticket, alive, merged or long over."""
        self.write(self.pick(place))

    @rule()
    def write_anew(self) -> None:
        """The citizen writes about something new."""
        self.write("")

    def write(self, thread: str) -> None:
        """What comes in is never swallowed: it continues a ticket that takes it, or opens one that follows up."""
        self.pass_time()
        self.serial += 1
        contact = Contact(
            id=f"m{self.serial:03}",
            channel=Channel.named("email"),
            direction=Direction.INBOUND,
            created_at=self.now,
        )
        everything = [history.ticket for history in self.tickets.values()]
        answer = continue_or_open(contact, everything, lifecycles=LIFECYCLE, thread=thread)
        end = self.end(thread) if thread else ""
        follows = end if end and self.is_final(end) else ""

        if not end or follows:
            assert answer == OpenNew(follow_up_of=follows)
            name = f"t{self.serial:03}"
            opening = OpenTicket(id=name, about=contact.ref, follow_up_of=follows)
            self.models[name] = Model({contact.id: (self.now, None)})
            self.changed(name, LIFECYCLE.open(opening, at=self.now))
            assert self.tickets[name].ticket.linked("follow_up_of") == (follows,) * bool(follows)
        else:
            assert answer == Continue(end, Evidence.THREAD)
            self.models[end].messages[contact.id] = (self.now, None)
            self.models[end].since = None
            self.act(end, Receive(contact.ref))
            assert not self.tickets[end].ticket.category.is_done
        if follows:
            with pytest.raises(TransitionRefused, match="a new ticket that follows up"):
                self.act(follows, Receive(contact.ref))

    @rule(place=st.integers(0, 20), solved=st.booleans())
    def reply(self, *, place: int, solved: bool) -> None:
        """The office answers all that the ticket holds, and perhaps solves it."""
        self.pass_time()
        name = self.pick(place)
        model = self.models[name]
        if model.into:
            with pytest.raises(TransitionRefused, match="goes on in another one"):
                self.act(name, Reply())
            return
        model.messages = {each: (came, done or self.now) for each, (came, done) in model.messages.items()}
        if solved and model.since is None:
            model.since = self.now
            self.act(name, Reply(), FireTrigger("solve"))
        else:
            self.act(name, Reply())

    @rule()
    def timers(self) -> None:
        """Whatever is due goes off: what was solved is closed."""
        self.pass_time()
        for name, history in sorted(self.tickets.items()):
            for timer in due_timers(LIFECYCLE, history.ticket, at=self.now):
                self.models[name].since = self.now
                self.act(name, FireTimer(timer.timer))

    @rule(place=st.integers(0, 20), kept=st.booleans())
    def promise(self, *, place: int, kept: bool) -> None:
        """Something is promised; or everything that was is kept."""
        self.pass_time()
        name = self.end(self.pick(place))
        if kept:
            open_ones = [each for each in self.tickets[name].ticket.record.promises if each.is_open]
            self.models[name].promises.clear()
            self.act(name, *(EndPromise(each.id) for each in open_ones))
        elif self.models[name].promises == set():
            self.serial += 1
            what = f"p{self.serial:03}"
            self.models[name].promises.add(what)
            self.act(name, GivePromise("call", "ivo", what=what, due=self.now + WITHIN))

    @precondition(lambda self: len(self.tickets) > 1)
    @rule(place=st.integers(0, 20), other=st.integers(0, 20))
    def merge(self, place: int, other: int) -> None:
        """A ticket goes on in another one, if both can."""
        self.pass_time()
        source, target = self.pick(place), self.pick(other)
        left, right = self.models[source], self.models[target]
        impossible = left.into or left.since is not None or right.into or self.is_final(target) or source == target
        if impossible:
            with pytest.raises(TransitionRefused):
                merge(LIFECYCLE, self.tickets[source], self.tickets[target], at=self.now)
            return
        merger = merge(LIFECYCLE, self.tickets[source], self.tickets[target], at=self.now)
        left.into, left.at_merge, left.promises_at_merge = target, dict(left.messages), set(left.promises)
        right.messages |= left.messages
        right.promises |= left.promises
        right.since = None
        self.changed(source, merger.source)
        self.changed(target, merger.target)
        assert not merger.target.ticket.category.is_done

    @rule(place=st.integers(0, 20))
    def unmerge(self, place: int) -> None:
        """A merge is taken back, if its target is itself."""
        self.pass_time()
        source = self.pick(place)
        left = self.models[source]
        if not left.into:
            return
        target, right = left.into, self.models[left.into]
        if right.into:
            with pytest.raises(TransitionRefused):
                unmerge(LIFECYCLE, self.tickets[source], self.tickets[target], at=self.now)
            return
        back = unmerge(LIFECYCLE, self.tickets[source], self.tickets[target], at=self.now)
        left.messages = {each: cycle for each, cycle in left.at_merge.items() if each in right.messages}
        right.messages = {each: cycle for each, cycle in right.messages.items() if each not in left.at_merge}
        left.promises = left.promises_at_merge & right.promises
        right.promises -= left.promises
        left.into = ""
        self.changed(source, back.source)
        self.changed(target, back.target)

    @rule(place=st.integers(0, 20), moved=st.sets(st.integers(0, 6)), promises=st.booleans())
    def split(self, *, place: int, moved: set[int], promises: bool) -> None:
        """Some messages become a ticket of their own, and perhaps the promises."""
        self.pass_time()
        self.serial += 1
        name, new = self.pick(place), f"t{self.serial:03}"
        model = self.models[name]
        chosen = [each for number, each in enumerate(sorted(model.messages)) if number in moved]
        if model.into or model.since is not None:
            with pytest.raises(TransitionRefused):
                split(LIFECYCLE, self.tickets[name], OpenTicket(id=new), at=self.now, contacts=chosen)
            return
        given = [each.id for each in self.tickets[name].ticket.record.promises if each.is_open and promises]
        result = split(LIFECYCLE, self.tickets[name], OpenTicket(id=new), at=self.now, contacts=chosen, promises=given)
        self.models[new] = Model({each: model.messages.pop(each) for each in chosen})
        if promises:
            self.models[new].promises, model.promises = model.promises, set()
        self.changed(new, result.new)
        self.changed(name, result.source)

    @rule()
    def poll(self) -> None:
        """A poller is told each breach once, in order."""
        self.pass_time()
        come = tuple(sorted(each for each in self.waiting if each.at < self.now))

        assert self.deadlines.tell(self.now) == come
        self.waiting -= {*come}
        self.told |= {*come}

    @rule()
    def restart(self) -> None:
        """The process ends; what was stored is read back."""
        stored = json.loads(json.dumps(self.deadlines.snapshot()))
        self.deadlines = Deadlines()
        self.deadlines.restore(stored)
        for name, history in self.tickets.items():
            events = json.loads(json.dumps([to_dict(event) for event in history]))
            again = TicketHistory.read(map(partial(from_dict, TicketEvent), events))
            assert (again, again.ticket) == (history.as_stored(), history.ticket)
            self.tickets[name] = again

    # What holds -----------------------------------------------------------------------------------------------------

    @invariant()
    def messages_are_owed_where_the_model_says(self) -> None:
        """Unanswered ones, all contacts, and the cycles of both responses; a merged ticket has no clocks."""
        for name, model in self.models.items():
            history = self.tickets[name]
            found = clocks(history, [POLICY], at=self.now)
            if model.into:
                assert (history.ticket.merged_into, found) == (model.into, ())
                continue
            assert {each.id for each in history.unanswered} == {
                each for each, (_, answered) in model.messages.items() if answered is None
            }
            assert {each.id for each in history.ticket.contacts} == {*model.messages}
            cycles = [(cycle.start, cycle.stop) for clock in found for cycle in clock.cycles]
            assert sorted(cycles, key=lambda cycle: cycle[0]) == model.cycles
            assert [cycle for cycle in cycles[:1] if found[0].cycles] == model.cycles[:1]

    @invariant()
    def promises_are_open_once(self) -> None:
        """In the ticket that the model says, and nowhere else."""
        for name, model in self.models.items():
            open_ones = [each.what for each in self.tickets[name].ticket.record.promises if each.is_open]

            assert sorted(open_ones) == ([] if model.into else sorted(model.promises))

    @invariant()
    def states_agree(self) -> None:
        """Done since when; and the ticket is what its events add up to."""
        for name, model in self.models.items():
            history = self.tickets[name]
            if not model.into:
                assert history.ticket.category.is_done == (model.since is not None)
                assert model.since in {None, history.ticket.since_at}
            assert replay(history.events) == history.ticket

    @invariant()
    def deadlines_agree(self) -> None:
        """The next one is the model's."""
        assert self.deadlines.next() == min(self.waiting, default=None)


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=60, stateful_step_count=30)
