"""What would help a piece of work that waits: values for programs, each with its sentence for people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import attrs

from ticontact.i18n import Text
from ticontact.i18n._texts import waiting as texts
from ticontact.routing._decision.wording import in_words, one_of, span
from ticontact.routing._requirements.condition import Condition

__all__ = ["AgentHelp", "AgentMoves", "Help", "SkillHelp", "TimeHelp", "TimeMoves"]

AgentMoves = Literal["accepts", "comes_free", "comes_back", "signs_in"]
"""What an agent can do about it: take the offer; be done with other work; be there again; begin to work."""

TimeMoves = Literal["begins", "decline_ends", "reservation_ends", "step"]
"""What time can do: its moment comes; one who has declined may be asked again; it is kept for one agent no longer; a
step of the requirement holds."""


@attrs.frozen
class AgentHelp:
    """One of some agents would have to do something.

    Attributes:
        move: What.
        agents: Their ids, any one of whom will do.
        within: When the first of them will have done it at the latest; None if nobody can know.
    """

    move: AgentMoves
    agents: tuple[str, ...]
    within: timedelta | None = None

    def text(self, *, with_names: bool) -> Text:
        """The sentence, as it follows "what would help"."""
        who = one_of(self.agents) if with_names else texts.SOMEBODY
        known = self.within is not None and self.move == "comes_free"
        values = {"who": who, "within": span(self.within or timedelta(0), to_come=True)}
        return texts.HELPS["comes_free_within" if known else self.move].fill(values)

    def to_dict(self, *, with_names: bool) -> Mapping[str, object]:
        """The same as plain data; without names there is a count."""
        return {
            "move": self.move,
            **_people(self.agents, with_names=with_names),
            "within_seconds": _seconds(self.within),
        }


@attrs.frozen
class TimeHelp:
    """Time alone will do it.

    Attributes:
        move: What will change.
        within: In what time.
        asks: What will do from then on; None where that stays as it is.
        agents: Who of those signed in may take it only then; for the end of a reservation, for whom it was kept, and
            of a decline, whose it was.
    """

    move: TimeMoves
    within: timedelta
    asks: Condition | None = None
    agents: tuple[str, ...] = ()

    def text(self, *, with_names: bool) -> Text:
        """The sentence, as it follows "what would help"."""
        who = one_of(self.agents) if with_names and self.agents else texts.SOMEBODY
        words = texts.HELPS["step_admits" if self.move == "step" and self.agents else self.move]
        asks = in_words(self.asks) if self.asks is not None else texts.EVERYBODY
        return words.fill({"within": span(self.within, to_come=True), "who": who, "asks": asks})

    def to_dict(self, *, with_names: bool) -> Mapping[str, object]:
        """The same as plain data; without names there is a count."""
        asks = {} if self.asks is None else {"asks": in_words(self.asks).en}
        people = _people(self.agents, with_names=with_names)
        return {"move": self.move, **people, "within_seconds": _seconds(self.within), **asks}


@attrs.frozen
class SkillHelp:
    """Somebody would have to come who can do what nobody can who is signed in.

    Attributes:
        asks: The first thing that is asked and that nobody signed in has.
    """

    asks: Condition

    def text(self, *, with_names: bool) -> Text:  # noqa: ARG002 - it names nobody
        """The sentence, as it follows "what would help"."""
        return texts.HELPS["somebody_with"].fill({"asks": in_words(self.asks)})

    def to_dict(self, *, with_names: bool) -> Mapping[str, object]:  # noqa: ARG002
        """The same as plain data."""
        return {"move": "somebody_with", "asks": in_words(self.asks).en}


Help = AgentHelp | TimeHelp | SkillHelp
"""Anything that would help."""


def _seconds(amount: timedelta | None) -> float | None:
    return None if amount is None else amount.total_seconds()


def _people(agents: tuple[str, ...], *, with_names: bool) -> Mapping[str, object]:
    return {"agents": list(agents) if with_names else len(agents)}
