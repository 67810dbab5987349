"""A dispatcher from a snapshot: all is read and held together before anything is put in place."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ticontact.errors import ConfigurationError
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.coherence import incoherences
from ticontact.routing._snapshot.read import read_past

__all__ = ["restore"]


def restore(engine: Engine, data: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Put a fresh engine into the state of a snapshot.

    Raises:
        ConfigurationError: If the data are of another schema, cannot be read, contradict themselves, or name a queue
            that is not here. The engine is still fresh then.
    """
    past = read_past(data, zone)
    faults = incoherences(past, engine)
    if faults:
        raise ConfigurationError(faults)
    engine.clocks.turn_to(past.now)
    engine.turns = past.turns
    for standing in past.standings:
        engine.floor.put(standing, at=engine.now)
    for job in past.jobs:
        engine.jobs[job.item.id] = job
        engine.resume(job)
    for timer in past.timers:
        engine.timers.set(timer.due, timer.kind, timer.subject, mark=timer.mark, about=timer.about)
        if timer.kind == "drain":
            engine.drains[timer.subject] = timer.mark
