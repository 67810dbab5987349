"""What callers meet with so many agents, and how many agents a target needs.

Theory of operation. `expect` asks the exact formulas of the queue and reads the service level from them by the very
definition that the measures count by (`ServiceLevel`), so that a plan and the report on the day that was planned speak
of the same share. `needed` looks for the least number of agents by doubling and halving: each of the targets gets
better with every agent more. A fractional number of agents, which `Need.exact` gives, is meant for adding up: whoever
staffs several queues adds their exact numbers and rounds once.
"""

from datetime import timedelta
from math import ceil, isfinite, sqrt
from typing import Final, Literal

import attrs

from ticontact.departments import Department
from ticontact.errors import ConfigurationError, Fault, Unreachable, Unstable
from ticontact.measures import ServiceLevel
from ticontact.plain import checked
from ticontact.staffing._demand import Demand
from ticontact.staffing._impatient_queue import Waits, waits
from ticontact.staffing._patience import Patience

__all__ = ["Expectation", "Need", "Target", "Traffic", "expect", "needed"]

Binding = Literal["service_level", "abandonment", "occupancy", "least"]
"""The part of a target, or the least number of people, that one agent fewer would not meet."""

_ZERO: Final = timedelta(0)
_PERCENT: Final = 100
_MOST_AGENTS: Final = 100_000
_FASTEST: Final = 100
"""Contacts a second: more than a country makes."""
_NEARLY_NOBODY: Final = 1e-9
_CLOSE: Final = 1e-9
_ENDLESS: Final = Patience.endless()


def _demand(calls: Demand | float) -> Demand:
    return calls if isinstance(calls, Demand) else Demand(calls)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Traffic:
    """The work that comes in.

    Attributes:
        calls: How many contacts are expected in an interval.
        per: The interval.
        handle: The mean handle time: talk, hold and wrap-up.
        announcement: How long callers hear an announcement before they join the queue, for service levels that count
            from when they reached the office.

    Raises:
        ConfigurationError: If the interval or the handle time is not positive, or it is more work than people can do.
    """

    calls: Demand = attrs.field(converter=_demand)
    per: timedelta
    handle: timedelta
    announcement: timedelta = _ZERO

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(f"traffic.{name}", f"{getattr(self, name)} was given", "a positive amount of time")
            for name in ("per", "handle")
            if getattr(self, name) <= _ZERO
        ]
        if not faults and (self.load > _MOST_AGENTS or self.rate > _FASTEST):
            given = f"a load of {self.load:g} erlangs and {self.rate:g} contacts a second were given"
            faults.append(Fault("traffic.calls", given, f"up to {_MOST_AGENTS:,} erlangs and {_FASTEST} a second"))
        if self.announcement < _ZERO:
            faults.append(Fault("traffic.announcement", f"{self.announcement} was given", "0 or more"))
        if faults:
            raise ConfigurationError(faults)

    @property
    def load(self) -> float:
        """The work in erlangs: how many agents it would keep busy all the time."""
        return self.calls.mean * (self.handle / self.per)

    @property
    def rate(self) -> float:
        """How many contacts come in a second."""
        return self.calls.mean / self.per.total_seconds()


