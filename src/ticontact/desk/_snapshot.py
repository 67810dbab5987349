"""A desk's lines as plain data, and back: what a snapshot keeps of each contact that is at the desk.

Instants are microseconds since the epoch. The data holds what the contacts hold, in the clear: whoever stores it must
protect it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from ticontact._time import to_epoch
from ticontact.contacts import CaseRef, HandOver
from ticontact.contacts.formats import from_dict, to_dict
from ticontact.departments import Department
from ticontact.desk._line import Line, Stage
from ticontact.priority import Priority

__all__ = ["SCHEMA", "current", "line_of", "plain_line"]

SCHEMA: Final = 2
"""The number of the form; it rises when an older desk could not read it."""

_WITHOUT_DRAINS: Final = 1

_MICROSECOND: Final = timedelta(microseconds=1)


def current(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A snapshot in the form of now; what is in no known form stays as it is.

    In form 1 the desk itself let go of those in line at the end of a drain; now the dispatcher does, by a timer for
    each queue. When a contact had reached the office was not kept: it is taken to be when it began.
    """
    if data.get("schema") != _WITHOUT_DRAINS or not set(data) >= {"lines", "dispatcher"}:
        return data
    ends: dict[str, int] = {}
    for line in data["lines"]:
        if line["stage"] == Stage.QUEUED.name and line["served_until"] is not None:
            ends[line["queue"]] = max(ends.get(line["queue"], 0), line["served_until"], line["joined"])
    drains = [[end, "drain", queue, end, ""] for queue, end in ends.items()]
    dispatcher = {**data["dispatcher"], "timers": [*data["dispatcher"]["timers"], *drains]}
    return {**data, "schema": SCHEMA, "lines": [_line_of_now(line) for line in data["lines"]], "dispatcher": dispatcher}


def _line_of_now(line: Mapping[str, Any]) -> dict[str, Any]:
    began = to_epoch(from_dict(line["contact"]).created_at)
    return {**line, "reached": began, "is_called_back": False}


def plain_line(line: Line) -> dict[str, Any]:
    """The plain form of a line."""
    return {
        "contact": to_dict(line.contact),
        "queue": line.queue.id,
        "priority": line.priority.value,
        "stage": line.stage.name,
        "reached": line.reached,
        "joined": line.joined,
        "answered": line.answered,
        "agent": line.agent,
        "official": line.official,
        "carried": None if line.carried is None else _plain_hand_over(line.carried),
        "is_called_back": line.is_called_back,
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
        reached=data["reached"],
        joined=data["joined"],
        answered=data["answered"],
        agent=data["agent"],
        official=data["official"],
        carried=None if carried is None else _hand_over(carried),
        is_called_back=data["is_called_back"],
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
