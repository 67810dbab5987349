"""Were people reached, and soon enough?

A service level means nothing without its definition, so the definition is a value of its own that goes with every
figure.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

import attrs

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Fact
from ticontact.measures._share import Share

__all__ = ["Abandonment", "ServiceLevel", "abandonment", "reachability", "service_level"]


@attrs.frozen(kw_only=True)
class ServiceLevel:
    """The definition of a service level: the share of contacts answered within a time.

    Attributes:
        within: The time.
        since: When the clock starts: when the contact `entered` the queue, or when it was `offered` to the office, with
            the announcement.
        short: Who gives up within this time is left out of the count. Zero leaves out nobody; there is no standard.
        abandoned_in_time: Whether one who gives up within the time (and not shortly) counts `against` the office, `for`
            it, or is `left_out`.
        out_of_hours: Whether attempts while the queue is closed are `left_out` or `counted`.
    """

    within: timedelta
    since: Literal["entered", "offered"] = "entered"
    short: timedelta = timedelta(0)
    abandoned_in_time: Literal["against", "for", "left_out"] = "against"
    out_of_hours: Literal["left_out", "counted"] = "left_out"

    def __attrs_post_init__(self) -> None:
        for name in ("within", "short"):
            if getattr(self, name) < timedelta(0):
                raise ConfigurationError([Fault(f"service_level.{name}", "negative", "0 or more")])

    def took(self, fact: Fact) -> timedelta | None:
        """How long a contact waited by this definition; None if it never joined the queue, or still waits."""
        waited = fact.waited
        if waited is None or fact.entered_at is None or self.since == "entered":
            return waited
        return waited + timedelta(microseconds=fact.entered_at - fact.offered_at)


def service_level(facts: Iterable[Fact], definition: ServiceLevel) -> Share:
    """The share of contacts answered in time, by a definition.

    Counted are live contacts that joined the queue and wait no more; what became of them otherwise (the fallback, say)
    counts against the office.
    """
    good = total = 0
    for fact in facts:
        took = definition.took(fact)
        if took is None or not fact.is_live or not (fact.in_hours or definition.out_of_hours == "counted"):
            continue
        verdict = _verdict(fact, took, definition)
        good += verdict is True
        total += verdict is not None
    return Share(good, total)


def _verdict(fact: Fact, took: timedelta, definition: ServiceLevel) -> bool | None:
    """Whether a contact counts for the office (True), against it (False) or not at all (None)."""
    if fact.is_answered:
        return took <= definition.within
    if not fact.is_abandoned:
        return False
    if took < definition.short:
        return None
    if took > definition.within:
        return False
    return {"against": False, "for": True, "left_out": None}[definition.abandoned_in_time]


def reachability(facts: Iterable[Fact]) -> Share:
    """The share of live contacts offered in opening hours that a person answered.

    Source: the office's own promise of "constant reachability" (press release of the Dipartimento delle istituzioni,
    14 January 2015), which does not forgive announcements, short waits or full queues.
    """
    offered = [fact for fact in facts if fact.is_live and fact.in_hours]
    return Share(sum(fact.is_answered for fact in offered), len(offered))


@attrs.frozen
class Abandonment:
    """Who gave up.

    Attributes:
        short: Those who left the queue before the threshold, of all that joined it.
        long: Those who left after it, of all that joined it.
        announcement: Those who left before joining the queue, of all offered.
    """

    short: Share
    long: Share
    announcement: Share


def abandonment(facts: Iterable[Fact]) -> Abandonment:
    """Who gave up of the live contacts, by their outcome."""
    live = [fact for fact in facts if fact.is_live]
    joined = [fact for fact in live if fact.entered_at is not None]
    return Abandonment(
        short=_ended(joined, Outcome.ABANDONED_SHORT),
        long=_ended(joined, Outcome.ABANDONED_LONG),
        announcement=_ended(live, Outcome.ABANDONED_ANNOUNCEMENT),
    )


def _ended(facts: list[Fact], outcome: Outcome) -> Share:
    return Share(sum(fact.outcome is outcome for fact in facts), len(facts))
