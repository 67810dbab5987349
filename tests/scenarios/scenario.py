"""Scenarios of a contact centre, as tables in TOML that its own people can read, and the interpreter that runs them.

A file has a `title`, a sentence `says`, an `[office]`, its `[[agent]]`s, `[[queue]]`s and `rules`, and its `[[step]]`s.
Each step has an instant `at`, exactly one thing that happens, and all that follows from it: every offer made, taken
back or missed, and every diversion. A step that is refused says the `error`, and the `stage` that the work is in where
the error has one. A step without any consequence says `nothing = true`. Keys that nobody knows, consequences that are
left out and steps that expect nothing are errors, so no scenario passes empty.

The agents of a file sign in at six in the morning in the order in which they stand, a second apart, unless they say
`signed_in = false`.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import pendulum
from scenario_office import Scenario, agent, read
from scenario_table import Broken, Table, amount
from scenario_work import called_back, moment, wish, work

from ticontact import errors
from ticontact.priority import Priority
from ticontact.routing import AgentStatus, Dispatcher, Offer, RoutingDecision, SupervisorAction
from ticontact.testing import instant

__all__ = ["Broken", "Run", "read", "run"]


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
        self._series = dict(scenario.series)
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
        at = moment(step.need("at"), self._scenario.day)
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
            _same(step, "stage", getattr(error, "stage", ""), step.take("stage", ""))
            self._compare_after_refusal(step, before, at)
        else:
            _same(step, "error", None, refused)
            self._compare_what_follows(step, decision)
        self._compare_what_stands(step)
        step.finish()

    # What happens

    def arrives(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """A piece of work comes in."""
        table = Table(event, "arrives")
        return self._enters(table, table.need("id"), at)

    def draws(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """Somebody draws the next ticket of a series, and waits for the counter."""
        table = Table({"channel": "counter", **event}, "draws")
        letter, expected = table.need("series"), table.need("ticket")
        ticket, self._series[letter] = self._series[letter].draw()
        if ticket != expected:
            raise Broken(f"draws: the ticket is {ticket!r}, the scenario says {expected!r}")
        return self._enters(table, ticket, at)

    def _enters(self, table: Table, name: str, at: pendulum.DateTime) -> RoutingDecision:
        wait = amount(table.take("estimated_wait", "0s"))
        item = work(table, name, day=self._scenario.day, at=at)
        return self._dispatcher.arrive(item, at=at, estimated_wait=wait)

    def wants_to_be_called(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """Somebody who waits hangs up, and is called instead."""
        arranged = {name: value for name, value in event.items() if name != "item"}
        return self._dispatcher.request_callback(event["item"], called_back(arranged, self._scenario.day), at=at)

    def orders(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """The supervisor gives an order: `by` whom, `because` of what, one command, and its object `to`."""
        table = Table(event, "orders")
        order: dict[str, Any] = {"by": table.take("by", ""), "because": table.take("because", ""), "at": at}
        commands = [name for name in _COMMANDS if name in table]
        if len(commands) != 1:
            raise Broken(f"orders: {len(commands)} commands; allowed: one")
        [command] = commands
        subject, new = table.need(command), table.take("to")
        table.finish()
        return _COMMANDS[command](self._dispatcher, subject, new, order)

    def accepts(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """An agent takes what was offered last to that agent of that work."""
        return self._dispatcher.accept(self._offer(event), at=at)

    def declines(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """An agent does not take it."""
        return self._dispatcher.decline(self._offer(event), at=at)

    def _offer(self, event: Any) -> Offer:
        [(agent, item)] = event.items()
        if (agent, item) not in self._offers:
            raise Broken(f"{item} was never offered to {agent}")
        return self._offers[agent, item]

    def asks(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """The operator asks an official to join."""
        asked = {name: value for name, value in event.items() if name != "about"}
        return self._dispatcher.consult(event["about"], wish(asked, "asks"), at=at)

    def requeues(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """The operator gives it back, with another wish or the same one."""
        if isinstance(event, str):
            return self._dispatcher.requeue(event, at=at)
        asked = {name: value for name, value in event.items() if name != "item"}
        return self._dispatcher.requeue(event["item"], at=at, requirement=wish(asked, "requeues"))

    def transfers(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """The operator sends it on, to a queue or to an agent, with another wish or the same one."""
        table = Table(event, "transfers")
        item, to_queue, to_agent = table.need("item"), table.take("to_queue"), table.take("to_agent")
        asked = {"skill": table.take("skill")} if "skill" in table else {}
        table.finish()
        requirement = wish(asked, "transfers") if asked else None
        return self._dispatcher.transfer(item, to_queue=to_queue, to_agent=to_agent, requirement=requirement, at=at)

    def finishes_wrap_up(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """An agent is done with the work after a contact."""
        [(agent, item)] = event.items()
        return self._dispatcher.finish_wrap_up(agent, item, at=at)

    def goes_to(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """An agent is somewhere else, or back."""
        [(agent, status)] = event.items()
        return self._dispatcher.set_status(agent, AgentStatus(status), at=at)

    def simply(self, verb: str, name: str, at: pendulum.DateTime, **more: Any) -> RoutingDecision:
        """What concerns one item, one agent or one queue."""
        told: RoutingDecision = getattr(self._dispatcher, verb)(name, at=at, **more)
        return told

    def time_passes(self, event: Any, at: pendulum.DateTime) -> RoutingDecision:
        """Nothing else happens."""
        if event is not True:
            raise Broken("time_passes: allowed: true")
        return self._dispatcher.advance(at=at)

    # What follows and what stands

    def _compare_what_follows(self, step: Table, decision: RoutingDecision) -> None:
        for offer in decision.offers:
            self._offers[offer.agent, offer.item] = offer
        followed = {
            "rings": _pairs(decision.offers),
            "stops_ringing": _pairs(decision.revoked),
            "missed": _pairs(decision.expired),
            "overflowed": {each.item: f"{each.to}, {each.because}" for each in decision.overflowed},
            "returned": list(decision.returned),
            "consult_transfers": {each.item: each.agent for each in decision.consult_transfers},
            "suspended": {each.item: each.agent for each in decision.suspended},
            "resumed": {each.item: each.agent for each in decision.resumed},
            "closed": {each.item: each.reason.value for each in decision.closed},
            "called_again": list(decision.called_again),
            "supervisor_actions": [_line(each) for each in decision.supervisor_actions],
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
        for name, assignments in step.take("in_hand", {}).items():
            agent_state = dispatcher.agent_state(name)
            held = {each.item: each.state.value for each in agent_state.assignments}
            _same(step, f"in_hand.{name}", held, assignments)
        for name, status in step.take("status", {}).items():
            _same(step, f"status.{name}", dispatcher.agent_state(name).status.value, status)
        for item, reasons in step.take("why", {}).items():
            found = {
                eligibility.agent: eligibility.reason.why.value
                for eligibility in dispatcher.explain(item).eligibilities
            }
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


def _line(order: SupervisorAction) -> str:
    """A line of the audit trail."""
    return f"{order.by}: {order.command} {order.subject} from [{order.before}] to [{order.after}], {order.because}"


def _same(step: Table, what: str, found: Any, told: Any) -> None:
    if found != told:
        raise Broken(f"{step.place}: {what} is {found!r}, the scenario says {told!r}")


_COMMANDS: Final[Mapping[str, Callable[[Dispatcher, Any, Any, dict[str, Any]], RoutingDecision]]] = {
    "close_queue": lambda here, queue, _, order: here.close_queue(queue, **order),
    "change_priority": lambda here, item, new, order: here.change_priority(item, Priority.named(new), **order),
    "change_queue": lambda here, item, queue, order: here.change_queue(item, queue, **order),
    "assign": lambda here, item, name, order: here.assign(item, name, **order),
    "change_agent": lambda here, name, new, order: here.change_agent(agent({"id": name, **new})[0], **order),
}


def _verb(name: str) -> Callable[[Run, Any, pendulum.DateTime], RoutingDecision]:
    return lambda run, event, at: run.simply(name, event, at)


_VERBS: Final[Mapping[str, Callable[[Run, Any, pendulum.DateTime], RoutingDecision]]] = {
    "arrives": Run.arrives,
    "accepts": Run.accepts,
    "declines": Run.declines,
    "joins": Run.accepts,
    "asks": Run.asks,
    "requeues": Run.requeues,
    "transfers": Run.transfers,
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
    "closes": _verb("end_hours"),
    "loses": _verb("disconnect"),
    "draws": Run.draws,
    "wants_to_be_called": Run.wants_to_be_called,
    "is_not_reached": _verb("callback_unanswered"),
    "does_not_come": _verb("no_show"),
    "orders": Run.orders,
}


def run(text: str, *, is_restarted: bool) -> None:
    """Run a scenario.

    Raises:
        Broken: If it says too little, too much, or something else than what happens.
    """
    Run(read(text), is_restarted=is_restarted).go()
