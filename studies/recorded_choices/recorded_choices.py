"""Would our order have chosen the same caller? Each recorded choice, held against the one that the rules would make.

Theory of operation. Whenever an agent of the record took somebody out of the queue, there was a choice: all who waited
at that second and whom the agent may take. That agent, and nobody else, is put before those who waited, and `decide`
says whom the agent is offered. Nothing is replayed between two choices, so one that differs does not make the next ones
differ. A choice of one alone says nothing and is not counted.

The record does not say whom an agent may take, so the figure hangs on the reading (`MayTake`), which goes with it.
Times are whole seconds: whoever joined in the second of the choice counts as waiting, whoever left in that second (to
another agent, or by hanging up) does not.
"""

import argparse
import gzip
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, get_args

import attrs

from ticontact.contacts import Channel
from ticontact.measures import Ratio
from ticontact.priority import Priority
from ticontact.replay import RecordedCall, RecordedOutcome, read_record
from ticontact.routing import Agent, AgentState, WorkItem, any_agent, decide, require

__all__ = ["READINGS", "Agreement", "MayTake", "agreement", "main"]

MayTake = Literal["same_kind", "kinds_of_the_day", "kinds_of_the_record", "anything"]
"""Whom an agent may take: calls of the kind that was taken; of the kinds that the agent served on that day, or in the
whole record; or all."""

READINGS: Final[tuple[MayTake, ...]] = get_args(MayTake)

_PRIORITY_CUSTOMER: Final = 2
_HEAD_STARTS: Final = (timedelta(seconds=90), timedelta(0))
"""What the record's documentation says of its priority customers, and plain order."""

_SHIPPED: Final = files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz"


@attrs.frozen(kw_only=True)
class Agreement:
    """How often the recorded choice is the one that the order would have made.

    Attributes:
        may_take: Whom an agent was taken to be allowed to take.
        head_start: The waiting time that the recorded priority was worth.
        share: The choices that agree, of all choices among two or more.
        by_chance: The share that would agree if each choice were drawn by lot; None if there was no choice.
    """

    may_take: MayTake
    head_start: timedelta
    share: Ratio
    by_chance: float | None


def agreement(
    calls: Iterable[RecordedCall], *, may_take: MayTake = "kinds_of_the_day", head_start: timedelta = timedelta(0)
) -> Agreement:
    """Hold every recorded choice among waiting calls against the order of `ticontact.routing.decide`.

    Args:
        calls: The calls of one day or of many, in any order; phantoms are left out.
        may_take: Whom an agent may take.
        head_start: The waiting time that priority 2 of the record is worth.

    Raises:
        ValueError: If there is no such reading.
    """
    if may_take not in READINGS:
        raise ValueError(f"may_take: {may_take!r} was given; allowed: {', '.join(READINGS)}")
    told = [call for call in calls if call.outcome is not RecordedOutcome.PHANTOM]
    served, items = _kinds(told, may_take), {call.id: _item(call, may_take) for call in told if call.queued}
    agreed, counts = 0, []
    for chosen, waiting in _choices(told):
        kinds = served[_whose(chosen, may_take)] | {chosen.kind}
        open_to = [call for call in waiting if may_take == "anything" or call.kind in kinds]
        if len(open_to) > 1:
            counts.append(len(open_to))
            standing = AgentState(agent=Agent(id="who took it", skills=kinds))
            at = _instant(chosen, chosen.entered + chosen.wait)
            order = {Priority.HIGH: head_start}
            [offer] = decide((items[call.id] for call in waiting), [standing], at=at, head_start=order).offers
            agreed += offer.item == chosen.id
    return Agreement(
        may_take=may_take,
        head_start=head_start,
        share=Ratio(agreed, len(counts)),
        by_chance=sum(1 / count for count in counts) / len(counts) if counts else None,
    )


def _choices(calls: Iterable[RecordedCall]) -> Iterator[tuple[RecordedCall, list[RecordedCall]]]:
    """Each call that an agent took after a wait, with all that waited at that second, itself among them."""
    days: defaultdict[date, list[RecordedCall]] = defaultdict(list)
    for call in calls:
        if call.queued:
            days[call.day].append(call)
    for day in sorted(days):
        yield from _choices_of_a_day(days[day])


def _choices_of_a_day(queued: list[RecordedCall]) -> Iterator[tuple[RecordedCall, list[RecordedCall]]]:
    joining = deque(sorted(queued, key=lambda call: (call.entered, call.id)))
    waiting: dict[str, RecordedCall] = {}
    leaving = sorted(queued, key=lambda call: (call.entered + call.wait, call.id))
    for second, gone in groupby(leaving, key=lambda call: call.entered + call.wait):
        while joining and joining[0].entered <= second:
            call = joining.popleft()
            waiting[call.id] = call
        together = list(gone)
        for call in together:
            del waiting[call.id]
        for call in together:
            if call.outcome is RecordedOutcome.ANSWERED and call.server is not None and call.wait:
                yield call, [*waiting.values(), call]


def _kinds(calls: Iterable[RecordedCall], may_take: MayTake) -> defaultdict[Hashable, frozenset[str]]:
    """The kinds that each agent served, as far as the reading asks for them."""
    served: defaultdict[Hashable, frozenset[str]] = defaultdict(frozenset)
    for call in calls:
        if may_take != "same_kind" and call.server is not None and call.service is not None:
            served[_whose(call, may_take)] |= {call.kind}
    return served


def _whose(call: RecordedCall, may_take: MayTake) -> Hashable:
    """Of whom the kinds are gathered: of an agent, on one day or on all."""
    return call.server if may_take == "kinds_of_the_record" else (call.server, call.day)


def _item(call: RecordedCall, may_take: MayTake) -> WorkItem:
    return WorkItem(
        id=call.id,
        channel=Channel.named("voice"),
        requirement=any_agent if may_take == "anything" else require(call.kind),
        priority=Priority.HIGH if call.priority == _PRIORITY_CUSTOMER else Priority.NORMAL,
        entered_at=_instant(call, call.entered),
    )


def _instant(call: RecordedCall, second: int) -> datetime:
    """A second of a recorded day; only differences count, so any zone without a change of clocks will do."""
    return datetime.combine(call.day, time(), tzinfo=UTC) + timedelta(seconds=second)


def main(argv: list[str] | None = None) -> None:
    """Print how far the recorded choices of a file agree with ours, one line for each reading and head start."""
    parser = argparse.ArgumentParser(description="Would we have chosen the same caller?")
    parser.add_argument("file", nargs="?", type=Path, help="a record, packed with gzip (default: the shipped day)")
    packed = (parser.parse_args(argv).file or _SHIPPED).read_bytes()
    calls = read_record(gzip.decompress(packed).decode().splitlines()).calls
    print(f"{'may take':20} {'head start':>10} {'choices':>8} {'agree':>8} {'by lot':>8}")
    for may_take in READINGS:
        for head_start in _HEAD_STARTS:
            told = agreement(calls, may_take=may_take, head_start=head_start)
            shares = (
                f"{100 * share:.1f} %" if share is not None else "-" for share in (told.share.ratio, told.by_chance)
            )
            agree, by_lot = shares
            seconds = head_start.total_seconds()
            print(f"{may_take:20} {seconds:8.0f} s {told.share.total:8} {agree:>8} {by_lot:>8}")


if __name__ == "__main__":
    main()
