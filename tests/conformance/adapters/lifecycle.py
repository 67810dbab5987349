"""Lifecycle cases in ticontact's own terms: graphs walked, rules tried on tickets, priorities, clocks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ticontact.contacts import Channel, Contact, ContactRef, Direction
from ticontact.errors import TransitionRefused
from ticontact.priority import Priority
from ticontact.testing import instant
from ticontact.tickets import (
    Category,
    CommandResult,
    Continue,
    Edge,
    Lifecycle,
    OpenNew,
    PriorityMatrix,
    Refusal,
    State,
    StateMap,
    Ticket,
    TicketHistory,
    Timer,
    continue_or_open,
    due_timers,
    fact,
    merge,
    resolve_merged,
    split,
)
from ticontact.tickets.commands import Assign, FireTimer, FireTrigger, Note, OpenTicket, Receive, Reply, TransferTo
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import Deadlines, SlaMetric, SlaPolicy, Target, clocks, milestones

FILE = "lifecycle_cases.json"

NINE = instant("2026-03-16 09:00")
_CATEGORIES = {
    "closed": Category.CLOSED,
    "closed successful": Category.CLOSED,
    "deleted": Category.CLOSED,
    "delivered": Category.CLOSED,
    "duplicate": Category.CLOSED,
    "merged": Category.CLOSED,
    "new": Category.NEW,
    "on_hold": Category.ON_HOLD,
    "ordered": Category.NEW,
    "pending": Category.PENDING,
    "rejected": Category.CLOSED,
    "replied": Category.PENDING,
    "resolved": Category.SOLVED,
    "solved": Category.SOLVED,
    "stalled": Category.ON_HOLD,
    "untriaged": Category.NEW,
}
_LETTER = ContactRef("c", "post", direction=Direction.INBOUND)
_MESSAGE = Contact(id="c", channel=Channel.named("email"), direction=Direction.INBOUND, created_at=NINE)


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:
    """Our answer is the expected one, in every point that the case names."""
    expected = case["expect"]
    if case["kind"] == "walk":
        actual = _walk(case, document["graphs"])
    else:
        actual = _rule(case["id"])(case["given"], document["graphs"], case["do"])
    assert expected == actual, f"expected {expected}, actual {actual}"


# Graphs --------------------------------------------------------------------------------------------------------------


def _lifecycle(graph: Any, *, rights: Mapping[str, str] | None = None, name: str = "") -> Lifecycle:
    """A graph of the file. Its edges from nowhere open tickets; rights are guards on the edges into a state."""
    needs = rights or {}
    edges = [
        Edge(
            each["trigger"],
            each["source"],
            target=each["dest"],
            guards=[needs[each["dest"]]] if each["dest"] in needs else [],
        )
        for each in graph["transitions"]
    ]
    return Lifecycle(
        name or "graph",
        [State(each, _category(each)) for each in graph["states"]],
        edges=edges,
        initial=graph["initial"],
        guards={each: fact(each) for each in needs.values()},
    )


def _category(state: str) -> Category:
    return _CATEGORIES.get(state.lower(), Category.OPEN)


def _at(lifecycle: Lifecycle, state: str) -> Ticket:
    """A ticket that is in a state by the shortest way there."""
    ticket = lifecycle.apply(None, OpenTicket(id="t", about=_LETTER), at=NINE).ticket
    ways: list[tuple[str, ...]] = [()]
    for way in ways:
        there = _along(lifecycle, ticket, way)
        if there.state == state:
            return there
        if len(way) < 4:
            ways += [(*way, trigger) for trigger in lifecycle.triggers(there.state)]
    raise AssertionError(f"no way to {state}")


def _along(lifecycle: Lifecycle, ticket: Ticket, way: Sequence[str]) -> Ticket:
    for trigger in way:
        ticket = lifecycle.apply(ticket, FireTrigger(trigger), at=NINE).ticket
    return ticket


def _walk(case: Any, graphs: Any) -> Any:
    given = case.get("given", {})
    rights = {edge.removeprefix("* -> "): right for edge, right in given.get("edge_needs", {}).items()}
    lifecycle = _lifecycle(graphs[case["graph"]], rights=rights)
    facts = dict.fromkeys(given.get("actor_rights", []), True)
    ticket = _at(lifecycle, case["start"]) if case["start"] else None
    answer: dict[str, Any] = {}
    for number, trigger in enumerate(case["steps"]):
        command = OpenTicket(id="t", trigger=trigger) if ticket is None else FireTrigger(trigger)
        decision = lifecycle.decide(ticket, command, at=NINE, facts=facts)
        if isinstance(decision, Refusal):
            answer["refused_at_step"] = number
            break
        ticket = lifecycle.apply(ticket, command, at=NINE, facts=facts).ticket
    state = "" if ticket is None else ticket.state
    if "allowed" in case["expect"]:
        answer["allowed"] = list(lifecycle.triggers(state))
    return {"state": state, **answer}


# Rules ---------------------------------------------------------------------------------------------------------------

Rule = Callable[[Any, Any, Any], Any]


def _rule(case_id: str) -> Rule:
    return next(rule for prefix, rule in _RULES.items() if case_id.startswith(prefix))


def _office(*, reopen: timedelta | None = None, guards: Sequence[str] = (), timers: Sequence[Timer] = ()) -> Lifecycle:
    """A small office in the words of the rules: open, waiting for the citizen, solved, closed, merged."""
    states = ["new", "open", "pending", "solved", "closed", "merged"]
    undone = ["new", "open", "pending"]
    return Lifecycle(
        "office",
        [State(name, _category(name)) for name in states],
        edges=[
            Edge("to:open", ["new", "pending", "solved", "open"], target="open"),
            Edge("reopen", ["solved", "closed"], target="open", guards=guards),
            Edge("to:pending", ["new", "open"], target="pending"),
            Edge("solve", undone, target="solved"),
            Edge("to:closed", [*undone, "solved"], target="closed", guards=guards),
            Edge("merge", undone, target="merged"),
            Edge("customer_reply", ["pending", "solved", "closed"], target="open", guards=guards),
        ],
        initial="new",
        guards={name: fact(name) for name in guards},
        occasions={"received": "customer_reply", "merged": "merge"},
        timers=timers,
        reopening_within=reopen,
    )


def _allowed(given: Any, graphs: Any, _do: Any) -> Any:
    return {"allowed": list(_lifecycle(graphs[given["graph"]]).triggers(given["state"]))}


def _move(given: Any, graphs: Any, _do: Any) -> Any:
    """A map is declared in one direction; none at all is a map without an answer."""
    source = _lifecycle(graphs[given["from"]], name=given["from"])
    target = _lifecycle(graphs[given["to"]], name=given["to"])
    states = given["map"].get(f"{given['from']} -> {given['to']}", {})
    ticket = _at(source, given["state"])
    command = TransferTo(StateMap(source, target, states=states))
    if isinstance(source.decide(ticket, command, at=NINE), Refusal):
        return {"refused": True, "department": ticket.record.lifecycle, "state": ticket.state}
    moved = source.apply(ticket, command, at=NINE).ticket
    return {"refused": False, "department": moved.record.lifecycle, "state": moved.state}


def _dates(given: Any, graphs: Any, do: Any) -> Any:
    lifecycle = _lifecycle(graphs[given["graph"]])
    steps = [do] if isinstance(do, str) else do
    created = steps[0].removeprefix("create").removeprefix(" in ")
    opening = OpenTicket(id="t", trigger=f"to:{created}" if created else "")
    done = lifecycle.apply(None, opening, at=NINE)
    history, ticket = [*done.events], done.ticket
    for trigger in steps[1:]:
        done = lifecycle.apply(ticket, FireTrigger(trigger), at=NINE)
        history, ticket = [*history, *done.events], done.ticket
    reached = milestones(history)
    return {"started_set": reached.started is not None, "resolved_set": reached.solved is not None}


def _offered(given: Any, graphs: Any, _do: Any) -> Any:
    """With children that are not done, ways into a done state are closed by a guard."""
    graph = graphs[given["graph"]]
    done = [state for state in graph["states"] if _category(state).is_done]
    lifecycle = _lifecycle(graph, rights=dict.fromkeys(done, "children_done"))
    children = [_category(child["state"]) for child in given.get("depends_on", [])]
    facts = {"children_done": all(child.is_done for child in children)}
    return {"allowed": list(lifecycle.available(_at(lifecycle, given["state"]), facts))}


def _close_parent(given: Any, _graphs: Any, do: Any) -> Any:
    names = ["new", "open", "closed successful", "closed unsuccessful"]
    lifecycle = Lifecycle(
        "parent",
        [State(name, _CATEGORIES.get(name, Category.CLOSED if "closed" in name else Category.OPEN)) for name in names],
        edges=[
            Edge("to:open", "new", target="open"),
            *(Edge(f"to:{name}", "open", target=name, guards="children_done") for name in given["blocked_states"]),
        ],
        initial="new",
        guards={"children_done": fact("children_done")},
    )
    facts = {"children_done": all(child["state"] in given["blocked_states"] for child in given["children"])}
    return _tried(lifecycle, _at(lifecycle, given["state"]), FireTrigger(do), facts)


def _tried(lifecycle: Lifecycle, ticket: Ticket, command: Any, facts: Mapping[str, object]) -> Any:
    decision = lifecycle.decide(ticket, command, at=NINE, facts=facts)
    refused = isinstance(decision, Refusal)
    after = ticket if refused else lifecycle.apply(ticket, command, at=NINE, facts=facts).ticket
    return {"refused": refused, "state": after.state}


_ESCALATION = {1: Priority.URGENT, 2: Priority.HIGH, 3: Priority.NORMAL, 4: Priority.LOW}
_NUMBERS = {priority: number for number, priority in _ESCALATION.items()}


def _escalate(given: Any, _graphs: Any, _do: Any) -> Any:
    """A timer that raises the priority by age, in working states alone."""
    timer = Timer(id="older", states=["new"], after=timedelta(days=given["escalate_days"]), raises_priority=True)
    lifecycle = _office(timers=[timer])
    ticket = lifecycle.apply(None, OpenTicket(id="t", priority=_ESCALATION[given["priority"]]), at=NINE).ticket
    if given["on_hold"]:
        ticket = _along(lifecycle, ticket, ["to:pending"])
    return {"priority": _NUMBERS[_run_timers(lifecycle, ticket, timedelta(days=given["age_days"])).ticket.priority]}


def _run_timers(lifecycle: Lifecycle, ticket: Ticket, idle: timedelta) -> CommandResult:
    """What has happened after a time in which nobody did anything."""
    history: list[TicketEvent] = []
    for due in due_timers(lifecycle, ticket, at=NINE + idle):
        done = lifecycle.apply(ticket, FireTimer(due.timer), at=NINE + idle)
        ticket = done.ticket
        history += done.events
    return CommandResult(ticket, tuple(history))


def _automation(given: Any, _graphs: Any, _do: Any) -> Any:
    """Two reminders after one and two weeks, solved with the second; closed a week after it was solved."""
    week = timedelta(days=7)
    timers = [
        Timer(id="first reminder", states=["pending"], after=week),
        Timer(id="second reminder", states=["pending"], after=2 * week),
        Timer(id="solve", states=["pending"], after=2 * week, trigger="solve"),
        Timer(id="close", states=["solved"], after=week, trigger="to:closed"),
    ]
    lifecycle = _office(timers=timers)
    done = _run_timers(lifecycle, _at(lifecycle, given["state"]), timedelta(days=given["idle_days"]))
    reminders = [event for event in done.events if "reminder" in getattr(event, "timer", "")]
    counted = {"reminders": len(reminders)} if given["state"] == "pending" else {}
    return {"state": done.ticket.state, **counted}


def _auto_close(given: Any, graphs: Any, _do: Any) -> Any:
    plain = _lifecycle(graphs["frappe"])
    timer = Timer(id="close", states=["Replied"], after=timedelta(days=given["auto_close_days"]), trigger="to:Closed")
    lifecycle = Lifecycle("frappe", plain.states, edges=plain.edges, initial=plain.initial, timers=[timer])
    idle = timedelta(seconds=given["idle_seconds"])
    return {"state": _run_timers(lifecycle, _at(lifecycle, given["state"]), idle).ticket.state}


def _matrix(given: Any, _graphs: Any, _do: Any) -> Any:
    """Impacts of a department, a service, a person; urgencies from critical to low."""
    numbers = {"1": (1, 1, 2, 4), "2": (1, 2, 3, 4), "3": (2, 3, 3, 4)}
    rows = {
        impact: {str(urgency): _ESCALATION[number] for urgency, number in enumerate(row, start=1)}
        for impact, row in numbers.items()
    }
    priority = PriorityMatrix(rows).priority(impact=str(given["impact"]), urgency=str(given["urgency"]))
    return {"priority": _NUMBERS[priority]}


def _threshold(given: Any, graphs: Any, _do: Any) -> Any:
    """Warnings at shares of a target; the last one fires a trigger."""
    lifecycle = _lifecycle(graphs["itop-user-request"])
    opened = lifecycle.apply(None, OpenTicket(id="t", about=_LETTER), at=NINE)
    goal = timedelta(seconds=given["goal_seconds"])
    shares = [share / 100 for share in given["thresholds"] if share < 100]
    target = Target(SlaMetric.FIRST_RESPONSE, goal, warn_at=shares)
    at = NINE + timedelta(seconds=given["elapsed_seconds"])
    (clock,) = clocks(opened.events, [SlaPolicy("tto", [target])], at=at)
    used_up = clock.due is not None and clock.due <= at
    passed = [75] * len(clock.warned) + [100] * used_up
    ticket = lifecycle.apply(opened.ticket, FireTrigger(given["on_100"]), at=at).ticket if used_up else opened.ticket
    return {"passed": passed, "highlight": "critical" if used_up else "warning", "state": ticket.state}


def _message(given: Any, _graphs: Any, _do: Any) -> Any:
    """A citizen's message to a closed ticket; status, department and topic are three guards on the way back."""
    guards = [key for key in ("status_allows", "department_allows", "topic_allows") if key in given]
    lifecycle = _office(guards=guards)
    may_close = dict.fromkeys(guards, True)
    opened = _along(lifecycle, lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket, ["to:open"])
    closed = lifecycle.apply(opened, FireTrigger("to:closed"), at=NINE, facts=may_close).ticket
    command = Receive(_LETTER, automatic=given.get("auto_reply", False))
    if isinstance(lifecycle.decide(closed, command, at=NINE, facts=given), Refusal):
        return {"state": closed.state}
    done = lifecycle.apply(closed, command, at=NINE, facts=given)
    answer: dict[str, object] = {"state": done.ticket.state}
    if done.ticket.state == "open":
        reached = milestones([*_past(lifecycle), *done.events])
        answer |= {"reopened_at_set": reached.reopened == 1, "closed_at": reached.closed}
    return answer


