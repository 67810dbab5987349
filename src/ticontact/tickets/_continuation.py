"""Continue or open: whether a contact continues a ticket, on whatever channel it comes, or opens one."""

import enum
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import Contact
from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.i18n._texts import tickets as texts
from ticontact.plain import checked
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._merge import resolve_merged
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


_RANK: Final = {evidence: place for place, evidence in enumerate(Evidence)}
_NO_FACTS: Final[Mapping[str, object]] = MappingProxyType({})


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
        follow_up_of: The id of a ticket that it would have continued, were that not over for good; for
            `OpenTicket.follow_up_of`.
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
    lifecycles: Lifecycle | Iterable[Lifecycle],
    thread: str = "",
    same_person: Collection[str] = (),
    facts: Mapping[str, object] = _NO_FACTS,
    at: datetime | None = None,
) -> Continuation:
    """Whether a contact continues one of some tickets: one rule for calls, messages, letters and visits.

    A message continues the ticket it answers; a contact about a case continues the one ticket of that case; the same
    person with the same reason continues the ticket that carries the reason as a tag. The same person alone, or several
    tickets of equal evidence, is for a person to decide. What speaks for a ticket that was merged into another speaks
    for the other one.

    A ticket that is solved or closed is continued if its lifecycle takes what comes in (`Lifecycle.may_receive`): while
    it may be opened again. After that, a ticket opens that follows it up. So what is continued is never refused.

    Args:
        contact: The contact, with the cases and reasons that are known.
        tickets: The tickets that come into question; with a merged one also the one that it goes on in.
        lifecycles: The lifecycle that they follow, or all that they may follow.
        thread: The id of the ticket that the contact answers, as `ticontact.contacts.find_thread` found it.
        same_person: The ids of the tickets of the same person, as identity resolution found them.
        facts: What guards may ask.
        at: When; when the contact came in by default.

    Raises:
        NaiveTime: If the instant has no zone.
        ConfigurationError: If a ticket follows a lifecycle that is not given.
        NeverOpen: If the calendar of a reopening window stays closed for longer than its horizon.
    """
    when = contact.created_at if at is None else at
    to_epoch(when)
    known = {each.name: each for each in ([lifecycles] if isinstance(lifecycles, Lifecycle) else lifecycles)}
    given = {ticket.id: ticket for ticket in tickets}
    for ticket in given.values():
        if ticket.record.lifecycle not in known:
            place, given_name = f"ticket {ticket.id}", ticket.record.lifecycle
            raise ConfigurationError([Fault(place, f"lifecycle {given_name!r} is not given", ", ".join(known))])
    found: dict[str, Evidence] = {}
    ends = _ends(given)
    for ticket in given.values():
        evidence, end = _evidence(contact, ticket, thread, same_person), ends[ticket.id]
        if evidence is not None and end is not None:
            found[end] = min(found.get(end, evidence), evidence, key=_RANK.__getitem__)
    over, alive = list[_Candidate](), list[_Candidate]()
    for end, evidence in found.items():
        candidate = _Candidate(evidence, end, given.get(end))
        (alive if candidate.goes_on(known, facts, at=when) else over).append(candidate)
    if alive:
        return _chosen(sorted(alive, key=_Candidate.place))
    return OpenNew(follow_up_of=min(over, key=_Candidate.place).id) if over else OpenNew()


class _Candidate(NamedTuple):
    """A ticket that the contact may continue."""

    evidence: Evidence
    id: str
    ticket: Ticket | None
    """None for one in which a merged ticket goes on and that was not given: it says itself whether it is over."""

    def goes_on(self, known: Mapping[str, Lifecycle], facts: Mapping[str, object], *, at: datetime) -> bool:
        """Whether it would take the contact."""
        ticket = self.ticket
        return ticket is None or known[ticket.record.lifecycle].may_receive(ticket, at=at, facts=facts)

    @property
    def is_done(self) -> bool:
        """Whether it is solved or closed, as far as is known."""
        return self.ticket is not None and self.ticket.category.is_done

    def place(self) -> tuple[int, bool, int, str]:
        """The strongest evidence comes first, then tickets that are still open, then the latest changed."""
        changed = 0 if self.ticket is None else self.ticket.changed
        return _RANK[self.evidence], self.is_done, -changed, self.id


def _ends(given: Mapping[str, Ticket]) -> dict[str, str | None]:
    """For each ticket the id of the one in which it goes on; its own if it was not merged, None for a circle."""
    merged_into = {each.id: each.merged_into for each in given.values() if each.merged_into}
    for each in given.values():
        # The ticket between the two may not be among those that are given; the one that has it all says so.
        merged_into |= dict.fromkeys(each.record.absorbed, each.id)
    return {name: resolve_merged(name, merged_into) for name in given}


def _evidence(contact: Contact, ticket: Ticket, thread: str, same_person: Collection[str]) -> Evidence | None:
    ids = {ticket.id, *ticket.record.absorbed}
    if thread in ids:
        return Evidence.THREAD
    if not {*ticket.cases}.isdisjoint(contact.cases):
        return Evidence.CASE
    if ids.isdisjoint(same_person):
        return None
    return Evidence.PERSON_AND_REASON if ticket.record.tags & set(contact.reasons) else Evidence.PERSON


def _chosen(likeliest: list[_Candidate]) -> Continuation:
    first = likeliest[0]
    equal = [each.id for each in likeliest if each.evidence is first.evidence and each.is_done == first.is_done]
    if first.evidence is Evidence.PERSON or len(equal) > 1:
        return Propose(tuple(equal), first.evidence)
    return Continue(first.id, first.evidence)
