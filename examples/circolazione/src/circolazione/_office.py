"""The office: how people reach it, who waits for whom, when somebody is there."""

from importlib.resources import files
from typing import Final

from ticontact.departments import Department, Fallback, load
from ticontact.hours import ClosingRule
from ticontact.routing import CounterCallPolicy, Queue

__all__ = ["office", "queues"]

_CALLING: Final = CounterCallPolicy(calls=2, returns=1)
"""Called twice, then to the end of the line, then called twice more."""


def office() -> Department:
    """The office, read from `office.toml` of this package."""
    return load((files("circolazione") / "office.toml").read_text(encoding="utf-8"))


def queues(department: Department) -> list[Queue]:
    """Its queues, as a dispatcher takes them. Where somebody waits, the queue closes with its hours."""
    return [
        Queue(
            id=point.id,
            calendar=point.calendar,
            fallback=point.fallback.value,
            closing=None if point.fallback is Fallback.STAYS else ClosingRule(drain=point.drain),
            calling=_CALLING,
        )
        for point in department.queues.values()
    ]
