"""What follows from a command: events, or a refusal. Nothing is changed here.

Theory of operation. Each kind of command has one function below. It looks at the ticket, the lifecycle and the facts
in a `Scene`, and gives the events that happen. An event carries the version that the ticket has after it, so a command
that leads to several events numbers them on. Where something that happened may fire a trigger of the lifecycle
(`occasions`), the trigger is tried on the ticket as it is after the first event, and is left out where the state does
not know it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from ticontact._time import to_epoch
from ticontact.errors import InvalidInstant
from ticontact.i18n import language_named
from ticontact.priority import Priority
from ticontact.tickets import commands, events
from ticontact.tickets._drafts import triggered
from ticontact.tickets._fold import evolve
from ticontact.tickets._lifecycle.command_context import Scene, Stamp, refused, stamp, way
from ticontact.tickets._lifecycle.graph_check import Chart
from ticontact.tickets._lifecycle.step import Facts
from ticontact.tickets._refusal import Cause, Refusal
from ticontact.tickets._ticket import Ticket
from ticontact.tickets.commands import Command
from ticontact.tickets.events import TicketEvent

__all__ = ["Decision", "decided", "fired"]

Decision = tuple[TicketEvent, ...] | Refusal
"""What a command leads to."""


def decided(scene: Scene, command: Command) -> Decision:
    """What follows from a command. A department's own kind of a command is that command."""
    ticket = scene.ticket
    name = type(command).__name__
    if isinstance(command, commands.OpenTicket):
        return _open(scene, command)
    if isinstance(command, commands.Fire):
        return fired(scene.chart, ticket, command, instant=scene.instant, by=scene.by, facts=scene.facts)
    decide = next((_DECISIONS[kind] for kind in type(command).__mro__ if kind in _DECISIONS), None)
    if decide is None:
        return scene.refuse(Cause.UNKNOWN, name)
    if ticket is None:
        return scene.refuse(Cause.MISSING, name)
    if ticket.record.merged_into and not isinstance(command, _ALSO_WHEN_MERGED):
        return scene.refuse(Cause.MERGED, name)
    return decide(scene, ticket, command)


def fired(
    chart: Chart, ticket: Ticket | None, command: commands.Fire, *, instant: int, by: str, facts: Facts
) -> Decision:
    """What follows from a trigger. Of all commands this is the frequent one, so its way is the shortest."""
    if ticket is None:
        return refused(chart, None, Cause.MISSING, command.trigger, facts=facts, instant=instant)
    step = way(chart, ticket, command.trigger, reason=command.reason, facts=facts, instant=instant)
    if type(step) is Refusal:
        return step
    version = ticket.version + 1
    moved = triggered(ticket, step, version, instant=instant, by=by, reason=command.reason)
    if command.until is None:
        return (moved,)
    until = to_epoch(command.until, name="until")
    return (
        moved,
        events.WaitsUntil(
            ticket=ticket.id, version=version + 1, instant=instant, by=by, reason=command.reason, until=until
        ),
    )


def _open(scene: Scene, command: commands.OpenTicket) -> Decision:
    if scene.ticket is not None:
        return scene.refuse(Cause.EXISTS, "OpenTicket")
    if not command.id:
        return scene.refuse(Cause.NAMELESS, "OpenTicket")
    state = scene.chart.initial
    if command.trigger:
        step = scene.way(None, command.trigger, command.reason)
        if type(step) is Refusal:
            return step
        state = step.target
    opened = events.Opened(
        ticket=command.id,
        version=1,
        instant=scene.instant,
        by=scene.by,
        reason=command.reason,
        state=state,
        category=scene.chart.by_name[state].category,
        lifecycle=scene.chart.name,
        priority=command.priority,
        queue=command.queue,
        language="" if command.language is None else language_named(command.language),
        perhaps=command.perhaps,
        trigger=command.trigger,
    )
    return (opened, *_opening_details(scene, command, evolve(None, opened)))


def _opening_details(scene: Scene, command: commands.OpenTicket, ticket: Ticket) -> tuple[TicketEvent, ...]:
    details: list[TicketEvent] = []

    def following() -> Stamp:
        return {**stamp(scene, ticket, command, number=len(details) + 1), "reason": ""}

    if command.about is not None:
        since = _arrival(scene, command.since)
        details.append(events.Received(contact=command.about, since=since, **following()))
    if command.case is not None:
        details.append(events.CaseAttached(case=command.case, **following()))
    if command.follow_up_of:
        details.append(events.Linked(kind="follow_up_of", other=command.follow_up_of, **following()))
    if command.fields:
        details.append(events.FieldsSet(fields=dict(command.fields), **following()))
    return tuple(details)


