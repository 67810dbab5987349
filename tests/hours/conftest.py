"""The offices that the tests of hours share."""

from datetime import date

import pytest

from ticontact.hours import Break, BusinessCalendar, Canton, Closure, DayOverride, Season, Week, swiss

ORDINARY = "Mo-Fr 08:00-12:00,13:30-17:00"


@pytest.fixture(scope="session")
def office() -> BusinessCalendar:
    """An office of the administration of Ticino."""
    return BusinessCalendar(zone="Europe/Zurich", week=Week.parse(ORDINARY), holidays=swiss.administration(Canton.TI))


@pytest.fixture(scope="session")
def night_desk() -> BusinessCalendar:
    """A desk that is staffed through the night from Thursday to Sunday morning."""
    return BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Th-Sa 22:00-06:00"), name="night desk")


@pytest.fixture(scope="session")
def busy() -> BusinessCalendar:
    """An office with a rule of every kind in the same weeks."""
    return BusinessCalendar(
        zone="Europe/Zurich",
        week=Week.parse(ORDINARY),
        holidays=swiss.administration(Canton.TI),
        closures=[
            Closure(date(2026, 7, 6), date(2026, 7, 8), reason="works", source="decision 12", id="works"),
            Closure(date(2026, 7, 8), reason="strike"),
        ],
        overrides=[
            DayOverride(date(2026, 6, 29), "10:00-11:00", reason="registration day"),
            DayOverride(date(2026, 7, 7), "10:00-11:00"),
            DayOverride(date(2026, 7, 10), ""),
        ],
        breaks=[
            Break(date(2026, 6, 30), "09:00-10:00", reason="staff meeting"),
            Break(date(2026, 6, 30), "12:30-14:00", reason="fire drill"),
        ],
        seasons=[
            Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 07:00-13:00"), reason="summer"),
            Season(date(2026, 7, 20), date(2026, 7, 24), week=Week.parse("Mo 07:00-08:00"), reason="festival"),
            Season(date(2026, 7, 20), date(2026, 7, 22), week=Week.parse("Mo 09:00-10:00"), reason="last word"),
        ],
        since=date(2015, 1, 19),
        until=date(2029, 12, 31),
    )
