"""Values of routing as plain data (texts, numbers, lists, tables), and back: what a snapshot is made of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from ticontact._bounded import quoted
from ticontact._time import from_epoch, microseconds, to_epoch
from ticontact._typed import built
from ticontact.contacts import CaseRef, Channel, HandOver
from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.priority import Priority
from ticontact.routing._agents.agent import Agent, WrapUp
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._agents.assignment import Assignment, AssignmentState
from ticontact.routing._decision.decision import Offer
from ticontact.routing._decision.explanation import Eligibility, RoutingExplanation
from ticontact.routing._decision.remedy import Remedy
from ticontact.routing._decision.waiting_explanation import WaitingExplanation, WaitingReason
from ticontact.routing._requirements import condition as conditions
from ticontact.routing._requirements.eligibility_reason import EligibilityReason, IneligibleReason
from ticontact.routing._requirements.requirement import Preference, Requirement
from ticontact.routing._work.callback import Callback
from ticontact.routing._work.work_item import WorkItem

__all__ = ["from_plain", "to_plain"]

_VALUES: Final[Mapping[str, type]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            *(
                Agent,
                Callback,
                CaseRef,
                Channel,
                HandOver,
                Assignment,
                Offer,
                Preference,
                Requirement,
                AgentState,
                Eligibility,
                EligibilityReason,
                Remedy,
                RoutingExplanation,
                WaitingExplanation,
                Text,
                WorkItem,
                WrapUp,
            ),
            *(conditions.AllOf, conditions.AnyOf, conditions.AtSite, conditions.HasAttribute, conditions.HasSkill),
            *(conditions.MayDo, conditions.Speaks, conditions.Step, conditions.Stepped, conditions.Without),
        )
    }
)
_NAMES: Final[Mapping[str, type[Enum]]] = MappingProxyType(
    {kind.__name__: kind for kind in (AssignmentState, AgentStatus, IneligibleReason, Priority, WaitingReason)}
)


def to_plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - plain data is what JSON takes, one form for each type
    """The plain form of a value; each but texts, whole numbers, lists and None says its type."""
    match value:
        case None | str() | bool() | int():
            return value
        case Enum():
            return {"type": type(value).__name__, "value": value.value}
        case timedelta():
            return {"type": "timedelta", "value": microseconds(value)}
        case datetime():
            return {"type": "instant", "value": to_epoch(value)}
        case tuple() | list():
            return [to_plain(each) for each in value]
        case frozenset():
            return {"type": "set", "value": sorted(value)}
        case Mapping():
            return {"type": "table", "value": {name: to_plain(each) for name, each in value.items()}}
    fields = {field.name: to_plain(getattr(value, field.name)) for field in attrs.fields(type(value)) if field.init}
    return {"type": type(value).__name__, **fields}


def from_plain(plain: Any, zone: ZoneInfo) -> Any:  # noqa: ANN401, PLR0911 - what `to_plain` was given, one form for each type
    """The value of a plain form.

    Args:
        plain: What `to_plain` has made.
        zone: The zone of the instants in it.

    Raises:
        ConfigurationError: If it names a type that is not known here, or holds what that type does not.
        LookupError, TypeError, ValueError: If it is no such form at all.
    """
    if isinstance(plain, list):
        return tuple(from_plain(each, zone) for each in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain["type"]
    match kind:
        case "timedelta":
            return timedelta(microseconds=plain["value"])
        case "instant":
            return from_epoch(plain["value"], zone)
        case "set":
            return frozenset(plain["value"])
        case "table":
            return {name: from_plain(each, zone) for name, each in plain["value"].items()}
    if kind in _NAMES:
        return _NAMES[kind](plain["value"])
    if kind not in _VALUES:
        raise ConfigurationError([Fault("type", f"{quoted(kind)} was given", ", ".join(sorted(_VALUES)))])
    return built(_VALUES[kind], {name: from_plain(each, zone) for name, each in plain.items() if name != "type"})
