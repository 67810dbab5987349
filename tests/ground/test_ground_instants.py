"""Short ways to write an instant in a test."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact._time import to_epoch
from ticontact.errors import HoursError
from ticontact.testing import instant


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-19 10:00", "2026-03-19T10:00:00+01:00"),
        ("2026-07-01T10:00:30", "2026-07-01T10:00:30+02:00"),
        ("2026-03-19T09:00Z", "2026-03-19T10:00:00+01:00"),
        ("2026-03-19T04:00:00-05:00", "2026-03-19T10:00:00+01:00"),
        ("2026-03-19", "2026-03-19T00:00:00+01:00"),
    ],
)
def test_text_names_an_instant(text: str, shown: str) -> None:
    """Without an offset it is the wall clock in Zurich; with one it is that instant, shown in Zurich."""
    assert instant(text).isoformat() == shown


@pytest.mark.parametrize(("fold", "offset"), [(0, "+02:00"), (1, "+01:00")])
def test_fold_chooses_the_pass_of_a_repeated_hour(fold: int, offset: str) -> None:
    """02.30 on the last Sunday of October comes twice."""
    assert instant("2026-10-25 02:30", fold=fold).isoformat() == f"2026-10-25T02:30:00{offset}"


def test_zone_is_that_of_the_wall_clock_and_of_the_answer() -> None:
    """Another zone can be named; the database must know it."""
    assert instant("2026-03-19 10:00", zone="Asia/Kolkata").isoformat() == "2026-03-19T10:00:00+05:30"
    with pytest.raises(HoursError, match="'Bellinzona'"):
        instant("2026-03-19 10:00", zone="Bellinzona")


@pytest.mark.parametrize("text", ["", "tomorrow", "10:00", "2026-02-30 10:00", "2026-03-19 25:00"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    """The refusal shows the text, which is a developer's own."""
    with pytest.raises(HoursError, match="allowed: ISO 8601") as refusal:
        instant(text)

    assert repr(text) in str(refusal.value)
    assert refusal.value.__context__ is None


@given(at=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - zones are added
def test_text_with_an_offset_reads_back(at: datetime) -> None:
    """The ISO text of any instant names that instant, also with the odd offsets of local mean time."""
    assert to_epoch(instant(at.isoformat())) == to_epoch(at)
