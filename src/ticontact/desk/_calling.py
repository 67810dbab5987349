"""People whom the office calls: by telephone instead of a wait in line, and to the counter."""

from datetime import datetime

from ticontact._time import to_epoch
from ticontact.contacts import Outcome
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
        effects += self._book.withdraw_promise(contact, at=at)
        if due is not None:
            what = words.text(contact.language)
            effects.append(self._book.promise(contact, what, who=line.queue.skill, due=due, at=at))
        return [*effects, *self.follow(decision, at)]

    def not_reached(self, line: Line, at: datetime) -> list[Effect]:
        """The office has called, and nobody has answered: later again, or not any more."""
        if not line.is_called_back:
            raise DeskError(f"contact {line.contact.id!r}: the citizen has called; allowed: who is called back")
        contact = line.contact
        outcome = Outcome.NOT_REACHED if self._dispatcher.is_last_call(contact.id) else None
        planned = self._book.called_in_vain(contact, by=line.agent, at=at, outcome=outcome)
        decision = self._dispatcher.not_reached(contact.id, at=at)
        return [*self._book.write(planned), *self._called_in_vain(line, decision, at)]

    def did_not_come(self, line: Line, at: datetime) -> list[Effect]:
        """Who was called to the counter has not come: once more, back to the line, or not any more."""
        contact = line.contact
        if contact.channel.name != "counter":
            raise DeskError(f"contact {contact.id!r}: it is {contact.channel.name}; allowed: counter")
        if line.is_called_back:
            raise DeskError(f"contact {contact.id!r}: the office calls back; allowed: NotReached")
        is_last = self._dispatcher.is_last_call(contact.id)
        planned = self._book.giving_up(contact, Outcome.NO_SHOW, by=line.agent, at=at) if is_last else ()
        decision = self._dispatcher.did_not_come(contact.id, at=at)
        if contact.id in decision.called_again:
            return [CallAgain(contact=contact.id, agent=line.agent), *self.follow(decision, at)]
        return [*self._book.write(planned), *self._called_in_vain(line, decision, at)]

    def _called_in_vain(self, line: Line, decision: Decision, at: datetime) -> list[Effect]:
        for ended in decision.ended:
            return [line.finish(ended.outcome, at=at), *self.follow(decision, at)]
        return [line.wait_again(), *self.follow(decision, at)]
