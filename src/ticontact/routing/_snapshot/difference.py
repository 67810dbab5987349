"""What is otherwise where a snapshot is restored than where it was taken."""

from typing import Literal

import attrs

from ticontact.plain import checked

__all__ = ["Difference", "DifferenceKind"]

DifferenceKind = Literal["agent_new", "agent_changed", "agent_gone", "queue_gone", "rules_changed"]
"""An agent is new, has other abilities, or is gone; a queue is gone; the rules are others."""


@attrs.frozen(field_transformer=checked)
class Difference:
    """One difference between the configuration of a snapshot and that of the dispatcher that goes on from it.

    By its kind:

    - `agent_new`: the agent was not there, and is signed out;
    - `agent_changed`: the agent has the abilities of the configuration, with what was changed by events on top;
    - `agent_gone`: what the agent has in hand stays there, and nothing new comes;
    - `queue_gone`: what waited there waits in its successor;
    - `rules_changed`: the rules are asked anew about all that waits for its first agent.

    Attributes:
        kind: What is otherwise.
        subject: The id of the agent or the name of the queue; empty for the rules.
    """

    kind: DifferenceKind
    subject: str = ""
