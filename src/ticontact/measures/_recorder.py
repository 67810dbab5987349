"""Who writes down what happens to each piece of work, so that nobody has to count.

Theory of operation. What happens is a value (`RoutingEvent`), told late, in any order and twice: the recorder keeps
what it was told of each piece of work, and works out what became of it only when somebody asks. Then the events are
put in order of their instants and gone through once (`_History`). At each moment the work is with nobody, or an agent
talks, or the citizen is held, or it is set aside; a wrap-up runs for each agent who has let go of it. So every second
of an agent's work is counted once, as talk, hold or wrap-up. What comes after the end, but for wrap-ups, counts for
nothing: of two ends that contradict each other the earlier one is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, Literal, get_args

import attrs

from ticontact._frozen_map import FrozenMap
from ticontact._time import Instant, instant_of, microseconds
from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._work_record import WorkRecord
from ticontact.plain import Epoch, checked, form

__all__ = ["Recorder", "RoutingEvent", "StaffFigures", "StaffTime"]

RoutingEventKind = Literal[
    "reached",
    "joined",
    "requeued",
    "answered",
    "held",
    "retrieved",
    "suspended",
    "resumed",
    "in_vain",
    "handed_over",
    "ended",
    "wrapped_up",
]
_RANKS: Final[Mapping[str, int]] = {kind: rank for rank, kind in enumerate(get_args(RoutingEventKind))}
"""What can happen; of what happens at one instant, the order here is the order in which it did."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkInfo:
    """What a piece of work is; `RoutingEvent.reached` makes it.

    Attributes:
        queue: The name of its queue.
        channel: The name of its channel.
        is_live: Whether the citizen waits while it lasts.
        in_hours: Whether the queue was open when it reached the office.
        due_at: By when it was promised (a callback, say), in microseconds since the epoch; None if nothing was.
        case: The case that it is about, under a name that tells nobody anything; empty if none is known.
    """

    queue: str
    channel: str
    is_live: bool = True
    in_hours: bool = True
    due_at: Epoch | None = None
    case: str = attrs.field(default="", repr=False)


