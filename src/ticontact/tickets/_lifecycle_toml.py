"""Lifecycles and service levels as TOML: what a department writes down."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Final, Literal, cast

from ticontact._bounded import quoted
from ticontact._description import Description, read_toml
from ticontact._time import Amount, parse_amount
from ticontact.errors import ConfigurationError
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.i18n import LANGUAGES, Text
from ticontact.tickets._category import Category
from ticontact.tickets._lifecycle.graph import OCCASIONS, Edge, Guard, State, Timer, fact
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets.sla._policy import REOPENED, SlaMetric, SlaPolicy, Target, clock_time

__all__ = ["load_lifecycle", "load_policies"]

_NO_GUARDS: Final[Mapping[str, Guard]] = {}
_NO_CALENDARS: Final[Mapping[str, OfficeCalendar]] = {}
_NOTHING: Final[Amount] = timedelta(0)
_LONGEST_SHARE: Final = 9  # digits


def load_lifecycle(
    text: str, *, guards: Mapping[str, Guard] = _NO_GUARDS, calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS
) -> Lifecycle:
    """The lifecycle that a TOML text describes.

    Args:
        text: The description; see the how-to on lifecycles for every key.
        guards: The guards that it may name, beside the `facts` it declares.
        calendars: The calendars that it may name.

    Raises:
        ConfigurationError: With every fault of the text; if it has none, with every fault of the lifecycle.
    """
    file = read_toml(text)
    facts = file.names("facts", default=())
    occasions = file.table("occasions")
    window = file.read("reopening_within", parse_amount, _NOTHING) if "reopening_within" in file else None
    counted_in = file.text("reopening_calendar", default="")
    name, initial = file.text("name"), file.text("initial")
    states = [_state(table) for table in file.tables("state")]
    edges = [_edge(table) for table in file.tables("edge")]
    timers = [_timer(table) for table in file.tables("timer")]
    fired = {each: occasions.text(each) for each in OCCASIONS if each in occasions}
    file.finish()
    return Lifecycle(
        name,
        states,
        edges=edges,
        initial=initial,
        guards={**{each: fact(each) for each in facts}, **guards},
        timers=timers,
        occasions=fired,
        reopening_within=window,
        reopening_calendar=counted_in,
        calendars=calendars,
    )


def load_policies(text: str) -> tuple[SlaPolicy, ...]:
    """The service-level policies that a TOML text describes, in their order.

    Args:
        text: The description; see the how-to on service levels for every key.

    Raises:
        ConfigurationError: With every fault.
    """
    file = read_toml(text)
    policies = tuple(_policy(table) for table in file.tables("policy"))
    file.finish()
    return policies


def _label(table: Description, *, default: str) -> Text:
    """The words of a label, in all five languages; the name itself where there is none."""
    if "label" not in table:
        return Text.same(default)
    words = table.table("label")
    it, de, fr, rm, en = (words.text(language) for language in LANGUAGES)
    return Text(it=it, de=de, fr=fr, rm=rm, en=en)


def _state(table: Description) -> State:
    name = table.text("name")
    category = Category(table.choice("category", [each.value for each in Category]))
    return State(name, category, label=_label(table, default=name))


def _edge(table: Description) -> Edge:
    trigger = table.text("trigger")
    return Edge(
        trigger,
        table.names("from"),
        target=table.text("to"),
        guards=table.names("guards", default=()),
        needs_reason=table.flag("needs_reason", default=False),
        reasons=table.names("reasons", default=()),
        hooks=table.names("hooks", default=()),
        label=_label(table, default=trigger),
    )


def _timer(table: Description) -> Timer:
    at_term = table.flag("at_term", default=False)
    after = None if at_term else table.read("after", parse_amount, _NOTHING)
    return Timer(
        id=table.text("id"),
        states=table.names("in"),
        after=after,
        calendar=table.text("calendar", default=""),
        trigger=table.text("trigger", default=""),
        raises_priority=table.flag("raises_priority", default=False),
    )


def _policy(table: Description) -> SlaPolicy:
    when = table.table("when")
    conditions = {key: when.names(key) for key in when}
    targets = tuple(_target(each) for each in table.tables("target"))
    name, group = table.text("name"), table.text("group", default="")
    try:
        return SlaPolicy(name, targets, when=conditions, group=group)
    except ConfigurationError as refused:
        _written_down(table, refused)
    return SlaPolicy(name, targets)


def _target(table: Description) -> Target:
    metric = SlaMetric(table.choice("metric", [each.value for each in SlaMetric]))
    within = table.read("within", parse_amount, _NOTHING) if "within" in table else None
    calendar = table.text("calendar", default="")
    reopened = table.choice("when_reopened", REOPENED, default="go_on")
    choices = {
        "paused_in": table.names("paused_in") if "paused_in" in table else None,
        "counted_in": table.names("counted_in") if "counted_in" in table else None,
    }
    cut_off = table.read("cut_off", clock_time, time()) if "cut_off" in table else None
    at_same_clock = table.flag("at_same_clock", default=False)
    from_change = table.flag("from_change", default=False)
    try:
        return Target(
            metric,
            within,
            calendar=calendar,
            warn_at=_shares(table),
            when_reopened=cast("Literal['go_on', 'restart', 'stay_stopped']", reopened),
            cut_off=cut_off,
            at_same_clock=at_same_clock,
            from_change=from_change,
            **choices,
        )
    except ConfigurationError as refused:
        _written_down(table, refused)
    return Target(metric)


def _written_down(table: Description, refused: ConfigurationError) -> None:
    """The faults of a value, each at its place in the text."""
    for fault in refused.faults:
        table.fault(fault.path, fault.problem, fault.allowed)


def _shares(table: Description) -> list[float]:
    """The shares of a target at which to warn: one whole number of percent, or a list of texts such as "75%"."""
    if "warn_at_percent" in table:
        return [table.integer("warn_at_percent") / 100]
    shares = []
    for text in table.names("warn_at", default=()):
        number = text.removesuffix("%")
        if text.endswith("%") and number.isdecimal() and len(number) <= _LONGEST_SHARE:
            shares.append(int(number) / 100)
        else:
            table.fault("warn_at", f"{quoted(text)} was given", "shares such as '50%', '75%'")
    return shares
