"""`ticontact terms`: the last day of a legal term, with the steps that lead to it."""

import argparse
from datetime import date
from typing import Final, TextIO

from ticontact.hours.terms import (
    BeforeSuspension,
    Deadline,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    Procedure,
    Reading,
    WorkingDayRule,
    deadline,
    procedural_law_named,
)
from ticontact.i18n import LANGUAGES
from ticontact.i18n._texts.terms import TIMELINESS, on_day

__all__ = ["add_arguments", "run"]

_LAWS: Final = "ti, pa, lpga, ltf, asylum, zpo, schkg"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass  # its text holds all that was typed, however long, and would be the context of the error below
    raise argparse.ArgumentTypeError(f"{text[:20]!r} is no date such as 2024-12-10")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument("--law", required=True, help=f"the law: {_LAWS}")
    parser.add_argument("--notified", type=_day, metavar="DATE", help="the day on which the decision was received")
    parser.add_argument("--first-attempt", type=_day, metavar="DATE", help="registered mail: the first attempt in vain")
    parser.add_argument("--days", type=int, metavar="N", help="the length in days")
    parser.add_argument("--working-days", type=int, metavar="N", help="the length in working days (asylum)")
    parser.add_argument("--months", type=int, metavar="N", help="the length in months; needs --month-rule")
    parser.add_argument("--canton", metavar="XX", help="the canton of the party or its representative")
    parser.add_argument("--place", help="a part of that canton with holidays of its own")
    parser.add_argument("--court", metavar="XX", help="the canton of the court or the office (zpo, schkg)")
    parser.add_argument("--court-place", help="a part of that canton with holidays of its own")
    parser.add_argument("--act", type=_day, metavar="DATE", help="say also whether an act of this day is in time")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the answer (default: en)")
    _choice(parser, "--procedure", Procedure.APPEAL, "the kind of procedure")
    _choice(parser, "--delivery", Delivery.UNSAID, "whether the mail was signed for")
    _add_readings(parser)


def _add_readings(parser: argparse.ArgumentParser) -> None:
    by_default = Reading()
    _choice(parser, "--before-suspension", by_default.before_suspension, "a last day off just before a suspension")
    _choice(parser, "--first-instance", by_default.first_instance, "terms of a first instance in Ticino")
    _choice(parser, "--half-holiday", by_default.half_holiday, "a day that is a holiday in the afternoon only")
    _choice(parser, "--working-day", by_default.working_day, "whether a term in working days passes over holidays")
    parser.add_argument("--month-rule", choices=[each.value for each in MonthRule], help="when a term in months ends")
    parser.add_argument(
        "--also-holiday", action="append", default=[], metavar="FEAST", help="treated as a holiday, such as good_friday"
    )
    parser.add_argument(
        "--weekend-act-since", type=_day, metavar="DATE", help="from when the act on delivery at weekends is in force"
    )


def _choice(
    parser: argparse.ArgumentParser,
    name: str,
    default: BeforeSuspension | Delivery | FirstInstance | HalfHoliday | Procedure | WorkingDayRule,
    what: str,
) -> None:
    words = [each.value for each in type(default)]
    parser.add_argument(name, choices=words, default=default.value, help=f"{what} (default: {default.value})")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Write the law, the steps, the sources, what is open, and whose word counts.

    Args:
        arguments: The parsed words.
        out: Where to write.

    Raises:
        HoursError: If the term cannot be, or the law leaves open what is asked.
    """
    term = deadline(
        procedural_law_named(arguments.law),
        notified=arguments.notified,
        registered_first_attempt=arguments.first_attempt,
        days=arguments.days,
        working_days=arguments.working_days,
        months=arguments.months,
        party_canton=arguments.canton,
        party_place=arguments.place,
        court_canton=arguments.court,
        court_place=arguments.court_place,
        procedure=Procedure(arguments.procedure),
        delivery=Delivery(arguments.delivery),
        reading=_reading(arguments),
    )
    lines = [term.explain(arguments.lang), *_timeliness(term, arguments)]
    out.writelines(f"{line}\n" for line in lines)
    return 0


def _reading(arguments: argparse.Namespace) -> Reading:
    return Reading(
        before_suspension=BeforeSuspension(arguments.before_suspension),
        first_instance=FirstInstance(arguments.first_instance),
        half_holiday=HalfHoliday(arguments.half_holiday),
        month_rule=None if arguments.month_rule is None else MonthRule(arguments.month_rule),
        working_day=WorkingDayRule(arguments.working_day),
        also_holidays=arguments.also_holiday,
        weekend_act_since=arguments.weekend_act_since,
    )


def _timeliness(term: Deadline, arguments: argparse.Namespace) -> list[str]:
    if arguments.act is None:
        return []
    answer = TIMELINESS[term.timeliness(arguments.act).value]
    sentence = answer.fill({"on": on_day(arguments.act, with_year=True)}).text(arguments.lang)
    return [f"{sentence[0].upper()}{sentence[1:]}."]
