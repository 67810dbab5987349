"""What the documents say of tickets is so."""

from pathlib import Path

from ticontact.tickets import mermaid, shipped

DOCS = Path(__file__).parents[2] / "docs"


def test_reference_shows_the_shipped_lifecycle() -> None:
    """The diagram in the reference is the one that is drawn today."""
    assert f"```text\n{mermaid(shipped.contact_centre)}```" in (DOCS / "reference" / "tickets.md").read_text("utf-8")
