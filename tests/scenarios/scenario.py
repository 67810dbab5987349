"""Scenarios of a contact centre, as tables in TOML that its own people can read, and the interpreter that runs them.

A file has a `title`, a sentence `says`, an `[office]`, its `[[agent]]`s, `[[queue]]`s and `rules`, and its `[[step]]`s.
Each step has an instant `at`, exactly one thing that happens, and all that follows from it: every offer made, taken
back or missed, and every diversion. A step without any consequence says `nothing = true`. Keys that nobody knows,
consequences that are left out and steps that expect nothing are errors, so no scenario passes empty.

The agents of a file sign in at six in the morning in the order in which they stand, a second apart, unless they say
`signed_in = false`.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import reduce
from typing import Any, Final

import attrs
import pendulum

from ticontact import errors
from ticontact.contacts import Channel
from ticontact.hours import BusinessCalendar, Week
from ticontact.priority import Priority
from ticontact.routing import (
    STRATEGIES,
    Agent,
    Decision,
    Dispatcher,
    Offer,
    Presence,
    Queue,
    Requirement,
    WorkItem,
    WrapUp,
    anyone,
    exclude,
    permit,
    prefer,
    require,
    rules,
    speak,
)
from ticontact.testing import instant

__all__ = ["Broken", "Run", "read", "run"]

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours"}
_ZONE: Final = "Europe/Zurich"


class Broken(Exception):
    """A scenario that says too little, too much, or something else than what happens."""


class Table:
    """A table of a file, which knows what has been read of it. It is mutable.

    Args:
        values: What stands there.
        place: Where it stands.
    """

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        self._left = dict(values)
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key, which counts as read."""
        return self._left.pop(key, default)

    def need(self, key: str) -> Any:
        """The value of a key that must be there."""
        if key not in self._left:
            raise Broken(f"{self.place}: {key!r} is missing")
        return self._left.pop(key)

    def finish(self) -> None:
        """Refuse what nobody has read."""
        if self._left:
            raise Broken(f"{self.place}: nobody knows {', '.join(sorted(self._left))}")


def _amount(text: str) -> timedelta:
    parts = re.fullmatch(r"(\d+)([smh])", text)
    if parts is None:
        raise Broken(f"{text!r} is no amount of time, such as 20s, 5m or 1h")
    return timedelta(**{_UNITS[parts[2]]: int(parts[1])})


def _wish(values: Any, place: str) -> Requirement:
    """What a piece of work asks."""
    table = Table(values or {}, place)
    asked = [anyone]
    if skill := table.take("skill"):
        asked.append(require(skill, level=table.take("level", 1)))
    if languages := table.take("speaks"):
        asked.append(speak(*languages))
    if permission := table.take("permission"):
        asked.append(permit(permission))
    if never := table.take("never"):
        asked.append(exclude(never))
    if skill := table.take("without"):
        asked.append(exclude(skill=skill))
    if who := table.take("wishes_for"):
        asked.append(prefer(who, hold=_amount(table.take("hold", "0s"))))
    if skill := table.take("rather"):
        asked.append(prefer(skill=skill))
    whole = reduce(lambda one, other: one & other, asked)
    for step in table.take("later", []):
        after = _amount(step["after"])
        clock = step.get("clock", "elapsed")
        rest = {name: value for name, value in step.items() if name not in {"after", "clock"}}
        whole = whole.relax(after=after, to=_wish(rest, f"{place}.later"), clock=clock)
    table.finish()
    return whole


def _agent(values: Mapping[str, Any]) -> tuple[Agent, bool]:
    """An agent, and whether the agent is there from the beginning."""
    table = Table(values, f"agent {values.get('id')}")
    mode, length = table.take("wrap_up", "none"), _amount(table.take("wrap_up_for", "0s"))
    agent = Agent(
        id=table.need("id"),
        skills=table.take("skills", {}),
        languages=table.take("languages", []),
        permissions=table.take("permissions", []),
        capacity=table.take("capacity", 1),
        limits=table.take("limits", {}),
        wrap_up=WrapUp(mode, length),
    )
    is_there = table.take("signed_in", True)
    table.finish()
    return agent, is_there


