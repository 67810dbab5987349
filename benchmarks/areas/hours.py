"""Business hours against everything that answers the same question, each with the same office and holidays.

The office is that of the Ufficio della migrazione; its holidays are the fifteen of Ticino. A peer stands in a row only
if it gives the right answer to that row's question.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib import import_module
from math import isnan
from typing import Any
from zoneinfo import ZoneInfo

from measuring import Row, best_of

from ticontact.hours import BusinessCalendar, Canton, Week, swiss
from ticontact.testing import instant

__all__ = ["measure"]

Question = Callable[[], object]
Peer = Mapping[str, tuple[Question, object]]
"""What a peer can answer: by row, how, and what it says in the form of the right answer."""

ZURICH = ZoneInfo("Europe/Zurich")
AT = instant("2026-03-18 16:10")
LUNCH = instant("2026-03-18 12:10")
AT_DATE, SAN_GIUSEPPE = date(2026, 3, 18), date(2026, 3, 19)
ADDED = (1, 8, 80, 800)
SPANS = {"1 day": 1, "1 month": 30, "1 year": 365, "10 years": 3653}
FREE = [each.day for year in range(2014, 2041) for each in swiss.holidays(Canton.TI).in_year(year)]


def office() -> BusinessCalendar:
    """The office, not yet compiled."""
    week = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")
    return BusinessCalendar(zone="Europe/Zurich", week=week, holidays=swiss.holidays(Canton.TI))


def measure() -> Iterable[Row]:
    """Seconds a call of ours and of each peer that answers rightly."""
    ours = _ours(office())
    peers = dict(_peers())
    for what, (ask, right) in ours.items():
        answering = {name: peer[what] for name, peer in peers.items() if what in peer}
        times = {name: best_of(question, rounds=3) for name, (question, says) in answering.items() if says == right}
        yield Row(what, best_of(ask), times, "s")
    yield Row("24 years compiled", best_of(_compile, rounds=3), {}, "s")


def _compile() -> None:
    calendar = office()
    calendar.between(instant("2012-01-01"), instant("2036-01-01"))


def _ours(calendar: BusinessCalendar) -> Peer:
    rows: dict[str, tuple[Question, object]] = {
        "is open": (lambda: calendar.is_open(at=AT), True),
        "state": (lambda: calendar.state(at=AT), True),
        "next opening": (lambda: calendar.next_opening(at=LUNCH), _utc(calendar.next_opening(at=LUNCH))),
    }
    statutory = swiss.holidays(Canton.TI)
    rows["a holiday"] = (lambda: statutory.on(SAN_GIUSEPPE) is not None, True)
    rows["8 working days on"] = (
        lambda: calendar.days.next(AT_DATE, nth=8),
        calendar.days.next(AT_DATE, nth=8),
    )
    for hours in ADDED:
        amount = timedelta(hours=hours)
        rows[f"add {hours} h"] = (partial(calendar.add, amount, at=AT), _utc(calendar.add(amount, at=AT)))
    for span, days in SPANS.items():
        end = AT.add(days=days)
        rows[f"between, {span}"] = (partial(calendar.between, AT, end), calendar.between(AT, end))
    return rows


def _utc(at: datetime | None) -> datetime | None:
    """An instant that compares with those of other libraries."""
    return None if at is None else datetime.fromtimestamp(round(at.timestamp()), UTC)


def _peers() -> Iterator[tuple[str, Peer]]:
    for name, build in (
        ("opening-hours-py", _opening_hours),
        ("businesstimedelta", _businesstimedelta),
        ("business-duration", _business_duration),
        ("pandas", _pandas),
        ("exchange_calendars", _exchange_calendars),
        ("workalendar", _workalendar),
        ("holidays", _holidays),
    ):
        try:
            yield name, build()
        except ImportError:
            continue


def _opening_hours() -> Peer:
    peer: Any = import_module("opening_hours")

    off = "; ".join(f"{day:%Y %b %d} off" for day in FREE)
    hours = peer.OpeningHours(f"Mo-Fr 08:00-12:00,13:30-17:00; {off}", timezone=ZURICH)
    at, lunch = datetime(2026, 3, 18, 16, 10, tzinfo=ZURICH), datetime(2026, 3, 18, 12, 10, tzinfo=ZURICH)

    def between(end: datetime) -> timedelta:
        stretches = hours.intervals(at, end)
        return sum(
            (_elapsed(max(a, at), min(b, end)) for a, b, state, _ in stretches if str(state) == "open"), timedelta()
        )

    def add(left: timedelta) -> datetime | None:
        for start, end, state, _ in hours.intervals(at):
            if str(state) != "open":
                continue
            begin = max(start, at)
            if left <= _elapsed(begin, end):
                found: datetime = begin + left
                return found
            left -= _elapsed(begin, end)
        return None

    rows = {
        "is open": (lambda: hours.is_open(at), hours.is_open(at)),
        "state": (lambda: (hours.state(at), hours.next_change(at)), hours.is_open(at)),
        "next opening": (lambda: hours.next_change(lunch), _utc(hours.next_change(lunch))),
    }
    return rows | _adding(add) | _measuring(between)


def _elapsed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def _adding(add: Callable[[timedelta], datetime | None]) -> dict[str, tuple[Question, object]]:
    amounts = {hours: timedelta(hours=hours) for hours in ADDED}
    return {f"add {hours} h": (partial(add, amount), _utc(add(amount))) for hours, amount in amounts.items()}


def _measuring(between: Callable[[datetime], timedelta]) -> dict[str, tuple[Question, object]]:
    start = datetime(2026, 3, 18, 16, 10, tzinfo=ZURICH)
    ends = {span: start + timedelta(days=days) for span, days in SPANS.items()}
    return {f"between, {span}": (partial(between, end), between(end)) for span, end in ends.items()}


def _businesstimedelta() -> Peer:
    bt: Any = import_module("businesstimedelta")
    pytz: Any = import_module("pytz")

    zone = pytz.timezone("Europe/Zurich")
    parts = [
        bt.WorkDayRule(start_time=time(8), end_time=time(12), working_days=[0, 1, 2, 3, 4], tz=zone),
        bt.WorkDayRule(start_time=time(13, 30), end_time=time(17), working_days=[0, 1, 2, 3, 4], tz=zone),
        bt.HolidayRule(dict.fromkeys(FREE, "holiday"), tz=zone),
    ]
    rules = bt.Rules(parts)
    at = zone.localize(datetime(2026, 3, 18, 16, 10))  # noqa: DTZ001 - pytz asks for it

    def add(amount: timedelta) -> datetime:
        found: datetime = at + bt.BusinessTimeDelta(rules, timedelta=amount)
        return found

    def between(end: datetime) -> timedelta:
        found: timedelta = rules.difference(at, zone.localize(end.replace(tzinfo=None))).timedelta
        return found

    return _adding(add) | _measuring(between)


def _business_duration() -> Peer:
    peer: Any = import_module("business_duration")

    at = datetime(2026, 3, 18, 16, 10)  # noqa: DTZ001 - it knows no zones
    free = dict.fromkeys(FREE, "holiday")

    def between(end: datetime) -> timedelta:
        halves = [
            peer.businessDuration(at, end.replace(tzinfo=None), start, close, holidaylist=free, unit="sec")
            for start, close in ((time(8), time(12)), (time(13, 30), time(17)))
        ]
        return timedelta(seconds=sum(half for half in halves if not isnan(half)))  # NaN where nothing lies between

    return _measuring(between)


def _workalendar() -> Peer:
    calendar: Any = import_module("workalendar.europe").Ticino()

    return {
        "a holiday": (lambda: calendar.is_holiday(SAN_GIUSEPPE), calendar.is_holiday(SAN_GIUSEPPE)),
        "8 working days on": (
            lambda: calendar.add_working_days(AT_DATE, 8),
            calendar.add_working_days(AT_DATE, 8),
        ),
    }


def _holidays() -> Peer:
    calendar: Any = import_module("holidays").country_holidays("CH", subdiv="TI")

    return {
        "a holiday": (lambda: SAN_GIUSEPPE in calendar, SAN_GIUSEPPE in calendar),
        "8 working days on": (
            lambda: calendar.get_nth_working_day(AT_DATE, 8),
            calendar.get_nth_working_day(AT_DATE, 8),
        ),
    }


def _pandas() -> Peer:
    pd: Any = import_module("pandas")

    hours = pd.offsets.CustomBusinessHour(start=["08:00", "13:30"], end=["12:00", "17:00"], holidays=FREE)
    at, lunch = (pd.Timestamp(each, tz="Europe/Zurich") for each in ("2026-03-18 16:10", "2026-03-18 12:10"))

    def add(amount: timedelta) -> datetime:
        found: datetime = at + int(amount.total_seconds() // 3600) * hours
        return found

    rows = {
        "is open": (lambda: hours.is_on_offset(at), bool(hours.is_on_offset(at))),
        "next opening": (lambda: hours.rollforward(lunch), _utc(hours.rollforward(lunch))),
    }
    return rows | _adding(add)


def _exchange_calendars() -> Peer:
    pd: Any = import_module("pandas")
    peer: Any = import_module("exchange_calendars")

    with_lunch = {
        "name": "OFFICE",
        "tz": ZURICH,
        "open_times": ((None, time(8)),),
        "break_start_times": ((None, time(12)),),
        "break_end_times": ((None, time(13, 30)),),
        "close_times": ((None, time(17)),),
        "adhoc_holidays": property(lambda _: [pd.Timestamp(day) for day in FREE]),
    }
    exchange: Any = type("Office", (peer.ExchangeCalendar,), with_lunch)
    calendar = exchange(start="2014-01-01", end="2040-12-31", side="left")
    at, lunch = (pd.Timestamp(each, tz="Europe/Zurich") for each in ("2026-03-18 16:10", "2026-03-18 12:10"))

    def add(amount: timedelta) -> datetime:
        minutes = int(amount.total_seconds() // 60)
        last: datetime = calendar.minute_offset(at, minutes - 1)
        return last + timedelta(minutes=1)

    def between(end: datetime) -> timedelta:
        last = pd.Timestamp(end) - pd.Timedelta(minutes=1)
        return timedelta(minutes=len(calendar.minutes_in_range(at, last)))

    rows = {
        "is open": (lambda: calendar.is_open_on_minute(at), bool(calendar.is_open_on_minute(at))),
        "next opening": (lambda: calendar.next_open(lunch), _utc(calendar.next_open(lunch))),
    }
    return rows | _adding(add) | _measuring(between)
