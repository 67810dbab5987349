"""The witness of a faulty day: it writes down what the dispatcher says, and holds that it was right.

After every event

* nothing is lost: everybody is where the witness has written;
* a piece of work has one live offer at the most, and it rings at nobody else;
* nothing waits beside a free agent who may take it, unless a decline of that agent stands, and then a timer runs that
  will offer it; and no call waits beside one who writes an e-mail;
* nobody starves: a call is passed over only for one that entered less than the head start after it, or that a
  supervisor has given; an e-mail never goes before a call;
* nobody is let go before the closing, but where everybody has declined who is signed in and may take it, and the
  queue says that this is so;
* what is refused changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Final

import attrs
import pendulum

from ticontact.errors import TicontactError
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    AssignmentState,
    Dispatcher,
    Offer,
    RoutingDecision,
    WorkItem,
)
from ticontact.testing import instant

__all__ = ["CLOSING", "EIGHT", "HEAD_START", "RING_FOR", "SKILLED", "Call", "Witness", "opening"]

EIGHT: Final = instant("2026-03-18 08:00")
HEAD_START: Final = 90
RING_FOR: Final = 20
SKILLED: Final = {"tax", "residence"}
DAY: Final = 86_400
CLOSING: Final = 9 * 3_600
"""The office is open from eight to five; instants are seconds since eight."""

_LAST_ENTRY: Final = 300
_DRAIN: Final = 600


def opening(moment: float, spacing: float = 0) -> float:
    """When the office has been open for so long after a moment."""
    day, clock = divmod(moment, DAY)
    if clock >= CLOSING:
        day, clock = day + 1, 0.0
    while clock + spacing > CLOSING:
        spacing -= CLOSING - clock
        day, clock = day + 1, 0.0
    return day * DAY + clock + spacing


def _micros(moment: float) -> int:
    return round(moment * 1_000_000)


@attrs.define
class Call:
    """What the witness knows of a piece of work. It is mutable."""

    item: WorkItem
    entered: float
    holder: str = ""
    talk: int = 0
    offer: Offer | None = None
    declined: dict[str, int] = attrs.field(factory=dict)
    is_called_back: bool = False
    not_before: float = 0
    attempts: int = 0
    is_given: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it is a call, and no e-mail."""
        return self.item.channel.synchronous

    def decline(self, agent: str, now: float) -> None:
        """An agent will not have it: for a minute, or for half an hour in which the office is open."""
        until = now + 60 if self.is_live else opening(now, 1_800)
        self.declined[agent] = _micros(until)

    def stands(self, agent: str, now: float) -> bool:
        """Whether an agent has declined it and is not to be asked yet."""
        return self.declined.get(agent, 0) > _micros(now)

    @property
    def credited(self) -> tuple[bool, float]:
        """Its place: calls first, and from when its waiting counts."""
        return not self.is_live, self.entered - HEAD_START * (self.item.priority is Priority.HIGH)

    def fits(self, agent: Agent) -> bool:
        """Whether an agent has what it needs."""
        topic = self.item.attributes["topic"]
        return topic not in SKILLED or topic in agent.skills

    def is_due(self, now: float) -> bool:
        """Whether it may be offered: a call that the office makes is made in its hours, and not before its time."""
        return not self.is_called_back or (now % DAY < CLOSING and now > self.not_before - 1e-5)


