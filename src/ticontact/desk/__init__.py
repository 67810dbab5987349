"""What happens now? One office at work: events in, effects out, no clock and no wires.

What can happen stands in `ticontact.desk.events`, what a desk wants done in `ticontact.desk.effects`.
"""

from ticontact.desk._desk import Desk
from ticontact.desk._desk_recorder import DeskRecorder

__all__ = ["Desk", "DeskRecorder"]
