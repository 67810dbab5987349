"""How well was it answered? Figures with named definitions, counted from what became of each piece of work."""

from ticontact.routing.measures._dispatched import DispatchRecorder
from ticontact.routing.measures._estimate import EstimateMethod, WaitEstimate
from ticontact.routing.measures._fact import Fact, Instant, instant_of
from ticontact.routing.measures._half_hours import HalfHour, half_hours
from ticontact.routing.measures._happening import About, Happened, Happening, StaffTime
from ticontact.routing.measures._position import Position, position_in_line
from ticontact.routing.measures._promises import CallBacks, call_backs, first_contact, first_level, no_show
from ticontact.routing.measures._recent_waits import RecentWaits, estimate_by_recent_waits
from ticontact.routing.measures._recorder import Recorder, StaffFigures
from ticontact.routing.measures._service import Abandonment, ServiceLevel, abandonment, reachability, service_level
from ticontact.routing.measures._share import Share
from ticontact.routing.measures._stages import Stages, estimate_by_completions, estimate_by_stages
from ticontact.routing.measures._tally import Tally, by_channel, by_half_hour, by_queue, tally
from ticontact.routing.measures._times import (
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
