"""How long will somebody wait? An estimate names its method, and is nothing finer than its data.

Theory of operation. There are two methods, and both are pure functions of numbers.

By stages: while all who may take the work are busy, the line moves each time one of them becomes free. With `agents` of
them and handle times that are exponential with mean `handle_time`, the time from one such moment to the next is
exponential with mean `handle_time / agents`, so whoever is at position `p` waits for `p` such stages, one after the
other: an Erlang (gamma) distribution (A. K. Erlang, 1917). Its probabilities are a sum of `p` Poisson terms. Nobody
knows the true mean. If it was taken from `m` observed contacts, the wait divided by what was observed is a ratio of
two gammas whose distribution depends on `p` and `m` alone (a beta prime distribution, `p / m` times Fisher's F with
`2p` and `2m` degrees of freedom), and its probabilities are a sum of `m` binomial terms. A promise for nine in ten made
from few observations is therefore longer than one made from many, and holds for nine in ten all the same.

By recent waits: no formula of the line is asked. If waits are alike, of `n` recent ones a further one is no longer than
the `k`-th smallest with probability `k / (n + 1)` (order statistics), whatever their distribution. A share that so few
waits cannot promise has no quantile.

All amounts that come out are whole seconds, rounded up.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import exp, fsum, lgamma, log, log1p
from typing import Final, Literal

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.i18n._texts import measures as texts
from ticontact.plain import checked

__all__ = ["Position", "WaitEstimate", "position_in_line"]


@attrs.frozen(field_transformer=checked)
class Position:
    """A place in line.

    Attributes:
        number: The place; 1 is next.
        total: How many stand in the line.
        method: By which method it was found: as everything stands, whoever may come later.
    """

    number: int
    total: int
    method: Literal["order_of_service"] = "order_of_service"

    @property
    def text(self) -> Text:
        """The place in words."""
        return texts.POSITION.fill({"number": self.number, "total": self.total})

    @property
    def how(self) -> Text:
        """The method in words."""
        return texts.POSITION_METHOD


def position_in_line(item: str, waiting: Sequence[str]) -> Position | None:
    """The place of a piece of work in its line.

    Args:
        item: Its id.
        waiting: The ids of what waits in the order in which it is served, as `Dispatcher.waiting` gives it for a queue.

    Returns:
        The place; None if it does not wait there.
    """
    return Position(waiting.index(item) + 1, len(waiting)) if item in waiting else None


_Method = Literal["stages", "observed_stages", "recent_waits"]
"""Exponential stages of a given mean; the same with the mean as observed; the recent waits of others."""

_SECOND: Final = timedelta(seconds=1)
_STEPS: Final = ((10, 1), (60, 5))  # up to how many minutes, and in steps of how many
_FAR: Final = 2**40
"""More seconds than anybody waits; a quantile beyond is none."""

_HALF, _NINE_IN_TEN = 0.5, 0.9


class WaitEstimate(ABC):
    """How long somebody will wait, by a method that is named.

    Attributes:
        position: The place in line; 0 for who is served at once.
    """

    position: int

    @staticmethod
    def by_stages(
        *, position: int, agents: int, handle_time: timedelta | None, observed: int | None = None, free: int = 0
    ) -> "WaitEstimate | None":
        """The wait of who is at a position, from the time that agents need for one contact.

        It takes no account of people who give up, and counts every agent as serving this line alone.

        Args:
            position: The place in line; 1 is next.
            agents: How many at work may take what stands in this line, busy or free.
            handle_time: How long they need for one contact, wrap-up included, on average; None if that is not known.
            observed: From how many contacts the average was taken; None if it is given as known, by a forecast say.
            free: How many of the agents are free now.

        Returns:
            The estimate; None if nobody is at work or nothing is known of the handle time.

        Raises:
            ConfigurationError: If a number is too small, or more agents are free than there are.
        """
        _check_least(position=(position, 1), agents=(agents, 0), observed=(observed or 0, 0), free=(free, 0))
        if free > agents:
            raise ConfigurationError([Fault("free", f"{free} was given", f"at most {agents}, the number of agents")])
        if handle_time is None or handle_time <= timedelta(0) or agents == 0 or observed == 0:
            return None
        stages = max(0, position - free)
        return _ErlangEstimate(position=stages, scale=handle_time * (observed or 1) / agents, observed=observed)

    @staticmethod
    def by_completions(*, position: int, completions: int, during: timedelta) -> "WaitEstimate | None":
        """The wait of who is at a position, from how fast the line has moved: whatever the agents do besides is in it.

        Args:
            position: The place in line; 1 is next.
            completions: How often an agent took the next one lately, with somebody in line all the time.
            during: In how much time, up to the last of them.

        Returns:
            The estimate; None if nobody was taken.

        Raises:
            ConfigurationError: If a number is too small.
        """
        _check_least(position=(position, 1), completions=(completions, 0))
        if completions == 0 or during <= timedelta(0):
            return None
        return _ErlangEstimate(position=position, scale=during, observed=completions)

    @staticmethod
    def by_recent_waits(
        *, position: int, recent: Iterable[tuple[int, timedelta]], near: int = 0
    ) -> "WaitEstimate | None":
        """The wait of who is at a position, from what others waited who joined at a like position.

        Args:
            position: The place in line; 1 is next.
            recent: For each of the others the position at joining and how long the wait for the answer was. Whoever
                gave up is not among them: the wait that it would have been is not known.
            near: By how much their position may differ.

        Returns:
            The estimate; None if none of them was at a like position.

        Raises:
            ConfigurationError: If a number is too small.
        """
        _check_least(position=(position, 1), near=(near, 0))
        waits = tuple(wait for place, wait in recent if abs(place - position) <= near)
        return _RecentWaits(position=position, waits=waits) if waits else None

    @property
    @abstractmethod
    def method(self) -> _Method:
        """By which method."""

    @property
    @abstractmethod
    def observed(self) -> int | None:
        """On how many observations it rests; None if its mean was given as known."""

    @property
    @abstractmethod
    def mean(self) -> timedelta | None:
        """The mean wait, in whole seconds rounded up; None if too little is known."""

    @abstractmethod
    def chance(self, within: timedelta) -> float:
        """The probability that the wait is over within a time."""

    def quantile(self, share: float) -> timedelta | None:
        """The shortest wait, in whole seconds, that is long enough for a share of people.

        Args:
            share: Above 0 and below 1.

        Returns:
            The wait; None if what is known cannot promise anything to so many.

        Raises:
            ConfigurationError: If the share is not above 0 and below 1.
        """
        if not 0 < share < 1:
            raise ConfigurationError([Fault("share", f"{share} was given", "above 0 and below 1")])
        low, high = -1, 1  # too short, and perhaps long enough, in seconds
        while self.chance(high * _SECOND) < share:
            low, high = high, 2 * high
            if high > _FAR:
                return None
        while high - low > 1:
            middle = (low + high) // 2
            if self.chance(middle * _SECOND) < share:
                low = middle
            else:
                high = middle
        return high * _SECOND

    def exceeds(self, left: timedelta, *, share: float = _NINE_IN_TEN) -> bool:
        """Whether a share of people would not be served in the time that is left: when to let nobody in any more."""
        return self.chance(left) < share

    @property
    def how(self) -> Text:
        """The method in words."""
        return texts.METHODS[self.method].fill({"observed": self.observed})

    @property
    def text(self) -> Text:
        """What may be told to the person: for one in two, and for nine in ten, in minutes rounded up."""
        likely, late = self.quantile(_HALF), self.quantile(_NINE_IN_TEN)
        if likely is None or late is None:
            return texts.NO_ESTIMATE
        return texts.LIKELY_WAIT.fill({"likely": _said(likely), "late": _said(late)})

    def to_dict(self) -> Mapping[str, object]:
        """The estimate as plain data; waits are seconds, and null where nothing can be promised."""
        quantiles = {str(share): self.quantile(share) for share in (_HALF, 0.8, _NINE_IN_TEN)}
        return {
            "method": self.method,
            "observed": self.observed,
            "position": self.position,
            "seconds": {share: None if wait is None else wait // _SECOND for share, wait in quantiles.items()},
        }


def _said(wait: timedelta) -> Text:
    """A wait as people say it, rounded up: in minutes up to ten, then in steps of five, from an hour on of fifteen."""
    minutes = max(1, -(-wait // timedelta(minutes=1)))
    step = next((step for limit, step in _STEPS if minutes <= limit), 15)
    return texts.MINUTES.fill({"minutes": -(-minutes // step) * step})


def _rounded_up(amount: timedelta) -> timedelta:
    """An amount of time in whole seconds."""
    return -(-amount // _SECOND) * _SECOND


def _check_least(**given: tuple[int, int]) -> None:
    """Hold numbers against the least that each may be.

    Raises:
        ConfigurationError: If one is less, with its name.
    """
    faults = [
        Fault(name, f"{number} was given", f"{least} or more")
        for name, (number, least) in given.items()
        if number < least
    ]
    if faults:
        raise ConfigurationError(faults)


@attrs.frozen(kw_only=True)
class _ErlangEstimate(WaitEstimate):
    """An estimate by exponential stages.

    Attributes:
        position: How many stages; 0 for who is served at once.
        scale: The mean stage; where the mean was observed, the sum of the observed stages.
        observed: How many stages were observed; None if the mean is given as known.
    """

    position: int
    scale: timedelta
    observed: int | None = None

    @property
    def method(self) -> _Method:
        """Whether the mean was given or observed."""
        return "stages" if self.observed is None else "observed_stages"

    @property
    def mean(self) -> timedelta | None:
        """The mean wait, in whole seconds rounded up; None if one observation is all there is."""
        if self.observed is None:
            return _rounded_up(self.position * self.scale)
        return _rounded_up(self.position * self.scale / (self.observed - 1)) if self.observed > 1 else None

    def chance(self, within: timedelta) -> float:
        """The probability that the wait is over within a time."""
        if within < timedelta(0):
            return 0.0
        if self.position == 0:
            return 1.0
        ratio = within / self.scale
        if ratio == 0:
            return 0.0
        return _erlang(self.position, ratio) if self.observed is None else _ratio(self.position, self.observed, ratio)


def _erlang(stages: int, time: float) -> float:
    """The probability that so many stages of mean 1 are over by a time: 1 - sum of Poisson terms below `stages`."""
    terms = (exp(number * log(time) - time - lgamma(number + 1)) for number in range(stages))
    return max(0.0, 1 - fsum(terms))


def _ratio(stages: int, observed: int, ratio: float) -> float:
    """The probability that so many stages take no longer than `ratio` times as many others as were observed.

    Of `stages + observed - 1` events in both periods together, each falls into the one that is waited for with
    probability `ratio / (1 + ratio)`; the wait is over in time if at least `stages` of them do.
    """
    trials = stages + observed - 1
    inside, outside = -log1p(1 / ratio), -log1p(ratio)  # logarithms of ratio / (1 + ratio) and 1 / (1 + ratio)
    whole = lgamma(trials + 1)
    terms = (
        exp(whole - lgamma(number + 1) - lgamma(trials - number + 1) + number * inside + (trials - number) * outside)
        for number in range(stages, trials + 1)
    )
    return min(1.0, fsum(terms))


def _in_order(given: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(given))


@attrs.frozen(kw_only=True)
class _RecentWaits(WaitEstimate):
    """An estimate by what others waited lately.

    Attributes:
        position: The position.
        waits: What those waited who were at a like position, in order.
    """

    position: int
    waits: tuple[timedelta, ...] = attrs.field(converter=_in_order)

    @property
    def method(self) -> _Method:
        """The waits of others."""
        return "recent_waits"

    @property
    def observed(self) -> int:
        """How many others."""
        return len(self.waits)

    @property
    def mean(self) -> timedelta:
        """Their mean wait, in whole seconds rounded up."""
        return _rounded_up(sum(self.waits, timedelta(0)) / len(self.waits))

    def chance(self, within: timedelta) -> float:
        """The probability, at the least, that the wait is over within a time."""
        return sum(wait <= within for wait in self.waits) / (len(self.waits) + 1)
