"""Verbs as transactions: what one has changed so far, and how all of it is undone.

Theory of operation. The state of an engine is small: the clock, the number of offers, the states of the agents, the
timers and drains, and all work with its requests. Everything else (the lines, the heaps of idle agents, the notes for
`settle`) follows from it, and is worked out anew as after a restart. So an undo takes the state back, and then lets the
engine work out the rest. That costs as much as there is work, but only a verb that fails after its first change pays
for it; one that is refused at once has changed nothing.

*What is kept.* A frame holds what the state was in numbers when a verb began. The chain of changes of the agents is
kept by `AgentIndex` anyway. Whoever is about to change some work, request or consult calls `touch`, which keeps its
fields the first time. Whoever changes a table calls `note` with the inverse. At the end of the outermost frame all of
it is thrown away.

*Frames.* A verb is a frame. `Dispatcher.transaction` is a frame around several verbs, in which each verb is a frame
of its own: if it fails, it alone is undone, and if the block fails, all of them are.

*One at a time.* The turn is a token in a list. Taking it is one step for the interpreter, so that a second thread, or
a rule that calls its own dispatcher, gets an error and not a broken state. A lock would do the same, but could not be
copied.
"""

from collections.abc import Callable
from operator import attrgetter
from threading import get_ident
from types import TracebackType
from typing import Any, Final, Protocol, Self

import attrs

from ticontact.errors import RoutingError
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest, Consult
from ticontact.routing._engine.agent_index import AgentIndex, Change
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._engine.timers import Timers

__all__ = ["Changes", "Transaction"]

Thing = ActiveWork | AssignmentRequest | Consult

_NEVER_CHANGES: Final = frozenset({"item", "purpose", "requirement", "entered", "clock"})
"""The fields of a request that stay as they were when it was made."""

_NAMES: Final = {
    ActiveWork: tuple(field.name for field in attrs.fields(ActiveWork)),
    AssignmentRequest: tuple(
        field.name for field in attrs.fields(AssignmentRequest) if field.name not in _NEVER_CHANGES
    ),
    Consult: tuple(field.name for field in attrs.fields(Consult)),
}
_FIELDS: Final[dict[type[Thing], Callable[[Thing], tuple[Any, ...]]]] = {
    kind: attrgetter(*names) for kind, names in _NAMES.items()
}


def _put_back(thing: Thing, fields: tuple[Any, ...]) -> None:
    for name, value in zip(_NAMES[type(thing)], fields, strict=True):
        setattr(thing, name, value)


Frame = tuple[int, int, int, Change, int]
"""How far everything was when a frame began: the length of the log, the instant, how many offers were made, the end of
the chain of changes of the agents, and the number of the last timer. It is a plain tuple, since one is made for every
verb."""


class State(Protocol):
    """What can be taken back: an engine."""

    clocks: Clocks
    agents: AgentIndex
    timers: Timers
    ring_turns: int

    def take_back(self, frame: Frame, *, is_changed: bool) -> None:
        """Let everything be as it was when a frame began, once work, requests and tables are."""


class Changes:
    """What the verb that goes on has changed. Mutable.

    Args:
        engine: The engine whose state it is.

    Attributes:
        log: The inverses of the changes of the present frames: functions, each with its arguments. What is noted
            outside of any frame is left out with the next one.
    """

    def __init__(self, engine: State) -> None:
        self._engine = engine
        self._turn = [None]
        self._frames: list[Frame] = []
        self.log: list[tuple[Any, ...]] = []
        self._kept: dict[int, int] = {}
        # The place in the log at which the present frame began.
        self._since = 0
        # The thread of a block that waits for its next verb; 0 while there is none, or a verb goes on in it.
        self._block = 0

    # What is kept

    def touch(self, thing: Thing) -> None:
        """Keep the fields of some work, request or consult that is about to change, unless this frame has them."""
        if self._kept.get(id(thing), -1) < self._since:
            self._kept[id(thing)] = len(self.log)
            self.log.append((_put_back, thing, _FIELDS[type(thing)](thing)))

    def made(self, thing: Thing) -> None:
        """Leave out what this frame has made: it is gone if the frame is undone."""
        self._kept[id(thing)] = self._since

    # Frames

    def begin(self, *, block: bool = False) -> None:
        """Begin a frame.

        Args:
            block: Whether verbs may begin frames of their own in it.

        Raises:
            RoutingError: If a frame goes on that is no block of this thread.
        """
        if self._block:
            if self._block != get_ident():
                raise _busy()
            self._block = 0
        else:
            try:
                self._turn.pop()
            except IndexError:
                raise _busy() from None
        engine = self._engine
        self._since = place = len(self.log)
        self._frames.append(
            (place, engine.clocks.now, engine.ring_turns, engine.agents.last_change, engine.timers.last_number)
        )
        if block:
            self._block = get_ident()

    def end(self) -> None:
        """End the last frame that has begun, and keep what it has changed."""
        self._frames.pop()
        self._leave()

    def undo(self) -> None:
        """End the last frame that has begun, and take back all that was changed in it."""
        frame, log = self._frames.pop(), self.log
        place, _, _, change, _ = frame
        is_changed = len(log) > place or self._engine.agents.last_change is not change
        for undo, *arguments in reversed(log[place:]):
            undo(*arguments)
        self._engine.take_back(frame, is_changed=is_changed)
        del log[place:]  # with what was noted while it was taken back
        self._kept = {thing: kept for thing, kept in self._kept.items() if kept < place}
        self._leave()

    def _leave(self) -> None:
        """Go on in the frame around the one that has ended, or give the turn back."""
        if self._frames:
            self._since, self._block = self._frames[-1][0], get_ident()
            return
        self.log.clear()
        self._kept.clear()
        self._since = self._block = 0
        self._turn.append(None)


def _busy() -> RoutingError:
    return RoutingError(
        "dispatcher: another verb is going on, in another thread or around this one; allowed: one after another",
        allowed=("one after another",),
    )


class Transaction:
    """Several verbs of one dispatcher that hold together: all of them are taken, or none. Use it in a `with` statement.

    If the block raises, the dispatcher is as it was before the block, whatever its verbs have answered meanwhile.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def __enter__(self) -> Self:
        self._changes.begin(block=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._changes.end()
        else:
            self._changes.undo()

    def on_undo(self, undo: Callable[..., object], *arguments: object) -> None:
        """Let a function be called if the block is undone: the inverse of a change of the caller's own.

        The inverses are called in the opposite order of their changes.
        """
        self._changes.log.append((undo, *arguments))
