"""Business hours: are we there, why not, when next, and how much open time is it?

The notation of other systems (OpenStreetMap, schema.org, iCalendar, TOML) is in `ticontact.hours.notation`, which is
loaded only by who imports it.
"""

from ticontact.hours._calendar import BusinessCalendar, Stretch
from ticontact.hours._calendar_history import CalendarHistory
from ticontact.hours._closing import Closing, ClosingRule
from ticontact.hours._explanation import ByAppointment, Closed, Explanation, Open, Reason, RuleKind
from ticontact.hours._holiday import Holiday, HolidayCalendar, HolidayRule
from ticontact.hours._rules import Break, Closure, DayOverride, Season
from ticontact.hours._week import Week
from ticontact.hours._window import TimeWindow
from ticontact.hours.swiss._canton import Canton

__all__ = [
    "Break",
    "BusinessCalendar",
    "ByAppointment",
    "CalendarHistory",
    "Canton",
    "Closed",
    "Closing",
    "ClosingRule",
    "Closure",
    "DayOverride",
    "Explanation",
    "Holiday",
    "HolidayCalendar",
    "HolidayRule",
    "Open",
    "Reason",
    "RuleKind",
    "Season",
    "Stretch",
    "TimeWindow",
    "Week",
]
