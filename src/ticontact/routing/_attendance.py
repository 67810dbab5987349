"""Who is there: agents come, go, have a break, finish a wrap-up, or are lost."""

from datetime import datetime

import attrs

from ticontact._time import to_epoch
from ticontact.errors import WrongMoment
from ticontact.routing._agents.agent_state import Phase, Presence, Standing
from ticontact.routing._answers import wrapping
from ticontact.routing._decision.decision import Decision, TakenOver
from ticontact.routing._engine.active_work import Job
from ticontact.routing._second_level import end_consult
from ticontact.routing._verbs import Verbs

__all__ = ["Attendance"]


class Attendance(Verbs):
    """The verbs of presence. It is mutable."""

    def sign_in(self, agent_id: str, *, at: datetime) -> Decision:
        """An agent is there and takes work; the backlog goes first.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self.set_presence(agent_id, Presence.AVAILABLE, at=at)

    def sign_out(self, agent_id: str, *, at: datetime) -> Decision:
        """An agent takes no more work, and finishes what is in hand. What rings at the agent goes to others.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        return self.set_presence(agent_id, Presence.OFFLINE, at=at)

    def set_presence(self, agent_id: str, presence: Presence, *, at: datetime) -> Decision:
        """An agent takes work from now on, or does not.

        Coming back starts the idle time anew and forgives missed offers.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        engine = self._engine
        engine.floor.standing(agent_id)
        engine.move_to(to_epoch(at))
        before = engine.floor.standing(agent_id)
        if before.presence is presence:
            return self._engine.decision(agent_id)
        now = attrs.evolve(before, presence=presence)
        if not before.presence.is_signed_in:
            now = attrs.evolve(now, signed_in_at=engine.now, occupied=0)
        if presence is Presence.AVAILABLE:
            now = attrs.evolve(now, idle_since=engine.now, misses=0)
        engine.change(now)
        self._stop_ringing(now)
        engine.release_holds(agent_id)
        engine.end_rounds(now)
        return self._engine.decision(agent_id)

    def finish_wrap_up(self, agent_id: str, item_id: str, *, at: datetime) -> Decision:
        """An agent is done with the work after a contact.

        Raises:
            UnknownAgent: If there is none of this id.
            UnknownItem: If the agent has no such wrap-up.
            WrongMoment: If the agent's wrap-up ends by itself and not before.
        """
        engine = self._engine
        wrapping(engine, agent_id, item_id)
        engine.move_to(to_epoch(at))
        if wrapping(engine, agent_id, item_id).agent.wrap_up.mode == "mandatory":
            raise WrongMoment(f"agent {agent_id!r}: the wrap-up ends by itself; allowed: to wait for it")
        engine.free(agent_id, item_id)
        return self._engine.decision(agent_id)

    def lose(self, agent_id: str, *, at: datetime) -> Decision:
        """The connection to an agent is gone, in the middle of whatever it was. Nothing is lost with it.

        The agent counts as signed out. What rang goes to others. A contact in hand goes back to its queue, at the place
        of its first entry; if an official has joined, the official has it from now on (`Decision.taken_over`). A
        consult with the agent as official goes back to its operator (`Decision.returned`). A wrap-up is over.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        engine = self._engine
        engine.floor.standing(agent_id)
        engine.move_to(to_epoch(at))
        standing = attrs.evolve(engine.floor.standing(agent_id), presence=Presence.OFFLINE)
        engine.change(standing)
        self._stop_ringing(standing)
        for holding in engine.floor.standing(agent_id).holdings:
            if holding.phase is Phase.WRAP_UP:
                engine.free(agent_id, holding.item)
            else:
                self._drop(agent_id, engine.jobs[holding.item])
        engine.release_holds(agent_id)
        engine.end_rounds(standing)
        return engine.decision(agent_id)

    # What follows

    def _drop(self, agent_id: str, job: Job) -> None:
        """Let go of a piece of work that a lost agent had in hand, as operator or as official."""
        engine, consult = self._engine, job.consult
        engine.release(agent_id, job.item.id)
        if job.agent != agent_id:
            job.consult = None
            engine.effects.returned.append(job.item.id)
        elif consult is not None and consult.official:
            job.consult, job.agent, job.since = None, consult.official, engine.now
            official = engine.floor.standing(consult.official)
            engine.change(official.turning(job.item.id, Phase.TALKING, at=engine.now))
            engine.effects.taken_over.append(TakenOver(job.item.id, consult.official))
        else:
            end_consult(engine, job)
            engine.wait_again(job, job.search.requirement)

    def _stop_ringing(self, standing: Standing) -> None:
        if standing.presence is Presence.AVAILABLE:
            return
        for holding in standing.holdings:
            if holding.phase is Phase.RINGING:
                search, offer = self._engine.ringing_at(standing.agent.id, holding.item)
                self._engine.effects.revoked.append(offer)
                self._engine.refuse(search, offer)
