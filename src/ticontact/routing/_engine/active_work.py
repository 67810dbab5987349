"""One piece of work from its arrival to its end, and its requests for an agent."""

from datetime import timedelta
from typing import Final, Literal

import attrs

from ticontact.contacts import HandOver
from ticontact.routing._decision.decision import AnyAssessment, Offer, Purpose
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = ["ActiveWork", "AssignmentRequest", "Consult", "RequestState", "VainOffer"]

RequestState = Literal["held", "waiting", "offered", "over"]
"""Not yet to be offered; waiting for an agent; on offer; ended."""

_NOBODY: Final[frozenset[str]] = frozenset()


@attrs.frozen
class VainOffer:
    """The last offer of some work to an agent, who did not take it.

    Attributes:
        agent: The id of the agent.
        has_declined: Whether the agent has ever declined this work. A missed offer is no decline.
        until: When that decline is over, in microseconds since the epoch; None for not before the agent signs in anew.
    """

    agent: str
    has_declined: bool
    until: int | None

    def stands(self, *, at: int) -> bool:
        """Return whether it is a decline that stands at an instant."""
        return self.has_declined and (self.until is None or self.until > at)


@attrs.define(eq=False, kw_only=True, weakref_slot=False)
class AssignmentRequest:
    """A request for one agent. Mutable.

    Attributes:
        item: The piece of work.
        purpose: What the agent is wanted for.
        requirement: The requirement of the item and the rules.
        entered: The instant at which its waiting began.
        key: Its place in the order of service: tier, credited instant, entry, id.
        clock: The queue by whose open time it ages; empty for elapsed time.
        state: The state of the request.
        current: The requirement at this moment.
        offers: The live round of offers.
        place: The number of its entry in the waiting index; 0 if it has none.
        vain: The offers in vain, one for each agent, in the order in which they came to nothing.
        skipped: A waiting time that counts as over, because everybody eligible until then has declined or is absent.
        assessment: How the agents stood when it was offered last.
        reviews: The instants at which it is looked at anew, each with a timer.
        lapsed: The offers that have expired, the last ones of them: an acceptance may be told late.
        held_by: The rules that have failed and must not be passed over: until they answer, nobody gets an offer.
    """

    item: WorkItem
    purpose: Purpose
    requirement: Requirement
    entered: int
    key: tuple[int, int, int, str]
    clock: str
    current: CurrentRequirement
    state: RequestState = "waiting"
    offers: tuple[Offer, ...] = ()
    place: int = 0
    vain: tuple[VainOffer, ...] = ()
    skipped: timedelta = timedelta(0)
    assessment: AnyAssessment | None = None
    reviews: frozenset[int] = frozenset()
    lapsed: tuple[Offer, ...] = ()
    held_by: tuple[str, ...] = ()

    def declined(self, *, at: int) -> frozenset[str]:
        """Return the agents whose decline stands at an instant."""
        return frozenset(each.agent for each in self.vain if each.stands(at=at)) if self.vain else _NOBODY

    @property
    def asked(self) -> tuple[str, ...]:
        """The agents at whom it rang in vain, the one at whom it did so longest ago first."""
        return tuple([each.agent for each in self.vain]) if self.vain else ()


@attrs.define(eq=False, kw_only=True, weakref_slot=False)
class Consult:
    """An official that is requested, or has joined. Mutable.

    Attributes:
        request: The request for the official.
        carrying: What the official gets to read: the case and what was said so far.
        official: The id of the official that has joined; empty before that.
        since: The instant of joining.
        conference: Whether citizen, operator and official talk all together.
    """

    request: AssignmentRequest
    carrying: HandOver | None = None
    official: str = ""
    since: int = 0
    conference: bool = False


@attrs.define(eq=False, kw_only=True, weakref_slot=False)
class ActiveWork:
    """One piece of work from its arrival to its end. Mutable.

    Attributes:
        item: The piece of work.
        request: The request for the agent that talks to the citizen.
        epoch: The number of its last round of offers.
        agent: The id of the agent that talks to the citizen; empty before that.
        since: The instant from which that agent has it.
        consult: The official that is requested or has joined; None without one.
        attempts: How often the office has called back in vain.
        calls: How often the person has been called to the counter in vain, in a row.
        returns: How often the person has been sent to the end of the line for that.
        overflow: When its longest wait is over, as it was worked out at the beginning of the wait; None if never.
        transferred: What it asks since an agent has given it away with another requirement, in the place of what its
            item and the rules ask; None before that.
        drain: When the line to which it belongs is let go of, in microseconds since the epoch; 0 if that is not known.
    """

    item: WorkItem
    request: AssignmentRequest
    epoch: int = 0
    agent: str = ""
    since: int = 0
    consult: Consult | None = None
    attempts: int = 0
    calls: int = 0
    returns: int = 0
    overflow: int | None = None
    transferred: Requirement | None = None
    drain: int = 0

    @property
    def requests(self) -> tuple[AssignmentRequest, ...]:
        """The request for the agent, and the one for the official if there is one."""
        return (self.request, self.consult.request) if self.consult else (self.request,)

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody waits on the line or at the counter: not for a letter, nor for a call of the office."""
        return self.item.channel.synchronous and self.item.callback is None