def _queue(values: Mapping[str, Any]) -> Queue:
    table = Table(values, f"queue {values.get('id')}")
    week = table.take("hours")
    queue = Queue(
        id=table.need("id"),
        limit=table.take("limit"),
        fallback=table.take("fallback", ""),
        calendar=BusinessCalendar(zone=_ZONE, week=Week.parse(week)) if week else None,
    )
    table.finish()
    return queue


@attrs.frozen
class Scenario:
    """A scenario that has been read.

    Attributes:
        title: What it is about.
        day: Its day, as in `2026-03-18`.
        office: Makes the dispatcher, always alike.
        present: Who is there from the beginning.
        steps: What happens.
    """

    title: str
    day: str
    office: Callable[[], Dispatcher]
    present: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]


def read(text: str) -> Scenario:
    """Read a scenario.

    Raises:
        Broken: If it has a key that nobody knows, or lacks one.
    """
    file = Table(tomllib.loads(text), "file")
    agents = [_agent(each) for each in file.need("agent")]
    queues = [_queue(each) for each in file.take("queue", [])]
    laws = rules.load(file.take("rules", ""))
    office = Table(file.take("office", {}), "office")
    ring_for = office.take("ring_for")
    arguments: dict[str, Any] = {
        "ring_for": _amount(ring_for) if ring_for else None,
        "head_start": {Priority.named(name): _amount(worth) for name, worth in office.take("head_start", {}).items()},
        "offers_at_once": office.take("offers_at_once", 1),
        "misses_allowed": office.take("misses_allowed", 1),
        "priorities": office.take("priorities", "ageing"),
        "strategy": STRATEGIES[office.take("strategy", "longest_idle")],
    }
    office.finish()
    scenario = Scenario(
        title=file.need("title") + ": " + file.need("says"),
        day=file.take("day", "2026-03-18"),
        office=lambda: Dispatcher(agents=[agent for agent, _ in agents], rules=laws, queues=queues, **arguments),
        present=tuple(agent.id for agent, is_there in agents if is_there),
        steps=tuple(file.need("step")),
    )
    file.finish()
    return scenario


