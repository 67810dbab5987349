"""Every contact at a desk, and where it stands between reaching the office and its outcome.

A line changes only by its own methods, each named after what has happened to it: whoever asks what a contact can go
through reads one class.
"""

import enum
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact._typed import built
from ticontact.contacts import CaseRef, Contact, HandOver, Outcome
from ticontact.departments import Department, ServicePoint
from ticontact.desk.effects import ContactClosed, Requeued
from ticontact.errors import DeskError
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority

__all__ = ["Conversations", "Line", "Stage"]

_MICROSECOND: Final = timedelta(microseconds=1)

_AS_THEY_ARE: Final = ("reached", "joined", "answered", "agent", "official", "is_called_back", "ended")
"""What a snapshot holds of a line just as the line holds it."""


class Stage(enum.Enum):
    """Where a contact stands."""

    ANNOUNCEMENT = "in the announcement"
    QUEUED = "queued"
    CONNECTED = "connected"
    FINISHED = "over"


@attrs.define(kw_only=True)
class Line:
    """A contact's way through the desk. It is mutable: it changes as the contact goes on.

    Attributes:
        contact: The contact.
        queue: The queue that it waits for: its entry point's, or where a supervisor has moved it.
        priority: How urgent it is.
        reached: When it reached the office, in microseconds since the epoch.
        stage: Where it stands.
        joined: When it joined the queue, in microseconds since the epoch; 0 before that.
        answered: When somebody took it, in the same unit; 0 before that.
        agent: Who serves the citizen; empty before that.
        official: Who of the second level was connected; empty before that.
        carried: What the official was told; None before that.
        is_called_back: Whether the citizen has hung up, and the office calls.
        ended: When it was over, in microseconds since the epoch; 0 before that.
    """

    contact: Contact
    queue: ServicePoint
    priority: Priority
    reached: int
    stage: Stage = Stage.ANNOUNCEMENT
    joined: int = 0
    answered: int = 0
    agent: str = ""
    official: str = ""
    carried: HandOver | None = None
    is_called_back: bool = False
    ended: int = 0

    @property
    def is_on_the_line(self) -> bool:
        """Whether the citizen waits on the line or at the counter, and hears what is said."""
        return self.contact.channel.synchronous and not self.is_called_back

    def join(self, *, at: datetime) -> None:
        """Wait in line from now on."""
        self.stage, self.joined = Stage.QUEUED, to_epoch(at)

    def prioritise(self, priority: Priority) -> None:
        """Be as urgent as a supervisor says."""
        self.priority = priority

    def move(self, queue: ServicePoint) -> None:
        """Wait in another queue."""
        self.queue = queue

    def hang_up_to_be_called(self) -> None:
        """Leave the line, and be called by the office."""
        self.is_called_back = True

    def answer(self, agent: str, *, at: datetime) -> None:
        """Be with somebody."""
        self.stage, self.agent, self.answered = Stage.CONNECTED, agent, to_epoch(at)

    def ask(self, carried: HandOver) -> None:
        """Ask the second level to join, with what it gets to read."""
        self.carried = carried

    def be_joined_by(self, official: str) -> None:
        """Have an official on the line too."""
        self.official = official

    def go_over_to(self, official: str) -> None:
        """Be the official's alone."""
        self.agent = official

    def wait_again(self) -> Requeued:
        """Go back in line: nobody serves the contact any more."""
        lost, self.agent, self.official, self.carried = self.agent, "", "", None
        self.stage = Stage.QUEUED
        return Requeued(contact=self.contact.id, agent=lost)

    def finish(self, outcome: Outcome, *, at: datetime) -> ContactClosed:
        """Be over."""
        self.stage, self.ended = Stage.FINISHED, to_epoch(at)
        return ContactClosed(contact=self.contact.id, outcome=outcome)

    def told_so_far(self, summary: str) -> HandOver:
        """What an official is told who is asked to join: the wait counts from the very first."""
        waited = (self.answered - self.joined) * _MICROSECOND
        case = self.contact.cases[0] if self.contact.cases else None
        return HandOver(case, summary, language=self.contact.language, waited=waited)

    def plain(self) -> dict[str, Any]:
        """The line as plain data. It holds what the contact holds, in the clear."""
        return {
            "contact": to_dict(self.contact),
            "queue": self.queue.id,
            "priority": self.priority.value,
            "stage": self.stage.name,
            "carried": None if self.carried is None else _plain_hand_over(self.carried),
            **{name: getattr(self, name) for name in _AS_THEY_ARE},
        }

    @staticmethod
    def of(data: Mapping[str, Any], department: Department) -> "Line":
        """Read the plain form of a line.

        Raises:
            InvalidValue: If its contact cannot be read.
            ConfigurationError: If something is of another type.
            LookupError: If something is missing.
        """
        carried = data["carried"]
        return built(
            Line,
            {
                "contact": from_dict(Contact, data["contact"]),
                "queue": department.queues[data["queue"]],
                "priority": Priority.named(data["priority"]),
                "stage": Stage[data["stage"]],
                "carried": None if carried is None else _hand_over(carried),
                **{name: data[name] for name in _AS_THEY_ARE},
            },
        )


