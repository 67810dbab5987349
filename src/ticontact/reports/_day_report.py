"""A replayed day as text: whose calls, what was measured, why, what people heard, and that nothing is lost.

The same as plain data, for machines: the figures stand under English names.
"""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Final

from ticontact._time import seconds_of
from ticontact.contacts import EmailAddress, PhoneNumber
from ticontact.departments import Department, EntryPoint
from ticontact.i18n import UNREVIEWED, Language, Text
from ticontact.i18n._dates import clock, on_date
from ticontact.i18n._figures import whole
from ticontact.i18n._texts import reports as texts
from ticontact.measures import outcome_counts
from ticontact.priority import Priority
from ticontact.replay import ContactTrace, DayRun, PresenceRule, Record, RecordedOutcome
from ticontact.replay._recorded_days import Comparison
from ticontact.reports._text_tables import Data, compared_data, group_table, measure_table, text_table

__all__ = ["assumptions", "day_data", "day_report", "own_hours_report", "rows_read", "source_report"]

_CALLERS: Final = (time(11, 58), time(12, 5))
"""One caller just before the office closes for lunch, one just after."""

_FAULTS_SHOWN: Final = 20


def source_report(record: Record, replayed: DayRun, language: Language) -> str:
    """Whose calls these are, how many could be read, and every row that could not."""
    day = on_date(replayed.day, with_year=True)
    lines = [texts.WHOSE_CALLS.fill({"day": day}).text(language), rows_read(record, language)]
    if language in UNREVIEWED:
        lines.append(texts.UNREVIEWED.text(language))
    return "\n".join(lines)


def rows_read(record: Record, language: Language) -> str:
    """How many rows could be read, and every row that could not."""
    phantoms = sum(call.outcome is RecordedOutcome.PHANTOM for call in record.calls)
    counts = {
        "rows": whole(record.rows, language),
        "calls": whole(len(record.calls) - phantoms, language),
        "phantoms": whole(phantoms, language),
        "faults": whole(len(record.faults), language),
    }
    lines = [texts.ROWS_READ.fill(counts).text(language)]
    lines += [
        "  " + texts.ROW_FAULT.fill({"line": fault.line, "problem": fault.problem}).text(language)
        for fault in record.faults[:_FAULTS_SHOWN]
    ]
    if len(record.faults) > _FAULTS_SHOWN:
        lines.append("  ...")
    return "\n".join(lines)


def own_hours_report(replayed: DayRun, language: Language) -> str:
    """A day over the hours of those who recorded it: the measures, the half-hours, and what the figures hang on."""
    return "\n\n".join(
        [
            _title(texts.OWN_HOURS_TITLE, replayed, language),
            measure_table(replayed.live, replayed.department.service_level, language),
            assumptions(replayed.department, replayed.presence, language),
            group_table(texts.QUEUE, replayed.by_queue, replayed.department.service_level, language),
            group_table(texts.HALF_HOUR, replayed.by_half_hour, replayed.department.service_level, language),
            _nothing_lost(replayed, language),
        ]
    )


def day_report(replayed: DayRun, language: Language) -> str:
    """A day as a department's own: as `own_hours_report`, and with tickets, an explanation and what callers heard."""
    return "\n\n".join(
        [
            _title(texts.OFFICE_TITLE, replayed, language),
            _recorded_kinds(replayed.department, language),
            measure_table(replayed.live, replayed.department.service_level, language),
            assumptions(replayed.department, replayed.presence, language),
            group_table(texts.QUEUE, replayed.by_queue, replayed.department.service_level, language),
            group_table(texts.HALF_HOUR, replayed.by_half_hour, replayed.department.service_level, language),
            _tickets(replayed, language),
            *_explanation(replayed, language),
            *_heard(replayed, language),
            _nothing_lost(replayed, language),
        ]
    )


def _title(words: Text, replayed: DayRun, language: Language) -> str:
    department = replayed.department
    calendars = [queue.calendar.in_words(language, on=replayed.day) for queue in department.queues.values()]
    hours = "; ".join(dict.fromkeys(calendars))
    title = words.fill({"name": department.name, "hours": hours}).text(language)
    return f"{title}\n{'=' * len(title)}"


def _recorded_kinds(department: Department, language: Language) -> str:
    rows = [
        [kind, _address(department.entry(each.entry), language), department.entry(each.entry).queue, each.language]
        for kind, each in department.recorded_kinds.items()
    ]
    header = [words.text(language) for words in (texts.KIND, texts.STANDS_FOR, texts.QUEUE, texts.LANGUAGE)]
    return f"{texts.RECORDED_KINDS.text(language)}\n{text_table(header, rows, words=4)}"


def _address(entry: EntryPoint, language: Language) -> str:
    """The channel with the office's own number or address, which is public."""
    channel = entry.channel.label.text(language)
    match entry.address:
        case PhoneNumber():
            return f"{channel} {entry.address.national}"
        case EmailAddress():
            return f"{channel} {entry.address.normalized}"
        case _:
            return channel