class Run:
    """One run of a scenario. It is mutable.

    Args:
        scenario: What happens.
        is_restarted: Whether the dispatcher is made anew from its snapshot before every step.
    """

    def __init__(self, scenario: Scenario, *, is_restarted: bool) -> None:
        self._scenario = scenario
        self._is_restarted = is_restarted
        self._offers: dict[tuple[str, str], Offer] = {}
        self._dispatcher = scenario.office()
        six = instant(f"{scenario.day} 06:00")
        for number, name in enumerate(scenario.present):
            self._dispatcher.sign_in(name, at=six.add(seconds=number))

    def go(self) -> None:
        """Run all steps.

        Raises:
            Broken: At the first step that says something else than what happens.
        """
        for number, values in enumerate(self._scenario.steps, 1):
            if self._is_restarted:
                self._restart()
            self._step(Table(values, f"step {number} at {values.get('at')}"))

    def _restart(self) -> None:
        self._dispatcher = self._restored(json.loads(json.dumps(self._dispatcher.snapshot())))

    def _restored(self, data: dict[str, Any]) -> Dispatcher:
        dispatcher = self._scenario.office()
        dispatcher.restore(data)
        return dispatcher

    def _step(self, step: Table) -> None:
        at = self._instant(step.need("at"))
        happening = [verb for verb in _VERBS if verb in step]
        if len(happening) != 1:
            raise Broken(f"{step.place}: {len(happening)} things happen; allowed: one")
        event = step.take(happening[0])
        refused = step.take("error")
        before = self._dispatcher.snapshot()
        try:
            decision = _VERBS[happening[0]](self, event, at)
        except errors.TicontactError as error:
            _same(step, "error", type(error).__name__, refused)
            self._compare_after_refusal(step, before, at)
        else:
            _same(step, "error", None, refused)
            self._compare_what_follows(step, decision)
        self._compare_what_stands(step)
        step.finish()

    def _instant(self, text: str) -> pendulum.DateTime:
        return instant(text if "-" in text else f"{self._scenario.day} {text}")

    # What happens

    def arrives(self, event: Any, at: pendulum.DateTime) -> Decision:
        """A piece of work comes in."""
        table = Table(event, "arrives")
        instants: dict[str, Any] = {
            name: self._instant(table.take(name))
            for name in ("entered_at", "not_before", "promote_at")
            if name in table
        }
        item = WorkItem(
            id=table.need("id"),
            channel=Channel.named(table.take("channel", "voice")),
            queue=table.take("queue", ""),
            requirement=_wish(table.take("needs"), "arrives.needs"),
            priority=Priority.named(table.take("priority", "normal")),
            language=table.take("language", ""),
            case_owner=table.take("case_owner"),
            last_agent=table.take("last_agent"),
            cost=table.take("cost", 1),
            attributes=table.take("attributes", {}),
            **instants,
        )
        table.finish()
        return self._dispatcher.arrive(item, at=at)

    def accepts(self, event: Any, at: pendulum.DateTime) -> Decision:
        """An agent takes what was offered last to that agent of that work."""
        return self._dispatcher.accept(self._offer(event), at=at)

    def declines(self, event: Any, at: pendulum.DateTime) -> Decision:
        """An agent does not take it."""
        return self._dispatcher.decline(self._offer(event), at=at)

    def _offer(self, event: Any) -> Offer:
        [(agent, item)] = event.items()
        if (agent, item) not in self._offers:
            raise Broken(f"{item} was never offered to {agent}")
        return self._offers[agent, item]

    def asks(self, event: Any, at: pendulum.DateTime) -> Decision:
        """The operator asks an official to join."""
        wish = {name: value for name, value in event.items() if name != "about"}
        return self._dispatcher.consult(event["about"], _wish(wish, "asks"), at=at)

    def requeues(self, event: Any, at: pendulum.DateTime) -> Decision:
        """The operator gives it back, with another wish or the same one."""
        if isinstance(event, str):
            return self._dispatcher.requeue(event, at=at)
        wish = {name: value for name, value in event.items() if name != "item"}
        return self._dispatcher.requeue(event["item"], at=at, requirement=_wish(wish, "requeues"))

    def finishes_wrap_up(self, event: Any, at: pendulum.DateTime) -> Decision:
        """An agent is done with the work after a contact."""
        [(agent, item)] = event.items()
        return self._dispatcher.finish_wrap_up(agent, item, at=at)

    def goes_to(self, event: Any, at: pendulum.DateTime) -> Decision:
        """An agent is somewhere else, or back."""
        [(agent, presence)] = event.items()
        return self._dispatcher.set_presence(agent, Presence(presence), at=at)

    def simply(self, verb: str, name: str, at: pendulum.DateTime, **more: Any) -> Decision:
        """What concerns one item, one agent or one queue."""
        told: Decision = getattr(self._dispatcher, verb)(name, at=at, **more)
        return told

    def time_passes(self, event: Any, at: pendulum.DateTime) -> Decision:
        """Nothing else happens."""
        if event is not True:
            raise Broken("time_passes: allowed: true")
        return self._dispatcher.advance(at=at)

    # What follows and what stands

    def _compare_what_follows(self, step: Table, decision: Decision) -> None:
        for offer in decision.offers:
            self._offers[offer.agent, offer.item] = offer
        followed = {
            "rings": _pairs(decision.offers),
            "stops_ringing": _pairs(decision.revoked),
            "missed": _pairs(decision.expired),
            "diverted": {each.item: f"{each.to}, {each.because}" for each in decision.diverted},
            "returned": list(decision.returned),
            "taken_over": {each.item: each.agent for each in decision.taken_over},
            "interrupted": {each.item: each.agent for each in decision.interrupted},
            "resumed": {each.item: each.agent for each in decision.resumed},
            "ended": [each.item for each in decision.ended],
            "called_again": list(decision.called_again),
            "failures": [failure.rule for failure in decision.failures],
        }
        for name, told in followed.items():
            _same(step, name, told, step.take(name, type(told)()))
        _same(step, "nothing", not any(followed.values()), step.take("nothing", False))
        if step.take("warns", False) != bool(decision.warnings):
            raise Broken(f"{step.place}: warns is not {bool(decision.warnings)}")

    def _compare_after_refusal(self, step: Table, before: dict[str, Any], at: pendulum.DateTime) -> None:
        """Nothing has changed, or only what time alone has changed until the refusal."""
        after = self._dispatcher.snapshot()
        if after != before:
            waiting = self._restored(before)
            waiting.advance(at=at)
            if after != waiting.snapshot():
                raise Broken(f"{step.place}: what was refused has changed something")

    def _compare_what_stands(self, step: Table) -> None:
        dispatcher = self._dispatcher
        if "waiting" in step:
            _same(step, "waiting", list(dispatcher.waiting()), step.take("waiting"))
        for agent, holdings in step.take("in_hand", {}).items():
            standing = dispatcher.standing(agent)
            held = {each.item: each.phase.value for each in standing.holdings}
            _same(step, f"in_hand.{agent}", held, holdings)
        for agent, presence in step.take("presence", {}).items():
            _same(step, f"presence.{agent}", dispatcher.standing(agent).presence.value, presence)
        for item, reasons in step.take("why", {}).items():
            found = {verdict.agent: verdict.reason.why.value for verdict in dispatcher.explain(item).verdicts}
            _same(step, f"why.{item}", found, reasons)
        if "next_deadline" in step:
            due = dispatcher.next_deadline()
            told = "none" if due is None else due.format("HH:mm:ss")
            _same(step, "next_deadline", told, step.take("next_deadline"))


