"""A desk's lines as plain data, and back: what a snapshot keeps of each contact that is at the desk.

Instants are microseconds since the epoch. The data holds what the contacts hold, in the clear: whoever stores it must
protect it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from ticontact.contacts import CaseRef, HandOver
from ticontact.contacts.formats import from_dict, to_dict
from ticontact.departments import Department
from ticontact.desk._line import Line, Stage
from ticontact.priority import Priority

__all__ = ["SCHEMA", "line_of", "plain_line"]

SCHEMA: Final = 1
"""The number of the form; it rises when an older desk could not read it."""

_MICROSECOND: Final = timedelta(microseconds=1)


def plain_line(line: Line) -> dict[str, Any]:
    """The plain form of a line."""
    return {
        "contact": to_dict(line.contact),
        "queue": line.queue.id,
        "priority": line.priority.value,
        "stage": line.stage.name,
        "served_until": line.served_until,
        "joined": line.joined,
        "answered": line.answered,
        "agent": line.agent,
        "official": line.official,
        "carried": None if line.carried is None else _plain_hand_over(line.carried),
    }


def line_of(data: Mapping[str, Any], department: Department) -> Line:
    """The line of a plain form.

    Raises:
        UnreadableRecord: If its contact cannot be read.
    """
    carried = data["carried"]
    return Line(
        contact=from_dict(data["contact"]),
        queue=department.queues[data["queue"]],
        priority=Priority.named(data["priority"]),
        stage=Stage[data["stage"]],
        served_until=data["served_until"],
        joined=data["joined"],
        answered=data["answered"],
        agent=data["agent"],
        official=data["official"],
        carried=None if carried is None else _hand_over(carried),
    )


def _plain_hand_over(told: HandOver) -> dict[str, Any]:
    case = told.case
    return {
        "case": None if case is None else {"scheme": case.scheme, "value": case.value, "office": case.office},
        "summary": told.summary,
        "language": told.language,
        "waited": told.waited // _MICROSECOND,
    }


def _hand_over(data: Mapping[str, Any]) -> HandOver:
    case = data["case"]
    return HandOver(
        None if case is None else CaseRef(case["scheme"], case["value"], office=case["office"]),
        data["summary"],
        language=data["language"],
        waited=data["waited"] * _MICROSECOND,
    )
