"""What all verbs of a dispatcher stand on."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from ticontact._time import to_epoch
from ticontact.routing._engine.engine import Engine
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.routing_rule import RoutingRule, apply_rules
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Verbs"]

T = TypeVar("T")


class Verbs:
    """The engine and the rules of a dispatcher. It is mutable.

    Args:
        engine: What stands behind the verbs.
        rules: The department's rules.
    """

    def __init__(self, engine: Engine, rules: Iterable[RoutingRule]) -> None:
        self._engine = engine
        self._rules = tuple(rules)

    def _move_to(self, at: datetime, check: Callable[[Engine, str], T], item_id: str) -> T:
        """Let time pass between two checks: what is refused changes nothing, and what was there may be gone by then."""
        check(self._engine, item_id)
        self._engine.move_to(to_epoch(at))
        return check(self._engine, item_id)

    def _asked(self, item: WorkItem) -> Requirement:
        """What a piece of work and the rules ask now; rules that fail are told in the decision."""
        if not self._rules:
            return item.requirement
        engine = self._engine
        asked, failures = apply_rules(self._rules, item, at=engine.clocks.at(engine.now))
        engine.effects.failures.extend(failures)
        return asked
