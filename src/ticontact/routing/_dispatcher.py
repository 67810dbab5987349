"""The dispatcher: tell it what happens, and it says what to offer to whom.

Each verb does four things in this order. It checks that what it speaks of is here, so that a refusal changes nothing.
It lets time pass, and checks again where something has happened by then. It tells the engine what has changed. And it
answers with the decision of the engine. `_engine.engine` says how that comes about.

A consult, the second level, goes through these states:

* asked: the official is searched for and rung at; the operator talks on. Declined by all who are there, it comes back
  to the operator (`RoutingDecision.returned`), never to the queue;
* joined: the official reads the case and talks with the operator (or, after `confer`, with both);
* over: by `hand_over` (the official has the citizen, the operator goes into wrap-up) or by `end_consult` (back to the
  operator alone).

If the citizen hangs up, or the operator completes, the consult ends with it in whatever state it is. If the operator is
lost, an official who has joined has the citizen; otherwise the citizen waits again, at the place of the first entry. If
the official is lost, the operator goes on alone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from types import MappingProxyType
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import attrs
import pendulum

from ticontact._time import to_epoch
from ticontact.contacts import HandOver
from ticontact.errors import (
    ConfigurationError,
    Fault,
    RoutingError,
    StaleOffer,
    UnknownAgent,
)
from ticontact.priority import Priority
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._agents.assignment import AssignmentState
from ticontact.routing._decision.decision import CloseReason, Offer, RoutingDecision
from ticontact.routing._decision.explanation import RoutingExplanation
from ticontact.routing._decision.supervisor_action import Command, SupervisorAction, checked_order
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest, Consult
from ticontact.routing._engine.engine import Engine
from ticontact.routing._engine.settings import Priorities, Settings
from ticontact.routing._engine.transaction import Transaction
from ticontact.routing._matching.eligibility import fits_in
from ticontact.routing._requirements.requirement import Requirement, exclude
from ticontact.routing._snapshot.coherence import twice
from ticontact.routing._snapshot.difference import Difference
from ticontact.routing._snapshot.restore import restore
from ticontact.routing._snapshot.write import snapshot
from ticontact.routing._work.callback import Callback
from ticontact.routing._work.counter import CounterCallPolicy
from ticontact.routing._work.queue import Queue
from ticontact.routing._work.routing_rule import RoutingRule, apply_rules, safe_title
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import Strategy, longest_idle

__all__ = ["Dispatcher"]

T = TypeVar("T")

_AT_ONCE: Final = timedelta(0)
_OFFER_AGAIN_AFTER: Final = timedelta(seconds=60)
_DEFERRED_AGAIN_AFTER: Final = timedelta(minutes=30)
_NO_HEAD_START: Final[Mapping[Priority, timedelta]] = {}
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


P = ParamSpec("P")


def _whole(
    verb: Callable[Concatenate["Dispatcher", P], RoutingDecision],
) -> Callable[Concatenate["Dispatcher", P], RoutingDecision]:
    """Let a verb be a transaction: if it raises, whatever and wherever, nothing has changed and no time has passed."""

    @wraps(verb)
    def whole(self: "Dispatcher", /, *args: P.args, **kwargs: P.kwargs) -> RoutingDecision:
        changes = self._engine.changes
        changes.begin()
        try:
            decision = verb(self, *args, **kwargs)
        except BaseException:
            changes.undo()
            raise
        changes.end()
        return decision

    return whole


class Dispatcher:
    """Decides who takes what, one event after another. It is mutable, does no I/O and keeps no clock.

    Every method says what has happened and when, and answers with a `RoutingDecision`: the offers to make now, and
    those to take back. Time never goes backwards. Before the event itself everything happens that was due by then
    (offers expire, steps fire, wrap-ups end); `next_deadline` says when to call `advance` if nothing else happens.

    Live work (channels that are synchronous) goes before deferred work. Within these two tiers goes first what has the
    earliest `entered_at - head start of its priority`: all age alike, so nothing starves.

    Args:
        agents: Who works here. Nobody is signed in at first.
        rules: The department's rules; what they and the item ask holds together.
        strategy: The order among agents.
        queues: Queues with limits, fallbacks and hours; a queue not named here has none of these.
        head_start: The waiting time that each priority is worth.
        ring_for: How long an offer stands; None for as long as it takes.
        offers_at_once: How many agents are asked in one round; the first to accept gets it.
        misses_allowed: After how many expired offers in a row an agent counts as not responding. Below that, the work
            rings at the same agent again, after everybody who was not asked yet.
        offer_again_after: For how long a decline of live work stands: the same work is not offered to that agent again
            before. It ends sooner when the agent signs in anew or comes back from a break, and not by what others do.
            None for as long as that takes, even if the work waits beside that agent alone.
        deferred_again_after: The same for deferred work, in the open time of its queue's calendar.
        priorities: `ageing` for head starts; `strict` to let a higher priority always go first, which can starve
            others: the decisions then say so.
        preempting: Whether work in hand on a channel that is interruptible is suspended for live work that finds
            nobody idle, and resumed afterwards.
        explaining: Whether decisions keep what is needed to explain them.
        zone: The zone of the instants that come out.

    Raises:
        InvalidValue: If an argument is of another type.
        ConfigurationError: If two agents or queues have one id, or a number is too small.
    """

    def __init__(
        self,
        *,
        agents: Iterable[Agent],
        rules: Iterable[RoutingRule] = (),
        strategy: Strategy = longest_idle,
        queues: Iterable[Queue] = (),
        head_start: Mapping[Priority, timedelta] = _NO_HEAD_START,
        ring_for: timedelta | None = None,
        offers_at_once: int = 1,
        misses_allowed: int = 1,
        offer_again_after: timedelta | None = _OFFER_AGAIN_AFTER,
        deferred_again_after: timedelta | None = _DEFERRED_AGAIN_AFTER,
        priorities: Priorities = "ageing",
        preempting: bool = False,
        explaining: bool = True,
        zone: str = "Europe/Zurich",
    ) -> None:
        people, lines = list(agents), list(queues)
        settings = Settings(
            strategy=strategy,
            head_start=head_start,
            ring_for=ring_for,
            offers_at_once=offers_at_once,
            misses_allowed=misses_allowed,
            offer_again_after=offer_again_after,
            deferred_again_after=deferred_again_after,
            priorities=priorities,
            preempting=preempting,
            explaining=explaining,
        )
        _check(people, lines, settings)
        self._engine = Engine(people, {queue.id: queue for queue in lines}, settings, zone)
        self._rules = tuple(rules)
        self._engine.ask_rules_again = self._ask_again
        self._engine.rule_titles = tuple(map(safe_title, self._rules))

    # Agents come and go

    def sign_in(self, agent_id: str, *, at: datetime) -> RoutingDecision:
        """An agent is there and takes work; the backlog goes first.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self.set_status(agent_id, AgentStatus.AVAILABLE, at=at)

    def sign_out(self, agent_id: str, *, at: datetime) -> RoutingDecision:
        """An agent takes no more work, and finishes what is in hand. What rings at the agent goes to others.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self.set_status(agent_id, AgentStatus.OFFLINE, at=at)

    @_whole
    def set_status(self, agent_id: str, status: AgentStatus, *, at: datetime) -> RoutingDecision:
        """An agent takes work from now on, or does not.

        Coming back starts the idle time anew, forgives missed offers, and ends what the agent has declined.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        engine = self._engine
        engine.agents.state(agent_id)
        if status is AgentStatus.AVAILABLE and agent_id not in engine.agents.configured:
            raise UnknownAgent(
                f"agent {agent_id!r}: the agent is gone, and takes nothing new; allowed: who is configured",
                agent=agent_id,
            )
        engine.move_to(to_epoch(at))
        if engine.agents.states[agent_id].status is not status:
            engine.change_status(agent_id, status)
        return engine.decision(agent_id)

    @_whole
    def disconnect(self, agent_id: str, *, at: datetime) -> RoutingDecision:
        """The connection to an agent is gone, in the middle of whatever it was. Nothing is lost with it.

        The agent counts as signed out. What rang goes to others. A contact in hand goes back to its queue, at the place
        of its first entry; if an official has joined, the official has it from now on
        (`RoutingDecision.consult_transfers`). A consult with the agent as official goes back to its operator
        (`RoutingDecision.returned`). A wrap-up is over.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        engine = self._engine
        engine.agents.state(agent_id)
        engine.move_to(to_epoch(at))
        engine.lose_agent(agent_id)
        return engine.decision(agent_id)

    # Work comes in, and is answered

    @_whole
    def arrive(self, item: WorkItem, *, at: datetime, estimated_wait: timedelta = _AT_ONCE) -> RoutingDecision:
        """A piece of work comes in.

        Args:
            item: The work.
            at: When.
            estimated_wait: How long it is expected to wait; where that is longer than what is left until its queue
                closes, the last entry is over for it (see `Queue.closing`).

        Raises:
            RoutingError: If one of this id waits or is in hand already.
        """
        engine = self._engine
        if item.id in engine.works:
            raise RoutingError(
                f"item: {item.id!r} is here already; allowed: an id of its own",
                item=item.id,
                stage=self._stage(item.id),
            )
        engine.move_to(to_epoch(at))
        requirement, held_by = self._requirement_of(item)
        entered = engine.clocks.now if item.entered_at is None else to_epoch(item.entered_at)
        if item.is_timed and item.begins_at is not None:
            entered = max(entered, to_epoch(item.begins_at))
        request = engine.new_request(item, requirement, entered=entered)
        request.held_by = held_by
        engine.admit(ActiveWork(item=item, request=request), estimated_wait=estimated_wait)
        return engine.decision(item.id)

    @_whole
    def accept(self, offer: Offer, *, at: datetime, happened_at: datetime | None = None) -> RoutingDecision:
        """An agent takes what was offered; other offers of the round are taken back.

        An acceptance may be told late, when the offer has expired already. If it happened in time, it wins over the
        expiry, unless somebody else has accepted, or the agent has other work in hand: the exchange has connected the
        two already. The missed offer is forgiven then.

        Args:
            offer: The offer.
            at: When it is told.
            happened_at: When it happened, by the clock of the exchange; None for when it is told.

        Raises:
            StaleOffer: If the offer is not live any more, and was not when it happened.
        """
        engine = self._engine
        instant = to_epoch(at)
        until = None if offer.until is None else to_epoch(offer.until)
        if happened_at is None or until is None or until >= instant or to_epoch(happened_at) > until:
            engine.accept(self._answered(offer, instant), offer)
        else:
            engine.move_to(instant)
            engine.accept_late(self._lapsed(offer), offer)
        return engine.decision(offer.item)

    @_whole
    def decline(self, offer: Offer, *, at: datetime) -> RoutingDecision:
        """An agent does not take what was offered. The work keeps its place, and is offered to others.

        The decline stands for a time (`offer_again_after`); then the agent may be asked again, after all others. It
        ends no contact: only a queue that says so (`Queue.overflow_when_declined`) lets go of what everybody has
        declined. A consult that all who are there have declined comes back to its operator.

        Raises:
            StaleOffer: If the offer is not live any more.
        """
        engine = self._engine
        engine.refuse(self._answered(offer, to_epoch(at)), offer, how="declined")
        return engine.decision(offer.item)

    @_whole
    def complete(self, item_id: str, *, at: datetime, wants_wrap_up: bool = False) -> RoutingDecision:
        """The conversation is over, or the answer is sent; the agent's wrap-up begins.

        Args:
            item_id: The id of the work.
            at: When.
            wants_wrap_up: Whether the agent asks for a wrap-up where it is optional.

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or it is suspended.
        """
        engine = self._engine
        engine.finish(self._move_to(at, self._at_work, item_id), wants_wrap_up=wants_wrap_up)
        return engine.decision(item_id)

    @_whole
    def finish_wrap_up(self, agent_id: str, item_id: str, *, at: datetime) -> RoutingDecision:
        """An agent is done with the work after a contact.

        Raises:
            UnknownAgent: If there is none of this id.
            RoutingError: If the agent has no such wrap-up, or if the agent's wrap-up ends by itself and not before.
        """
        engine = self._engine
        self._wrapping_up(agent_id, item_id)
        engine.move_to(to_epoch(at))
        if self._wrapping_up(agent_id, item_id).agent.wrap_up.mode == "mandatory":
            raise RoutingError(
                f"agent {agent_id!r}: the wrap-up ends by itself; allowed: to wait for it",
                item=item_id,
                agent=agent_id,
                stage="wrap_up",
                allowed=("advance",),
            )
        engine.free(agent_id, item_id)
        return engine.decision(agent_id)

    @_whole
    def requeue(self, item_id: str, *, at: datetime, requirement: Requirement | None = None) -> RoutingDecision:
        """The agent gives the work back to its queue, where it keeps the place of its first entry.

        It counts as a decline of this agent, so that it does not ring there at once. To another queue, or to one agent,
        goes `transfer`.

        Args:
            item_id: The id of the work.
            at: When.
            requirement: What it asks from now on, in the place of what its item and the rules ask, also when it is
                prioritised or moved later; None for what it asked before.

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or it is suspended.
        """
        engine = self._engine
        work = self._move_to(at, self._at_work, item_id)
        engine.end_consult(work)
        engine.wrap_up(work.agent, item_id, is_wanted=False)
        engine.changes.touch(work)
        if requirement is None:
            before = work.request
            engine.wait_again(work, before.requirement, but_not=work.agent, held_by=before.held_by)
        else:
            work.transferred = requirement
            engine.wait_again(work, requirement, but_not=work.agent)
        return engine.decision(item_id)

    @_whole
    def transfer(
        self,
        item_id: str,
        *,
        at: datetime,
        to_queue: str | None = None,
        to_agent: str | None = None,
        requirement: Requirement | None = None,
    ) -> RoutingDecision:
        """The agent sends the work on without waiting for an answer, at the place of its first entry: a blind transfer.

        The agent goes into wrap-up, a consult ends, and the transfer counts as a decline of the agent. To a queue, the
        work waits there, and the rules are asked anew. To an agent, it rings there, whatever it asks; if that agent
        does not take it, it waits in the queue where it was, for others. `hand_over` is for whom the agent has talked
        to before.

        Args:
            item_id: The id of the work.
            at: When.
            to_queue: The name of the queue; either this or an agent.
            to_agent: The id of the agent.
            requirement: What it asks from now on: in a queue beside the rules, and of an agent, if it comes back, in
                the place of what its item and the rules ask. None for what it asked before.

        Raises:
            ConfigurationError: If neither a queue nor an agent is named, or both are.
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or it has given way to live work,
                or the agent has it already, takes no work now or has no room for it.
            UnknownAgent: If there is no agent of this id.
        """
        engine = self._engine
        if (to_queue is None) == (to_agent is None):
            given = "neither" if to_queue is None else "both"
            raise ConfigurationError([Fault("transfer", f"{given} of them were given", "to_queue or to_agent")])
        if to_agent is not None:
            engine.agents.state(to_agent)
        work = self._move_to(at, self._at_work, item_id)
        asked = work.transferred
        if to_queue is not None:
            wish = work.item.requirement if requirement is None else requirement
            item = attrs.evolve(work.item, queue=to_queue, requirement=wish)
            asked = asked if requirement is None else None
            requirement, held_by = (asked, ()) if asked is not None else self._requirement_of(item)
        else:
            item = work.item
            self._check_free(work, str(to_agent))
            asked = asked if requirement is None else requirement
            held_by = work.request.held_by if requirement is None else ()
            requirement = work.request.requirement if requirement is None else requirement
        engine.end_consult(work)
        engine.wrap_up(work.agent, item_id, is_wanted=False)
        engine.changes.touch(work)
        work.item, work.transferred = item, asked
        engine.wait_again(work, requirement, but_not=work.agent, held_by=held_by)
        if to_agent is not None:
            engine.ring(work.request, [engine.agents.states[to_agent]])
        return engine.decision(item_id)

    @_whole
    def cancel(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """The person is gone: from the queue, while it rings, or in the conversation, which ends with its wrap-up.

        An official who was asked to join, or has joined, is free at once.

        Raises:
            RoutingError: If nothing of this id waits or is in hand.
        """
        engine = self._engine
        engine.finish(self._move_to(at, self._work, item_id), wants_wrap_up=False)
        return engine.decision(item_id)

    # The second level

    @_whole
    def consult(
        self, item_id: str, requirement: Requirement, *, at: datetime, carrying: HandOver | None = None
    ) -> RoutingDecision:
        """The operator asks somebody to join, and stays on the line. The wait counts from the first entry.

        Args:
            item_id: The id of the work.
            requirement: What the official must be able to do.
            at: When.
            carrying: What the official gets to read: the case, and what was said so far. `carried` answers it while
                the consult goes on.

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or somebody is being asked
                already.
        """
        engine = self._engine
        work = self._move_to(at, self._in_hand, item_id)
        if work.consult is not None:
            raise self._out_of_place(work, "a consult goes on; allowed: to end it first", "end_consult")
        engine.consult(work, requirement & exclude([work.agent]), carrying)
        return engine.decision(item_id)

    @_whole
    def confer(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """Citizen, operator and official talk all together from now on.

        Raises:
            RoutingError: If nothing of this id is here, or if no official has joined.
        """
        engine = self._engine
        consult = self._move_to(at, self._joined, item_id)
        engine.confer(engine.works[item_id], consult)
        return engine.decision(item_id)

    @_whole
    def hand_over(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """The official who has joined takes over; the operator goes into wrap-up.

        Raises:
            RoutingError: If nothing of this id is here, or if no official has joined.
        """
        engine = self._engine
        consult = self._move_to(at, self._joined, item_id)
        engine.take_over(engine.works[item_id], consult.official)
        return engine.decision(item_id)

    @_whole
    def end_consult(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """Back to the operator and the citizen alone; the official is free at once.

        Raises:
            RoutingError: If nothing of this id is here, or if there is no consult.
        """
        engine = self._engine
        self._move_to(at, self._consulted, item_id)
        engine.end_consult(engine.works[item_id])
        return engine.decision(item_id)

    # The office calls: back by telephone, and to the counter

    @_whole
    def request_callback(self, item_id: str, callback: Callback, *, at: datetime) -> RoutingDecision:
        """Somebody who waits hangs up, and is called instead. The place in line stays.

        A call that the office promises out of a conversation, or that was asked for in writing, is work of its own: it
        arrives as a `WorkItem` with its `callback`.

        Raises:
            RoutingError: If nothing of this id is here, or if somebody has it in hand.
        """
        engine = self._engine
        work = self._move_to(at, self._waiting, item_id)
        request = work.request
        item = attrs.evolve(work.item, callback=callback)
        engine.restate(work, item, request.requirement, held_by=request.held_by)
        return engine.decision(item_id)

    @_whole
    def callback_unanswered(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """The office has called, and nobody has answered; no text is left that names the case.

        The agent is idle at once. The next attempt is made after the spacing of the callback, by any agent who may;
        the last attempt in vain ends the work as not reached (`RoutingDecision.closed`).

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or it is no callback.
        """
        engine = self._engine
        work, callback = self._move_to(at, self._called_back, item_id)
        engine.changes.touch(work)
        work.attempts += 1
        if work.attempts >= callback.attempts:
            engine.close(work, CloseReason.NOT_REACHED)
            return engine.decision(item_id)
        later = engine.clocks.over_at(work.item.queue, engine.clocks.now, callback.spacing, "open")
        if later is None:  # the office is never open again for so long: this attempt was the last
            engine.close(work, CloseReason.NOT_REACHED)
            return engine.decision(item_id)
        engine.end_consult(work)  # an official who was asked to join has nobody to talk to
        engine.free(work.agent, item_id)
        work.item = attrs.evolve(work.item, not_before=engine.clocks.at(later))
        engine.wait_again(work, work.request.requirement, held_by=work.request.held_by)
        return engine.decision(item_id)

    @_whole
    def no_show(self, item_id: str, *, at: datetime) -> RoutingDecision:
        """Somebody was called to the counter and has not come.

        By the rule of the queue (`Queue.calling`) the same agent calls again (`RoutingDecision.called_again`), then the
        person goes to the end of the line, and in the end counts as a no-show (`RoutingDecision.closed`).

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand, or the office calls back.
        """
        engine = self._engine
        work = self._move_to(at, self._called_to_the_counter, item_id)
        engine.changes.touch(work)
        if self._is_no_show(work):
            engine.close(work, CloseReason.NO_SHOW)
            return engine.decision(item_id)
        work.calls += 1
        if work.calls < self._calling_of(work).calls:
            engine.effects.tell("called_again", item_id)
            return engine.decision(item_id)
        work.calls, work.returns = 0, work.returns + 1
        engine.end_consult(work)  # as above
        engine.free(work.agent, item_id)
        work.item = attrs.evolve(work.item, credit=timedelta(0))  # an appointment that was missed outranks nobody
        engine.wait_again(work, work.request.requirement, entered=engine.clocks.now, held_by=work.request.held_by)
        return engine.decision(item_id)

    def is_last_call(self, item_id: str) -> bool:
        """Whether the work ends if the person is called in vain this time, too.

        By `Callback.attempts` where the office calls back, by the rule of the queue (`Queue.calling`) at the counter.

        Raises:
            RoutingError: If nothing of this id is here, or if nobody has it in hand.
        """
        work = self._at_work(item_id)
        callback = work.item.callback
        if callback is None:
            return self._is_no_show(work)
        clocks = self._engine.clocks
        later = clocks.over_at(work.item.queue, clocks.now, callback.spacing, "open")
        return work.attempts + 1 >= callback.attempts or later is None

    # Queues close

    @_whole
    def end_hours(self, queue_id: str, *, at: datetime) -> RoutingDecision:
        """The hours of a queue end: whoever still waits on the line goes to its fallback; what is in hand goes on.

        What was written stays, and so do the calls that the office makes. A queue with hours and a closing rule
        (`Queue.closing`) needs nobody to say so.

        Args:
            queue_id: The name of the queue.
            at: When.

        Raises:
            ConfigurationError: If no queue of this name has a fallback.
        """
        engine = self._engine
        self._check_closable(queue_id)
        engine.move_to(to_epoch(at))
        engine.close_line(queue_id, "closing")
        return engine.decision("")

    # The commands of a supervisor: each says who orders it and why, and leaves a line in the audit trail. Silent
    # monitoring and recording are left out on purpose.

    @_whole
    def close_queue(self, queue_id: str, *, by: str, because: str, at: datetime) -> RoutingDecision:
        """Whoever waits on the line goes to the fallback of the queue at once (an evacuation, a network that is down).

        What was written stays for later, and so do the calls that the office makes, as after a drain.

        Args:
            queue_id: The name of the queue.
            by: Who orders it, by id.
            because: Why.
            at: When.

        Raises:
            ConfigurationError: If no queue of this name has a fallback, or nobody orders it, or for no reason.
        """
        engine = self._engine
        checked_order(by, because)
        self._check_closable(queue_id)
        engine.move_to(to_epoch(at))
        before = len(engine.line(queue_id))
        engine.close_line(queue_id, "closed_by_hand")
        after = len(engine.line(queue_id))
        return self._ordered("close_queue", queue_id, (by, because), (f"{before} waiting", f"{after} waiting"))

    @_whole
    def change_priority(
        self, item_id: str, priority: Priority, *, by: str, because: str, at: datetime
    ) -> RoutingDecision:
        """What waits gets another priority: a need that was not stated before. A live round of offers begins anew.

        Who has declined it, or given it away, is not asked sooner for that; nor by `change_queue`.

        Raises:
            RoutingError: If nothing of this id is here, or if somebody has it in hand.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        item = self._ordered_about(item_id, by, because, at)
        self._restate(attrs.evolve(item, priority=priority))
        return self._ordered("change_priority", item_id, (by, because), (item.priority.value, priority.value))

    @_whole
    def change_queue(
        self,
        item_id: str,
        queue_id: str,
        *,
        by: str,
        because: str,
        at: datetime,
        requirement: Requirement | None = None,
    ) -> RoutingDecision:
        """What waits goes to another queue, at the place of its entry; the rules are asked anew.

        What an agent has given away with another requirement (`requeue`) goes on asking for that, unless there is a new
        one.

        Args:
            item_id: The id of the work.
            queue_id: The name of the other queue.
            by: Who orders it, by id.
            because: Why.
            at: When.
            requirement: What it asks from now on, beside the rules; None for what it asked before.

        Raises:
            RoutingError: If nothing of this id is here, or if somebody has it in hand.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        item = self._ordered_about(item_id, by, because, at)
        if requirement is not None:
            work = self._engine.works[item_id]
            self._engine.changes.touch(work)
            work.transferred = None
        asked = item.requirement if requirement is None else requirement
        self._restate(attrs.evolve(item, queue=queue_id, requirement=asked))
        return self._ordered("change_queue", item_id, (by, because), (item.queue, queue_id))

    @_whole
    def assign(self, item_id: str, agent_id: str, *, by: str, because: str, at: datetime) -> RoutingDecision:
        """What waits is offered to one agent, whatever it asks; others who are rung are told so. It may be declined.

        Raises:
            RoutingError: If nothing of this id is here, or if somebody has it in hand, or the agent takes no work now
                or has no room for it.
            UnknownAgent: If there is no agent of this id.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        engine = self._engine
        engine.agents.state(agent_id)
        self._ordered_about(item_id, by, because, at)
        request = engine.works[item_id].request
        if any(offer.agent == agent_id for offer in request.offers):
            raise RoutingError(
                f"item {item_id!r}: it rings at {agent_id!r} already; allowed: another agent",
                item=item_id,
                agent=agent_id,
                stage="offered",
            )
        self._check_free(engine.works[item_id], agent_id)
        before = ", ".join(offer.agent for offer in request.offers)
        engine.revoke(request)
        engine.ring(request, [engine.agents.states[agent_id]])
        return self._ordered("assign", item_id, (by, because), (before, agent_id))

    @_whole
    def change_agent(self, agent: Agent, *, by: str, because: str, at: datetime) -> RoutingDecision:
        """An agent has other skills, languages, limits or another wrap-up from now on, for today say.

        What is in hand goes on, even where the agent could not take it now.

        Raises:
            UnknownAgent: If there is no agent of this id.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        engine = self._engine
        checked_order(by, because)
        engine.agents.state(agent.id)
        engine.move_to(to_epoch(at))
        before = engine.replace_agent(agent)
        return self._ordered("change_agent", agent.id, (by, because), (_abilities(before), _abilities(agent)))

    # Several verbs that hold together

    def transaction(self) -> Transaction:
        """Let several verbs hold together: `with dispatcher.transaction():`, and all of them are taken, or none.

        Each verb is a transaction by itself; what raises in the block undoes all of them. `Transaction.on_undo` takes
        the inverses of changes of the caller's own.

        Raises:
            RoutingError: When the block begins, if another thread, or a verb around this one, is at work.
        """
        return Transaction(self._engine.changes)

    # Time

    @_whole
    def advance(self, *, at: datetime) -> RoutingDecision:
        """Nothing but time has passed.

        Raises:
            TimeWentBack: If it is before the last event.
        """
        self._engine.move_to(to_epoch(at))
        return self._engine.decision("")

    def next_deadline(self) -> pendulum.DateTime | None:
        """When something will happen by itself; None if nothing will."""
        due = self._engine.timers.next_due()
        return None if due is None else self._engine.clocks.at(due)

    # How everything stands

    def explain(self, item_id: str) -> RoutingExplanation:
        """Why a piece of work waits, as everything stands now: for every agent the first reason why not.

        Raises:
            RoutingError: If nothing of this id is here.
        """
        return self._engine.assessed(self._work(item_id).request, []).explain()

    def explain_choice(self, item_id: str) -> RoutingExplanation | None:
        """Who was chosen when a piece of work was offered last; None if it never was, or nothing is kept of that.

        Raises:
            RoutingError: If nothing of this id is here.
        """
        request = self._work(item_id).request
        is_chosen = request.assessment is not None and request.state in {"offered", "over"}
        return request.assessment.explain() if is_chosen and request.assessment is not None else None

    def agent_state(self, agent_id: str) -> AgentState:
        """Where an agent stands.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self._engine.agents.state(agent_id)

    def waiting(self, queue: str | None = None) -> tuple[str, ...]:
        """The ids of what waits for its first agent, in the order in which it is served; what rings waits too.

        Args:
            queue: The name of a queue; None for all.
        """
        return self._engine.line(queue)

    def in_hand(self) -> Mapping[str, str]:
        """Who talks to which citizen: the ids of the agents, by those of the work, in the order of the latter."""
        return {name: work.agent for name, work in sorted(self._engine.works.items()) if work.agent}

    def holder(self, item_id: str) -> str | None:
        """The id of the agent who talks to the citizen; None before that.

        Raises:
            RoutingError: If nothing of this id is here.
        """
        return self._work(item_id).agent or None

    def carried(self, item_id: str) -> HandOver | None:
        """What the official gets to read who is asked to join, or has joined; None where there is no such thing.

        Raises:
            RoutingError: If nothing of this id is here.
        """
        consult = self._work(item_id).consult
        return None if consult is None else consult.carrying

    # Snapshots

    def snapshot(self) -> dict[str, Any]:
        """Everything that the future depends on, as texts, numbers, lists and tables that JSON takes.

        It is as confidential as the items in it. Rules, strategy, calendars and other arguments are not in it.
        """
        return snapshot(self._engine)

    def restore(
        self, data: Mapping[str, Any], *, successors: Mapping[str, str] = _NONE, dry_run: bool = False
    ) -> tuple[Difference, ...]:
        """Go on from a snapshot, and return what is otherwise now. The dispatcher must be fresh.

        Agents, their rights and skills, queues and rules are those of the arguments: they govern what waits and what
        comes. What was changed by events (`change_agent`) is on top of that. Under another configuration what is in
        hand stays where it is; whoever is gone gets nothing new, and what rings there is offered to others;
        `next_deadline` is now, and what follows is told by the next verb.

        Args:
            data: What `snapshot` gave.
            successors: For queues that are gone, the queues in which their work waits from now on.
            dry_run: Whether to look only, and stay fresh.

        Raises:
            ConfigurationError: If something has happened here already, or the data are of another schema, cannot be
                read, contradict themselves, or work waits in a queue that is gone and has no successor. The dispatcher
                is still fresh then.
        """
        if self._engine.clocks.now or self._engine.works:
            raise ConfigurationError([Fault("restore", "something has happened here already", "a fresh dispatcher")])
        return restore(self._engine, data, self._engine.clocks.zone, successors=successors, dry_run=dry_run)

    # What the verbs share

    def _move_to(self, at: datetime, check: Callable[[str], T], item_id: str) -> T:
        """Let time pass between two checks: a refusal changes nothing, and what was there may be gone by then."""
        found = check(item_id)
        return check(item_id) if self._engine.move_to(to_epoch(at)) else found

    def _requirement_of(self, item: WorkItem, *, held_by: tuple[str, ...] = ()) -> tuple[Requirement, tuple[str, ...]]:
        """Return what an item and the rules require now, and the rules that hold it back, because they have failed.

        Rules that fail are told in the decision; one that has held the work back already, and was told, is not.
        """
        if not self._rules:
            return item.requirement, ()
        engine = self._engine
        requirement, failures = apply_rules(self._rules, item, at=engine.clocks.at(engine.clocks.now))
        for failure in failures:
            if not failure.item or failure.rule not in held_by:
                engine.effects.tell("failures", failure)
        return requirement, tuple(failure.rule for failure in failures if failure.item)

    def _restate(self, item: WorkItem) -> None:
        """Let waiting work go on as another item, with the rules applied anew, unless it was given away since."""
        work = self._engine.works[item.id]
        if work.transferred is None:
            requirement, held_by = self._requirement_of(item, held_by=work.request.held_by)
        else:
            requirement, held_by = work.transferred, ()
        self._engine.restate(work, item, requirement, held_by=held_by)

    def _ask_again(self, item: WorkItem) -> None:
        """Ask the rules again about work that some of them hold back; it goes on once none does."""
        work = self._engine.works[item.id]
        request = work.request
        requirement, held_by = self._requirement_of(item, held_by=request.held_by)
        if held_by:
            self._engine.changes.touch(request)
            request.held_by = held_by
            self._engine.wait(request)
        elif request.held_by or requirement != request.requirement:
            self._engine.restate(work, item, requirement)

    def _calling_of(self, work: ActiveWork) -> CounterCallPolicy:
        queue = self._engine.queues.get(work.item.queue)
        return CounterCallPolicy() if queue is None else queue.calling

    def _is_no_show(self, work: ActiveWork) -> bool:
        rule = self._calling_of(work)
        return work.calls + 1 >= rule.calls and work.returns >= rule.returns

    def _ordered_about(self, item_id: str, by: str, because: str, at: datetime) -> WorkItem:
        """Check a command about waiting work, and return its item."""
        checked_order(by, because)
        return self._move_to(at, self._waiting, item_id).item

    def _ordered(
        self, command: Command, subject: str, order: tuple[str, str], change: tuple[str, str]
    ) -> RoutingDecision:
        """Return the decision on a command, with its line for the audit trail."""
        engine = self._engine
        (by, because), (before, after) = order, change
        at = engine.clocks.at(engine.clocks.now)
        action = SupervisorAction(
            command=command, subject=subject, by=by, because=because, before=before, after=after, at=at
        )
        engine.effects.tell("supervisor_actions", action)
        return engine.decision(subject)

    # Checks: is there what a verb speaks of, in the state that it needs? If not, the error says what would be allowed.

    def _work(self, item_id: str) -> ActiveWork:
        """Return the work of this id: it waits, rings or is in hand."""
        if item_id not in self._engine.works:
            raise RoutingError(f"item: nothing of the id {item_id!r} waits or is in hand", item=item_id)
        return self._engine.works[item_id]

    def _stage(self, item_id: str) -> str:
        """Return what a piece of work is in, for an error; empty if nothing of this id is here."""
        work = self._engine.works.get(item_id)
        if work is None:
            return ""
        if not work.agent:
            return "offered" if work.request.offers else "waiting"
        assignment = self._engine.agents.states[work.agent].assignment(item_id)
        return "" if assignment is None else assignment.state.value

    def _out_of_place(self, work: ActiveWork, why: str, *allowed: str) -> RoutingError:
        """Return the error of a verb that makes no sense where a piece of work, and whoever has it, stand."""
        item_id = work.item.id
        stage = self._stage(item_id)
        return RoutingError(f"item {item_id!r}: {why}", item=item_id, agent=work.agent, stage=stage, allowed=allowed)

    def _waiting(self, item_id: str) -> ActiveWork:
        """Return work that waits for its agent; what rings waits too."""
        work = self._work(item_id)
        if work.agent:
            why = f"{work.agent!r} has it in hand; allowed: while it waits"
            raise self._out_of_place(work, why, "waiting", "offered")
        return work

    def _in_hand(self, item_id: str) -> ActiveWork:
        """Return work that an agent has in hand."""
        work = self._work(item_id)
        if not work.agent:
            raise self._out_of_place(work, "nobody has it in hand; allowed: to accept an offer first", "accept")
        return work

    def _at_work(self, item_id: str) -> ActiveWork:
        """Return work that an agent has in hand, and that is not suspended."""
        work = self._in_hand(item_id)
        assignment = self._engine.agents.states[work.agent].assignment(item_id)
        if assignment is not None and assignment.state is AssignmentState.SUSPENDED:
            raise self._out_of_place(work, "it is suspended for live work; allowed: when it is resumed", "active")
        return work

    def _check_free(self, work: ActiveWork, agent_id: str) -> None:
        """Check that some work can ring at one agent, whatever it asks."""
        state, item_id = self._engine.agents.states[agent_id], work.item.id
        assignment = state.assignment(item_id)
        if assignment is not None and assignment.state is not AssignmentState.WRAP_UP:
            raise RoutingError(
                f"agent {agent_id!r}: {item_id!r} is there already; allowed: another agent",
                item=item_id,
                agent=agent_id,
                stage=self._stage(item_id),
            )
        if state.status is not AgentStatus.AVAILABLE or not fits_in(state.room, work.item):
            raise RoutingError(
                f"agent {agent_id!r}: there is no room for {item_id!r}; allowed: an agent who is free",
                item=item_id,
                agent=agent_id,
                stage=self._stage(item_id),
            )

    def _called_back(self, item_id: str) -> tuple[ActiveWork, Callback]:
        """Return work in hand that is a call of the office, with its rule."""
        work = self._at_work(item_id)
        if work.item.callback is None:
            raise self._out_of_place(work, "the office does not call back here; allowed: a callback", "callback")
        return work, work.item.callback

    def _called_to_the_counter(self, item_id: str) -> ActiveWork:
        """Return work in hand that is no call of the office."""
        work = self._at_work(item_id)
        if work.item.callback is not None:
            why = "the office calls back here; allowed: callback_unanswered"
            raise self._out_of_place(work, why, "callback_unanswered")
        return work

    def _consulted(self, item_id: str) -> Consult:
        """Return the consult about some work."""
        consult = self._work(item_id).consult
        if consult is None:
            raise RoutingError(
                f"item {item_id!r}: there is no consult; allowed: to ask for one first",
                item=item_id,
                stage=self._stage(item_id),
                allowed=("consult",),
            )
        return consult

    def _joined(self, item_id: str) -> Consult:
        """Return the consult about some work that an official has joined."""
        consult = self._consulted(item_id)
        if not consult.official:
            raise RoutingError(
                f"item {item_id!r}: no official has joined yet; allowed: to wait for one, or to end it",
                item=item_id,
                stage=self._stage(item_id),
                allowed=("accept", "end_consult"),
            )
        return consult

    def _wrapping_up(self, agent_id: str, item_id: str) -> AgentState:
        """Return the state of an agent in the wrap-up of some work."""
        state = self._engine.agents.state(agent_id)
        assignment = state.assignment(item_id)
        if assignment is None or assignment.state is not AssignmentState.WRAP_UP:
            raise RoutingError(
                f"agent {agent_id!r}: no wrap-up of {item_id!r} is going on",
                item=item_id,
                agent=agent_id,
                stage=self._stage(item_id),
                allowed=("wrap_up",),
            )
        return state

    def _answered(self, offer: Offer, instant: int) -> AssignmentRequest:
        """Let time pass until an offer is answered, and return its request; at the very deadline it is in time."""
        request = self._request_of(offer)
        if offer.until is not None and to_epoch(offer.until) < instant:
            raise StaleOffer(
                f"offer of {offer.item!r} to {offer.agent!r}: it ended at {offer.until}",
                epoch=None,
                item=offer.item,
                agent=offer.agent,
            )
        return self._request_of(offer) if self._engine.move_to(instant, answering=True) else request

    def _lapsed(self, offer: Offer) -> AssignmentRequest:
        """Return the request of an offer that has expired, which nobody has accepted since, and its agent may."""
        work = self._engine.works.get(offer.item)
        for request in () if work is None else work.requests:
            if offer in request.lapsed and request.state != "over" and self._engine.can_still_take(offer):
                return request
        return self._request_of(offer)

    def _request_of(self, offer: Offer) -> AssignmentRequest:
        """Return the request of a live offer."""
        work = self._engine.works.get(offer.item)
        requests = () if work is None else work.requests
        for request in requests:
            if offer in request.offers:
                return request
        epochs = [live.epoch for request in requests for live in request.offers]
        raise StaleOffer(
            f"offer of {offer.item!r} to {offer.agent!r}: round {offer.epoch} is over;"
            " allowed: an offer of the live round",
            epoch=epochs[0] if epochs else None,
            item=offer.item,
            agent=offer.agent,
        )

    def _check_closable(self, queue_id: str) -> None:
        """Check that a queue can be closed: what waits there needs a place to go."""
        queue = self._engine.queues.get(queue_id)
        if queue is None or not queue.fallback:
            raise ConfigurationError([Fault(f"queue.{queue_id}.fallback", "missing", "a place for those who wait")])


