"""How a figure is measured, and the row it stands in."""

import gc
import timeit
from collections.abc import Callable, Mapping

import attrs

__all__ = ["Row", "best_of"]

_LONG_ENOUGH = 0.02  # seconds a round: far above the resolution of the clock


@attrs.frozen
class Row:
    """One question, measured on ticontact and on its peers in the same run.

    Attributes:
        what: The question, in a few words.
        ours: Our figure.
        peers: Theirs, by the peer's name; empty where none is installed.
        unit: The unit of all of them. What is counted per second (`calls/s`) is better when it is more; all else, such
            as `s` (a call) or `MB`, when it is less.
    """

    what: str
    ours: float
    peers: Mapping[str, float]
    unit: str

    @property
    def ratios(self) -> Mapping[str, float]:
        """How many times better our figure is than each peer's; below 1 where the peer's is better."""
        more_is_better = self.unit.endswith("/s")
        return {
            peer: self.ours / theirs if more_is_better else theirs / self.ours for peer, theirs in self.peers.items()
        }


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
