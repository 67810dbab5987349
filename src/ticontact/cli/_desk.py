"""`ticontact desk --jsonl OFFICE.toml`: one office at work for programs that are not Python.

Each line that comes in is one object of JSON, a `desk_input`: an instant and an event. Each is answered with one line
at once: a `desk_output` with the effects in their order, or a `desk_refusal` that says what is wrong. A line that is
refused changes nothing, and the desk goes on.
"""

import argparse
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

import attrs

from ticontact._foreign import parse_json
from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.cli._files import UnusableFile, reading, text_of
from ticontact.cli._terminal import write_json
from ticontact.departments import Department, load
from ticontact.desk import Desk
from ticontact.desk.effects import Effect
from ticontact.desk.events import DeskEvent
from ticontact.errors import Fault, InvalidValue, TicontactError
from ticontact.plain import Epoch, checked, form, from_dict, to_dict
from ticontact.routing import Agent

__all__ = ["DeskInput", "DeskOutput", "DeskRefusal", "add_arguments", "run"]

_LONGEST: Final = 10_000_000
"""Bytes of a line."""


@form("desk_input")
@attrs.frozen(kw_only=True, field_transformer=checked)
class DeskInput:
    """A line that comes in.

    Attributes:
        at: When the event happened, in microseconds since 1970-01-01T00:00Z.
        event: What happened.
    """

    at: Epoch
    event: DeskEvent


@form("desk_output")
@attrs.frozen(kw_only=True, field_transformer=checked)
class DeskOutput:
    """The answer to a line that was taken.

    Attributes:
        line: The number of the line, from 1.
        effects: What is to be done, in this order.
        next_deadline: When to send `time_advanced` if nothing happens until then; None if never.
    """

    line: int
    effects: tuple[Effect, ...]
    next_deadline: Epoch | None


@form("desk_refusal")
@attrs.frozen(kw_only=True, field_transformer=checked)
class DeskRefusal:
    """The answer to a line that was refused.

    Attributes:
        line: The number of the line, from 1.
        error: The name of the error's class.
        message: What is wrong, in English, without any personal value.
        faults: The places that are wrong, where the error names several.
    """

    line: int
    error: str
    message: str
    faults: tuple[Fault, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the verb takes."""
    parser.add_argument("file", type=Path, metavar="OFFICE", help="the description of an office, in TOML")
    parser.add_argument("--jsonl", action="store_true", required=True, help="events in, effects out, one object a line")
    parser.add_argument("--agents", type=Path, help="who may sign in: `agent` documents, one a line")
    parser.add_argument("--preempting", action="store_true", help="work that may be interrupted gives way to a call")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Take the lines of standard input until it ends, and answer each at once.

    Raises:
        UnusableFile: If a file is no text, or the description of the office or of an agent has faults.
        OSError: If a file cannot be read.
    """
    with reading(arguments.file):
        office = load(text_of(arguments.file))
    with reading(arguments.agents):
        agents = () if arguments.agents is None else _agents(text_of(arguments.agents))
    desk = Desk(office, agents=agents, preempting=arguments.preempting)
    for number, line in enumerate(_lines(sys.stdin.buffer), start=1):
        write_json(to_dict(_answer(desk, office, line, number)), out, indent=None)
        out.flush()
    return 0


def _agents(text: str) -> tuple[Agent, ...]:
    """The agents of a file.

    Raises:
        UnusableFile: If a line is no agent, or an agent stands twice.
        UnreadableRecord: If a line is no JSON.
    """
    agents: dict[str, Agent] = {}
    for number, line in enumerate(StringIO(text), start=1):  # as those of standard input: JSON may hold a U+2028
        agent = _agent(line, number)
        if agents.setdefault(agent.id, agent) is not agent:
            raise UnusableFile(f"line {number}: {agent.id!r} stands twice")
    return tuple(agents.values())


def _agent(line: str, number: int) -> Agent:
    data: Any = parse_json(line, place=f"line {number}")
    try:
        return from_dict(Agent, data)
    except InvalidValue as refused:
        problem = str(refused)
    raise UnusableFile(f"line {number}: {problem}")


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only its beginning, which is refused."""
    while line := source.readline(_LONGEST + 1):
        rest = line
        while len(rest) > _LONGEST and not rest.endswith(b"\n"):
            rest = source.readline(_LONGEST + 1)  # it is passed over
        yield line


def _answer(desk: Desk, office: Department, line: bytes, number: int) -> DeskOutput | DeskRefusal:
    try:
        data: Any = parse_json(line, place=f"line {number}", largest=_LONGEST)
        told = from_dict(DeskInput, data)
        effects = desk.handle(told.event, at=from_epoch(told.at, zone_named(office.zone)))
    except TicontactError as refused:
        faults: tuple[Fault, ...] = getattr(refused, "faults", ())
        return DeskRefusal(line=number, error=type(refused).__name__, message=str(refused), faults=faults)
    deadline = desk.next_deadline()
    return DeskOutput(line=number, effects=effects, next_deadline=None if deadline is None else to_epoch(deadline))