@attrs.frozen(kw_only=True, field_transformer=checked)
class Target:
    """What an office promises. Shares are in percent, as office files have them.

    Attributes:
        level: How its service level is defined.
        percent: The service level itself, above 0.
        most_abandoned: The greatest share of callers who may give up; None if it does not matter.
        most_occupied: The greatest share of their time for which agents may be busy; None if it does not matter.

    Raises:
        ConfigurationError: If a percentage is out of range.
    """

    level: ServiceLevel
    percent: float
    most_abandoned: float | None = None
    most_occupied: float | None = None

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(f"target.{name}", f"{value} was given", "above 0 and up to 100")
            for name in ("percent", "most_occupied")
            if (value := getattr(self, name)) is not None and not 0 < value <= _PERCENT
        ]
        if self.most_abandoned is not None and not 0 <= self.most_abandoned <= _PERCENT:
            faults.append(Fault("target.most_abandoned", f"{self.most_abandoned} was given", "0 to 100"))
        if faults:
            raise ConfigurationError(faults)

    @classmethod
    def of(
        cls, department: Department, *, most_abandoned: float | None = None, most_occupied: float | None = None
    ) -> "Target":
        """The target that an office states of itself, in `[service_level]` of its file.

        Args:
            department: The office.
            most_abandoned: The greatest share of callers who may give up, in percent.
            most_occupied: The greatest share of their time for which agents may be busy, in percent.
        """
        return cls(
            level=ServiceLevel(within=department.service_level.within),
            percent=department.service_level.percent,
            most_abandoned=most_abandoned,
            most_occupied=most_occupied,
        )

    def missed(self, expectation: "Expectation") -> tuple[Binding, ...]:
        """The parts of the target that an expectation does not meet."""
        missed: list[Binding] = []
        if expectation.service_level * _PERCENT < self.percent:
            missed.append("service_level")
        if self.most_abandoned is not None and expectation.abandonment * _PERCENT > self.most_abandoned:
            missed.append("abandonment")
        if self.most_occupied is not None and expectation.occupancy * _PERCENT > self.most_occupied:
            missed.append("occupancy")
        return tuple(missed)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Expectation:
    """What callers meet in the long run. The names are those of the measures; shares lie between 0 and 1.

    Attributes:
        agents: With how many agents; a part of one is possible.
        load: For how much work, in erlangs.
        service_level: The share answered in time, by the definition that was given.
        abandonment: The share of all who joined the queue that gives up.
        occupancy: The share of their time for which agents are busy.
        waiting: The share of callers who find everybody busy.
        waits: The mean wait of all callers, whether they are answered or give up.
        speed_of_answer: The mean wait of the answered ones.
        in_line: How many wait, on average.
    """

    agents: float
    load: float
    service_level: float
    abandonment: float
    occupancy: float
    waiting: float
    waits: timedelta
    speed_of_answer: timedelta
    in_line: float


def expect(
    traffic: Traffic, *, agents: float, within: timedelta | ServiceLevel, patience: Patience = _ENDLESS
) -> Expectation:
    """What callers meet in the long run with so many agents.

    Arrivals are Poisson, handle times exponential, everybody is served in the order of arrival. The formulas are exact:
    Erlang C where nobody gives up, Erlang A for an exponential patience, and the M/M/n+G queue for patience in steps.

    Args:
        traffic: The work that comes in, at the mean of its demand.
        agents: How many agents there are; a part of one is allowed.
        within: The time of the service level, or its whole definition.
        patience: How long callers are willing to wait.

    Raises:
        Unstable: If more work comes in than the agents can do and those who are left never give up.
        ConfigurationError: If the number of agents is negative, or over 200,000.
    """
    if not 0 <= agents <= 2 * _MOST_AGENTS:
        raise ConfigurationError([Fault("agents", f"{agents} was given", f"0 to {2 * _MOST_AGENTS:,}")])
    level = within if isinstance(within, ServiceLevel) else ServiceLevel(within=within)
    announced = traffic.announcement if level.since == "offered" else _ZERO
    time = (level.within - announced).total_seconds()
    short = max((level.short - announced).total_seconds(), 0.0)
    if traffic.rate == 0:
        found = _NOTHING
    elif agents < _NEARLY_NOBODY:
        found = _nobody_there(traffic, patience, max(time, 0.0), short)
    else:
        found = waits(
            arrivals=traffic.rate,
            handle=traffic.handle.total_seconds(),
            agents=agents,
            curve=patience.curve,
            within=max(time, 0.0),
            short=short,
        )
    return Expectation(
        agents=agents,
        load=traffic.load,
        service_level=_service_level(found, level) if time >= 0 else 0.0,
        abandonment=found.abandoned,
        occupancy=found.occupancy,
        waiting=found.waiting,
        waits=timedelta(seconds=found.mean),
        speed_of_answer=timedelta(seconds=found.mean_answered),
        in_line=found.in_line,
    )


_NOTHING: Final = Waits(
    waiting=0.0,
    abandoned=0.0,
    mean=0.0,
    mean_answered=0.0,
    in_line=0.0,
    occupancy=0.0,
    answered_within=1.0,
    abandoned_within=0.0,
    abandoned_before=0.0,
)
"""What callers meet where there are none."""


def _nobody_there(traffic: Traffic, patience: Patience, within: float, short: float) -> Waits:
    """What callers meet where there is nobody: each waits as long as the patience lasts."""
    curve = patience.curve
    mean = curve.area()
    if not isfinite(mean):
        lasting = traffic.load * curve.shares[-1]
        raise Unstable(load=lasting, agents=0, least=int(lasting) + 1)
    return Waits(
        waiting=1.0,
        abandoned=1.0,
        mean=mean,
        mean_answered=0.0,
        in_line=traffic.rate * mean,
        occupancy=0.0,
        answered_within=0.0,
        abandoned_within=1 - curve.share(within),
        abandoned_before=1 - curve.share(short, just_before=True),
    )


