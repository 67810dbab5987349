"""Merge and split: two tickets become one, or one becomes two."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from ticontact.plain import checked
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._ticket.absorbing import Absorb
from ticontact.tickets._ticket.refusal import Refusal, RefusalReason
from ticontact.tickets._ticket.ticket import CommandResult, Ticket
from ticontact.tickets.commands import LinkTo, MergeInto, OpenTicket

__all__ = ["MergeResult", "SplitResult", "merge", "resolve_merged", "split"]


@attrs.frozen(field_transformer=checked)
class MergeResult:
    """Both sides of a merge.

    Attributes:
        source: The ticket that goes on in the other one.
        target: The ticket that goes on.
    """

    source: CommandResult
    target: CommandResult


@attrs.frozen(field_transformer=checked)
class SplitResult:
    """Both sides of a split.

    Attributes:
        source: The ticket that was there before.
        new: The ticket that was taken out of it.
    """

    source: CommandResult
    new: CommandResult


def merge(
    lifecycle: Lifecycle, source: Ticket, target: Ticket, *, at: datetime, by: str = "", reason: str = ""
) -> MergeResult:
    """Let a ticket go on in another one of the same lifecycle, for good.

    The target is opened again if it was solved, and if its lifecycle does so when something is received.

    Args:
        lifecycle: The lifecycle of both.
        source: The ticket that goes on in the other one.
        target: The ticket that goes on.
        at: When.
        by: The id of who merges.
        reason: Why.

    Raises:
        TransitionRefused: If the source is the target, is merged already, or is solved or closed; or if the target is
            merged itself.
    """
    left = lifecycle.apply(source, MergeInto(target.id, reason=reason), at=at, by=by)
    kept = lifecycle.apply(target, Absorb(source.id, source.contacts, reason=reason), at=at, by=by)
    return MergeResult(left, kept)


def split(
    lifecycle: Lifecycle, ticket: Ticket, opening: OpenTicket, *, at: datetime, by: str = "", reason: str = ""
) -> SplitResult:
    """Take a second concern out of a ticket, as a ticket of its own; each is linked to the other.

    Args:
        lifecycle: The lifecycle of both.
        ticket: The ticket that holds both concerns.
        opening: The new ticket.
        at: When.
        by: The id of who splits.
        reason: Why.

    Raises:
        TransitionRefused: If the ticket is merged, solved or closed, or the new one has its id.
    """
    if ticket.category.is_done or opening.id == ticket.id:
        cause = RefusalReason.ITSELF if opening.id == ticket.id else RefusalReason.DONE
        allowed = lifecycle.available(ticket, at=at)
        raise Refusal(cause=cause, state=ticket.state, trigger="split", allowed=allowed).error()
    new = lifecycle.apply(None, opening, at=at, by=by)
    back = lifecycle.apply(new.ticket, LinkTo("split_from", ticket.id, reason=reason), at=at, by=by)
    source = lifecycle.apply(ticket, LinkTo("split_into", opening.id, reason=reason), at=at, by=by)
    return SplitResult(source, CommandResult(back.ticket, new.events + back.events))


def resolve_merged(ticket: str, merged_into: Mapping[str, str]) -> str | None:
    """The ticket in which a merged one ends, however long the chain; None if the chain is a circle.

    Args:
        ticket: The id that was asked for.
        merged_into: For each merged ticket, the one it goes on in.

    >>> resolve_merged("a", {"a": "b", "b": "c"})
    'c'
    """
    seen: set[str] = set()
    while ticket in merged_into:
        if ticket in seen:
            return None
        seen.add(ticket)
        ticket = merged_into[ticket]
    return ticket