@form("routing_event")
@attrs.frozen(kw_only=True, field_transformer=checked)
class RoutingEvent:
    """One thing that happened to one piece of work. Equal ones are one: telling it twice changes nothing.

    What can happen; of what happens at one instant, the order here is the order in which it did:

    - `reached`: it reached the office; made by `RoutingEvent.reached`, which says what it is;
    - `joined`: it joined its queue;
    - `requeued`: its agent gave it back to a queue; that agent's wrap-up begins;
    - `answered`: an agent took it;
    - `held`: the citizen is held;
    - `retrieved`: the citizen is held no longer;
    - `suspended`: it is suspended for other work; its agent keeps it;
    - `resumed`: its agent goes on with it;
    - `in_vain`: the person was called and was not there: nobody was answered, and the agent has it no longer;
    - `handed_over`: an agent of the second level took over; the wrap-up of the one before begins;
    - `ended`: it is over, with this outcome; if somebody had it, that agent's wrap-up begins;
    - `wrapped_up`: an agent's wrap-up is over.

    Attributes:
        item: The id of the work.
        what: What happened, by its name in the list.
        at: When, in microseconds since the epoch; any aware datetime goes in.
        agent: Whose doing it was, by id; empty where it was nobody's.
        wrap_up: With `answered` and `handed_over`, how long that agent's wrap-up will last, where it ends by itself;
            None where only `wrapped_up` ends it.
        outcome: How it ended.
        about: What it is: queue, channel and what else `RoutingEvent.reached` was told.
    """

    item: str
    what: RoutingEventKind
    at: Epoch = attrs.field(converter=instant_of)
    agent: str = ""
    wrap_up: timedelta | None = None
    outcome: Outcome | None = None
    about: WorkInfo | None = None

    def __attrs_post_init__(self) -> None:
        if (self.what == "reached") != (self.about is not None):
            raise self._fault("about", "reached")
        if (self.what == "ended") != (self.outcome is not None):
            raise self._fault("outcome", "ended")

    def _fault(self, field: str, what: str) -> ConfigurationError:
        problem = "missing" if getattr(self, field) is None else "given"
        return ConfigurationError([Fault(f"{self.item}.{field}", f"{problem} with {self.what!r}", f"it with {what!r}")])

    @classmethod
    def reached(
        cls,
        item: str,
        *,
        queue: str,
        channel: str,
        at: Instant,
        is_live: bool = True,
        in_hours: bool = True,
        due_at: Instant | None = None,
        case: str = "",
    ) -> "RoutingEvent":
        """That a piece of work reached the office, and what it is.

        Args:
            item: Its id.
            queue: The name of its queue.
            channel: The name of its channel.
            at: When it reached the office.
            is_live: Whether the citizen waits while it lasts.
            in_hours: Whether the queue was open when it reached the office.
            due_at: By when it was promised (a callback, say); None if nothing was.
            case: The case that it is about, under a name that tells nobody anything; empty if none is known.
        """
        about = WorkInfo(
            queue=queue,
            channel=channel,
            is_live=is_live,
            in_hours=in_hours,
            due_at=None if due_at is None else instant_of(due_at),
            case=case,
        )
        return cls(item=item, what="reached", at=at, about=about)

    @classmethod
    def ended(cls, item: str, outcome: Outcome, *, at: Instant) -> "RoutingEvent":
        """That a piece of work is over."""
        return cls(item=item, what="ended", at=at, outcome=outcome)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The place in the history of its piece of work, whenever it was told."""
        return self.at, _RANKS[self.what], self.agent, "" if self.outcome is None else self.outcome.value


@attrs.frozen(kw_only=True, field_transformer=checked)
class StaffTime:
    """What one agent did with some pieces of work.

    Attributes:
        contacts: How many the agent answered or took over.
        talk: Talking.
        hold: With the citizen held.
        wrap_up: The work after it.
    """

    contacts: int = 0
    talk: timedelta = timedelta(0)
    hold: timedelta = timedelta(0)
    wrap_up: timedelta = timedelta(0)

    def __add__(self, other: "StaffTime") -> "StaffTime":
        return StaffTime(
            contacts=self.contacts + other.contacts,
            talk=self.talk + other.talk,
            hold=self.hold + other.hold,
            wrap_up=self.wrap_up + other.wrap_up,
        )


@attrs.frozen(field_transformer=checked)
class StaffFigures:
    """Figures about single members of staff, and what they were asked for.

    Attributes:
        purpose: What for.
        by_agent: What each did, by id.
    """

    purpose: str
    by_agent: Mapping[str, StaffTime]


class Recorder:
    """Writes down what happens to each piece of work, and says what became of it. It is mutable.

    Events may be told late, in any order, and twice: the records are the same. They are values, so whoever must
    survive a restart stores them, and tells them again.
    """

    def __init__(self, events: Iterable[RoutingEvent] = ()) -> None:
        self._told: dict[str, list[RoutingEvent]] = {}
        self._records: dict[str, WorkRecord | None] = {}
        for event in events:
            self.note(event)

    def note(self, event: RoutingEvent) -> None:
        """Write down what happened."""
        self._told.setdefault(event.item, []).append(event)
        self._records.pop(event.item, None)

    def forget(self, *, before: Instant) -> tuple[WorkRecord, ...]:
        """Let go of what was over before an instant, its last event included.

        What is told of it later is `unexplained`; figures about members of staff no longer count it.

        Args:
            before: The instant.

        Returns:
            What became of it, for whoever keeps that, in the order in which it reached the office.
        """
        until = instant_of(before)
        gone = tuple(
            record for record in self.records if record.left_at is not None and self._last(record.item) < until
        )
        for record in gone:
            del self._told[record.item], self._records[record.item]
        return gone

    @property
    def events(self) -> tuple[RoutingEvent, ...]:
        """All that was told, for whoever stores it; what was told twice stands there twice."""
        return tuple(event for told in self._told.values() for event in told)

    @property
    def records(self) -> tuple[WorkRecord, ...]:
        """What became of everything that reached the office, in the order in which it did.

        Raises:
            ConfigurationError: If what was told of one piece of work cannot be: it left before it came, say.
        """
        known = (self._record(item) for item in self._told)
        return tuple(sorted((record for record in known if record is not None), key=_by_arrival))

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The ids of what something was told of, but not that it reached the office: it has no record."""
        return tuple(sorted(item for item in self._told if self._record(item) is None))

    def staff_figures(self, *, purpose: str) -> StaffFigures:
        """What each agent did: figures about single members of staff, which nothing else here gives.

        The law on the protection of employees forbids systems that watch behaviour at work (art. 26 of the Swiss
        ordinance 3 to the Employment Act). So they are made only where somebody says what for, and the answer goes
        with the figures wherever they go.

        Args:
            purpose: What they are for.

        Raises:
            ConfigurationError: If there is no purpose.
        """
        if not purpose.strip():
            raise ConfigurationError([Fault("purpose", "missing", "what the figures about single persons are for")])
        total: dict[str, StaffTime] = {}
        for item, told in self._told.items():
            for agent, time in _History.of(item, told).staff().items():
                total[agent] = total.get(agent, StaffTime()) + time
        return StaffFigures(purpose, FrozenMap({agent: total[agent] for agent in sorted(total)}))

    def _last(self, item: str) -> int:
        """When the last thing happened that was told of a piece of work."""
        return max(event.at for event in self._told[item])

    def _record(self, item: str) -> WorkRecord | None:
        if item not in self._records:
            self._records[item] = _History.of(item, self._told[item]).record()
        return self._records[item]


