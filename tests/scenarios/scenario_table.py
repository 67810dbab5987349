"""A table of a scenario, every key of which somebody must read."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

__all__ = ["Broken", "Table", "amount"]

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours"}


class Broken(Exception):
    """A scenario that says too little, too much, or something else than what happens."""


class Table:
    """A table of a file, which knows what has been read of it. It is mutable.

    Args:
        values: What stands there.
        place: Where it stands.
    """

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        self._left = dict(values)
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key, which counts as read."""
        return self._left.pop(key, default)

    def need(self, key: str) -> Any:
        """The value of a key that must be there."""
        if key not in self._left:
            raise Broken(f"{self.place}: {key!r} is missing")
        return self._left.pop(key)

    def finish(self) -> None:
        """Refuse what nobody has read."""
        if self._left:
            raise Broken(f"{self.place}: nobody knows {', '.join(sorted(self._left))}")


def amount(text: str) -> timedelta:
    """An amount of time, such as `20s`, `5m` or `1h`."""
    parts = re.fullmatch(r"(\d+)([smh])", text)
    if parts is None:
        raise Broken(f"{text!r} is no amount of time, such as 20s, 5m or 1h")
    return timedelta(**{_UNITS[parts[2]]: int(parts[1])})
