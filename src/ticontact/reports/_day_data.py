"""A replayed day as plain data, for machines: the same figures under English names."""

from collections.abc import Mapping

from ticontact.measures import tally
from ticontact.replay import Comparison, DayReplay, Record, Story
from ticontact.reports._day import CALLERS
from ticontact.reports._figures import Data, compared_data

__all__ = ["day_data"]


def day_data(record: Record, replayed: DayReplay) -> Data:
    """A replayed day as a mapping of texts, numbers, lists and mappings, ready for JSON.

    Waits are seconds, shares are between 0 and 1, instants are ISO 8601 with offset; what is unknown is null.
    """
    journal = replayed.journal
    counted = tally(journal.facts)
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
            "handed_over": sum(fact.handed_over_at is not None for fact in journal.facts),
        },
        "outcomes": {
            **{outcome.value: count for outcome, count in counted.outcomes.items()},
            "going_on": counted.going_on,
        },
        "explanation": _explanation(replayed),
        "callers": [_heard(replayed, story) for at in CALLERS if (story := replayed.first_at(at)) is not None],
        "digest": journal.digest,
    }


def _groups(groups: Mapping[str, Comparison]) -> Data:
    return {name: compared_data(compared) for name, compared in groups.items()}


def _explanation(replayed: DayReplay) -> Data | None:
    story = replayed.most_telling
    if story is None:
        return None
    verdicts = replayed.journal.explanations[story.fact.item].to_dict()["agents"]
    return {"contact": story.fact.item, "agent": story.agent, "verdicts": verdicts}


def _heard(replayed: DayReplay, story: Story) -> Data:
    return {
        "arrived": replayed.arrival(story).isoformat(),
        "language": story.language,
        "written": [text.text(story.language) for text in story.heard],
        "spoken": [text.text(story.language, form="spoken") for text in story.heard],
    }
