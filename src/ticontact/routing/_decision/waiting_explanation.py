"""Why does a piece of work still wait, and what would help?

Theory of operation. The verdicts say for each agent the first reason why not. Who may take the work at all is *fit*;
everybody else is not, whatever happens. So it waits because of the fit ones: they are busy, away, have declined, or
there are none at work. What helps is whatever would make one of them free, or make somebody fit: an agent's own doing,
time (the end of a hold, the next step), or somebody who is not there yet.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import attrs

from ticontact.i18n import Text
from ticontact.i18n._texts import waiting as texts
from ticontact.routing._agents.agent_state import Presence, Standing
from ticontact.routing._agents.assignment import Phase
from ticontact.routing._decision.remedy import AgentHelp, AgentMoves, Help, SkillHelp, TimeHelp
from ticontact.routing._matching.current_requirement import CurrentRequirement, NextRelaxation
from ticontact.routing._matching.eligibility import unfit
from ticontact.routing._requirements.condition import AllOf, AnyOf, Condition
from ticontact.routing._requirements.reason import Why

__all__ = ["Waits", "WaitsBecause", "waits"]


class WaitsBecause(enum.Enum):
    """Why a piece of work waits."""

    NOT_YET = "not_yet"
    """It is not to be offered before its time."""
    ON_OFFER = "on_offer"
    """It is on offer, and nobody has taken it yet."""
    KEPT = "kept"
    """It is kept for an agent who is not free."""
    NOBODY = "nobody"
    """Nobody signed in may take it."""
    DECLINED = "declined"
    """Those present who may take it have declined it."""
    AWAY = "away"
    """Those who may take it are signed in, and take no work just now."""
    BUSY = "busy"
    """Those who may take it have their hands full."""


@attrs.frozen
class Waits:
    """Why a piece of work still waits, and what would help.

    Attributes:
        because: Why.
        helps: What would help, what time does by itself first.
    """

    because: WaitsBecause
    helps: tuple[Help, ...] = ()

    @property
    def text(self) -> Text:
        """Why, as a clause in five languages; it names nobody."""
        return texts.WAITS[self.because.value]


_MOVES: Mapping[Why, AgentMoves] = {
    Why.ASKED: "accepts",
    Why.BUSY: "comes_free",
    Why.IN_WRAP_UP: "comes_free",
    Why.BEING_OFFERED: "comes_free",
    Why.NOT_PRESENT: "comes_back",
    Why.NOT_RESPONDING: "comes_back",
}


def waits(current: CurrentRequirement, standings: Sequence[Standing], whys: Sequence[Why], *, at: int) -> Waits | None:
    """Why a piece of work waits; None if it does not, because somebody gets it or has it.

    Args:
        current: What it asks.
        standings: Where the agents stand.
        whys: For each of them the first reason why not.
        at: The present instant, in microseconds since the epoch.
    """
    if not {Why.CHOSEN, Why.CHOSEN_ON_WISH, Why.HAS_IT}.isdisjoint(whys):
        return None
    helps: list[Help] = [
        *(_in_time(each, current, standings, at) for each in current.coming if _changes(each, current, standings)),
        *_by_agents(standings, whys, at),
        *_by_skill(current, standings),
    ]
    return Waits(_because(current, standings, whys), tuple(helps))


def _because(current: CurrentRequirement, standings: Sequence[Standing], whys: Sequence[Why]) -> WaitsBecause:
    if any(each.step is None and not each.is_hold for each in current.coming):
        return WaitsBecause.NOT_YET
    if Why.ASKED in whys:
        return WaitsBecause.ON_OFFER
    if current.kept_for:
        return WaitsBecause.KEPT
    here = {why for standing, why in zip(standings, whys, strict=True) if standing.presence.is_signed_in}
    for because, signs in _SIGNS:
        if not signs.isdisjoint(here):
            return because
    return WaitsBecause.NOBODY


_SIGNS = (
    (WaitsBecause.BUSY, frozenset({Why.BUSY, Why.IN_WRAP_UP, Why.BEING_OFFERED, Why.NOT_FIRST})),
    (WaitsBecause.DECLINED, frozenset({Why.DECLINED})),
    (WaitsBecause.AWAY, frozenset({Why.NOT_PRESENT, Why.NOT_RESPONDING})),
)


def _changes(coming: NextRelaxation, current: CurrentRequirement, standings: Iterable[Standing]) -> bool:
    """Whether what comes can help: a step that narrows does only where it lets somebody in."""
    return coming.step is None or not coming.step.narrowing or bool(_admitted(coming, current, standings))


def _in_time(coming: NextRelaxation, current: CurrentRequirement, standings: Iterable[Standing], at: int) -> TimeHelp:
    within = timedelta(microseconds=coming.at - at)
    if coming.step is not None:
        return TimeHelp("step", within, coming.step.to, _admitted(coming, current, standings))
    if coming.is_hold:
        return TimeHelp("hold_ends", within, None, (current.kept_for,))
    return TimeHelp("begins", within)


def _admitted(coming: NextRelaxation, current: CurrentRequirement, standings: Iterable[Standing]) -> tuple[str, ...]:
    """Who of those signed in may take it only from then on."""
    then = attrs.evolve(current, condition=coming.condition, kept_for="")
    return tuple(
        sorted(
            standing.agent.id
            for standing in standings
            if standing.presence.is_signed_in
            and current.condition.lacks(standing.agent.profile) is not None
            and unfit(then, standing) is None
        )
    )


def _by_agents(standings: Sequence[Standing], whys: Sequence[Why], at: int) -> Iterator[AgentHelp]:
    """What the agents who may take it can do, one help for each kind of doing."""
    doing: dict[AgentMoves, list[Standing]] = {"accepts": [], "comes_free": [], "comes_back": [], "signs_in": []}
    for standing, why in zip(standings, whys, strict=True):
        if why in _MOVES:
            is_offline = standing.presence is Presence.OFFLINE
            doing["signs_in" if is_offline else _MOVES[why]].append(standing)
    for move, people in doing.items():
        if people:
            soonest = min((due for each in people if (due := _wrap_up_ends(each)) is not None), default=None)
            within = timedelta(microseconds=soonest - at) if soonest is not None and move == "comes_free" else None
            yield AgentHelp(move, tuple(sorted(each.agent.id for each in people)), within)


def _wrap_up_ends(standing: Standing) -> int | None:
    """When a wrap-up ends by itself; None if there is none, or its agent ends it."""
    wrap_up = standing.agent.wrap_up
    since = [holding.since for holding in standing.holdings if holding.phase is Phase.WRAP_UP]
    if not since or wrap_up.mode == "manual":
        return None
    return min(since) + wrap_up.length // timedelta(microseconds=1)


def _by_skill(current: CurrentRequirement, standings: Sequence[Standing]) -> Iterator[SkillHelp]:
    """What nobody signed in has; nothing if somebody has all that is asked, or nobody ever can."""
    signed_in = [standing for standing in standings if standing.presence.is_signed_in]
    asked = current.condition
    if asked == AnyOf() or any(asked.lacks(standing.agent.profile) is None for standing in signed_in):
        return
    parts: tuple[Condition, ...] = asked.parts if isinstance(asked, AllOf) else ()
    missing = (part for part in parts if all(part.lacks(each.agent.profile) is not None for each in signed_in))
    yield SkillHelp(next(missing, asked))