def _then(scene: Scene, ticket: Ticket, first: TicketEvent, occasion: str, *, must: bool = False) -> Decision:
    """An event, and the trigger that the lifecycle fires on its occasion.

    A trigger that must be possible (`must`) and is not makes the whole a refusal.
    """
    trigger = scene.chart.occasions.get(occasion)
    if trigger is None:
        return (first,)
    after = evolve(ticket, first)
    step = scene.way(after, trigger, first.reason)
    if type(step) is Refusal:
        return step if must else (first,)
    return (first, triggered(after, step, first.version + 1, instant=scene.instant, by="", reason=""))


def _arrival(scene: Scene, since: datetime | None) -> int:
    """When something reached the office: at the instant of the command, or before."""
    instant = scene.instant if since is None else to_epoch(since, name="since")
    if instant > scene.instant:
        raise InvalidInstant("since: later than the command; allowed: its instant or before", given=since)
    return instant


def _receive(scene: Scene, ticket: Ticket, command: commands.Receive) -> Decision:
    since = _arrival(scene, command.since)
    quiet = command.automatic or command.courtesy
    received = events.Received(contact=command.contact, since=since, automatic=quiet, **stamp(scene, ticket, command))
    return (received,) if quiet else _then(scene, ticket, received, "received")


def _reply(scene: Scene, ticket: Ticket, command: commands.Reply) -> Decision:
    replied = events.Replied(contact=command.contact, automatic=command.automatic, **stamp(scene, ticket, command))
    return (replied,) if command.automatic else _then(scene, ticket, replied, "replied")


def _hand_over(scene: Scene, ticket: Ticket, command: commands.HandOverTo) -> Decision:
    given = events.HandedOver(hand_over=command.hand_over, to=command.to, **stamp(scene, ticket, command))
    return _then(scene, ticket, given, "handed_over", must=True)


def _hand_back(scene: Scene, ticket: Ticket, command: commands.HandBack) -> Decision:
    return _then(scene, ticket, events.HandedBack(**stamp(scene, ticket, command)), "handed_back", must=True)


def _merge(scene: Scene, ticket: Ticket, command: commands.MergeInto) -> Decision:
    if command.other == ticket.id:
        return scene.refuse(Cause.ITSELF, "MergeInto")
    if ticket.category.is_done:
        return scene.refuse(Cause.DONE, "MergeInto")
    return _then(scene, ticket, events.Merged(into=command.other, **stamp(scene, ticket, command)), "merged")


def _absorb(scene: Scene, ticket: Ticket, command: commands.Absorb) -> Decision:
    if command.other == ticket.id:
        return scene.refuse(Cause.ITSELF, "Absorb")
    absorbed = events.Absorbed(other=command.other, contacts=command.contacts, **stamp(scene, ticket, command))
    return _then(scene, ticket, absorbed, "received")


def _transfer(scene: Scene, ticket: Ticket, command: commands.TransferTo) -> Decision:
    state = command.by_map.states.get(ticket.state)
    if state is None or command.by_map.source is not scene.chart:
        return scene.refuse(Cause.UNMAPPED, "TransferTo")
    there = command.by_map.target
    category = there.by_name[state].category
    stamped = stamp(scene, ticket, command)
    return (events.Transferred(lifecycle=there.name, state=state, category=category, queue=command.queue, **stamped),)


def _link(scene: Scene, ticket: Ticket, command: commands.LinkTo) -> Decision:
    if command.other == ticket.id:
        return scene.refuse(Cause.ITSELF, "LinkTo")
    return (events.Linked(kind=command.kind, other=command.other, **stamp(scene, ticket, command)),)


def _promise(scene: Scene, ticket: Ticket, command: commands.GivePromise) -> Decision:
    if _has_promise(ticket, command.id):
        return scene.refuse(Cause.PROMISE, "GivePromise")
    due = to_epoch(command.due, name="due")
    stamped = stamp(scene, ticket, command)
    return (
        events.Promised(
            promise=command.id, who=command.who, what=command.what, due=due, fallback=command.fallback, **stamped
        ),
    )


