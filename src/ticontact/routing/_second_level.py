"""The second level: an official is asked to join while the operator stays on the line, and may take over.

Theory of operation. A consult goes through these states:

* asked: the official is searched for and rung at; the operator talks on. Declined by all who are there, it comes back
  to the operator (`Decision.returned`), never to the queue;
* joined: the official reads the case and talks with the operator (or, after `confer`, with both);
* over: by `hand_over` (the official has the citizen, the operator goes into wrap-up) or by `end_consult` (back to the
  operator alone).

If the citizen hangs up, or the operator completes, the consult ends with it in whatever state it is. If the operator is
lost, an official who has joined has the citizen; otherwise the citizen waits again, at the place of the first entry. If
the official is lost, the operator goes on alone.
"""

from datetime import datetime

from ticontact.contacts import HandOver
from ticontact.errors import WrongMoment
from ticontact.routing._agents.agent_state import Phase
from ticontact.routing._answers import consulted, in_hand, joined
from ticontact.routing._decision.decision import Decision
from ticontact.routing._engine.active_work import Consult, Job
from ticontact.routing._engine.engine import Engine
from ticontact.routing._requirements.requirement import Requirement, exclude
from ticontact.routing._verbs import Verbs

__all__ = ["SecondLevel", "end_consult"]


class SecondLevel(Verbs):
    """The verbs of the second level. It is mutable."""

    def consult(
        self, item_id: str, requirement: Requirement, *, at: datetime, carrying: HandOver | None = None
    ) -> Decision:
        """The operator asks somebody to join, and stays on the line. The wait counts from the first entry.

        Args:
            item_id: The id of the work.
            requirement: What the official must be able to do.
            at: When.
            carrying: What the official gets to read: the case, and what was said so far. `carried` answers it while
                the consult goes on.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand, or somebody is being asked already.
        """
        engine = self._engine
        job = self._move_to(at, in_hand, item_id)
        if job.consult is not None:
            raise WrongMoment(f"item {item_id!r}: a consult goes on; allowed: to end it first")
        asked = requirement & exclude([job.agent])
        search = engine.new_search(job.item, asked, entered=job.search.entered, purpose="consult")
        job.consult = Consult(search=search, carrying=carrying)
        engine.begin(search)
        return engine.decision(item_id)

    def end_consult(self, item_id: str, *, at: datetime) -> Decision:
        """Back to the operator and the citizen alone; the official is free at once.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If there is no consult.
        """
        engine = self._engine
        self._move_to(at, consulted, item_id)
        end_consult(engine, engine.jobs[item_id])
        return engine.decision(item_id)

    def confer(self, item_id: str, *, at: datetime) -> Decision:
        """Citizen, operator and official talk all together from now on.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If no official has joined.
        """
        engine = self._engine
        consult = self._move_to(at, joined, item_id)
        consult.conference = True
        official = engine.floor.standing(consult.official)
        engine.change(official.turning(item_id, Phase.TALKING, at=engine.now))
        return engine.decision(item_id)

    def hand_over(self, item_id: str, *, at: datetime) -> Decision:
        """The official who has joined takes over; the operator goes into wrap-up.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If no official has joined.
        """
        engine = self._engine
        consult = self._move_to(at, joined, item_id)
        engine.take_over(engine.jobs[item_id], consult.official)
        return engine.decision(item_id)


def end_consult(engine: Engine, job: Job) -> None:
    """End the consult about a piece of work, if there is one, in whatever state it is."""
    consult, job.consult = job.consult, None
    if consult is None:
        return
    engine.end(consult.search)
    if consult.official:
        engine.leave_consult(consult, job.item.id)
