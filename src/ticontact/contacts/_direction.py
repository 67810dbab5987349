"""Who began: the citizen, the office, or two offices among themselves?"""

import enum

from ticontact.i18n import Text
from ticontact.i18n._texts import contacts as texts

__all__ = ["Direction"]


class Direction(enum.Enum):
    """Which way a contact was begun."""

    INBOUND = "inbound"
    """The citizen reached the office."""
    OUTBOUND = "outbound"
    """The office reached out."""
    INTERNAL = "internal"
    """Inside the office."""

    @property
    def label(self) -> Text:
        """The direction in words."""
        return texts.DIRECTIONS[self.value]
