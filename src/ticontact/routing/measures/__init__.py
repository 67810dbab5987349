"""How well was it answered? Figures with named definitions, counted from what became of each piece of work."""

from ticontact.routing.measures._fact import Fact, Instant
from ticontact.routing.measures._service import Abandonment, ServiceLevel, abandonment, reachability, service_level
from ticontact.routing.measures._share import Share
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
    "Fact",
    "HandOvers",
    "HandleTime",
    "Instant",
    "ServiceLevel",
    "Share",
    "Spread",
    "Tally",
    "abandonment",
    "by_channel",
    "by_half_hour",
    "by_queue",
    "hand_overs",
    "handle_time",
    "occupancy",
    "reachability",
    "service_level",
    "speed_of_answer",
    "tally",
    "waits",
]
