"""What happened on a replayed day: event by event, and what became of each contact."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import Channel, Outcome
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
    MakeOffer,
    QueueJoined,
)
from ticontact.i18n import Language, Text
from ticontact.routing import Explanation
from ticontact.routing.measures import Fact
from ticontact.tickets import Ticket

__all__ = ["Journal", "Journalist", "Story"]


@attrs.frozen(kw_only=True)
class Story:
    """What became of one contact.

    Attributes:
        fact: When it came, waited, was answered and ended: what figures are counted from.
        language: The language it was held in.
        agent: Who took it first; empty if nobody did.
        heard: What it was told, in order.
    """

    fact: Fact
    language: Language
    agent: str
    heard: tuple[Text, ...]


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

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of all contacts, in the order of their arrival."""
        return tuple(story.fact for story in self.stories)


@attrs.define(kw_only=True)
class _Draft:
    """A story that is not yet over. It is mutable: the day goes on."""

    queue: str
    channel: Channel
    language: Language
    arrived: int
    in_hours: bool
    joined: int | None = None
    answered: int | None = None
    agent: str = ""
    handed_over: int | None = None
    ended: int | None = None
    outcome: Outcome | None = None
    heard: list[Text] = attrs.field(factory=list)

    def story(self, contact: str, *, wrap_up: timedelta) -> Story:
        talked = self.answered is not None and self.ended is not None
        fact = Fact(
            item=contact,
            queue=self.queue,
            channel=self.channel.name,
            offered_at=self.arrived,
            entered_at=self.joined,
            answered_at=self.answered,
            left_at=self.ended,
            handed_over_at=self.handed_over,
            outcome=self.outcome,
            talk=timedelta(microseconds=(self.ended or 0) - (self.answered or 0)) if talked else timedelta(0),
            wrap_up=wrap_up if talked else timedelta(0),
            in_hours=self.in_hours,
            is_live=self.channel.synchronous,
        )
        return Story(fact=fact, language=self.language, agent=self.agent, heard=tuple(self.heard))


class _Explanations(Mapping[str, Explanation]):
    """Explanations by contact, each worked out when it is looked up: few are, and one takes as long as its contact."""

    def __init__(self, desk: Desk, contacts: tuple[str, ...]) -> None:
        self._desk = desk
        self._contacts = contacts

    def __getitem__(self, contact: str) -> Explanation:
        explanation = self._desk.explain(contact)
        if explanation is None:
            raise KeyError(contact)
        return explanation

    def __iter__(self) -> Iterator[str]:
        return iter(self._contacts)

    def __len__(self) -> int:
        return len(self._contacts)


class Journalist:
    """Writes a day down as it goes on. It is mutable: it lives one day."""

    def __init__(self, department: Department, *, day: date) -> None:
        self._department = department
        self._day = day
        self._drafts: dict[str, _Draft] = {}
        self._offered: dict[str, None] = {}
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
                self._drafts[event.contact].joined = at
            case HandedOver():
                self._drafts[event.contact].handed_over = at
            case _:
                """Nothing of it belongs to the story of one contact; its effects may."""
        for effect in effects:
            self._follow(effect, at)

    def closed(self, desk: Desk) -> Journal:
        """The journal of the whole day."""
        wrap_up = self._department.wrap_up
        return Journal(
            department=self._department,
            day=self._day,
            stories=tuple(draft.story(contact, wrap_up=wrap_up) for contact, draft in self._drafts.items()),
            tickets=dict(desk.tickets),
            explanations=_Explanations(desk, tuple(self._offered)),
            digest=self._digest.hexdigest(),
        )

    def _arrived(self, event: ContactArrived) -> None:
        contact = event.contact
        queue = self._department.queue_of(event.entry)
        self._drafts[contact.id] = _Draft(
            queue=queue.id,
            channel=contact.channel,
            language=contact.language,
            arrived=to_epoch(contact.created_at),
            in_hours=queue.calendar.is_open(at=contact.created_at),
        )

    def _follow(self, effect: Effect, at: int) -> None:
        match effect:
            case MakeOffer(offer=offer):
                self._offered[offer.item] = None
            case Announce():
                self._drafts[effect.contact].heard.append(effect.text)
            case Connect(joining=False):
                draft = self._drafts[effect.contact]
                draft.answered, draft.agent = at, effect.agent
            case Finished():
                draft = self._drafts[effect.contact]
                draft.ended, draft.outcome = at, effect.outcome
            case _:
                """Tickets are counted where they are kept."""
