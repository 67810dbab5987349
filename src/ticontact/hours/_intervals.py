"""Sets of instants as sorted stretches: what is open in one, in both, in the first alone.

A stretch is a pair of instants `(opening, closing)`, half-open; a list of them is sorted and its stretches neither
overlap nor touch.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

__all__ = ["Span", "Spans", "clip", "difference", "intersection", "merged", "union"]

Span = tuple[int, int]
Spans = list[Span]

_FEW: Final = 8
_OPENING: Final = itemgetter(0)
_CLOSING: Final = itemgetter(1)


def merged(spans: Iterable[Span]) -> Spans:
    """Any stretches as a set: sorted, with overlapping and touching ones joined and empty ones left out."""
    found: Spans = []
    for opening, closing in sorted(spans):
        if opening >= closing:
            continue
        if found and opening <= found[-1][1]:
            if closing > found[-1][1]:
                found[-1] = (found[-1][0], closing)
        else:
            found.append((opening, closing))
    return found


def clip(spans: Iterable[Span], start: int, end: int) -> Spans:
    """The part of a set that lies between two instants."""
    return [(max(opening, start), min(closing, end)) for opening, closing in spans if opening < end and closing > start]


def union(left: Sequence[Span], right: Sequence[Span]) -> Spans:
    """What is open in one of two sets. Cheap where the second one is short, however long the first one is."""
    if len(right) > _FEW:
        return merged([*left, *right])
    found = list(left)
    for opening, closing in right:
        # The stretches that this one meets or touches: those that close no earlier and open no later than it does.
        first, end = bisect_left(found, opening, key=_CLOSING), bisect_right(found, closing, key=_OPENING)
        met = found[first:end] or [(opening, closing)]
        found[first:end] = [(min(opening, met[0][0]), max(closing, met[-1][1]))]
    return found


def intersection(left: Sequence[Span], right: Sequence[Span]) -> Spans:
    """What is open in both of two sets."""
    return list(_common(left, right))


def _common(left: Sequence[Span], right: Sequence[Span]) -> Iterator[Span]:
    ours = theirs = 0
    while ours < len(left) and theirs < len(right):
        opening = max(left[ours][0], right[theirs][0])
        closing = min(left[ours][1], right[theirs][1])
        if opening < closing:
            yield opening, closing
        if left[ours][1] < right[theirs][1]:
            ours += 1
        else:
            theirs += 1


def difference(left: Sequence[Span], right: Sequence[Span]) -> Spans:
    """What is open in the first set and not in the second."""
    if not left:
        return []
    return intersection(left, _closed(right, left[0][0], left[-1][1]))


def _closed(spans: Sequence[Span], start: int, end: int) -> Spans:
    """What a set leaves closed between two instants."""
    edges = [start, *(edge for span in clip(spans, start, end) for edge in span), end]
    return [(opening, closing) for opening, closing in zip(edges[::2], edges[1::2], strict=True) if opening < closing]
