"""The opening hours of a week in words, to be read or to be read aloud."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ticontact.hours._week import Week
from ticontact.hours._window import DAY, TimeWindow
from ticontact.i18n import Text
from ticontact.i18n._dates import WEEKDAYS, clock_range
from ticontact.i18n._texts.hours import ALWAYS_OPEN, DAY_AND_HOURS, DAY_RANGE, NEVER_OPEN, joined, listed

__all__ = ["week_text"]

_RANGE_FROM: Final = 3


def week_text(week: Week) -> Text:
    """The hours of a week, such as "Lunedì-venerdì 08.00-12.00 e 13.30-17.00"."""
    if week == Week.always():
        return ALWAYS_OPEN
    if week == Week.closed():
        return NEVER_OPEN
    return joined(list(_parts(week)))


def _parts(week: Week) -> Iterator[Text]:
    for windows, group in groupby(range(7), key=week.days.__getitem__):
        if windows:
            yield DAY_AND_HOURS.fill({"days": _days(list(group)), "hours": listed([_window(each) for each in windows])})


def _days(days: list[int]) -> Text:
    if len(days) < _RANGE_FROM:
        return listed([WEEKDAYS[day] for day in days])
    return DAY_RANGE.fill({"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]})


def _window(window: TimeWindow) -> Text:
    end = window.end if window.end <= DAY else window.end - DAY
    return clock_range(window.start, end)
