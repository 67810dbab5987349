"""How long callers are willing to wait: given as a mean, as steps, or estimated from the office's own record.

Theory of operation. A caller who was answered would have waited longer, nobody knows how much longer: such a wait is
censored. The product-limit estimate uses both kinds. At each instant at which somebody gave up, the share that still
waits is multiplied by one minus those who gave up then over those who were still in line then. Callers answered at the
very instant at which others give up count as still in line (E. L. Kaplan and P. Meier, "Nonparametric estimation from
incomplete observations", JASA 53, 1958). Its variance is Greenwood's, and the interval is the one on the scale of
log(-log), which stays between 0 and 1 (J. D. Kalbfleisch and R. L. Prentice, 1980).

After the longest wait nothing is known, so what comes then has a name: `tail`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import exp, expm1, inf, log, sqrt
from typing import Final, Literal

import attrs

from ticontact.errors import ConfigurationError, Fault, PoorData
from ticontact.measures import WorkRecord
from ticontact.plain import checked
from ticontact.staffing._distributions import check_share, normal_quantile
from ticontact.staffing._impatient_queue import Curve

__all__ = ["Patience"]

_LEAST_ABANDONED: Final = 30
_LONGEST: Final = timedelta(days=1)
_ZERO: Final = timedelta(0)


def _check_amount(path: str, amount: timedelta) -> Iterable[Fault]:
    if not _ZERO < amount <= _LONGEST:
        yield Fault(path, f"{amount} was given", "more than nothing, and at most a day")


@attrs.frozen(field_transformer=checked)
class Patience:
    """How long callers are willing to wait.

    Attributes:
        shares: From when on, counted from joining the queue, which share of callers would still wait. It begins at 0.
        tail: The mean patience from the last step on, which is exponential there; None if who is left never gives up.
        counts: For each step of an estimate how many were still in line, and how many of them gave up then.
    """

    shares: tuple[tuple[timedelta, float], ...]
    tail: timedelta | None
    counts: tuple[tuple[int, int], ...] = ()

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        if not self.shares or self.shares[0][0] != _ZERO:
            faults.append(Fault("patience.shares", "they do not begin at 0", "a share from 0 on"))
        before, last = 1.0, timedelta(-1)
        for number, (time, share) in enumerate(self.shares):
            if not last < time <= _LONGEST:
                faults.append(Fault(f"patience.shares[{number}]", f"{time} was given", "later than the one before"))
            if not 0 <= share <= before:
                allowed = f"from {before:g} down to 0"
                faults.append(Fault(f"patience.shares[{number}]", f"the share {share:g} was given", allowed))
            before, last = share, time
        if self.counts and len(self.counts) != len(self.shares):
            given = f"{len(self.counts)} for {len(self.shares)} shares were given"
            faults.append(Fault("patience.counts", given, "one for each share, or none"))
        faults += _check_amount("patience.tail", self.tail) if self.tail is not None else ()
        if faults:
            raise ConfigurationError(faults)

    @classmethod
    def endless(cls) -> "Patience":
        """Callers who never give up, as Erlang C assumes."""
        return cls(((_ZERO, 1.0),), None)

    @classmethod
    def exponential(cls, mean: timedelta) -> "Patience":
        """Callers who give up at a constant rate, as Erlang A assumes.

        Raises:
            ConfigurationError: If the mean is not positive, or over a day.
        """
        return cls(((_ZERO, 1.0),), mean)

    @classmethod
    def steps(cls, shares: Mapping[timedelta, float], *, tail: timedelta | None) -> "Patience":
        """Callers of whom a share is left from each of some times on.

        Args:
            shares: The share that still waits, by the time from which it holds; from 0 on it is 1 unless it is said.
            tail: The mean patience after the last step; None if who is left never gives up.

        Raises:
            ConfigurationError: If a share is not between 0 and 1, or rises, or an amount is negative or over a day.
        """
        told = {_ZERO: 1.0, **shares}
        can_be_sorted = all(isinstance(time, timedelta) for time in told)
        return cls(tuple(sorted(told.items()) if can_be_sorted else told.items()), tail)

    @classmethod
    def of(
        cls,
        records: Iterable[WorkRecord],
        *,
        queue: str | None = None,
        tail: timedelta | Literal["observed"] | None = "observed",
    ) -> "Patience":
        """The patience of the callers of a record, by the product-limit estimate.

        Who hung up in the queue has shown how long; who was answered, or met another end, would have waited longer.

        Args:
            records: What became of each contact; live ones that joined the queue and wait no more are counted.
            queue: The queue whose callers are meant; None for all.
            tail: The mean patience after the longest wait at which somebody gave up. `observed` takes the whole time
                waited over the number who gave up, the estimate of an exponential patience; None is never.

        Raises:
            PoorData: If fewer than 30 callers gave up.
        """
        told = [
            (record.waited, record.is_abandoned)
            for record in records
            if record.is_live and queue in (None, record.queue) and record.waited is not None
        ]
        left = Counter(waited for waited, abandoned in told if abandoned)
        count = sum(left.values())
        if count < _LEAST_ABANDONED:
            raise PoorData("callers who gave up", found=count, least=_LEAST_ABANDONED)
        ended = Counter(waited for waited, _ in told)
        at_risk, share = len(told), 1.0
        shares, counts = [(_ZERO, 1.0)], [(at_risk, 0)]
        for waited in sorted(ended):
            if waited in left:
                share *= 1 - left[waited] / at_risk
                if waited == _ZERO:
                    shares, counts = [], []
                shares.append((waited, share))
                counts.append((at_risk, left[waited]))
            at_risk -= ended[waited]
        mean = sum((waited for waited, _ in told), _ZERO) / count if tail == "observed" else tail
        return cls(tuple(shares), mean, tuple(counts))

    @property
    def curve(self) -> Curve:
        """The same in seconds, for the formulas."""
        times = tuple(time.total_seconds() for time, _ in self.shares)
        tail = None if self.tail is None else self.tail.total_seconds()
        return Curve(times, tuple(share for _, share in self.shares), tail)

    def still_waiting(self, after: timedelta) -> float:
        """The share of callers who would still wait after a time."""
        return self.curve.share(after.total_seconds())

    def interval(self, after: timedelta, *, confidence: float = 0.95) -> tuple[float, float]:
        """Between which shares the true one lies, of those who would still wait after a time.

        Args:
            after: The time.
            confidence: How often such an interval is right, above 0 and below 1.

        Raises:
            PoorData: If this patience was not estimated from a record.
            ConfigurationError: If the confidence is not between 0 and 1.
        """
        check_share(confidence, name="confidence")
        self._check_estimated()
        variance, share = 0.0, 1.0
        for (time, value), (at_risk, left) in zip(self.shares, self.counts, strict=True):
            if time > after:
                break
            share = value
            variance += left / (at_risk * (at_risk - left)) if left < at_risk else inf
        if share in (0.0, 1.0):
            return share, share
        spread = normal_quantile((1 + confidence) / 2) * sqrt(variance) / abs(log(share))
        return share ** exp(spread), share ** exp(-spread)

    @property
    def median(self) -> timedelta | None:
        """The patience that half of the callers do not exceed; None if more than half never give up."""
        return self.quantile(1 / 2)

    def quantile(self, share: float) -> timedelta | None:
        """The time within which a share of callers gives up; None if fewer than that ever do.

        Args:
            share: Above 0 and below 1.

        Raises:
            ConfigurationError: If it is not.
        """
        check_share(share)
        left = 1 - share
        for time, each in self.shares:
            if each <= left:
                return time
        time, each = self.shares[-1]
        return None if self.tail is None else time + self.tail * log(each / left)

    def median_interval(self, *, confidence: float = 0.95) -> tuple[timedelta | None, timedelta | None]:
        """Between which amounts the true median lies, by the interval of the shares; None for beyond what was seen.

        Raises:
            PoorData: If this patience was not estimated from a record.
            ConfigurationError: If the confidence is not between 0 and 1.
        """
        self._check_estimated()
        intervals = [(time, self.interval(time, confidence=confidence)) for time, _ in self.shares]
        return (
            next((time for time, (low, _) in intervals if low <= 1 / 2), None),
            next((time for time, (_, high) in intervals if high <= 1 / 2), None),
        )

    def mean(self, *, until: timedelta) -> timedelta:
        """The mean patience where longer ones count as `until`: the mean that a record can tell, as long as it goes."""
        total, ends = _ZERO, [time for time, _ in self.shares[1:]]
        for (start, share), end in zip(self.shares, [*ends, until], strict=True):
            if end > start:
                total += (min(end, until) - min(start, until)) * share
        last, share = self.shares[-1]
        if self.tail is not None and until > last:
            total += share * (self.tail * -expm1((last - until) / self.tail) - (until - last))
        return total

    def _check_estimated(self) -> None:
        if not self.counts:
            raise PoorData("callers in an estimate", found=0, least=_LEAST_ABANDONED, field="patience")
