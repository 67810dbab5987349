"""Every notification day of 2015 to 2030, against a counter that walks day by day and knows nothing of the library."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ticontact.hours.terms import (
    ASYLUM,
    CIVIL,
    DEBT_ENFORCEMENT,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    ProceduralLaw,
    deadline,
)

# Easter Sundays as published in the calendars of these years.
PUBLISHED = """
    2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21 2020-04-12 2021-04-04 2022-04-17
    2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13
"""
EASTER = [date.fromisoformat(text) for text in PUBLISHED.split()]
# RL 10.1.1.1.2 art. 1, as (month, day), and as days after Easter Sunday.
FIXED = {(1, 1), (1, 6), (3, 19), (5, 1), (6, 29), (8, 1), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
MOVABLE = {easter + timedelta(days=after) for easter in EASTER for after in (1, 39, 50, 60)}
AROUND_EASTER = {easter + timedelta(days=away) for easter in EASTER for away in range(-7, 8)}
ONE = timedelta(days=1)
IN_2020 = {date(2020, 3, 21) + number * ONE for number in range(30)}
"""In 2020 terms stood still from 21 March to 19 April: AS 2020 849."""


def is_off(day: date) -> bool:
    """Whether it is a weekend or an official holiday of Ticino."""
    return day.isoweekday() > 5 or (day.month, day.day) in FIXED or day in MOVABLE


def stands_still(day: date) -> bool:
    """Whether terms are suspended, by the words of the articles."""
    month_and_day = (day.month, day.day)
    summer = (7, 15) <= month_and_day <= (8, 15)
    winter = month_and_day >= (12, 18) or month_and_day <= (1, 2)
    return summer or winter or day in AROUND_EASTER or day in IN_2020


def is_in_recess(day: date) -> bool:
    """Whether debt enforcement rests: SchKG art. 56 no. 2, and AS 2020 839 from 19 March to 4 April 2020."""
    month_and_day = (day.month, day.day)
    around_christmas = month_and_day >= (12, 18) or month_and_day <= (1, 1)
    summer = (7, 15) <= month_and_day <= (7, 31)
    return summer or around_christmas or day in AROUND_EASTER or date(2020, 3, 19) <= day <= date(2020, 4, 19)


def counted_for_debtors(notified: date, days: int) -> date:
    """The last day of a term of debt enforcement: all days count, and what ends in a recess ends after it (art. 63)."""
    day = notified + days * ONE
    if is_in_recess(day):
        while is_in_recess(day):
            day += ONE
        return counted_working(day - ONE, 3)
    while is_off(day):
        day += ONE
    return day


def counted(notified: date, days: int, *, heeds_suspensions: bool) -> date:
    """The last day, found by looking at each day in turn."""
    day, left = notified, days
    while left:
        day += ONE
        left -= not (heeds_suspensions and stands_still(day))
    while is_off(day):
        day += ONE
    return day


def counted_working(notified: date, days: int) -> date:
    """The last of so many working days."""
    day, left = notified, days
    while left:
        day += ONE
        left -= not is_off(day)
    return day


def every_day(law: ProceduralLaw) -> Iterator[date]:
    """The days of 2015 to 2030 on which the law was or is in force."""
    first = max(date(2015, 1, 1), law.since)
    for ordinal in range(first.toordinal(), date(2030, 12, 31).toordinal() + 1):
        yield date.fromordinal(ordinal)


@pytest.mark.parametrize("law", [TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, ASYLUM], ids=lambda each: each.id)
def test_thirty_days_from_every_day(law: ProceduralLaw) -> None:
    """The usual term of appeal, from each day of sixteen years."""
    wrong = {
        day: (expected, actual)
        for day in every_day(law)
        if (expected := counted(day, 30, heeds_suspensions=law is not ASYLUM))
        != (actual := deadline(law, notified=day, days=30, party_canton="TI").last_day)
    }

    assert wrong == {}


@pytest.mark.parametrize("days", [1, 10, 65, 250])
def test_other_lengths(days: int) -> None:
    """Short terms, and such as meet several suspensions, from each day of years with an early and a late Easter."""
    wrong = {
        day: (expected, actual)
        for day in every_day(TICINO)
        if day.year in {2018, 2019, 2024}
        if (expected := counted(day, days, heeds_suspensions=True))
        != (actual := deadline(TICINO, notified=day, days=days).last_day)
    }

    assert wrong == {}


@pytest.mark.parametrize("working_days", [5, 7])
def test_working_days(working_days: int) -> None:
    """The terms of the asylum act, from each day of three years."""
    wrong = {
        day: (expected, actual)
        for day in every_day(ASYLUM)
        if day.year in {2020, 2024, 2026}
        if (expected := counted_working(day, working_days))
        != (actual := deadline(ASYLUM, notified=day, working_days=working_days, party_canton="TI").last_day)
    }

    assert wrong == {}


def test_civil_procedure() -> None:
    """The term of appeal of civil procedure, at a court in Ticino."""
    wrong = {
        day: (expected, actual)
        for day in every_day(CIVIL)
        if (expected := counted(day, 30, heeds_suspensions=True))
        != (actual := deadline(CIVIL, notified=day, days=30, court_canton="TI").last_day)
    }

    assert wrong == {}


@pytest.mark.parametrize("days", [10, 20])
def test_debt_enforcement(days: int) -> None:
    """Terms to oppose and to pay, from each day on which an act takes effect."""
    wrong = {
        day: (expected, actual)
        for day in every_day(DEBT_ENFORCEMENT)
        if not is_in_recess(day)
        if (expected := counted_for_debtors(day, days))
        != (actual := deadline(DEBT_ENFORCEMENT, notified=day, days=days, court_canton="TI").last_day)
    }

    assert wrong == {}


def test_the_counter_itself() -> None:
    """The courts' vector, counted by the counter."""
    assert date(2025, 1, 27) == counted(date(2024, 12, 10), 30, heeds_suspensions=True)
    assert date(2026, 3, 25) == counted_working(date(2026, 3, 17), 5)
