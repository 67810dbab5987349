"""Queueing cases in ticontact's own terms: the formulas, what to expect of so many agents, how many a target needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import isclose, sqrt
from typing import Any, Final

import attrs
import pytest

from ticontact.contacts import Outcome
from ticontact.departments import Department, load
from ticontact.errors import Unreachable, Unstable
from ticontact.hours import Stretch
from ticontact.measures import ServiceLevel, WaitEstimate, WorkRecord, service_level, waits
from ticontact.staffing import (
    Arrivals,
    DayDemand,
    Demand,
    Expectation,
    Patience,
    Shrinkage,
    Target,
    Traffic,
    expect,
    generate,
    needed,
    staff_skills,
)
from ticontact.staffing._simulated_day import alike, simulate
from ticontact.staffing.formulas import (
    delay_limit,
    erlang_b,
    erlang_c,
    limited_line,
    lines_needed,
    load_carried,
    waits_by_priority,
)
from ticontact.testing import instant

FILE = "queueing_cases.json"

Answer = Mapping[str, Any]

_HOUR: Final = timedelta(hours=1)
_FOR_EVER: Final = timedelta(days=36_500)
_SECOND: Final = timedelta(seconds=1)
_AMOUNTS: Final = frozenset({"mean_wait_served"})
_MICROSECOND: Final = 1e-6
"""In seconds: what is answered as an amount of time is that precise."""
_STRETCHES: Final = 12
_STRETCH: Final = timedelta(hours=36)
"""So many stretches of time at the desk: each is an observation, so that they tell their own standard error."""


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:  # noqa: ARG001 - the shape of every adapter
    """Our answer is the expected one, in every figure that the case names and we know."""
    model = case["model"]
    assert model in _MODELS, f"no answer to {model}"
    if case["kind"] == "error":
        with pytest.raises(Unstable):
            _MODELS[model](case["input"])
        return
    answer = _MODELS[model](case["input"])
    known = {name: value for name, value in case["expect"].items() if name in answer}
    assert known, f"no figure of {sorted(case['expect'])} is answered"
    _compare(known, answer, case["tolerance"])


def _compare(expected: Answer, answer: Answer, tolerance: float) -> None:
    differing = {
        name: (value, answer[name])
        for name, value in expected.items()
        if not _agrees(value, answer[name], max(tolerance, _MICROSECOND if name in _AMOUNTS else 0.0))
    }
    assert differing == {}


def _agrees(expected: Any, actual: Any, tolerance: float) -> bool:
    """Whether two figures agree, absolutely or relatively; fractions and words must be equal."""
    if isinstance(actual, _Simulated):
        return actual.is_like(expected)
    if isinstance(expected, str) or expected is None:
        return bool(expected == actual)
    if isinstance(expected, list):
        return all(_agrees(one, other, tolerance) for one, other in zip(expected, actual, strict=True))
    return isclose(expected, actual, rel_tol=tolerance, abs_tol=tolerance)


def _exact_blocking(load: Fraction, servers: int) -> Fraction:
    """Erlang B by its definition in fractions, to hold ours against the printed fraction."""
    inverse = Fraction(1)
    for server in range(1, servers + 1):
        inverse = 1 + server / load * inverse
    return 1 / inverse


def _erlang_b_and_c(given: Answer) -> Answer:
    load, servers = given["offered_load"], given["servers"]
    told: dict[str, Any] = {
        "p_block": erlang_b(load, servers),
        "p_block_fraction": str(_exact_blocking(Fraction(load), servers)),
    }
    if servers <= load:
        return told
    blocked = _exact_blocking(Fraction(load), servers)
    waiting = servers * blocked / (servers - Fraction(load) * (1 - blocked))
    return {**told, "p_wait_erlang_c": erlang_c(load, servers), "p_wait_erlang_c_fraction": str(waiting)}


def _traffic(given: Answer) -> Traffic:
    return Traffic(calls=given["arrivals_per_hour"], per=_HOUR, handle=timedelta(seconds=given["mean_handle_s"]))


def _seconds(amount: timedelta) -> float:
    return amount / _SECOND


def _erlang_c(given: Answer) -> Answer:
    told = expect(_traffic(given), agents=given["servers"], within=timedelta(seconds=given["target_s"]))
    return _shown(told) | {
        "offered_load": told.load,
        "asa": told.in_line / given["arrivals_per_hour"] * 3600,
        "mean_wait_of_delayed": told.in_line / given["arrivals_per_hour"] * 3600 / told.waiting,
        "service_level": told.service_level,
    }


def _shown(told: Expectation) -> dict[str, Any]:
    return {
        "p_wait": told.waiting,
        "lq": told.in_line,
        "occupancy": told.occupancy,
        "p_abandon": told.abandonment,
    }


def _erlang_a(given: Answer) -> Answer:
    patience = Patience.exponential(timedelta(seconds=given["mean_patience_s"]))
    within = timedelta(seconds=given["target_s"] or 0)

    def told(**definition: Any) -> Expectation:
        level = ServiceLevel(within=within, **definition)
        return expect(_traffic(given), agents=given["servers"], within=level, patience=patience)

    plain, over = told(), told(abandoned_in_time="for")
    served = 1 - plain.abandonment
    return _shown(plain) | {
        "mean_wait_all": plain.in_line / given["arrivals_per_hour"] * 3600,
        "mean_wait_served": _seconds(plain.speed_of_answer),
        "p_abandon_given_wait": plain.abandonment / plain.waiting,
        "p_served_within_t": plain.service_level,
        "p_served_within_t_given_served": plain.service_level / served,
        "p_served_after_t": served - plain.service_level,
        "p_abandon_within_t": over.service_level - plain.service_level,
        "p_wait_gt_t": 1 - over.service_level,
    }


def _required_agents(given: Answer) -> Answer:
    target = Target(
        level=ServiceLevel(within=timedelta(seconds=given["target_s"])),
        percent=given["service_level"] * 100,
        most_occupied=given["max_occupancy"] * 100,
    )
    need = needed(_traffic(given), target)
    away = Shrinkage({"away": str(round(given["shrinkage"] * 100))}, same_base=True)
    return {
        "agents": need.agents,
        "scheduled_agents": away.scheduled(need.agents),
        "service_level": need.at.service_level,
        "asa_s": need.at.in_line / given["arrivals_per_hour"] * 3600,
        "occupancy": need.at.occupancy,
    }


def _shrinkage(given: Answer) -> Answer:
    away = Shrinkage({"away": str(round(given["shrinkage"] * 100))}, same_base=True)
    return {"scheduled_agents": away.scheduled(given["agents"])}


def _limited(given: Answer) -> Answer:
    handle = given["mean_handle_s"]
    told = limited_line(
        given["arrivals_per_hour"] * handle / 3600,
        agents=given["servers"],
        places=given["places_in_system"],
        times=[given["target_s"] / handle],
    )
    return {
        "p_block": told.blocked,
        "p_wait_given_admitted": told.waiting,
        "asa_admitted": told.waits * handle,
        "lq": told.in_line,
        "occupancy": told.occupancy,
        "p_wait_gt_t_given_admitted": told.later[0],
    }


def _priority(given: Answer) -> Answer:
    handle, rates = given["mean_handle_s"], given["arrivals_per_hour_by_class"]
    loads = [rate * handle / 3600 for rate in rates]
    told = [wait * handle for wait in waits_by_priority(loads, agents=given["servers"])]
    return {
        "p_wait": erlang_c(sum(loads), given["servers"]),
        "mean_wait_s_by_class": told,
        "mean_wait_s_overall": sum(rate * wait for rate, wait in zip(rates, told, strict=True)) / sum(rates),
    }


def _counted(given: Answer) -> Sequence[WorkRecord]:
    """Calls of which so many were answered and abandoned, in time and later."""
    within = given.get("target_s", 20)
    nine = instant("2026-03-18 09:00")
    told = [
        *[(Outcome.ANSWERED, within)] * given["answered_within"],
        *[(Outcome.ANSWERED, within + 1)] * (given["answered"] - given["answered_within"]),
        *[(Outcome.ABANDONED_LONG, within)] * given["abandoned_within"],
        *[(Outcome.ABANDONED_LONG, within + 1)] * (given["abandoned"] - given["abandoned_within"]),
    ]
    return [
        WorkRecord(
            item=str(number),
            queue="general",
            channel="voice",
            offered_at=nine,
            entered_at=nine,
            answered_at=nine.add(seconds=waited) if outcome is Outcome.ANSWERED else None,
            left_at=nine.add(seconds=waited),
            outcome=outcome,
        )
        for number, (outcome, waited) in enumerate(told)
    ]


def _service_level(given: Answer) -> Answer:
    """Every system's own definition as one of ours: who gives up is left out, or counts against the office."""
    short = {"asterisk_sl": _FOR_EVER, "answered_within_over_answered_plus_abandoned": timedelta(0)}
    definition = ServiceLevel(within=timedelta(seconds=given.get("target_s", 20)), short=short[given["definition"]])
    ratio = service_level(_counted(given), definition).ratio
    return {"service_level_pct": None if ratio is None else ratio * 100}


