"""A day on paper: a list of who waits, a list of who is idle, and one hand that moves both second by second.

It is the oracle of the replay, for an office of the telephone alone and without a second level. It shares with
ticontact the rows of the record and the staff inferred from them, and nothing else: no desk, no dispatcher, no hours.
What happens at one second happens in this order, as the replay's theory of operation says: what time brings about by
itself (the end of the work after a call, then the end of the drain), then all else in the order it was written down.
"""

import heapq
from collections.abc import Iterable, Sequence
from itertools import count

import attrs

from ticontact.replay import RecordedCall, RecordedOutcome
from ticontact.replay._inferred_staff import StaffMember

__all__ = ["Fate", "Paper"]

_PRIORITY = 2


@attrs.frozen
class Fate:
    """What became of a caller: how it ended, how long it waited in line, and who answered."""

    outcome: str
    wait: int | None = None
    agent: str = ""


@attrs.define(eq=False)
class Paper:
    """One day of one office. It is mutable: the day goes on.

    Attributes:
        opens: When the office opens, in seconds since midnight.
        lets_go: When those in line are let go: closing and drain.
        closes: When it closes.
        head_start: The seconds that a priority customer's waiting counts more.
        wrap_up: The seconds of work after a call.
    """

    opens: int
    closes: int
    lets_go: int
    head_start: int
    wrap_up: int
    fates: dict[str, Fate] = attrs.field(factory=dict, init=False)
    waiting: list[RecordedCall] = attrs.field(factory=list, init=False)
    joined: dict[str, int] = attrs.field(factory=dict, init=False)
    idle: dict[str, int] = attrs.field(factory=dict, init=False)
    present: set[str] = attrs.field(factory=set, init=False)
    busy: set[str] = attrs.field(factory=set, init=False)
    kinds: dict[str, frozenset[str]] = attrs.field(factory=dict, init=False)
    services: dict[str, int] = attrs.field(factory=dict, init=False)
    agenda: list[tuple[int, int, int, str, str]] = attrs.field(factory=list, init=False)
    calls: dict[str, RecordedCall] = attrs.field(factory=dict, init=False)
    numbers: "count[int]" = attrs.field(factory=count, init=False)

    def day(self, recorded: Iterable[RecordedCall], staff: Sequence[StaffMember]) -> dict[str, Fate]:
        """The fate of every caller."""
        calls = [call for call in recorded if call.outcome is not RecordedOutcome.PHANTOM]
        self.calls = {call.id: call for call in calls}
        self.services = services(calls)
        self.kinds = {member.id: member.kinds for member in staff}
        for member in staff:
            for start, end in member.shifts:
                if max(start, self.opens) < min(end, self.lets_go):
                    self.note(max(start, self.opens), "comes", member.id)
                    self.note(min(end, self.lets_go), "goes", member.id)
        for call in sorted(calls, key=lambda call: (call.arrived, call.id)):
            self.note(call.arrived, "arrives", call.id)
        while self.agenda:
            now, _, _, what, who = heapq.heappop(self.agenda)
            getattr(self, f"_{what}")(who, now)
            self.serve(now)
        return self.fates

    def note(self, at: int, what: str, who: str, *, by_itself: int = 2) -> None:
        """Write down what will happen."""
        heapq.heappush(self.agenda, (at, by_itself, next(self.numbers), what, who))

    def serve(self, now: int) -> None:
        """Bring together who waits and who is idle, the longest wait first, to the longest idle."""
        for call in sorted(self.waiting, key=self.place):
            able = [agent for agent in self.idle if call.kind in self.kinds[agent]]
            if able:
                agent = min(able, key=lambda agent: (self.idle[agent], agent))
                del self.idle[agent]
                self.busy.add(agent)
                self.waiting.remove(call)
                self.fates[call.id] = Fate("answered", now - self.joined[call.id], agent)
                self.note(now + self.services[call.id], "ends", agent)

    def place(self, call: RecordedCall) -> tuple[int, int, str]:
        """The place in line: the instant of joining, less what a priority is worth."""
        joined = self.joined[call.id]
        return joined - (self.head_start if call.priority == _PRIORITY else 0), joined, call.id

    def _comes(self, agent: str, now: int) -> None:
        self.present.add(agent)
        if agent not in self.busy:
            self.idle[agent] = now

    def _goes(self, agent: str, now: int) -> None:  # noqa: ARG002 - all that happens takes the same arguments
        self.present.discard(agent)
        self.idle.pop(agent, None)

    def _ends(self, agent: str, now: int) -> None:
        self.note(now + self.wrap_up, "is_free", agent, by_itself=0)

    def _is_free(self, agent: str, now: int) -> None:
        self.busy.discard(agent)
        if agent in self.present and now < self.lets_go:
            self.idle[agent] = now

    def _arrives(self, name: str, now: int) -> None:
        call = self.calls[name]
        if not self.opens <= now < self.closes:
            self.fates[name] = Fate("closed")
        elif call.outcome is RecordedOutcome.HUNG_UP and not call.queued:
            self.note(call.entered, "leaves", name)
        else:
            self.note(call.entered, "joins", name)
            if call.outcome is RecordedOutcome.HUNG_UP:
                self.note(call.entered + call.wait, "hangs_up", name)

    def _leaves(self, name: str, now: int) -> None:  # noqa: ARG002
        self.fates[name] = Fate("abandoned_announcement")

    def _joins(self, name: str, now: int) -> None:
        self.waiting.append(self.calls[name])
        self.joined[name] = now
        self.note(max(now, self.lets_go), "is_let_go", name, by_itself=1)

    def _hangs_up(self, name: str, now: int) -> None:
        if self.calls[name] in self.waiting:
            self.waiting.remove(self.calls[name])
            self.fates[name] = Fate("abandoned_long", now - self.joined[name])

    def _is_let_go(self, name: str, now: int) -> None:
        if self.calls[name] in self.waiting:
            self.waiting.remove(self.calls[name])
            self.fates[name] = Fate("fallback", now - self.joined[name])


def services(calls: Sequence[RecordedCall]) -> dict[str, int]:
    """How long each call takes: as recorded, or as the next of its kind, or as the last one, or no time at all."""
    times = {}
    for call in calls:
        same = sorted(
            (other.entered, other.id, other.service)
            for other in calls
            if other.kind == call.kind and other.service is not None
        )
        later = [service for entered, _, service in same if entered >= call.entered]
        last = [service for *_, service in same[-1:]]
        times[call.id] = [*later, *last, 0][0] if call.service is None else call.service
    return times
