"""The recorded day through the desk: how long a call takes from its arrival to the figures. It has no peer."""

import gzip
from collections.abc import Iterable
from datetime import date
from functools import partial
from importlib.resources import files

from measuring import Row, best_of

from ticontact.departments import load
from ticontact.replay import read_record, replay_day

__all__ = ["measure"]

_DATA = files("ticontact.replay") / "data"
_DAY = date(2015, 1, 19)


def measure() -> Iterable[Row]:
    """Seconds a row read, and seconds a call replayed, at the bank's hours and at the office's."""
    lines = gzip.decompress((_DATA / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()).decode().splitlines()
    calls = read_record(lines).calls
    yield Row("a row of the record, read", best_of(lambda: read_record(lines)) / len(calls), {}, "s")
    for name in ("bank", "migrazione"):
        office = load((_DATA / f"{name}.toml").read_text())
        seconds = best_of(partial(replay_day, calls, department=office, day=_DAY), rounds=3)
        yield Row(f"a call of the day, replayed at {name}", seconds / len(calls), {}, "s")
