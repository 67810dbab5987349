"""The routing engine: who is offered what, when work arrives, an agent becomes free, or time passes.

Theory of operation.

*Requests.* All work looks for an agent by an `AssignmentRequest`: one for the agent that talks to the citizen, and one
for each consult. A request is *held* until its time has come, *waits*, *rings* at one or more agents, and is *over*
when an agent accepts. A round that is declined or expires brings it back to waiting.

*Three steps.* Every verb of the dispatcher does the same: `move_to` lets everything happen that was due by then, each
thing at its own instant; one verb of the engine changes what the event changes; `decision` brings agents and work
together and tells what has followed. On the way the verb notes which agents became freer (`freed_agents`) and which
requests began to wait (`new_requests`). `settle` looks at these alone, by this invariant:

    Between two verbs no agent with room stands beside a waiting request that it may take.

*Offers in vain.* An agent that misses an offer may take the request at once again, after all others
(`AgentIndex.pick`): the invariant speaks of it like of anybody. Only an agent whose decline stands may not take it, and
for each decline that stands there is a timer, `again`, or it stands until that agent signs in anew, because the owner
has said so. So no request waits beside an idle agent that could take it without something that will offer it. A request
remembers its offers in vain until it ends, also through a hand-back and another priority or queue.

*Order of service.* `settle` first serves the freed agents: of all that they may take, the request that comes first by
`urgency` goes to the best of all idle agents, until nothing is left for them. Then the new requests follow by urgency.
A freed agent therefore takes the waiting line before what came in at the same instant and is less urgent.

*Two short cuts.* A new request that an idle agent takes at once never enters the waiting index. A single freed agent is
the choice for whatever it takes first: by the invariant every other agent with room has already passed it over.

*Pre-emption.* Where the settings say so, live work that finds nobody idle goes to the best agent whose deferred work
may be suspended. Suspended work stays with its agent, and is resumed as soon as no live work is left for that agent.

*Collaborators.* The engine owns an `AgentIndex` (states, and the idle in order), a `WaitingIndex` (the lines),
`Timers`, `Clocks`, a `RequirementClock` (what a request requires now) and `QueueHours` (closing, drains, longest
waits). They change nothing of the engine's; the timers alone ask back, which of them still matter.

*Undoing.* A verb is a transaction: if it fails, everything is as it was (`transaction`). The state of the engine is
what a snapshot holds: the clock and `ring_turns`, the states of the agents, the timers and drains, `works`, and the
fields of all work with its requests and consults. Before a field of those changes, `changes.touch` is called, or the
inverse is put into `changes.log`, where a verb does it for every contact; so it is where a table changes. Everything
else follows from the state, and is worked out anew (`take_back`), in the way in which a snapshot is resumed. A
request's `place` is not part of the state.

*The department's code* is called from few places: rules in `Dispatcher`; strategies in `AgentIndex.pick` and
`_make_room`; calendars in `RequirementClock` and `QueueHours`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Final, Literal, cast

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact.contacts import HandOver
from ticontact.errors import HoursError, TimeWentBack
from ticontact.i18n._texts import routing as texts
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._agents.assignment import Assignment, AssignmentState
from ticontact.routing._decision.decision import (
    Assessment,
    Because,
    CloseReason,
    ConsultTransfer,
    Offer,
    Overflowed,
    Purpose,
    RoutingDecision,
    Suspended,
    WorkClosed,
)
from ticontact.routing._decision.effects import Effects
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest, Consult, RequestState, VainOffer
from ticontact.routing._engine.agent_index import AgentIndex
from ticontact.routing._engine.clocks import ELAPSED, Clocks
from ticontact.routing._engine.queue_calendars import CENTURY, QueueCalendars
from ticontact.routing._engine.queue_hours import QueueHours
from ticontact.routing._engine.requirement_clock import LIVE, RequirementClock
from ticontact.routing._engine.settings import Settings
from ticontact.routing._engine.timers import LATEST, Timer, TimerKind, Timers
from ticontact.routing._engine.transaction import Changes, Frame
from ticontact.routing._engine.waiting_index import WaitingIndex
from ticontact.routing._matching.current_requirement import CurrentRequirement, comes_early, next_step
from ticontact.routing._matching.eligibility import fits_in, is_attended, rank, unfit
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.queue import Queue
from ticontact.routing._work.routing_rule import Part, RuleFailed
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import longest_idle

__all__ = ["Engine"]

_AT_ONCE: Final = timedelta(0)
_RETRY: Final = microseconds(timedelta(seconds=60))
"""After this time a rule that holds work back is asked again, even if nothing else happens."""

_MOST_LAPSED: Final = 20
"""So many expired offers of some work are remembered: a late acceptance is late by seconds."""

_OVERFLOWS: Final[Mapping[TimerKind, Because]] = {
    "window": "window_over",
    "overflow": "waited_too_long",
    "never": "never_open",
}
"""Why work overflows when a timer fires."""

InVain = Literal["declined", "missed", "gone"]
"""How an offer came to nothing: the agent has declined it, has not answered, or takes no work any longer."""


class Engine:
    """The routing engine behind a dispatcher. Mutable.

    Args:
        agents: The agents; all are signed out at first.
        queues: The queues, by name. A queue that is not among them has no limit, no hours and no fallback.
        settings: The settings of the dispatcher.
        zone: The zone of the instants that come out.

    Attributes:
        works: All work, by id.
        queued: The work that waits or rings, by queue and id.
        effects: What has followed since the last decision.
        ring_turns: How many offers were made.
        freed_agents: The agents that became freer since the last `settle`.
        new_requests: The requests that began to wait since then.
        vain_requests: The requests with offers in vain; also those in hand, which may come back.
        reserved_requests: The waiting requests that are reserved for an agent, by each agent that they name for that.
        may_relax_early: The waiting requests whose next step comes early once no eligible agent is there.
        held_back: The requests that a failed rule may hold back.
        rule_titles: The rules by name and version.
        ask_rules_again: Asks the rules anew about work that they hold back.
    """

    def __init__(self, agents: Iterable[Agent], queues: Mapping[str, Queue], settings: Settings, zone: str) -> None:
        self.settings = settings
        self.queues = queues
        self.effects = Effects()
        self.agents = AgentIndex(agents, settings.strategy, self.failed)
        self.waiting = WaitingIndex()
        self.calendars = QueueCalendars(queues, self.failed)
        self.clocks = Clocks(zone, self.calendars)
        self.changes = Changes(self)
        self.timers = Timers(self._matters, self._forget_timer, self.changes.log)
        self.hours = QueueHours(queues, self.clocks, self.timers, calendars=self.calendars, log=self.changes.log)
        self.requirements = RequirementClock(self.clocks, self.agents, settings)
        self.works: dict[str, ActiveWork] = {}
        self.queued: dict[str, dict[str, ActiveWork]] = {}
        self.ring_turns = 0
        self.freed_agents: dict[str, None] = {}
        self.new_requests: dict[AssignmentRequest, None] = {}
        self.vain_requests: dict[AssignmentRequest, None] = {}
        self.reserved_requests: dict[str, dict[AssignmentRequest, None]] = {}
        self.may_relax_early: dict[AssignmentRequest, None] = {}
        self.held_back: dict[AssignmentRequest, None] = {}
        # These are set by the dispatcher, which has the rules.
        self.rule_titles: tuple[str, ...] = ()
        self.ask_rules_again: Callable[[WorkItem], None] = lambda _: None

    # Time

    def move_to(self, instant: int, *, answering: bool = False) -> bool:
        """Let time pass, and everything happen that is due by then, each thing at its own instant.

        Args:
            instant: In microseconds since the epoch.
            answering: Whether an offer is being answered: an answer at the very deadline is still in time.

        Returns:
            Whether anything has happened.

        Raises:
            TimeWentBack: If it is before the last operation.
            HoursError: If it is after the year 9000.
        """
        clocks, timers = self.clocks, self.timers
        heap = timers.heap
        if instant > LATEST:
            raise HoursError("at: it is after the year 8999; allowed: an earlier instant", field="at")
        if instant < clocks.now:
            raise TimeWentBack(
                f"at: {clocks.at(instant)} is before the last operation; allowed: {clocks.at(clocks.now)} or later"
            )
        has_happened = False
        # Whether a timer still matters is asked only of one whose instant has come.
        while heap and heap[0][0] <= instant:
            due = timers.next_due()
            if due is None or due > instant or (answering and due == instant):
                break
            clocks.turn_to(max(due, clocks.now))
            self._fire(timers.pop())
            self.settle()
            has_happened = True
        clocks.turn_to(instant)
        return has_happened

    def _fire(self, timer: Timer) -> None:
        """Do what is due."""
        if timer.kind == "wrap_up":
            self.free(timer.subject, timer.about)
        elif timer.kind == "drain":
            self._end_drain(timer)
        elif timer.kind in _OVERFLOWS:
            work = self.works[timer.subject]
            self.divert(work, self.queues[work.item.queue].fallback, _OVERFLOWS[timer.kind])
        else:
            request = cast("AssignmentRequest", self._request_of(timer))  # a timer about a lost one does not matter
            if timer.kind == "offer":
                self._expire(request)
            elif timer.kind == "rules":
                self.ask_rules_again(request.item)
            else:
                self._ask_anew(request)

    def _matters(self, timer: Timer) -> bool:  # noqa: PLR0911 - one answer for each kind of timer
        """Return whether a timer still matters: whether what it was set for is still so."""
        if timer.kind == "wrap_up":
            assignment = self.agents.states[timer.subject].assignment(timer.about)
            return (
                assignment is not None
                and assignment.state is AssignmentState.WRAP_UP
                and assignment.since == timer.mark
            )
        if timer.kind == "drain":
            return self.hours.drains.get(timer.subject) == timer.mark and bool(self.queued.get(timer.subject))
        request = self._request_of(timer)
        if request is None or request.state == "over":
            return False
        if timer.kind == "overflow":
            return self.works[timer.subject].overflow == timer.mark
        if timer.kind == "window":
            return self.hours.window_ends(self.works[timer.subject]) == timer.mark
        if timer.kind == "rules":
            return not self.works[timer.subject].agent
        if timer.kind == "never":
            return request.state == "held" and bool(self.queues[request.item.queue].fallback)
        if timer.kind == "review":  # one that an earlier request about the same work has set is nobody's any longer
            return timer.due in request.reviews
        if timer.kind == "again":
            return any(each.has_declined and each.until == timer.due for each in request.vain)
        return request.state == "offered" and self.works[timer.subject].epoch == timer.mark

    def _forget_timer(self, timer: Timer) -> None:
        self.hours.forget(timer)

    def _request_of(self, timer: Timer) -> AssignmentRequest | None:
        """Return the request that a timer is about; None if it is gone."""
        work = self.works.get(timer.subject)
        if work is None or timer.about == "contact":
            return work.request if work else None
        return work.consult.request if work.consult else None

    # Agents come and go

    def change_status(self, agent_id: str, status: AgentStatus) -> None:
        """Let an agent take work from now on, or not.

        Coming back starts the idle time anew, forgives misses and ends the agent's own declines. Those of others stand.
        """
        before = self.agents.states[agent_id]
        state = attrs.evolve(before, status=status)
        if not before.status.is_signed_in:
            state = attrs.evolve(state, signed_in_at=self.clocks.now, occupied=0)
        if status is AgentStatus.AVAILABLE:
            state = attrs.evolve(state, idle_since=self.clocks.now, misses=0)
        self.change(state)
        self._stop_ringing(state)
        self._end_reservations(agent_id)
        if status is AgentStatus.AVAILABLE:
            self._forget_vain_offers(agent_id)
            self._reserve_anew(state)
        else:
            self._press_on()

    def replace_agent(self, agent: Agent) -> Agent:
        """Let an agent have other skills, limits or another wrap-up from now on, and return the agent as it was."""
        before = self.agents.states[agent.id]
        self.change(attrs.evolve(before, agent=agent))
        self._end_reservations(agent.id)
        self._reserve_anew(self.agents.states[agent.id])
        self._press_on()
        return before.agent

    def lose_agent(self, agent_id: str) -> None:
        """Sign an agent out that is lost, and let everything that it had in hand go on without it."""
        state = attrs.evolve(self.agents.states[agent_id], status=AgentStatus.OFFLINE)
        self.change(state)
        self._stop_ringing(state)
        for assignment in self.agents.states[agent_id].assignments:
            if assignment.state is AssignmentState.WRAP_UP:
                self.free(agent_id, assignment.item)
            else:
                self._lose_assignment(agent_id, self.works[assignment.item])
        self._end_reservations(agent_id)
        self._press_on()

    def _lose_assignment(self, agent_id: str, work: ActiveWork) -> None:
        """Take work from an agent that is lost, as operator or as official."""
        consult = work.consult
        self.changes.touch(work)
        self.release(agent_id, work.item.id)
        if work.agent != agent_id:  # it was the official: the operator goes on alone
            work.consult = None
            self.effects.tell("returned", work.item.id)
        elif consult is not None and consult.official:  # the official that has joined takes over
            work.consult, work.agent, work.since = None, consult.official, self.clocks.now
            official = self.agents.states[consult.official]
            self.change(official.turning(work.item.id, AssignmentState.ACTIVE, at=self.clocks.now))
            self.effects.tell("consult_transfers", ConsultTransfer(work.item.id, consult.official))
        else:
            self.end_consult(work)
            self.wait_again(work, work.request.requirement, held_by=work.request.held_by)

    def _stop_ringing(self, state: AgentState) -> None:
        """Take back what rings at an agent that takes no work any longer; it is neither declined nor missed."""
        if state.status is AgentStatus.AVAILABLE:
            return
        for assignment in state.assignments:
            if assignment.state is AssignmentState.OFFERED:
                request, offer = self._ringing_at(state.agent.id, assignment.item)
                self.effects.tell("revoked", offer)
                self.refuse(request, offer, how="gone")

    def _ringing_at(self, agent_id: str, item_id: str) -> tuple[AssignmentRequest, Offer]:
        requests = self.works[item_id].requests
        return next((request, offer) for request in requests for offer in request.offers if offer.agent == agent_id)

    def _end_reservations(self, agent_id: str) -> None:
        """Look anew at what is reserved for an agent that may be gone, and at steps that may wait for it."""
        for request in list(self.reserved_requests.get(agent_id, ())):
            if request.current.kept_for == agent_id:
                self.wait(request)
        if not self.may_relax_early:
            return
        # Many requests ask the same, and everybody is looked at once for each kind of them.
        attended: dict[tuple[object, ...], bool] = {}
        for request in list(self.may_relax_early):
            kind = _attendance_kind(request.current)
            if kind not in attended:
                attended[kind] = is_attended(request.current, self.agents.states.values())
            if not attended[kind]:
                self.wait(request)

    def _reserve_anew(self, state: AgentState) -> None:
        """Look anew at what is reserved for another agent, and names this one too, who may take it from now on."""
        for request in list(self.reserved_requests.get(state.agent.id, ())):
            if request.current.condition.lacks(state.agent.profile) is None:
                self.wait(request)

    def _forget_vain_offers(self, agent_id: str) -> None:
        """Forget what an agent has declined and missed, that has signed in anew; it is asked about it again."""
        for request in list(self.vain_requests):
            vain = tuple(each for each in request.vain if each.agent != agent_id)
            if len(vain) == len(request.vain):
                continue
            self.changes.touch(request)
            request.vain = vain
            if not vain:
                del self.vain_requests[request]
            self._ask_anew(request)

    def _press_on(self) -> None:
        """Look, when an agent has gone, at what nobody is left to ask about but who has declined it."""
        for request in list(self.vain_requests):
            if request.state == "waiting":
                self._move_on_if_exhausted(request)

    # Work comes in and waits

    def admit(self, work: ActiveWork, *, estimated_wait: timedelta = _AT_ONCE) -> None:
        """Let work wait, or divert it to the fallback of its queue if that is full, or closes."""
        item = work.item
        self.changes.made(work)
        self.changes.log.append((self.works.pop, item.id))
        self.works[item.id] = work
        self._enter(work)
        queue = self.queues.get(item.queue)
        if queue is not None:
            refusal = self.hours.refusal(work, estimated_wait=estimated_wait)
            if refusal is None and queue.limit is not None and len(self.queued[item.queue]) > queue.limit:
                refusal = "limit"
            if refusal is not None:
                self.divert(work, queue.fallback, refusal)
                return
            self.hours.watch(work)
        self.begin(work.request)

    def new_request(
        self, item: WorkItem, requirement: Requirement, *, entered: int, purpose: Purpose = "contact"
    ) -> AssignmentRequest:
        """Return a request that has not begun."""
        condition = self.requirements.one(requirement.condition)
        request = AssignmentRequest(
            item=item,
            purpose=purpose,
            requirement=requirement,
            entered=entered,
            key=(0, 0, 0, item.id),
            clock=ELAPSED if item.is_live else self.clocks.clock_of(item.queue),
            current=CurrentRequirement(item=item, requirement=requirement, condition=condition),
            state="held",
        )
        self.changes.made(request)
        return request

    def begin(self, request: AssignmentRequest) -> None:
        """Start a request: it waits, or is held until its time has come."""
        if request.item.is_timed or not request.requirement.is_steady:
            for due in self.requirements.review_times(request):
                if due > self.clocks.now:  # one that begins late (a consult, say) is past its first steps already
                    self.review_at(due, request)
        self.wait(request)

    def review_at(self, due: int, request: AssignmentRequest) -> None:
        """Set a timer at which a request is looked at anew, unless it has one for that instant."""
        if due not in request.reviews:
            self.changes.touch(request)
            request.reviews |= {due}
            self.timers.set(due, "review", request.item.id, about=request.purpose)

    def _ask_anew(self, request: AssignmentRequest) -> None:
        """Look anew at a request: a step, the end of a reservation or of a decline, a slot or a promotion is due."""
        if request.held_by and request.state == "held":
            self.ask_rules_again(request.item)
            return
        self.changes.touch(request)
        if request.state == "offered":  # the round goes on; whoever declined before it may be asked in the next one
            self._note_who_declined(request)
        elif request.state != "over":
            self.wait(request)

    def _note_who_declined(self, request: AssignmentRequest) -> None:
        declined = request.declined(at=self.clocks.now)
        request.current = attrs.evolve(request.current, declined=declined, asked=request.asked)

    def wait(self, request: AssignmentRequest) -> None:
        """Let a request wait with what it requires now, or be held where its time has not come.

        It is only noted here. `settle` puts it into the waiting index if nobody takes it at once.
        """
        self.changes.touch(request)
        if request.state != "held":  # nothing was noted about one that has not waited yet
            self._forget(request)
        request.key = self.requirements.key(request)
        if request.item.is_timed:
            is_held, turn = self._moment(request)
            if turn is not None:
                self.review_at(turn, request)
            if is_held:
                request.state = "held"
                if turn is None and self._may_begin(request):  # the queue of a call never opens again
                    self.timers.set(self.clocks.now, "never", request.item.id, about="contact")
                return
        if request.held_by:
            request.state = "held"
            self.held_back[request] = None
            self.review_at(self.clocks.now + _RETRY, request)
            return
        request.state = "waiting"
        round_number = self.works[request.item.id].epoch
        request.current = self.requirements.current(request, round_number=round_number)
        if not request.requirement.is_steady:
            self._relax_if_absent(request)
        self.new_requests[request] = None
        self._note_reservation(request)

    def _note_reservation(self, request: AssignmentRequest) -> None:
        """Note a reservation, which may have to be looked at when an agent comes or goes."""
        if request.current.kept_for:
            for preference in request.requirement.preferences:
                if preference.agent:
                    self.reserved_requests.setdefault(preference.agent, {})[request] = None

    def _forget(self, request: AssignmentRequest) -> None:
        """Take back whatever was noted about a waiting request: it rings, ends, is held, or waits anew."""
        request.place = 0  # its entry in the waiting index is stale from now on
        self.new_requests.pop(request, None)
        if request.requirement.is_steady:
            return
        self.may_relax_early.pop(request, None)
        if request.current.kept_for:
            for preference in request.requirement.preferences:
                reserved = self.reserved_requests.get(preference.agent, {})
                reserved.pop(request, None)
                if not reserved:
                    self.reserved_requests.pop(preference.agent, None)

    def _relax_if_absent(self, request: AssignmentRequest) -> None:
        """Apply `or_if_absent` steps now if no eligible agent is there."""
        if request.current.condition == request.requirement.condition:  # there are no steps
            return
        while (early := comes_early(request.current, self.requirements.waited(request))) is not None:
            if is_attended(request.current, self.agents.states.values()):
                self.may_relax_early[request] = None
                return
            request.skipped = early
            request.current = self.requirements.current(request, round_number=request.current.round)

    def _moment(self, request: AssignmentRequest) -> tuple[bool, int | None]:
        """Return whether the time of a request has not come, and when its queue opens or closes next.

        A slot may be in the future, and the office calls nobody back out of hours. The second is None for what is no
        callback, or never opens again.
        """
        if not self._may_begin(request):
            return True, None
        queue = self.queues.get(request.item.queue)
        if request.item.callback is None or request.purpose == "consult" or queue is None or queue.hours is None:
            return False, None
        is_open, turn = self.calendars.turn(queue.id, self.clocks.at(self.clocks.now))
        return not is_open, turn

    def _may_begin(self, request: AssignmentRequest) -> bool:
        """Return whether the instant of a slot or of a window has come, or there is none."""
        begins_at = request.item.begins_at
        return begins_at is None or self.clocks.now >= to_epoch(begins_at)

    def wait_again(
        self,
        work: ActiveWork,
        requirement: Requirement,
        *,
        but_not: str = "",
        entered: int | None = None,
        held_by: tuple[str, ...] = (),
    ) -> None:
        """Let work in hand wait for an agent again.

        Args:
            work: The work.
            requirement: Its requirement from now on.
            but_not: The agent that gives it back, which counts as a decline of this agent.
            entered: The instant from which its wait counts; None for its first entry.
            held_by: The rules that hold it back.
        """
        self.changes.touch(work)
        work.agent = ""
        self._begin_anew(work, requirement, entered=entered, but_not=but_not, held_by=held_by)

    def _begin_anew(
        self,
        work: ActiveWork,
        requirement: Requirement,
        *,
        entered: int | None = None,
        but_not: str = "",
        held_by: tuple[str, ...] = (),
    ) -> None:
        """Begin another request in the place of one that is over. Who has declined the work is not asked sooner for it.

        What an agent has declined stays declined by this agent, whatever others do with the work in the meantime.
        """
        before = work.request
        since = before.entered if entered is None else entered
        self.changes.touch(work)
        request = work.request = self.new_request(work.item, requirement, entered=since)
        request.held_by = held_by
        if before.vain:
            self.vain_requests.pop(before, None)
            self.vain_requests[request] = None
            request.vain = before.vain
            for each in request.vain:
                if each.until is not None and each.stands(at=self.clocks.now):  # its timer is gone with the request
                    self._offer_again_at(each.until, request)
        self._enter(work)
        self.hours.watch(work)
        if but_not:
            self._note_vain_offer(request, but_not, how="declined")
        self.begin(request)

    def restate(
        self, work: ActiveWork, item: WorkItem, requirement: Requirement, *, held_by: tuple[str, ...] = ()
    ) -> None:
        """Let waiting work go on as another item of the same id, at the place of its entry."""
        self.changes.touch(work)
        self.end(work.request)
        self._leave(work)
        work.item = item
        self._begin_anew(work, requirement, held_by=held_by)

    def _enter(self, work: ActiveWork) -> None:
        """Count work among what waits in its queue."""
        item = work.item
        line = self.queued.get(item.queue)
        if line is None:
            line = self.queued[item.queue] = {}
        line[item.id] = work

    def _leave(self, work: ActiveWork) -> None:
        """Count work among what waits no longer: an agent has it, or it is over."""
        del self.queued[work.item.queue][work.item.id]

    def _remove(self, work: ActiveWork) -> None:
        """Let work be here no longer."""
        del self.works[work.item.id]
        self.changes.log.append((self.works.__setitem__, work.item.id, work))

    # Offers

    def ring(self, request: AssignmentRequest, chosen: list[AgentState]) -> None:
        """Begin a round of offers at some agents that have room."""
        item, now = request.item, self.clocks.now
        work = self.works[item.id]
        self.changes.log.append((setattr, work, "epoch", work.epoch))
        self.changes.log.append((_take_back_round, request, request.state, request.offers))
        work.epoch = epoch = work.epoch + 1
        self._forget(request)
        request.state = "offered"
        until = None
        if self.settings.ring_for is not None and microseconds(self.settings.ring_for) <= CENTURY:
            due = now + microseconds(self.settings.ring_for)
            until = self.clocks.at(due)
            self.timers.set(due, "offer", item.id, mark=epoch, about=request.purpose)
        offers = []
        for state in chosen:
            offer = Offer(item.id, state.agent.id, epoch, until, request.purpose)
            offers.append(offer)
            self.effects.tell("offers", offer)
            self.ring_turns += 1
            assignment = Assignment(
                item.id, item.channel.name, item.cost, AssignmentState.OFFERED, now, 0, item.channel.interruptible
            )
            self.agents.put(state.taking(assignment, turn=self.ring_turns))
        request.offers = tuple(offers)

    def accept(self, request: AssignmentRequest, offer: Offer) -> None:
        """Give work to the agent that accepts its offer; the other offers of the round are revoked."""
        work, now = self.works[offer.item], self.clocks.now
        self.changes.log.append((_take_back_round, request, request.state, request.offers))
        self.changes.log.append((_take_back_agent, work, work.agent, work.since))
        self.revoke(request, but=offer.agent)
        request.offers = ()
        request.state = "over"
        is_consult = request.purpose == "consult"
        begun = AssignmentState.CONSULTING if is_consult else AssignmentState.ACTIVE
        state = self.agents.states[offer.agent].turning(offer.item, begun, at=now)
        self.change(attrs.evolve(state, misses=0) if state.misses else state)
        if is_consult and work.consult is not None:
            self.changes.touch(work.consult)
            work.consult.official, work.consult.since = offer.agent, now
            self.vain_requests.pop(request, None)
        else:
            self._leave(work)
            work.agent, work.since = offer.agent, now
        if request.assessment is not None:
            self.effects.assess(offer.item, request.assessment)

    def can_still_take(self, offer: Offer) -> bool:
        """Return whether the agent of an expired offer has nothing else in hand that leaves no room for the work."""
        state = self.agents.states.get(offer.agent)
        if state is None:
            return False
        ringing = [each.item for each in state.assignments if each.state is AssignmentState.OFFERED]
        for item_id in ringing:  # a telephone that rings is no work in hand
            state = state.releasing(item_id, at=self.clocks.now)
        return fits_in(state.room, self.works[offer.item].item)

    def accept_late(self, request: AssignmentRequest, offer: Offer) -> None:
        """Give work to an agent whose offer has expired, but who had accepted it before that."""
        item, now = request.item, self.clocks.now
        self.changes.touch(request)
        self.revoke(request)
        for assignment in self.agents.states[offer.agent].assignments:
            if assignment.state is AssignmentState.OFFERED:
                other, ringing = self._ringing_at(offer.agent, assignment.item)
                self.effects.tell("revoked", ringing)
                self.refuse(other, ringing, how="gone")
        self._forget(request)
        state = self.agents.states[offer.agent]
        if state.status is AgentStatus.NOT_RESPONDING:
            state = attrs.evolve(state, status=AgentStatus.AVAILABLE)
        taken = Assignment(
            item.id, item.channel.name, item.cost, AssignmentState.OFFERED, now, 0, item.channel.interruptible
        )
        self.agents.put(state.taking(taken, turn=state.turn))
        request.vain = tuple(each for each in request.vain if each.agent != offer.agent)
        self.accept(request, offer)

    def refuse(self, request: AssignmentRequest, offer: Offer, *, how: InVain) -> None:
        """Take an offer from an agent that will not have it: others of the round may, or the request waits again.

        Args:
            request: The request.
            offer: The offer.
            how: Whether the agent has declined it, missed it, or takes no work any longer.
        """
        self.changes.touch(request)
        self.release(offer.agent, offer.item)
        request.offers = tuple(each for each in request.offers if each.agent != offer.agent)
        if how != "gone":
            self._note_vain_offer(request, offer.agent, how=how)
        if request.offers:
            self._note_who_declined(request)
        else:
            self._end_round(request)

    def _note_vain_offer(self, request: AssignmentRequest, agent_id: str, *, how: InVain) -> None:
        """Note that an agent has not taken a request, as the last one of all; a decline stands for some time."""
        until: int | None = self.clocks.now
        has_declined = any(each.has_declined for each in request.vain if each.agent == agent_id)
        if how == "declined":
            has_declined, until = True, self._stands_until(request)
            if until is not None:
                self._offer_again_at(until, request)
        others = tuple(each for each in request.vain if each.agent != agent_id)
        request.vain = (*others, VainOffer(agent_id, has_declined, until))
        self.vain_requests[request] = None

    def _stands_until(self, request: AssignmentRequest) -> int | None:
        """Return when a decline of this moment is over; None for not before its agent signs in anew."""
        settings, now, item = self.settings, self.clocks.now, request.item
        is_live = self.requirements.is_live(item)
        again = settings.offer_again_after if is_live else settings.deferred_again_after
        if again is None or microseconds(again) > CENTURY:
            return None
        until = None if is_live else self.clocks.over_at(item.queue, now, again, "open")
        # Who works on in an office that has closed for good is asked by the clock on the wall.
        return now + microseconds(again) if until is None else until

    def _offer_again_at(self, due: int, request: AssignmentRequest) -> None:
        """Set the timer at which a decline is over."""
        self.timers.set(due, "again", request.item.id, about=request.purpose)

    def revoke(self, request: AssignmentRequest, *, but: str = "") -> None:
        """Take the live offers of a request back, except one agent's."""
        offers = request.offers
        if not offers or (len(offers) == 1 and offers[0].agent == but):
            return
        self.changes.log.append((_take_back_round, request, request.state, offers))
        for offer in offers:
            if offer.agent != but:
                self.release(offer.agent, offer.item)
                self.effects.tell("revoked", offer)
        request.offers = tuple(offer for offer in offers if offer.agent == but)

    def _expire(self, request: AssignmentRequest) -> None:
        """End a round that nobody has answered: each of its agents has missed an offer."""
        self.changes.touch(request)
        request.lapsed = (*request.lapsed, *request.offers)[-_MOST_LAPSED:]
        for offer in request.offers:
            self.effects.tell("expired", offer)
            state = self.agents.states[offer.agent]
            missed = attrs.evolve(state, misses=state.misses + 1)
            if missed.misses >= self.settings.misses_allowed and missed.status is AgentStatus.AVAILABLE:
                missed = attrs.evolve(missed, status=AgentStatus.NOT_RESPONDING)
            self.agents.put(missed)
            self.refuse(request, offer, how="missed")
            self._end_reservations(offer.agent)
        self._press_on()

    def _end_round(self, request: AssignmentRequest) -> None:
        """Let a request wait after a round. If no agent is left to ask, its next step holds at once, or it gives up."""
        self.wait(request)
        self._move_on_if_exhausted(request)

    def _move_on_if_exhausted(self, request: AssignmentRequest) -> None:
        """Let the next step of a request hold while nobody is there but who has declined; after the last, give up."""
        while request.state == "waiting" and self._is_exhausted(request):
            after = next_step(request.current, self.requirements.waited(request))
            if after is None:
                self._give_up(request)
                return
            request.skipped = after
            self.wait(request)

    def _is_exhausted(self, request: AssignmentRequest) -> bool:
        """Return whether an agent that is there has declined, and no other one that is there may take the work."""
        states = self.agents.states
        is_declined = any(
            states[agent].status is AgentStatus.AVAILABLE for agent in request.current.declined if agent in states
        )
        return is_declined and not is_attended(request.current, states.values())

    def _is_declined_by_everybody(self, request: AssignmentRequest) -> bool:
        """Return whether all that are signed in and may take the work have declined it, also those on a break."""
        current = attrs.evolve(request.current, kept_for="")  # `unfit` is then who may not take it, or has declined
        return not any(
            state.status.is_signed_in and unfit(current, state) is None for state in self.agents.states.values()
        )

    def _give_up(self, request: AssignmentRequest) -> None:
        """Return a declined consult to its operator; other work overflows, if its queue lets go of what all decline."""
        work = self.works[request.item.id]
        if request.purpose == "consult":
            self.changes.touch(work)
            self.end(request)
            work.consult = None
            self.effects.tell("returned", work.item.id)
            return
        queue = self.queues.get(request.item.queue)
        if queue is not None and queue.overflow_when_declined and self._is_declined_by_everybody(request):
            self.divert(work, queue.fallback, "all_declined")

    def end(self, request: AssignmentRequest) -> None:
        """End a request; the agents at which it rings are freed."""
        self.changes.log.append((_take_back_round, request, request.state, request.offers))
        self._forget(request)
        if request.vain:
            self.vain_requests.pop(request, None)
        self.revoke(request)
        request.state = "over"

    # Work in hand

    def finish(self, work: ActiveWork, *, wants_wrap_up: bool) -> None:
        """End work wherever it is: its agent goes into wrap-up, or it leaves the line."""
        if work.consult is not None:
            self.end_consult(work)
        if work.agent:
            self.wrap_up(work.agent, work.item.id, is_wanted=wants_wrap_up)
        else:
            self._leave(work)
        self.end(work.request)
        self._remove(work)

    def close(self, work: ActiveWork, reason: CloseReason) -> None:
        """End work in hand without a conversation and without a wrap-up; its agent is idle."""
        self.end_consult(work)
        self.free(work.agent, work.item.id)
        self.end(work.request)
        self._remove(work)
        self.effects.tell("closed", WorkClosed(work.item.id, reason))

    def divert(self, work: ActiveWork, to: str, because: Because) -> None:
        """Let waiting work overflow to a fallback."""
        self.end(work.request)
        self._leave(work)
        self._remove(work)
        self.effects.tell("overflowed", Overflowed(work.item.id, to, because))

    def wrap_up(self, agent_id: str, item_id: str, *, is_wanted: bool) -> None:
        """Let an agent end a conversation: the wrap-up begins, or the agent is idle at once.

        Args:
            agent_id: The agent.
            item_id: The work that ends.
            is_wanted: Whether the agent wants a wrap-up where it is optional.
        """
        state, now = self.agents.states[agent_id], self.clocks.now
        assignment = state.assignment(item_id)
        if assignment is None or assignment.state is AssignmentState.SUSPENDED:
            self.release(agent_id, item_id)
            return
        rule = state.agent.wrap_up
        if rule.mode == "none" or (rule.mode == "optional" and not is_wanted):
            self.change(state.finishing(assignment, at=now))
            return
        self.agents.put(state.counting(assignment, at=now).turning(item_id, AssignmentState.WRAP_UP, at=now))
        if rule.mode != "manual":
            self.timers.set(now + microseconds(rule.length), "wrap_up", agent_id, mark=now, about=item_id)

    def release(self, agent_id: str, item_id: str) -> None:
        """Take work out of an agent's hands; nothing else about the agent changes."""
        self.change(self.agents.states[agent_id].releasing(item_id, at=self.clocks.now))

    def free(self, agent_id: str, item_id: str) -> None:
        """Take work out of an agent's hands, which is idle from now on."""
        self.change(self.agents.states[agent_id].freeing(item_id, at=self.clocks.now))

    def change(self, state: AgentState) -> None:
        """Set the state of an agent that may have become freer."""
        self.agents.put(state)
        self.freed_agents[state.agent.id] = None

    # The second level

    def consult(self, work: ActiveWork, requirement: Requirement, carrying: HandOver | None) -> None:
        """Request an official for work in hand. Its wait counts from the first entry of the work."""
        request = self.new_request(work.item, requirement, entered=work.request.entered, purpose="consult")
        self.changes.touch(work)
        work.consult = Consult(request=request, carrying=carrying)
        self.changes.made(work.consult)
        self.begin(request)

    def confer(self, work: ActiveWork, consult: Consult) -> None:
        """Let citizen, operator and official talk all together."""
        self.changes.touch(consult)
        consult.conference = True
        official = self.agents.states[consult.official]
        self.change(official.turning(work.item.id, AssignmentState.ACTIVE, at=self.clocks.now))

    def take_over(self, work: ActiveWork, official: str) -> None:
        """Let the official that has joined be the one that talks to the citizen; the operator goes into wrap-up."""
        self.changes.touch(work)
        work.consult = None
        operator, work.agent, work.since = work.agent, official, self.clocks.now
        state = self.agents.states[official]
        self.change(state.turning(work.item.id, AssignmentState.ACTIVE, at=self.clocks.now))
        self.wrap_up(operator, work.item.id, is_wanted=False)

    def end_consult(self, work: ActiveWork) -> None:
        """End the consult about work, if there is one, in whatever state it is.

        The official goes into wrap-up after a conference, and is free at once after a talk among colleagues.
        """
        consult = work.consult
        if consult is None:
            return
        self.changes.touch(work)
        work.consult = None
        self.end(consult.request)
        if consult.official and consult.conference:
            self.wrap_up(consult.official, work.item.id, is_wanted=False)
        elif consult.official:
            self.release(consult.official, work.item.id)

    # Closing

    def close_line(self, queue_id: str, because: Because) -> None:
        """Divert everybody that waits on the line of a queue; letters and calls of the office stay."""
        for item_id in self.line(queue_id):
            work = self.works[item_id]
            if work.is_waited_for:
                self.divert(work, self.queues[queue_id].fallback, because)

    def _end_drain(self, timer: Timer) -> None:
        """Let go of those on the line of a queue whose drain is over; where it is open again, they wait on.

        The drain of who came later, or was given back, ends at an instant of its own.
        """
        queue_id, now = timer.subject, self.clocks.now
        self.hours.forget(timer)
        is_closed = not self.calendars.is_open(queue_id, self.clocks.at(now))
        for item_id in self.line(queue_id):
            work = self.works[item_id]
            if not work.is_waited_for:
                continue
            if work.drain > now:
                self.hours.wake(queue_id, work.drain)
            elif is_closed:
                self.divert(work, self.queues[queue_id].fallback, "closing")
            else:
                self.changes.touch(work)
                self.hours.watch_closing(work)

    def line(self, queue_id: str | None = None) -> tuple[str, ...]:
        """Return the ids of what waits or rings in a queue, or in all, in the order of service."""
        queues = list(self.queued) if queue_id is None else [queue_id]
        requests = [work.request for name in queues for work in self.queued.get(name, {}).values()]
        return tuple(request.item.id for request in sorted(requests, key=self.urgency))

    # Matching

    def urgency(self, request: AssignmentRequest) -> tuple[int, int, int, str]:
        """Return the key by which requests are served at the present moment, by whatever clock they age."""
        tier, credited, entered, name = request.key
        return tier, credited - self.clocks[request.clock], entered, name

    def settle(self) -> None:
        """Bring freed agents and new requests together."""
        new = self.new_requests
        if self.freed_agents:
            for request in new:  # a freed agent may take what is new, but only in its turn
                self.waiting.add(request)
            self._serve_freed_agents()
        if not new:
            return
        for request in sorted(new, key=self.urgency) if len(new) > 1 else list(new):
            self._offer(request)
            if request.state == "waiting" and not request.place:
                self.waiting.add(request)
        new.clear()

    def _serve_freed_agents(self) -> None:
        """Give freed agents what they may take, the most urgent first, until nothing is left for any of them."""
        freed = self.freed_agents
        while True:
            found: AssignmentRequest | None = None
            finder, finders = "", 0
            for agent_id in list(freed):
                request = self._first_for(agent_id)
                if request is None:
                    del freed[agent_id]
                    continue
                finders += 1
                if found is None or self.urgency(request) < self.urgency(found):
                    found, finder = request, agent_id
            if found is None:
                return
            # By the invariant the only agent that found anything is the choice for it. The invariant does not speak of
            # new requests, nor of agents that were left with room when work was suspended.
            state = self.agents.states[finder]
            if finders == 1 and not self.new_requests and not self.settings.is_preempting:
                self._assess(found, [state])
                self.ring(found, [state])
                if self.agents.states[finder].room[0] < 1:  # it takes nothing more
                    freed.clear()
                    return
            else:
                self._offer(found)

    def _first_for(self, agent_id: str) -> AssignmentRequest | None:
        """Return what a freed agent takes first; None if there is nothing for it.

        In this order: live work for which it has room; live work for which deferred work is suspended; its own
        suspended work, which is resumed on the spot, so that everything is looked at anew; other work.
        """
        while True:
            state = self.agents.states[agent_id]
            best = None
            if state.status is AgentStatus.AVAILABLE:
                profile = self.agents.profile_of(agent_id)
                if state.room[0] > 0:
                    best = self.waiting.first_for(state, profile, self.clocks)
                if best is not None and best.key[0] == LIVE:
                    return best
                if self.settings.is_preempting:
                    yielding = state.giving_way()
                    if yielding is not state:  # the agent has something that may be suspended
                        urgent = self.waiting.first_for(yielding, profile, self.clocks)
                        if urgent is not None and urgent.item.is_live:
                            return urgent
            if not self._resume_suspended(state):
                return best

    def _resume_suspended(self, state: AgentState) -> bool:
        """Resume suspended work of an agent that has room for it again; return whether there was any."""
        if not state.assignments:
            return False
        units, limits = state.room
        left = dict(limits)
        for assignment in state.assignments:
            if (
                assignment.state is AssignmentState.SUSPENDED
                and assignment.cost <= units
                and left.get(assignment.channel, 1) > 0
            ):
                self.change(state.turning(assignment.item, AssignmentState.ACTIVE, at=self.clocks.now))
                self.effects.tell("resumed", Suspended(assignment.item, state.agent.id))
                return True
        return False

    def _offer(self, request: AssignmentRequest) -> None:
        """Offer a waiting request to the best of all idle agents, if there are any."""
        chosen = self.agents.pick(request.current, at=self.clocks.now, count=self.settings.offers_at_once)
        if not chosen and self.settings.is_preempting and request.item.is_live:
            chosen = self._make_room(request)
        self._assess(request, chosen)
        if chosen:
            self.ring(request, chosen)

    def _make_room(self, request: AssignmentRequest) -> list[AgentState]:
        """Suspend deferred work of the best agent for live work that finds nobody idle; return that agent, or nobody.

        All agents are looked at, but only when nobody is idle.
        """
        current = request.current
        able = [
            state
            for state in self.agents.states.values()
            if state.status is AgentStatus.AVAILABLE
            and (yielding := state.giving_way()) is not state
            and fits_in(yielding.room, request.item)
            and unfit(current, state) is None
        ]
        if not able:
            return []
        now = self.clocks.now
        try:
            chosen = min(able, key=lambda state: rank(current, state, self.settings.strategy, at=now))
        except Exception as error:  # noqa: BLE001 - whatever a strategy raises must not stop the telephone
            self.failed("strategy", self.settings.strategy.name, error)
            chosen = min(able, key=lambda state: rank(current, state, longest_idle, at=now))
        # No more is suspended than is needed, and what was begun last goes first.
        while not fits_in(chosen.room, request.item):
            last = max(
                (each for each in chosen.assignments if each.gives_way), key=lambda each: (each.since, each.item)
            )
            chosen = chosen.turning(last.item, AssignmentState.SUSPENDED, at=now)
            self.effects.tell("suspended", Suspended(last.item, chosen.agent.id))
        self.agents.put(chosen)
        return [chosen]

    # What is told

    def failed(self, part: Part, name: str, error: BaseException) -> None:
        """Tell, once in a decision, that something of the department has failed; what counts in its place is used."""
        self.effects.fail(RuleFailed(part=part, rule=name, problem=f"raised {type(error).__name__}", given=error))

    def assessed(self, request: AssignmentRequest, chosen: list[AgentState]) -> Assessment:
        """Return how everything stands for a request at the present moment."""
        return Assessment(
            current=request.current if chosen else self.requirements.foreseen(request),
            agent_states=self.agents.moment(),
            chosen=tuple(state.agent.id for state in chosen),
            strategy=self.settings.strategy,
            at=self.clocks.now,
        )

    def _assess(self, request: AssignmentRequest, chosen: list[AgentState]) -> None:
        """Keep what explains a choice, just before it changes anything."""
        if self.settings.is_explained:
            self.changes.touch(request)
            request.assessment = self.assessed(request, chosen)
            self.effects.assess(request.item.id, request.assessment)

    def decision(self, about: str) -> RoutingDecision:
        """Bring together what has become free, and return what has followed."""
        if self.held_back:
            self._try_held_back()
        if self.freed_agents or self.new_requests:
            self.settle()
        if self.requirements.is_crowded or self.agents.is_crowded:
            self._tidy()
        effects = self.effects
        self.effects = Effects()
        warnings = (texts.WARNINGS["strict_priority"],) if self.settings.is_strict else ()
        return effects.decision(self.clocks.now, self.clocks.zone, about=about, warnings=warnings)

    def _try_held_back(self) -> None:
        """Ask the rules again about what they hold back: something has changed."""
        for request in list(self.held_back):
            del self.held_back[request]
            if request.state == "held" and request.item.id in self.works:
                self.ask_rules_again(request.item)

    def _tidy(self) -> None:
        """Forget the conditions and profiles of what is gone: no decision depends on them."""
        requests = [request for work in self.works.values() for request in work.requests]
        required = {each.condition for request in requests for each in (request.current, request.requirement)}
        self.requirements.keep(required)
        self.agents.keep(required)
        self.waiting.keep(self.agents.profiles)

    # Undoing, and snapshots

    def take_back(self, frame: Frame, *, is_changed: bool) -> None:
        """Let everything be as it was when a frame began, once work, requests and tables are: the verb has failed.

        Args:
            frame: How it was.
            is_changed: Whether anything but the clock has changed.
        """
        _, now, turns, change, timer = frame
        self.clocks.turn_to(now)
        self.effects = Effects()
        if not is_changed:
            return
        self.ring_turns = turns
        self.timers.take_back(timer)
        self.agents.take_back(change)
        self.waiting = WaitingIndex()
        for notes in (
            self.queued,
            self.freed_agents,
            self.new_requests,
            self.vain_requests,
            self.reserved_requests,
            self.may_relax_early,
            self.held_back,
        ):
            notes.clear()
        for work in self.works.values():
            self._take_up(work)

    def resume_timer(self, timer: Timer) -> None:
        """Set a timer of a snapshot again, once the work that it is about is resumed."""
        self.timers.set(timer.due, timer.kind, timer.subject, mark=timer.mark, about=timer.about)
        if timer.kind == "drain":
            self.hours.drains[timer.subject] = timer.mark
        request = self._request_of(timer)
        if timer.kind == "review" and request is not None:
            request.reviews |= {timer.due}

    def resume(self, work: ActiveWork) -> None:
        """Take up work from a snapshot where it was left."""
        self.works[work.item.id] = work
        self._take_up(work)

    def _take_up(self, work: ActiveWork) -> None:
        """Work out anew what follows from work that is here: its line, its place there, and the notes about it."""
        if not work.agent:
            self._enter(work)
        for request in work.requests:
            if request.held_by and request.state == "held":
                self.held_back[request] = None
            if request.vain:
                self.vain_requests[request] = None
                self._note_who_declined(request)
            if request.state == "waiting":
                self._relax_if_absent(request)
                self.waiting.add(request)
                self._note_reservation(request)


def _take_back_round(request: AssignmentRequest, state: RequestState, offers: tuple[Offer, ...]) -> None:
    """Undo what has become of a round of offers."""
    request.state, request.offers = state, offers


def _take_back_agent(work: ActiveWork, agent: str, since: int) -> None:
    """Undo that an agent has some work, or has it no longer."""
    work.agent, work.since = agent, since


def _attendance_kind(current: CurrentRequirement) -> tuple[object, ...]:
    """Return what decides whether an eligible agent is there."""
    return current.condition, current.requirement.never, current.declined, current.kept_for, current.item.channel.name
