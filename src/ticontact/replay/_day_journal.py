"""What happened on a replayed day: event by event, and what became of each contact."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

import attrs

from ticontact.departments import Department
from ticontact.desk import Desk, DeskRecorder
from ticontact.desk.effects import Announce, Connect, Effect, OfferIssued
from ticontact.desk.events import ContactArrived, DeskEvent
from ticontact.i18n import Language, Text
from ticontact.measures import Recorder, WorkRecord
from ticontact.plain import checked
from ticontact.routing import RoutingExplanation
from ticontact.tickets import Ticket

__all__ = ["ContactTrace", "Journal", "Journalist"]


Told = tuple[int, DeskEvent, tuple[Effect, ...]]
"""When an event was told, the event, and what the desk wanted done."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactTrace:
    """What became of one contact.

    Attributes:
        record: When it came, waited, was answered and ended: what figures are counted from.
        language: The language it was held in.
        agent: Who took it first; empty if nobody did.
        heard: What it was told, in order.
    """

    record: WorkRecord
    language: Language
    agent: str
    heard: tuple[Text, ...]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Journal:
    """A replayed day.

    Attributes:
        department: Where it was taken to happen.
        day: The date.
        traces: What became of each contact, in the order of their arrival.
        tickets: The tickets at the end of the day, by id.
        explanations: Why each contact that was offered went to whom it went, by id; empty if the replay kept nothing to
            explain.
        told: Every event with its effects and its instant, in microseconds since the epoch.
        shifts: From when to when an agent was signed in, in microseconds since the epoch; nobody is named.
        recorder: What the records come from; it gives figures about single members of staff to who says what for.
    """

    department: Department
    day: date
    traces: tuple[ContactTrace, ...]
    tickets: Mapping[str, Ticket]
    explanations: Mapping[str, RoutingExplanation] = attrs.field(eq=False)  # they follow from the rest
    told: tuple[Told, ...] = attrs.field(repr=False)
    shifts: tuple[tuple[int, int], ...]
    recorder: Recorder = attrs.field(repr=False, eq=False)

    @property
    def digest(self) -> str:
        """A fingerprint of every event and effect, equal for equal days; it is worked out each time."""
        digest = sha256()
        for at, event, effects in self.told:
            digest.update(f"{at} {event!r} {effects!r}\n".encode())
        return digest.hexdigest()

    @property
    def records(self) -> tuple[WorkRecord, ...]:
        """The records of all contacts, in the order of their arrival."""
        return tuple(trace.record for trace in self.traces)


@attrs.define
class _Heard:
    """What only a trace tells, beside its record. It is mutable: the day goes on."""

    language: Language
    agent: str = ""
    heard: list[Text] = attrs.field(factory=list)


class _Explanations(Mapping[str, RoutingExplanation]):
    """Explanations by contact, each worked out when it is looked up: few are, and one takes as long as its contact."""

    def __init__(self, desk: Desk, contacts: tuple[str, ...]) -> None:
        self._desk = desk
        self._contacts = contacts

    def __getitem__(self, contact: str) -> RoutingExplanation:
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

    def __init__(self, department: Department, *, day: date, explaining: bool) -> None:
        self._department = department
        self._explaining = explaining
        self._day = day
        self._recorder = DeskRecorder(department)
        self._heard: dict[str, _Heard] = {}
        self._offered: dict[str, None] = {}
        self._told: list[Told] = []
        self._last = 0

    def note(self, event: DeskEvent, effects: tuple[Effect, ...], *, at: int) -> None:
        """Write down an event and what the desk wanted done about it.

        Args:
            event: What happened.
            effects: The desk's answer.
            at: When, in microseconds since the epoch.
        """
        self._told.append((at, event, effects))
        self._last = at
        self._recorder.follow(event, effects, at=at)
        if isinstance(event, ContactArrived):
            self._heard[event.contact.id] = _Heard(event.contact.language)
        for effect in effects:
            match effect:
                case OfferIssued(offer=offer) if self._explaining:
                    self._offered[offer.item] = None
                case Announce():
                    self._heard[effect.contact].heard.append(effect.text)
                case Connect(joining=False):
                    self._heard[effect.contact].agent = effect.agent
                case _:
                    """It is in the records, or among the tickets."""

    def closed(self, desk: Desk) -> Journal:
        """The journal of the whole day."""
        return Journal(
            department=self._department,
            day=self._day,
            traces=tuple(self._trace(work) for work in self._recorder.records),
            tickets=dict(desk.tickets),
            explanations=_Explanations(desk, tuple(self._offered)),
            told=tuple(self._told),
            shifts=self._recorder.shifts(until=self._last),
            recorder=self._recorder,
        )

    def _trace(self, work: WorkRecord) -> ContactTrace:
        told = self._heard[work.item]
        return ContactTrace(record=work, language=told.language, agent=told.agent, heard=tuple(told.heard))
