"""The office that the tests of tickets share: its hours, an instant, and instants as numbers."""

from datetime import datetime, timedelta

from ticontact.hours import BusinessCalendar, Week
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
"""A Wednesday morning; the Thursday after it is San Giuseppe."""

HOUR = timedelta(hours=1)
OFFICE = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
NEVER = BusinessCalendar(zone="Europe/Zurich", week=Week.closed())


def epoch(at: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z."""
    return int(at.timestamp()) * 1_000_000 + at.microsecond
