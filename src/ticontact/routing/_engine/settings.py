"""How a dispatcher decides: what its owner has chosen once and for all."""

from collections.abc import Mapping
from datetime import timedelta

import attrs

from ticontact.priority import Priority
from ticontact.routing.strategies import Strategy

__all__ = ["Terms"]


@attrs.frozen(kw_only=True)
class Terms:
    """How a dispatcher decides.

    Attributes:
        strategy: The order among agents.
        head_start: The waiting time that each priority is worth.
        ring_for: How long an offer stands; None for as long as it takes.
        offers_at_once: How many agents are asked in one round.
        misses_allowed: How many offers in a row an agent may let expire before counting as not responding.
        is_strict: Whether a higher priority always goes first, whatever the waiting time.
        is_interrupting: Whether deferred work in hand gives way to live work that finds nobody idle.
        is_explained: Whether decisions keep what is needed to explain them.
    """

    strategy: Strategy
    head_start: Mapping[Priority, timedelta]
    ring_for: timedelta | None
    offers_at_once: int
    misses_allowed: int
    is_strict: bool
    is_interrupting: bool
    is_explained: bool
