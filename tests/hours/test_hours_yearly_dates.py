"""On which day of a year a feast falls: the one room that holidays and terms look into."""

from datetime import date

import pytest

from ticontact.hours._yearly_dates import After, Easter, Every, NthWeekday, Once, UnlessWeekday, easter_sunday


def easter_by_the_moon(year: int) -> date:
    """Easter as the Sunday after the paschal full moon (D. Knuth, TAOCP 1.3.2, exercise 14)."""
    golden, century = year % 19 + 1, year // 100 + 1
    dropped_leap_years, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon - dropped_leap_years) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact if 44 - epact >= 21 else 74 - epact
    sunday = date(year, 3, 1).toordinal() + full_moon - 1
    return date.fromordinal(sunday + 7 - sunday % 7)


class TestMoments:
    """On which day of a year a feast falls."""

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            (1818, "03-22"),
            (1943, "04-25"),
            (2015, "04-05"),
            (2024, "03-31"),
            (2026, "04-05"),
            (2038, "04-25"),
            (2285, "03-22"),
        ],
    )
    def test_easter(self, year: int, expected: str) -> None:
        """Easter lies between 22 March and 25 April; the extremes are those of the tables."""
        assert expected == f"{easter_sunday(year):%m-%d}"

    def test_easter_by_the_moon(self) -> None:
        """The full moon of the epact tables, and the Sunday after it, agree for 1583 to 4099."""
        assert [year for year in range(1583, 4100) if easter_by_the_moon(year) != easter_sunday(year)] == []

    @pytest.mark.parametrize(
        ("year", "expected"), [(2015, "04-09"), (2021, "04-08"), (2025, "04-03"), (2026, "04-09"), (2027, "04-01")]
    )
    def test_fahrt(self, year: int, expected: str) -> None:
        """The Näfelser Fahrt gives way to Maundy Thursday by a week."""
        fahrt = After(NthWeekday(4, 1, weekday=3), Easter(-3))

        assert expected == f"{fahrt.on(year):%m-%d}"

    def test_rules_without_a_day(self) -> None:
        """A rule may have no day in a year."""
        assert Every(2, 29).on(2025) is None
        assert Once(date(2024, 1, 1)).on(2025) is None
        assert UnlessWeekday(Every(2, 29), [0]).on(2025) is None
        assert After(Every(2, 29), Easter(0)).on(2025) is None
        assert date(2024, 1, 1) == Once(date(2024, 1, 1)).on(2024)
