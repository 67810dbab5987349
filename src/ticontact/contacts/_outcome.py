"""How did a contact end? One published table, so that every contact is counted exactly once."""

import enum

from ticontact.i18n import Text
from ticontact.i18n._texts import contacts as texts

__all__ = ["Outcome"]


class Outcome(enum.Enum):
    """The end of a contact; every contact has exactly one.

    The sum over all outcomes is the number of contacts; which of them count as offered or as reached is for the
    measures to name.
    """

    ANSWERED = "answered"
    """A person served the citizen."""
    ABANDONED_SHORT = "abandoned_short"
    """Gone from the queue before the short-abandon threshold."""
    ABANDONED_LONG = "abandoned_long"
    """Gone from the queue after it."""
    ABANDONED_ANNOUNCEMENT = "abandoned_announcement"
    """Gone before entering a queue."""
    CLOSED = "closed"
    """Came while the office was closed, and was told so."""
    BLOCKED = "blocked"
    """No line was free."""
    INFORMED = "informed"
    """An announcement answered the question; no person was needed."""
    CALLED_BACK = "called_back"
    """Served by a call of ours."""
    NOT_REACHED = "not_reached"
    """We called, as often as promised, and nobody answered."""
    NO_SHOW = "no_show"
    """Had an appointment or a ticket, was called, and did not come."""
    TRANSFERRED_OUT = "transferred_out"
    """Went to another department or authority."""
    MERGED = "merged"
    """Goes on in another contact."""
    AUTOMATIC_MESSAGE = "automatic_message"
    """No person wrote it."""
    FALLBACK = "fallback"
    """Ended in the queue's named fallback."""

    @property
    def label(self) -> Text:
        """The outcome in words."""
        return texts.OUTCOMES[self.value]
