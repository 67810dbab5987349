"""How long will somebody wait at this place in line, by how fast the line moves?

Theory of operation. While all who may take the work are busy, the line moves each time one of them becomes free. With
`agents` of them and handle times that are exponential with mean `handle_time`, the time from one such moment to the
next is exponential with mean `handle_time / agents`, so whoever is at position `p` waits for `p` such stages, one after
the other: an Erlang (gamma) distribution (A. K. Erlang, 1917). Its probabilities are a sum of `p` Poisson terms.

Nobody knows the true mean. If it was taken from `m` observed contacts, the wait divided by what was observed is a ratio
of two gammas whose distribution depends on `p` and `m` alone (a beta prime distribution, `p / m` times Fisher's F with
`2p` and `2m` degrees of freedom), and its probabilities are a sum of `m` binomial terms. A promise for nine in ten made
from few observations is therefore longer than one made from many, and holds for nine in ten all the same.
"""

from datetime import timedelta
from math import exp, fsum, lgamma, log, log1p

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._estimate import EstimateMethod, WaitEstimate, check_least, rounded_up

__all__ = ["Stages", "estimate_by_completions", "estimate_by_stages"]


@attrs.frozen(kw_only=True)
class Stages(WaitEstimate):
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
    def method(self) -> EstimateMethod:
        """Whether the mean was given or observed."""
        return "stages" if self.observed is None else "observed_stages"

    @property
    def mean(self) -> timedelta | None:
        """The mean wait, in whole seconds rounded up; None if one observation is all there is."""
        if self.observed is None:
            return rounded_up(self.position * self.scale)
        return rounded_up(self.position * self.scale / (self.observed - 1)) if self.observed > 1 else None

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


def estimate_by_stages(
    *, position: int, agents: int, handle_time: timedelta | None, observed: int | None = None, free: int = 0
) -> Stages | None:
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
    check_least(position=(position, 1), agents=(agents, 0), observed=(observed or 0, 0), free=(free, 0))
    if free > agents:
        raise ConfigurationError([Fault("free", f"{free} was given", f"at most {agents}, the number of agents")])
    if handle_time is None or handle_time <= timedelta(0) or agents == 0 or observed == 0:
        return None
    stages = max(0, position - free)
    return Stages(position=stages, scale=handle_time * (observed or 1) / agents, observed=observed)


def estimate_by_completions(*, position: int, completions: int, during: timedelta) -> Stages | None:
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
    check_least(position=(position, 1), completions=(completions, 0))
    if completions == 0 or during <= timedelta(0):
        return None
    return Stages(position=position, scale=during, observed=completions)
