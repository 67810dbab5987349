"""How well was it answered? Figures with named definitions, counted from what became of each piece of work."""

from ticontact.measures._dispatched import DispatchRecorder
from ticontact.measures._estimate import EstimateMethod, WaitEstimate
from ticontact.measures._fact import Fact, Instant, instant_of
from ticontact.measures._half_hours import HalfHour, half_hours
from ticontact.measures._happening import About, Happened, Happening, StaffTime
from ticontact.measures._position import Position, position_in_line
from ticontact.measures._promises import CallBacks, call_backs, first_contact, first_level, no_show
from ticontact.measures._recent_waits import RecentWaits, estimate_by_recent_waits
from ticontact.measures._recorder import Recorder, StaffFigures
from ticontact.measures._service import Abandonment, ServiceLevel, abandonment, reachability, service_level
from ticontact.measures._share import Share
from ticontact.measures._stages import Stages, estimate_by_completions, estimate_by_stages
from ticontact.measures._tally import Tally, by_channel, by_half_hour, by_queue, tally
from ticontact.measures._times import (
    HandleTime,
    HandOvers,
    Spread,
    hand_overs,
    handle_time,
    occupancy,
    speed_of_answer,
    waits,
)

__all__ = [
    "Abandonment",
    "About",
    "CallBacks",
    "DispatchRecorder",
    "EstimateMethod",
    "Fact",
    "HalfHour",
    "HandOvers",
    "HandleTime",
    "Happened",
    "Happening",
    "Instant",
    "Position",
    "RecentWaits",
    "Recorder",
    "ServiceLevel",
    "Share",
    "Spread",
    "StaffFigures",
    "StaffTime",
    "Stages",
    "Tally",
    "WaitEstimate",
    "abandonment",
    "by_channel",
    "by_half_hour",
    "by_queue",
    "call_backs",
    "estimate_by_completions",
    "estimate_by_recent_waits",
    "estimate_by_stages",
    "first_contact",
    "first_level",
    "half_hours",
    "hand_overs",
    "handle_time",
    "instant_of",
    "no_show",
    "occupancy",
    "position_in_line",
    "reachability",
    "service_level",
    "speed_of_answer",
    "tally",
    "waits",
]
