"""The check of policies: whether the states and calendars that they name exist."""

from collections.abc import Collection, Iterable, Iterator

from ticontact.errors import ConfigurationError, Fault
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets.sla._policy import SlaPolicy, Target

__all__ = ["check_policies"]


def check_policies(policies: Iterable[SlaPolicy], *, lifecycle: Lifecycle, calendars: Collection[str]) -> None:
    """Hold policies against the lifecycle and the calendars they speak of, once, when a department starts.

    A state that is misspelt would never pause a clock, and a calendar that is missing would be noticed with the first
    ticket.

    Args:
        policies: The policies.
        lifecycle: The lifecycle of the tickets they are for.
        calendars: The names of the calendars that there are; a mapping by name will do.

    Raises:
        ConfigurationError: With every unknown name, its place, and the names that there are.
    """
    faults = [
        fault
        for policy in policies
        for target in policy.targets
        for fault in _faults(policy, target, lifecycle, calendars)
    ]
    if faults:
        raise ConfigurationError(faults)


def _faults(policy: SlaPolicy, target: Target, lifecycle: Lifecycle, calendars: Collection[str]) -> Iterator[Fault]:
    place = f"{policy.name}.{target.metric.value}"
    if target.calendar and target.calendar not in calendars:
        yield Fault(
            f"{place}.calendar", f"no calendar {target.calendar!r}", ", ".join(sorted(calendars)) or "none is given"
        )
    for key in ("paused_in", "counted_in"):
        for state in sorted(getattr(target, key) or ()):
            if state not in lifecycle.by_name:
                yield Fault(f"{place}.{key}", f"no state {state!r}", ", ".join(lifecycle.by_name))
