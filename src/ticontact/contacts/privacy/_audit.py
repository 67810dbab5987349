"""Who did what to which object, when, and who got it?

The shape follows art. 4 of the federal data-protection ordinance (DPO, SR 235.11), which asks federal bodies to log at
least these six acts, apart from the data and for at least a year. The library writes no log: it gives the event.
"""

import enum

import attrs
import pendulum

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._moment import Moment, moment
from ticontact.plain import form

__all__ = ["Act", "AuditEvent"]


class Act(enum.Enum):
    """The acts that are logged."""

    STORED = "stored"
    ALTERED = "altered"
    READ = "read"
    DISCLOSED = "disclosed"
    DELETED = "deleted"
    DESTROYED = "destroyed"


@form("audit_event", 3)
@attrs.frozen(kw_only=True, field_transformer=hide)
class AuditEvent:
    """One act.

    Attributes:
        act: What was done.
        object_id: The id of what it was done to; never a personal value.
        actor: Who did it.
        recipient: Who got the data; empty where nobody did.
        purpose: What for.
    """

    act: Act
    object_id: str
    actor: str = attrs.field(metadata=PERSONAL)
    recipient: str = attrs.field(default="", metadata=PERSONAL)
    purpose: str = ""
    _at: Moment = attrs.field(alias="at", converter=moment)

    @property
    def at(self) -> pendulum.DateTime:
        """When it was done."""
        return self._at.at
