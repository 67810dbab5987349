"""People whom the office calls: by telephone when their turn has come, and to the counter."""

from datetime import datetime, timedelta

import attrs

from ticontact.contacts import Outcome
from ticontact.errors import WrongMoment
from ticontact.routing._answers import at_work, waiting
from ticontact.routing._decision.decision import Decision, Ended
from ticontact.routing._engine.active_work import Job
from ticontact.routing._engine.engine import Engine
from ticontact.routing._verbs import Verbs
from ticontact.routing._work.callback import CallBack
from ticontact.routing._work.counter import Calling as CallingRule

__all__ = ["Calling"]


class Calling(Verbs):
    """The verbs of calling. It is mutable."""

    def call_back(self, item_id: str, call_back: CallBack, *, at: datetime) -> Decision:
        """Somebody who waits hangs up, and is called instead. The place in line stays.

        A call that the office promises out of a conversation, or that was asked for in writing, is work of its own: it
        arrives as a `WorkItem` with its `call_back`.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If somebody has it in hand.
        """
        engine = self._engine
        job = self._move_to(at, waiting, item_id)
        engine.restate(job, attrs.evolve(job.item, call_back=call_back), job.search.requirement)
        return engine.decision(item_id)

    def not_reached(self, item_id: str, *, at: datetime) -> Decision:
        """The office has called, and nobody has answered; no text is left that names the case.

        The agent is idle at once. The next attempt is made after the spacing of the call-back, by any agent who may;
        the last attempt in vain ends the work as not reached (`Decision.ended`).

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand, or it is no call-back.
        """
        engine = self._engine
        job, call_back = self._move_to(at, _called_back, item_id)
        job.attempts += 1
        if job.attempts >= call_back.attempts:
            return self._ends(job, Outcome.NOT_REACHED)
        engine.free(job.agent, item_id)
        later = engine.clocks.at(self._later(job, call_back.spacing))
        job.item = attrs.evolve(job.item, not_before=later)
        engine.wait_again(job, job.search.requirement)
        return engine.decision(item_id)

    def did_not_come(self, item_id: str, *, at: datetime) -> Decision:
        """Somebody was called to the counter and has not come.

        By the rule of the queue (`Queue.calling`) the same agent calls again (`Decision.called_again`), then the person
        goes to the end of the line, and in the end counts as a no-show (`Decision.ended`).

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand, or the office calls back.
        """
        engine = self._engine
        job = self._move_to(at, _called_to_the_counter, item_id)
        if self._is_no_show(job):
            return self._ends(job, Outcome.NO_SHOW)
        job.calls += 1
        if job.calls < self._rule(job).calls:
            engine.effects.called_again.append(item_id)
            return engine.decision(item_id)
        job.calls, job.returns = 0, job.returns + 1
        engine.free(job.agent, item_id)
        job.item = attrs.evolve(job.item, credit=timedelta(0))  # an appointment that was missed outranks nobody
        engine.wait_again(job, job.search.requirement, entered=engine.now)
        return engine.decision(item_id)

    def is_last_call(self, item_id: str) -> bool:
        """Whether the work ends if the person is called in vain this time, too.

        By `CallBack.attempts` where the office calls back, by the rule of the queue (`Queue.calling`) at the counter.

        Raises:
            UnknownItem: If nothing of this id is here.
            WrongMoment: If nobody has it in hand.
        """
        job = at_work(self._engine, item_id)
        call_back = job.item.call_back
        return self._is_no_show(job) if call_back is None else job.attempts + 1 >= call_back.attempts

    # What follows

    def _is_no_show(self, job: Job) -> bool:
        rule = self._rule(job)
        return job.calls + 1 >= rule.calls and job.returns >= rule.returns

    def _rule(self, job: Job) -> CallingRule:
        queue = self._engine.queues.get(job.item.queue)
        return CallingRule() if queue is None else queue.calling

    def _ends(self, job: Job, outcome: Outcome) -> Decision:
        engine, item_id = self._engine, job.item.id
        engine.close(job)
        engine.effects.ended.append(Ended(item_id, outcome))
        return engine.decision(item_id)

    def _later(self, job: Job, spacing: timedelta) -> int:
        engine = self._engine
        return engine.clocks.over_at(job.item.queue, engine.now, spacing, "open")


def _called_back(engine: Engine, item_id: str) -> tuple[Job, CallBack]:
    job = at_work(engine, item_id)
    if job.item.call_back is None:
        raise WrongMoment(f"item {item_id!r}: the office does not call back here; allowed: a call-back")
    return job, job.item.call_back


def _called_to_the_counter(engine: Engine, item_id: str) -> Job:
    job = at_work(engine, item_id)
    if job.item.call_back is not None:
        raise WrongMoment(f"item {item_id!r}: the office calls back here; allowed: not_reached")
    return job