def _pairs(offers: tuple[Offer, ...]) -> dict[str, Any]:
    """Offers by their item: the agent, or the agents if there are several."""
    agents: dict[str, list[str]] = {}
    for offer in offers:
        agents.setdefault(offer.item, []).append(offer.agent)
    return {item: names[0] if len(names) == 1 else names for item, names in agents.items()}


def _same(step: Table, what: str, found: Any, told: Any) -> None:
    if found != told:
        raise Broken(f"{step.place}: {what} is {found!r}, the scenario says {told!r}")


def _verb(name: str) -> Callable[[Run, Any, pendulum.DateTime], Decision]:
    return lambda run, event, at: run.simply(name, event, at)


_VERBS: Final[Mapping[str, Callable[[Run, Any, pendulum.DateTime], Decision]]] = {
    "arrives": Run.arrives,
    "accepts": Run.accepts,
    "declines": Run.declines,
    "joins": Run.accepts,
    "asks": Run.asks,
    "requeues": Run.requeues,
    "finishes_wrap_up": Run.finishes_wrap_up,
    "goes_to": Run.goes_to,
    "time_passes": Run.time_passes,
    "signs_in": _verb("sign_in"),
    "signs_out": _verb("sign_out"),
    "hangs_up": _verb("cancel"),
    "completes": _verb("complete"),
    "completes_and_wants_wrap_up": lambda run, event, at: run.simply("complete", event, at, wants_wrap_up=True),
    "hands_over": _verb("hand_over"),
    "ends_consult": _verb("end_consult"),
    "confers": _verb("confer"),
    "closes": _verb("close"),
    "closes_now": lambda run, event, at: run.simply("close", event, at, because="closed_now"),
    "loses": _verb("lose"),
}


def run(text: str, *, is_restarted: bool) -> None:
    """Run a scenario.

    Raises:
        Broken: If it says too little, too much, or something else than what happens.
    """
    Run(read(text), is_restarted=is_restarted).go()