def _past(lifecycle: Lifecycle) -> Iterable[TicketEvent]:
    opened = lifecycle.apply(None, OpenTicket(id="t"), at=NINE)
    facts = dict.fromkeys(lifecycle.guards, True)
    return (*opened.events, *lifecycle.apply(opened.ticket, FireTrigger("to:closed"), at=NINE, facts=facts).events)


def _owner(given: Any, _graphs: Any, _do: Any) -> Any:
    """Whoever is in charge stays so; a department takes somebody who is away out of charge."""
    lifecycle = _office()
    ticket = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
    closed = lifecycle.apply_all(ticket, [Assign(given["closed_by"]), FireTrigger("to:closed")], at=NINE).ticket
    away = [] if given["agent_available"] else [Assign("")]
    after = lifecycle.apply_all(closed, [Receive(_LETTER), *away], at=NINE).ticket
    return {"state": after.state, "owner": after.owner or None}


def _same_status(given: Any, _graphs: Any, do: Any) -> Any:
    lifecycle = _office()
    return _tried(lifecycle, _at(lifecycle, given["state"]), FireTrigger(do), {})


def _close_right(given: Any, _graphs: Any, do: Any) -> Any:
    lifecycle = _office(guards=["close", "closable"])
    opened = _along(lifecycle, lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket, ["to:open"])
    facts = {**dict.fromkeys(given["actor_rights"], True), "closable": given.get("closable", True)}
    return _tried(lifecycle, opened, FireTrigger(do), facts)


