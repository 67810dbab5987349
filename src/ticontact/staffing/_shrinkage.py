"""How many people must be scheduled so that enough are at work: absences and breaks in exact fractions."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import attrs

from ticontact._bounded import quoted
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked

__all__ = ["Shrinkage"]


def _exact(percents: Mapping[str, float | str | Fraction]) -> Mapping[str, Fraction]:
    """Each percentage as it is written: 0.1 is one tenth, and not its neighbour in binary."""
    faults, told = [], {}
    for reason, percent in percents.items():
        try:
            told[reason] = percent if isinstance(percent, Fraction) else Fraction(str(percent))
        except ValueError:
            told[reason] = Fraction(-1)
        if not 0 <= told[reason] < 100:  # noqa: PLR2004 - percent
            faults.append(Fault(f"shrinkage.{reason}", f"{quoted(percent)} was given", "a percentage from 0 up to 100"))
    if faults:
        raise ConfigurationError(faults)
    return told


@attrs.frozen(field_transformer=checked)
class Shrinkage:
    """The share of the scheduled people who are not there, by reason.

    Attributes:
        percents: The percentage of each reason, such as holidays, training, illness and breaks.
        same_base: Whether each is a part of all who are scheduled, so that they add up. Otherwise each is a part of
            those whom the reasons before it leave, so that they multiply.

    Raises:
        ConfigurationError: If a percentage is negative, or nobody is left.

    >>> Shrinkage({"breaks": 10, "absences": 20}, same_base=True).scheduled(42)
    60
    """

    percents: Mapping[str, Fraction] = attrs.field(converter=_exact)
    same_base: bool = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.present <= 0:
            total = float(sum(self.percents.values()))
            raise ConfigurationError([Fault("shrinkage", f"{total:g} % in all leave nobody", "less than 100 %")])

    @property
    def present(self) -> Fraction:
        """The share of the scheduled people who are there."""
        if self.same_base:
            return 1 - sum(self.percents.values(), Fraction(0)) / 100
        share = Fraction(1)
        for percent in self.percents.values():
            share *= 1 - percent / 100
        return share

    def scheduled(self, agents: int) -> int:
        """How many people to schedule so that so many are there, on average."""
        return ceil(agents / self.present)

    def there(self, scheduled: int) -> int:
        """How many of so many scheduled people are there, on average and rounded down."""
        return floor(scheduled * self.present)
