"""`ticontact hours`: is it open, why not, when next; a month or a year as a calendar; the holidays of a canton.

The hours are a week and a canton's holidays, or those of a file: TOML tables, an OpenStreetMap expression, iCalendar or
JSON-LD. What a file is goes by the end of its name, or by how it begins.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TextIO

from ticontact._foreign import parse_json
from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.cli._files import reading, text_of
from ticontact.cli._hours_pages import day_data, holiday_data, holiday_lines, month_page, state_data
from ticontact.cli._terminal import Neutral, write_json
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, Canton, HolidayCalendar, Week, swiss
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.hours.swiss._administration import ADMINISTRATIONS
from ticontact.i18n import LANGUAGES

__all__ = ["add_arguments", "run"]

_ZONE: Final = "Europe/Zurich"
_WEEK: Final = "Mo-Fr 08:00-12:00,13:30-17:00"
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_SUFFIXES: Final = {
    ".toml": "TOML",
    ".osm": "OSM",
    ".ics": "iCalendar",
    ".ical": "iCalendar",
    ".json": "JSON-LD",
    ".jsonld": "JSON-LD",
}
_BEGINS_LIST: Final = re.compile(r"\[\s*[{\[\]]")
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument("--at", help="an instant, ISO 8601, such as '2026-03-19 10:00' (default: now)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--month", metavar="YYYY-MM", help="a month as a calendar")
    shown.add_argument("--year", metavar="YYYY", help="a year as a calendar")
    shown.add_argument("--holidays", metavar="YYYY", help="the holidays of a year")
    parser.add_argument("--canton", default="TI", help="whose holidays, by two letters (default: TI)")
    parser.add_argument("--place", help="a part of the canton with days of its own, such as a district")
    parser.add_argument(
        "--statutory", action="store_true", help="the statutory holidays alone, not those of the administration"
    )
    parser.add_argument("--week", default=_WEEK, help=f"the standing hours (default: {_WEEK})")
    parser.add_argument(
        "--file",
        type=Path,
        help="hours as TOML tables, an OpenStreetMap expression or JSON-LD; or closures in iCalendar",
    )
    parser.add_argument("--calendar", help="which table of a TOML file (default: the first), or place of JSON-LD")
    parser.add_argument(
        "--openings", action="store_true", help="the events of an iCalendar file are opening times, not closures"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language (default: en)")
    parser.add_argument("--spoken", action="store_true", help="the form to be read aloud")
    parser.add_argument("--json", action="store_true", help="the answer as JSON, for machines")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Write the answer.

    Raises:
        ConfigurationError: If an argument cannot be read.
        UnusableFile: If the file holds no calendars, or such with faults.
        HoursError: If the hours, the canton or the place cannot be.
        OSError: If the file cannot be read.
    """
    if arguments.holidays:
        return _show_holidays(arguments, out)
    calendar = _calendar(arguments)
    if arguments.month or arguments.year:
        return _show_months(arguments, calendar, out)
    at = _instant(arguments.at, calendar)
    if arguments.json:
        write_json(state_data(calendar, at, arguments.lang), out)
        return 0
    explained = calendar.explain(at=at)
    print(explained.text(arguments.lang, form="spoken" if arguments.spoken else "written"), file=out)
    return 0


def _show_holidays(arguments: argparse.Namespace, out: TextIO) -> int:
    holidays = _holidays(arguments).in_year(_year(arguments.holidays, "--holidays"))
    if arguments.json:
        write_json([holiday_data(each, arguments.lang) for each in holidays], out)
        return 0
    out.writelines(f"{line}\n" for line in holiday_lines(holidays, arguments.lang))
    return 0


def _show_months(arguments: argparse.Namespace, calendar: BusinessCalendar, out: TextIO) -> int:
    months = _months(arguments)
    if arguments.json:
        days = [day for year, month in months for day in _days_of(year, month)]
        write_json([day_data(calendar, day, arguments.lang) for day in days], out)
        return 0
    pages = [month_page(calendar, year, month, arguments.lang) for year, month in months]
    print("\n\n".join(pages), file=out)
    return 0


def _holidays(arguments: argparse.Namespace) -> HolidayCalendar:
    """Those of the administration where they are known and asked for, else the statutory ones."""
    canton = Canton.named(arguments.canton)
    if arguments.statutory or arguments.place or canton not in ADMINISTRATIONS:
        return swiss.holidays(canton, place=arguments.place)
    return swiss.administration(canton)


