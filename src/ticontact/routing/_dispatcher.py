"""Who takes it? The dispatcher: tell it what happens, and it says what to offer to whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import pendulum

from ticontact._time import to_epoch
from ticontact.contacts import HandOver
from ticontact.errors import ConfigurationError, DuplicateItem, Fault
from ticontact.priority import Priority
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import Standing
from ticontact.routing._answers import closable, found
from ticontact.routing._attendance import Attendance
from ticontact.routing._calling import Calling
from ticontact.routing._decision.decision import Decision
from ticontact.routing._decision.explanation import Explanation
from ticontact.routing._engine.active_work import Job
from ticontact.routing._engine.engine import Engine
from ticontact.routing._engine.settings import Terms
from ticontact.routing._handling import Handling
from ticontact.routing._second_level import SecondLevel, end_consult
from ticontact.routing._snapshot.coherence import twice
from ticontact.routing._snapshot.restore import restore
from ticontact.routing._snapshot.write import snapshot
from ticontact.routing._supervision import Supervision
from ticontact.routing._work.queue import Queue
from ticontact.routing._work.routing_rule import RoutingRule
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import Strategy, longest_idle

__all__ = ["Closing", "Dispatcher", "Priorities"]

Closing = Literal["closing", "closed_now"]
"""At the end of the hours, or by decision of the person in charge."""

Priorities = Literal["ageing", "strict"]
"""Whether a priority is worth waiting time, or always goes first."""

_AT_ONCE: Final = timedelta(0)
_NO_HEAD_START: Final[Mapping[Priority, timedelta]] = {}


class Dispatcher(Handling, Attendance, SecondLevel, Calling, Supervision):
    """Decides who takes what, one event after another. It is mutable, does no I/O and keeps no clock.

    Every method says what has happened and when, and answers with a `Decision`: the offers to make now, and those to
    take back. Time never goes backwards. Before the event itself everything happens that was due by then (offers
    expire, steps fire, wrap-ups end); `next_deadline` says when to call `advance` if nothing else happens.

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
        misses_allowed: After how many expired offers in a row an agent counts as not responding.
        priorities: `ageing` for head starts; `strict` to let a higher priority always go first, which can starve
            others: the decisions then say so.
        interrupting: Whether work in hand on a channel that is interruptible gives way to live work that finds nobody
            idle, and comes back afterwards.
        explaining: Whether decisions keep what is needed to explain them.
        zone: The zone of the instants that come out.

    Raises:
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
        priorities: Priorities = "ageing",
        interrupting: bool = False,
        explaining: bool = True,
        zone: str = "Europe/Zurich",
    ) -> None:
        people, lines = list(agents), list(queues)
        _check(people, lines, offers_at_once=offers_at_once, misses_allowed=misses_allowed, ring_for=ring_for)
        terms = Terms(
            strategy=strategy,
            head_start=dict(head_start),
            ring_for=ring_for,
            offers_at_once=offers_at_once,
            misses_allowed=misses_allowed,
            is_strict=priorities == "strict",
            is_interrupting=interrupting,
            is_explained=explaining,
        )
        super().__init__(Engine(people, {queue.id: queue for queue in lines}, terms, zone), rules)

    # Work

    def arrive(self, item: WorkItem, *, at: datetime, estimated_wait: timedelta = _AT_ONCE) -> Decision:
        """A piece of work comes in.

        Args:
            item: The work.
            at: When.
            estimated_wait: How long it is expected to wait; where that is longer than what is left until its queue
                closes, the last entry is over for it (see `Queue.closing`).

        Raises:
            DuplicateItem: If one of this id waits or is in hand already.
        """
        engine = self._engine
        if item.id in engine.jobs:
            raise DuplicateItem(f"item: {item.id!r} is here already; allowed: an id of its own")
        engine.move_to(to_epoch(at))
        asked = self._asked(item)
        entered = engine.now if item.entered_at is None else to_epoch(item.entered_at)
        if item.begins_at is not None:
            entered = max(entered, to_epoch(item.begins_at))
        search = engine.new_search(item, asked, entered=entered, purpose="contact")
        engine.admit(Job(item=item, search=search), estimated_wait=estimated_wait)
        return self._engine.decision(item.id)

    def cancel(self, item_id: str, *, at: datetime) -> Decision:
        """The person is gone: from the queue, while it rings, or in the conversation, which ends with its wrap-up.

        An official who was asked to join, or has joined, is free at once.

        Raises:
            UnknownItem: If nothing of this id waits or is in hand.
        """
        engine = self._engine
        job = self._move_to(at, found, item_id)
        end_consult(engine, job)
        engine.finish(job, wants_wrap_up=False)
        return engine.decision(item_id)

    def close(self, queue_id: str, *, at: datetime, because: Closing = "closing") -> Decision:
        """Whoever still waits on the line goes to the fallback of the queue; what is in hand goes on.

        What was written stays, and so do the calls that the office makes. A queue with hours and a closing rule
        (`Queue.closing`) needs nobody to close it.

        Args:
            queue_id: The name of the queue.
            at: When.
            because: `closing` at the end of the hours, `closed_now` by decision of the person in charge.

        Raises:
            ConfigurationError: If no queue of this name has a fallback.
        """
        engine = self._engine
        closable(engine, queue_id)
        engine.move_to(to_epoch(at))
        engine.let_go_of_all(queue_id, because)
        return engine.decision("")

    # Time

    def advance(self, *, at: datetime) -> Decision:
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

    # Snapshots

    def snapshot(self) -> dict[str, Any]:
        """Everything that the future depends on, as texts, numbers, lists and tables that JSON takes.

        It is as confidential as the items in it. Rules, strategy, calendars and other arguments are not in it.
        """
        return snapshot(self._engine)

    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on from a snapshot. The dispatcher must be fresh, and made with the arguments of the one that is gone.

        Agents come back as they stood, with the skills they had; those whom the snapshot does not know are signed out.
        Explanations of what rang when the snapshot was taken are gone.

        Raises:
            ConfigurationError: If something has happened here already, or the data are of another schema, cannot be
                read, contradict themselves, or name a queue that is not here. The dispatcher is still fresh then.
        """
        if self._engine.now or self._engine.jobs:
            raise ConfigurationError([Fault("restore", "something has happened here already", "a fresh dispatcher")])
        restore(self._engine, data, self._engine.clocks.zone)

    # What stands

    def explain(self, item_id: str) -> Explanation:
        """Why a piece of work waits, as everything stands now: for every agent the first reason why not.

        Raises:
            UnknownItem: If nothing of this id is here.
        """
        return self._engine.assessed(found(self._engine, item_id).search, []).explain()

    def standing(self, agent_id: str) -> Standing:
        """Where an agent stands.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self._engine.floor.standing(agent_id)

    def waiting(self, queue: str | None = None) -> tuple[str, ...]:
        """The ids of what waits for its first agent, in the order in which it is served; what rings waits too.

        Args:
            queue: The name of a queue; None for all.
        """
        return self._engine.waiting(queue)

    def in_hand(self) -> Mapping[str, str]:
        """Who talks to which citizen: the ids of the agents, by those of the work, in the order in which it came."""
        return {name: job.agent for name, job in self._engine.jobs.items() if job.agent}

    def holder(self, item_id: str) -> str | None:
        """The id of the agent who talks to the citizen; None before that.

        Raises:
            UnknownItem: If nothing of this id is here.
        """
        return found(self._engine, item_id).agent or None

    def carried(self, item_id: str) -> HandOver | None:
        """What the official gets to read who is asked to join, or has joined; None where there is no such thing.

        Raises:
            UnknownItem: If nothing of this id is here.
        """
        consult = found(self._engine, item_id).consult
        return None if consult is None else consult.carrying


def _check(
    agents: list[Agent], queues: list[Queue], *, offers_at_once: int, misses_allowed: int, ring_for: timedelta | None
) -> None:
    faults = []
    for path, names in (("agents", [each.id for each in agents]), ("queues", [each.id for each in queues])):
        faults += [Fault(path, f"{name!r} stands twice", "an id once") for name in twice(names)]
    for path, number in (("offers_at_once", offers_at_once), ("misses_allowed", misses_allowed)):
        if number < 1:
            faults.append(Fault(path, f"{number} was given", "1 or more"))
    if ring_for is not None and ring_for < timedelta(0):
        faults.append(Fault("ring_for", f"{ring_for} was given", "0 or more"))
    if faults:
        raise ConfigurationError(faults)
