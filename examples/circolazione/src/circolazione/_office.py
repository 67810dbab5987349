"""The office: how people reach it, who waits for whom, when somebody is there."""

from importlib.resources import files

from ticontact.departments import Department, load
from ticontact.routing import Queue

__all__ = ["office", "queues"]


def office() -> Department:
    """The office, read from `office.toml` of this package."""
    return load((files("circolazione") / "office.toml").read_text(encoding="utf-8"))


def queues(department: Department) -> list[Queue]:
    """Its queues, as a dispatcher takes them."""
    return [
        Queue(id=point.id, calendar=point.calendar, fallback=point.fallback.value)
        for point in department.queues.values()
    ]
