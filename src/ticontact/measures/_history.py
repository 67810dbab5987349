"""The fact that the history of one piece of work comes to, and what each agent did in it.

Theory of operation. The happenings are put in order of their instants and gone through once. At each moment the work is
with nobody, or an agent talks, or the citizen is held, or it is set aside; a wrap-up runs for each agent who has let go
of it. So every second of an agent's work is counted once, as talk, hold or wrap-up. What comes after the end, but for
wrap-ups, counts for nothing: of two ends that contradict each other the earlier one is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, Literal

import attrs

from ticontact.contacts import Outcome
from ticontact.measures._fact import Fact
from ticontact.measures._happening import About, Happened, Happening, StaffTime

__all__ = ["History"]

_MICROSECOND: Final = timedelta(microseconds=1)

Doing = Literal["talk", "hold", "wrap_up"]

_DOING: Final[Mapping[Happened, Doing | None]] = {
    Happened.HELD: "hold",
    Happened.RESUMED: "talk",
    Happened.SET_ASIDE: None,
    Happened.TAKEN_UP: "talk",
}


@attrs.define(eq=False)
class History:
    """The history of one piece of work, gone through once. It is mutable while it is gone through."""

    item: str
    about: About | None = None
    offered: int = 0
    joined: int | None = None
    answered: int | None = None
    handed_over: int | None = None
    ended: int | None = None
    outcome: Outcome | None = None
    agent: str = ""
    taken: int = 0
    doing: Doing | None = None
    since: int | None = None
    wrap_up: timedelta | None = None
    wrapping: dict[str, tuple[int, timedelta | None]] = attrs.field(factory=dict)
    times: dict[tuple[str, Doing], int] = attrs.field(factory=lambda: defaultdict(int))
    contacts: dict[str, int] = attrs.field(factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, item: str, happenings: Iterable[Happening]) -> "History":
        """The history that some happenings make, told in any order and any number of times."""
        history = cls(item)
        last = None
        for order, each in sorted(((each.order, each) for each in happenings), key=_order):
            if order == last:
                continue  # told twice
            last = order
            if each.what is Happened.WRAPPED_UP:
                history._wrapped_up(each)
            elif history.ended is None:
                history._take(each)
        history._end_wrap_ups()
        return history

    def fact(self) -> Fact | None:
        """What became of it; None while it is not known what it is."""
        if self.about is None:
            return None
        return Fact(
            item=self.item,
            queue=self.about.queue,
            channel=self.about.channel,
            offered_at=self.offered,
            entered_at=self.joined,
            answered_at=self.answered,
            left_at=self.ended,
            handed_over_at=self.handed_over,
            due_at=self.about.due_at,
            outcome=self.outcome,
            talk=self._total("talk"),
            hold=self._total("hold"),
            wrap_up=self._total("wrap_up"),
            in_hours=self.about.in_hours,
            is_live=self.about.is_live,
            case=self.about.case,
        )

    def staff(self) -> dict[str, StaffTime]:
        """What each agent did in it, by id."""
        agents = dict.fromkeys([*self.contacts, *(agent for agent, _ in self.times)])
        return {
            agent: StaffTime(
                contacts=self.contacts.get(agent, 0),
                talk=_amount(self.times.get((agent, "talk"), 0)),
                hold=_amount(self.times.get((agent, "hold"), 0)),
                wrap_up=_amount(self.times.get((agent, "wrap_up"), 0)),
            )
            for agent in agents
        }

    def _take(self, each: Happening) -> None:
        match each.what:
            case Happened.REACHED:
                if self.about is None:
                    self.about, self.offered = each.about, each.at
            case Happened.JOINED:
                self.joined = each.at if self.joined is None else self.joined
            case Happened.ANSWERED | Happened.HANDED_OVER:
                self._goes_to(each)
            case Happened.HELD | Happened.RESUMED | Happened.SET_ASIDE | Happened.TAKEN_UP:
                self._count(each.at)
                self.doing = _DOING[each.what]
            case Happened.IN_VAIN:
                self._find_nobody(each.at)
            case _:
                self._let_go(each.at)
                if each.what is Happened.ENDED:
                    self.ended, self.outcome = each.at, each.outcome

    def _goes_to(self, each: Happening) -> None:
        self._let_go(each.at)
        self.agent, self.taken, self.since, self.wrap_up = each.agent, each.at, each.at, each.wrap_up
        self.doing = "talk"
        self.contacts[each.agent] += 1
        if self.answered is None:
            self.answered = each.at
        if each.what is Happened.HANDED_OVER and self.handed_over is None:
            self.handed_over = each.at

    def _let_go(self, at: int) -> None:
        """Whoever has it has it no longer, and wraps up."""
        if self.since is not None:
            self._count(at)
            self.wrapping[self.agent] = at, self.wrap_up
            self.since = None

    def _find_nobody(self, at: int) -> None:
        """The agent who called has worked, and answered nobody."""
        if self.since is not None:
            self._count(at)
            self.since = None
            self.contacts[self.agent] -= 1
            if self.answered == self.taken:
                self.answered = None

    def _count(self, at: int) -> None:
        """Count the time up to an instant as what it was."""
        if self.since is not None:
            if self.doing is not None:
                self.times[self.agent, self.doing] += at - self.since
            self.since = at

    def _wrapped_up(self, each: Happening) -> None:
        since, length = self.wrapping.pop(each.agent, (each.at, None))
        longest = each.at - since if length is None else length // _MICROSECOND
        self.times[each.agent, "wrap_up"] += min(each.at - since, longest)

    def _end_wrap_ups(self) -> None:
        """Count the wrap-ups that nobody ended, where they end by themselves."""
        for agent, (_, length) in self.wrapping.items():
            if length is not None:
                self.times[agent, "wrap_up"] += length // _MICROSECOND

    def _total(self, doing: Doing) -> timedelta:
        return _amount(sum(time for (_, what), time in self.times.items() if what == doing))


def _order(told: tuple[tuple[int, int, str, str], Happening]) -> tuple[int, int, str, str]:
    return told[0]


def _amount(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)
