"""What a consumer's type checker sees of business hours."""

from datetime import date, timedelta
from typing import assert_type

import pendulum

from ticontact.hours import (
    BusinessCalendar,
    ByAppointment,
    Canton,
    Closed,
    Closing,
    ClosingRule,
    Closure,
    Explanation,
    Holiday,
    HolidayCalendar,
    Open,
    Reason,
    RuleKind,
    Stretch,
    TimeWindow,
    Week,
    swiss,
)
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.testing import instant

at = instant("2026-03-19 10:00")
week = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")
office = BusinessCalendar(
    zone="Europe/Zurich",
    week=week,
    holidays=swiss.administration(Canton.TI),
    closures=[Closure(date(2026, 12, 28), date(2026, 12, 31), reason="between the years")],
)

assert_type(Week(monday="08:00-12:00", friday=[TimeWindow("08:00", "12:00")]), Week)
assert_type(week.days, tuple[tuple[TimeWindow, ...], ...])
assert_type(swiss.holidays(Canton.SO, place="Olten"), HolidayCalendar)
assert_type(swiss.holidays(Canton.TI).on(date(2026, 3, 19)), Holiday | None)

assert_type(office.is_open(at=at), bool)
assert_type(office.state(at=at), Open | Closed | ByAppointment)
assert_type(office.next_opening(at=at), pendulum.DateTime | None)
assert_type(office.add(timedelta(hours=4), at=at), pendulum.DateTime)
assert_type(office.subtract(timedelta(hours=4), at=at, landing="previous_closing"), pendulum.DateTime)
assert_type(office.between(at, at), timedelta)
assert_type(office.windows(date(2026, 3, 18)), tuple[Stretch, ...])
assert_type(office.explain(at=at), Explanation)
assert_type(office.explain(at=at).text("it", form="spoken"), str)
assert_type(office.in_words("de", on=date(2026, 3, 18)), str)
assert_type(office & office | office - office, BusinessCalendar)
assert_type(office.adding(Closure(date(2026, 5, 15))), BusinessCalendar)
assert_type(office.rebase(at, before=office, at=at), pendulum.DateTime)

assert_type(date(2026, 3, 19) in office.days, bool)
assert_type(office.days.next(date(2026, 3, 18)), date)
assert_type(office.days.between(date(2026, 3, 18), date(2026, 3, 20)), int)
assert_type(office.days.deadline(10, at=at, cut_off="16:00"), pendulum.DateTime)
assert_type(ClosingRule(drain=timedelta(minutes=10)).next(office, at=at), Closing | None)

assert_type(office.is_open_epoch(0), bool)
assert_type(office.add_epochs(3_600_000_000, [0, 1]), list[int])

assert_type(osm.read("Mo-Fr 08:00-12:00", zone="Europe/Zurich"), BusinessCalendar)
assert_type(osm.write(office), str)
assert_type(schema_org.read({}, zone="Europe/Zurich"), BusinessCalendar)
assert_type(ical.write_openings(office, first=date(2026, 1, 1), last=date(2026, 1, 31), at=at), str)
assert_type(toml.write({"office": office}), str)


def announce(calendar: BusinessCalendar) -> str:
    """The two answers are told apart by `match`, and nothing is left over."""
    match calendar.state(at=at):
        case Open(until=closing):
            assert_type(closing, pendulum.DateTime | None)
            return "open"
        case Closed(because=reason, until=opening) | ByAppointment(because=reason, until=opening):
            assert_type(reason, Reason)
            assert_type(reason.kind, RuleKind)
            assert_type(opening, pendulum.DateTime | None)
            return reason.text("it")


for opening, closing in office.upcoming(at=at):
    assert_type(opening, pendulum.DateTime)
    assert_type(closing, pendulum.DateTime)
    break