def _merge(_given: Any, _graphs: Any, _do: Any) -> Any:
    """Notes are counted as the source counts them: those of both tickets, and the trace of the merge."""
    lifecycle = _office()
    left, right = (lifecycle.open(OpenTicket(id=name), at=NINE) for name in ("source", "target"))
    noted = lifecycle.apply(left, Note("one", public=True), at=NINE)
    kept = lifecycle.apply(right, Note("two", public=True), at=NINE)
    merger = merge(lifecycle, noted, kept.as_stored(), at=NINE)
    closed = merger.source.ticket.category.is_done
    comments = [*noted.events[1:], *kept.events[1:], *merger.target.new]
    return {
        "source": {"state": "Closed" if closed else "Open", "merged_into": merger.source.ticket.merged_into},
        "target": {"state": "Open", "comments": len(comments)},
    }


def _delivered(given: Any, _graphs: Any, _do: Any) -> Any:
    """A reply goes to where the merged ticket ends; the ticket itself takes none."""
    lifecycle = _office()
    source, target = (lifecycle.open(OpenTicket(id=name), at=NINE) for name in ("source", "target"))
    merged = merge(lifecycle, source, target, at=NINE).source.ticket
    assert isinstance(lifecycle.decide(merged, Receive(_LETTER), at=NINE), Refusal)
    into = {name: fate["merged_into"] for name, fate in given.items()}
    return {"source": {"state": given["source"]["state"]}, "delivered_to": resolve_merged(merged.id, into)}


