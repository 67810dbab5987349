"""Does a department's rule keep the laws of routing? Asked with many invented pieces of work."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from ticontact.contacts import CHANNELS
from ticontact.priority import Priority
from ticontact.routing import Agent, Requirement, RoutingRule, Standing, WorkItem, decide
from ticontact.testing._instants import instant

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["exercise_rule"]

_MOST_STEPS: Final = 100
_NINE: Final = instant("2026-03-18 09:00")
_MINUTES: Final = (0, 1, 2, 5, 10, 30, 60, 240)


def exercise_rule(
    rule: RoutingRule,
    *,
    queues: Iterable[str] = ("general", "asylum"),
    skills: Iterable[str] = ("asylum", "permits", "family"),
    languages: Iterable[str] = ("it", "de", "fr", "en"),
    attributes: Mapping[str, Iterable[str]] | None = None,
    examples: int = 100,
) -> None:
    """Hold a rule against the laws, with work and agents that Hypothesis invents.

    The laws: it answers a `Requirement` and raises nothing; asked twice it answers the same; it leaves the item as it
    was; it has at most a hundred steps; waiting longer never shuts anybody out, unless a step says so; the order in
    which work and agents are given is of no consequence; and nobody gets an offer whom it excludes.

    Args:
        rule: The rule.
        queues: The names of queues that the work may have.
        skills: The skills that agents may have.
        languages: The languages of work and agents.
        attributes: The attributes that the work may have, with their values.
        examples: How many examples are tried.

    Raises:
        AssertionError: If a law is broken; it names the law and says how, for the simplest example that was found.
    """
    from hypothesis import Phase, given, settings  # noqa: PLC0415 - only who tests needs it
    from hypothesis import strategies as st  # noqa: PLC0415 - the same

    items = st.builds(
        _item,
        number=st.integers(1, 9),
        channel=st.sampled_from([channel.name for channel in CHANNELS]),
        queue=st.sampled_from(sorted(queues)),
        language=st.sampled_from(["", *sorted(languages)]),
        priority=st.sampled_from(list(Priority)),
        owner=st.sampled_from([None, "agent-1", "agent-2", "gone"]),
        attributes=_attributes(st, attributes or {}),
    )
    levels = st.dictionaries(st.sampled_from(sorted(skills)), st.integers(1, 10))
    spoken = st.dictionaries(st.sampled_from(sorted(languages)), st.integers(1, 10))
    people = st.lists(st.tuples(levels, spoken), min_size=1, max_size=4)

    # The phase that explains a failure traces every line, which takes longer than all the others together.
    @settings(max_examples=examples, deadline=None, database=None, phases=(Phase.generate, Phase.shrink))
    @given(items, people)
    def laws(item: WorkItem, staff: list[tuple[dict[str, int], dict[str, int]]]) -> None:
        agents = [
            Agent(id=f"agent-{number}", skills=levels, languages=spoken)
            for number, (levels, spoken) in enumerate(staff, start=1)
        ]
        _check(rule, item, [Standing(agent=agent) for agent in agents])

    laws()


def _attributes(st: Any, known: Mapping[str, Iterable[str]]) -> "SearchStrategy[dict[str, str]]":  # noqa: ANN401 - a module
    optional = {name: st.sampled_from(sorted(values)) for name, values in known.items()}
    strategy: SearchStrategy[dict[str, str]] = st.fixed_dictionaries({}, optional=optional)
    return strategy


def _item(
    *,
    number: int,
    channel: str,
    queue: str,
    language: str,
    priority: Priority,
    owner: str | None,
    attributes: Mapping[str, str],
) -> WorkItem:
    return WorkItem(
        id=f"item-{number}",
        channel=CHANNELS.named(channel),
        queue=queue,
        language=language,
        priority=priority,
        case_owner=owner,
        last_agent=owner,
        attributes=attributes,
        entered_at=_NINE,
    )


def _check(rule: RoutingRule, item: WorkItem, standings: list[Standing]) -> None:
    before = repr(item)
    asked = _answer(rule, item)
    _law("deterministic", asked == _answer(rule, item), "asked twice, it answers two requirements")
    _law("changes nothing", before == repr(item), "the item is another one afterwards")
    steps = asked.condition.steps
    _law("bounded", len(steps) <= _MOST_STEPS, f"it has {len(steps)} steps")
    if not any(step.narrowing for step in steps):
        fit = [_fit(rule, item, standings, minutes) for minutes in _MINUTES]
        grows = all(earlier <= later for earlier, later in pairwise(fit))
        _law("widens", grows, f"after {_MINUTES} minutes it allows {[sorted(each) for each in fit]}")
    _law_of_order(rule, item, standings)


def _law_of_order(rule: RoutingRule, item: WorkItem, standings: list[Standing]) -> None:
    forwards = decide([item], standings, at=_NINE, rules=[rule]).offers
    backwards = decide([item], standings[::-1], at=_NINE, rules=[rule]).offers
    _law("independent of order", forwards == backwards, f"{forwards} or {backwards}, by the order of the agents")
    fit = _fit(rule, item, standings, 0)
    _law("nobody excluded", {offer.agent for offer in forwards} <= fit, f"{forwards}, but it allows {sorted(fit)}")


def _fit(rule: RoutingRule, item: WorkItem, standings: list[Standing], minutes: int) -> set[str]:
    """Who may take the work after some minutes of waiting."""
    later = _NINE.add(minutes=minutes)

    def asked(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
        return _answer(rule, item)

    decision = decide([item], standings, at=later, rules=[asked])
    return {verdict.agent for verdict in decision.explain().verdicts if verdict.is_fit}


def _answer(rule: RoutingRule, item: WorkItem) -> Requirement:
    try:
        answer: object = rule(item, at=_NINE)
    except Exception as error:  # noqa: BLE001 - whatever it is, it breaks the law
        answer = error
    if isinstance(answer, Requirement):
        return answer
    raise AssertionError(f"law 'answers': for {item!r} it gave {answer!r}; allowed: a Requirement")


def _law(name: str, holds: object, how: str) -> None:
    if not holds:
        raise AssertionError(f"law {name!r}: {how}")