def _calendar(arguments: argparse.Namespace) -> BusinessCalendar:
    if arguments.file is None:
        if arguments.calendar is not None:
            raise ConfigurationError([Fault("--calendar", "there is no file with calendars", "together with --file")])
        if arguments.openings:
            raise ConfigurationError([Fault("--openings", "there is no file with events", "together with --file")])
        return BusinessCalendar(zone=_ZONE, week=Week.parse(arguments.week), holidays=_holidays(arguments))
    with reading(arguments.file):
        text = text_of(arguments.file).removeprefix("\ufeff")
    return _calendar_of_file(arguments, text)


def _notation_of(path: Path, text: str) -> str:
    """Which notation a file is in, by the end of its name, or else by how it begins."""
    notation = _SUFFIXES.get(path.suffix.lower())
    if notation is not None:
        return notation
    begins = text.lstrip()[:20].upper()
    if begins.startswith("BEGIN:VCALENDAR"):
        return "iCalendar"
    if begins.startswith("{") or _BEGINS_LIST.match(begins):
        return "JSON-LD"
    return "TOML" if "=" in text else "OSM"


def _calendar_of_file(arguments: argparse.Namespace, text: str) -> BusinessCalendar:
    notation = _notation_of(arguments.file, text)
    if arguments.openings and notation != "iCalendar":
        raise ConfigurationError([Fault("--openings", f"the file is {notation}", "with an iCalendar file")])
    if arguments.calendar is not None and notation not in {"TOML", "JSON-LD"}:
        raise ConfigurationError([Fault("--calendar", f"the file is {notation}", "with a TOML or JSON-LD file")])
    if notation == "TOML":
        return _calendar_of_tables(arguments, text)
    holidays = _holidays(arguments)
    if notation == "iCalendar":
        return _calendar_of_feed(arguments, text, holidays)
    with reading(arguments.file):
        if notation == "OSM":
            return osm.read(text.strip(), zone=_ZONE, holidays=holidays)
        data = parse_json(text, place="file")
        return schema_org.read(data, zone=_ZONE, holidays=holidays, place=arguments.calendar)


def _calendar_of_tables(arguments: argparse.Namespace, text: str) -> BusinessCalendar:
    with reading(arguments.file):
        calendars = toml.read(text)
    name = arguments.calendar or next(iter(calendars), "")
    if name not in calendars:
        raise ConfigurationError([Fault("--calendar", f"{name!r} is not in the file", ", ".join(calendars))])
    return calendars[name]


def _calendar_of_feed(arguments: argparse.Namespace, text: str, holidays: HolidayCalendar) -> BusinessCalendar:
    """The opening times of a feed, or the week and the holidays of the arguments without its closures."""
    if arguments.openings:
        with reading(arguments.file):
            openings = ical.read_openings(text, zone=_ZONE)
        _tell(openings.findings)
        return BusinessCalendar(zone=_ZONE, week=Week.closed(), overrides=openings)
    with reading(arguments.file):
        closures = ical.read_closures(text, zone=_ZONE)
    _tell(closures.findings)
    calendar = BusinessCalendar(zone=_ZONE, week=Week.parse(arguments.week), holidays=holidays)
    return calendar.adding(*closures)


def _tell(findings: Iterable[ical.Finding]) -> None:
    """Say beside the answer what of a feed was not read."""
    for finding in findings:
        Neutral(sys.stderr).write(f"{finding}\n")


def _instant(text: str | None, calendar: BusinessCalendar) -> datetime:
    zone = zone_named(calendar.zone)
    if text is None:
        return from_epoch(to_epoch(datetime.now(UTC)), zone)  # noqa: TID251 - the command line may look at the clock
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None:
        raise ConfigurationError([Fault("--at", "it is no instant", "ISO 8601, such as '2026-03-19 10:00'")])
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _months(arguments: argparse.Namespace) -> list[tuple[int, int]]:
    if arguments.year:
        year = _year(arguments.year, "--year")
        return [(year, month) for month in range(1, 13)]
    match = _MONTH.fullmatch(arguments.month)
    if match is None or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - the months of a year
        raise ConfigurationError([Fault("--month", "it is no month", "such as 2026-03")])
    return [(_year(match[1], "--month"), int(match[2]))]


def _year(text: str, option: str) -> int:
    if _YEAR.fullmatch(text) is None or int(text) < 1:
        raise ConfigurationError([Fault(option, "it is no year", "such as 2026")])
    return int(text)


def _days_of(year: int, month: int) -> list[date]:
    first = date(year, month, 1).toordinal()
    days = (date.fromordinal(first + step) for step in range(31))
    return [day for day in days if day.month == month]