def _end_promise(scene: Scene, ticket: Ticket, command: commands.EndPromise) -> Decision:
    if not _has_promise(ticket, command.id):
        return scene.refuse(Cause.PROMISE, "EndPromise")
    stamped = stamp(scene, ticket, command)
    return (events.PromiseEnded(promise=command.id, withdrawn=command.withdrawn, **stamped),)


def _has_promise(ticket: Ticket, name: str) -> bool:
    return any(promise.id == name and promise.ended_instant is None for promise in ticket.record.promises)


def _elapse(scene: Scene, ticket: Ticket, command: commands.Elapse) -> Decision:
    timer = scene.chart.timers_by_id.get(command.timer)
    if timer is None or ticket.state not in timer.states or timer.id in ticket.record.elapsed:
        return scene.refuse(Cause.TIMER, command.timer)
    elapsed = events.TimerElapsed(timer=timer.id, **stamp(scene, ticket, command))
    after = evolve(ticket, elapsed)
    onward = scene._replace(by="")
    if timer.trigger:
        trigger = commands.Fire(timer.trigger, reason=command.reason or timer.id)
        moved = fired(scene.chart, after, trigger, instant=scene.instant, by="", facts=scene.facts)
        return moved if type(moved) is Refusal else (elapsed, *moved)
    if timer.raises_priority and ticket.priority is not Priority.URGENT:
        stamped = stamp(onward, after, commands.Command(reason=timer.id))
        return (elapsed, events.Prioritised(priority=[*Priority][ticket.priority.rank + 1], **stamped))
    return (elapsed,)


def _wait_until(scene: Scene, ticket: Ticket, command: commands.WaitUntil) -> Decision:
    until = None if command.until is None else to_epoch(command.until, name="until")
    return (events.WaitsUntil(until=until, **stamp(scene, ticket, command)),)


def _note(scene: Scene, ticket: Ticket, command: commands.Note) -> Decision:
    return (events.Noted(text=command.text, public=command.public, **stamp(scene, ticket, command)),)


def _assign(scene: Scene, ticket: Ticket, command: commands.Assign) -> Decision:
    return (events.Assigned(owner=command.owner, **stamp(scene, ticket, command)),)


def _prioritise(scene: Scene, ticket: Ticket, command: commands.Prioritise) -> Decision:
    stamped = stamp(scene, ticket, command)
    return (events.Prioritised(priority=command.priority, impact=command.impact, urgency=command.urgency, **stamped),)


def _tag(scene: Scene, ticket: Ticket, command: commands.Tag) -> Decision:
    return (events.Tagged(added=command.add, removed=command.remove, **stamp(scene, ticket, command)),)


def _set_fields(scene: Scene, ticket: Ticket, command: commands.SetFields) -> Decision:
    return (events.FieldsSet(fields=dict(command.fields), **stamp(scene, ticket, command)),)


def _attach_case(scene: Scene, ticket: Ticket, command: commands.AttachCase) -> Decision:
    return (events.CaseAttached(case=command.case, **stamp(scene, ticket, command)),)


def _unlink(scene: Scene, ticket: Ticket, command: commands.Unlink) -> Decision:
    return (events.Unlinked(kind=command.kind, other=command.other, **stamp(scene, ticket, command)),)


_ALSO_WHEN_MERGED: Final = (commands.Note, commands.LinkTo, commands.Unlink)

_DECISIONS: Final[Mapping[type[Command], Callable[[Scene, Ticket, Any], Decision]]] = {
    commands.Absorb: _absorb,
    commands.Assign: _assign,
    commands.AttachCase: _attach_case,
    commands.Elapse: _elapse,
    commands.EndPromise: _end_promise,
    commands.GivePromise: _promise,
    commands.HandBack: _hand_back,
    commands.HandOverTo: _hand_over,
    commands.LinkTo: _link,
    commands.MergeInto: _merge,
    commands.Note: _note,
    commands.Prioritise: _prioritise,
    commands.Receive: _receive,
    commands.Reply: _reply,
    commands.SetFields: _set_fields,
    commands.Tag: _tag,
    commands.TransferTo: _transfer,
    commands.Unlink: _unlink,
    commands.WaitUntil: _wait_until,
}
