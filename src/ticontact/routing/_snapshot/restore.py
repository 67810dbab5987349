"""A dispatcher from a snapshot: all is read and held together before anything is put in place."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ticontact.errors import ConfigurationError
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.coherence import incoherences
from ticontact.routing._snapshot.read import read_snapshot

__all__ = ["restore"]


def restore(engine: Engine, data: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Put a fresh engine into the state of a snapshot.

    Raises:
        ConfigurationError: If the data are of another schema, cannot be read, contradict themselves, or name a queue
            that is not here. The engine is still fresh then.
    """
    saved = read_snapshot(data, zone)
    faults = incoherences(saved, engine)
    if faults:
        raise ConfigurationError(faults)
    engine.clocks.turn_to(saved.now)
    engine.ring_turns = saved.turns
    for agent_state in saved.agent_states:
        engine.agents.put(agent_state)
    for work in saved.works:
        engine.resume(work)
    for timer in saved.timers:
        engine.resume_timer(timer)
