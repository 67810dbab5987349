"""The command line: the one place of ticontact that reads files, writes to the terminal and looks at the clock.

Each verb is a module of its own, imported only when it is called. A mistake of the caller's (an unknown option, a file
that cannot be read, a description with faults) is one clear line on standard error and exit code 2, never a traceback.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO, cast

from ticontact.cli._arguments import parse
from ticontact.cli._files import UnusableFile
from ticontact.cli._terminal import Neutral
from ticontact.errors import TicontactError

__all__ = ["main"]

_USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and answer its exit code.

    Args:
        argv: The words after the program's name; those of this process by default.
    """
    run, arguments = parse(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without our letters shows question marks
    try:
        code = run(arguments, cast("TextIO", Neutral(sys.stdout)))
        sys.stdout.flush()  # here at the latest it shows that nobody reads on
    except (TicontactError, UnusableFile) as mistake:
        return _complain(str(mistake))
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; the interpreter's last flush shall not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as mistake:
        return _complain(f"{mistake.filename}: {mistake.strerror}" if mistake.filename else str(mistake))
    return code


def _complain(message: str) -> int:
    Neutral(sys.stderr).write(f"ticontact: {message}\n")
    return _USAGE_ERROR
