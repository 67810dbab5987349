"""How a `when` compares: texts, whole numbers and hours of the day."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final

from ticontact._bounded import listed, quoted
from ticontact._description import Description
from ticontact.errors import ConfigurationError, Fault

__all__ = ["Value", "hour_test", "number_test", "text_comparison", "text_test"]

Value = Callable[[str], bool]
"""Whether a text compares as wanted; an empty text stands for nothing there."""

_LEAST: Final = -(10**12)
_MIDNIGHT: Final = 24 * 60
_HOUR: Final = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,19}", re.ASCII)  # more digits than any bound has


def text_test(table: Description, name: str, *, allowed: Collection[str] | None = None) -> Value:
    """The comparison that stands at a key: one text, or a table as `text_comparison` reads it.

    Args:
        table: The table in which the key stands.
        name: The key.
        allowed: The texts that may be named; None for any.
    """
    if table.holds(name, dict):
        return text_comparison(table.table(name), allowed=allowed)
    return _equal(table, name, allowed)


def text_comparison(table: Description, *, allowed: Collection[str] | None = None) -> Value:
    """`eq`, `any`, `none` and `exists`, all of which hold.

    Args:
        table: The comparison.
        allowed: The texts that may be named; None for any.
    """
    tests: list[Value] = []
    if "eq" in table:
        tests.append(_equal(table, "eq", allowed))
    tests += [_listed(table, key, allowed, is_wanted=key == "any") for key in ("any", "none") if key in table]
    if "exists" in table:
        is_there = table.flag("exists", default=True)
        tests.append(lambda value: bool(value) is is_there)
    if not tests:
        table.fault("any", "nothing is compared", "eq, any, none or exists")
    return lambda value: all(test(value) for test in tests)


def _equal(table: Description, key: str, allowed: Collection[str] | None) -> Value:
    wanted = table.text(key)
    _check(table, key, [wanted] if table.holds(key, str) else [], allowed)
    return lambda value: value == wanted


def _listed(table: Description, key: str, allowed: Collection[str] | None, *, is_wanted: bool) -> Value:
    names = table.names(key)
    if table.holds(key, list) and not names:
        table.fault(key, "no text is given", "at least one")
    _check(table, key, names, allowed)
    listed = frozenset(names)
    return lambda value: (value in listed) is is_wanted


def _check(table: Description, key: str, names: Iterable[str], allowed: Collection[str] | None) -> None:
    for name in names:
        if allowed is not None and name not in allowed:
            table.fault(key, f"{quoted(name)} is not known here", listed(allowed))


def number_test(table: Description) -> Value:
    """`min` and `max` of a whole number, both of which still hold. What is no whole number is neither.

    Args:
        table: The comparison.
    """
    least = table.integer("min", least=_LEAST) if "min" in table else None
    most = table.integer("max", least=_LEAST) if "max" in table else None
    if least is not None and most is not None and least > most:
        table.fault("min", f"{least} is above max", f"{most} or below")

    def holds(value: str) -> bool:
        if _NUMBER.fullmatch(value) is None:
            return False
        number = int(value)
        return (least is None or least <= number) and (most is None or number <= most)

    return holds


def hour_test(table: Description) -> Callable[[int], bool]:
    """`between` two hours of the day, or from `min`, or until `max`; the first counts, the last does not.

    Where the second hour is before the first, it is the one of the next day.

    Args:
        table: The comparison.

    Returns:
        Whether a minute of the day lies within.
    """
    start = table.read("min", _minutes, 0) if "min" in table else 0
    end = table.read("max", _minutes, _MIDNIGHT) if "max" in table else _MIDNIGHT
    if "between" in table:
        if "min" in table or "max" in table:
            table.fault("between", "it stands beside min or max", "either")
        start, end = _between(table)
    elif "min" not in table and "max" not in table:
        table.fault("between", "missing", "between, min or max")
    elif start >= end:
        table.fault("min", "it is not before max", "an earlier hour; between for hours over midnight")
    if start < end:
        return lambda minute: start <= minute < end
    return lambda minute: minute >= start or minute < end


def _between(table: Description) -> tuple[int, int]:
    hours = []
    for text in table.names("between"):
        try:
            hours.append(_minutes(text))
        except ConfigurationError as refused:
            table.fault("between", refused.faults[0].problem, refused.faults[0].allowed)
            return 0, _MIDNIGHT
    if len(set(hours)) == len(hours) == 2:  # noqa: PLR2004 - from one hour to another
        return hours[0], hours[1]
    if table.holds("between", list):
        table.fault("between", f"{len(set(hours))} different hours are given", "two")
    return 0, _MIDNIGHT


def _minutes(text: str) -> int:
    """The minute of the day that a text such as `13:30` or `13.30` names; 24:00 is the end of the day."""
    found = _HOUR.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found is not None else -1
    if found is None or int(found[2]) >= 60 or minutes > _MIDNIGHT:  # noqa: PLR2004 - minutes of an hour
        raise ConfigurationError([Fault("hour", f"{quoted(text)} is no hour", "00:00 to 24:00")])
    return minutes
