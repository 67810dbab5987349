"""`ticontact demo`: one recorded day, twice: over the hours of those who recorded it, and over the office's."""

import argparse
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final, TextIO

from ticontact.cli._files import reading, text_of
from ticontact.cli._progress import Progress
from ticontact.cli._terminal import write_json
from ticontact.departments import load
from ticontact.i18n import LANGUAGES
from ticontact.replay import read_record, replay_day
from ticontact.reports import day_data, day_report
from ticontact.reports._day_report import own_hours_report, source_report

__all__ = ["add_arguments", "run"]

_DAY: Final = date(2015, 1, 19)
"""The day the office's contact centre opened, a Monday as the recorded day is."""

_SHIPPED: Final = files("ticontact.replay") / "data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the report (default: en)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, for machines")
    parser.add_argument(
        "--file",
        type=Path,
        help="another day in the form of the recorded one, plain or gzip (default: the shipped day)",
    )
    parser.add_argument(
        "--department", type=Path, help="another office's description in TOML (default: the shipped office)"
    )


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Replay the day and write the report.

    Raises:
        UnusableFile: If a file is no recorded day, or the description of an office has faults.
        OSError: If a file cannot be read.
    """
    bank = load(text_of(_SHIPPED / "bank.toml"))
    with reading(arguments.file):
        record = read_record(text_of(arguments.file or _SHIPPED / "anonymous-bank-1999-01-04.tsv.gz").splitlines())
    with reading(arguments.department):
        office = load(text_of(arguments.department or _SHIPPED / "migrazione.toml"))
    with Progress() as part:
        own_hours = replay_day(record.calls, department=bank, day=_DAY, progress=part(bank.id))
        replayed = replay_day(record.calls, department=office, day=_DAY, progress=part(office.id))
    if arguments.json:
        days = {"own_hours": day_data(record, own_hours), "office": day_data(record, replayed)}
        write_json(days, out)
        return 0
    language = arguments.lang
    sections = [
        source_report(record, replayed, language),
        own_hours_report(own_hours, language),
        day_report(replayed, language),
    ]
    out.write("\n\n".join(sections) + "\n")
    return 0
