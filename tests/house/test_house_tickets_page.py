"""The page of reference on tickets says the shipped lifecycle's words as they are."""

import pytest
from sources import ROOT

from ticontact.tickets import Edge, State, shipped

PAGE = (ROOT / "docs" / "reference" / "tickets.md").read_text(encoding="utf-8")
SHOWN = ("it", "de", "fr", "rm")


@pytest.mark.parametrize("state", shipped.contact_centre.states, ids=lambda state: state.name)
def test_every_state_has_its_row(state: State) -> None:
    """Name, category, and the words of the office in four languages."""
    words = " | ".join(state.label.text(language) for language in SHOWN)

    assert f"| `{state.name}` | {state.category.value} | {words} |" in PAGE


@pytest.mark.parametrize("edge", shipped.contact_centre.edges, ids=lambda edge: f"{edge.trigger} to {edge.target}")
def test_every_trigger_has_its_row(edge: Edge) -> None:
    """Name, and the words of the office in four languages."""
    words = " | ".join(edge.label.text(language) for language in SHOWN)

    assert f"| `{edge.trigger}` | {words} |" in PAGE
