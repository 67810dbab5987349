"""Days that an office could have: contacts drawn from its demand, each with its own chance.

Theory of operation. Chance is a hash: of the seed, the day, the entry, the half-hour, the number of the contact in it,
and what is drawn. So everything about a contact is settled before the day begins and never depends on what the rules
make of it: two rules meet the very same people ("common random numbers"), who would talk as long and wait as long with
either. Their difference on a day is then the rules' alone, and far fewer days show it. A half-hour that gets busier
keeps its contacts and has some more; an agent who is added changes no draw.

A day has a level, which is gamma-distributed with the demand's `level_cv`; what each half-hour varies beyond that has a
gamma factor of its own, so that both coefficients of variation are met.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from hashlib import blake2b
from itertools import accumulate
from math import exp, log1p, sqrt
from typing import Final, TypeVar

import attrs

from ticontact._time import to_epoch
from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Language
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.staffing._demand import DayDemand
from ticontact.staffing._distributions import count_quantile, gamma_quantile, normal_quantile
from ticontact.staffing._patience import Patience

__all__ = ["Arrivals", "SimulatedContact", "chance", "generate"]

K = TypeVar("K")

_STEPS: Final = 2**64
_MICROSECOND: Final = timedelta(microseconds=1)
_EXPONENTIAL: Final = 1.0
_JUST_BELOW_ONE: Final = 1 - 2**-53


def chance(*key: object) -> float:
    """A number between 0 and 1, without both, that a key alone decides; evenly spread over keys."""
    return next(chances(*key))


def chances(*key: object) -> Iterator[float]:
    """Eight such numbers that one key decides; they have nothing to do with one another."""
    digest = blake2b("/".join(map(str, key)).encode()).digest()
    for start in range(0, len(digest), 8):
        yield min((int.from_bytes(digest[start : start + 8]) + 1 / 2) / _STEPS, _JUST_BELOW_ONE)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SimulatedContact:
    """One contact of a simulated day, with all that it will do. Instants are microseconds since the epoch.

    Attributes:
        id: Its id, the same whatever the rules are.
        entry: The entry point it reaches.
        at: When it joins its queue.
        handle: How long it keeps an agent: talk, hold and wrap-up.
        patience: How long it would wait; None for ever.
        language: The language it is held in.
        priority: The stated need behind it.
    """

    id: str
    entry: str
    at: int
    handle: timedelta
    patience: timedelta | None
    language: Language = "it"
    priority: Priority = Priority.NORMAL


def _weights(path: str, weights: Mapping[K, float]) -> Iterator[Fault]:
    if not weights or min(weights.values()) < 0 or sum(weights.values()) <= 0:
        yield Fault(path, f"the shares {[*weights.values()]} were given", "0 or more each, and not all of them 0")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Arrivals:
    """What reaches one entry point of an office on a day: a calibrated office is a few of them.

    Attributes:
        entry: The entry point, as the office's file names it.
        demand: How many contacts come when, and how long they take on average.
        patience: How long callers are willing to wait.
        handle_cv: The coefficient of variation of handle times: 1 for exponential ones, else they are lognormal.
        languages: The share of each language.
        priorities: The share of each stated need.

    Raises:
        ConfigurationError: If a share or the coefficient is negative, or there is no language or priority.
    """

    entry: str
    demand: DayDemand
    patience: Patience
    handle_cv: float = 1.0
    languages: Mapping[Language, float] = attrs.field(factory=lambda: {"it": 1.0})
    priorities: Mapping[Priority, float] = attrs.field(factory=lambda: {Priority.NORMAL: 1.0})

    def __attrs_post_init__(self) -> None:
        faults = [*_weights("languages", dict(self.languages)), *_weights("priorities", dict(self.priorities))]
        if not self.handle_cv >= 0:
            faults.append(Fault("handle_cv", f"{self.handle_cv} was given", "0 or more"))
        if faults:
            raise ConfigurationError(faults)

    def contacts(self, *, number: int, seed: str) -> Iterator[SimulatedContact]:
        """The contacts of one of the days that could be.

        Args:
            number: Which one.
            seed: What all chance hangs on; equal seeds give equal days.
        """
        key = (seed, number, self.entry)
        level = gamma_quantile(chance(*key, "level"), mean=1.0, cv=self.demand.level_cv)
        for slot, demand in self.demand.slots:
            start = to_epoch(slot.opening)
            length = to_epoch(slot.closing) - start
            own = sqrt(max(0.0, (1 + demand.cv**2) / (1 + self.demand.level_cv**2) - 1))
            factor = level * gamma_quantile(chance(*key, start, "level"), mean=1.0, cv=own)
            count = count_quantile(chance(*key, start, "count"), mean=demand.mean * factor, cv=0.0)
            for each in range(count):
                yield self._contact((*key, start, each), start, length)

    def _contact(self, key: tuple[object, ...], start: int, length: int) -> SimulatedContact:
        arrival, handle, patience, language, priority, *_ = chances(*key)
        return SimulatedContact(
            id="/".join(map(str, key[1:])),
            entry=self.entry,
            at=start + int(length * arrival),
            handle=self._handle(handle),
            patience=self.patience.quantile(patience),
            language=_chosen(self.languages, language),
            priority=_chosen(self.priorities, priority),
        )

    def _handle(self, share: float) -> timedelta:
        mean = self.demand.handle / _MICROSECOND
        if self.handle_cv == _EXPONENTIAL:
            return timedelta(microseconds=round(-mean * log1p(-share)))
        variance = log1p(self.handle_cv**2)
        amount = mean * exp(sqrt(variance) * normal_quantile(share) - variance / 2)
        return timedelta(microseconds=round(amount))


def _chosen(weights: Mapping[K, float], share: float) -> K:
    """The one that a share of all falls to, each in proportion to its weight."""
    up_to = tuple(accumulate(weights.values()))
    return tuple(weights)[bisect_right(up_to, share * up_to[-1])]


def generate(arrivals: Iterable[Arrivals], *, days: int, seed: str) -> Iterator[tuple[SimulatedContact, ...]]:
    """Days that an office could have, one after the other, each made when it is asked for.

    Args:
        arrivals: What reaches each of its entry points.
        days: How many days.
        seed: What all chance hangs on; equal seeds give equal days.

    Returns:
        The contacts of each day, in the order in which they join their queues.
    """
    each = tuple(arrivals)
    for number in range(days):
        contacts = (contact for one in each for contact in one.contacts(number=number, seed=seed))
        yield tuple(sorted(contacts, key=lambda contact: (contact.at, contact.id)))
