"""What would help a piece of work that waits: values for programs, each with its sentence for people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import attrs

from ticontact.i18n import Text
from ticontact.i18n._texts import waiting as texts
from ticontact.plain import checked
from ticontact.routing._decision.wording import in_words, one_of, span
from ticontact.routing._requirements.condition import Condition

__all__ = ["AgentMoves", "Remedy", "RemedyKind"]

AgentMoves = Literal["accepts", "comes_free", "comes_back", "signs_in"]
"""What an agent can do about it: take the offer; be done with other work; be there again; begin to work."""

RemedyKind = AgentMoves | Literal["begins", "decline_ends", "reservation_ends", "step", "somebody_with"]
"""What helps: an agent's doing; time (its moment comes, one who has declined may be asked again, it is no longer
reserved, a step of the requirement holds); or somebody who has what nobody signed in has."""


@attrs.frozen(field_transformer=checked)
class Remedy:
    """One thing that would help a piece of work that waits.

    By its kind:

    - `accepts`: one of the agents takes the offer;
    - `comes_free`: one of the agents is done with other work, `within` a time where that can be known;
    - `comes_back`: one of the agents is available again;
    - `signs_in`: one of the agents begins to work;
    - `begins`: the moment of the work comes;
    - `reservation_ends`: it is reserved for the agent no longer;
    - `step`: a step of the requirement holds: it `asks` something else, and only then the agents may take it;
    - `somebody_with`: somebody signs in who has what the work `asks` first and nobody signed in has.

    Attributes:
        kind: What would help.
        agents: The ids of the agents concerned.
        within: In what time at the latest; None if nobody can know.
        asks: What the work asks then, or what is missing; None where neither is meant.
    """

    kind: RemedyKind
    agents: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    within: timedelta | None = attrs.field(default=None, kw_only=True)
    asks: Condition | None = attrs.field(default=None, kw_only=True)

    def text(self, *, with_names: bool) -> Text:
        """The sentence, as it follows "what would help"."""
        return texts.REMEDIES[self._sentence].fill(
            {
                "who": one_of(self.agents) if with_names and self.agents else texts.SOMEBODY,
                "within": span(self.within or timedelta(0), to_come=True),
                "asks": texts.EVERYBODY if self.asks is None else in_words(self.asks),
            }
        )

    @property
    def _sentence(self) -> str:
        if self.kind == "comes_free" and self.within is not None:
            return "comes_free_within"
        return "step_admits" if self.kind == "step" and self.agents else self.kind

    def to_dict(self, *, with_names: bool) -> Mapping[str, object]:
        """The same as plain data; without names there is a count."""
        return {
            "kind": self.kind,
            "agents": list(self.agents) if with_names else len(self.agents),
            "within_seconds": None if self.within is None else self.within.total_seconds(),
            "asks": None if self.asks is None else in_words(self.asks).en,
        }
