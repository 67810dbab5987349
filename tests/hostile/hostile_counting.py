"""How much work and memory a call takes, counted and not timed."""

import inspect
import itertools
import sys
import tracemalloc
import unicodedata
from collections.abc import Callable
from types import FrameType
from typing import Any, Literal
from unittest import mock

__all__ = ["MOST_CALLS", "calls_made", "longest_run_of_marks", "peak_memory"]

MOST_CALLS = 400_000
"""Where a count ends: no reader makes so many calls for the few hundred bytes of a family."""


class _EnoughWork(BaseException):
    """Ends a call that has made so many calls; no reader catches it."""


def calls_made(work: Callable[[], object]) -> int:
    """How many functions are called until the work is done, those of C included; at most `MOST_CALLS`."""
    count = 0

    def counting(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1
            # a generator that is being closed would swallow it
            if count > MOST_CALLS and not frame.f_code.co_flags & inspect.CO_GENERATOR:
                sys.setprofile(None)
                raise _EnoughWork

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    except _EnoughWork:
        pass
    finally:
        sys.setprofile(before)
    return count


def peak_memory(work: Callable[[], object]) -> int:
    """How many bytes are held at the worst moment of the work, beyond what was held before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def longest_run_of_marks(work: Callable[[], object]) -> int:
    """How many combining marks in a row are put in order at once: normalising takes the square of that."""
    longest = 0
    normalize = unicodedata.normalize

    def watched(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
        nonlocal longest
        runs = itertools.groupby(text, lambda char: unicodedata.combining(char) > 0)
        longest = max([longest, *(len(list(run)) for are_marks, run in runs if are_marks)])
        return normalize(form, text)

    with mock.patch.object(unicodedata, "normalize", watched):
        work()
    return longest