def _circle(given: Any, _graphs: Any, do: Any) -> Any:
    """Who asks for the end of a circle gets none; a reply then stays where it came."""
    into = {name: fate["merged_into"] for name, fate in given.items() if "merged_into" in fate}
    first = min(given, key=str.lower)
    end = resolve_merged(first, into)
    return {"delivered_to": end or first} if "reply" in do else {"target": end}


def _refused_merge(given: Any, _graphs: Any, do: Any) -> Any:
    lifecycle = _office()
    source, target, other = (lifecycle.open(OpenTicket(id=name), at=NINE) for name in ("t1", "t2", "t9"))
    if do == "split":
        return {"refused": _raises(lambda: split(lifecycle, _closed(lifecycle, source), OpenTicket(id="n"), at=NINE))}
    if do == "reopen":
        merged = merge(lifecycle, source, other, at=NINE).source.ticket
        return {"refused": isinstance(lifecycle.decide(merged, FireTrigger("reopen"), at=NINE), Refusal)}
    if given["source"] == given.get("target"):
        target = source
    elif given["source"].get("state") == "Closed":
        source = _closed(lifecycle, source)
    else:
        source = merge(lifecycle, source, other, at=NINE).source
    return {"refused": _raises(lambda: merge(lifecycle, source, target, at=NINE))}


