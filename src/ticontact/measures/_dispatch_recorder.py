"""What happens at a dispatcher, told as events: one call beside each operation, and nothing is counted by hand."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ticontact._time import Instant, to_epoch
from ticontact.contacts import Outcome
from ticontact.measures._recorder import Recorder, RoutingEvent, RoutingEventKind
from ticontact.measures._work_record import WorkRecord
from ticontact.routing import Agent, Offer, RoutingDecision, WorkItem

__all__ = ["DispatchRecorder"]

_ENDS_BY_ITSELF = frozenset({"timed", "mandatory"})


class DispatchRecorder(Recorder):
    """Is told every operation of a dispatcher with the decision that came of it. It is mutable.

    Each operation that is about one contact or one agent's work has a method of its own name in the past; for all
    others, time and a supervisor's commands among them, there is `decided`. Who owns a desk and not a dispatcher has
    `ticontact.desk.DeskRecorder`.

    Args:
        agents: Those of the dispatcher, for their wrap-ups.
        short: Who leaves the queue within this time counts as a short abandonment.
    """

    def __init__(self, agents: Iterable[Agent] = (), *, short: timedelta = timedelta(0)) -> None:
        super().__init__()
        self._agents = {agent.id: agent for agent in agents}
        self._short = short
        self._joined: dict[str, int] = {}
        self._in_hand: dict[str, str] = {}
        self._joining: dict[str, str] = {}
        self._callbacks: set[str] = set()
        self._written_up: dict[str, dict[str, None]] = {}

    def arrived(
        self,
        item: WorkItem,
        decision: RoutingDecision,
        *,
        offered_at: datetime | None = None,
        due_at: datetime | None = None,
        in_hours: bool = True,
    ) -> None:
        """Work came in.

        Args:
            item: The work.
            decision: What the dispatcher decided.
            offered_at: When it reached the office, before any announcement; None if that was when it joined its queue.
            due_at: By when it was promised; None for what its `callback` says.
            in_hours: Whether the queue was open then.
        """
        joined = decision.at if item.entered_at is None else item.entered_at
        if due_at is None and item.callback is not None:
            due_at = item.callback.due
        reached = RoutingEvent.reached(
            item.id,
            queue=item.queue,
            channel=item.channel.name,
            at=joined if offered_at is None else offered_at,
            is_live=item.channel.synchronous,
            in_hours=in_hours,
            due_at=due_at,
        )
        self.note(reached)
        self.note(RoutingEvent(item=item.id, what="joined", at=joined))
        self._joined[item.id] = to_epoch(joined)
        if item.callback is not None:
            self._callbacks.add(item.id)
        self.decided(decision)

    def accepted(self, offer: Offer, decision: RoutingDecision) -> None:
        """An agent took an offer, or joined a colleague."""
        if offer.purpose == "consult":
            self._joining[offer.item] = offer.agent
        else:
            self._goes_to(offer.item, offer.agent, "answered", decision)
        self.decided(decision)

    def consulted(self, item_id: str, decision: RoutingDecision) -> None:
        """A colleague was asked to join: the citizen is held."""
        self._note(item_id, "held", decision)

    def conferred(self, item_id: str, decision: RoutingDecision) -> None:
        """Citizen, agent and official talk all together."""
        self._note(item_id, "retrieved", decision)

    def ended_consult(self, item_id: str, decision: RoutingDecision) -> None:
        """The agent is back with the citizen, alone."""
        self._joining.pop(item_id, None)
        self._note(item_id, "retrieved", decision)

    def handed_over(self, item_id: str, decision: RoutingDecision) -> None:
        """The official who has joined took over."""
        official = self._joining.pop(item_id, "")
        self._goes_to(item_id, official, "handed_over", decision)
        self.decided(decision)

    def requeued(self, item_id: str, decision: RoutingDecision) -> None:
        """The agent gave the work back to its queue."""
        self._in_hand.pop(item_id, None)
        self._note(item_id, "requeued", decision)

    def transferred(self, item_id: str, decision: RoutingDecision) -> None:
        """The agent sent the work on, to another queue or to one agent."""
        self.requeued(item_id, decision)

    def callback_requested(self, item_id: str, decision: RoutingDecision) -> None:
        """Somebody who waits is called back instead."""
        self._callbacks.add(item_id)
        self.decided(decision)

    def callback_unanswered(self, item_id: str, decision: RoutingDecision) -> None:
        """The office has called in vain: that was work, and answered nobody."""
        self._in_hand.pop(item_id, None)
        self._note(item_id, "in_vain", decision)

    def no_show(self, item_id: str, decision: RoutingDecision) -> None:
        """Somebody was called to the counter in vain; who is called again at once is still in hand."""
        if item_id in decision.called_again:
            self.decided(decision)
        else:
            self.callback_unanswered(item_id, decision)

    def disconnected(self, agent_id: str, decision: RoutingDecision) -> None:
        """The connection to an agent is gone; there is no wrap-up."""
        consult_transfers = {each.item for each in decision.consult_transfers}
        for item_id in [
            item for item, agent in self._in_hand.items() if agent == agent_id and item not in consult_transfers
        ]:
            del self._in_hand[item_id]
            self.note(RoutingEvent(item=item_id, what="requeued", at=decision.at))
        self.decided(decision)
        for item_id in self._written_up.pop(agent_id, ()):
            self.note(RoutingEvent(item=item_id, what="wrapped_up", at=decision.at, agent=agent_id))

    def completed(self, item_id: str, decision: RoutingDecision, *, outcome: Outcome | None = None) -> None:
        """The work is over.

        Args:
            item_id: Its id.
            decision: What the dispatcher decided.
            outcome: How it ended, where that is not simply that it was answered, or called back.
        """
        answered = Outcome.CALLED_BACK if item_id in self._callbacks else Outcome.ANSWERED
        self._end(item_id, outcome or answered, decision)
        self.decided(decision)

    def cancelled(self, item_id: str, decision: RoutingDecision, *, outcome: Outcome | None = None) -> None:
        """The person is gone.

        Args:
            item_id: The id of the work.
            decision: What the dispatcher decided.
            outcome: How it ended; None for what follows from where it was: in a conversation it was answered, in the
                queue it is a short or a long abandonment.
        """
        waited = timedelta(microseconds=to_epoch(decision.at) - self._joined.get(item_id, 0))
        abandoned = Outcome.ABANDONED_SHORT if waited < self._short else Outcome.ABANDONED_LONG
        self._end(item_id, outcome or (Outcome.ANSWERED if item_id in self._in_hand else abandoned), decision)
        self.decided(decision)

    def forget(self, *, before: Instant) -> tuple[WorkRecord, ...]:
        """Let go of what was over before an instant, as every recorder does."""
        gone = super().forget(before=before)
        names = {record.item for record in gone}
        for agent_id, items in self._written_up.items():
            self._written_up[agent_id] = {item: None for item in items if item not in names}
        return gone

    def finished_wrap_up(self, agent_id: str, item_id: str, decision: RoutingDecision) -> None:
        """An agent is done with the work after a contact."""
        self.note(RoutingEvent(item=item_id, what="wrapped_up", at=decision.at, agent=agent_id))
        self.decided(decision)

    def decided(self, decision: RoutingDecision) -> None:
        """Anything else happened: what the decision says of contacts is written down."""
        for overflowed in decision.overflowed:
            self._end(overflowed.item, Outcome.FALLBACK, decision)
        for closed in decision.closed:
            self._end(closed.item, closed.reason.outcome, decision)
        for item_id in decision.returned:
            self.note(RoutingEvent(item=item_id, what="retrieved", at=decision.at))
        for over in decision.consult_transfers:
            self._joining.pop(over.item, None)
            self._goes_to(over.item, over.agent, "handed_over", decision)
        for work in decision.suspended:
            self.note(RoutingEvent(item=work.item, what="suspended", at=decision.at))
        for work in decision.resumed:
            self.note(RoutingEvent(item=work.item, what="resumed", at=decision.at))

    def _note(self, item_id: str, what: RoutingEventKind, decision: RoutingDecision) -> None:
        self.note(RoutingEvent(item=item_id, what=what, at=decision.at))
        self.decided(decision)

    def _end(self, item_id: str, outcome: Outcome, decision: RoutingDecision) -> None:
        self._joined.pop(item_id, None)
        self._in_hand.pop(item_id, None)
        self._joining.pop(item_id, None)
        self._callbacks.discard(item_id)
        self.note(RoutingEvent.ended(item_id, outcome, at=decision.at))

    def _goes_to(self, item_id: str, agent_id: str, what: RoutingEventKind, decision: RoutingDecision) -> None:
        self._in_hand[item_id] = agent_id
        self._written_up.setdefault(agent_id, {})[item_id] = None
        agent = self._agents.get(agent_id)
        wrap_up = None
        if agent is not None and agent.wrap_up.mode in _ENDS_BY_ITSELF | {"none"}:
            wrap_up = agent.wrap_up.length if agent.wrap_up.mode in _ENDS_BY_ITSELF else timedelta(0)
        self.note(RoutingEvent(item=item_id, what=what, at=decision.at, agent=agent_id, wrap_up=wrap_up))
