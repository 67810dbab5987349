"""One day at a dispatcher that uses every verb, told step by step, so that anything may fail in the middle of it.

The office has three queues, calendars that may fail, rules, and a strategy with wishes and fit. Each step is one verb,
told once; `told` answers the decision and keeps the offers, so that later steps can answer them.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import attrs
import pendulum

from ticontact.contacts import CHANNELS, HandOver
from ticontact.errors import RoutingError
from ticontact.hours import BusinessCalendar, ClosingRule, Week
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentStatus,
    AssignmentState,
    Callback,
    CounterCallPolicy,
    Dispatcher,
    Offer,
    Queue,
    Requirement,
    RoutingDecision,
    RoutingRule,
    WorkItem,
    WrapUp,
    any_agent,
    prefer,
    require,
    require_language,
)
from ticontact.routing.strategies import Strategy
from ticontact.testing import instant

__all__ = ["WEEK", "Call", "Day", "hours", "office", "rules", "strategy", "tell"]

EIGHT: Final = instant("2026-03-18 08:00")
WEEK: Final = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")

_AGENTS: Final = ("anna", "bruno", "carla", "dora", "otto")


def hours() -> BusinessCalendar:
    """The hours of the office."""
    return BusinessCalendar(zone="Europe/Zurich", week=WEEK)


def by_topic(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """A skill for each topic, and somebody who speaks the language a while."""
    topic = item.attributes.get("topic", "")
    asked = require(topic) if topic else any_agent
    return asked.relax(after=timedelta(minutes=4), to=any_agent) if topic else any_agent


def by_language(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """The language, if it is known, and the keeper of the case first."""
    kept = prefer(item.case_owner, reserve_for=timedelta(minutes=1)) if item.case_owner else any_agent
    return (require_language(item.language) if item.language else any_agent) & kept


def rules() -> list[RoutingRule]:
    """The rules of the office."""
    return [by_topic, by_language]


def strategy() -> Strategy:
    """A strategy of the department's own, with everything that one can have."""
    return Strategy(
        name="own",
        order=lambda state, _, __: (state.contacts, state.idle_since),
        fit=lambda profile, _: (len(profile.skills),),
        wishes=lambda item: (item.last_agent,) if item.last_agent else (),
    )


def _agents() -> list[Agent]:
    wrap_up = WrapUp.timed(timedelta(seconds=20))
    return [
        Agent(id="anna", skills=["tax"], languages=["it", "de"], wrap_up=wrap_up, capacity=2, limits={"voice": 1}),
        Agent(id="bruno", skills=["tax", "permits"], languages=["it"], wrap_up=WrapUp("optional", wrap_up.length)),
        Agent(id="carla", skills=["permits"], languages=["it", "de"], wrap_up=WrapUp("manual")),
        Agent(id="dora", limits={"email": 0}),  # she speaks no language that anybody asks for
        Agent(id="otto", skills=["official"], languages=["it"]),
    ]


def office(
    calendar: BusinessCalendar | None = None,
    asked: list[RoutingRule] | None = None,
    order: Strategy | None = None,
) -> Dispatcher:
    """The dispatcher of the day, with other parts of the department where they are given."""
    open_hours = hours() if calendar is None else calendar
    closing = ClosingRule(last_entry=timedelta(minutes=5), drain=timedelta(minutes=10))
    queues = [
        Queue(id="office", calendar=open_hours, closing=closing, fallback="call back", limit=9),
        Queue(id="permits", calendar=open_hours, longest_wait=timedelta(minutes=20), fallback="message"),
        Queue(id="counter", calling=CounterCallPolicy(calls=2, returns=1), fallback="message"),
        Queue(id="letters", calendar=open_hours),
    ]
    return Dispatcher(
        agents=_agents(),
        rules=rules() if asked is None else asked,
        strategy=strategy() if order is None else order,
        queues=queues,
        head_start={Priority.HIGH: timedelta(seconds=90)},
        ring_for=timedelta(seconds=100),
        misses_allowed=2,
        preempting=True,
    )


