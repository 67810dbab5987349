"""The settings of a dispatcher: what its owner has chosen once and for all."""

from collections.abc import Mapping
from datetime import timedelta

import attrs

from ticontact.priority import Priority
from ticontact.routing.strategies import Strategy

__all__ = ["Settings"]


@attrs.frozen(kw_only=True)
class Settings:
    """The settings of a dispatcher.

    Attributes:
        strategy: The order among agents.
        head_start: The waiting time that each priority is worth.
        ring_for: How long an offer is live; None without an end.
        offers_at_once: How many agents get an offer in one round.
        misses_allowed: How many offers in a row an agent may miss before it counts as not responding.
        offer_again_after: How long a decline of live work stands; None for until the agent signs in anew.
        deferred_again_after: The same of deferred work, in open time.
        is_strict: Whether a higher priority always comes first, whatever the waiting time.
        is_preempting: Whether deferred work is suspended for live work that finds nobody idle.
        is_explained: Whether decisions keep what is needed to explain them.
    """

    strategy: Strategy
    head_start: Mapping[Priority, timedelta]
    ring_for: timedelta | None
    offers_at_once: int
    misses_allowed: int
    offer_again_after: timedelta | None
    deferred_again_after: timedelta | None
    is_strict: bool
    is_preempting: bool
    is_explained: bool
