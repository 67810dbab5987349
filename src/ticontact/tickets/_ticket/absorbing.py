"""The half of a merge that the surviving ticket sees. `merge` is the one verb for both halves."""

import attrs

from ticontact.contacts import ContactRef
from ticontact.tickets.commands import Command
from ticontact.tickets.events import TicketEvent

__all__ = ["Absorb", "Absorbed"]


@attrs.frozen
class Absorb(Command):
    """Let another ticket go on in this one. `merge` does both sides at once."""

    other: str
    contacts: tuple[ContactRef, ...] = ()


@attrs.frozen(kw_only=True, weakref_slot=False)
class Absorbed(TicketEvent):
    """Another ticket goes on in this one.

    Attributes:
        other: The id of the other ticket.
        contacts: Its contacts, which are this ticket's now.
    """

    other: str
    contacts: tuple[ContactRef, ...] = ()
