"""A small recorded day for the command line."""

import gzip
from importlib.resources import files
from pathlib import Path

import pytest


@pytest.fixture(scope="session", name="rows")
def _rows() -> list[str]:
    """A header and sixty rows of the shipped day, around nine in the morning."""
    packed = (files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return [lines[0], *[line for line in lines[1:] if line.split("\t")[6].startswith("9:")][:60]]


@pytest.fixture(name="day")
def _day(rows: list[str], tmp_path: Path) -> Path:
    """A file with these rows."""
    path = tmp_path / "day.tsv"
    path.write_text("\n".join(rows) + "\n")
    return path
