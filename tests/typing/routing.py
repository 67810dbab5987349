"""What a consumer's type checker sees of agents, work, requirements, decisions and measures."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, assert_type

import pendulum

from ticontact.contacts import Channel, Outcome
from ticontact.i18n import Text
from ticontact.measures import (
    DispatchRecorder,
    Ratio,
    ServiceLevel,
    WaitEstimate,
    WorkRecord,
    half_hours,
    outcome_counts,
    position_in_line,
    service_level,
)
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Dispatcher,
    Offer,
    Remedy,
    Requirement,
    RoutingDecision,
    RoutingExplanation,
    RoutingRule,
    WaitingExplanation,
    WorkItem,
    any_agent,
    best_match,
    decide,
    exclude,
    first_of,
    prefer,
    require,
    require_language,
    veto,
    weighted,
    widen,
)
from ticontact.routing.rules import installed, load, named
from ticontact.routing.rules._named import NamedRule
from ticontact.routing.rules._table import TableRule
from ticontact.routing.strategies import longest_idle
from ticontact.testing import exercise_rule, instant

NINE = instant("2026-03-18 09:00")


def asylum(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
    """A department's rule."""
    if item.queue != "asylum" or at.hour < 8:
        return any_agent
    return (require("asylum", level=3) & prefer(item.case_owner)).relax(
        after=timedelta(minutes=5), to=require("asylum")
    )


def by_name(item: WorkItem, *, at: pendulum.DateTime) -> Requirement:
    """A rule whose item could be given by name too."""
    return veto([item.case_owner or "nobody"]) & weighted({require("asylum"): 2, require_language("de"): at.hour + 1})


rule: RoutingRule = asylum
rule = by_name
rule = first_of(asylum, by_name, require("general"))
rule = lambda item, /, *, at: any_agent if item.queue and at.hour else exclude(["anna"])  # noqa: E731 - so it may be written
call = WorkItem(id="c-1", channel=Channel.named("voice"), queue="asylum")
anna = Agent(id="anna", skills={"asylum": 3}, languages=["it", "de"])
dispatcher = Dispatcher(agents=[anna], rules=[asylum, *load("")], strategy=longest_idle, ring_for=timedelta(seconds=20))

assert_type(anna.skills, Mapping[str, int])
assert_type(~require("asylum") | any_agent, Requirement)
assert_type(dispatcher.sign_in("anna", at=NINE), RoutingDecision)

decision = dispatcher.arrive(call, at=NINE)
assert_type(decision.offers, tuple[Offer, ...])
assert_type(decision.offers[0].until, pendulum.DateTime | None)
assert_type(decision.explain(), RoutingExplanation)
assert_type(decision.explain().text("it", audience="citizen"), str)
assert_type(dispatcher.explain("c-1").waits, WaitingExplanation | None)
assert_type([each for why in [dispatcher.explain("c-1").waits] if why for each in why.remedies], list[Remedy])
assert_type(decision.warnings, tuple[Text, ...])
assert_type(dispatcher.next_deadline(), pendulum.DateTime | None)
assert_type(dispatcher.holder("c-1"), str | None)
assert_type(dispatcher.waiting(), tuple[str, ...])
assert_type(dispatcher.agent_state("anna"), AgentState)
assert_type(dispatcher.agent_state("anna").status, AgentStatus)
assert_type(dispatcher.snapshot(), dict[str, Any])
assert_type(decide([call], [AgentState(agent=anna)], at=NINE), RoutingDecision)
assert_type(best_match({"anna": {"c-1": 1.0}}), Mapping[str, str])

records = [WorkRecord(item="c-1", queue="asylum", channel="voice", offered_at=NINE)]
assert_type(service_level(records, ServiceLevel(within=timedelta(seconds=20))), Ratio)
assert_type(service_level(records, ServiceLevel(within=timedelta(seconds=20))).ratio, float | None)
assert_type(outcome_counts(records).outcomes, Mapping[Outcome, int])
estimate = WaitEstimate.by_stages(position=1, agents=2, handle_time=timedelta(minutes=3))
assert_type(estimate, WaitEstimate | None)
assert_type(estimate.quantile(0.9) if estimate else None, timedelta | None)
place = position_in_line("c-1", dispatcher.waiting())
assert_type(place.text if place else None, Text | None)
recorder = DispatchRecorder([anna])
recorder.arrived(call, decision)
assert_type(recorder.records, tuple[WorkRecord, ...])
rows = half_hours(recorder.records, definition=ServiceLevel(within=timedelta(seconds=20)), present=[(NINE, NINE)])
assert_type(rows[0].occupancy, float | None)

assert_type(load("", skills=["asylum"], queues={"asylum"}), tuple[TableRule, ...])
assert_type(installed(allow=[]), Mapping[str, RoutingRule])
assert_type(installed(allow=["asylum"], on_failure=print), Mapping[str, RoutingRule])
assert_type(named(asylum, *load(""), night=by_name, **installed(allow=[])), Mapping[str, RoutingRule])
assert_type(NamedRule("night", by_name).rule, RoutingRule)
assert_type(widen(after=timedelta(minutes=5), to=require("asylum"), clock="open"), Requirement)
assert_type(require("asylum").relax(after=timedelta(minutes=5), to=any_agent, narrowing=True), Requirement)
assert_type(require("asylum").relax(after=timedelta(minutes=5), to=any_agent, or_if_absent=True), Requirement)
exercise_rule(asylum, forbidden=lambda item, agent: item.queue == "x" and not agent.skills, examples=1)
