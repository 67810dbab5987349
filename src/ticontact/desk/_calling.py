"""People whom the office calls: by telephone instead of a wait in line, and to the counter."""

from datetime import datetime

from ticontact._time import to_epoch
from ticontact.desk import _words
from ticontact.desk._contacts import Contacts
from ticontact.desk._effects import Announce, CallAgain, Effect
from ticontact.desk._line import Line
from ticontact.errors import DeskError
from ticontact.routing import CallBack, Decision

__all__ = ["Calling"]


class Calling(Contacts):
    """Calls that the office makes. It is mutable."""

    def call_back(self, line: Line, agreed: CallBack, at: datetime) -> list[Effect]:
        """Who waits hangs up, and is called instead; the ticket says so, and by when it was promised."""
        contact = line.contact
        due = agreed.due if agreed.closes is None else agreed.closes
        if not contact.channel.synchronous:
            raise DeskError(f"contact {contact.id!r}: nobody waits on the line of {contact.channel.name}")
        if due is not None and to_epoch(due) <= to_epoch(at):
            raise DeskError(f"contact {contact.id!r}: a call was promised by {due}; allowed: a later instant")
        decision = self._dispatcher.call_back(contact.id, agreed, at=at)
        words = _words.call_back(agreed)
        effects: list[Effect] = []
        if line.is_on_the_line:
            effects.append(Announce(contact=contact.id, text=words, language=contact.language))
        line.is_called_back = True
        effects += self.opened(line, at)
        effects += self._book.end_promise(contact, by="", at=at, withdrawn=True)
        if due is not None:
            what = words.text(contact.language)
            effects.append(self._book.promise(contact, what, who=line.queue.skill, due=due, at=at))
        return [*effects, *self.follow(decision, at)]

    def not_reached(self, line: Line, at: datetime) -> list[Effect]:
        """The office has called, and nobody has answered: later again, or not any more."""
        if not line.is_called_back:
            raise DeskError(f"contact {line.contact.id!r}: the citizen has called; allowed: who is called back")
        decision = self._dispatcher.not_reached(line.contact.id, at=at)
        vain = self._book.called_in_vain(line.contact, by=line.agent, at=at)
        return [vain, *self._called_in_vain(line, decision, at)]

    def did_not_come(self, line: Line, at: datetime) -> list[Effect]:
        """Who was called to the counter has not come: once more, back to the line, or not any more."""
        contact = line.contact
        if contact.channel.name != "counter":
            raise DeskError(f"contact {contact.id!r}: it is {contact.channel.name}; allowed: counter")
        decision = self._dispatcher.did_not_come(contact.id, at=at)
        if contact.id in decision.called_again:
            return [CallAgain(contact=contact.id, agent=line.agent), *self.follow(decision, at)]
        return self._called_in_vain(line, decision, at)

    def _called_in_vain(self, line: Line, decision: Decision, at: datetime) -> list[Effect]:
        for ended in decision.ended:
            closed = self._book.give_up(line.contact, ended.outcome, by=line.agent, at=at)
            return [*closed, line.finish(ended.outcome), *self.follow(decision, at)]
        return [line.wait_again(), *self.follow(decision, at)]
