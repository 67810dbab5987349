"""Who writes down what happens, so that nobody has to count: it is mutable, and does no I/O."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Fact, Instant, instant_of
from ticontact.measures._happening import Happening, StaffTime
from ticontact.measures._history import History

__all__ = ["Recorder", "StaffFigures"]


@attrs.frozen
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

    Happenings may be told late, in any order, and twice: the facts are the same. They are values, so whoever must
    survive a restart stores them, and tells them again.
    """

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        self._told: dict[str, list[Happening]] = {}
        self._facts: dict[str, Fact | None] = {}
        for happening in happenings:
            self.note(happening)

    def note(self, happening: Happening) -> None:
        """Write down what happened."""
        self._told.setdefault(happening.item, []).append(happening)
        self._facts.pop(happening.item, None)

    def forget(self, *, before: Instant) -> tuple[Fact, ...]:
        """Let go of what was over before an instant, its last happening included.

        What is told of it later is `unexplained`; figures about members of staff no longer count it.

        Args:
            before: The instant.

        Returns:
            What became of it, for whoever keeps that, in the order in which it reached the office.
        """
        until = instant_of(before)
        gone = tuple(fact for fact in self.facts if fact.left_at is not None and self._last(fact.item) < until)
        for fact in gone:
            del self._told[fact.item], self._facts[fact.item]
        return gone

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """All that was told, for whoever stores it; what was told twice stands there twice."""
        return tuple(happening for told in self._told.values() for happening in told)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What became of everything that reached the office, in the order in which it did.

        Raises:
            ConfigurationError: If what was told of one piece of work cannot be: it left before it came, say.
        """
        known = (self._fact(item) for item in self._told)
        return tuple(sorted((fact for fact in known if fact is not None), key=_by_arrival))

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The ids of what something was told of, but not that it reached the office: it is missing among the facts."""
        return tuple(sorted(item for item in self._told if self._fact(item) is None))

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
            for agent, time in History.of(item, told).staff().items():
                total[agent] = total.get(agent, StaffTime()) + time
        return StaffFigures(purpose, MappingProxyType({agent: total[agent] for agent in sorted(total)}))

    def _last(self, item: str) -> int:
        """When the last thing happened that was told of a piece of work."""
        return max(happening.at for happening in self._told[item])

    def _fact(self, item: str) -> Fact | None:
        if item not in self._facts:
            self._facts[item] = History.of(item, self._told[item]).fact()
        return self._facts[item]


def _by_arrival(fact: Fact) -> tuple[int, str]:
    return fact.offered_at, fact.item
