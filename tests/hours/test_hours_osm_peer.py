"""OpenStreetMap expressions read by ticontact and by opening-hours-py, over two years; each difference is judged here.

The peer has holidays of Switzerland of its own, so PH means these for both. Both are asked in a zone without changes of
the clock, since the peer has its own idea of the skipped hour (`test_hours_clock_changes` is about that).
"""

from datetime import datetime, timedelta
from functools import cache

import opening_hours
import pytest

from ticontact.errors import InvalidNotation
from ticontact.hours import Holiday, HolidayCalendar
from ticontact.hours._intervals import merged
from ticontact.hours.notation import osm
from ticontact.testing import instant

START, END = datetime(2026, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - the peer takes local time without a zone
MINUTE = timedelta(minutes=1)
Minutes = list[tuple[int, int]]

ALIKE = [
    "24/7",
    "08:00-12:00",
    "Mo-Fr 08:00-12:00,13:30-17:00",
    "Mo-Fr 08:00-12:00, 13:30-17:00",
    "Mo-Fr 08:00-12:00; Sa 09:00-11:00",
    "Mo,We,Fr 08:00-12:00",
    "Sa-Mo 10:00-18:00",
    "Mo-Su 00:00-24:00",
    "Fr 22:00-06:00",
    "Fr,Sa 20:00-26:00",
    "Mo-Fr 08:00-12:00; We off",
    "Mo-Fr 08:00-17:00; 12:00-13:00 off",
    "Mo-Fr 08:00-17:00; Fr 12:00-24:00 off",
    "Mo-Fr 08:00-12:00, We 14:00-18:00",
    "Mo-Fr 08:00-12:00; We 14:00-18:00",
    "Mo-Su off; Mo-Fr 08:00-12:00",
    "Th[1] 14:00-18:00",
    "Th[2,4] 14:00-18:00",
    "Th[1-2] 14:00-18:00",
    "Th[-1] 14:00-18:00",
    "Mo-Fr 08:00-12:00; Th[1] 08:00-12:00,14:00-18:00",
    "Mo[5] 08:00-12:00",
    "We[-1] +1 day 08:00-12:00",
    "We[1] -2 days 08:00-12:00",
    "Jan 08:00-12:00",
    "Jan-Mar 08:00-12:00",
    "Nov-Feb Mo-Fr 08:00-12:00",
    "Jul-Aug Sa off; Mo-Sa 08:00-12:00",
    "Mo-Sa 08:00-12:00; Jul-Aug Sa off",
    "Mar 18 08:00-12:00",
    "Mar 18-25 08:00-12:00",
    "Mar 18-Apr 10 08:00-12:00",
    "Dec 24-Jan 02 off; Mo-Fr 08:00-12:00",
    "Mo-Fr 08:00-12:00; Dec 24-Jan 02 off",
    "2026 Mar 18 08:00-12:00",
    "2026 Jul 06-2026 Jul 10 08:00-12:00",
    "2026 Dec 20-2027 Jan 10 08:00-12:00",
    "2026 Mo-Fr 08:00-12:00",
    "2027+ Mo-Fr 08:00-12:00",
    "2025-2027/2 Mo-Fr 08:00-12:00",
    "2026 Mar 08:00-12:00",
    "2026 Nov 10+ 08:00-12:00",
    "2026+ Dec 24-Dec 31 08:00-12:00",
    "2026-2027 Mar 18 08:00-12:00",
    "week 12 08:00-12:00",
    "week 1-53/2 Mo-Fr 08:00-12:00",
    "week 2-52/2 We 14:00-16:00",
    "week 10-20 Mo 08:00-12:00",
    "week 1 08:00-12:00",
    "week 53 08:00-12:00",
    "Mo-Fr 08:00-12:00; week 30-32 off",
    "easter 08:00-12:00",
    "easter -2 days 08:00-12:00",
    "easter +39 days off; Mo-Fr 08:00-12:00",
    "Mo-Fr 08:00-12:00; easter -2 days off; easter +1 day off",
    "easter -2 days-easter +1 day 08:00-12:00",
    "Mar 01-easter 08:00-12:00",
    "Aug 02-Aug Mo[1] 08:00-12:00",
    "Oct 01-Nov Su[-4] 09:00-12:00",
    "Oct Su[-1]-May 31 07:00-22:00",
    "Mar Su[-1]-Oct Su[-1] 07:00-22:00",
    "Jun 01-Oct Sa[-1]: Mo-Su 07:00-23:00; Oct Su[-1]-May 31: Mo-Su 07:00-22:00",
    "Mo-Fr 08:00-12:00; Sep Su[1] +4 days off",
    "Sep Su[3] +1 day 08:00-12:00",
    "Mar Mo[1]-Mar Mo[2] 08:00-12:00",
    "Jan-Mar Mo[1] 08:00-12:00",
    "Dec 23 +1 day 08:00-12:00",
    "Mar We[3] 08:00-12:00",
    "Mar 18 We 08:00-12:00",
    "PH off; Mo-Fr 08:00-12:00",
    "Mo-Fr 08:00-12:00; PH off",
    "Mo-Fr,PH 08:00-12:00",
    "PH 10:00-12:00; Mo-Fr 08:00-12:00",
    "Mo-Fr 08:00-12:00; PH 10:00-12:00",
    "PH -1 day 08:00-12:00",
    "Mo-Fr 08:00-12:00; PH -1 day 08:00-10:00",
    "PH +1 day off; 08:00-12:00",
    "Mo-Fr 08:00-12:00; PH off; Mar 19 10:00-12:00",
    'Mo-Fr 08:00-12:00 "by the door"',
    'Mo-Fr 08:00-12:00 open "by the door"; Sa 09:00-10:00',
    'Mo-Fr 08:00-12:00; We off "closed on Wednesdays"',
    "Mo-Fr 08:00-12:00; Jul off; Jul 10 09:00-10:00",
    "Mo-Fr 08:00-12:00; We unknown",
    "Mo-Fr 08:00-12:00; We 10:00-11:00 unknown",
    "Mo-Fr 08:00-12:00 || 14:00-15:00",
    "Mo 08:00-12:00 || Tu 09:00-10:00",
    "Mo-Fr 08:00-12:00 || We 14:00-15:00; Fr off",
    "Mo-We 08:00-12:00; Tu-Th 14:00-17:00, Fr 09:00-10:00",
    "Jan 01-31,Mar 01-31 Mo-Fr 08:00-12:00",
    "2026 Jan-Mar Mo 08:00-12:00; 2027 Apr-Jun Tu 08:00-12:00",
]
"""Read alike by both: the same hours on each of the 730 days."""

REFUSED = {
    "Mo-Fr 08:00-12:00; Dec 24-02 off": "the peer takes 2 January; the words say 2 December, a year of closure later",
    "Oct 31-1 08:00-12:00": "as above: a range into another month names it",
    "Mar 18+ 08:00-12:00": "the peer ends it with the year, which the words do not say",
    "Sa[4-2] 09:00-11:00": "the peer reads every Saturday; nobody can tell what is meant",
    "Mo-Fr 08:00+": "an open end: the peer invents when it closes",
    "sunrise-sunset": "the peer takes six in the morning for sunrise everywhere",
    "Mo-Fr 08:00-sunset": "as above",
    "Feb 30 off; Mo-Fr 08:00-12:00": "no year has the day, so a closure would never hold",
}
"""Read by the peer, and refused here, with the reason."""

READ_HERE_ALONE = {
    "Mo-Fr 08:00-12:00; Dec 24,31 off": "by the specification days of one month may follow each other",
}
"""Refused by the peer."""

REFUSED_BY_BOTH = [
    "Mo-Fr 08:00-12:00; week 52-01 off",
    "2027-2026 Mo 08:00-12:00",
    "Mo-We[1] 08:00-12:00",
    "We[1-7] 08:00-09:00",
    "Mo-Fr 8-12",
    "Xx 08:00-12:00",
    "week 54 08:00-12:00",
    'Mo-Fr "unfinished',
]
"""Refused by both."""

DIFFERENT = {
    'We 08:00-12:00 || "by appointment"': "the peer opens all other days: words alone are no open door",
    'Th 14:00-16:00; PH off || "su appuntamento"': "as above",
    "Jun 01-Oct Sa[-1]: Mo-Su 07:00-02:00; Oct Su[-1]-May 31: Mo-Su 07:00-22:00": (
        "the peer ends the last night of the season at midnight: here hours belong to the date on which they begin"
    ),
    "PH Mo-Fr 10:00-11:00": "the peer adds the weekdays to the holidays: by the specification it is holidays on these",
    '"by appointment"; Mo-Fr 08:00-12:00': "as above: words before the hours",
}
"""Read by both and not alike, with the reason why ours stands."""


def by_peer(text: str, *, end: datetime = END) -> Minutes:
    """The open stretches of the two years as the peer has them, in minutes after their start."""
    parsed = opening_hours.OpeningHours(text, country="CH")
    return merged(
        ((opens - START) // MINUTE, (closes - START) // MINUTE)
        for opens, closes, state, _ in parsed.intervals(START, end)
        if str(state) == "open"
    )


@cache
def holidays() -> HolidayCalendar:
    """The holidays that the peer has for Switzerland."""
    # The day before New Year is a day before a holiday, too.
    stretches = by_peer("PH 00:00-00:01", end=END + timedelta(days=7))
    days = [START.date() + timedelta(minutes=opening) for opening, _ in stretches]
    return HolidayCalendar.of("CH", [Holiday(day, "holiday") for day in days])


def by_us(text: str) -> Minutes:
    """The same as ticontact has them."""
    calendar = osm.read(text, zone="UTC", holidays=holidays())
    start, end = (instant(f"{moment:%Y-%m-%d}", zone="UTC") for moment in (START, END))
    zero = start.int_timestamp
    return merged(
        ((opens.int_timestamp - zero) // 60, (closes.int_timestamp - zero) // 60)
        for opens, closes in calendar.intervals(start, end)
    )


def test_there_are_eighty() -> None:
    """The comparison is wide, and no expression stands in it twice."""
    every = [*ALIKE, *REFUSED, *READ_HERE_ALONE, *REFUSED_BY_BOTH, *DIFFERENT]

    assert len(ALIKE) >= 80
    assert len(every) == len(set(every))


@pytest.mark.parametrize("text", ALIKE)
def test_alike(text: str) -> None:
    """Both are open in the same minutes of two years."""
    assert by_peer(text) == by_us(text)


@pytest.mark.parametrize("text", REFUSED)
def test_refused_here(text: str) -> None:
    """What nobody can mean is refused, with its place."""
    by_peer(text)
    with pytest.raises(InvalidNotation, match="position"):
        by_us(text)


@pytest.mark.parametrize("text", READ_HERE_ALONE)
def test_read_here_alone(text: str) -> None:
    """What the specification has is read."""
    with pytest.raises(opening_hours.ParserError):
        by_peer(text)
    assert by_us(text) != []


@pytest.mark.parametrize("text", REFUSED_BY_BOTH)
def test_refused_by_both(text: str) -> None:
    """Neither reads it."""
    with pytest.raises(opening_hours.ParserError):
        by_peer(text)
    with pytest.raises(InvalidNotation, match="position"):
        by_us(text)


@pytest.mark.parametrize("text", DIFFERENT)
def test_different(text: str) -> None:
    """A difference that is judged is still one, or else it has no reason to stand here."""
    assert by_peer(text) != by_us(text)
