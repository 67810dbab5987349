"""Which place in line does somebody have?"""

from collections.abc import Sequence
from typing import Literal

import attrs

from ticontact.i18n import Text
from ticontact.i18n import measures as texts

__all__ = ["Position", "position_in_line"]


@attrs.frozen
class Position:
    """A place in line.

    Attributes:
        number: The place; 1 is next.
        total: How many stand in the line.
        method: By which method it was found: as everything stands, whoever may come later.
    """

    number: int
    total: int
    method: Literal["order_of_service"] = "order_of_service"

    @property
    def text(self) -> Text:
        """The place in words."""
        return texts.POSITION.fill({"number": self.number, "total": self.total})

    @property
    def how(self) -> Text:
        """The method in words."""
        return texts.POSITION_METHOD


def position_in_line(item: str, waiting: Sequence[str]) -> Position | None:
    """The place of a piece of work in its line.

    Args:
        item: Its id.
        waiting: The ids of what waits in the order in which it is served, as `Dispatcher.waiting` gives it for a queue.

    Returns:
        The place; None if it does not wait there.
    """
    return Position(waiting.index(item) + 1, len(waiting)) if item in waiting else None
