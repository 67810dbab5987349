"""Agents answer what they are offered, end what they have in hand, or give it back."""

from datetime import datetime

import attrs

from ticontact._time import to_epoch
from ticontact.routing._agents.agent_state import Phase
from ticontact.routing._answers import answered, at_work
from ticontact.routing._decision.decision import Decision, Offer
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._second_level import end_consult
from ticontact.routing._verbs import Verbs

__all__ = ["Handling"]


class Handling(Verbs):
    """The verbs of an agent at work. It is mutable."""

    def accept(self, offer: Offer, *, at: datetime) -> Decision:
        """An agent takes what was offered; other offers of the round are taken back.

        Raises:
            StaleOffer: If the offer is not live any more.
        """
        search = answered(self._engine, offer, to_epoch(at))
        engine = self._engine
        job = engine.jobs[offer.item]
        engine.revoke(search, but=offer.agent)
        search.offers = ()
        search.state = "over"
        is_consult = search.purpose == "consult"
        phase = Phase.CONSULTING if is_consult else Phase.TALKING
        standing = engine.floor.standing(offer.agent).turning(offer.item, phase, at=engine.now)
        engine.change(attrs.evolve(standing, misses=0) if standing.misses else standing)
        if is_consult and job.consult is not None:
            job.consult.official, job.consult.since = offer.agent, engine.now
        else:
            job.agent, job.since = offer.agent, engine.now
            engine.lengths[job.item.queue] -= 1
        if search.assessment is not None:
            engine.effects.assessments[offer.item] = search.assessment
        return self._engine.decision(offer.item)

    def decline(self, offer: Offer, *, at: datetime) -> Decision:
        """An agent does not take what was offered. The work keeps its place, and is offered to others.

        Raises:
            StaleOffer: If the offer is not live any more.
        """
        search = answered(self._engine, offer, to_epoch(at))
        self._engine.refuse(search, offer)
        return self._engine.decision(offer.item)

    def complete(self, item_id: str, *, at: datetime, wants_wrap_up: bool = False) -> Decision:
        """The conversation is over, or the answer is sent; the agent's wrap-up begins.

        Args:
            item_id: The id of the work.
            at: When.
            wants_wrap_up: Whether the agent asks for a wrap-up where it is optional.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand, or it has given way to live work.
        """
        engine = self._engine
        job = self._move_to(at, at_work, item_id)
        end_consult(engine, job)
        engine.finish(job, wants_wrap_up=wants_wrap_up)
        return engine.decision(item_id)

    def requeue(self, item_id: str, *, at: datetime, requirement: Requirement | None = None) -> Decision:
        """The agent gives the work back to its queue, where it keeps the place of its first entry (a blind transfer).

        Args:
            item_id: The id of the work.
            at: When.
            requirement: What it asks from now on, beside nothing else; None for what it asked before.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand, or it has given way to live work.
        """
        engine = self._engine
        job = self._move_to(at, at_work, item_id)
        end_consult(engine, job)
        engine.wrap_up(job.agent, item_id, is_wanted=False)
        engine.wait_again(job, job.search.requirement if requirement is None else requirement, but_not=job.agent)
        return engine.decision(item_id)
