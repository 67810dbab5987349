"""A lifecycle as a picture, in the notations of Mermaid and of Graphviz."""

from collections.abc import Iterator
from typing import Final

from ticontact.tickets._lifecycle.lifecycle import Lifecycle

__all__ = ["graphviz", "mermaid"]

_ENTITIES: Final = str.maketrans({"#": "#35;", '"': "#quot;", ";": "#59;"})


def mermaid(lifecycle: Lifecycle, *, language: str = "en") -> str:
    """The state diagram of a lifecycle in Mermaid's notation.

    Args:
        lifecycle: The lifecycle.
        language: The language of its labels.

    Raises:
        ConfigurationError: If ticontact has no texts in it.
    """
    lines = ["stateDiagram-v2"]
    ids = {state.name: f"s{number}" for number, state in enumerate(lifecycle.states, start=1)}
    lines += [f'    state "{_escaped(state.label.text(language))}" as {ids[state.name]}' for state in lifecycle.states]
    lines.append(f"    [*] --> {ids[lifecycle.initial]}")
    for source, target, label in _arrows(lifecycle, language):
        lines.append(f"    {ids.get(source, '[*]')} --> {ids[target]} : {_escaped(label)}")
    lines += [f"    {ids[name]} --> [*]" for name in _final(lifecycle)]
    return "\n".join(lines) + "\n"


def graphviz(lifecycle: Lifecycle, *, language: str = "en") -> str:
    """The state diagram of a lifecycle in Graphviz's notation; final states have a double border.

    Args:
        lifecycle: The lifecycle.
        language: The language of its labels.

    Raises:
        ConfigurationError: If ticontact has no texts in it.
    """
    final = set(_final(lifecycle))
    lines = [f"digraph {_quoted(lifecycle.name)} {{", "    node [shape=box, style=rounded];", '    "" [shape=point];']
    for state in lifecycle.states:
        border = ", peripheries=2" if state.name in final else ""
        lines.append(f"    {_quoted(state.name)} [label={_quoted(state.label.text(language))}{border}];")
    lines.append(f'    "" -> {_quoted(lifecycle.initial)};')
    for source, target, label in _arrows(lifecycle, language):
        lines.append(f"    {_quoted(source)} -> {_quoted(target)} [label={_quoted(label)}];")
    return "\n".join([*lines, "}"]) + "\n"


def _arrows(lifecycle: Lifecycle, language: str) -> Iterator[tuple[str, str, str]]:
    """Each arrow with the guards that must pass, in brackets as in UML."""
    for edge in lifecycle.edges:
        guards = f" [{', '.join(edge.guards)}]" if edge.guards else ""
        for source in edge.sources:
            yield source, edge.target, edge.label.text(language) + guards


def _final(lifecycle: Lifecycle) -> Iterator[str]:
    leaving = {source for edge in lifecycle.edges for source in edge.sources}
    yield from (state.name for state in lifecycle.states if state.name not in leaving)


def _escaped(text: str) -> str:
    """A label of Mermaid, in one line: what would end it is written as an entity."""
    return " ".join(text.split()).translate(_ENTITIES)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