def _position(given: Answer) -> WaitEstimate:
    return _estimate(given["position"], agents=given["serving_agents"], handle=given["mean_handle_s"])


def _estimate(position: int, *, agents: int, handle: float, free: int = 0) -> WaitEstimate:
    told = WaitEstimate.by_stages(position=position, agents=agents, handle_time=timedelta(seconds=handle), free=free)
    assert told is not None
    return told


def _waits_at_position(given: Answer) -> Answer:
    mean = _position(given).mean
    return {"ewt_s": None if mean is None else _seconds(mean)}


def _genesys(given: Answer) -> Answer:
    ready = min(given["agents_ready"], given["active_agents"])
    told = _estimate(given["calls_in_queue"], agents=given["active_agents"], handle=given["aht_s"], free=ready)
    return {"ewt_s": None if told.mean is None else _seconds(told.mean)}


def _open_office() -> Department:
    """An office with two queues that is always open."""
    names = "\n".join(f'{language} = "Example"' for language in ("it", "de", "fr", "rm", "en"))
    queues = "\n".join(
        f'[[entry]]\nid = "{name}"\nchannel = "voice"\nqueue = "{name}"\n'
        f'[[queue]]\nid = "{name}"\nhours = "all"\nskill = "{name}"\nfallback = "call_again"'
        for name in ("A", "B")
    )
    head = 'id = "example"\nzone = "UTC"\nlifecycle = "contact_centre"'
    return load(f'{head}\n[name]\n{names}\n[hours.all]\nweek = "Mo-Su 00:00-24:00"\n{queues}')


