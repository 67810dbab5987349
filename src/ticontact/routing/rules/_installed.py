"""Rules that other packages bring along, found by the entry point group `ticontact.rules`.

To load a plug-in is to run its code, so only what a program names is imported. Nothing is looked for at import: reading
what is installed is input, and happens when `installed` is called, at the edge of a program.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Final

from ticontact._bounded import listed, quoted
from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._work.routing_rule import RoutingRule, rule_faults
from ticontact.routing.rules._named import with_name

__all__ = ["GROUP", "installed"]

GROUP: Final = "ticontact.rules"


def installed(
    *,
    allow: Collection[str],
    on_failure: Callable[[Fault], object] | None = None,
    found: Iterable[EntryPoint] | None = None,
) -> Mapping[str, RoutingRule]:
    """The rules that are installed and allowed, by the names of their entry points, sorted; decisions use these names.

    Whatever else the group holds is not imported. A plug-in fails if two packages bring one of its name, if none does,
    if its code raises anything or exits while it is imported, or if it is no rule. The others are loaded all the same.

    Args:
        allow: The names of the plug-ins that the department trusts; nothing else runs.
        on_failure: Called with each failure, whose path is the plug-in's name; the rules that could be loaded are
            answered then. Without it no rule is answered where one fails, since it may have been a veto.
        found: The entry points to choose from; None for those of the group that are installed.

    Raises:
        ConfigurationError: With every failure, where nobody is called with them; also if `allow` is no collection of
            names.
    """
    if not _are_names(allow):
        raise ConfigurationError([Fault("allow", f"{type(allow).__name__} was given", "a collection of names")])
    known = list(entry_points(group=GROUP) if found is None else found)
    points = {point.name: point for point in known}
    times = Counter(point.name for point in known)
    available = listed(sorted(points), otherwise="none is installed")
    rules: dict[str, RoutingRule] = {}
    faults: list[Fault] = []
    for name in sorted(set(allow)):
        if times[name] > 1:
            faults.append(Fault(name, "two packages bring a rule of this name", "one"))
        elif name not in points:
            faults.append(Fault(name, "no package brings such a rule", available))
        else:
            rule, problems = _loaded(points[name])
            faults += problems
            if rule is not None:
                rules[name] = rule
    if faults and on_failure is None:
        raise ConfigurationError(faults)
    if on_failure is not None:
        for fault in faults:
            on_failure(fault)
    return MappingProxyType(rules)


def _loaded(point: EntryPoint) -> tuple[RoutingRule | None, list[Fault]]:
    """The rule that an entry point names, or why it cannot be had.

    The code of a plug-in may raise anything, also where it is only looked at; that includes what would end the
    program. Somebody who interrupts the program is heard.
    """
    try:
        rule = point.load()
        problems = rule_faults(rule, point.name)
        return (None, problems) if problems else (with_name(point.name, rule), [])
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - see above
        problem = f"{quoted(point.value)} cannot be loaded: {type(error).__name__}"
        return None, [Fault(point.name, problem, "the place of a function, such as 'package.module:rule'")]


def _are_names(given: object) -> bool:
    """Whether something is a collection of texts; one text is none."""
    if isinstance(given, str) or not isinstance(given, Collection):
        return False
    return all(isinstance(name, str) for name in given)
