"""Was what was promised kept: call-backs, appointments, and that one contact is enough?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import attrs

from ticontact.contacts import Outcome
from ticontact.measures._fact import Fact, Instant, instant_of
from ticontact.measures._share import Share

__all__ = ["CallBacks", "call_backs", "first_contact", "first_level", "no_show"]


@attrs.frozen
class CallBacks:
    """What became of promised call-backs.

    Attributes:
        kept: Those that reached the person, of all that are over.
        in_time: Those that reached the person by when it was promised, of all that are over and had such a time.
        not_reached: Those given up after as many attempts as were promised, of all that are over.
    """

    kept: Share
    in_time: Share
    not_reached: Share


def call_backs(facts: Iterable[Fact]) -> CallBacks:
    """What became of promised call-backs: facts whose outcome is `called_back` or `not_reached`."""
    over = [fact for fact in facts if fact.outcome in {Outcome.CALLED_BACK, Outcome.NOT_REACHED}]
    kept = [fact for fact in over if fact.outcome is Outcome.CALLED_BACK]
    in_time = [fact for fact in kept if _was_in_time(fact)]
    return CallBacks(
        kept=Share(len(kept), len(over)),
        in_time=Share(len(in_time), sum(fact.due_at is not None for fact in over)),
        not_reached=Share(len(over) - len(kept), len(over)),
    )


def _was_in_time(fact: Fact) -> bool:
    reached = fact.left_at if fact.answered_at is None else fact.answered_at
    return fact.due_at is not None and reached is not None and reached <= fact.due_at


def no_show(facts: Iterable[Fact]) -> Share:
    """Who did not come, of those who were served at their call or appointment or were called in vain.

    Args:
        facts: Those of the counter, as `by_channel` gives them; of others none ends in a no-show.
    """
    called = [fact for fact in facts if fact.is_answered or fact.outcome is Outcome.NO_SHOW]
    return Share(sum(fact.outcome is Outcome.NO_SHOW for fact in called), len(called))


def first_level(facts: Iterable[Fact]) -> Share:
    """The answered contacts that the first level settled, neither handed over nor sent elsewhere, of those over."""
    over = [fact for fact in facts if fact.is_answered and fact.outcome is not None]
    settled = [fact for fact in over if fact.handed_over_at is None and fact.outcome is Outcome.ANSWERED]
    return Share(len(settled), len(over))


def first_contact(facts: Iterable[Fact], *, within: timedelta, known_until: Instant) -> Share:
    """The answered contacts about a case that were enough: nobody asked about the case again within a time.

    Counted are answered contacts with a known case that follow no other about the same case within that time; whether
    one was enough shows only when the time is over, so those that ended later than `known_until` less that time are
    left out. An attempt that nobody answered is somebody who asks again, and is not counted itself.

    Args:
        facts: All contacts, of all channels: who writes after a call has asked again.
        within: The time.
        known_until: Up to when the facts are complete.
    """
    by_case: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.case:
            by_case[fact.case].append(fact)
    enough = total = 0
    for some in by_case.values():
        some.sort(key=lambda fact: (fact.offered_at, fact.item))
        for before, fact, after in zip([None, *some], some, [*some[1:], None], strict=False):
            if _counts(fact, before, within, instant_of(known_until)):
                total += 1
                enough += after is None or _gap(fact, after) > within
    return Share(enough, total)


def _counts(fact: Fact, before: Fact | None, within: timedelta, known_until: int) -> bool:
    if not fact.is_answered or fact.left_at is None or timedelta(microseconds=known_until - fact.left_at) < within:
        return False
    return before is None or _gap(before, fact) > within


def _gap(one: Fact, other: Fact) -> timedelta:
    """From the end of one contact to the beginning of another."""
    end = one.offered_at if one.left_at is None else one.left_at
    return timedelta(microseconds=other.offered_at - end)