def _closed(lifecycle: Lifecycle, history: TicketHistory) -> TicketHistory:
    return lifecycle.apply(history, FireTrigger("to:closed"), at=NINE)


def _raises(action: Callable[[], object]) -> bool:
    try:
        action()
    except TransitionRefused:
        return True
    return False


def _merge_into_closed(_given: Any, _graphs: Any, _do: Any) -> Any:
    lifecycle = _office()
    source, target = (lifecycle.open(OpenTicket(id=name), at=NINE) for name in ("t1", "t2"))
    return {"target": {"state": merge(lifecycle, source, _closed(lifecycle, target), at=NINE).target.ticket.state}}


def _default_status(given: Any, _graphs: Any, _do: Any) -> Any:
    """The state that a reply leads to is the lifecycle's own."""
    lifecycle = Lifecycle(
        "frappe",
        [State("New", Category.NEW), State("Replied", Category.PENDING)],
        edges=[
            Edge("reply", "New", target="Replied"),
            Edge("customer_reply", "Replied", target=given["default_status"]),
        ],
        initial="New",
        occasions={"received": "customer_reply"},
    )
    return {"state": lifecycle.apply(_at(lifecycle, given["state"]), Receive(_LETTER), at=NINE).ticket.state}


def _reopening(given: Any, _graphs: Any, do: Any) -> Any:
    """Within the window the ticket opens again; after it, it stays, and a ticket follows it up."""
    solved = "resolved_days_ago" in given
    window = timedelta(days=given.get("reopen_days", 0))
    lifecycle = _office(reopen=window)
    ticket = _along(lifecycle, lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket, ["solve"])
    ticket = ticket if solved else _along(lifecycle, ticket, ["to:closed"])
    later = NINE + timedelta(days=given.get("closed_days_ago", given.get("resolved_days_ago", 1)))
    if do == "reopen":
        refused = isinstance(lifecycle.decide(ticket, FireTrigger("reopen"), at=later), Refusal)
        return {"refused": refused, "state": given["state"]}
    return _followed(lifecycle, ticket, later)


def _followed(lifecycle: Lifecycle, ticket: Ticket, later: datetime) -> Any:
    match continue_or_open(_MESSAGE, [ticket], lifecycles=lifecycle, thread=ticket.id, at=later):
        case Continue(ticket=continued):
            assert continued == ticket.id
            return {"state": lifecycle.apply(ticket, Receive(_LETTER), at=later).ticket.state}
        case OpenNew(follow_up_of=closed):
            assert isinstance(lifecycle.decide(ticket, Receive(_LETTER), at=later), Refusal)
            new = lifecycle.apply(None, OpenTicket(id="n", about=_LETTER, follow_up_of=closed), at=later).ticket
            assert new.linked("follow_up_of") == (ticket.id,)
            return {"state": ticket.state, "new_ticket": {"follow_up_of": "the closed ticket"}}
    raise AssertionError("neither")


