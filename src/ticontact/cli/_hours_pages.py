"""What `ticontact hours` shows: a month on the page, holidays line by line, answers as plain data."""

import calendar as weeks_of
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from ticontact.hours import BusinessCalendar, Holiday, Open, Reason, RuleKind
from ticontact.i18n import Text
from ticontact.i18n._dates import MONTHS, WEEKDAYS, clock, on_date
from ticontact.i18n._texts.hours import LEGEND, PROJECTED

__all__ = ["day_data", "holiday_data", "holiday_lines", "month_page", "state_data"]

_ORDINARY: Final = frozenset({RuleKind.WEEK, RuleKind.SEASON, RuleKind.APPOINTMENT})
_NOON: Final = 12 * 3600 * 1_000_000


def state_data(calendar: BusinessCalendar, at: datetime, language: str) -> dict[str, object]:
    """The state at an instant as plain data."""
    explained = calendar.explain(at=at)
    until = explained.state.until
    return {
        "at": explained.at.isoformat(),
        "open": isinstance(explained.state, Open),
        "until": None if until is None else until.isoformat(),
        "because": _reason_data(explained.because, language),
        "text": explained.text(language),
        "spoken": explained.text(language, form="spoken"),
    }


def day_data(calendar: BusinessCalendar, day: date, language: str) -> dict[str, object]:
    """The hours of a date as plain data, with the reason where they are not the ordinary ones."""
    reason = _special(calendar, day)
    return {
        "date": day.isoformat(),
        "windows": [[opening.isoformat(), closing.isoformat()] for opening, closing in calendar.windows(day)],
        "because": None if reason is None else _reason_data(reason, language),
    }


def holiday_data(holiday: Holiday, language: str) -> dict[str, object]:
    """A holiday as plain data."""
    return {
        "date": holiday.day.isoformat(),
        "id": holiday.id,
        "name": holiday.name.text(language),
        "closed_from": holiday.closed_from,
        "source": holiday.source,
        "projected": holiday.projected,
    }


def holiday_lines(holidays: Iterable[Holiday], language: str) -> Iterator[str]:
    """The holidays line by line: date, weekday, name, and from when on the day is off."""
    for holiday in holidays:
        name = PROJECTED.fill({"name": holiday.name}) if holiday.projected else holiday.name
        hour = f" ({clock(holiday.closed_from).text(language)}-)" if holiday.closed_from else ""
        yield f"{holiday.day}  {on_date(holiday.day).text(language):<30}  {name.text(language)}{hour}"


def month_page(calendar: BusinessCalendar, year: int, month: int, language: str) -> str:
    """A month with a mark on each date that is not ordinary, and below it the reasons."""
    title = f"{_bare_month(month, language)} {year}"
    header = " ".join(f"{weekday.text(language)[:2]:>3}" for weekday in WEEKDAYS)
    rows = [_row(calendar, week, month) for week in weeks_of.Calendar().monthdatescalendar(year, month)]
    return "\n".join([title, header, *rows, LEGEND.text(language), *_reasons(calendar, year, month, language)])


def _bare_month(month: int, language: str) -> str:
    """The name of a month by itself: Romansh joins it to a day with a preposition."""
    name = MONTHS[month - 1].text(language)
    return (name.removeprefix("da ").removeprefix("d'") if language == "rm" else name).capitalize()


def _row(calendar: BusinessCalendar, week: list[date], month: int) -> str:
    cells = (f"{day.day:>2}{_mark(calendar, day)}" if day.month == month else "   " for day in week)
    return " ".join(cells).rstrip()


def _mark(calendar: BusinessCalendar, day: date) -> str:
    reason = _special(calendar, day)
    if calendar.spans_on(day):
        return "~" if reason is not None else " "
    return "*" if reason is not None else "·"


def _special(calendar: BusinessCalendar, day: date) -> Reason | None:
    """The rule that gives a date other hours than the ordinary week; None if there is none."""
    midday = calendar.timeline.instant(_midday(calendar, day))
    for instant in (midday, *(edge for span in calendar.spans_on(day) for edge in span), midday + _NOON - 1):
        reason = calendar.because_epoch(instant)
        if reason.kind not in _ORDINARY:
            return reason
    return None


def _midday(calendar: BusinessCalendar, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=calendar.timeline.zone)


def _reasons(calendar: BusinessCalendar, year: int, month: int, language: str) -> Iterator[str]:
    days = (date(year, month, day) for day in range(1, weeks_of.monthrange(year, month)[1] + 1))
    for day in days:
        reason = _special(calendar, day)
        if reason is not None and (calendar.spans_on(day) or day.weekday() < 5):  # noqa: PLR2004 - the weekend says it
            yield f"{day.day:>2} {_words(reason).text(language)}"


def _words(reason: Reason) -> Text:
    return PROJECTED.fill({"name": reason.words}) if reason.projected else reason.words


def _reason_data(reason: Reason, language: str) -> dict[str, object]:
    return {
        "id": reason.id,
        "kind": reason.kind.value,
        "text": reason.text(language),
        "source": reason.source,
        "projected": reason.projected,
    }
