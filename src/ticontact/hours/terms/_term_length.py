"""How long a term is: so many days, working days or months."""

import enum

import attrs

from ticontact._bounded import quoted
from ticontact.errors import HoursError
from ticontact.plain import checked

__all__ = ["Length", "Unit", "length_of"]


class Unit(enum.Enum):
    """What a term is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"

    def __repr__(self) -> str:
        return f"Unit.{self.name}"

    @property
    def longest(self) -> int:
        """The longest term that is taken; ten years of months, and about three of days."""
        return 120 if self is Unit.MONTHS else 1000


@attrs.frozen(field_transformer=checked)
class Length:
    """So many days, working days or months.

    Attributes:
        count: How many.
        unit: Of what.
    """

    count: int
    unit: Unit


def length_of(*, days: int | None, working_days: int | None, months: int | None) -> Length:
    """The one length that is given.

    Raises:
        HoursError: If none or more than one is given, or if it is not a whole number within its bounds.
    """
    given = {Unit.DAYS: days, Unit.WORKING_DAYS: working_days, Unit.MONTHS: months}
    lengths = [(count, unit) for unit, count in given.items() if count is not None]
    if len(lengths) != 1:
        names = ", ".join(unit.value for _, unit in lengths) or "nothing"
        raise HoursError(f"term: {names} was given; allowed: exactly one of days, working_days, months", field="term")
    ((count, unit),) = lengths
    if type(count) is not int or not 1 <= count <= unit.longest:
        raise HoursError(
            f"{unit.value}: {quoted(count)} was given; allowed: a whole number from 1 to {unit.longest}",
            field=unit.value,
        )
    return Length(count, unit)