def _service_level(found: Waits, level: ServiceLevel) -> float:
    """The share answered in time, as `measures.service_level` counts it."""
    in_time = max(0.0, found.abandoned_within - found.abandoned_before)
    good, counted = found.answered_within, 1 - found.abandoned_before
    if level.abandoned_in_time == "for":
        good += in_time
    elif level.abandoned_in_time == "left_out":
        counted -= in_time
    return min(1.0, good / counted) if counted > 0 else 0.0


@attrs.frozen(kw_only=True, field_transformer=checked)
class Need:
    """How many agents a target needs.

    Attributes:
        traffic: For which work.
        target: For which target.
        patience: For callers of which patience.
        agents: The least number.
        at: What to expect of it.
        one_less: What to expect of one agent fewer; None where the line would grow for ever.
        binding: What one agent fewer would not meet.
    """

    traffic: Traffic
    target: Target
    patience: Patience
    agents: int
    at: Expectation
    one_less: Expectation | None
    binding: tuple[Binding, ...]

    @property
    def exact(self) -> float:
        """The number of agents at which the target is just met, with a fraction, to be added to others'.

        It is at most `agents`, and more than one fewer unless the least number of people binds.
        """
        low, high = max(0.0, self.agents - 1.0), float(self.agents)
        if self.binding == ("least",):
            low = 0.0
        if self.traffic.rate == 0 or _meets(self.traffic, low, self.target, self.patience):
            return low
        while high - low > _CLOSE:
            middle = (low + high) / 2
            if _meets(self.traffic, middle, self.target, self.patience):
                high = middle
            else:
                low = middle
        return high


def _meets(traffic: Traffic, agents: float, target: Target, patience: Patience) -> bool:
    try:
        return not target.missed(expect(traffic, agents=agents, within=target.level, patience=patience))
    except Unstable:
        return False


def needed(traffic: Traffic, target: Target, *, patience: Patience = _ENDLESS, least: int = 0) -> Need:
    """How many agents a target needs.

    Args:
        traffic: The work that comes in.
        target: What is promised.
        patience: How long callers are willing to wait.
        least: How many people must be there in any case.

    Raises:
        Unreachable: If no number of agents reaches the target: 100 % within any time, say.
    """
    _check_reachable(traffic, target, patience)
    low, high = least - 1, max(least, ceil(traffic.load + sqrt(traffic.load)))
    step = 1
    while not _meets(traffic, high, target, patience):
        low, high, step = high, high + step, step * 2
        if high > _MOST_AGENTS:
            raise Unreachable(f"more than {_MOST_AGENTS:,} would be needed")
    step = 1
    while high - step > low and _meets(traffic, high - step, target, patience):
        high, step = high - step, step * 2
    low = max(low, high - step)
    while high - low > 1:
        middle = (low + high) // 2
        if _meets(traffic, middle, target, patience):
            high = middle
        else:
            low = middle
    return _need(traffic, target, patience, high)


def _need(traffic: Traffic, target: Target, patience: Patience, agents: int) -> Need:
    at = expect(traffic, agents=agents, within=target.level, patience=patience)
    one_less: Expectation | None = None
    binding: tuple[Binding, ...] = ()
    if agents > 0:
        try:
            one_less = expect(traffic, agents=agents - 1, within=target.level, patience=patience)
            binding = target.missed(one_less)
        except Unstable:
            binding = ("service_level",)
    return Need(
        traffic=traffic,
        target=target,
        patience=patience,
        agents=agents,
        at=at,
        one_less=one_less,
        binding=binding or ("least",),
    )


def _check_reachable(traffic: Traffic, target: Target, patience: Patience) -> None:
    """Refuse what even the greatest number of agents cannot reach."""
    if traffic.rate == 0:
        return
    seconds = target.level.within.total_seconds()
    if target.percent == _PERCENT:
        raise Unreachable(
            f"100 % within {seconds:g} s: by chance everybody may be busy once, however many there are",
            field="target.percent",
        )
    if target.level.since == "offered" and target.level.within < traffic.announcement:
        announced = traffic.announcement.total_seconds()
        raise Unreachable(
            f"the announcement takes {announced:g} s, and the time is {seconds:g} s", field="target.level"
        )
    if target.most_abandoned == 0 and patience != _ENDLESS:
        raise Unreachable("nobody may give up, but callers do", field="target.most_abandoned")
