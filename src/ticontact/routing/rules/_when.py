"""For which work does a rule hold: the `when` of a rule, compiled to a plain function."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final, TypeVar

import attrs
import pendulum

from ticontact._description import Description
from ticontact.priority import Priority
from ticontact.routing._requirements.condition import Clock
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.rules._comparisons import Value, hour_test, number_test, text_comparison, text_test
from ticontact.routing.rules._known import Known

__all__ = ["Test", "Waiting", "read_clock", "read_waiting", "read_when"]

Test = Callable[[WorkItem, pendulum.DateTime], bool]
"""Whether a rule holds for a piece of work that arrives at an instant."""

T = TypeVar("T")

_FIELDS: Final[Mapping[str, Callable[[WorkItem], str]]] = MappingProxyType(
    {
        "case_owner": lambda item: item.case_owner or "",
        "channel": lambda item: item.channel.name,
        "language": lambda item: item.language,
        "last_agent": lambda item: item.last_agent or "",
        "queue": lambda item: item.queue,
        "topic": lambda item: item.attributes.get("topic", ""),
    }
)
_OF_A_CASE: Final[Mapping[str, Callable[[WorkItem], str]]] = MappingProxyType(
    {
        "office": lambda item: item.case.office if item.case else "",
        "scheme": lambda item: item.case.scheme if item.case else "",
    }
)
_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@attrs.frozen
class Waiting:
    """From which waiting time on a rule holds.

    Attributes:
        least: The time.
        clock: What counts: elapsed time, or open time of the queue's calendar.
    """

    least: timedelta
    clock: Clock


def read_clock(table: Description) -> Clock:
    """The clock that a table names; elapsed time if it names none."""
    return "open" if table.choice("clock", ("elapsed", "open"), default="elapsed") == "open" else "elapsed"


def read_waiting(table: Description) -> Waiting | None:
    """From which waiting time on a rule holds, as `when.waited` states it; None if it holds from the arrival.

    Args:
        table: The `when` of the rule.
    """
    if "waited" not in table:
        return None
    waited = table.table("waited")
    waiting = Waiting(waited.amount("min"), read_clock(waited))
    if "min" in waited and waited.holds("min", str) and waiting.least <= timedelta(0):
        waited.fault("min", f"{waiting.least} was given", "more than 0")
    return waiting


def read_when(table: Description, known: Known) -> Test:
    """The test that a `when` table states; every key of it must hold.

    The reference is the page "A rule in TOML" of the documentation. All is asked of the work as it arrives; only
    `waited`, which is for the rule as a whole, is read by `read_waiting`.

    Args:
        table: The table; an empty one holds for all work.
        known: What the department has.
    """
    allowed = {"queue": known.queues}
    tests = [
        _of(text_test(table, name, allowed=allowed.get(name)), field)
        for name, field in _FIELDS.items()
        if name in table
    ]
    attributes = table.table("attributes")
    tests += [_of(_attribute_test(attributes, name), _attribute(name)) for name in attributes]
    if "priority" in table:
        tests.append(_of(_priority_test(table), lambda item: item.priority))
    if "case" in table:
        tests.append(_case_test(table))
    if "hour" in table:
        within = hour_test(table.table("hour"))
        tests.append(lambda _, at: within(at.hour * 60 + at.minute))
    if "weekday" in table:
        on_day = text_test(table, "weekday", allowed=_DAYS)
        tests.append(lambda _, at: on_day(_DAYS[at.weekday()]))
    return _every(tests + _groups(table, known))


def _of(test: Callable[[T], bool], field: Callable[[WorkItem], T]) -> Test:
    return lambda item, _: test(field(item))


def _every(tests: list[Test]) -> Test:
    return lambda item, at: all(test(item, at) for test in tests)


def _some(tests: list[Test]) -> Test:
    return lambda item, at: any(test(item, at) for test in tests)


def _attribute(name: str) -> Callable[[WorkItem], str]:
    return lambda item: item.attributes.get(name, "")


def _attribute_test(table: Description, name: str) -> Value:
    """An attribute is compared as a text, or as a number where `min` or `max` is given."""
    if not table.holds(name, dict):
        return text_test(table, name)
    comparison = table.table(name)
    return text_comparison(comparison) if {"min", "max"}.isdisjoint(comparison) else number_test(comparison)


def _priority_test(table: Description) -> Callable[[Priority], bool]:
    if not table.holds("priority", dict):
        wanted = table.read("priority", Priority.named, Priority.NORMAL)
        return lambda priority: priority is wanted
    comparison = table.table("priority")
    if {"min", "max"}.isdisjoint(comparison):
        test = text_comparison(comparison, allowed=[each.value for each in Priority])
        return lambda priority: test(priority.value)
    least = comparison.read("min", Priority.named, Priority.LOW) if "min" in comparison else Priority.LOW
    most = comparison.read("max", Priority.named, Priority.URGENT) if "max" in comparison else Priority.URGENT
    if least > most:
        comparison.fault("min", f"{least.value!r} is above max", f"{most.value} or below")
    return lambda priority: least <= priority <= most


def _case_test(table: Description) -> Test:
    """`true` if there must be a case, `false` if there must be none, or what must be so of the case there is."""
    if not table.holds("case", dict):
        wanted = table.flag("case", default=True)
        return lambda item, _: (item.case is not None) is wanted
    case = table.table("case")
    tests = [_of(text_test(case, name), field) for name, field in _OF_A_CASE.items() if name in case]
    if not tests:
        table.fault("case", "nothing is asked of it", f"true, false, or a table of {', '.join(_OF_A_CASE)}")
    return _every([lambda item, _: item.case is not None, *tests])


def _groups(table: Description, known: Known) -> list[Test]:
    tests: list[Test] = []
    for key, join in (("all", _every), ("any", _some)):
        if key in table:
            parts = table.tables(key)
            if table.holds(key, list) and not parts:
                table.fault(key, "no table is given", "at least one")
            tests.append(join([_part(part, known) for part in parts]))
    if "not" in table:
        refused = _part(table.table("not"), known)
        tests.append(lambda item, at: not refused(item, at))
    return tests


def _part(table: Description, known: Known) -> Test:
    """A table in a group. How long the work has waited is no question for one: see `read_waiting`."""
    if read_waiting(table) is not None:
        table.fault("waited", "it stands in a group", "at the top of `when` alone")
    return read_when(table, known)
