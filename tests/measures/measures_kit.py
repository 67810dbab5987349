"""Builders for the tests of figures and recorders: one Wednesday morning, one voice call in one queue."""

from datetime import datetime, timedelta

import pendulum

from ticontact.contacts import Channel, Outcome
from ticontact.measures import RoutingEvent
from ticontact.testing import instant

__all__ = ["NINE", "VOICE", "at", "ended", "microseconds", "minutes", "reached", "seconds"]

NINE = instant("2026-03-18 09:00")
VOICE = Channel.named("voice")


def at(number: float) -> pendulum.DateTime:
    """So many seconds after nine."""
    return NINE.add(seconds=number)


def seconds(number: float) -> timedelta:
    """An amount of time."""
    return timedelta(seconds=number)


def minutes(number: float) -> timedelta:
    """An amount of time."""
    return timedelta(minutes=number)


def microseconds(moment: datetime) -> int:
    """An instant as records keep it: since the epoch."""
    return round(moment.timestamp() * 1_000_000)


def reached(item: str = "c-1", second: float = 0, *, queue: str = "general", channel: str = "voice") -> RoutingEvent:
    """That a piece of work reached the office."""
    return RoutingEvent.reached(item, queue=queue, channel=channel, at=at(second))


def ended(item: str = "c-1", second: float = 0, outcome: Outcome = Outcome.ANSWERED) -> RoutingEvent:
    """That a piece of work is over."""
    return RoutingEvent.ended(item, outcome, at=at(second))
