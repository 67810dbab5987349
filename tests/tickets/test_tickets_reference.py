"""The page of reference on tickets names everything that is public."""

from pathlib import Path

import pytest

from ticontact import tickets
from ticontact.tickets import commands, events, sla

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "tickets.md").read_text(encoding="utf-8")
NAMES = [*tickets.__all__, *commands.__all__, *events.__all__, *sla.__all__]


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_stands_on_the_page(name: str) -> None:
    """In a table of its subject, where a reader finds it by what it is for."""
    assert f"`{name}`" in PAGE


def test_every_command_has_its_row() -> None:
    """Each command, with the event that it leads to."""
    rows = [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `") and "` | `" in line]

    assert {*commands.__all__} - {"Command"} <= {*rows}