def _check(agents: list[Agent], queues: list[Queue], settings: Settings) -> None:
    faults = []
    for path, names in (("agents", [each.id for each in agents]), ("queues", [each.id for each in queues])):
        faults += [Fault(path, f"{name!r} stands twice", "an id once") for name in twice(names)]
    for path in ("offers_at_once", "misses_allowed"):
        number = getattr(settings, path)
        if number < 1:
            faults.append(Fault(path, f"{number} was given", "1 or more"))
    if settings.ring_for is not None and settings.ring_for < timedelta(0):
        faults.append(Fault("ring_for", f"{settings.ring_for} was given", "0 or more"))
    for path in ("offer_again_after", "deferred_again_after"):
        amount = getattr(settings, path)
        if amount is not None and amount <= timedelta(0):
            faults.append(Fault(path, f"{amount} was given", "more than 0, or none"))
    if faults:
        raise ConfigurationError(faults)


def _abilities(agent: Agent) -> str:
    """Return what an agent can do, in one line for the audit trail."""
    known = [f"{name} {level}" for name, level in (*agent.skills.items(), *agent.languages.items())]
    limits = [f"{channel} at most {limit}" for channel, limit in agent.limits.items()]
    return ", ".join([*known, *limits, f"capacity {agent.capacity}", f"wrap-up {agent.wrap_up.mode}"])
