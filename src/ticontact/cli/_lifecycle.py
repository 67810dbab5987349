"""`ticontact lifecycle`: check a lifecycle that is written down, and draw it."""

import argparse
from pathlib import Path
from typing import TextIO

from ticontact.cli._files import reading, text_of
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import LANGUAGES
from ticontact.tickets import fact, graphviz, load_lifecycle, mermaid, shipped

__all__ = ["add_arguments", "run"]

# A picture asks no calendar: what the application hands in is stood for by its name.
_STAND_IN = BusinessCalendar(zone="UTC", week=Week.closed())
_NOTATIONS = {"mermaid": mermaid, "graphviz": graphviz}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="a lifecycle in TOML; the shipped one by default"
    )
    parser.add_argument("--as", dest="notation", choices=_NOTATIONS, default="mermaid", help="the diagram's notation")
    parser.add_argument(
        "--guard",
        metavar="NAME",
        action="append",
        default=[],
        help="a guard that the application hands in; may be repeated",
    )
    parser.add_argument(
        "--calendar", metavar="NAME", action="append", default=[], help="a calendar that it hands in; may be repeated"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of its labels (default: en)")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Write the diagram of a lifecycle; a faulty one is refused with all its faults.

    Args:
        arguments: The parsed words.
        out: Where to write.

    Raises:
        UnusableFile: If the lifecycle has faults, or the file holds no text.
        OSError: If the file cannot be read.
    """
    lifecycle = shipped.contact_centre
    if arguments.file is not None:
        with reading(arguments.file):
            lifecycle = load_lifecycle(
                text_of(arguments.file),
                guards={name: fact(name) for name in arguments.guard},
                calendars=dict.fromkeys(arguments.calendar, _STAND_IN),
            )
    out.write(_NOTATIONS[arguments.notation](lifecycle, language=arguments.lang))
    return 0
