"""What a decision holds: offers to make and to take back, and why."""

import enum
from collections.abc import Mapping
from typing import Literal

import attrs
import pendulum

from ticontact._limits import Count, Id
from ticontact._time import from_epoch
from ticontact.contacts import Outcome
from ticontact.i18n import Text
from ticontact.i18n._texts import routing as texts
from ticontact.plain import checked, form
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._decision.explanation import RoutingExplanation, explained
from ticontact.routing._decision.supervisor_action import SupervisorAction
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._work.routing_rule import RuleFailed
from ticontact.routing.strategies import Strategy

__all__ = [
    "AnyAssessment",
    "Assessment",
    "Because",
    "CloseReason",
    "ConsultTransfer",
    "Offer",
    "Overflowed",
    "Purpose",
    "RoutingDecision",
    "Suspended",
    "ToldAssessment",
    "WorkClosed",
]

Purpose = Literal["contact", "consult"]
"""Whether an agent is wanted for the citizen, or to join a colleague."""

Because = Literal[
    "limit",
    "all_declined",
    "last_entry",
    "closed",
    "closing",
    "closed_by_hand",
    "window_over",
    "waited_too_long",
    "never_open",
]
"""Why a piece of work goes to the fallback of its queue."""


@form("offer")
@attrs.frozen(slots=False, field_transformer=checked)  # for speed, as `Assignment`
class Offer:
    """A piece of work offered to an agent.

    Attributes:
        item: The id of the work.
        agent: The id of the agent.
        epoch: The number of the round of offers; an answer to an older round is refused.
        until: When the offer expires; None if it does not.
        purpose: What the agent is wanted for.
    """

    item: Id
    agent: Id
    epoch: Count
    until: pendulum.DateTime | None = None
    purpose: Purpose = "contact"


@attrs.frozen(field_transformer=checked)
class Overflowed:
    """A piece of work that leaves routing for the fallback of its queue.

    Attributes:
        item: The id of the work.
        to: The name of the fallback.
        because: Why.
    """

    item: str
    to: str
    because: Because

    @property
    def text(self) -> Text:
        """Why, in five languages."""
        return texts.FALLBACKS[self.because]


class CloseReason(enum.Enum):
    """Why a piece of work is closed without a conversation."""

    NOT_REACHED = "not_reached"
    """Called back as often as promised; nobody answered."""
    NO_SHOW = "no_show"
    """Called to the counter as often as the rule of the queue says; nobody came."""

    @property
    def outcome(self) -> Outcome:
        """The outcome under which the contact is counted."""
        return Outcome(self.value)


@attrs.frozen(field_transformer=checked)
class WorkClosed:
    """A piece of work that is closed without a conversation.

    Attributes:
        item: The id of the work.
        reason: Why.
    """

    item: str
    reason: CloseReason


@attrs.frozen(field_transformer=checked)
class Suspended:
    """Work in hand that is suspended for live work, or resumed after it.

    Attributes:
        item: The id of the work.
        agent: The id of the agent who keeps it.
    """

    item: str
    agent: str


@attrs.frozen(field_transformer=checked)
class ConsultTransfer:
    """A contact whose operator was lost while an official had joined, and has it now.

    Attributes:
        item: The id of the work.
        agent: The id of the official.
    """

    item: str
    agent: str


@attrs.frozen(kw_only=True, slots=False, field_transformer=checked)  # for speed, as `Assignment`
class Assessment:
    """How everything stood when a piece of work was looked at: enough to explain it later.

    Attributes:
        current: What the work required.
        agent_states: The states of all agents at that moment, by id; they are worked out when somebody looks.
        chosen: Who was chosen, by id.
        strategy: The order among the agents.
        at: When, in microseconds since the epoch.
    """

    current: CurrentRequirement
    agent_states: Mapping[str, AgentState]
    chosen: tuple[str, ...]
    strategy: Strategy
    at: int

    def explain(self) -> RoutingExplanation:
        """For every agent: chosen, or the first reason why not. It is worked out once."""
        known: RoutingExplanation | None = self.__dict__.get("_explanation")
        if known is None:
            known = explained(self.current, self.agent_states.values(), self.chosen, self.strategy, at=self.at)
            self.__dict__["_explanation"] = known
        return known


@attrs.frozen
class ToldAssessment:
    """What was explained before a restart, in the place of what it was explained from.

    Attributes:
        explanation: The explanation.
    """

    explanation: RoutingExplanation

    def explain(self) -> RoutingExplanation:
        """For every agent: chosen, or the first reason why not."""
        return self.explanation


AnyAssessment = Assessment | ToldAssessment
"""An assessment that can be explained."""


@attrs.frozen(kw_only=True, slots=False, field_transformer=checked)  # for speed, as `Assignment`
class RoutingDecision:
    """What follows from one thing that happened.

    Attributes:
        at: When it happened.
        offers: The new offers, to be made now.
        revoked: Offers to be taken back: somebody else was faster, or the work or the agent is gone.
        expired: Offers that nobody answered in time.
        overflowed: Work that goes to the fallback of its queue.
        closed: Work that is closed without a conversation.
        returned: The ids of contacts whose consult has come to nothing: the operator has them back.
        consult_transfers: Contacts whose operator is gone, and whom the official has now.
        called_again: The ids of visits whose person did not come, and is to be called again.
        suspended: Work in hand that is suspended for live work.
        resumed: Suspended work that goes on.
        supervisor_actions: What a supervisor has ordered, for the audit trail.
        failures: Rules that raised or returned nonsense, and were passed over.
        warnings: What somebody should know about the way of deciding.
        assessments: What stands behind it, by the id of the work; empty if the dispatcher keeps none.
    """

    at: pendulum.DateTime
    offers: tuple[Offer, ...] = ()
    revoked: tuple[Offer, ...] = ()
    expired: tuple[Offer, ...] = ()
    overflowed: tuple[Overflowed, ...] = ()
    closed: tuple[WorkClosed, ...] = ()
    returned: tuple[str, ...] = ()
    consult_transfers: tuple[ConsultTransfer, ...] = ()
    called_again: tuple[str, ...] = ()
    suspended: tuple[Suspended, ...] = ()
    resumed: tuple[Suspended, ...] = ()
    supervisor_actions: tuple[SupervisorAction, ...] = ()
    failures: tuple[RuleFailed, ...] = ()
    warnings: tuple[Text, ...] = ()
    assessments: Mapping[str, AnyAssessment] = attrs.field(factory=dict, repr=False, eq=False)

    def explain(self, item: str = "") -> RoutingExplanation:
        """For every agent: chosen, or the first reason why not.

        Args:
            item: The id of the work; empty for the one that the decision is about.

        Returns:
            The explanation; an empty one if the decision is about no such work.
        """
        name = item or next(iter(self.assessments), "")
        assessment = self.assessments.get(name)
        return assessment.explain() if assessment is not None else RoutingExplanation(item=name, eligibilities=())


def _worked_out(decision: RoutingDecision, name: str) -> pendulum.DateTime:
    """Return the instant of a decision whose `at` was left out by `Effects`, and keep it.

    Few read it, and to make one takes a tenth of the time of an arrival.
    """
    moment = decision.__dict__.get("_moment")
    if name != "at" or moment is None:
        raise AttributeError(name)
    at = decision.__dict__["at"] = from_epoch(*moment)
    return at


# Python asks here for a name that is not in the instance. It is no method of the class body, so that type checkers
# still refuse the names that a decision does not have.
type.__setattr__(RoutingDecision, "__getattr__", _worked_out)