_NAMES: Final = tuple(field.name for field in attrs.fields(Line))
_FIELDS: Final[Callable[[Line], tuple[Any, ...]]] = attrgetter(*_NAMES)


class Conversations:
    """The contacts of one desk by id, in the order of their arrival. It is mutable: the desk owns it.

    Whoever is handed a line may change it. So a line is copied when it is handed out first, and can be taken back until
    all is kept.
    """

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._before: dict[str, tuple[Any, ...] | None] = {}

    def __contains__(self, contact: str) -> bool:
        return contact in self._lines

    def __getitem__(self, contact: str) -> Line:
        line = self._lines[contact]
        if contact not in self._before:
            self._before[contact] = _FIELDS(line)
        return line

    def keep(self) -> None:
        """Keep what has become of the contacts."""
        self._before.clear()

    def take_back(self) -> bool:
        """Let every contact stand where it did when all was kept last; return whether any was handed out."""
        is_changed = bool(self._before)
        for name, fields in self._before.items():
            if fields is None:
                del self._lines[name]
            else:
                for field, value in zip(_NAMES, fields, strict=True):
                    setattr(self._lines[name], field, value)
        self._before.clear()
        return is_changed

    @property
    def announced(self) -> dict[str, Line]:
        """The contacts in the announcement by id, in the order of their arrival."""
        return {name: line for name, line in self._lines.items() if line.stage is Stage.ANNOUNCEMENT}

    def find(self, contact: str) -> Line | None:
        """The line of a contact; None if it is not here."""
        return self[contact] if contact in self._lines else None

    def at(self, contact: str, *allowed: Stage, event: str) -> Line:
        """The line of a contact that is in one of some stages.

        Raises:
            DeskError: If it is elsewhere, or unknown.
        """
        line = self.find(contact)
        if line is None or line.stage not in allowed:
            stage = "unknown here" if line is None else line.stage.value
            stages = tuple(each.value for each in allowed)
            raise DeskError(
                f"contact {contact!r}: it is {stage}; allowed: {', '.join(stages)}",
                contact=contact,
                event=event,
                stage="" if line is None else stage,
                allowed=stages,
            )
        return line

    def add(self, line: Line) -> None:
        """Take in a contact that has reached the office."""
        self._before[line.contact.id] = None
        self._lines[line.contact.id] = line

    def forget(self, *, before: int) -> tuple[str, ...]:
        """Let go of the contacts that were over before an instant; their ids, in the order of their arrival."""
        gone = tuple(name for name, line in self._lines.items() if line.stage is Stage.FINISHED and line.ended < before)
        for name in gone:
            del self._lines[name]
        return gone

    @property
    def over(self) -> frozenset[str]:
        """The ids of the contacts that are over."""
        return frozenset(name for name, line in self._lines.items() if line.stage is Stage.FINISHED)

    def plain(self, *, but_not: Container[str] = ()) -> list[dict[str, Any]]:
        """Every contact as plain data, but for some."""
        return [line.plain() for name, line in self._lines.items() if name not in but_not]

    @staticmethod
    def of(told: Iterable[Mapping[str, Any]], department: Department) -> "Conversations":
        """Read the contacts of a snapshot.

        Raises:
            DeskError: If one is of a queue that the department does not have.
            InvalidValue: If a contact cannot be read.
        """
        lines = list(told)
        unknown = {line["queue"] for line in lines} - set(department.queues)
        if unknown:
            known = tuple(department.queues)
            raise DeskError(
                f"restore: no queue {', '.join(sorted(unknown))}; allowed: {', '.join(known)}", allowed=known
            )
        conversations = Conversations()
        for line in lines:
            conversations.add(Line.of(line, department))
        conversations.keep()
        return conversations

    def hold_against(self, waiting: Iterable[str], in_hand: Mapping[str, str]) -> None:
        """Hold the contacts of a snapshot against what its other parts say of them.

        Args:
            waiting: Who waits, as the dispatcher knows it.
            in_hand: Who has what, as the dispatcher knows it.

        Raises:
            DeskError: If they tell different things of a contact.
        """
        here = {name: line.agent for name, line in self._lines.items() if line.stage in {Stage.QUEUED, Stage.CONNECTED}}
        routed = {**dict.fromkeys(waiting, ""), **in_hand}
        contradicted = sorted({name for name, _ in here.items() ^ routed.items()})
        if contradicted:
            names = ", ".join(map(repr, contradicted))
            raise DeskError(f"restore: lines and dispatcher do not agree on {names}; allowed: what `snapshot` gave")


def _plain_hand_over(told: HandOver) -> dict[str, Any]:
    case = told.case
    return {
        "case": None if case is None else {"scheme": case.scheme, "value": case.value, "office": case.office},
        "summary": told.summary,
        "language": told.language,
        "waited": microseconds(told.waited),
    }


def _hand_over(data: Mapping[str, Any]) -> HandOver:
    case = data["case"]
    return HandOver(
        None if case is None else CaseRef(case["scheme"], case["value"], office=case["office"]),
        data["summary"],
        language=data["language"],
        waited=data["waited"] * _MICROSECOND,
    )
