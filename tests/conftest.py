"""Recorded days, replayed once for all tests that look at them."""

import gzip
from datetime import date
from importlib.resources import files

import pytest

from ticontact.departments import Department, load
from ticontact.replay import DayRun, Record, read_record, replay_day

OPENING_DAY = date(2015, 1, 19)
"""The Monday on which the office's contact centre opened."""


def _shipped(name: str) -> Department:
    return load((files("ticontact.replay") / "data" / f"{name}.toml").read_text())


@pytest.fixture(scope="session", name="record")
def _record() -> Record:
    """The recorded day that ticontact ships."""
    packed = (files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()
    return read_record(gzip.decompress(packed).decode().splitlines())


@pytest.fixture(scope="session", name="bank")
def _bank() -> Department:
    """The bank whose day it was."""
    return _shipped("bank")


@pytest.fixture(scope="session", name="office")
def _office() -> Department:
    """The office like the Ufficio della migrazione."""
    return _shipped("migrazione")


@pytest.fixture(scope="session", name="bank_day")
def _bank_day(record: Record, bank: Department) -> DayRun:
    """The shipped day over the bank's own hours."""
    return replay_day(record.calls, department=bank, day=OPENING_DAY)


@pytest.fixture(scope="session", name="office_day")
def _office_day(record: Record, office: Department) -> DayRun:
    """The shipped day as one of the office."""
    return replay_day(record.calls, department=office, day=OPENING_DAY)
