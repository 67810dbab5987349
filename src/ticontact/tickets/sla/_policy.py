"""Service-level policies: what a department owes, for which tickets, in what time."""

import enum
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import time, timedelta
from typing import Final, Literal

import attrs

from ticontact._limits import AnyAmount
from ticontact._time import WorkingDays
from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import LANGUAGES
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["REOPENED", "SlaMetric", "SlaPolicy", "Target", "check_policies", "clock_time", "working_days"]

REOPENED: Final = ("go_on", "restart", "stay_stopped")
"""What a resolution clock may do when a ticket is opened again."""

working_days: Final = WorkingDays
"""A target in working days: `working_days(10)`."""


class SlaMetric(enum.Enum):
    """What is timed."""

    FIRST_RESPONSE = "first_response"
    """From the citizen's first contact to the first answer of a person."""
    NEXT_RESPONSE = "next_response"
    """From the oldest unanswered message to the answer, again and again, once the first response is given."""
    PERIODIC_UPDATE = "periodic_update"
    """From one word of the office to the next, as long as there is something left to do."""
    TIME_TO_OWN = "time_to_own"
    """From the citizen's first contact (or the opening) until somebody is in charge, or the ticket is over."""
    RESOLUTION = "resolution"
    """From the citizen's first contact (or the opening) until the ticket is solved."""
    REQUESTER_WAIT = "requester_wait"
    """The time in which the citizen waits for the office or for others: new, open and on hold."""
    AGENT_WORK = "agent_work"
    """The time in which it is the office's turn: new and open."""
    AGENT_WAIT = "agent_wait"
    """The time in which it is the citizen's turn: pending."""
    ON_HOLD = "on_hold"
    """The time on hold."""
    TOTAL = "total"
    """All the time in which the ticket is neither solved nor closed."""

    @property
    def counted(self) -> frozenset[Category] | None:
        """The categories whose time is summed up; None for a metric that has a start and a stop."""
        return _COUNTED.get(self)


_COUNTED: Final[Mapping[SlaMetric, frozenset[Category]]] = {
    SlaMetric.REQUESTER_WAIT: frozenset({Category.NEW, Category.OPEN, Category.ON_HOLD}),
    SlaMetric.AGENT_WORK: frozenset({Category.NEW, Category.OPEN}),
    SlaMetric.AGENT_WAIT: frozenset({Category.PENDING}),
    SlaMetric.ON_HOLD: frozenset({Category.ON_HOLD}),
    SlaMetric.TOTAL: frozenset(Category) - {Category.SOLVED, Category.CLOSED},
}


_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "priority": tuple(priority.value for priority in Priority),
    "language": ("", *LANGUAGES),
}
"""The values that there are, where they are not the department's own."""


