"""The way of a contact: it arrives, waits, is taken, perhaps handed over, and ends."""

from datetime import datetime

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.desk import _words
from ticontact.desk._contacts import Contacts
from ticontact.desk._effects import Announce, Connect, Effect
from ticontact.desk._events import ContactArrived
from ticontact.desk._line import Line, Stage
from ticontact.errors import DeskError
from ticontact.routing import Offer, WorkItem, require, speak

__all__ = ["Conversations"]


class Conversations(Contacts):
    """What happens to a contact from its arrival to its end. It is mutable.

    Every method checks first, the ticket's lifecycle too where that may refuse, then asks the dispatcher, which refuses
    what cannot be, and only then changes anything.
    """

    def arrived(self, event: ContactArrived, at: datetime) -> list[Effect]:
        """A contact reaches the office: it is told whether somebody is there."""
        contact = event.contact
        if contact.id in self._lines:
            raise DeskError(f"contact {contact.id!r}: it has arrived already; allowed: a new id")
        entry = self._department.entry(event.entry)
        if contact.channel != entry.channel:
            raise DeskError(
                f"contact {contact.id!r}: it is {contact.channel.name}; allowed at {entry.id!r}: {entry.channel.name}"
            )
        queue = self._department.queue_of(event.entry)
        is_open = queue.calendar.is_open(at=at)
        say = self._welcome.words(queue, contact.channel, at=at) if is_open else None
        told = Announce(
            contact=contact.id,
            text=say or _words.closed(queue, contact.channel, at=at),
            language=contact.language,
        )
        line = Line(contact=contact, queue=queue, priority=event.priority, reached=to_epoch(at))
        if not contact.channel.synchronous:
            opened = self._book.open(contact, queue=queue.id, priority=line.priority, at=at)
            self._lines[contact.id] = line
            return [told, opened]
        self._lines[contact.id] = line
        return [told] if is_open else [told, line.finish(Outcome.CLOSED, at=at)]

    def joined(self, line: Line, at: datetime) -> list[Effect]:
        """A contact joins its queue."""
        contact = line.contact
        item = WorkItem(
            id=contact.id,
            queue=line.queue.id,
            channel=contact.channel,
            requirement=require(line.queue.skill) & speak(contact.language),
            priority=line.priority,
            entered_at=at,
            reached_at=from_epoch(line.reached, zone_named(self._department.zone)),
            language=contact.language,
            case=contact.cases[0] if contact.cases else None,
        )
        decision = self._dispatcher.arrive(item, at=at)
        line.stage, line.joined = Stage.QUEUED, to_epoch(at)
        return self.follow(decision, at)

    def accepted(self, offer: Offer, at: datetime) -> list[Effect]:
        """An agent takes a contact, or joins a colleague."""
        decision = self._dispatcher.accept(offer, at=at)
        line = self._lines[offer.item]
        if offer.purpose == "consult":
            line.official = offer.agent
            return [Connect(contact=offer.item, agent=offer.agent, joining=True), *self.follow(decision, at)]
        line.answer(offer.agent, at=at)
        effects: list[Effect] = [Connect(contact=offer.item, agent=offer.agent), *self.opened(line, at)]
        if not line.is_called_back:  # nobody knows yet whether the citizen answers
            effects.append(self._book.answer(line.contact, by=offer.agent, at=at))
        return [*effects, *self.follow(decision, at)]

    def consult(self, line: Line, summary: str, at: datetime) -> list[Effect]:
        """The operator asks the second level to join."""
        if not self._department.second_level:
            raise DeskError(f"contact {line.contact.id!r}: this office has no second level; allowed: to go on alone")
        wanted = require(self._department.second_level) & speak(line.contact.language)
        carried = line.told_so_far(summary)
        decision = self._dispatcher.consult(line.contact.id, wanted, carrying=carried, at=at)
        line.carried = carried
        return self.follow(decision, at)

    def handed_over(self, line: Line, at: datetime) -> list[Effect]:
        """The official takes over."""
        if line.carried is None:
            raise DeskError(f"contact {line.contact.id!r}: nobody was asked to join; allowed: ConsultAsked first")
        decision = self._dispatcher.hand_over(line.contact.id, at=at)
        changed = self._book.hand_over(line.contact, line.carried, by=line.agent, to=line.official, at=at)
        line.agent = line.official
        return [changed, *self.follow(decision, at)]

    def ended(self, line: Line, at: datetime) -> list[Effect]:
        """The conversation is over, or the answer is sent."""
        planned = self._book.finishing(line.contact, by=line.agent, at=at, called_back=line.is_called_back)
        decision = self._dispatcher.complete(line.contact.id, at=at)
        outcome = Outcome.CALLED_BACK if line.is_called_back else Outcome.ANSWERED
        return [*self._book.write(planned), line.finish(outcome, at=at), *self.follow(decision, at)]

    def hung_up(self, line: Line, at: datetime) -> list[Effect]:
        """The citizen is gone."""
        if not line.contact.channel.synchronous:
            raise DeskError(
                f"contact {line.contact.id!r}: nobody is on the line of {line.contact.channel.name};"
                " allowed: ContactEnded, once it is answered"
            )
        if line.stage is Stage.CONNECTED:
            return self.ended(line, at)
        if line.stage is Stage.ANNOUNCEMENT:
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT, at=at)]
        if line.is_called_back:
            return []  # who is called back hangs up, and keeps what was agreed
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        return [line.finish(Outcome.ABANDONED_LONG, at=at), *self.follow(decision, at)]

    def merged(self, line: Line, into: str, at: datetime) -> list[Effect]:
        """What waits, and nobody on the line for it, goes on in another contact."""
        contact, other = line.contact, self._lines.get(into)
        if line.is_on_the_line:
            raise DeskError(f"contact {contact.id!r}: somebody waits on the line; allowed: HungUp")
        if other is None or into not in self._book.tickets:
            raise DeskError(f"contact {into!r}: there is no ticket of it here; allowed: a contact with a ticket")
        planned = self._book.merging(contact, other.contact, by=other.agent, at=at)
        decision = self._dispatcher.cancel(contact.id, at=at)
        return [*self._book.write(planned), line.finish(Outcome.MERGED, at=at), *self.follow(decision, at)]
