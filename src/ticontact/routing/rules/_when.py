"""For which work does a rule hold: the `when` of a rule, compiled to a plain function."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from ticontact._description import Description
from ticontact.priority import Priority
from ticontact.routing._item import WorkItem

__all__ = ["Test", "read_when"]

Test = Callable[[WorkItem], bool]
"""Whether a rule holds for a piece of work."""

_FIELDS: Final[Mapping[str, Callable[[WorkItem], str]]] = MappingProxyType(
    {
        "channel": lambda item: item.channel.name,
        "language": lambda item: item.language,
        "queue": lambda item: item.queue,
    }
)


def read_when(table: Description) -> Test:
    """The test that a `when` table states; every key of it must hold.

    `queue`, `channel`, `language` and `attributes.NAME` are compared with one text (`when.queue = "asylum"`), or with a
    table of `any` or `none` of some texts (`when.queue.any = ["asylum", "permits"]`). `priority.min` names the least
    urgent priority, `case` says whether there is a case. `all`, `any` and `not` hold tables of the same kind.

    Args:
        table: The table; an empty one holds for all work.
    """
    tests = [_compared(table, name, field) for name, field in _FIELDS.items() if name in table]
    attributes = table.table("attributes")
    tests += [_compared(attributes, name, _attribute(name)) for name in attributes]
    if "priority" in table:
        priority = table.table("priority")
        least = priority.read("min", Priority.named, Priority.LOW)
        tests.append(lambda item: item.priority >= least)
    if "case" in table:
        wanted = table.flag("case", default=True)
        tests.append(lambda item: (item.case is not None) is wanted)
    tests += _groups(table)
    return lambda item: all(test(item) for test in tests)


def _groups(table: Description) -> list[Test]:
    tests: list[Test] = []
    if "all" in table:
        every = [read_when(each) for each in table.tables("all")]
        tests.append(lambda item: all(test(item) for test in every))
    if "any" in table:
        some = [read_when(each) for each in table.tables("any")]
        tests.append(lambda item: any(test(item) for test in some))
    if "not" in table:
        refused = read_when(table.table("not"))
        tests.append(lambda item: not refused(item))
    return tests


def _attribute(name: str) -> Callable[[WorkItem], str]:
    return lambda item: item.attributes.get(name, "")


def _compared(table: Description, name: str, field: Callable[[WorkItem], str]) -> Test:
    if table.holds(name, str):
        wanted = table.text(name)
        return lambda item: field(item) == wanted
    comparison = table.table(name)
    accepted = comparison.names("any", default=())
    refused = comparison.names("none", default=())
    if not accepted and not refused:
        comparison.fault("any", "neither any nor none is given", "a list of texts")
    return lambda item: (not accepted or field(item) in accepted) and field(item) not in refused
