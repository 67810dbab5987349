"""What can go wrong, sorted by whose fault it is.

```
TicontactError            never raised itself
├── ConfigurationError    the department's description: every fault at once, each with its path
├── InvalidValue          a value that a program builds, or its plain form: every fault at once, each with its path
├── ContactError          what a citizen or another system sent
├── HoursError            an instant, a window, a calendar or a term
├── TicketError           a command that the ticket's state refuses
├── RoutingError          an agent, an item or an offer
├── DeskError             events that reach the desk in an impossible order
└── StaffingError         numbers of people that nobody can work out, or that no number of people can reach
```

A message names the place, what is allowed and what was given, for the person who must mend the cause. Attributes say
the same to a program, so that it need not read the message. An attribute is empty where there is nothing to say.
A personal value never stands in a message or an attribute: it is kept behind `given`, for the program alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import attrs

from ticontact._bounded import LONGEST_MESSAGE, MOST_NAMES, shortened

__all__ = [
    "BrokenHistory",
    "ConfigurationError",
    "ContactError",
    "DeskError",
    "Fault",
    "HoursError",
    "InvalidAddress",
    "InvalidEmailAddress",
    "InvalidNotation",
    "InvalidPhoneNumber",
    "InvalidValue",
    "MessageTooLarge",
    "NaiveTime",
    "NeverOpen",
    "PoorData",
    "RoutingError",
    "StaffingError",
    "StaleOffer",
    "StaleTicket",
    "TicketError",
    "TicontactError",
    "TimeWentBack",
    "TransitionRefused",
    "UnknownAgent",
    "Unreachable",
    "UnreadableRecord",
    "UnsettledTerm",
    "Unstable",
]


class TicontactError(Exception):
    """Root of all errors of ticontact; catch it to catch them all. It is never raised itself.

    Args:
        message: What happened, in one sentence without any personal value. What is longer than 10,000 characters is
            cut, since much can be given.
        given: The refused value. It shows in neither `str` nor `repr` of the error.
    """

    def __init__(self, message: str, *, given: object = None) -> None:
        if type(self) is TicontactError:
            raise TypeError("raise one of the subclasses of TicontactError, which say whose fault it is")
        super().__init__(shortened(message, LONGEST_MESSAGE))
        self.given = given

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by state, so that subclasses may ask for arguments of their own."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[TicontactError], args: tuple[object, ...], state: dict[str, object]) -> TicontactError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


_LONGEST_PART: Final = 400  # characters
_MOST_FAULTS: Final = 100


def _short(text: str) -> str:
    return shortened(text, _LONGEST_PART)


def _part(text: str) -> str:
    """A part of a fault; half a character, which cannot be printed, is a question mark."""
    if not isinstance(text, str):
        raise InvalidValue(
            [Fault("Fault.path, problem, allowed", f"{type(text).__name__} was given", "texts")], given=text
        )
    return _short(text if text.isascii() else text.encode(errors="replace").decode())


@attrs.frozen
class Fault:
    """One thing that is wrong in a description: where, what, and what would be right. Each is cut where it is long.

    Attributes:
        path: Where in the description, such as `queue[2].hours`.
        problem: What is wrong there, in a few words.
        allowed: What may stand there; empty if the problem says it already.
    """

    path: str = attrs.field(converter=_part)
    problem: str = attrs.field(converter=_part)
    allowed: str = attrs.field(default="", converter=_part)

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" + (f" (allowed: {self.allowed})" if self.allowed else "")


def _said(faults: tuple[Fault, ...], count: int) -> str:
    """The first faults in words, and how many more there are."""
    said = "; ".join(map(str, faults[:MOST_NAMES]))
    more = count - MOST_NAMES
    return said if more <= 0 else f"{said}; and {more} more"


class ConfigurationError(TicontactError):
    """A department's description is wrong. Its faults are reported together, the first 100 of them.

    The text says the first 20, and how many there are beside them.

    Args:
        faults: At least one fault.

    Attributes:
        faults: The first 100 faults.
        count: How many there are.
    """

    def __init__(self, faults: Iterable[Fault], *, count: int | None = None) -> None:
        every = tuple(faults)
        self.faults: tuple[Fault, ...] = every[:_MOST_FAULTS]
        self.count: int = len(every) if count is None else count
        super().__init__(_said(self.faults, self.count))


class InvalidValue(TicontactError):
    """A value, or its plain form, is not what its class says. Every place is reported at once, the first 100 of them.

    The text says the first 20, and how many there are beside them. What stood there is behind `given` only.

    Args:
        faults: At least one fault, each with its place.

    Attributes:
        faults: The first 100 faults.
        count: How many there are.
    """

    def __init__(self, faults: Iterable[Fault], *, given: object = None, count: int | None = None) -> None:
        every = tuple(faults)
        self.faults: tuple[Fault, ...] = every[:_MOST_FAULTS]
        self.count: int = len(every) if count is None else count
        super().__init__(_said(self.faults, self.count), given=given)


class ContactError(TicontactError):
    """What a citizen or another system sent cannot be read, or contradicts itself. The value is behind `given` only.

    Attributes:
        field: The place that the message names, such as `Contact.language`.
        allowed: The values that may stand there, where they can be listed.
    """

    def __init__(self, message: str, *, given: object = None, field: str = "", allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message, given=given)
        self.field: str = _short(field)
        self.allowed = allowed


class InvalidPhoneNumber(ContactError):
    """A text is not one telephone number."""


class InvalidEmailAddress(ContactError):
    """A text is not one e-mail address."""


class InvalidAddress(ContactError):
    """A SIP address, a chat handle, a counter desk or a postal address (eCH-0010) cannot be one."""


class MessageTooLarge(ContactError):
    """A message is larger, deeper or more divided than the reader was told to take."""


class UnreadableRecord(ContactError):
    """A call record, a form, a recorded day or another record contradicts itself or lacks what it must have."""


class HoursError(TicontactError):
    """An instant, a window, a calendar or a legal term that cannot be.

    Attributes:
        field: The place that the message names, such as `overrides`.
        allowed: The values that may stand there, where they can be listed.
        since: The first day for which the law's rules are known, where a day is outside them; else None.
        until: The last such day; else None.
    """

    def __init__(
        self,
        message: str,
        *,
        given: object = None,
        field: str = "",
        allowed: tuple[str, ...] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        super().__init__(message, given=given)
        self.field: str = _short(field)
        self.allowed = allowed
        self.since = since
        self.until = until


class NaiveTime(HoursError):
    """A datetime without a time zone: nobody can say which instant it is."""


class InvalidNotation(HoursError):
    """Opening hours in another system's notation that cannot be read, or that it cannot say.

    Attributes:
        position: Where in the text, counted from 1; in a structure, the number of the entry.
    """

    def __init__(self, message: str, *, position: int) -> None:
        super().__init__(message)
        self.position = position


class UnsettledTerm(HoursError):
    """The law leaves open what was asked, and no reading was chosen."""


class NeverOpen(HoursError):
    """Nothing opens within the horizon, so there is no answer.

    Attributes:
        horizon: How far was looked.
    """

    def __init__(self, message: str, *, horizon: timedelta) -> None:
        super().__init__(message)
        self.horizon = horizon


class TicketError(TicontactError):
    """A ticket cannot do what it was asked."""


class TransitionRefused(TicketError):
    """The ticket's state, or a guard, does not allow the trigger.

    Attributes:
        state: The state the ticket is in, and stays in.
        trigger: What was asked.
        allowed: The triggers that would be accepted now.
        guard: The guard that said no; empty if the state has no such edge at all.
    """

    def __init__(self, message: str, *, state: str, trigger: str, allowed: tuple[str, ...], guard: str = "") -> None:
        super().__init__(message)
        self.state = state
        self.trigger = trigger
        self.allowed = allowed
        self.guard = guard


class BrokenHistory(TicketError):
    """Events that cannot be one ticket's history: out of order, of another ticket, or of an unknown state or kind.

    Attributes:
        version: The number of the event that does not fit; 0 if there is none at all.
    """

    def __init__(self, message: str, *, version: int) -> None:
        super().__init__(message)
        self.version = version


class StaleTicket(TicketError):
    """Somebody else has changed the ticket meanwhile.

    Attributes:
        expected: The version the writer had read.
        found: The version the ticket has.
    """

    def __init__(self, message: str, *, expected: int, found: int) -> None:
        super().__init__(message)
        self.expected = expected
        self.found = found


class RoutingError(TicontactError):
    """An agent, an item or an offer that routing cannot work with.

    Attributes:
        item: The id of the work that it is about.
        agent: The id of the agent that it is about.
        stage: What the item is in: `waiting`, or the state of its assignment, such as `active`. It is empty where
            nothing of this id is here.
        allowed: What would be accepted: stages, verbs of the dispatcher, or the ids of agents.
    """

    def __init__(
        self,
        message: str,
        *,
        given: object = None,
        item: str = "",
        agent: str = "",
        stage: str = "",
        allowed: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, given=given)
        self.item = item
        self.agent = agent
        self.stage = stage
        self.allowed = allowed


class UnknownAgent(RoutingError):
    """No agent of this name is known here. At most 20 of those that are known stand in `allowed`."""


class StaleOffer(RoutingError):
    """An answer to an offer that is no longer the live one.

    Attributes:
        epoch: The epoch of the live round; None if nothing is on offer any more.
    """

    def __init__(self, message: str, *, epoch: int | None, item: str = "", agent: str = "") -> None:
        super().__init__(message, item=item, agent=agent)
        self.epoch = epoch


class DeskError(TicontactError):
    """An event reaches the desk in an order that cannot be.

    Attributes:
        contact: The id of the contact that it is about.
        event: The name of the event that was refused, such as `ContactEnded`; empty in `snapshot` and `restore`.
        stage: Where the contact stands, such as `queued`; empty where it is unknown.
        allowed: What would be accepted: stages, events, or names of the department.
    """

    def __init__(
        self,
        message: str,
        *,
        given: object = None,
        contact: str = "",
        event: str = "",
        stage: str = "",
        allowed: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, given=given)
        self.contact = contact
        self.event = event
        self.stage = stage
        self.allowed = allowed


class TimeWentBack(DeskError):
    """An event is older than the desk, or the dispatcher, already is."""


class StaffingError(TicontactError):
    """No number of people can be worked out.

    Attributes:
        field: The place that the message names, such as `target.percent`.
    """

    def __init__(self, message: str, *, given: object = None, field: str = "") -> None:
        super().__init__(message, given=given)
        self.field: str = _short(field)


class Unstable(StaffingError):
    """More work comes in than these agents can do, and nobody gives up: the line grows for ever.

    Attributes:
        load: The work that comes in and waits for ever, in erlangs: agents who would be busy all the time.
        agents: How many there are.
        least: The least number of agents that can do it.
    """

    def __init__(self, *, load: float, agents: float, least: int) -> None:
        super().__init__(
            f"agents: {agents:g} were given for a load of {load:g} erlangs whose callers never give up;"
            f" allowed: {least} or more",
            field="agents",
        )
        self.load = load
        self.agents = agents
        self.least = least


class Unreachable(StaffingError):
    """No number of agents reaches the target.

    Attributes:
        because: Why, in one sentence.
    """

    def __init__(self, because: str, *, field: str = "target") -> None:
        super().__init__(f"{field}: no number of agents reaches it: {because}", field=field)
        self.because: str = _short(because)


class PoorData(StaffingError):
    """A record holds too little to estimate something from.

    Attributes:
        what: What was looked for, such as `days`.
        found: How many observations there are.
        least: How many are needed.
    """

    def __init__(self, what: str, *, found: int, least: int, field: str = "records") -> None:
        super().__init__(f"{field}: {found} {what} were found; allowed: {least} or more", field=field)
        self.what: str = _short(what)
        self.found = found
        self.least = least
