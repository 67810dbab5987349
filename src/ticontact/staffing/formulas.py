"""The formulas of waiting lines, on plain numbers: loads in erlangs, times in mean handle times.

`expect` and `needed` of `ticontact.staffing` use them with amounts of time, patience and targets. They stand here for
who wants to check a figure, or must size telephone lines.
"""

from collections.abc import Iterable, Sequence
from math import ceil, exp, fsum, isnan, pi, sqrt
from typing import Final

import attrs

from ticontact.errors import ConfigurationError, Fault, Unreachable, Unstable
from ticontact.plain import checked
from ticontact.staffing._distributions import halved, log_of_count, normal_cdf, upper_gamma_fraction
from ticontact.staffing._impatient_queue import inverse_blocking

__all__ = [
    "LimitedLine",
    "delay_limit",
    "erlang_b",
    "erlang_c",
    "limited_line",
    "lines_needed",
    "load_carried",
    "square_root_agents",
    "waits_by_priority",
]

_MOST_PLACES: Final = 100_000
_FAR, _SAFE = 5.0, 38.0
"""Standard deviations: from where on both tails are nearly nothing, and where they are nothing."""
_MOST: Final = 10_000_000
"""Erlangs or agents: what is counted one by one ends."""


def _checked(*, load: float, agents: float) -> None:
    faults = [
        Fault(name, f"{value} was given", f"0 to {_MOST:,}")
        for name, value in (("load", load), ("agents", agents))
        if not 0 <= value <= _MOST
    ]
    if faults:
        raise ConfigurationError(faults)


def erlang_b(load: float, agents: float) -> float:
    """The share of calls that find everybody busy where nobody waits (A. K. Erlang, 1917).

    Args:
        load: In erlangs.
        agents: Their number, or that of telephone lines; a part of one is allowed.

    Raises:
        ConfigurationError: If one of them is negative, or over ten million.

    >>> round(erlang_b(10, 18), 4)
    0.0071
    """
    _checked(load=load, agents=agents)
    if load == 0:
        return 0.0 if agents else 1.0
    return 1 / inverse_blocking(load, agents)


def erlang_c(load: float, agents: float) -> float:
    """The share of calls that must wait where nobody gives up (A. K. Erlang, 1917).

    Args:
        load: In erlangs.
        agents: More than the load; a part of one is allowed.

    Raises:
        Unstable: If there are not more agents than load.
        ConfigurationError: If one of them is negative, or over ten million.
    """
    _checked(load=load, agents=agents)
    if agents <= load:
        raise Unstable(load=load, agents=agents, least=int(load) + 1)
    busy = erlang_b(load, agents)
    return agents * busy / (agents - load * (1 - busy))


def lines_needed(load: float, *, most_blocked: float) -> int:
    """How many telephone lines keep the share of calls that find all of them busy small enough (Erlang B).

    Raises:
        Unreachable: If the share is not above 0.
        ConfigurationError: If the load is negative, or over ten million.
    """
    _checked(load=load, agents=0)
    if not most_blocked > 0:
        raise Unreachable("by chance all lines may be busy once, however many there are", field="most_blocked")
    lines, inverse = 0, 1.0
    while load and inverse * most_blocked < 1:
        lines += 1
        inverse = 1 + lines / load * inverse
    return lines


def load_carried(lines: int, *, most_blocked: float) -> float:
    """The greatest load for which so many lines are enough (Erlang B turned round).

    Raises:
        ConfigurationError: If the share is not between 0 and 1, or there is no line.
    """
    if not 0 < most_blocked < 1 or lines < 1:
        raise ConfigurationError(
            [Fault("most_blocked", f"{most_blocked}, {lines} lines", "0 to 1, and a line or more")]
        )
    most = lines / (1 - most_blocked)  # what is carried, load * (1 - B), is less than the lines
    return halved(lambda load: erlang_b(load, lines), most_blocked, 0.0, most)


def square_root_agents(load: float, *, beta: float) -> int:
    """The rule of thumb for how many agents: the load, and a safety that grows with its square root.

    Source: S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers", Operations Research
    29 (1981). The exact formulas cost no more; this is for checking an order of size.

    Raises:
        ConfigurationError: If the load is negative, or over ten million, or the safety is beyond that.
    """
    _checked(load=load, agents=0)
    if not abs(beta) <= _MOST:
        raise ConfigurationError([Fault("beta", f"{beta} was given", f"-{_MOST:,} to {_MOST:,}")])
    return max(0, ceil(load + beta * sqrt(load)))


