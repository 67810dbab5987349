"""The commands of a supervisor: each says who orders it and why, and leaves a line in the audit trail."""

from datetime import datetime

import attrs

from ticontact._time import to_epoch
from ticontact.errors import WrongMoment
from ticontact.priority import Priority
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import Presence
from ticontact.routing._answers import closable, waiting
from ticontact.routing._decision.decision import Decision
from ticontact.routing._decision.supervisor_action import Command, Ordered, checked_order
from ticontact.routing._matching.eligibility import fits_in
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._verbs import Verbs
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Supervision"]


class Supervision(Verbs):
    """The verbs of a supervisor. It is mutable.

    Silent monitoring and recording are left out on purpose.
    """

    def close_now(self, queue_id: str, *, by: str, because: str, at: datetime) -> Decision:
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
        closable(engine, queue_id)
        engine.move_to(to_epoch(at))
        before = len(engine.waiting(queue_id))
        engine.let_go_of_all(queue_id, "closed_now")
        after = len(engine.waiting(queue_id))
        return self._done("close_now", queue_id, (by, because), (f"{before} waiting", f"{after} waiting"))

    def prioritise(self, item_id: str, priority: Priority, *, by: str, because: str, at: datetime) -> Decision:
        """What waits gets another priority: a need that was not stated before. A live round of offers begins anew.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If somebody has it in hand.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        item = self._waiting(item_id, by, because, at)
        self._restate(attrs.evolve(item, priority=priority))
        return self._done("prioritise", item_id, (by, because), (item.priority.value, priority.value))

    def move(
        self,
        item_id: str,
        queue_id: str,
        *,
        by: str,
        because: str,
        at: datetime,
        requirement: Requirement | None = None,
    ) -> Decision:
        """What waits goes to another queue, at the place of its entry; the rules are asked anew.

        Args:
            item_id: The id of the work.
            queue_id: The name of the other queue.
            by: Who orders it, by id.
            because: Why.
            at: When.
            requirement: What it asks from now on, beside the rules; None for what it asked before.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If somebody has it in hand.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        item = self._waiting(item_id, by, because, at)
        asked = item.requirement if requirement is None else requirement
        self._restate(attrs.evolve(item, queue=queue_id, requirement=asked))
        return self._done("move", item_id, (by, because), (item.queue, queue_id))

    def give(self, item_id: str, agent_id: str, *, by: str, because: str, at: datetime) -> Decision:
        """What waits is offered to one agent, whatever it asks; others who are rung are told so. It may be declined.

        Raises:
            UnknownItem: If nothing of this id is here.
            UnknownAgent: If there is no agent of this id.
            WrongMoment: If somebody has it in hand, or the agent takes no work now or has no room for it.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        engine = self._engine
        engine.floor.standing(agent_id)
        item = self._waiting(item_id, by, because, at)
        search = engine.jobs[item_id].search
        if any(offer.agent == agent_id for offer in search.offers):
            raise WrongMoment(f"item {item_id!r}: it rings at {agent_id!r} already; allowed: another agent")
        standing = engine.floor.standing(agent_id)
        if standing.presence is not Presence.AVAILABLE or not fits_in(standing.room, item):
            raise WrongMoment(f"agent {agent_id!r}: there is no room for {item_id!r}; allowed: an agent who is free")
        before = ", ".join(offer.agent for offer in search.offers)
        engine.revoke(search)
        engine.fresh.pop(search, None)
        engine.ring(search, [engine.floor.standing(agent_id)])
        return self._done("give", item_id, (by, because), (before, agent_id))

    def change_agent(self, agent: Agent, *, by: str, because: str, at: datetime) -> Decision:
        """An agent has other skills, languages, limits or another wrap-up from now on, for today say.

        What is in hand goes on, even where the agent could not take it now.

        Raises:
            UnknownAgent: If there is no agent of this id.
            ConfigurationError: If nobody orders it, or for no reason.
        """
        engine = self._engine
        checked_order(by, because)
        engine.floor.standing(agent.id)
        engine.move_to(to_epoch(at))
        standing = engine.floor.standing(agent.id)
        before = standing.agent
        engine.change(attrs.evolve(standing, agent=agent))
        engine.release_holds(agent.id)
        engine.end_rounds(engine.floor.standing(agent.id))
        return self._done("change_agent", agent.id, (by, because), (_told(before), _told(agent)))

    # What follows

    def _waiting(self, item_id: str, by: str, because: str, at: datetime) -> WorkItem:
        checked_order(by, because)
        return self._move_to(at, waiting, item_id).item

    def _restate(self, item: WorkItem) -> None:
        engine = self._engine
        engine.restate(engine.jobs[item.id], item, self._asked(item))

    def _done(self, command: Command, subject: str, order: tuple[str, str], change: tuple[str, str]) -> Decision:
        engine = self._engine
        (by, because), (before, after) = order, change
        at = engine.clocks.at(engine.now)
        engine.effects.ordered.append(
            Ordered(command=command, subject=subject, by=by, because=because, before=before, after=after, at=at)
        )
        return engine.decision(subject)


def _told(agent: Agent) -> str:
    """What an agent can do, in one line for the audit trail."""
    known = [f"{name} {level}" for name, level in (*agent.skills.items(), *agent.languages.items())]
    limits = [f"{channel} at most {limit}" for channel, limit in agent.limits.items()]
    return ", ".join([*known, *limits, f"capacity {agent.capacity}", f"wrap-up {agent.wrap_up.mode}"])
