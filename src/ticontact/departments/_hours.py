"""The hours of a description: named calendars, one table each."""

from collections.abc import Mapping

from ticontact._description import Description
from ticontact.hours import BusinessCalendar
from ticontact.hours.notation.toml import calendar_of

__all__ = ["calendars"]


def calendars(file: Description, *, zone: str) -> Mapping[str, BusinessCalendar]:
    """The calendars of `[hours.name]`, by name; each table is one of `ticontact.hours.notation.toml`.

    Args:
        file: The whole description.
        zone: The zone of those that name none.
    """
    named = {name: calendar_of(table, name=name, zone=zone) for name, table in file.named_tables("hours").items()}
    if not named:
        file.fault("hours", "missing", "at least one [hours.name]")
    return named
