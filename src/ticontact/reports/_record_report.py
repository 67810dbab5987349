"""What a whole record comes to: its days side by side, its half-hours for a spreadsheet, and figures about staff."""

import csv
from collections.abc import Iterable, Mapping
from datetime import timedelta
from io import StringIO
from typing import Final

from ticontact._time import seconds_of
from ticontact.i18n import Language
from ticontact.i18n._figures import whole
from ticontact.i18n._texts import replays as texts
from ticontact.measures import HalfHour, Recorder
from ticontact.replay import Record
from ticontact.replay._recorded_days import RecordReplay
from ticontact.reports._day_report import assumptions, rows_read
from ticontact.reports._text_tables import compared_data, group_table, measure_table, text_table

__all__ = ["half_hour_csv", "record_data", "record_report", "staff_report"]

_HALF_HOUR_COLUMNS: Final = (
    "start",
    "offered",
    "answered",
    "abandoned_short",
    "abandoned_long",
    "abandoned_announcement",
    "longest_wait_seconds",
    "service_level",
    "talk_seconds",
    "hold_seconds",
    "wrap_up_seconds",
    "handle_seconds",
    "agents",
    "occupancy",
)
"""The columns, which are the names of `HalfHour` with their units."""


def record_report(record: Record, replayed: RecordReplay, language: Language) -> str:
    """All days together and each by itself, as recorded and as replayed, and what the figures hang on."""
    department = replayed.department
    target = department.service_level
    title = texts.RECORD_TITLE.fill({"name": department.name, "days": len(replayed.days)}).text(language)
    return "\n\n".join(
        [
            rows_read(record, language),
            f"{title}\n{'=' * len(title)}",
            measure_table(replayed.live, target, language),
            assumptions(department, replayed.presence, language),
            group_table(texts.DAY, replayed.by_day, target, language),
        ]
    )


def record_data(record: Record, replayed: RecordReplay) -> Mapping[str, object]:
    """The same as plain data, ready for JSON."""
    return {
        "record": {
            "rows": record.rows,
            "faults": [{"line": fault.line, "problem": fault.problem} for fault in record.faults],
        },
        "live": compared_data(replayed.live),
        "days": {name: compared_data(compared) for name, compared in replayed.by_day.items()},
    }


def staff_report(recorder: Recorder, language: Language, *, purpose: str) -> str:
    """What each agent did, one a line, under the purpose that was stated; no other report says it.

    Raises:
        ConfigurationError: If there is no purpose.
    """
    figures = recorder.staff_figures(purpose=purpose)
    header = [texts.STAFF, texts.HANDLED, texts.TALK, texts.HOLD, texts.WRAP_UP]
    rows = []
    for agent, time in figures.by_agent.items():
        numbers = (time.contacts, *map(seconds_of, (time.talk, time.hold, time.wrap_up)))
        rows.append([agent, *(whole(number, language) for number in numbers)])
    title = texts.STAFF_TITLE.fill({"purpose": figures.purpose}).text(language)
    return f"{title}\n{text_table([each.text(language) for each in header], rows)}"


def half_hour_csv(rows: Iterable[HalfHour]) -> str:
    """The table, one line for each half-hour below the names of the columns.

    Instants are ISO 8601 with their offset, times are seconds (the parts of the handle time on average, to a tenth),
    shares are between 0 and 1, and what there is none of is empty. Lines end as RFC 4180 says.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HALF_HOUR_COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return out.getvalue()


def _cells(row: HalfHour) -> list[str]:
    spent = row.handle_time
    return [
        row.start.isoformat(),
        *map(str, (row.offered, row.answered, row.abandoned_short, row.abandoned_long, row.abandoned_announcement)),
        _number(None if row.longest_wait is None else row.longest_wait.total_seconds(), 0),
        _number(row.service_level.ratio, 4),
        *(_handled(row, amount) for amount in (spent.talk, spent.hold, spent.wrap_up, spent.total)),
        _number(row.agents, 2),
        _number(row.occupancy, 4),
    ]


def _handled(row: HalfHour, amount: timedelta) -> str:
    return _number(amount.total_seconds() if row.answered else None, 1)


def _number(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"
