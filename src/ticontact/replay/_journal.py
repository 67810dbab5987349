"""What happened on a replayed day: event by event, and what became of each contact."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.desk import (
    Announce,
    Connect,
    ContactArrived,
    Desk,
    DeskEvent,
    Effect,
    Finished,
    HandedOver,
    QueueJoined,
)
from ticontact.i18n import Language, Text
from ticontact.routing import Explanation
from ticontact.tickets import Ticket

__all__ = ["Journal", "Journalist", "Story"]


@attrs.define(kw_only=True)
class Story:
    """What became of one contact. Instants are microseconds since the epoch. It is mutable while the day goes on.

    Attributes:
        id: The contact's id.
        queue: The queue that its entry point leads to.
        channel: The name of its channel.
        is_live: Whether the citizen waits while it lasts.
        arrived: When it reached the office.
        in_hours: Whether its queue was open then.
        joined: When it joined the queue; None if it never did.
        answered: When somebody took it; None if nobody did.
        agent: Who took it first; empty if nobody did.
        handed_over: When an official took over; None if nobody did.
        ended: When it was over; None if it still waits or goes on at the end of the day.
        outcome: How it ended; None if it has not.
        language: The language it is held in.
        heard: What it was told, in order.
    """

    id: str
    queue: str
    channel: str
    is_live: bool
    arrived: int
    in_hours: bool
    language: Language
    joined: int | None = None
    answered: int | None = None
    agent: str = ""
    handed_over: int | None = None
    ended: int | None = None
    outcome: Outcome | None = None
    heard: list[Text] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class Journal:
    """A replayed day.

    Attributes:
        department: Where it was taken to happen.
        day: The date.
        stories: What became of each contact, in the order of their arrival.
        tickets: The tickets at the end of the day, by id.
        explanations: Why each contact that was offered went to whom it went, by id.
        digest: A fingerprint of every event and effect, equal for equal days.
    """

    department: Department
    day: date
    stories: tuple[Story, ...]
    tickets: Mapping[str, Ticket]
    explanations: Mapping[str, Explanation]
    digest: str


class Journalist:
    """Writes a day down as it goes on. It is mutable: it lives one day."""

    def __init__(self, department: Department, *, day: date) -> None:
        self._department = department
        self._day = day
        self._stories: dict[str, Story] = {}
        self._digest = sha256()

    def note(self, event: DeskEvent, effects: tuple[Effect, ...], *, at: int) -> None:
        """Write down an event and what the desk wanted done about it.

        Args:
            event: What happened.
            effects: The desk's answer.
            at: When, in microseconds since the epoch.
        """
        self._digest.update(f"{at} {event!r} {effects!r}\n".encode())
        match event:
            case ContactArrived():
                self._arrived(event)
            case QueueJoined():
                self._stories[event.contact].joined = at
            case HandedOver():
                self._stories[event.contact].handed_over = at
            case _:
                """Nothing of it belongs to the story of one contact; its effects may."""
        for effect in effects:
            self._follow(effect, at)

    def closed(self, desk: Desk) -> Journal:
        """The journal of the whole day."""
        offered = {story: desk.explain(story) for story in self._stories}
        return Journal(
            department=self._department,
            day=self._day,
            stories=tuple(self._stories.values()),
            tickets=dict(desk.tickets),
            explanations={contact: why for contact, why in offered.items() if why is not None},
            digest=self._digest.hexdigest(),
        )

    def _arrived(self, event: ContactArrived) -> None:
        contact = event.contact
        queue = self._department.queues[self._department.entry(event.entry).queue]
        self._stories[contact.id] = Story(
            id=contact.id,
            queue=queue.id,
            channel=contact.channel.name,
            is_live=contact.channel.synchronous,
            arrived=to_epoch(contact.created_at),
            in_hours=queue.calendar.is_open(at=contact.created_at),
            language=contact.language,
        )

    def _follow(self, effect: Effect, at: int) -> None:
        match effect:
            case Announce():
                self._stories[effect.contact].heard.append(effect.text)
            case Connect(joining=False):
                story = self._stories[effect.contact]
                story.answered, story.agent = at, effect.agent
            case Finished():
                story = self._stories[effect.contact]
                story.ended, story.outcome = at, effect.outcome
            case _:
                """Offers and tickets are counted where they are kept."""
