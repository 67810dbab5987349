"""What comes into the office of a scenario: a piece of work, what it asks, and what was agreed on."""

from datetime import datetime
from functools import reduce
from typing import Any, Final

import pendulum
from scenario_table import Table, amount

from ticontact.contacts import Channel
from ticontact.priority import Priority
from ticontact.routing import (
    Appointment,
    Callback,
    Requirement,
    WorkItem,
    any_agent,
    exclude,
    prefer,
    require,
    require_language,
    require_permission,
)
from ticontact.testing import instant

__all__ = ["called_back", "moment", "wish", "work"]

_INSTANTS: Final = ("entered_at", "not_before", "promote_at")


def moment(text: str, day: str) -> pendulum.DateTime:
    """A time of the day of the scenario, or of another day that is named."""
    return instant(text if "-" in text else f"{day} {text}")


def wish(values: Any, place: str) -> Requirement:
    """What a piece of work asks."""
    table = Table(values or {}, place)
    asked = [any_agent]
    if skill := table.take("skill"):
        asked.append(require(skill, level=table.take("level", 1)))
    if languages := table.take("speaks"):
        asked.append(require_language(*languages))
    if permission := table.take("permission"):
        asked.append(require_permission(permission))
    if never := table.take("never"):
        asked.append(exclude(never))
    if skill := table.take("without"):
        asked.append(exclude(skill=skill))
    if who := table.take("wishes_for"):
        asked.append(prefer(who, reserve_for=amount(table.take("reserve_for", "0s"))))
    if skill := table.take("rather"):
        asked.append(prefer(skill=skill))
    whole = reduce(lambda one, other: one & other, asked)
    for step in table.take("later", []):
        after = amount(step["after"])
        clock = step.get("clock", "elapsed")
        rest = {name: value for name, value in step.items() if name not in {"after", "clock"}}
        whole = whole.relax(after=after, to=wish(rest, f"{place}.later"), clock=clock)
    table.finish()
    return whole


def work(table: Table, name: str, *, day: str, at: datetime) -> WorkItem:
    """A piece of work, of which all that the table says has been read.

    Args:
        table: What is said about it.
        name: Its id.
        day: The day of the scenario.
        at: When it comes in.
    """
    instants: dict[str, Any] = {each: moment(table.take(each), day) for each in _INSTANTS if each in table}
    item = WorkItem(
        id=name,
        channel=Channel.named(table.take("channel", "voice")),
        queue=table.take("queue", ""),
        requirement=wish(table.take("needs"), "arrives.needs"),
        priority=Priority.named(table.take("priority", "normal")),
        language=table.take("language", ""),
        case_owner=table.take("case_owner"),
        last_agent=table.take("last_agent"),
        cost=table.take("cost", 1),
        attributes=table.take("attributes", {}),
        callback=called_back(table.take("callback"), day) if "callback" in table else None,
        **instants,
    )
    appointment = table.take("appointment")
    table.finish()
    return item if appointment is None else _booked(appointment, day).item(item, at=at)


def called_back(values: Any, day: str) -> Callback:
    """A call that the office makes: `in_turn`, `from` and `until`, or promised `by` an instant."""
    table = Table(values, "callback")
    tries: dict[str, Any] = {"attempts": table.take("attempts", 3), "spacing": amount(table.take("spacing", "30m"))}
    if table.take("in_turn"):
        kind = Callback.in_turn(**tries)
    elif "by" in table:
        kind = Callback.promised(moment(table.need("by"), day), lead=amount(table.take("lead", "1h")), **tries)
    else:
        kind = Callback.between(moment(table.need("from"), day), moment(table.need("until"), day), **tries)
    table.finish()
    return kind


def _booked(values: Any, day: str) -> Appointment:
    table = Table(values, "appointment")
    appointment = Appointment(
        slot=moment(table.need("slot"), day),
        grace=amount(table.take("grace", "10m")),
        early=amount(table.take("early", "0s")),
    )
    table.finish()
    return appointment
