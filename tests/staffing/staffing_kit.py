"""What the tests of staffing share: an office with three queues, its demand, and amounts of time."""

from collections.abc import Mapping
from datetime import date, time, timedelta

import attrs

from ticontact.departments import Department, load
from ticontact.hours import BusinessCalendar, Week
from ticontact.staffing import DayDemand, Patience
from ticontact.staffing._day_plan import Plan, plan
from ticontact.staffing._simulated_day import Staff, alike

THREE_MINUTES = timedelta(minutes=3)
WEDNESDAY = date(2026, 3, 18)
SAINT_JOSEPH = date(2026, 3, 19)

OFFICE = """
id = "example"
zone = "Europe/Zurich"
lifecycle = "contact_centre"

[name]
it = "Ufficio d'esempio"
de = "Beispielamt"
fr = "Office d'exemple"
rm = "Uffizi d'exempel"
en = "Example office"

[hours.office]
week = "Mo-Fr 08:00-12:00,13:30-17:00"
holidays = "TI administration"

[[entry]]
id = "general"
channel = "voice"
queue = "general"

[[entry]]
id = "asylum"
channel = "voice"
queue = "asylum"

[[queue]]
id = "general"
hours = "office"
skill = "general"
drain = "5min"
fallback = "call_again"

[[queue]]
id = "asylum"
hours = "office"
skill = "asylum"
fallback = "call_again"

[[queue]]
id = "nobody calls"
hours = "office"
skill = "general"
fallback = "call_again"

[service_level]
within = "20s"
percent = 80
"""


def seconds(number: float) -> timedelta:
    """An amount of time."""
    return timedelta(seconds=number)


def minutes(number: float) -> timedelta:
    """An amount of time."""
    return timedelta(minutes=number)


def office(*, wrap_up: timedelta = timedelta(0)) -> Department:
    """An office with the hours of a Ticino administration."""
    return attrs.evolve(load(OFFICE), wrap_up=wrap_up)


def always_open() -> Department:
    """The same office, open day and night."""
    calendar = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 00:00-24:00"))
    return attrs.evolve(
        load(OFFICE), queues={name: attrs.evolve(each, calendar=calendar) for name, each in load(OFFICE).queues.items()}
    )


def half_hours(*calls: float) -> Mapping[time, float]:
    """So many calls in each half-hour from eight o'clock on, the last number for all that follow."""
    starts = [time(hour, minute) for hour in range(8, 17) for minute in (0, 30)]
    return {start: calls[min(number, len(calls) - 1)] for number, start in enumerate(starts)}


def demand(*calls: float, day: date = WEDNESDAY, handle: timedelta = THREE_MINUTES, cv: float = 0.0) -> DayDemand:
    """The demand of a day at the office."""
    calendar = office().queues["general"].calendar
    return DayDemand.of(half_hours(*calls), calendar=calendar, day=day, handle=handle, cv=cv)


def small_plan(*calls: float, patience: Patience | None = None) -> Plan:
    """The plan of a day with few calls, which is simulated fast."""
    return plan(office(), demand(*(calls or (4.0,))), queue="general", patience=patience)


def staff_of(planned: Plan, *, fewer: int = 0) -> Staff:
    """The agents of a plan, or some fewer of them."""
    shifts = planned.shifts()
    return alike(["general"], shifts[: len(shifts) - fewer])
