"""The laws that a department's rule keeps, each asked of one example."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Final

import attrs
import pendulum

from ticontact.routing import Agent, AgentState, Requirement, RoutingRule, WorkItem, any_agent, decide
from ticontact.routing._requirements.condition import Waited
from ticontact.routing._work.routing_rule import check_usable
from ticontact.testing._budget import BudgetSpent, within_budget

__all__ = ["Example", "Forbidden"]

Forbidden = Callable[[WorkItem, Agent], bool]
"""Whether an agent must never get a piece of work."""

_MOST_STEPS: Final = 100
_MOST_LINES: Final = 100_000
_MOMENT: Final = timedelta.resolution


@attrs.frozen(kw_only=True)
class Example:
    """One example by which a rule is tried.

    Attributes:
        rule: The rule.
        first: A piece of work.
        second: Another one.
        agents: Some agents.
        at: When the work arrives.
        forbidden: Whether an agent must never get a piece of work; None if the department does not say.
    """

    rule: RoutingRule
    first: WorkItem
    second: WorkItem
    agents: list[Agent]
    at: pendulum.DateTime
    forbidden: Forbidden | None = None

    def check(self) -> None:
        """Hold the rule against all laws.

        Raises:
            AssertionError: If one is broken; it says which, for which example, and how.
        """
        first, before = self.first, _contents(self.first)
        asked = self._answer(first)
        _law("changes nothing", first, holds=before == _contents(first), how="the item is another one afterwards")
        again = self._answer(first)
        _law(
            "deterministic", first, holds=asked == again, how=f"it asks {_said(asked)}, and asked again {_said(again)}"
        )
        self._answer(self.second)
        again = self._answer(first)
        how = f"it asks {_said(asked)}, but {_said(again)} after it was asked about {_shown(self.second)}"
        _law("independent of order", first, holds=asked == again, how=how)
        steps = asked.condition.steps
        _law("bounded", first, holds=len(steps) <= _MOST_STEPS, how=f"it has {len(steps)} steps")
        self._check_order()
        self._check_waiting(asked)

    def _check_order(self) -> None:
        forwards = self._offered([self.first, self.second], self.agents)
        backwards = self._offered([self.second, self.first], self.agents[::-1])
        how = f"{forwards}, and in the other order {backwards}; agents: {_people(self.agents)}"
        _law("independent of order", self.first, holds=forwards == backwards, how=how)

    def _check_waiting(self, asked: Requirement) -> None:
        """What holds just before and just at each step."""
        item, agents = self.first, self.agents
        shut_out = {agent.id for agent in agents if self.forbidden is not None and self.forbidden(item, agent)}
        fit = {waited: self._fit(asked, waited) for waited in _waits(asked)}
        for waited, names in fit.items():
            offered = self._offered([attrs.evolve(item, entered_at=self.at - waited)], agents)
            wrongly = sorted((set(offered.values()) - names) | (names & shut_out))
            how = f"after {waited} it lets {', '.join(wrongly)} have it; agents: {_people(agents)}"
            _law("never a forbidden agent", item, holds=not wrongly, how=how)
        if any(step.narrowing for step in asked.condition.steps):
            return
        for (sooner, earlier), (later, names) in pairwise(fit.items()):
            lost = sorted(earlier - names)
            how = f"after {later} it shuts out {', '.join(lost)}, not yet after {sooner}; agents: {_people(agents)}"
            _law("widens", item, holds=not lost, how=how)

    def _fit(self, asked: Requirement, waited: timedelta) -> frozenset[str]:
        """Who may take the work after some waiting, now or later."""
        condition = asked.condition.at(Waited(waited, waited))
        return frozenset(
            agent.id for agent in self.agents if condition.lacks(agent.profile) is None and agent.id not in asked.never
        )

    def _offered(self, items: list[WorkItem], agents: list[Agent]) -> dict[str, str]:
        """Which work goes to whom, by id, in the order of the ids."""
        agent_states = [AgentState(agent=agent) for agent in agents]
        offers = decide(items, agent_states, at=self.at, rules=[self.rule]).offers
        return {offer.item: offer.agent for offer in sorted(offers, key=lambda offer: offer.item)}

    def _answer(self, item: WorkItem) -> Requirement:
        try:
            answer: object = within_budget(lambda: self.rule(item, at=self.at), lines=_MOST_LINES)
        except BudgetSpent:
            how = f"it takes more than {_MOST_LINES} lines of Python to answer"
            raise AssertionError(_message("bounded", item, how)) from None
        except Exception as error:
            how = f"it raised {type(error).__name__}: {error}"
            raise AssertionError(_message("answers", item, how)) from error
        if isinstance(answer, Requirement):
            try:
                check_usable(answer)
            except TypeError as error:
                raise AssertionError(_message("answers", item, f"a dispatcher passes it over: {error}")) from error
            return answer
        raise AssertionError(_message("answers", item, f"it gave {answer!r}; allowed: a Requirement"))


def _waits(asked: Requirement) -> Iterator[timedelta]:
    yield timedelta(0)
    for after in sorted({step.after for step in asked.condition.steps}):
        yield after - _MOMENT
        yield after


def _contents(item: WorkItem) -> dict[str, object]:
    return attrs.asdict(item, recurse=False) | {"attributes": dict(item.attributes)}


def _law(name: str, item: WorkItem, *, holds: bool, how: str) -> None:
    if not holds:
        raise AssertionError(_message(name, item, how))


def _message(name: str, item: WorkItem, how: str) -> str:
    return f"law {name!r}: for {_shown(item)} {how}"


def _shown(item: WorkItem) -> str:
    """The item without what is as usual."""
    unusual = _unusual(item, WorkItem(id=item.id, channel=item.channel))
    return f"WorkItem({', '.join([item.id, item.channel.name, *unusual])})"


def _said(asked: Requirement) -> str:
    """The requirement without what it does not ask."""
    return f"Requirement({', '.join(_unusual(asked, any_agent))})"


def _unusual(value: WorkItem | Requirement, plain: WorkItem | Requirement) -> list[str]:
    told = {field.name: getattr(value, field.name) for field in attrs.fields(type(value)) if field.init}
    return [f"{name}={each!r}" for name, each in told.items() if each != getattr(plain, name)]


def _people(agents: list[Agent]) -> str:
    return ", ".join(f"{agent.id} {dict(agent.skills)} {dict(agent.languages)}" for agent in agents)
