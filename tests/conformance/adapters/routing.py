"""Routing cases in ticontact's own terms: what each peer's setting is called here.

Each group of cases that ask one kind of question has one translator below; `_CASES` says which case goes to which.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from adapters.routing_agents import best_pairs, by_levels, fewest_in_group, oldest_call, outbound, ranked, round_robin
from adapters.routing_fit import considered, expression, filtered, magic_skills, required, selectors
from adapters.routing_line import (
    backlog_first,
    by_own_skill,
    declined_keeps_its_age,
    joined,
    lined_up,
    next_for_one,
    promoted,
    queue_order,
    score_kinds,
)
from adapters.routing_offers import (
    affinity,
    after_a_miss,
    all_at_once,
    comes_online,
    missed,
    offer_life,
    paused_in_queue,
    returning,
    wrap_up_by_agent,
    wrap_up_edge,
)
from adapters.routing_room import batch, capacity, counted, given_directly, inbox_limits, own_limits, quota, unlimited
from adapters.routing_scores import custom_score, label_match, magnitudes
from adapters.routing_steps import (
    bullseye,
    by_score,
    dropped_skills,
    left_in_time,
    moved_on,
    penalty_windows,
    preferred_then_all,
    reverse_bullseye,
    ring_clock,
    skipped,
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
    if translator is None:
        raise NotBuilt(case["topic"])
    answers = translator(case)
    unanswered = case["expect"].keys() - answers.keys() - {"score_tolerance"}
    assert not unanswered, f"{unanswered} is not answered"
    for what, actual in answers.items():
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
    **_several("az-label-match", by=label_match),
    **_several("az-selector-magnitude", by=magnitudes),
    **_several("az-custom-score", by=custom_score),
    **_several("vicidial-fewest", by=fewest_in_group),
    **_several("vicidial-oldest-finish", by=oldest_call),
    **_several("tw-lifo", by=lined_up),
    **_several("tw-first-filter", "tw-no-default", by=filtered),
    **_several("tw-skip-if", "tw-skip-if-busy", by=skipped),
    **_several("tw-timeout-cumulative", by=moved_on),
    **_several("tw-direct-ignore-capacity", by=given_directly),
    **_several("ge-score-kinds", by=score_kinds),
    **_several("aws-concurrency", by=own_limits),
    **_several("as-position-priority-maxlen", by=joined),
    **_several("as-penalty-outside", by=left_in_time),
    **_several("as-autopause", by=paused_in_queue),
    **_several("as-timeout-app", "as-timeout-conf", by=after_a_miss),
    **_several("av-skill-level-pref", by=by_own_skill),
    **_several("cw-limit", "cw-stale", by=batch),
    **_several("cw-rate-limit", by=quota),
    **_several("cw-rate-window", by=counted),
    **_several("tick-escalation", by=promoted),
}
