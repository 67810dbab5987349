"""Where a command is given: the ticket, the lifecycle, the instant, the person, the facts; and which way is open."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, TypedDict

from ticontact.tickets._lifecycle.graph_check import Chart
from ticontact.tickets._lifecycle.step import Facts, Step
from ticontact.tickets._refusal import Cause, Refusal
from ticontact.tickets._ticket import Ticket
from ticontact.tickets.commands import Command

__all__ = ["Scene", "Stamp", "available", "stamp", "way"]

_NO_WAYS: Final[Mapping[str, tuple[Step, ...]]] = MappingProxyType({})


class Stamp(TypedDict):
    """What every event says."""

    ticket: str
    version: int
    instant: int
    by: str
    reason: str


class Scene(NamedTuple):
    """Where, when and by whom something is asked.

    Attributes:
        chart: The lifecycle.
        ticket: The ticket as it is; None before it is opened.
        instant: When, in microseconds since 1970-01-01T00:00Z.
        by: The id of who asks.
        facts: What the guards may ask.
    """

    chart: Chart
    ticket: Ticket | None
    instant: int
    by: str
    facts: Facts

    def way(self, ticket: Ticket | None, trigger: str, reason: str) -> Step | Refusal:
        """The step that a trigger takes, from a ticket that may be further on than that of the scene."""
        return way(self.chart, ticket, trigger, reason=reason, facts=self.facts, instant=self.instant)

    def refuse(self, cause: Cause, trigger: str) -> Refusal:
        """The refusal of a trigger or command, with what would be allowed."""
        return refused(self.chart, self.ticket, cause, trigger, facts=self.facts, instant=self.instant)


def refused(
    chart: Chart,
    ticket: Ticket | None,
    cause: Cause,
    trigger: str,
    *,
    facts: Facts,
    instant: int,
    guard: str = "",
    reasons: tuple[str, ...] = (),
) -> Refusal:
    """A refusal, with what would be allowed."""
    return Refusal(
        cause=cause,
        state="" if ticket is None else ticket.state,
        trigger=trigger,
        allowed=available(chart, ticket, facts, instant=instant),
        guard=guard,
        reasons=reasons,
        labels=chart.labels,
    )


def available(chart: Chart, ticket: Ticket | None, facts: Facts, *, instant: int | None = None) -> tuple[str, ...]:
    """The triggers that would be accepted; the reopening window is looked at where an instant is given."""
    ways = chart.table.get("" if ticket is None else ticket.state, {})
    return tuple(
        trigger
        for trigger, steps in ways.items()
        if any(not step.failed_guard(ticket, facts) and not _too_late(chart, ticket, step, instant) for step in steps)
    )


def _too_late(chart: Chart, ticket: Ticket | None, step: Step, instant: int | None) -> bool:
    if ticket is None or instant is None or not step.reopens:
        return False
    end = chart.reopening_ends(ticket.since)
    return end is not None and instant > end


def stamp(scene: Scene, ticket: Ticket, command: Command, *, number: int = 1) -> Stamp:
    """What the next event says of itself, or the one `number` after the ticket's last."""
    return Stamp(
        ticket=ticket.id,
        version=ticket.version + number,
        instant=scene.instant,
        by=scene.by,
        reason=command.reason,
    )


def way(
    chart: Chart, ticket: Ticket | None, trigger: str, *, reason: str, facts: Facts, instant: int
) -> Step | Refusal:
    """The step that a trigger takes: the first whose guards pass."""
    failed = ""
    for step in chart.table.get("" if ticket is None else ticket.state, _NO_WAYS).get(trigger, ()):
        if step.guards and (failed := step.failed_guard(ticket, facts)):
            continue
        if step.needs_reason and (not reason or (step.reasons and reason not in step.reasons)):
            reasons = step.reasons
            return refused(chart, ticket, Cause.REASON, trigger, facts=facts, instant=instant, reasons=reasons)
        if step.reopens and _too_late(chart, ticket, step, instant):
            return refused(chart, ticket, Cause.WINDOW, trigger, facts=facts, instant=instant)
        return step
    cause = Cause.GUARD if failed else Cause.NO_EDGE
    if not failed and ticket is not None and ticket.merged_into:
        cause = Cause.MERGED
    return refused(chart, ticket, cause, trigger, facts=facts, instant=instant, guard=failed)
