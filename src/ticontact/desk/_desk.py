"""One office at work: events in, effects out.

Theory of operation. A desk joins what the rooms below it answer alone. The calendar of the queue says whether a contact
is in time, the dispatcher who takes it, the lifecycle what becomes of its ticket; the desk keeps only where each
contact stands (`Line`). It owns no clock: `handle` is told the instant, brings
the desk there deadline by deadline, takes the event and answers what is to be done. `next_deadline` says when to call
again if nothing happens until then.

An event that was taken already changes nothing and has no effects. An event that makes no sense raises and changes
nothing but the time: it is checked against the line and the dispatcher before anything is written down. What followed
from deadlines in between is not lost with it: it waits in the outbox for the next event.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact._typed import UNREADABLE
from ticontact.departments import Department
from ticontact.desk._effects import Effect
from ticontact.desk._events import DeskEvent, Ticked
from ticontact.desk._lines import Lines
from ticontact.desk._queues import queues_of
from ticontact.desk._snapshot import SCHEMA, current
from ticontact.desk._tickets import TicketBook
from ticontact.errors import DeskError, TimeWentBack
from ticontact.routing import Agent, Dispatcher, Explanation, RoutingRule
from ticontact.tickets import Ticket

__all__ = ["Desk"]

_PARTS: Final = frozenset({"now", "taken", "lines", "tickets", "dispatcher"})
"""What a snapshot consists of."""


class Desk:
    """One office at work. It is mutable and has one owner; see the theory of operation above.

    Args:
        department: The office.
        agents: Everybody who may sign in.
        rules: The department's own rules of routing, on top of what its queues ask for.
        interrupting: Whether work in hand that may be interrupted (a letter, say) gives way to a call that finds nobody
            idle.
        explaining: Whether what is needed to explain decisions is kept.
    """

    def __init__(
        self,
        department: Department,
        *,
        agents: Iterable[Agent] = (),
        rules: Iterable[RoutingRule] = (),
        interrupting: bool = False,
        explaining: bool = True,
    ) -> None:
        self._zone = zone_named(department.zone)
        self._department = department
        self._explaining = explaining
        self._new_dispatcher = partial(
            Dispatcher,
            agents=tuple(agents),
            rules=tuple(rules),
            queues=tuple(queues_of(department)),
            head_start=department.head_start,
            interrupting=interrupting,
            explaining=explaining,
            zone=department.zone,
        )
        self._dispatcher, self._book, self._lines = self._nothing_yet()
        self._taken: dict[str, int] = {}
        self._outbox: list[Effect] = []
        self._now: int | None = None
        # Who drives a desk asks for the deadline, and so does the desk before each event: the same one, until something
        # happens.
        self._deadline: pendulum.DateTime | None = None
        self._deadline_is_known = False

    @property
    def tickets(self) -> Mapping[str, Ticket]:
        """The tickets by id, in the order in which they were opened. A contact's ticket has the contact's id."""
        return self._book.tickets

    def explain(self, contact: str) -> Explanation | None:
        """Why a contact waits and what would help, as everything stands now; or who was chosen when it was offered.

        Returns:
            The explanation; None of a contact that has not joined its queue, or left it without an offer. A desk that
            does not keep explanations has none of what was offered.
        """
        return self._lines.explain(contact)

    def next_deadline(self) -> pendulum.DateTime | None:
        """When to call `handle` again (with `Ticked`) if nothing happens until then; None if never."""
        if not self._deadline_is_known:
            self._deadline = self._dispatcher.next_deadline()
            self._deadline_is_known = True
        return self._deadline

    def handle(self, event: DeskEvent, *, at: datetime) -> tuple[Effect, ...]:
        """Take an event.

        Args:
            event: What happened. An event with an id that was taken already changes nothing.
            at: When it happened; not before any event taken so far.

        Returns:
            What is to be done, in this order; what follows from deadlines that have passed meanwhile comes first.

        Raises:
            NaiveTime: If the instant has no zone.
            TimeWentBack: If it is before the desk's own time.
            DeskError: If the contact is not where the event says.
            ConfigurationError: If the contact arrived at an entry point that the office does not have.
            RoutingError: If the agent or the offer is unknown or stale.
        """
        instant = to_epoch(at)
        if event.id in self._taken:
            return ()
        if self._now is not None and instant < self._now:
            raise TimeWentBack(
                f"at: {at.isoformat()} is before the desk's own time, {from_epoch(self._now, self._zone).isoformat()}"
            )
        self._catch_up(instant)
        if not isinstance(event, Ticked):
            self._deadline_is_known = False
            self._outbox += self._lines.take(event, at)
        self._taken[event.id] = instant
        effects, self._outbox = tuple(self._outbox), []
        return effects

    def forget(self, *, before: datetime) -> tuple[str, ...]:
        """Let go of what was over before an instant, so that the desk and its snapshot stay as small as a day.

        A contact that was over goes with its ticket, open or closed, and with its explanation. Whoever drives the desk
        has had every event of the ticket (`TicketChanged`), and goes on with what is open by the same lifecycle. What
        is still at the desk stays, however old it is.

        The ids of events taken before the instant go too. If such an event is told once more, it is refused like any
        event about a contact that is not here; but an arrival would count as a new one. So choose an instant before
        which no bridge repeats itself.

        Args:
            before: The instant; any aware datetime.

        Returns:
            The ids of the contacts that are gone, in the order in which they had arrived.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        until = to_epoch(before)
        self._taken = {name: taken for name, taken in self._taken.items() if taken >= until}
        return self._lines.forget(before=until)

    def snapshot(self) -> dict[str, Any]:
        """Everything that the desk's future depends on, as texts, numbers, lists and tables that JSON takes.

        It holds the contacts and their cases in the clear: whoever stores it must protect it. The department, the
        agents and the rules are configuration and are not in it.

        Raises:
            DeskError: If effects of deadlines still wait in the outbox; `Ticked` brings them out.
        """
        if self._outbox:
            raise DeskError("snapshot: effects wait to be carried out; allowed: after `Ticked` has brought them out")
        return {
            "schema": SCHEMA,
            "now": self._now,
            "taken": dict(sorted(self._taken.items())),
            "lines": self._lines.plain(),
            "tickets": self._book.snapshot(),
            "dispatcher": self._dispatcher.snapshot(),
        }

    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on from a snapshot. The desk must be fresh, and made with the arguments of the one that is gone.

        Explanations of what was decided before the snapshot are gone.

        Raises:
            DeskError: If something has happened here already, or the data are no snapshot of this department's desk.
            TicontactError: If a contact, a history or the routing in it cannot be read. The desk is still fresh then.
        """
        if self._now is not None:
            raise DeskError("restore: something has happened here already; allowed: a fresh desk")
        try:
            told = current(data)
            if told.get("schema") != SCHEMA or not set(told) >= _PARTS:
                raise DeskError(f"restore: no snapshot of form {SCHEMA}; allowed: what `snapshot` gave")
            self._take_in(told)
        except UNREADABLE as failed:
            fault = type(failed).__name__
        else:
            return
        raise DeskError(f"restore: it cannot be read: {fault}; allowed: what `snapshot` gave")

    def _nothing_yet(self) -> tuple[Dispatcher, TicketBook, Lines]:
        """What stands behind a desk at which nothing has happened."""
        dispatcher, book = self._new_dispatcher(), TicketBook(self._department.lifecycle)
        return dispatcher, book, Lines(self._department, dispatcher, book, explaining=self._explaining)

    def _take_in(self, told: Mapping[str, Any]) -> None:
        """Read all of a snapshot, and only then go on from it."""
        dispatcher, book, lines = self._nothing_yet()
        dispatcher.restore(told["dispatcher"])
        book.restore(told["tickets"])
        lines.restore(told["lines"])
        taken = {str(name): to_epoch(from_epoch(instant, self._zone)) for name, instant in told["taken"].items()}
        now = None if told["now"] is None else to_epoch(from_epoch(told["now"], self._zone))
        self._dispatcher, self._book, self._lines = dispatcher, book, lines
        self._taken, self._now, self._deadline_is_known = taken, now, False

    def _catch_up(self, until: int) -> None:
        """Let every deadline pass that is due, each at its own instant, the earliest first."""
        while (deadline := self.next_deadline()) is not None and (now := to_epoch(deadline)) <= until:
            self._now = now
            self._deadline_is_known = False
            self._outbox += self._lines.follow(self._dispatcher.advance(at=deadline), deadline)
        self._now = until
