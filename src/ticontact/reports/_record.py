"""What a whole record comes to: its days side by side, and how far its choices agree with ours."""

from collections.abc import Iterable, Mapping

from ticontact._time import seconds_of
from ticontact.i18n import Language
from ticontact.i18n import replays as texts
from ticontact.i18n.figures import percent, whole
from ticontact.measures import Recorder
from ticontact.replay import Agreement, Record, RecordReplay
from ticontact.reports._day import assumptions, rows_read
from ticontact.reports._figures import compared_data, group_table, measure_table
from ticontact.reports._table import text_table

__all__ = ["agreement_data", "agreement_report", "record_data", "record_report", "staff_report"]

_NOTHING = "-"


def record_report(record: Record, replayed: RecordReplay, language: Language) -> str:
    """All days together and each by itself, as recorded and as replayed, and what the figures hang on."""
    department = replayed.department
    target = department.service_level
    title = texts.RECORD_TITLE.fill({"name": department.name, "days": len(replayed.days)}).text(language)
    return "\n\n".join(
        [
            rows_read(record, language),
            f"{title}\n{'=' * len(title)}",
            measure_table(replayed.live, target, language),
            assumptions(department, replayed.presence, language),
            group_table(texts.DAY, replayed.by_day, target, language),
        ]
    )


def record_data(record: Record, replayed: RecordReplay) -> Mapping[str, object]:
    """The same as plain data, ready for JSON."""
    return {
        "record": {
            "rows": record.rows,
            "faults": [{"line": fault.line, "problem": fault.problem} for fault in record.faults],
        },
        "live": compared_data(replayed.live),
        "days": {name: compared_data(compared) for name, compared in replayed.by_day.items()},
    }


def agreement_report(agreements: Iterable[Agreement], language: Language) -> str:
    """How far the recorded choices agree with ours, one line for each reading and head start."""
    header = [texts.MAY_TAKE, texts.HEAD_START, texts.CHOICES, texts.AGREED, texts.BY_CHANCE]
    rows = [
        [
            texts.READINGS[each.may_take].text(language),
            whole(seconds_of(each.head_start), language),
            whole(each.share.total, language),
            _share(each.share.ratio, language),
            _share(each.by_chance, language),
        ]
        for each in agreements
    ]
    words = [texts.AGREEMENT_TITLE.text(language), texts.AGREEMENT_DEFINED.text(language)]
    return "\n".join([*words, text_table([each.text(language) for each in header], rows)])


def agreement_data(agreements: Iterable[Agreement]) -> list[Mapping[str, object]]:
    """The same as plain data, ready for JSON."""
    return [
        {
            "may_take": each.may_take,
            "head_start_seconds": each.head_start.total_seconds(),
            "choices": each.share.total,
            "agree": each.share.count,
            "share": each.share.ratio,
            "by_chance": each.by_chance,
        }
        for each in agreements
    ]


def staff_report(recorder: Recorder, language: Language, *, purpose: str) -> str:
    """What each agent did, one a line, under the purpose that was stated; no other report says it.

    Raises:
        ConfigurationError: If there is no purpose.
    """
    figures = recorder.staff_figures(purpose=purpose)
    header = [texts.STAFF, texts.HANDLED, texts.TALK, texts.HOLD, texts.WRAP_UP]
    rows = []
    for agent, time in figures.by_agent.items():
        numbers = (time.contacts, *map(seconds_of, (time.talk, time.hold, time.wrap_up)))
        rows.append([agent, *(whole(number, language) for number in numbers)])
    title = texts.STAFF_TITLE.fill({"purpose": figures.purpose}).text(language)
    return f"{title}\n{text_table([each.text(language) for each in header], rows)}"


def _share(share: float | None, language: Language) -> str:
    return _NOTHING if share is None else percent(share, language)