class Witness:
    """What should stand in a dispatcher. It is mutable."""

    def __init__(self, dispatcher: Dispatcher, agents: Mapping[str, Agent]) -> None:
        self.dispatcher = dispatcher
        self.agents = agents
        self.here: dict[str, Call] = {}
        self.done = {"completed": 0, "abandoned": 0, "not reached": 0, "let go": 0}
        self.faults: dict[str, int] = {}
        self.events = 0
        self.longest_wait = 0.0
        self.worst_overtaking = 0.0
        self.now = 0.0

    def instant(self) -> pendulum.DateTime:
        """Now, as the dispatcher is told."""
        return EIGHT.add(microseconds=round(self.now * 1_000_000))

    def count(self, what: str, times: int = 1) -> None:
        """Something has gone wrong, or has happened that rarely does."""
        self.faults[what] = self.faults.get(what, 0) + times

    def done_with(self, name: str, how: str) -> Call:
        """A piece of work is over."""
        self.done[how] += 1
        return self.here.pop(name)

    def refused(self, what: str, kind: type[TicontactError], tell: Callable[[], RoutingDecision]) -> None:
        """Hold that something is refused, and changes nothing."""
        self.count(what)
        before = self.dispatcher.snapshot()
        try:
            tell()
        except kind:
            assert before == self.dispatcher.snapshot(), what
        else:
            raise AssertionError(f"{what}: it was not refused")

    def write(self, decision: RoutingDecision, *, gone: Offer | None = None) -> None:
        """Write down what a decision says, and look whether all is right."""
        self.events += 1
        assert gone is None or gone in decision.revoked
        for offer in {*decision.revoked, *decision.expired}:
            call = self.here.get(offer.item)
            if call is not None:
                assert call.offer in (offer, None) or call.offer.epoch < offer.epoch
                call.offer, call.is_given = None, False
        self._let_go(decision)
        for closed in decision.closed:
            call = self.done_with(closed.item, "not reached")
            assert call.attempts == 2  # as often as was agreed on
        for work in decision.suspended:
            self.count("an e-mail is suspended")
            assert self.here[work.item].holder == work.agent
        for offer in decision.offers:
            call = self.here[offer.item]
            assert call.offer is None, "two live offers"
            assert call.is_due(self.now), f"{offer.item} is called at {self.now}, before {call.not_before}"
            call.offer = offer
        self._look(decision)

    # What must hold

    def _let_go(self, decision: RoutingDecision) -> None:
        for gone in decision.overflowed:
            call = self.done_with(gone.item, "let go")
            clock = self.now % DAY
            assert gone.to == "message"
            assert call.is_live or gone.because == "all_declined"
            assert not call.is_called_back or gone.because == "all_declined"
            if gone.because == "all_declined":
                willing = [
                    name
                    for name, agent in self.agents.items()
                    if self.dispatcher.agent_state(name).status.is_signed_in
                    and call.fits(agent)
                    and not call.stands(name, self.now)
                ]
                assert willing == [], f"{gone.item} is let go beside {willing}"
            elif gone.because == "closing":
                assert clock >= CLOSING + _DRAIN
            else:
                assert clock >= CLOSING - _LAST_ENTRY, f"{gone.item} is not let in"

    def _look(self, decision: RoutingDecision) -> None:
        agent_states = [self.dispatcher.agent_state(name) for name in self.agents]
        for name, call in self.here.items():
            assert (call.holder or None) == self.dispatcher.holder(name), name
        ringing = {
            (each.item, agent_state.agent.id)
            for agent_state in agent_states
            for each in agent_state.assignments
            if each.state is AssignmentState.OFFERED
        }
        assert ringing == {(name, call.offer.agent) for name, call in self.here.items() if call.offer is not None}
        waiting = [
            call for call in self.here.values() if not call.holder and call.offer is None and call.is_due(self.now)
        ]
        here = [each for each in agent_states if each.status is AgentStatus.AVAILABLE]
        free = [each.agent for each in here if each.room[0] >= 1]
        writing = [each.agent for each in here if self._writes(each)]
        deadline = self.dispatcher.next_deadline() if waiting else None
        for call in waiting:
            able = [agent.id for agent in ([*free, *writing] if call.is_live else free) if call.fits(agent)]
            beside = [name for name in able if not call.stands(name, self.now)]
            assert beside == [], f"{call.item.id} waits beside {beside}"
            for name in able:
                due = EIGHT.add(microseconds=call.declined[name])
                assert deadline is not None, f"no timer will offer {call.item.id} to {name}"
                assert deadline <= due, f"no timer will offer {call.item.id} to {name}"
        self._nobody_is_passed_over(decision, waiting)

    def _writes(self, agent_state: AgentState) -> bool:
        """Whether an agent has nothing in hand but an e-mail, which may be suspended."""
        assignments = agent_state.assignments
        return (
            len(assignments) == 1
            and assignments[0].state is AssignmentState.ACTIVE
            and not self.here[assignments[0].item].is_live
        )

    def _nobody_is_passed_over(self, decision: RoutingDecision, waiting: Iterable[Call]) -> None:
        made_now = decision.at + timedelta(seconds=RING_FOR)
        for offer in decision.offers:
            served = self.here[offer.item]
            if offer.until != made_now or served.is_given:
                continue
            for call in waiting:
                if not call.fits(self.agents[offer.agent]) or call.stands(offer.agent, self.now):
                    continue
                assert served.credited <= call.credited, f"{offer.item} overtakes {call.item.id}"
                if served.is_live:
                    overtaking = served.entered - call.entered
                    assert overtaking <= HEAD_START or not call.is_live
                    self.worst_overtaking = max(self.worst_overtaking, overtaking * call.is_live)
