"""Continue or open: whether a contact continues a ticket, on whatever channel it comes, or opens one."""

import enum
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

import attrs

from ticontact._time import Amount, WorkingDays, to_epoch
from ticontact.contacts import Contact
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.i18n import Text
from ticontact.i18n._texts import tickets as texts
from ticontact.plain import checked
from ticontact.tickets._lifecycle.term import is_over
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["Continuation", "Continue", "Evidence", "OpenNew", "Propose", "continue_or_open"]


class Evidence(enum.Enum):
    """What speaks for it that a contact belongs to a ticket; the strongest first."""

    THREAD = "thread"
    """It answers a message of the ticket."""
    CASE = "case"
    """It is about the same case."""
    PERSON_AND_REASON = "person_and_reason"
    """The same person comes for the same reason."""
    PERSON = "person"
    """The same person: perhaps about something else."""

    @property
    def label(self) -> Text:
        """The evidence in words."""
        return texts.EVIDENCE[self.value]


_STRENGTH: Final = {evidence: -place for place, evidence in enumerate(Evidence)}


@attrs.frozen(field_transformer=checked)
class Continue:
    """The contact belongs to a ticket.

    Attributes:
        ticket: The ticket's id.
        because: What speaks for it.
    """

    ticket: str
    because: Evidence

    def explain(self) -> Text:
        """The answer in five languages."""
        return texts.CONTINUES.fill({"ticket": self.ticket, "because": self.because.label})


@attrs.frozen(field_transformer=checked)
class Propose:
    """The contact may belong to one of some tickets; a person decides.

    Attributes:
        tickets: The ids, the likeliest first.
        because: What speaks for them.
    """

    tickets: tuple[str, ...]
    because: Evidence

    def explain(self) -> Text:
        """The answer in five languages."""
        return texts.PROPOSED.fill({"tickets": ", ".join(self.tickets), "because": self.because.label})


@attrs.frozen(field_transformer=checked)
class OpenNew:
    """The contact opens a ticket of its own.

    Attributes:
        follow_up_of: The id of a ticket that it would have continued, had that not been closed for too long.
    """

    follow_up_of: str = ""

    def explain(self) -> Text:
        """The answer in five languages."""
        return texts.FOLLOWS_UP.fill({"ticket": self.follow_up_of}) if self.follow_up_of else texts.OPENS


Continuation = Continue | Propose | OpenNew
"""The answer to the question whether a contact continues a ticket."""


def continue_or_open(
    contact: Contact,
    tickets: Iterable[Ticket],
    *,
    thread: str = "",
    same_person: Collection[str] = (),
    reopening_within: timedelta | WorkingDays | None = None,
    calendar: OfficeCalendar | None = None,
    at: datetime | None = None,
) -> Continuation:
    """Whether a contact continues one of some tickets: one rule for calls, messages, letters and visits.

    A message continues the ticket it answers; a contact about a case continues the one ticket of that case; the same
    person with the same reason continues the ticket that carries the reason as a tag. The same person alone, or several
    tickets of equal evidence, is for a person to decide. A ticket that is solved or closed is continued within the
    reopening window; after it, a ticket opens that follows it up. Tickets that were merged away are left out: ask
    `resolve_merged` first.

    Args:
        contact: The contact, with the cases and reasons that are known.
        tickets: The tickets that come into question.
        thread: The id of the ticket that the contact answers, as `ticontact.contacts.find_thread` found it.
        same_person: The ids of the tickets of the same person, as identity resolution found them.
        reopening_within: How long after it was solved or closed a ticket is continued; for ever if None.
        calendar: The calendar in whose open time or working days that is counted; time as it passes if None.
        at: When; when the contact came in by default.

    Raises:
        NaiveTime: If the instant has no zone.
        ConfigurationError: If working days have no calendar.
        NeverOpen: If the calendar stays closed for longer than its horizon.
    """
    if isinstance(reopening_within, WorkingDays) and calendar is None:
        raise ConfigurationError([Fault("calendar", "missing", "the calendar that says which days are working days")])
    asked = to_epoch(contact.created_at if at is None else at)
    found = [
        (evidence, ticket)
        for ticket in tickets
        if not ticket.merged_into and (evidence := _evidence(contact, ticket, thread, same_person)) is not None
    ]
    if not found:
        return OpenNew()
    alive = [each for each in found if not _too_late(each[1], reopening_within, calendar, asked)]
    if not alive:
        return OpenNew(follow_up_of=_likeliest(found)[0][1].id)
    return _chosen(_likeliest(alive))


def _evidence(contact: Contact, ticket: Ticket, thread: str, same_person: Collection[str]) -> Evidence | None:
    if thread == ticket.id:
        return Evidence.THREAD
    if ticket.case is not None and ticket.case in contact.cases:
        return Evidence.CASE
    if ticket.id not in same_person:
        return None
    return Evidence.PERSON_AND_REASON if ticket.record.tags & set(contact.reasons) else Evidence.PERSON


def _too_late(ticket: Ticket, window: Amount | None, calendar: OfficeCalendar | None, asked: int) -> bool:
    return ticket.category.is_done and is_over(window, calendar, start=ticket.since, at=asked)


def _likeliest(found: list[tuple[Evidence, Ticket]]) -> list[tuple[Evidence, Ticket]]:
    """The strongest evidence first, then tickets that are still open, then the latest changed."""
    return sorted(found, key=lambda each: (-_STRENGTH[each[0]], each[1].category.is_done, -each[1].changed, each[1].id))


def _chosen(likeliest: list[tuple[Evidence, Ticket]]) -> Continuation:
    best, first = likeliest[0]
    done = first.category.is_done
    equal = [ticket for evidence, ticket in likeliest if evidence is best and ticket.category.is_done == done]
    if best is Evidence.PERSON or len(equal) > 1:
        return Propose(tuple(ticket.id for ticket in equal), best)
    return Continue(first.id, best)
