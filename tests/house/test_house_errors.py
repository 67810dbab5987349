"""Errors speak to programs too: what a message names stands in an attribute, and what a docstring names exists."""

import ast
import builtins
import re
from collections.abc import Iterator

import pytest
from sources import Source, sources

from ticontact import errors

SOURCES = sources("src/ticontact")
ATTRIBUTES = {
    errors.ContactError: {"field"},
    errors.HoursError: {"field", "position", "horizon"},
    errors.RoutingError: {"item", "agent"},
    errors.DeskError: {"event", "contact"},
}
"""Of each branch, the attributes of which a refusal has at least one."""
ABOUT_A_WHOLE = ("restore: ", "snapshot: ", "at: ", "dispatcher: ")
"""How messages begin that are about a whole desk or dispatcher, and about no event or contact of it."""

_RAISED = re.compile(r"^ +([A-Z]\w+): If ", re.MULTILINE)

for_sources = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


def refusals(source: Source) -> Iterator[tuple[ast.Call, set[str]]]:
    """Every error of these branches that a file makes, and the attributes of which it must give one."""
    for call in ast.walk(source.tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            kind = getattr(errors, call.func.id, None)
            if isinstance(kind, type):
                yield from ((call, names) for branch, names in ATTRIBUTES.items() if issubclass(kind, branch))


def begins(call: ast.Call) -> str:
    """The first words of the message, as far as they are written out."""
    [first, *_] = [node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
    return str(first)


@for_sources
def test_a_refusal_says_its_place_to_a_program(source: Source) -> None:
    """Nobody has to read a field, an item or a contact out of a text."""
    silent = [
        f"line {call.lineno}"
        for call, names in refusals(source)
        if names.isdisjoint(str(keyword.arg) for keyword in call.keywords)
        if not begins(call).startswith(ABOUT_A_WHOLE)
    ]

    assert silent == []


@for_sources
def test_errors_that_a_docstring_names_exist(source: Source) -> None:
    """A name under `Raises:` is one that can be caught."""
    defined = {node.name for every in SOURCES for node in every.tree.body if isinstance(node, ast.ClassDef)}
    known = {*errors.__all__, *vars(builtins), *defined}

    assert {name for name in _RAISED.findall(source.text) if name not in known} == set()
