"""How to let the garbage collector rest while a long record is read and replayed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_resting"]


@contextmanager
def collector_resting() -> Iterator[None]:
    """Pause the search for cycles, and take it up again afterwards if it was on.

    A replay makes millions of small values that hold no cycles, so there is nothing to be found among them. Without the
    search, the recorded month of 31,597 calls took 21 % less processor time, and 7 MB more at its peak of 103 MB.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
