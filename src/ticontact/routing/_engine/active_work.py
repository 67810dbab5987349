"""One search for an agent, and the piece of work behind it."""

from datetime import timedelta
from typing import Literal

import attrs

from ticontact.contacts import HandOver
from ticontact.routing._decision.decision import Assessment, Offer, Purpose
from ticontact.routing._matching.eligibility import Asking
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Consult", "Job", "Search", "SearchState"]

SearchState = Literal["held", "waiting", "ringing", "over"]
"""Not yet to be offered; waiting for an agent; on offer; ended."""


@attrs.define(eq=False, kw_only=True)
class Search:
    """A search for one agent. It is mutable.

    Attributes:
        item: The piece of work.
        purpose: What the agent is wanted for.
        requirement: What the item and the rules ask.
        entered: When its waiting began.
        key: Its place among those that wait: tier, credited instant, entry, id.
        clock: The queue whose open time it ages by; empty for elapsed time.
        state: Where the search stands.
        asking: What it asks at this moment.
        offers: The live round of offers.
        place: The number of its entry in the backlog; 0 if it has none.
        skipped: A waiting time that counts as over, because everybody asked until then has declined.
        assessment: How the agents stood when it was offered last.
    """

    item: WorkItem
    purpose: Purpose
    requirement: Requirement
    entered: int
    key: tuple[int, int, int, str]
    clock: str
    asking: Asking
    state: SearchState = "waiting"
    offers: tuple[Offer, ...] = ()
    place: int = 0
    skipped: timedelta = timedelta(0)
    assessment: Assessment | None = None


@attrs.define(eq=False, kw_only=True)
class Consult:
    """An official who is asked to join, or has joined. It is mutable.

    Attributes:
        search: The search for the official.
        carrying: What the official gets to read: the case and what was said so far.
        official: Who has joined, by id; empty while nobody has.
        since: Since when.
        conference: Whether citizen, operator and official talk all together.
    """

    search: Search
    carrying: HandOver | None = None
    official: str = ""
    since: int = 0
    conference: bool = False


@attrs.define(eq=False, kw_only=True)
class Job:
    """One piece of work from its arrival to its end. It is mutable.

    Attributes:
        item: The piece of work.
        search: The search for the agent who talks to the citizen.
        epoch: The number of its last round of offers.
        agent: Who talks to the citizen, by id; empty before that.
        since: Since when that agent has it.
        consult: The official who is asked to join; None if nobody is.
        attempts: How often the office has called in vain.
        calls: How often the person has been called to the counter in vain, in a row.
        returns: How often the person has been sent to the end of the line for that.
    """

    item: WorkItem
    search: Search
    epoch: int = 0
    agent: str = ""
    since: int = 0
    consult: Consult | None = None
    attempts: int = 0
    calls: int = 0
    returns: int = 0

    @property
    def searches(self) -> tuple[Search, ...]:
        """The search for the agent, and the one for the official if somebody is asked to join."""
        return (self.search, self.consult.search) if self.consult else (self.search,)