def delay_limit(beta: float, *, impatience: float = 0.0) -> float:
    """The share of calls that wait under the square-root rule, in a centre that grows beyond all bounds.

    Args:
        beta: The safety in units of the square root of the load; above 0 where nobody gives up.
        impatience: The mean handle time over the mean patience; 0 where nobody gives up.

    Source: Halfin and Whitt (1981); with patience O. Garnett, A. Mandelbaum and M. Reiman, "Designing a call center
    with impatient customers", M&SOM 4 (2002).

    Raises:
        ConfigurationError: If nobody gives up and there is no safety, or the impatience is negative.
    """
    if not impatience >= 0 or isnan(beta) or (impatience == 0 and beta <= 0):
        given = f"a safety of {beta:g} and an impatience of {impatience:g} were given"
        raise ConfigurationError([Fault("beta", given, "above 0 where nobody gives up, and no negative impatience")])
    if beta > _SAFE:
        return 0.0
    if impatience == 0:
        return 1 / (1 + beta * normal_cdf(beta) / _density(beta))
    stretched = beta / sqrt(impatience)
    return 1 / (1 + sqrt(impatience) * _hazard(stretched) / _hazard(-beta))


def _density(x: float) -> float:
    return exp(-x * x / 2) / sqrt(2 * pi)


def _hazard(x: float) -> float:
    """The density of a standard normal distribution over what lies above, also where both are nothing."""
    if x > _FAR:
        return 2 / (x * upper_gamma_fraction(1 / 2, x * x / 2))
    return _density(x) / normal_cdf(-x)


@attrs.frozen(kw_only=True, field_transformer=checked)
class LimitedLine:
    """What callers meet where only so many find room. Times are in mean handle times, shares between 0 and 1.

    Attributes:
        blocked: The share of all callers who hear the busy tone.
        waiting: The share of the admitted who wait.
        waits: The mean wait of the admitted.
        in_line: How many wait, on average.
        occupancy: The share of their time for which agents are busy.
        later: For each time that was asked for, the share of the admitted who wait longer.
    """

    blocked: float
    waiting: float
    waits: float
    in_line: float
    occupancy: float
    later: tuple[float, ...]


def limited_line(load: float, *, agents: int, places: int, times: Iterable[float] = ()) -> LimitedLine:
    """What callers meet where there are only so many places, agents and line together, and nobody gives up (M/M/n/K).

    Args:
        load: In erlangs, above 0; it may exceed the agents.
        agents: How many there are.
        places: How many callers find room, in service or in line.
        times: The waits whose exceeding is asked for, in mean handle times.

    Raises:
        ConfigurationError: If there are fewer places than agents, or over 100,000, or no agent, or no load, or a time
            is negative or over ten million.
    """
    asked = tuple(times)
    if not (1 <= agents <= places <= _MOST_PLACES and 0 < load <= _MOST):
        given = f"load {load}, {agents} agents, {places} places"
        raise ConfigurationError([Fault("places", f"{given} were given", "a load, an agent, and a place for each")])
    if not all(0 <= time <= _MOST for time in asked):
        raise ConfigurationError([Fault("times", f"{[*asked]} were given", f"0 to {_MOST:,} each")])
    # Weights of the states in units of the weightiest end of the line, so that a long one does not overflow.
    ratio = load / agents
    line = [1.0]
    for _ in range(places - agents):
        line.append(line[-1] * min(ratio, 1 / ratio))
    if ratio > 1:
        line.reverse()
    below, weight = 0.0, line[0]
    for busy in range(agents, 0, -1):
        weight *= busy / load
        below += weight
    taken = below + fsum(line[:-1])
    total = taken + line[-1]
    blocked, admitted = line[-1] / total, taken / total
    in_line = fsum(number * each for number, each in enumerate(line)) / total
    waiting = [each / taken for each in line[:-1]]
    return LimitedLine(
        blocked=blocked,
        waiting=fsum(waiting),
        waits=in_line / (load * admitted),
        in_line=in_line,
        occupancy=load * admitted / agents,
        later=tuple(fsum(_later(waiting, agents * time)) for time in asked),
    )


def _later(waiting: Sequence[float], served: float) -> Iterable[float]:
    """For each place in line the share that still waits when so many services would be over on average (Poisson)."""
    at_most = 0.0
    for ahead, share in enumerate(waiting):
        # Each term by its logarithm: where many are served, the first ones are nothing, and the later ones are not.
        at_most += exp(log_of_count(ahead, served, 0.0)) if served else ahead == 0
        yield share * min(1.0, at_most)


def waits_by_priority(loads: Sequence[float], *, agents: int) -> tuple[float, ...]:
    """The mean waits of several priorities of which each goes strictly before the next, in mean handle times.

    Nobody gives up, services are not interrupted, and all have the same mean handle time. It shows what strict priority
    does to the last in line; the dispatcher's head start does not starve them.

    Args:
        loads: The load of each priority in erlangs, the first to be served first.
        agents: How many there are.

    Source: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954); O. Kella and U.
    Yechiali, "Waiting times in the non-preemptive priority M/M/c queue" (1985).

    Raises:
        Unstable: If there are not more agents than load.
        ConfigurationError: If a load is negative.
    """
    _checked(load=min(loads, default=0.0), agents=agents)
    waiting = erlang_c(fsum(loads), agents)
    before, told = 0.0, []
    for load in loads:
        after = before + load / agents
        told.append(waiting / agents / ((1 - before) * (1 - after)))
        before = after
    return tuple(told)