def _states(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _fractions(fractions: float | Iterable[float]) -> tuple[float, ...]:
    return (float(fractions),) if isinstance(fractions, int | float) else tuple(sorted(fractions))


def clock_time(clock: str | time) -> time:
    """A time of day, given as it is or as text.

    Raises:
        ConfigurationError: If the text is no time of day.
    """
    if isinstance(clock, time):
        return clock
    try:
        return time.fromisoformat(clock)
    except ValueError:
        pass
    raise ConfigurationError([Fault("cut_off", "not a time of day", "a time such as '15:00'")])


@attrs.frozen(field_transformer=checked)
class Target:
    """One metric and the time in which it shall be met.

    Attributes:
        metric: What is timed.
        within: The time; None to measure alone.
        calendar: The name of the calendar whose open time counts; time as it passes if empty.
        paused_in: The states in which the clock stands still; those in which the citizen's answer is awaited
            (category pending) if None.
        counted_in: For a sum of time, the states that count, instead of the metric's own.
        warn_at: The shares of the target at which to warn, such as 0.75; kept in order.
        at_same_clock: With working days, whether the term ends at the time of day at which it began, instead of at the
            end of the last window.
        cut_off: With working days, the time of day after which something counts as come in on the next working day: a
            `datetime.time`, or text such as `15:00`.
        when_reopened: Whether a ticket that is opened again goes on with its resolution clock (the time in between is
            left out), starts it anew, or keeps it stopped.
        from_change: Whether the clock starts when the policy began to fit the ticket, instead of at its original start.

    Raises:
        ConfigurationError: If working days have no calendar, an amount is negative, or a share is not between 0 and 1.
    """

    metric: SlaMetric
    within: AnyAmount | WorkingDays | None = None
    calendar: str = attrs.field(default="", kw_only=True)
    paused_in: frozenset[str] | None = attrs.field(default=None, converter=_states, kw_only=True)
    counted_in: frozenset[str] | None = attrs.field(default=None, converter=_states, kw_only=True)
    warn_at: tuple[float, ...] = attrs.field(default=(), converter=_fractions, kw_only=True)
    at_same_clock: bool = attrs.field(default=False, kw_only=True)
    cut_off: time | None = attrs.field(default=None, converter=attrs.converters.optional(clock_time), kw_only=True)
    when_reopened: Literal["go_on", "restart", "stay_stopped"] = attrs.field(default="go_on", kw_only=True)
    from_change: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = [*_unusable(self)]
        if isinstance(self.within, WorkingDays) and not self.calendar:
            faults.append(Fault("calendar", "missing", "the calendar that says which days are working days"))
        if isinstance(self.within, timedelta) and self.within < timedelta(0):
            faults.append(Fault("within", "negative", "zero or more"))
        if not all(0 < share < 1 for share in self.warn_at):
            faults.append(Fault("warn_at", "a share outside 0 to 1", "shares such as 0.75"))
        if faults:
            raise ConfigurationError(faults)

    def pauses(self, state: str, category: Category) -> bool:
        """Whether the clock stands still in a state."""
        if self.counted_in is not None:
            return state not in self.counted_in
        if self.metric.counted is not None:
            return category not in self.metric.counted
        if category.is_done:
            return True
        return category is Category.PENDING if self.paused_in is None else state in self.paused_in


def _unusable(target: Target) -> Iterator[Fault]:
    """What a type checker would have said."""
    if not isinstance(target.metric, SlaMetric):
        yield Fault("metric", f"{target.metric!r} was given", "a SlaMetric, such as SlaMetric.RESOLUTION")
    if not isinstance(target.within, timedelta | WorkingDays | None):
        yield Fault("within", f"{type(target.within).__name__} was given", "timedelta(hours=4) or working_days(10)")
    if target.when_reopened not in REOPENED:
        yield Fault("when_reopened", f"{target.when_reopened!r} was given", ", ".join(REOPENED))


def _targets(targets: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(targets)


def _conditions(when: Mapping[str, object]) -> Mapping[str, frozenset[object]]:
    return {key: _values(values) for key, values in when.items()}


def _values(values: object) -> frozenset[object]:
    """A single value, or several; a priority goes by its name. What cannot be compared with anything is left out."""
    several = values if isinstance(values, Iterable) and not isinstance(values, str) else (values,)
    return frozenset(
        value.value if isinstance(value, Priority) else value for value in several if isinstance(value, Hashable)
    )


def _found(ticket: Ticket, key: str) -> frozenset[object]:
    """What a ticket has to show under a key of `when`."""
    record = ticket.record
    match key:
        case "priority":
            return frozenset({record.priority.value})
        case "channel":
            return frozenset({contact.channel for contact in ticket.contacts[:1]})
        case "tag":
            return frozenset(record.tags)
        case "queue" | "language" | "lifecycle" | "owner":
            return frozenset({getattr(record, key)})
    return _values(record.fields.get(key))


def _never_fitting(key: str, values: frozenset[object]) -> Iterator[Fault]:
    if not values:
        yield Fault(f"when.{key}", "no value", "the values that fit")
    known = _KNOWN.get(key)
    if known is not None:
        for unknown in sorted(str(value) for value in values if value not in known):
            yield Fault(f"when.{key}", f"no {key} {unknown!r}", ", ".join(filter(None, known)))


@attrs.frozen(field_transformer=checked)
class SlaPolicy:
    """Some targets, and the tickets they are for.

    Attributes:
        name: The policy's name.
        targets: What is owed.
        when: What a ticket must be like: for each of `priority`, `channel` (of its first contact), `queue`, `language`,
            `lifecycle`, `owner`, `tag`, or a field of the department's own, the values that fit. Every ticket if empty.
        group: Of several fitting policies of one group the first counts; without a group each counts.

    Raises:
        ConfigurationError: If a condition can fit no ticket at all: it names no value, or an unknown priority or
            language.
    """

    name: str
    targets: tuple[Target, ...] = attrs.field(converter=_targets)
    when: Mapping[str, frozenset[object]] = attrs.field(factory=dict, converter=_conditions, kw_only=True)
    group: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = [fault for key, values in self.when.items() for fault in _never_fitting(key, values)]
        if faults:
            raise ConfigurationError(faults)

    def fits(self, ticket: Ticket) -> bool:
        """Whether a ticket is one of those."""
        return all(values & _found(ticket, key) for key, values in self.when.items())


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
        for fault in _unknown_names(policy, target, lifecycle, calendars)
    ]
    if faults:
        raise ConfigurationError(faults)


def _unknown_names(
    policy: SlaPolicy, target: Target, lifecycle: Lifecycle, calendars: Collection[str]
) -> Iterator[Fault]:
    place = f"{policy.name}.{target.metric.value}"
    if target.calendar and target.calendar not in calendars:
        yield Fault(
            f"{place}.calendar", f"no calendar {target.calendar!r}", ", ".join(sorted(calendars)) or "none is given"
        )
    for key in ("paused_in", "counted_in"):
        for state in sorted(getattr(target, key) or ()):
            if state not in lifecycle.by_name:
                yield Fault(f"{place}.{key}", f"no state {state!r}", ", ".join(lifecycle.by_name))
