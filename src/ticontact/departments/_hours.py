"""The hours of a description: named calendars, one table each."""

from collections.abc import Mapping

from ticontact._description import Description
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, Canton, Closure, HolidayCalendar, Week, swiss

__all__ = ["calendars"]

_KINDS = ("holidays", "administration")


def calendars(file: Description, *, zone: str) -> Mapping[str, BusinessCalendar]:
    """The calendars of `[hours.name]`, by name.

    Each table has a `week` and may have `holidays` (such as `"TI administration"` or `"TI holidays"`), `from`, `until`,
    and `closure` tables with `from`, `until` and `reason`.
    """
    named = {name: _calendar(table, zone=zone, name=name) for name, table in file.named_tables("hours").items()}
    if not named:
        file.fault("hours", "missing", "at least one [hours.name]")
    return named


def _calendar(table: Description, *, zone: str, name: str) -> BusinessCalendar:
    return BusinessCalendar(
        zone=zone,
        week=table.read("week", Week.parse, Week.closed()),
        holidays=table.read("holidays", _holidays, None) if "holidays" in table else None,
        closures=[closure for each in table.tables("closure") if (closure := _closure(each)) is not None],
        since=table.day("from"),
        until=table.day("until"),
        name=name,
    )


def _holidays(words: str) -> HolidayCalendar:
    canton, _, kind = words.partition(" ")
    if canton not in Canton.__members__ or kind not in _KINDS:
        raise ConfigurationError(
            [Fault("holidays", f"{words!r} was given", "a canton and 'holidays' or 'administration'")]
        )
    return swiss.holidays(Canton[canton]) if kind == "holidays" else swiss.administration(Canton[canton])


def _closure(table: Description) -> Closure | None:
    start, end, reason = table.day("from"), table.day("until"), table.text("reason")
    if start is None:
        table.fault("from", "missing", "a date such as 2015-01-19, without quotes")
        return None
    return Closure(start, max(end or start, start), reason=reason)