def _by_arrival(record: WorkRecord) -> tuple[int, str]:
    return record.offered_at, record.item


_Doing = Literal["talk", "hold", "wrap_up"]

_DOING: Final[Mapping[str, _Doing | None]] = {"held": "hold", "retrieved": "talk", "suspended": None, "resumed": "talk"}


@attrs.define(eq=False)
class _History:
    """The history of one piece of work, gone through once. It is mutable while it is gone through."""

    item: str
    about: WorkInfo | None = None
    offered: int = 0
    joined: int | None = None
    answered: int | None = None
    handed_over: int | None = None
    ended: int | None = None
    outcome: Outcome | None = None
    agent: str = ""
    taken: int = 0
    doing: _Doing | None = None
    since: int | None = None
    wrap_up: timedelta | None = None
    wrapping: dict[str, tuple[int, timedelta | None]] = attrs.field(factory=dict)
    times: dict[tuple[str, _Doing], int] = attrs.field(factory=lambda: defaultdict(int))
    contacts: dict[str, int] = attrs.field(factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, item: str, events: Iterable[RoutingEvent]) -> "_History":
        """The history that some events make, told in any order and any number of times."""
        history = cls(item)
        last = None
        for order, each in sorted(((each.order, each) for each in events), key=_order):
            if order == last:
                continue  # told twice
            last = order
            if each.what == "wrapped_up":
                history._wrapped_up(each)
            elif history.ended is None:
                history._take(each)
        history._end_wrap_ups()
        return history

    def record(self) -> WorkRecord | None:
        """What became of it; None while it is not known what it is."""
        if self.about is None:
            return None
        return WorkRecord(
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

    def _take(self, each: RoutingEvent) -> None:
        match each.what:
            case "reached":
                if self.about is None:
                    self.about, self.offered = each.about, each.at
            case "joined":
                self.joined = each.at if self.joined is None else self.joined
            case "answered" | "handed_over":
                self._goes_to(each)
            case "held" | "retrieved" | "suspended" | "resumed":
                self._count(each.at)
                self.doing = _DOING[each.what]
            case "in_vain":
                self._find_nobody(each.at)
            case _:
                self._let_go(each.at)
                if each.what == "ended":
                    self.ended, self.outcome = each.at, each.outcome

    def _goes_to(self, each: RoutingEvent) -> None:
        self._let_go(each.at)
        self.agent, self.taken, self.since, self.wrap_up = each.agent, each.at, each.at, each.wrap_up
        self.doing = "talk"
        self.contacts[each.agent] += 1
        if self.answered is None:
            self.answered = each.at
        if each.what == "handed_over" and self.handed_over is None:
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

    def _wrapped_up(self, each: RoutingEvent) -> None:
        since, length = self.wrapping.pop(each.agent, (each.at, None))
        longest = each.at - since if length is None else microseconds(length)
        self.times[each.agent, "wrap_up"] += min(each.at - since, longest)

    def _end_wrap_ups(self) -> None:
        """Count the wrap-ups that nobody ended, where they end by themselves."""
        for agent, (_, length) in self.wrapping.items():
            if length is not None:
                self.times[agent, "wrap_up"] += microseconds(length)

    def _total(self, doing: _Doing) -> timedelta:
        return _amount(sum(time for (_, what), time in self.times.items() if what == doing))


def _order(told: tuple[tuple[int, int, str, str], RoutingEvent]) -> tuple[int, int, str, str]:
    return told[0]


def _amount(lasted: int) -> timedelta:
    return timedelta(microseconds=lasted)
