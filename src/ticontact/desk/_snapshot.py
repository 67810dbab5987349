"""A desk's lines as plain data, and back: what a snapshot keeps of each contact that is at the desk.

Instants are microseconds since the epoch. The data holds what the contacts hold, in the clear: whoever stores it must
protect it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from ticontact._time import to_epoch
from ticontact._typed import built
from ticontact.contacts import CaseRef, HandOver
from ticontact.contacts.formats import from_dict, to_dict
from ticontact.departments import Department
from ticontact.desk._line import Line, Stage
from ticontact.priority import Priority

__all__ = ["SCHEMA", "current", "line_of", "plain_line"]

SCHEMA: Final = 3
"""The number of the form; it rises when an older desk could not read it."""

_WITHOUT_DRAINS: Final = 1
_WITHOUT_ENDS: Final = 2

_MICROSECOND: Final = timedelta(microseconds=1)


def current(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A snapshot in the form of now; what is in no known form stays as it is.

    In form 1 the desk itself let go of those in line at the end of a drain; now the dispatcher does, by a timer for
    each queue. When a contact had reached the office was not kept: it is taken to be when it began.

    Up to form 2 nobody wrote down when an event was taken and a contact over: it is taken to be the instant of the
    snapshot.
    """
    if not set(data) >= {"lines", "dispatcher", "now", "taken"}:
        return data
    if data.get("schema") == _WITHOUT_DRAINS:
        data = _with_drains(data)
    return _with_ends(data) if data.get("schema") == _WITHOUT_ENDS else data


def _with_drains(data: Mapping[str, Any]) -> Mapping[str, Any]:
    ends: dict[str, int] = {}
    for line in data["lines"]:
        if line["stage"] == Stage.QUEUED.name and line["served_until"] is not None:
            ends[line["queue"]] = max(ends.get(line["queue"], 0), line["served_until"], line["joined"])
    drains = [[end, "drain", queue, end, ""] for queue, end in ends.items()]
    dispatcher = {**data["dispatcher"], "timers": [*data["dispatcher"]["timers"], *drains]}
    lines = [
        {**line, "reached": to_epoch(from_dict(line["contact"]).created_at), "is_called_back": False}
        for line in data["lines"]
    ]
    return {**data, "schema": _WITHOUT_ENDS, "lines": lines, "dispatcher": dispatcher}


def _with_ends(data: Mapping[str, Any]) -> Mapping[str, Any]:
    now = data["now"]
    lines = [{**line, "ended": now if line["stage"] == Stage.FINISHED.name else 0} for line in data["lines"]]
    return {**data, "schema": SCHEMA, "lines": lines, "taken": dict.fromkeys(data["taken"], now)}


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
        "ended": line.ended,
    }


def line_of(data: Mapping[str, Any], department: Department) -> Line:
    """The line of a plain form.

    Raises:
        UnreadableRecord: If its contact cannot be read.
        ConfigurationError: If something is of another type.
        LookupError: If something is missing.
    """
    carried = data["carried"]
    same = ("reached", "joined", "answered", "agent", "official", "is_called_back", "ended")
    return built(
        Line,
        {
            "contact": from_dict(data["contact"]),
            "queue": department.queues[data["queue"]],
            "priority": Priority.named(data["priority"]),
            "stage": Stage[data["stage"]],
            "carried": None if carried is None else _hand_over(carried),
            **{name: data[name] for name in same},
        },
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
