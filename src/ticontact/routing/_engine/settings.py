"""The settings of a dispatcher: what its owner has chosen once and for all.

They go by the names of the dispatcher's arguments, so that an error names what was given.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import attrs

from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.routing.strategies import Strategy

__all__ = ["Priorities", "Settings"]

Priorities = Literal["ageing", "strict"]
"""Whether a priority is worth waiting time, or always goes first."""


@attrs.frozen(kw_only=True, field_transformer=checked)
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
        priorities: Whether a priority is worth waiting time, or always goes first.
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
    priorities: Priorities
    is_preempting: bool = attrs.field(alias="preempting")
    is_explained: bool = attrs.field(alias="explaining")

    @property
    def is_strict(self) -> bool:
        """Whether a higher priority always comes first, whatever the waiting time."""
        return self.priorities == "strict"