def assumptions(department: Department, presence: PresenceRule, language: Language) -> str:
    """What the figures of a replayed day hang on."""
    target = {"percent": department.service_level.percent, "within": seconds_of(department.service_level.within)}
    head_start = department.head_start.get(Priority.HIGH)
    lines = [
        texts.REACHABILITY_DEFINED,
        texts.SERVICE_LEVEL_DEFINED.fill(target),
        texts.PRESENCE_RULE.fill({"gap": seconds_of(presence.gap), "wrap_up": seconds_of(presence.wrap_up)}),
        texts.PRIORITY_RULE.fill({"head_start": seconds_of(head_start) if head_start else 0}),
        texts.SERVICE_RULE,
    ]
    rule = department.recorded_hand_over
    if rule is not None:
        values = {
            "longer_than": seconds_of(rule.longer_than),
            "after": seconds_of(rule.after),
            "briefing": seconds_of(rule.briefing),
            "officials": ", ".join(sorted(rule.officials)),
        }
        lines.append(texts.HAND_OVER_RULE.fill(values))
    return "\n".join([texts.ASSUMPTIONS.text(language), *(f"  * {words.text(language)}" for words in lines)])


def _tickets(replayed: DayRun, language: Language) -> str:
    states = [ticket.state for ticket in replayed.journal.tickets.values()]
    counts = {
        "opened": whole(len(states), language),
        "closed": whole(states.count("closed"), language),
        "handed_over": whole(sum(work.handed_over_at is not None for work in replayed.journal.records), language),
        "open": whole(len(states) - states.count("closed"), language),
    }
    return f"{texts.TICKETS.text(language)}: {texts.TICKETS_COUNTED.fill(counts).text(language)}."


def _explanation(replayed: DayRun, language: Language) -> Iterator[str]:
    trace = replayed.most_telling
    if trace is None:
        return
    place = {"contact": trace.record.item, "at": _clock(replayed, trace, language)}
    table = replayed.journal.explanations[trace.record.item].table(language)
    indented = "\n".join(f"  {line}" for line in table.splitlines())
    yield f"{texts.EXPLANATION.fill(place).text(language)}\n{indented}"


def _heard(replayed: DayRun, language: Language) -> Iterator[str]:
    for moment in _CALLERS:
        trace = replayed.first_at(moment)
        if trace is None:
            continue
        lines = [texts.HEARD.fill({"at": _clock(replayed, trace, language)}).text(language)]
        for text in trace.heard:
            spoken_in = dict.fromkeys((trace.language, language))
            lines += [f"  {each}: {text.text(each, form='spoken')}" for each in spoken_in]
        yield "\n".join(lines)


def _clock(replayed: DayRun, trace: ContactTrace, language: Language) -> str:
    at = replayed.arrival(trace)
    return clock((at.hour * 60 + at.minute) * 60).text(language)


def _nothing_lost(replayed: DayRun, language: Language) -> str:
    counted = outcome_counts(replayed.journal.records)
    counted.check(offered=len(replayed.recorded))
    named = [(outcome.label, count) for outcome, count in counted.outcomes.items()]
    named.append((texts.STILL_OPEN, counted.going_on))
    parts = [f"{whole(count, language)} {words.text(language)}" for words, count in named if count]
    values = {"sum": " + ".join(parts), "total": whole(counted.total, language)}
    return texts.NOTHING_LOST.fill(values).text(language)


def day_data(record: Record, replayed: DayRun) -> Data:
    """A replayed day as a mapping of texts, numbers, lists and mappings, ready for JSON.

    Waits are seconds, shares are between 0 and 1, instants are ISO 8601 with offset; what is unknown is null.
    """
    journal = replayed.journal
    counted = outcome_counts(journal.records)
    states = [ticket.state for ticket in journal.tickets.values()]
    return {
        "department": replayed.department.id,
        "day": replayed.day.isoformat(),
        "record": {
            "rows": record.rows,
            "faults": [{"line": fault.line, "problem": fault.problem} for fault in record.faults],
        },
        "presence": {
            "gap_seconds": replayed.presence.gap.total_seconds(),
            "wrap_up_seconds": replayed.presence.wrap_up.total_seconds(),
        },
        "service_level": {
            "percent": replayed.department.service_level.percent,
            "within_seconds": replayed.department.service_level.within.total_seconds(),
        },
        "live": compared_data(replayed.live),
        "queues": _groups(replayed.by_queue),
        "half_hours": _groups(replayed.by_half_hour),
        "tickets": {
            "opened": len(states),
            "closed": states.count("closed"),
            "handed_over": sum(work.handed_over_at is not None for work in journal.records),
        },
        "outcomes": {
            **{outcome.value: count for outcome, count in counted.outcomes.items()},
            "going_on": counted.going_on,
        },
        "explanation": _explanation_data(replayed),
        "callers": [_heard_data(replayed, trace) for at in _CALLERS if (trace := replayed.first_at(at)) is not None],
        "digest": journal.digest,
    }


def _groups(groups: Mapping[str, Comparison]) -> Data:
    return {name: compared_data(compared) for name, compared in groups.items()}


def _explanation_data(replayed: DayRun) -> Data | None:
    trace = replayed.most_telling
    if trace is None:
        return None
    eligibilities = replayed.journal.explanations[trace.record.item].to_dict()["agents"]
    return {"contact": trace.record.item, "agent": trace.agent, "eligibilities": eligibilities}


def _heard_data(replayed: DayRun, trace: ContactTrace) -> Data:
    return {
        "arrived": replayed.arrival(trace).isoformat(),
        "language": trace.language,
        "written": [text.text(trace.language) for text in trace.heard],
        "spoken": [text.text(trace.language, form="spoken") for text in trace.heard],
    }
