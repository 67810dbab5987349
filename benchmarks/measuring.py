"""How a figure is measured, and the row it stands in."""

import gc
import timeit
from collections.abc import Callable, Mapping

import attrs

__all__ = ["Row", "best_of"]

_LONG_ENOUGH = 0.02  # seconds a round: a thousand times the resolution of the clock


@attrs.frozen
class Row:
    """One question, measured on ticontact and on its peers in the same run.

    Attributes:
        what: The question, in a few words.
        ours: Our figure.
        peers: Theirs, by the peer's name; empty where none is installed.
        unit: The unit of all of them, such as `s` (a call) or `1/s`.
    """

    what: str
    ours: float
    peers: Mapping[str, float]
    unit: str


def best_of(function: Callable[[], object], *, rounds: int = 5) -> float:
    """Seconds a call: the best of some rounds, each long enough for the clock.

    The best round is the one that the rest of the machine disturbed least.
    """
    timer = timeit.Timer(function)
    calls = _calls(timer)
    gc.collect()
    return min(timer.repeat(repeat=rounds, number=calls)) / calls


def _calls(timer: timeit.Timer) -> int:
    calls = 1
    while timer.timeit(calls) < _LONG_ENOUGH:
        calls *= 4
    return calls
