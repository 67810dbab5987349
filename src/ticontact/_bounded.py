"""What stands in an error is short, however much was given: names in a list, a value that was refused, a whole text.

A description may have ten thousand agents, keys or faults. The text of an error is for a person and goes into a log,
so each part of it has a longest length here.
"""

from collections.abc import Collection, Iterable
from datetime import date, time
from itertools import islice
from typing import Final

__all__ = ["CENTURY", "LONGEST_MESSAGE", "MOST_NAMES", "listed", "quoted", "shortened"]

CENTURY: Final = 36_500
"""Days: the longest that anything lasts which becomes a timer, 100 years of 365 days."""
MOST_NAMES: Final = 20
"""How many names of a list are said; of the others, how many they are."""
LONGEST_MESSAGE: Final = 10_000
"""Characters in the text of an error."""
_LONGEST_NAME: Final = 80
_LARGEST_NUMBER: Final = 10**20  # a number of some thousand digits cannot even be written down


def listed(names: Collection[object], *, otherwise: str = "none") -> str:
    """The first names of a collection, and how many more there are.

    Args:
        names: The names, in an order that does not hang on a hash.
        otherwise: What to say of no names at all.

    >>> listed(["Mo", "Tu"]), listed(range(10_000))[-9:], listed([])
    ('Mo, Tu', '9980 more', 'none')
    """
    said = ", ".join(_names(islice(names, MOST_NAMES))) or otherwise
    return f"{said} and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else said


def _names(names: Iterable[object]) -> Iterable[str]:
    return (shortened(str(name), _LONGEST_NAME) for name in names)


def quoted(value: object) -> str:
    """A refused value as the source of Python writes it, cut where it is long. It is no value about a person.

    Only of simple values; what holds others, or is a long number, is named by its type.

    >>> quoted("reception"), quoted(10**5000), quoted(["reception"])
    ("'reception'", 'int', 'list')
    """
    if isinstance(value, str):
        return repr(shortened(value, _LONGEST_NAME))
    is_simple = value is None or isinstance(value, int | float | date | time)
    if is_simple and not (isinstance(value, int) and abs(value) >= _LARGEST_NUMBER):
        return repr(value)
    return type(value).__name__


def shortened(text: str, longest: int) -> str:
    """A text, its end cut off with a mark if it is longer.

    >>> shortened("conducenti", 5)
    'cond…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
