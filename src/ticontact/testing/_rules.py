"""Does a department's rule keep the laws of routing? Asked with many invented pieces of work."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum

from ticontact.contacts import CHANNELS, CaseRef
from ticontact.priority import Priority
from ticontact.routing import Agent, RoutingRule, WorkItem
from ticontact.testing._instants import instant
from ticontact.testing._laws import Example, Forbidden

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["exercise_rule"]

_MONDAY: Final = instant("2026-03-16 00:00")


def exercise_rule(
    rule: RoutingRule,
    *,
    queues: Iterable[str] = ("general", "asylum"),
    skills: Iterable[str] = ("asylum", "permits", "family"),
    languages: Iterable[str] = ("it", "de", "fr", "en"),
    attributes: Mapping[str, Iterable[str]] | None = None,
    sites: Iterable[str] = (),
    permissions: Iterable[str] = (),
    forbidden: Forbidden | None = None,
    examples: int = 100,
) -> None:
    """Hold a rule against the laws, with work, agents and hours of the week that Hypothesis invents.

    The laws, in the order in which they are asked:

    - *answers*: it gives a `Requirement` and raises nothing;
    - *bounded*: an answer takes at most 100,000 lines of Python, wherever they stand, and has at most a hundred steps.
      Lines are counted, not seconds, so the verdict is the same on a slow machine; what a function written in C does
      inside is not seen;
    - *changes nothing*: the item is as it was;
    - *deterministic*: asked twice, it answers the same;
    - *independent of order*: asked about other work in between, it answers the same; and a decision is the same in
      whatever order work and agents are given;
    - *never a forbidden agent*: nobody gets an offer whom the rule excludes, or whom `forbidden` names, after whatever
      waiting time;
    - *widens*: waiting longer shuts nobody out, unless a step says so.

    Args:
        rule: The rule.
        queues: The names of queues that the work may have.
        skills: The skills that agents may have.
        languages: The languages of work and agents.
        attributes: The attributes that the work may have, with their values.
        sites: The sites where agents may work.
        permissions: The permissions that agents may have.
        forbidden: Whether an agent must never get a piece of work, as the department itself says it.
        examples: How many examples are tried.

    Raises:
        AssertionError: If a law is broken; it names the law and says how, for the simplest example that was found. A
            rule that remembers what it was asked may keep the law when the example is tried again; that is said too.
    """
    from hypothesis import Phase, errors, given, settings  # noqa: PLC0415 - only who tests needs it
    from hypothesis import strategies as st  # noqa: PLC0415 - the same

    works = st.lists(_works(st, queues, languages, attributes or {}), min_size=2, max_size=2)
    people = st.lists(_people(st, skills, languages, sites, permissions), min_size=1, max_size=4)
    moments = st.builds(_moment, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
    failures: list[AssertionError] = []

    # The phase that explains a failure traces every line, which takes longer than all the others together. One failure
    # is told at a time: the simplest one.
    states = (Phase.generate, Phase.shrink)

    @settings(max_examples=examples, deadline=None, database=None, phases=states, report_multiple_bugs=False)
    @given(works, people, moments)
    def laws(works: list[WorkItem], people: list[Agent], at: pendulum.DateTime) -> None:
        first, second = [attrs.evolve(item, id=f"item-{number}") for number, item in enumerate(works, start=1)]
        agents = [attrs.evolve(agent, id=f"agent-{number}") for number, agent in enumerate(people, start=1)]
        try:
            Example(rule=rule, first=first, second=second, agents=agents, at=at, forbidden=forbidden).check()
        except AssertionError as broken:
            failures.append(broken)
            raise

    try:
        laws()
    except errors.Flaky as flaky:
        raise AssertionError(f"{failures[-1]}; tried once more, the same example kept the law") from flaky


def _moment(day: int, hour: int, minute: int) -> pendulum.DateTime:
    return _MONDAY.add(days=day, hours=hour, minutes=minute)


def _works(
    st: Any,  # noqa: ANN401 - a module
    queues: Iterable[str],
    languages: Iterable[str],
    attributes: Mapping[str, Iterable[str]],
) -> "SearchStrategy[WorkItem]":
    optional = {name: st.sampled_from(sorted(values)) for name, values in attributes.items()}
    agents = st.sampled_from([None, "agent-1", "agent-2", "gone"])
    works: SearchStrategy[WorkItem] = st.builds(
        WorkItem,
        id=st.just("item"),
        channel=st.sampled_from(list(CHANNELS)),
        queue=st.sampled_from(sorted(queues)),
        language=st.sampled_from(["", *sorted(languages)]),
        priority=st.sampled_from([Priority.NORMAL, Priority.LOW, Priority.HIGH, Priority.URGENT]),
        case=st.sampled_from([None, CaseRef("case", "2026/1")]),
        case_owner=agents,
        last_agent=agents,
        attributes=st.fixed_dictionaries({}, optional=optional),
    )
    return works


def _people(
    st: Any,  # noqa: ANN401 - a module
    skills: Iterable[str],
    languages: Iterable[str],
    sites: Iterable[str],
    permissions: Iterable[str],
) -> "SearchStrategy[Agent]":
    def some(names: Iterable[str]) -> "SearchStrategy[frozenset[str]]":
        subsets: SearchStrategy[frozenset[str]] = st.frozensets(st.sampled_from(sorted(names) or ["elsewhere"]))
        return subsets

    levels = st.integers(1, 10)
    people: SearchStrategy[Agent] = st.builds(
        Agent,
        id=st.just("agent"),
        skills=st.dictionaries(st.sampled_from(sorted(skills)), levels),
        languages=st.dictionaries(st.sampled_from(sorted(languages)), levels),
        sites=some(sites),
        permissions=some(permissions),
    )
    return people
