"""What a snapshot of a dispatcher tells, read from plain data part by part."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs

from ticontact._bounded import quoted
from ticontact._time import from_epoch
from ticontact._typed import UNREADABLE, built
from ticontact.errors import ConfigurationError, Fault, TicontactError
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._decision.decision import ToldAssessment
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest, Consult, VainOffer
from ticontact.routing._engine.timers import Timer
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._snapshot.values import from_plain
from ticontact.routing._snapshot.write import OF_A_REQUEST, SCHEMA

__all__ = ["SnapshotData", "read_snapshot"]

Read = TypeVar("Read")

_OF_A_TIMER: Final = ("due", "kind", "subject", "mark", "about")
_OF_WORK: Final = ("epoch", "agent", "since", "attempts", "calls", "returns", "overflow", "drain")
_OF_A_VAIN_OFFER: Final = ("agent", "has_declined", "until")
_OF_A_CONSULT: Final = ("official", "since", "conference")


@attrs.frozen(kw_only=True)
class SnapshotData:
    """What a snapshot tells.

    Attributes:
        now: The instant of the last operation, in microseconds since the epoch.
        turns: How many offers were made.
        agent_states: Where the agents stand.
        works: All work.
        timers: What is due.
        queues: The queues that there were.
        rules: The rules that there were, by name and version.
        changed: The fields of agents that were changed by events, by their ids.
    """

    now: int
    turns: int
    agent_states: tuple[AgentState, ...]
    works: tuple[ActiveWork, ...]
    timers: tuple[Timer, ...]
    queues: tuple[str, ...]
    rules: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]


def read_snapshot(data: Mapping[str, Any], zone: ZoneInfo) -> SnapshotData:
    """What a snapshot tells, each part by itself; whether the parts hold together is another question.

    Args:
        data: The snapshot.
        zone: The zone of the instants in it.

    Raises:
        ConfigurationError: If it is of another schema, or cannot be read, with the place.
    """
    schema = _read_at("", lambda: data.get("schema"))
    if schema != SCHEMA:
        raise ConfigurationError([Fault("schema", f"{quoted(schema)} was given", str(SCHEMA))])
    return _read_at("", lambda: _saved(data, zone))


def _read_at(path: str, read: Callable[[], Read]) -> Read:
    """Read something, and say where it stands if that cannot be; what stood there is in no error."""
    try:
        return read()
    except ConfigurationError as refused:
        faults = [attrs.evolve(fault, path=".".join(filter(None, (path, fault.path)))) for fault in refused.faults]
    except (TicontactError, *UNREADABLE) as failed:
        faults = [Fault(path or "restore", f"it cannot be read: {type(failed).__name__}", "what `snapshot` gave")]
    raise ConfigurationError(faults)


def _saved(data: Mapping[str, Any], zone: ZoneInfo) -> SnapshotData:
    each = {
        "agent_states": _all_of("agents", data["agents"], lambda plain: _standing(plain, zone)),
        "works": _all_of("work", data["work"], lambda plain: _work(plain, zone)),
        "timers": _all_of("timers", data["timers"], lambda plain: _timer(plain, zone)),
    }
    from_epoch(data["now"], zone)  # no number that is no instant is let in
    named = {name: tuple(data[name]) for name in ("queues", "rules")}
    changed = {name: tuple(fields) for name, fields in data["changed"].items()}
    return built(SnapshotData, {"now": data["now"], "turns": data["turns"], "changed": changed, **named, **each})


def _all_of(name: str, plain: list[Any], read: Callable[[Any], Read]) -> tuple[Read, ...]:
    return tuple(_read_at(f"{name}[{place}]", partial(read, each)) for place, each in enumerate(plain, 1))


def _standing(plain: Any, zone: ZoneInfo) -> AgentState:  # noqa: ANN401 - anything may stand there
    agent_state = from_plain(plain, zone)
    if not isinstance(agent_state, AgentState):
        raise TypeError
    return agent_state


def _work(plain: Mapping[str, Any], zone: ZoneInfo) -> ActiveWork:
    request, told = _request(plain["search"], zone), plain["consult"]
    consult = None
    if told is not None:
        carrying = from_plain(told["carrying"], zone)
        fields = {name: told[name] for name in _OF_A_CONSULT}
        consult = built(Consult, {"request": _request(told["search"], zone), "carrying": carrying, **fields})
    fields = {name: plain[name] for name in _OF_WORK}
    from_epoch(fields["drain"], zone)  # as above
    transferred = from_plain(plain["transferred"], zone)
    of_work = {"item": request.item, "request": request, "consult": consult, "transferred": transferred}
    return built(ActiveWork, {**of_work, **fields})


def _request(plain: Mapping[str, Any], zone: ZoneInfo) -> AssignmentRequest:
    values = {name: from_plain(plain[name], zone) for name in OF_A_REQUEST}
    from_epoch(values["entered"], zone)  # as above
    vain = tuple(_vain_offer(each, zone) for each in plain["vain"])
    current = {
        "item": values["item"],
        "requirement": values["requirement"],
        "condition": from_plain(plain["condition"], zone),
        "kept_for": plain["kept_for"],
        "round": plain["round"],
    }
    explained = from_plain(plain["explained"], zone)
    assessment = None if explained is None else built(ToldAssessment, {"explanation": explained})
    told = {"vain": vain, "current": built(CurrentRequirement, current), "assessment": assessment}
    return built(AssignmentRequest, {**values, **told})


def _vain_offer(plain: list[Any], zone: ZoneInfo) -> VainOffer:
    told = built(VainOffer, dict(zip(_OF_A_VAIN_OFFER, plain, strict=True)))
    if told.until is not None:
        from_epoch(told.until, zone)  # as above
    return told


def _timer(plain: list[Any], zone: ZoneInfo) -> Timer:
    from_epoch(plain[0], zone)  # as above
    return built(Timer, dict(zip(_OF_A_TIMER, plain, strict=True)))