def _multi_skill(given: Answer) -> Answer:
    """So many agents' work in each queue, for groups that may have so many people."""
    traffic = {
        queue: Traffic(calls=float(count), per=_HOUR, handle=_HOUR) for queue, count in given["required"].items()
    }
    try:
        staff_skills(
            _open_office(),
            traffic,
            {name: profile["skills"] for name, profile in given["profiles"].items()},
            target=Target(level=ServiceLevel(within=timedelta(seconds=20)), percent=80),
            patience=Patience.endless(),
            seed="conformance",
            most=given["max_agents"],
        )
    except Unreachable:
        return {"status": "infeasible"}
    return {"status": "optimal"}


@attrs.frozen
class _Simulated:
    """A figure of several stretches of time, which equals all that lies within three standard errors."""

    values: tuple[float, ...]

    def is_like(self, expected: float) -> bool:
        mean = sum(self.values) / len(self.values)
        variance = sum((value - mean) ** 2 for value in self.values) / (len(self.values) - 1)
        return abs(mean - expected) <= 3 * sqrt(variance / len(self.values))


def _simulated(given: Answer) -> Answer:
    """Stretches of time at the desk itself, in an office that is always open."""
    office = _open_office()
    opening = instant("2026-01-05 00:00")
    slot = Stretch(opening, opening.add(hours=36))
    rate = given["arrivals_per_hour"]
    demand = DayDemand(
        day=date(2026, 1, 5),
        slots=((slot, Demand(rate * (_STRETCH / _HOUR))),),
        handle=timedelta(seconds=given["mean_handle_s"]),
    )
    arrivals = Arrivals(entry="A", demand=demand, patience=Patience.endless())
    shift = _instants(*slot)
    staff = alike(["A"], [(shift,)] * given["servers"])
    told: dict[str, list[float]] = {"p_wait": [], "asa": [], "lq": [], "service_level": []}
    for contacts in generate([arrivals], days=_STRETCHES, seed="conformance"):
        records = simulate(contacts, department=office, staff=staff).records
        spread = waits(records)
        mean = _seconds(sum(spread.values, timedelta(0))) / spread.count
        level = service_level(records, ServiceLevel(within=timedelta(seconds=given["target_s"])))
        told["p_wait"].append(sum(each > timedelta(0) for each in spread.values) / spread.count)
        told["asa"].append(mean)
        told["lq"].append(mean * spread.count / (_STRETCH / _SECOND))
        told["service_level"].append(level.count / level.total)
    return {name: _Simulated(tuple(values)) for name, values in told.items()}


def _instants(opening: datetime, closing: datetime) -> tuple[int, int]:
    return int(opening.timestamp()) * 1_000_000, int(closing.timestamp()) * 1_000_000


_MODELS: Final[Mapping[str, Callable[[Answer], Answer]]] = {
    "erlang_a": _erlang_a,
    "erlang_b": lambda given: {"p_block": erlang_b(given["offered_load"], given["servers"])},
    "erlang_b_and_c": _erlang_b_and_c,
    "erlang_b_inverse_load": lambda given: {
        "offered_load": load_carried(given["servers"], most_blocked=given["p_block"])
    },
    "erlang_b_required_servers": lambda given: {
        "servers": lines_needed(given["offered_load"], most_blocked=given["max_blocking"])
    },
    "erlang_c": _erlang_c,
    "erlang_c_probability": lambda given: {"p_wait": erlang_c(given["offered_load"], given["servers"])},
    "erlang_c_required_agents": _required_agents,
    "estimated_wait_genesys_engage": _genesys,
    "estimated_wait_position": _waits_at_position,
    "estimated_wait_quantile": lambda given: {
        "wait_s": None if (told := _position(given).quantile(given["quantile"])) is None else _seconds(told)
    },
    "garnett": lambda given: {
        "p_wait_limit": delay_limit(given["beta"], impatience=given["patience_rate_over_service_rate"])
    },
    "halfin_whitt": lambda given: {"p_wait_limit": delay_limit(given["beta"])},
    "mmc_nonpreemptive_priority": _priority,
    "mmck": _limited,
    "multi_skill_staffing": _multi_skill,
    "service_level_definition": _service_level,
    "shrinkage": _shrinkage,
    "simulate_then_compare": _simulated,
}
"""How each model is answered; what is not here has a policy."""
