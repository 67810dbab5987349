"""Routing cases in ticontact's own terms: what each peer's setting is called here.

Each group of cases that ask one kind of question has one translator below; `_CASES` says which case goes to which.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from adapters.routing_agents import best_pairs, by_levels, outbound, ranked, round_robin
from adapters.routing_fit import considered, expression, magic_skills, required, selectors
from adapters.routing_line import backlog_first, declined_keeps_its_age, lined_up, next_for_one, queue_order
from adapters.routing_offers import (
    affinity,
    all_at_once,
    comes_online,
    missed,
    offer_life,
    returning,
    wrap_up_by_agent,
    wrap_up_edge,
)
from adapters.routing_room import batch, capacity, inbox_limits, unlimited
from adapters.routing_steps import (
    bullseye,
    by_score,
    dropped_skills,
    penalty_windows,
    preferred_then_all,
    reverse_bullseye,
    ring_clock,
    tiers_in_time,
)
from conformance_kit import NotBuilt

FILE = "routing_cases.json"


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return [(case["id"], case) for case in document["cases"]]


def check(case: Any, document: Any) -> None:  # noqa: ARG001 - the shape of every adapter
    """Raise `AssertionError` if our answer is another one, `NotBuilt` if there is none yet."""
    translator = _CASES.get(case["id"])
    if case["id"] in _NOT_OURS:
        raise AssertionError(_NOT_OURS[case["id"]])
    if translator is None:
        raise NotBuilt(case["topic"])
    for what, actual in translator(case).items():
        expected = case["expect"][what]
        assert expected == actual, f"{what}: expected {expected}, got {actual}"


def _several(*names: str, by: Callable[[Any], Mapping[str, Any]]) -> dict[str, Callable[[Any], Mapping[str, Any]]]:
    return dict.fromkeys(names, by)


_CASES: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    **_several(
        *("az-longest-idle", "tw-longest-idle", "aws-longest-available", "as-fewestcalls", "as-leastrecent"),
        *("as-rrmemory", "as-penalty-limit", "fs-agent-with-least-talk-time", "fs-agent-with-fewest-calls"),
        *("fs-sequentially-by-agent-order", "fs-top-down", "fs-round-robin", "oa-order", "av-ead-loa", "av-ucd-loa"),
        *("av-ead-mia", "av-ucd-mia", "av-slm", "cw-balanced", "vicidial-rank"),
        by=ranked,
    ),
    **_several("tw-order-by-desc", by=by_levels),
    **_several(
        *("tw-priority-strict", "ge-conversation-score-negative", "aws-contact-priority", "fs-score"),
        *("fs-score-system", "sf-priority"),
        by=lined_up,
    ),
    **_several(
        *("aws-ex1-sales-first", "aws-ex1-support-if-empty", "aws-ex2-delay-over", "aws-ex3-tier3-young"),
        *("aws-ex3-tier3", "aws-ex3-tier3-waits", "as-weight-no-block", "as-force-longest", "as-force-longest-prio"),
        "av-greatest-need",
        by=next_for_one,
    ),
    **_several("az-selector-expiry", "az-selector-match", by=selectors),
    **_several("tw-expression", "tw-expression-2", by=expression),
    **_several("ge-bullseye-pools", "ge-bullseye-ring2", by=bullseye),
    **_several("ge-reverse-bullseye", by=reverse_bullseye),
    **_several("ge-ring-clock-during-offer", by=ring_clock),
    **_several("ge-preferred-scores", by=by_score),
    **_several("as-rule-timeline", "as-raise-rN", by=penalty_windows),
    **_several("oa-filter", by=magic_skills),
    **_several("busytone-queue-skill", "ci-attributes", "ld-permission", by=required),
    **_several("ci-consider-if", by=considered),
    **_several("tw-preferred-then-all", "tw-preferred-fallthrough", by=preferred_then_all),
    **_several("sf-drop-order", by=dropped_skills),
    **_several("az-capacity-1", "az-capacity-3", "tw-capacity", "sf-capacity", by=capacity),
    **_several("cw-capacity", by=inbox_limits),
    **_several("ld-zero-unlimited", by=unlimited),
    **_several("az-round-robin", "cw-rr-allowed", by=round_robin),
    **_several(
        *("az-decline", "az-concurrent-offers", "az-deregister", "tw-state", "ge-not-responding"), by=offer_life
    ),
    **_several("as-ringall", "fs-ring-all", by=all_at_once),
    **_several("as-linear-wrapup", by=wrap_up_by_agent),
    **_several("fs-wrapup-strict", by=wrap_up_edge),
    **_several("fs-tier-mult-3", "fs-tier-first-free", by=tiers_in_time),
    **_several("fs-max-no-answer", by=missed),
    **_several("sf-decline-age", by=declined_keeps_its_age),
    **_several("oa-queue-priority", by=queue_order),
    **_several("cw-only-open", "cw-offline", "cw-longest-waiting", by=batch),
    **_several("cw-backlog-first", by=backlog_first),
    **_several("az-preferred-expedite", "cw-reopen-online", by=affinity),
    **_several("cw-come-online", by=comes_online),
    **_several("aws-outbound-resets", by=outbound),
    **_several("swyx-returning", by=returning),
    **_several("sf-cost-lsa", "opt-3x5", by=best_pairs),
}


_NOT_OURS: Mapping[str, str] = {
    "az-label-match": "no score of matched labels",
    "az-selector-magnitude": "no logistic score",
    "az-custom-score": "no free score per agent and contact",
    "tw-lifo": "no last in, first out",
    "tw-first-filter": "the entry point decides the queue",
    "tw-no-default": "the entry point decides the queue",
    "tw-timeout-cumulative": "an expired offer leaves the step as it is",
    "tw-direct-ignore-capacity": "capacity is never exceeded",
    "ge-score-kinds": "one kind of score for all queues",
    "aws-concurrency": "a department sets its own limits",
    "as-position-priority-maxlen": "no wished-for position",
    "as-autopause": "not responding holds for all queues",
    "as-timeout-app": "no pause between offers",
    "as-timeout-conf": "no pause between offers",
    "av-skill-level-pref": "the agent's skills do not reorder the line",
    "cw-limit": "no limit for a batch",
    "cw-stale": "nothing that waits is left alone",
    "cw-rate-limit": "no quota of contacts per hour",
    "cw-rate-window": "no quota of contacts per hour",
    "tick-escalation": "linear ageing instead of promotion to the end of another line",
    "vicidial-fewest": "contacts of all queues count",
    "vicidial-oldest-finish": "idle time counts from the end, never from the start",
}
