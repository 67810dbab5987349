"""What a supervisor has ordered: who, what, why, and how it was before."""

from typing import Literal

import attrs
import pendulum

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, form

__all__ = ["Command", "SupervisorAction", "checked_order"]

Command = Literal["close_queue", "change_priority", "change_queue", "assign", "change_agent"]
"""The commands of a supervisor."""


@form("supervisor_action")
@attrs.frozen(kw_only=True, field_transformer=checked)
class SupervisorAction:
    """One command of a supervisor, for the audit trail.

    Attributes:
        command: Which.
        subject: The id of the work, the queue or the agent.
        by: Who has ordered it, by id.
        because: Why, in that person's words. They may name people, so `repr` does not show them.
        before: How it was.
        after: How it is now.
        at: When.
    """

    command: Command
    subject: str
    by: str
    because: str = attrs.field(repr=False)
    before: str = ""
    after: str = ""
    at: pendulum.DateTime


def checked_order(by: str, because: str) -> None:
    """Whether a command says who orders it and why.

    Raises:
        ConfigurationError: If it does not.
    """
    faults = [
        Fault(name, "nothing was given", allowed)
        for name, given, allowed in (("by", by, "who orders it"), ("because", because, "why"))
        if not given.strip()
    ]
    if faults:
        raise ConfigurationError(faults)
