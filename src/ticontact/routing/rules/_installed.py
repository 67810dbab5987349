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
from ticontact.routing._work.routing_rule import RoutingRule, rule_faults
from ticontact.routing.rules._named import with_name

__all__ = ["GROUP", "installed"]

GROUP: Final = "ticontact.rules"


def installed(
    *, allow: Collection[str] | None = None, found: Iterable[EntryPoint] | None = None
) -> Mapping[str, RoutingRule]:
    """The rules that are installed, by the names of their entry points, sorted; decisions call them by these names.

    Args:
        allow: The names that may be loaded; None for all. A name that is not installed is a fault.
        found: The entry points to choose from; None for those of the group that are installed.

    Raises:
        ConfigurationError: With every fault: two packages bring a rule of one name, a wanted one is missing, one cannot
            be loaded (whatever it raised), or one is no rule.
    """
    known = list(entry_points(group=GROUP) if found is None else found)
    points = sorted((each for each in known if allow is None or each.name in allow), key=lambda each: each.name)
    faults = _misnamed(points, known, wanted=set(allow or ()))
    rules: dict[str, RoutingRule] = {}
    for point in points:
        rule, problem = _loaded(point)
        faults += [problem] if problem is not None else rule_faults(rule, point.name)
        if rule is not None:
            rules[point.name] = with_name(point.name, rule)
    if faults:
        raise ConfigurationError(faults)
    return MappingProxyType(rules)


def _loaded(point: EntryPoint) -> tuple[RoutingRule | None, Fault | None]:
    """What an entry point names, or why that cannot be had: to import it is to run code that may raise anything."""
    try:
        return point.load(), None
    except Exception as error:  # noqa: BLE001 - see above
        problem = f"{point.value!r} cannot be loaded: {type(error).__name__}"
        return None, Fault(point.name, problem, "the place of a function, such as 'package.module:rule'")


def _misnamed(points: list[EntryPoint], known: list[EntryPoint], *, wanted: set[str]) -> list[Fault]:
    times = Counter(point.name for point in points)
    allowed = ", ".join(sorted({point.name for point in known})) or "none is installed"
    return [
        *(Fault(name, "two packages bring a rule of this name", "one") for name, count in times.items() if count > 1),
        *(Fault(name, "no package brings such a rule", allowed) for name in sorted(wanted - times.keys())),
    ]
