"""The words of the command line: which verbs there are, and which module answers each."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, NoReturn, TextIO

__all__ = ["parse"]

Run = Callable[[argparse.Namespace, TextIO], int]

_VERBS: Final = {
    "check": ("_check", "every fault of an office's description"),
    "demo": ("_demo", "one recorded day of calls through hours, contacts, routing and tickets"),
    "desk": ("_desk", "one office at work for programs of other languages: events in, effects out"),
    "hours": ("_hours", "whether an office is open, when next, and the holidays of a canton"),
    "lifecycle": ("_lifecycle", "check a lifecycle and draw it"),
    "replay": ("_replay", "recorded days at their own hours, beside what was recorded"),
    "terms": ("_terms", "the last day of a legal term, and how it comes about"),
}


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 after one line that says where help is."""
        self.exit(2, f"{self.prog}: {message} (help: {self.prog} --help)\n")


class _Version(argparse.Action):
    """Show the version; the distribution's metadata is read only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: object) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - 20 ms that only who asks shall pay

        print(f"ticontact {version('ticontact')}")
        parser.exit()


def parse(argv: Sequence[str]) -> tuple[Run, argparse.Namespace]:
    """Find the verb that the words ask for, and its arguments.

    Args:
        argv: The words after the program's name.

    Returns:
        The verb's function, to be called with the arguments and the stream to write to.

    Raises:
        SystemExit: With code 2 if the words make no sense, with 0 after `--help` and `--version`.
    """
    parser = _Parser(prog="ticontact", description="Contact-centre primitives for Swiss public administration.")
    parser.add_argument("--version", action=_Version)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, (module, summary) in _VERBS.items():
        below = verbs.add_parser(verb, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if verb in argv[:1]:
            import_module(f"ticontact.cli.{module}").add_arguments(below)
    arguments = parser.parse_args(argv)
    run: Run = import_module(f"ticontact.cli.{_VERBS[arguments.verb][0]}").run
    return run, arguments
