"""`ticontact demo`: one recorded day, twice: over the hours of those who recorded it, and over the office's."""

import argparse
import gzip
import json
import zlib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final, TextIO

from ticontact.cli._progress import Progress
from ticontact.departments import load
from ticontact.errors import ReplayError
from ticontact.i18n import LANGUAGES
from ticontact.replay import read_record, replay_day
from ticontact.reports import day_data, day_report, own_hours_report, source_report

__all__ = ["add_arguments", "run"]

_DAY: Final = date(2015, 1, 19)
"""The day the office's contact centre opened, a Monday as the recorded day is."""

_SHIPPED: Final = files("ticontact.replay") / "data"
_GZIP: Final = b"\x1f\x8b"


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
        ReplayError: If the file is no recorded day.
        ConfigurationError: If the description of the office has faults.
        OSError: If a file cannot be read.
    """
    record = read_record(_text(arguments.file, "anonymous-bank-1999-01-04.tsv.gz").splitlines())
    bank = load(_text(None, "bank.toml"))
    office = load(_text(arguments.department, "migrazione.toml"))
    with Progress() as part:
        own_hours = replay_day(record.calls, department=bank, day=_DAY, progress=part(bank.id))
        replayed = replay_day(record.calls, department=office, day=_DAY, progress=part(office.id))
    if arguments.json:
        days = {"own_hours": day_data(record, own_hours), "office": day_data(record, replayed)}
        json.dump(days, out, ensure_ascii=False, indent=2)
        out.write("\n")
        return 0
    language = arguments.lang
    sections = [
        source_report(record, replayed, language),
        own_hours_report(own_hours, language),
        day_report(replayed, language),
    ]
    out.write("\n\n".join(sections) + "\n")
    return 0


def _text(path: Path | None, shipped: str) -> str:
    """The text of a file, packed or not; of a shipped one if there is no path."""
    content = (_SHIPPED / shipped).read_bytes() if path is None else path.read_bytes()
    text: str | None
    try:
        text = (gzip.decompress(content) if content.startswith(_GZIP) else content).decode()
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error):
        text = None  # the error holds the bytes of the file, which do not belong into any traceback
    if text is None:
        raise ReplayError(f"{path}: neither text in UTF-8 nor a whole gzip file")
    return text