Call = tuple[str, tuple[Any, ...], Mapping[str, Any]]
"""A verb of the dispatcher, what it is about, and its keywords."""


class Day:
    """A day that is made up as it goes, by what the dispatcher says; `calls` is what was told. Mutable.

    The verb that was used least often comes next, of those that make sense; so every verb is used before long.

    Args:
        dispatcher: The dispatcher.
    """

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.dispatcher = dispatcher
        self.calls: list[Call] = []
        self.now = EIGHT
        self.offers: dict[tuple[str, str], Offer] = {}
        self.used: Counter[str] = Counter()
        self.arrived: set[str] = set()

    def run(self, steps: int) -> list[Call]:
        """Make up so many steps."""
        for name in _AGENTS:
            self._tell("sign_in", name)
        for step in range(steps):
            self.now = self.now.add(seconds=130 if step % 13 == 12 else (7, 1, 25, 0, 9, 13)[step % 6])
            choices = self._choices(step)
            verb = min(choices, key=lambda each: (self.used[each], each))
            about, more = choices[verb]
            self._tell(verb, *about, **more)
        self._the_second_level_takes_over()
        return self.calls

    def _the_second_level_takes_over(self) -> None:
        """Let a last contact go from an operator to an official."""
        while self.dispatcher.waiting() or self.dispatcher.in_hand():
            self.now = self.now.add(seconds=30)
            for name in _AGENTS:
                self._tell("sign_in", name)
            for offer in [*self.offers.values()]:
                self._tell("accept", offer)
            for name in self.dispatcher.in_hand():
                self._tell("complete", name)
            for name in self.dispatcher.waiting()[:1]:
                self._tell("cancel", name)
        self.now = self.now.add(minutes=5)
        for name in _AGENTS:
            self._tell("sign_in", name)
        called = attrs.evolve(self._item(801, topic="tax"), callback=Callback.in_turn(spacing=timedelta(minutes=2)))
        self._tell("arrive", called)
        self._tell("accept", self.offers["work-801", "contact"])
        self._tell("callback_unanswered", "work-801")
        self._tell("cancel", "work-801")
        self._tell("arrive", self._item(900, topic="tax"))
        self._tell("accept", self.offers["work-900", "contact"])
        self._tell("consult", "work-900", require("official"))
        self._tell("accept", self.offers["work-900", "consult"])
        self._tell("hand_over", "work-900")

    def _tell(self, verb: str, *about: Any, **more: Any) -> None:
        self.used[verb] += 1
        call = verb, about, {"at": self.now, **more}
        try:
            decision = tell(self.dispatcher, call)
        except RoutingError:  # it made no sense after all, as time has passed, and nothing has changed
            return
        self.calls.append(call)
        for offer in (*decision.revoked, *decision.expired):
            self.offers.pop((offer.item, offer.purpose), None)
        for offer in decision.offers:
            self.offers[offer.item, offer.purpose] = offer
        if verb in {"accept", "decline"}:
            self.offers.pop((about[0].item, about[0].purpose), None)

    def _choices(  # noqa: C901 - one branch for each verb
        self, step: int
    ) -> dict[str, tuple[tuple[Any, ...], Mapping[str, Any]]]:
        """What makes sense now: of each verb one call."""
        told = self.dispatcher
        free = [name for name in _AGENTS if told.agent_state(name).status is AgentStatus.AVAILABLE]
        away = [name for name in _AGENTS if name not in free]
        choices: dict[str, tuple[tuple[Any, ...], Mapping[str, Any]]] = {"advance": ((), {})}
        if step % 3 == 0 or not (self.arrived - set(told.in_hand())):
            choices = {"arrive": ((self._item(step),), {})}
            if step % 5:
                return choices
        if len(away) > 1:
            return {"sign_in": ((away[0],), {})}
        if away:
            choices["sign_in"] = ((away[step % len(away)],), {})
        if len(free) > 2 and step % 4 == 1:
            choices["sign_out"] = ((free[step % len(free)],), {})
            choices["set_status"] = ((free[step % len(free)], AgentStatus.BREAK), {})
            choices["disconnect"] = ((free[step % len(free)],), {})
        live = {key: offer for key, offer in self.offers.items() if offer.until is None or offer.until >= self.now}
        if live:
            offer = live[sorted(live)[step % len(live)]]
            if any(purpose == "consult" for _, purpose in live):
                offer = next(each for each in live.values() if each.purpose == "consult")
                return {"accept": ((offer,), {})}
            if step % 3 == 2:
                return {"accept": ((offer,), {})}
            choices["accept"] = choices["decline"] = ((offer,), {})
        waiting = told.waiting()
        if waiting:
            name = waiting[step % len(waiting)]
            order = {"by": "sonja", "because": "a drill"}
            choices["change_priority"] = ((name, Priority.HIGH), order)
            choices["change_queue"] = ((name, "permits"), order)
            choices["request_callback"] = ((name, Callback.in_turn(attempts=2, spacing=timedelta(minutes=2))), {})
            if step % 11 == 0:
                choices["cancel"] = ((name,), {})
            if step % 17 == 0:
                choices["close_queue"] = (("permits",), order)
                choices["end_hours"] = (("office",), {})
            idle = [each for each in free if not told.agent_state(each).assignments]
            if idle:
                choices["assign"] = ((name, idle[0]), order)
        choices["change_agent"] = ((_agents()[step % 5],), {"by": "sonja", "because": "a drill"})
        self._of_what_is_in_hand(choices, step)
        return choices

    def _of_what_is_in_hand(self, choices: dict[str, Any], step: int) -> None:  # noqa: C901 - as above
        told = self.dispatcher
        states = {
            name: assignment.state
            for name, agent in told.in_hand().items()
            if (assignment := told.agent_state(agent).assignment(name)) is not None
        }
        active = sorted(name for name, state in states.items() if state is AssignmentState.ACTIVE)
        for agent in _AGENTS:
            state = told.agent_state(agent)
            if state.agent.wrap_up.mode != "mandatory":
                for each in state.assignments:
                    if each.state is AssignmentState.WRAP_UP:
                        choices["finish_wrap_up"] = ((agent, each.item), {})
        for name in active:
            otto = told.agent_state("otto").assignment(name)
            if otto is not None and otto.state is not AssignmentState.OFFERED and told.holder(name) != "otto":
                choices.clear()
                choices[min(("confer", "end_consult", "hand_over"), key=lambda verb: self.used[verb])] = ((name,), {})
                return
        for name in active[step % max(1, len(active)) :][:1]:
            for verb in ("complete", "requeue"):
                choices[verb] = ((name,), {})
            choices["transfer"] = ((name,), {"to_queue": "permits"})
            if told.carried(name) is None:
                hand_over = HandOver(None, "a question", waited=timedelta(0))
                choices["consult"] = ((name, require("official")), {"carrying": hand_over})
            else:
                choices["end_consult"] = ((name,), {})
            if self._is_called_back(name):
                choices["callback_unanswered"] = ((name,), {})
            else:
                choices["no_show"] = ((name,), {})

    def _is_called_back(self, name: str) -> bool:
        return any(verb == "request_callback" and about[0] == name for verb, about, _ in self.calls)

    def _item(self, step: int, topic: str = "") -> WorkItem:
        name = f"work-{step}"
        self.arrived.add(name)
        queue, channel = (("office", "voice"), ("letters", "email"), ("permits", "voice"), ("counter", "counter"))[
            step // 3 % 4
        ]
        return WorkItem(
            id=name,
            queue=queue,
            channel=CHANNELS.named(channel),
            language=("it", "de")[step // 3 % 2],
            case_owner=("", "bruno")[step % 2] or None,
            last_agent=("", "carla")[step // 3 % 2] or None,
            attributes={"topic": topic or ("", "tax", "permits")[step // 6 % 3]},
        )


def tell(dispatcher: Dispatcher, call: Call) -> RoutingDecision:
    """Tell a dispatcher one thing."""
    verb, about, more = call
    answer: RoutingDecision = getattr(dispatcher, verb)(*about, **more)
    return answer
