"""`ticontact check FILE`: is the description of an office right? Every fault at once."""

import argparse
from pathlib import Path
from typing import Final, TextIO

from ticontact.cli._files import reading, text_of
from ticontact.departments import load
from ticontact.errors import ConfigurationError

__all__ = ["add_arguments", "run"]

_FAULTS_FOUND: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument("file", type=Path, help="the description of an office, in TOML")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Write the faults, each on a line of its own, but no more than a hundred.

    The exit code is 1 if there is any fault, and 0 if there is none.

    Raises:
        UnusableFile: If it is no text.
        OSError: If it cannot be read.
    """
    with reading(arguments.file):
        text = text_of(arguments.file)
    try:
        load(text)
    except ConfigurationError as refused:
        out.writelines(f"{fault}\n" for fault in refused.faults)
        if refused.count > len(refused.faults):
            out.write(f"and {refused.count - len(refused.faults)} more\n")
        return _FAULTS_FOUND
    return 0
