"""Why does a piece of work still wait, and what would help?

Theory of operation. An eligibility says for each agent the first reason why not. Who may take the work at all is *fit*;
everybody else is not, whatever happens. So it waits because of the fit ones: they are busy, away, have declined, or
there are none at work. What helps is whatever would make one of them free, or make somebody fit: an agent's own doing,
time (the end of a reservation, the next step), or somebody who is not there yet.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import attrs

from ticontact._time import microseconds
from ticontact.i18n import Text
from ticontact.i18n._texts import waiting as texts
from ticontact.plain import checked
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._agents.assignment import AssignmentState
from ticontact.routing._decision.remedy import AgentMoves, Remedy
from ticontact.routing._matching.current_requirement import CurrentRequirement, NextRelaxation
from ticontact.routing._matching.eligibility import unfit
from ticontact.routing._requirements.condition import AllOf, AnyOf, Condition
from ticontact.routing._requirements.eligibility_reason import IneligibleReason

__all__ = ["WaitingExplanation", "WaitingReason", "waits"]


class WaitingReason(enum.Enum):
    """Why a piece of work waits."""

    NOT_YET = "not_yet"
    """It is not to be offered before its time."""
    ON_OFFER = "on_offer"
    """It is on offer, and nobody has taken it yet."""
    KEPT = "kept"
    """It is kept for an agent who is not free."""
    HELD_BACK = "held_back"
    """A rule that must not be passed over has failed; it is tried again."""
    NOBODY = "nobody"
    """Nobody signed in may take it."""
    DECLINED = "declined"
    """Those present who may take it have declined it."""
    AWAY = "away"
    """Those who may take it are signed in, and take no work just now."""
    BUSY = "busy"
    """Those who may take it have their hands full."""


@attrs.frozen(field_transformer=checked)
class WaitingExplanation:
    """Why a piece of work still waits, and what would help.

    Attributes:
        because: Why.
        remedies: What would help, what time does by itself first.
    """

    because: WaitingReason
    remedies: tuple[Remedy, ...] = ()

    @property
    def text(self) -> Text:
        """Why, as a clause in five languages; it names nobody."""
        return texts.WAITS[self.because.value]


_MOVES: Mapping[IneligibleReason, AgentMoves] = {
    IneligibleReason.ASKED: "accepts",
    IneligibleReason.BUSY: "comes_free",
    IneligibleReason.IN_WRAP_UP: "comes_free",
    IneligibleReason.BEING_OFFERED: "comes_free",
    IneligibleReason.NOT_PRESENT: "comes_back",
    IneligibleReason.NOT_RESPONDING: "comes_back",
}


def waits(
    current: CurrentRequirement, agent_states: Sequence[AgentState], whys: Sequence[IneligibleReason], *, at: int
) -> WaitingExplanation | None:
    """Why a piece of work waits; None if it does not, because somebody gets it or has it.

    Args:
        current: What it asks.
        agent_states: Where the agents stand.
        whys: For each of them the first reason why not.
        at: The present instant, in microseconds since the epoch.
    """
    if not {IneligibleReason.CHOSEN, IneligibleReason.CHOSEN_ON_WISH, IneligibleReason.HAS_IT}.isdisjoint(whys):
        return None
    remedies: list[Remedy] = [
        *(
            _in_time(each, current, agent_states, at)
            for each in current.coming
            if _changes(each, current, agent_states)
        ),
        *_by_agents(agent_states, whys, at),
        *_by_skill(current, agent_states),
    ]
    return WaitingExplanation(_because(current, agent_states, whys), tuple(remedies))


def _because(
    current: CurrentRequirement, agent_states: Sequence[AgentState], whys: Sequence[IneligibleReason]
) -> WaitingReason:
    if any(each.is_beginning for each in current.coming):
        return WaitingReason.NOT_YET
    if current.held_by and IneligibleReason.ASKED not in whys:
        return WaitingReason.HELD_BACK
    if IneligibleReason.ASKED in whys:
        return WaitingReason.ON_OFFER
    if current.kept_for:
        return WaitingReason.KEPT
    here = {why for agent_state, why in zip(agent_states, whys, strict=True) if agent_state.status.is_signed_in}
    for because, signs in _SIGNS:
        if not signs.isdisjoint(here):
            return because
    return WaitingReason.NOBODY


_SIGNS = (
    (
        WaitingReason.BUSY,
        frozenset(
            {
                IneligibleReason.BUSY,
                IneligibleReason.IN_WRAP_UP,
                IneligibleReason.BEING_OFFERED,
                IneligibleReason.ASKED_BEFORE,
                IneligibleReason.NOT_FIRST,
            }
        ),
    ),
    (WaitingReason.DECLINED, frozenset({IneligibleReason.DECLINED})),
    (WaitingReason.AWAY, frozenset({IneligibleReason.NOT_PRESENT, IneligibleReason.NOT_RESPONDING})),
)


def _changes(coming: NextRelaxation, current: CurrentRequirement, agent_states: Iterable[AgentState]) -> bool:
    """Whether what comes can help: a step that narrows does only where it lets somebody in."""
    if coming.again:  # who is not there is asked anew when coming back, whatever was declined before
        return any(each.agent.id == coming.again and each.status is AgentStatus.AVAILABLE for each in agent_states)
    return coming.step is None or not coming.step.narrowing or bool(_admitted(coming, current, agent_states))


def _in_time(
    coming: NextRelaxation, current: CurrentRequirement, agent_states: Iterable[AgentState], at: int
) -> Remedy:
    within = timedelta(microseconds=coming.at - at)
    if coming.step is not None:
        return Remedy("step", within=within, asks=coming.step.to, agents=_admitted(coming, current, agent_states))
    if coming.again:
        return Remedy("decline_ends", within=within, agents=(coming.again,))
    if coming.is_hold:
        return Remedy("reservation_ends", within=within, agents=(current.kept_for,))
    return Remedy("begins", within=within)


def _admitted(
    coming: NextRelaxation, current: CurrentRequirement, agent_states: Iterable[AgentState]
) -> tuple[str, ...]:
    """Who of those signed in may take it only from then on."""
    then = attrs.evolve(current, condition=coming.condition, kept_for="")
    return tuple(
        sorted(
            agent_state.agent.id
            for agent_state in agent_states
            if agent_state.status.is_signed_in
            and current.condition.lacks(agent_state.agent.profile) is not None
            and unfit(then, agent_state) is None
        )
    )


def _by_agents(agent_states: Sequence[AgentState], whys: Sequence[IneligibleReason], at: int) -> Iterator[Remedy]:
    """What the agents who may take it can do, one remedy for each kind of doing."""
    doing: dict[AgentMoves, list[AgentState]] = {"accepts": [], "comes_free": [], "comes_back": [], "signs_in": []}
    for agent_state, why in zip(agent_states, whys, strict=True):
        if why in _MOVES:
            is_offline = agent_state.status is AgentStatus.OFFLINE
            doing["signs_in" if is_offline else _MOVES[why]].append(agent_state)
    for move, people in doing.items():
        if people:
            soonest = min((due for each in people if (due := _wrap_up_ends(each)) is not None), default=None)
            within = timedelta(microseconds=soonest - at) if soonest is not None and move == "comes_free" else None
            yield Remedy(move, agents=tuple(sorted(each.agent.id for each in people)), within=within)


def _wrap_up_ends(agent_state: AgentState) -> int | None:
    """When a wrap-up ends by itself; None if there is none, or its agent ends it."""
    wrap_up = agent_state.agent.wrap_up
    since = [assignment.since for assignment in agent_state.assignments if assignment.state is AssignmentState.WRAP_UP]
    if not since or wrap_up.mode == "manual":
        return None
    return min(since) + microseconds(wrap_up.length)


def _by_skill(current: CurrentRequirement, agent_states: Sequence[AgentState]) -> Iterator[Remedy]:
    """What nobody signed in has; nothing if somebody has all that is asked, or nobody ever can."""
    signed_in = [agent_state for agent_state in agent_states if agent_state.status.is_signed_in]
    asked = current.condition
    if asked == AnyOf() or any(asked.lacks(agent_state.agent.profile) is None for agent_state in signed_in):
        return
    parts: tuple[Condition, ...] = asked.parts if isinstance(asked, AllOf) else ()
    missing = (part for part in parts if all(part.lacks(each.agent.profile) is not None for each in signed_in))
    yield Remedy("somebody_with", asks=next(missing, asked))
