"""Plain data that was spoilt on its way: any other value at any place."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

__all__ = ["at_place", "change", "spoilt"]

_OTHERS = st.sampled_from(
    [None, 0, -1, 10**30, 1.5, "", "x", True, [], {}, ["x"], {"type": "x"}, "0001-01-01T00:00:00+23:59", "\ud800"]
)

Spoil = Callable[[Any], None]
"""What spoils plain data."""


def _places(plain: Any, leaving: str, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in plain data, as the keys that lead there; nothing below a key that is to be left alone."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in inner:
        yield (*so_far, key)
        if key != leaving:
            yield from _places(value, leaving, (*so_far, key))


def at_place(plain: Any, place: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for key in place:
        plain = plain[key]
    return plain


def change(*place: Any, to: Any) -> Spoil:
    """Something else at a place."""

    def changing(plain: Any) -> None:
        at_place(plain, place[:-1])[place[-1]] = to

    return changing


def spoilt(text: str, *, leaving: str = "") -> st.SearchStrategy[Any]:
    """The data of a JSON text with one place gone, or holding something else, perhaps what stands at another place.

    Args:
        text: The text.
        leaving: A key below which nothing is touched.
    """
    places = list(_places(json.loads(text), leaving))
    others = _OTHERS | st.sampled_from(places).map(lambda place: at_place(json.loads(text), place))

    def spoiling(place: tuple[Any, ...], other: Any, *, gone: bool) -> Any:
        plain = json.loads(text)
        if gone:
            del at_place(plain, place[:-1])[place[-1]]
        else:
            change(*place, to=other)(plain)
        return plain

    return st.builds(spoiling, st.sampled_from(places), others, gone=st.booleans())
