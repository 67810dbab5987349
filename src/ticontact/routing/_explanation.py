"""Why each agent was chosen, or the first reason why not: as data, as a text in five languages and as a table."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal

import attrs

from ticontact.i18n import Language, Text, language_named
from ticontact.i18n import routing as texts
from ticontact.i18n.figures import percent
from ticontact.routing._agent import Standing
from ticontact.routing._asking import Asking, unavailable, unfit, wished
from ticontact.routing._reason import Reason, Why
from ticontact.routing._strategy import Strategy, occupancy

__all__ = ["Audience", "Explanation", "Verdict", "explained"]

Audience = Literal["citizen", "supervisor", "auditor"]
"""Who reads it. Agents are persons too: a citizen reads how many there are, never who."""


@attrs.frozen
class Verdict:
    """What was decided on one agent.

    Attributes:
        agent: The id of the agent.
        reason: Why the agent was chosen, or the first reason why not.
    """

    agent: str
    reason: Reason

    @property
    def is_chosen(self) -> bool:
        """Whether the agent gets the offer."""
        return self.reason.why in {Why.CHOSEN, Why.CHOSEN_ON_WISH}

    @property
    def is_fit(self) -> bool:
        """Whether the agent may take such work at all, now or later."""
        return self.reason.why in _FIT


_FIT = frozenset(
    {
        Why.CHOSEN,
        Why.CHOSEN_ON_WISH,
        Why.NOT_PRESENT,
        Why.NOT_RESPONDING,
        Why.BEING_OFFERED,
        Why.IN_WRAP_UP,
        Why.BUSY,
        Why.NOT_FIRST,
    }
)


@attrs.frozen
class Explanation:
    """Why a piece of work went to whom it went, or still waits.

    Attributes:
        item: The id of the work.
        verdicts: One for each agent: the chosen ones first, then the free ones, then the others, each group by id.
    """

    item: str
    verdicts: tuple[Verdict, ...]

    def text(self, language: Language, *, audience: Audience = "supervisor") -> str:
        """The explanation as a text.

        Args:
            language: One of the five languages.
            audience: Who reads it; only a citizen is told no names.
        """
        language_named(language)
        if not self.verdicts:
            return _sentence(texts.NOBODY.text(language))
        if audience == "citizen":
            return _sentence(self._summary.text(language))
        return " ".join(f"{each.agent}: {each.reason.text.text(language)}." for each in self.verdicts)

    def table(self, language: Language) -> str:
        """The explanation as a table of two columns, to be read in a terminal."""
        head = [heading.text(language) for heading in texts.HEADINGS]
        rows = [head, *([each.agent, each.reason.text.text(language)] for each in self.verdicts)]
        width = max(len(first) for first, _ in rows)
        return "\n".join(f"{first:<{width}}  {second}" for first, second in rows)

    def data(self) -> list[Mapping[str, object]]:
        """The explanation as plain data: agent, kind of reason, and what the reason names."""
        return [
            {
                "agent": each.agent,
                "why": each.reason.why.value,
                "values": {name: _plain(value) for name, value in each.reason.values.items()},
            }
            for each in self.verdicts
        ]

    @property
    def _summary(self) -> Text:
        fit = sum(each.is_fit for each in self.verdicts)
        free = sum(each.is_chosen or each.reason.why is Why.NOT_FIRST for each in self.verdicts)
        return texts.SUMMARY.fill({"fit": fit, "free": free})


def explained(
    asking: Asking, standings: Iterable[Standing], chosen: Iterable[str], strategy: Strategy, *, at: int
) -> Explanation:
    """The verdict on every agent.

    Args:
        asking: What the work asks.
        standings: Where the agents stood just before the choice.
        chosen: Who was chosen, by id.
        strategy: The order among the agents.
        at: The instant of the choice, in microseconds since the epoch.
    """
    taken = frozenset(chosen)
    verdicts = (
        Verdict(each.agent.id, _verdict(asking, each, each.agent.id in taken, strategy, at)) for each in standings
    )
    return Explanation(asking.item.id, tuple(sorted(verdicts, key=_chosen_first)))


def _chosen_first(verdict: Verdict) -> tuple[int, str]:
    free = verdict.reason.why is Why.NOT_FIRST
    return (0 if verdict.is_chosen else 1 if free else 2), verdict.agent


def _verdict(asking: Asking, standing: Standing, is_chosen: bool, strategy: Strategy, at: int) -> Reason:  # noqa: FBT001 - private, and named at its only call
    if is_chosen:
        if standing.agent.id in wished(asking, strategy):
            return Reason(Why.CHOSEN_ON_WISH)
        return Reason(Why.CHOSEN, {"by": _measure(standing, strategy, at)})
    reason = unfit(asking, standing) or unavailable(asking, standing)
    return reason or Reason(Why.NOT_FIRST, {"by": _measure(standing, strategy, at)})


def _measure(standing: Standing, strategy: Strategy, at: int) -> Text:
    """By what the strategy compares, with this agent's figure."""
    words = texts.CHOSEN_BY.get(strategy.name, Text.same(strategy.name))
    share = occupancy(standing, at)
    return words.fill(
        {
            "idle": _span(at - standing.idle_since),
            "share": Text(
                it=percent(share, "it"),
                de=percent(share, "de"),
                fr=percent(share, "fr"),
                rm=percent(share, "rm"),
                en=percent(share, "en"),
            ),
            "used": standing.used,
            "capacity": standing.agent.capacity,
            "contacts": standing.contacts,
            "talked": _span(standing.talked),
        }
    )


def _span(microseconds: int) -> str:
    """An amount of time, in the unit in which people say it."""
    seconds = timedelta(microseconds=microseconds) // timedelta(seconds=1)
    if seconds < 100:  # noqa: PLR2004 - "95 s" says more than "1 min"
        return f"{seconds} s"
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h"  # noqa: PLR2004 - the same for hours


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _plain(value: object) -> object:
    return value.en if isinstance(value, Text) else value
