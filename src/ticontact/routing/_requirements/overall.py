"""Words that reach over the whole of what is asked of an agent, whoever asks it: `veto`, `weighted` and `widen`."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._requirements.condition import Clock, Condition, HasSkill
from ticontact.routing._requirements.requirement import (
    Preference,
    Requirement,
    any_agent,
    checked_ids,
    checked_step,
    missing,
)
from ticontact.routing._requirements.skill import checked_level

__all__ = ["veto", "weighted", "widen"]


def veto(agents: Iterable[str] = (), *, skill: str = "", level: int = 1, who: Requirement | None = None) -> Requirement:
    """Never these agents, nor whoever has a skill, nor whoever meets a condition: nothing brings them back.

    A veto holds whatever it is joined to. In `a & b` and in `a | b` the vetoes of both hold for the whole: an
    alternative does not get round them, neither does a step of `relax` or `widen`, nor a preference, nor a reservation.
    It has no steps of its own and cannot stand in one.

    Args:
        agents: The ids of agents.
        skill: A skill that shuts out; none if empty.
        level: From which level it does.
        who: Whoever meets this is shut out; conditions alone.

    Raises:
        ConfigurationError: If nobody is named, everybody is, one text stands for the agents, the level is no whole
            number from 1 to 10, or `who` is more than conditions.

    >>> from ticontact.routing import require
    >>> trainees = veto(skill="trainee")
    >>> (require("asylum") & trainees) | require("family") == (require("asylum") | require("family")) & trainees
    True
    """
    ids = checked_ids(agents, path="veto.agents")
    vetoes: list[Condition] = [HasSkill(skill, checked_level(level))] if skill else []
    vetoes += [who.alone("veto.who")] if who is not None else []
    if not ids and not vetoes:
        raise missing("veto", "agent, skill or condition")
    if any_agent.asked in vetoes:
        raise ConfigurationError([Fault("veto.who", "everybody was given", "a condition that somebody fails")])
    return Requirement(never=ids, vetoed=ids, vetoes=tuple(vetoes))


def weighted(weights: Mapping[Requirement, int]) -> Requirement:
    """Everybody will do, but whoever meets more of this is asked first: the highest sum of weights.

    The sum over all conditions that an agent meets decides after the agents and conditions of `prefer`, and before the
    strategy, which orders those of equal sum. Weights of requirements that are joined add up in one sum; a condition
    that both name counts once, with the larger weight. The sum depends on what an agent can do and on nothing else.

    Args:
        weights: What meeting a condition is worth, by the condition.

    Raises:
        ConfigurationError: If there is no condition, a weight is no whole number from 1, or a key is more than
            conditions.

    >>> from ticontact.routing import at_site, require, require_language
    >>> best = weighted({require("permits", level=3): 5, require_language("de"): 2, at_site("Lugano"): 1})
    """
    if not weights:
        raise missing("weighted", "condition")
    faults = [
        Fault("weighted", f"the weight {weight!r} was given", "a whole number, 1 or more")
        for weight in weights.values()
        if type(weight) is not int or weight < 1
    ]
    if faults:
        raise ConfigurationError(faults)
    whole = any_agent
    for wish, weight in weights.items():
        whole &= Requirement(preferences=(Preference(condition=wish.alone("weighted"), weight=weight),))
    return whole


def widen(*, after: timedelta, to: Requirement, clock: Clock = "elapsed", or_if_absent: bool = False) -> Requirement:
    """Everybody will do; and after some waiting, whoever meets `to` may take the work, whatever else is asked.

    `Requirement.relax` widens one wish and leaves what other rules ask in force. This widens the whole: the wish of the
    work itself and of every rule it is joined to with `&`, or with `|`. So `to` says all that is still needed then.
    Excluded and vetoed agents stay out.

    Args:
        after: The waiting time since entering the queue.
        to: What will do from then on.
        clock: `elapsed` time, or `open` time of the queue's calendar.
        or_if_absent: Whether the step need not wait for people who are not there; see `Requirement.relax`.

    Raises:
        ConfigurationError: If the time is not positive, there is no such clock, or `to` excludes agents by id or has a
            veto.
    """
    step = checked_step(after, to, clock, or_if_absent=or_if_absent)
    return Requirement(preferences=to.preferences, widenings=(step,))
