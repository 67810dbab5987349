"""The words of ticontact that all translators of routing cases use."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from ticontact.contacts import CHANNELS, Channel
from ticontact.i18n import Text
from ticontact.routing import (
    Agent,
    AgentState,
    Assignment,
    AssignmentState,
    Dispatcher,
    Requirement,
    RoutingDecision,
    WorkItem,
    any_agent,
    decide,
    prefer,
    require,
    with_attribute,
)
from ticontact.routing.strategies import Strategy
from ticontact.testing import instant

ZERO = instant("2026-03-18 09:00")
EPOCH = int(ZERO.timestamp()) * 1_000_000
LONG_AGO = -10_000_000


def moment(seconds: float) -> Any:
    """An instant, some seconds after the zero of a case."""
    return ZERO.add(microseconds=round(seconds * 1_000_000))


def span(number: float) -> timedelta:
    """An amount of seconds."""
    return timedelta(seconds=number)


def channel_named(name: str) -> Channel:
    """A channel of ours, or a live one of that name."""
    known = {channel.name for channel in CHANNELS}
    return Channel.named(name) if name in known else Channel(name=name, label=Text.same(name), synchronous=True)


def work_item(contact: Mapping[str, Any] | str | int, **more: Any) -> WorkItem:
    """A contact of a case, which is a call unless something else is said."""
    fields: Mapping[str, Any] = contact if isinstance(contact, Mapping) else {"id": contact}
    entered = moment(fields["enqueued_at"]) if "enqueued_at" in fields else None
    return WorkItem(
        **{
            "id": str(fields["id"]),
            "channel": channel_named("voice"),
            "entered_at": entered,
            "queue": fields.get("queue", ""),
            **more,
        }
    )


def holdings_of(count: int, channel: str = "voice", cost: int = 1) -> tuple[Assignment, ...]:
    """So many pieces of work in hand."""
    return tuple(
        Assignment(f"held-{channel}-{number}", channel, cost, AssignmentState.ACTIVE, EPOCH) for number in range(count)
    )


def idle_from(agent: Mapping[str, Any]) -> int:
    """Since when an agent has been idle; who never had a contact has been for ever."""
    for name in ("idle_since", "available_since_s", "last_contact_end"):
        if name in agent:
            return EPOCH + int(LONG_AGO if agent[name] is None else agent[name]) * 1_000_000
    return EPOCH - int(agent.get("idle_s", 0)) * 1_000_000


def scale(values: Iterable[float]) -> Callable[[float], int]:
    """Peers' numbers as levels from 1 to 10 that keep their order."""
    supervisor_actions = sorted(set(values))
    return lambda value: supervisor_actions.index(value) + 1


def skills_by_tier(tier: int, tiers: Iterable[int]) -> list[str]:
    """Skills by which a better tier (a smaller number) is preferred to a worse one."""
    return [f"tier-{each}" for each in sorted(tiers) if each >= tier]


def prefer_tiers(tiers: Iterable[int]) -> Requirement:
    """Better tiers are asked before worse ones."""
    wish = any_agent
    for each in sorted(set(tiers)):
        wish = wish & prefer(skill=f"tier-{each}")
    return wish


def all_skills(skills: Iterable[str]) -> Requirement:
    """All of these skills."""
    wish = any_agent
    for skill in skills:
        wish = wish & require(skill)
    return wish


def order_of(agent_states: Iterable[AgentState], strategy: Strategy, item: WorkItem) -> list[Any]:
    """The agents in the order in which they would be asked."""
    order, left = [], list(agent_states)
    while left:
        [offer] = decide([item], left, at=ZERO, strategy=strategy).offers
        order.append(offer.agent)
        left = [each for each in left if each.agent.id != offer.agent]
    return order


def fit_and_free(item: WorkItem, agent_states: Iterable[AgentState], at: float) -> tuple[list[Any], list[Any]]:
    """Who may take a piece of work at an instant, and who of them is free."""
    eligibilities = decide([item], agent_states, at=moment(at)).explain().eligibilities
    fit = sorted(each.agent for each in eligibilities if each.is_fit)
    busy = {"not_present", "not_responding", "being_offered", "in_wrap_up", "busy"}
    free = sorted(each.agent for each in eligibilities if each.is_fit and each.reason.why.value not in busy)
    return fit, free


def standings_of(agents: Iterable[Mapping[str, Any]], skills: Callable[[Any], Any]) -> list[AgentState]:
    """The agents of a case with their skills; some are busy."""
    return [
        AgentState(agent=Agent(id=str(each["id"]), skills=skills(each)), assignments=holdings_of("busy_until" in each))
        for each in agents
    ]


def eligible(case: Any, item: WorkItem, agent_states: list[AgentState]) -> Mapping[str, Any]:
    """The sets at each instant; ids come out as they went in."""
    ids = {str(each["id"]): each["id"] for each in case["given"]["agents"]}
    fit, free = [], []
    for event in case["events"]:
        able, idle = fit_and_free(item, agent_states, event["at"])
        fit.append({"at": event["at"], "agents": sorted(ids[name] for name in able)})
        free.append({"at": event["at"], "agents": sorted(ids[name] for name in idle)})
    answers = {"eligible": fit, "eligible_idle": free}
    return {what: answers[what] for what in case["expect"]}


def signed_in(dispatcher: Dispatcher, agents: Iterable[Mapping[str, Any]]) -> Dispatcher:
    """Agents come one after the other, who has been idle longest first; those who are away do not."""
    present = [each for each in agents if each.get("available", True) and each.get("registered", True)]
    order = sorted(present, key=lambda each: (idle_from(each), str(each["id"])))
    for agent in order:
        dispatcher.sign_in(str(agent["id"]), at=moment(-100_000 + order.index(agent)))
    return dispatcher


def office(case: Any, **arguments: Any) -> Dispatcher:
    """A dispatcher with the agents of a case, who are there."""
    agents = [Agent(id=str(each["id"])) for each in case["given"]["agents"]]
    return signed_in(Dispatcher(agents=agents, **arguments), case["given"]["agents"])


def agents_asked(decision: RoutingDecision) -> list[str]:
    """The agents to whom a decision makes offers."""
    return [offer.agent for offer in decision.offers]


def keep_busy(dispatcher: Dispatcher, agent: str, until: float) -> tuple[float, str]:
    """Keep an agent in a conversation; `_free_in_time` ends it."""
    item = WorkItem(id=f"busy-{agent}", channel=channel_named("voice"), requirement=with_attribute("id", agent))
    [offer] = dispatcher.arrive(item, at=moment(-1000)).offers
    dispatcher.accept(offer, at=moment(-1000))
    return until, item.id


def assigned(dispatcher: Dispatcher, item: WorkItem, ends: Iterable[tuple[float, str]], until: float) -> list[Any]:
    """When, and to whom, a piece of work that arrives at its entry is offered, while conversations end in time."""
    made = [(0.0, offer) for offer in dispatcher.arrive(item, at=moment(0)).offers]
    for second, held in [*sorted(each for each in ends if each[0] <= until), (until, "")]:
        while not made and (due := dispatcher.next_deadline()) is not None and due <= moment(second):
            made += [((due - ZERO).total_seconds(), offer) for offer in dispatcher.advance(at=due).offers]
        if held and not made:
            made += [(second, offer) for offer in dispatcher.complete(held, at=moment(second)).offers]
    return [{"at": second, "contact": offer.item, "agent": offer.agent} for second, offer in made[:1]]
