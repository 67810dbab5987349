"""Who is there: agents come, pause, go, answer an offer with no, or are lost in the middle of a conversation."""

from datetime import datetime
from typing import Final

from ticontact.desk._contacts import Contacts
from ticontact.desk._effects import Effect
from ticontact.desk._events import AgentPaused
from ticontact.desk._line import Line, Stage
from ticontact.errors import DeskError
from ticontact.routing import Offer, Presence

__all__ = ["Attendance"]

_NO_PAUSES: Final = frozenset({Presence.AVAILABLE, Presence.NOT_RESPONDING, Presence.OFFLINE})
_PAUSES: Final = ", ".join(presence.name for presence in Presence if presence not in _NO_PAUSES)


class Attendance(Contacts):
    """What agents say of themselves, and what the lines say of them. It is mutable."""

    def signed_in(self, agent: str, at: datetime) -> list[Effect]:
        """An agent takes work from now on."""
        return self.follow(self._dispatcher.sign_in(agent, at=at), at)

    def signed_out(self, agent: str, at: datetime) -> list[Effect]:
        """An agent takes no more work."""
        return self.follow(self._dispatcher.sign_out(agent, at=at), at)

    def paused(self, event: AgentPaused, at: datetime) -> list[Effect]:
        """An agent is there and takes no work for a while."""
        if event.because in _NO_PAUSES:
            raise DeskError(f"agent {event.agent!r}: {event.because.name} is no pause; allowed: {_PAUSES}")
        return self.follow(self._dispatcher.set_presence(event.agent, event.because, at=at), at)

    def declined(self, offer: Offer, at: datetime) -> list[Effect]:
        """An agent does not take what was offered."""
        return self.follow(self._dispatcher.decline(offer, at=at), at)

    def lost(self, agent: str, at: datetime) -> list[Effect]:
        """An agent's line drops: whoever was on it is back in line, or an official's who had joined."""
        in_hand = self._in_hand(agent)
        decision = self._dispatcher.lose(agent, at=at)
        taken_over = {over.item for over in decision.taken_over}
        back: list[Effect] = [line.wait_again() for line in in_hand if line.contact.id not in taken_over]
        return [*back, *self.follow(decision, at)]

    def _in_hand(self, agent: str) -> list[Line]:
        """The contacts that an agent talks to, or works at."""
        held = [holding.item for holding in self._dispatcher.standing(agent).holdings]
        lines = [self._lines[name] for name in held if name in self._lines]  # what is written up may be forgotten
        return [line for line in lines if line.stage is Stage.CONNECTED and line.agent == agent]