def _follow_up(given: Any, graphs: Any, do: Any) -> Any:
    answer = _reopening(given, graphs, do)
    return {**answer, "new_ticket": {"state": _office().initial, **answer["new_ticket"]}}


def _no_clocks(_given: Any, _graphs: Any, _do: Any) -> Any:
    lifecycle = _office()
    source, target = (lifecycle.open(OpenTicket(id=name, about=_LETTER), at=NINE) for name in ("t1", "t2"))
    merged = merge(lifecycle, source, target, at=NINE).source
    policy = SlaPolicy("all", [Target(SlaMetric.RESOLUTION, timedelta(hours=1))])
    return {"next_deadline": Deadlines().put("t1", clocks(merged, [policy], at=NINE))}


def _metrics_of_department(given: Any, _graphs: Any, _do: Any) -> Any:
    """Policies belong to departments: after a transfer those of the other one fit."""
    here = _office()
    there = Lifecycle(
        given["new_department"],
        [State("new", Category.NEW), State("closed", Category.CLOSED)],
        edges=[Edge("close", "new", target="closed")],
        initial="new",
    )
    hour = timedelta(hours=1)
    policies = [
        SlaPolicy("here", [Target(SlaMetric(name), hour) for name in given["metrics"]], when={"lifecycle": "office"}),
        SlaPolicy(
            "there", [Target(SlaMetric(name), hour) for name in given["new_metrics"]], when={"lifecycle": there.name}
        ),
    ]
    opened = here.apply(None, OpenTicket(id="t", about=_LETTER), at=NINE)
    before = clocks(opened.events, policies, at=NINE)
    assert given["metrics"] == [clock.metric.value for clock in before]
    moved = here.apply(opened.ticket, TransferTo(StateMap(here, there, states={"new": "new"})), at=NINE)
    after = clocks(opened.events + moved.events, policies, at=NINE)
    return {"metrics": [clock.metric.value for clock in after]}


def _first_before_next(given: Any, _graphs: Any, _do: Any) -> Any:
    targets = [Target(SlaMetric(name), timedelta(seconds=each)) for name, each in given["targets_seconds"].items()]
    opened = _office().apply(None, OpenTicket(id="t", about=_LETTER), at=NINE)
    deadline = Deadlines().put("t", clocks(opened.events, [SlaPolicy("all", targets)], at=NINE))
    return {"metric": None if deadline is None else deadline.metric}


def _reply_and_pending(_given: Any, _graphs: Any, _do: Any) -> Any:
    lifecycle = _office()
    opened = lifecycle.apply(None, OpenTicket(id="t", about=_LETTER), at=NINE)
    replied = lifecycle.apply_all(opened.ticket, [Reply(), FireTrigger("to:pending")], at=NINE)
    policy = SlaPolicy("all", [Target(SlaMetric.FIRST_RESPONSE, timedelta(hours=1))])
    (clock,) = clocks(opened.events + replied.events, [policy], at=NINE)
    return {"met": clock.met}


_RULES: Mapping[str, Rule] = {
    "rt-allowed": _allowed,
    "rt-move": _move,
    "rt-dates": _dates,
    "rt-parent": _offered,
    "rt-child": _offered,
    "django-helpdesk-escalate": _escalate,
    "itop-priority": _matrix,
    "itop-threshold": _threshold,
    "zendesk-follow-up": _follow_up,
    "gitlab-automation": _automation,
    "osticket-reopen": _owner,
    "osticket-same-status": _same_status,
    "osticket-close-": _close_right,
    "osticket-": _message,
    "frappe-merge-cycle": _circle,
    "frappe-reply-on-cycle": _circle,
    "frappe-merge-closed": _refused_merge,
    "frappe-split-closed": _refused_merge,
    "frappe-merge": _merge,
    "frappe-reply-to-merged": _delivered,
    "frappe-auto-close": _auto_close,
    "frappe-customer-reply": _default_status,
    "attend-merge-open": _merge_into_closed,
    "attend-merge-chain": _circle,
    "attend-": _refused_merge,
    "znuny-parent-close": _close_parent,
    "zammad-merged": _no_clocks,
    "zammad-department": _metrics_of_department,
    "zammad-first": _first_before_next,
    "zammad-reply": _reply_and_pending,
    "zammad-reopen": _reopening,
    "hackclub-reopen": _reopening,
}
