"""How long will somebody wait? What every estimate answers, with its method named and nothing finer than its data.

All amounts that come out are whole seconds, rounded up.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Literal

from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.i18n import measures as texts

__all__ = ["EstimateMethod", "WaitEstimate", "check_least", "rounded_up", "said"]

EstimateMethod = Literal["stages", "observed_stages", "recent_waits"]
"""Exponential stages of a given mean; the same with the mean as observed; the recent waits of others."""

_SECOND: Final = timedelta(seconds=1)
_STEPS: Final = ((10, 1), (60, 5))  # up to how many minutes, and in steps of how many
_FAR: Final = 2**40
"""More seconds than anybody waits; a quantile beyond is none."""

_HALF, _NINE_IN_TEN = 0.5, 0.9


class WaitEstimate(ABC):
    """How long somebody will wait."""

    position: int

    @property
    @abstractmethod
    def method(self) -> EstimateMethod:
        """By which method."""

    @property
    @abstractmethod
    def observed(self) -> int | None:
        """On how many observations it rests; None if its mean was given as known."""

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
        return texts.LIKELY_WAIT.fill({"likely": said(likely), "late": said(late)})

    def to_dict(self) -> Mapping[str, object]:
        """The estimate as plain data; waits are seconds, and null where nothing can be promised."""
        quantiles = {str(share): self.quantile(share) for share in (_HALF, 0.8, _NINE_IN_TEN)}
        return {
            "method": self.method,
            "observed": self.observed,
            "position": self.position,
            "seconds": {share: None if wait is None else wait // _SECOND for share, wait in quantiles.items()},
        }


def said(wait: timedelta) -> Text:
    """A wait as people say it, rounded up: in minutes up to ten, then in steps of five, from an hour on of fifteen."""
    minutes = max(1, -(-wait // timedelta(minutes=1)))
    step = next((step for limit, step in _STEPS if minutes <= limit), 15)
    return texts.MINUTES.fill({"minutes": -(-minutes // step) * step})


def rounded_up(amount: timedelta) -> timedelta:
    """An amount of time in whole seconds."""
    return -(-amount // _SECOND) * _SECOND


def check_least(**given: tuple[int, int]) -> None:
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
