"""The half-hour table as comma-separated values, for whoever goes on with a spreadsheet."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO
from typing import Final

from ticontact.measures import HalfHour

__all__ = ["HALF_HOUR_COLUMNS", "half_hour_csv"]

HALF_HOUR_COLUMNS: Final = (
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


def half_hour_csv(rows: Iterable[HalfHour]) -> str:
    """The table, one line for each half-hour below the names of the columns.

    Instants are ISO 8601 with their offset, times are seconds (the parts of the handle time on average, to a tenth),
    shares are between 0 and 1, and what there is none of is empty. Lines end as RFC 4180 says.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HALF_HOUR_COLUMNS)
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
