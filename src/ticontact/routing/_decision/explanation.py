"""Why each agent was chosen, or the first reason why not, and why work still waits: as data, text and table."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final, Literal, get_args

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Language, Text
from ticontact.i18n._figures import percent
from ticontact.i18n._text import language_named
from ticontact.i18n._texts import routing as texts
from ticontact.i18n._texts import waiting as waiting_texts
from ticontact.plain import checked, form
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._agents.assignment import AssignmentState
from ticontact.routing._decision.waiting_explanation import WaitingExplanation, waits
from ticontact.routing._decision.wording import span
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._matching.eligibility import unavailable, unfit, wished
from ticontact.routing._requirements.eligibility_reason import EligibilityReason, IneligibleReason
from ticontact.routing.strategies import Strategy, longest_idle, occupancy

__all__ = ["Audience", "Eligibility", "RoutingExplanation", "explained"]

Audience = Literal["citizen", "supervisor", "auditor"]
"""Who reads it. Agents are persons too: a citizen reads how many there are, never who."""

_AUDIENCES: Final = get_args(Audience)


def _reads_names(audience: Audience) -> bool:
    """Whether names of staff are for this audience; to one that nobody knows they are not shown by mistake."""
    if audience not in _AUDIENCES:
        raise ConfigurationError([Fault("audience", f"{audience!r} was given", ", ".join(_AUDIENCES))])
    return audience != "citizen"


@attrs.frozen(field_transformer=checked)
class Eligibility:
    """What was decided on one agent.

    Attributes:
        agent: The id of the agent.
        reason: Why the agent was chosen, or the first reason why not.
    """

    agent: str
    reason: EligibilityReason

    @property
    def is_chosen(self) -> bool:
        """Whether the agent gets the offer."""
        return self.reason.why in {IneligibleReason.CHOSEN, IneligibleReason.CHOSEN_ON_WISH}

    def to_dict(self) -> Mapping[str, object]:
        """The eligibility as plain data: agent, kind of reason, and what the reason names."""
        values = {name: _plain(value) for name, value in self.reason.values.items()}
        return {"agent": self.agent, "why": self.reason.why.value, "values": values}

    @property
    def is_fit(self) -> bool:
        """Whether the agent may take such work at all, now or later."""
        return self.reason.why in _FIT


_FIT = frozenset(
    {
        IneligibleReason.CHOSEN,
        IneligibleReason.CHOSEN_ON_WISH,
        IneligibleReason.HAS_IT,
        IneligibleReason.ASKED,
        IneligibleReason.NOT_PRESENT,
        IneligibleReason.NOT_RESPONDING,
        IneligibleReason.BEING_OFFERED,
        IneligibleReason.IN_WRAP_UP,
        IneligibleReason.BUSY,
        IneligibleReason.ASKED_BEFORE,
        IneligibleReason.NOT_FIRST,
    }
)


_PASSED_OVER = frozenset({IneligibleReason.ASKED_BEFORE, IneligibleReason.NOT_FIRST})
"""Free, but somebody else was chosen."""


@form("routing_explanation")
@attrs.frozen(field_transformer=checked)
class RoutingExplanation:
    """Why a piece of work went to whom it went, or still waits.

    Attributes:
        item: The id of the work.
        eligibilities: One for each agent: the chosen ones first, then the free ones, then the others, each group by id.
        rules: The rules that asked something, each by its name and version.
        waits: Why it still waits, and what would help; None if somebody gets it or has it.
    """

    item: str
    eligibilities: tuple[Eligibility, ...]
    rules: tuple[str, ...] = ()
    waits: WaitingExplanation | None = None

    def text(self, language: Language, *, audience: Audience = "supervisor") -> str:
        """The explanation as a text: the agents, why it waits and what would help, for an auditor also the rules.

        Args:
            language: One of the five languages.
            audience: Who reads it; only a citizen is told no names.

        Raises:
            ConfigurationError: If there are no texts in it, or if there is no such audience.
        """
        language_named(language)
        with_names = _reads_names(audience)
        if not self.eligibilities:
            return _sentence(texts.NOBODY.text(language))
        if with_names:
            sentences = [f"{each.agent}: {each.reason.text.text(language)}." for each in self.eligibilities]
        else:
            sentences = [_sentence(self._summary.text(language))]
        return " ".join([*sentences, *self._about_waiting(language, audience, with_names=with_names)])

    def table(self, language: Language, *, audience: Audience = "supervisor") -> str:
        """The explanation as a table of two columns with what else there is to say below, to be read in a terminal.

        Args:
            language: One of the five languages.
            audience: Who reads it; a citizen reads how many people there are, in the place of who they are.

        Raises:
            ConfigurationError: If there are no texts in it, or if there is no such audience.
        """
        language_named(language)
        with_names = _reads_names(audience)
        if with_names:
            headings = texts.HEADINGS
            rows = [(each.agent, each.reason.text.text(language)) for each in self.eligibilities]
        else:
            headings = texts.COUNT_HEADINGS
            rows = [(str(count), words.text(language)) for count, words in self._counted]
        rows.insert(0, (headings[0].text(language), headings[1].text(language)))
        width = max(len(first) for first, _ in rows)
        lines = [f"{first:<{width}}  {second}" for first, second in rows]
        return "\n".join([*lines, *self._about_waiting(language, audience, with_names=with_names)])

    def to_dict(self, *, audience: Audience = "supervisor") -> Mapping[str, object]:
        """The explanation as texts, numbers, lists and tables that JSON takes; words are English.

        Args:
            audience: Who reads it; for a citizen there are counts in the place of names.

        Raises:
            ConfigurationError: If there is no such audience.
        """
        with_names = _reads_names(audience)
        agents: object = [each.to_dict() for each in self.eligibilities]
        waits = None
        if self.waits is not None:
            remedies = [each.to_dict(with_names=with_names) for each in self.waits.remedies]
            waits = {"because": self.waits.because.value, "remedies": remedies}
        return {
            "item": self.item,
            "agents": agents if with_names else {words.en: count for count, words in self._counted},
            "rules": list(self.rules),
            "waits": waits,
        }

    def _about_waiting(self, language: Language, audience: Audience, *, with_names: bool) -> Iterator[str]:
        if self.waits is not None:
            yield waiting_texts.IT_WAITS.fill({"because": self.waits.text}).text(language)
            helps = "; ".join(each.text(with_names=with_names).text(language) for each in self.waits.remedies)
            if helps:
                yield waiting_texts.IT_WOULD_HELP.fill({"helps": helps}).text(language)
        if self.rules and audience == "auditor":
            yield waiting_texts.RULES.fill({"rules": ", ".join(self.rules)}).text(language)

    @property
    def _free(self) -> int:
        return sum(each.is_chosen or each.reason.why in _PASSED_OVER for each in self.eligibilities)

    @property
    def _fit(self) -> int:
        return sum(each.is_fit for each in self.eligibilities)

    @property
    def _counted(self) -> tuple[tuple[int, Text], ...]:
        counts = (self._free, self._fit - self._free, len(self.eligibilities) - self._fit)
        return tuple(zip(counts, texts.SUMMARY_ROWS, strict=True))

    @property
    def _summary(self) -> Text:
        return texts.SUMMARY.fill({"fit": self._fit, "free": self._free})


def explained(
    current: CurrentRequirement,
    agent_states: Iterable[AgentState],
    chosen: Iterable[str],
    strategy: Strategy,
    *,
    at: int,
) -> RoutingExplanation:
    """The eligibility of every agent, and why the work waits if nobody was chosen.

    Args:
        current: What the work asks.
        agent_states: Where the agents stood just before the choice.
        chosen: Who was chosen, by id.
        strategy: The order among the agents.
        at: The instant of the choice, in microseconds since the epoch.
    """
    taken, people = frozenset(chosen), tuple(agent_states)
    eligibilities = [
        Eligibility(each.agent.id, _reason(current, each, is_chosen=each.agent.id in taken, strategy=strategy, at=at))
        for each in people
    ]
    return RoutingExplanation(
        current.item.id,
        tuple(sorted(eligibilities, key=_chosen_first)),
        current.requirement.asked_by,
        waits(current, people, [each.reason.why for each in eligibilities], at=at),
    )


def _chosen_first(eligibility: Eligibility) -> tuple[int, str]:
    if eligibility.is_chosen:
        return 0, eligibility.agent
    return (1 if eligibility.reason.why in _PASSED_OVER else 2), eligibility.agent


def _reason(
    current: CurrentRequirement, agent_state: AgentState, *, is_chosen: bool, strategy: Strategy, at: int
) -> EligibilityReason:
    if is_chosen:
        if agent_state.agent.id in _wished(current, strategy):
            return EligibilityReason(IneligibleReason.CHOSEN_ON_WISH)
        return EligibilityReason(IneligibleReason.CHOSEN, {"by": _measure(agent_state, strategy, at)})
    reason = _has(current, agent_state) or unfit(current, agent_state) or unavailable(current, agent_state)
    if reason is None and agent_state.agent.id in current.asked:
        return EligibilityReason(IneligibleReason.ASKED_BEFORE)
    return reason or EligibilityReason(IneligibleReason.NOT_FIRST, {"by": _measure(agent_state, strategy, at)})


def _wished(current: CurrentRequirement, strategy: Strategy) -> tuple[str, ...]:
    """Who came before all others; a strategy that fails has named nobody."""
    try:
        return wished(current, strategy)
    except Exception:  # noqa: BLE001 - it was told when the decision was taken
        return wished(current, longest_idle)


def _has(current: CurrentRequirement, agent_state: AgentState) -> EligibilityReason | None:
    """That the very work in question rings at the agent, or is in hand; None if it is neither."""
    assignment = agent_state.assignment(current.item.id)
    if assignment is None or assignment.state is AssignmentState.WRAP_UP:
        return None
    return EligibilityReason(
        IneligibleReason.ASKED if assignment.state is AssignmentState.OFFERED else IneligibleReason.HAS_IT
    )


def _measure(agent_state: AgentState, strategy: Strategy, at: int) -> Text:
    """By what the strategy compares, with this agent's figure."""
    words = texts.CHOSEN_BY.get(strategy.name, Text.same(strategy.name))
    share = occupancy(agent_state, at)
    return words.fill(
        {
            "idle": span(timedelta(microseconds=at - agent_state.idle_since), to_come=False),
            "share": Text(
                it=percent(share, "it"),
                de=percent(share, "de"),
                fr=percent(share, "fr"),
                rm=percent(share, "rm"),
                en=percent(share, "en"),
            ),
            "used": agent_state.used,
            "capacity": agent_state.agent.capacity,
            "contacts": agent_state.contacts,
            "talked": span(timedelta(microseconds=agent_state.talked), to_come=False),
        }
    )


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _plain(value: object) -> object:
    return value.en if isinstance(value, Text) else value
