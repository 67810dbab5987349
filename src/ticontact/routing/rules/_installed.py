"""Rules that other packages bring along, found by the entry point group `ticontact.rules`.

Nothing is looked for at import: reading what is installed is input, and happens when `installed` is called, at the edge
of a program.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Final

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._rules import RoutingRule

__all__ = ["GROUP", "installed"]

GROUP: Final = "ticontact.rules"


def installed(
    *, allow: Collection[str] | None = None, found: Iterable[EntryPoint] | None = None
) -> Mapping[str, RoutingRule]:
    """The rules that are installed, by their names, sorted.

    Args:
        allow: The names that may be loaded; None for all. A name that is not installed is a fault.
        found: The entry points to choose from; None for those of the group that are installed.

    Raises:
        ConfigurationError: If two packages bring a rule of one name, a wanted one is missing, or one is no function.
    """
    known = list(entry_points(group=GROUP) if found is None else found)
    points = [point for point in known if allow is None or point.name in allow]
    _check(points, known, wanted=set(allow or ()))
    rules = {point.name: point.load() for point in sorted(points, key=lambda point: point.name)}
    faults = [
        Fault(name, f"{type(rule).__name__} is no rule", "a function of an item and `at`")
        for name, rule in rules.items()
        if not callable(rule)
    ]
    if faults:
        raise ConfigurationError(faults)
    return MappingProxyType(rules)


def _check(points: list[EntryPoint], known: list[EntryPoint], *, wanted: set[str]) -> None:
    times = Counter(point.name for point in points)
    faults = [
        Fault(name, "two packages bring a rule of this name", "one")
        for name, count in sorted(times.items())
        if count > 1
    ]
    allowed = ", ".join(sorted(point.name for point in known)) or "none is installed"
    faults += [Fault(name, "no package brings such a rule", allowed) for name in sorted(wanted - times.keys())]
    if faults:
        raise ConfigurationError(faults)
