"""Windows of a day, and the week they make."""

import json
import pickle
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.errors import HoursError
from ticontact.hours import BusinessCalendar, TimeWindow, Week
from ticontact.plain import from_dict, to_dict

HOUR = 3600


class TestAWindow:
    """From an opening to a closing, in seconds after midnight."""

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("08:00-12:00", 8 * HOUR, 12 * HOUR),
            ("8.00-12.30", 8 * HOUR, 12 * HOUR + 1800),
            ("00:00-24:00", 0, 24 * HOUR),
            ("22:00-06:00", 22 * HOUR, 30 * HOUR),
            ("09:00-00:00", 9 * HOUR, 24 * HOUR),
            ("08:00:30-08:00:31", 8 * HOUR + 30, 8 * HOUR + 31),
            ("08:00–12:00", 8 * HOUR, 12 * HOUR),
        ],
    )
    def test_text(self, text: str, start: int, end: int) -> None:
        """A text says when it opens and closes; an end before the start lies on the next day."""
        window = TimeWindow.parse(text)

        assert (start, end) == (window.start, window.end)

    @pytest.mark.parametrize(
        "text", ["08:00", "8-12", "08:60-09:00", "24:01-03:00", "08:00-08:00", "a-b", "", "٠٨:٠٠-٠٩:٠٠"]
    )
    def test_refused_text(self, text: str) -> None:
        """What is no window is refused, and so is one without length."""
        with pytest.raises(HoursError, match=r"window|time of day"):
            TimeWindow.parse(text)

    def test_times_of_day(self) -> None:
        """It can be given as times of the standard library, or as seconds."""
        assert TimeWindow.parse("08:00-12:00") == TimeWindow(time(8), time(12)) == TimeWindow(8 * HOUR, 12 * HOUR)

    @pytest.mark.parametrize(("start", "end"), [(-1, HOUR), (HOUR, 49 * HOUR)])
    def test_out_of_bounds(self, start: int, end: int) -> None:
        """A window lies between its midnight and the end of the next day."""
        with pytest.raises(HoursError, match="48:00"):
            TimeWindow(start, end)

    @pytest.mark.parametrize(
        ("window", "text"),
        [
            (TimeWindow("08:00", "12:00"), "08:00-12:00"),
            (TimeWindow("22:00", "06:00"), "22:00-06:00"),
            (TimeWindow(22 * HOUR, 47 * HOUR), "22:00-47:00"),
            (TimeWindow("18:00", "24:00"), "18:00-24:00"),
            (TimeWindow("08:00:30", "12:00"), "08:00:30-12:00"),
        ],
    )
    def test_shown(self, window: TimeWindow, text: str) -> None:
        """It shows itself as it is written."""
        assert text == str(window)

    @pytest.mark.parametrize(
        ("start", "end", "plain"),
        [
            (0, 24, True),
            (8, 12, True),
            (22, 30, True),
            (0, 25, False),
            (8, 32, False),
            (25, 26, False),
            (24, 25, False),
        ],
    )
    def test_plain(self, start: int, end: int, plain: bool) -> None:  # noqa: FBT001 - a table
        """Two times of day can say it if it begins on its date and ends before that time comes again."""
        assert plain is TimeWindow(start * HOUR, end * HOUR).is_plain

    @given(st.integers(0, 47 * 60), st.integers(1, 48 * 60))
    def test_plain_ones_can_be_read(self, start: int, length: int) -> None:
        """What is plain reads back from its text as the same window."""
        window = TimeWindow(start * 60, min(start + length, 48 * 60) * 60)

        assert not window.is_plain or TimeWindow.parse(str(window)) == window

    def test_repr(self) -> None:
        """Its repr builds it."""
        assert repr(TimeWindow.parse("08:00-12:00")) == "TimeWindow('08:00', '12:00')"


class TestAWeek:
    """Seven days, each with its windows."""

    def test_text_and_arguments_agree(self) -> None:
        """A week from a text equals the one from its days."""
        hours = "08:00-12:00,13:30-17:00"
        expected = Week(monday=hours, tuesday=hours, wednesday=hours, thursday=hours, friday=hours)

        assert expected == Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("Mo 08:00-12:00", "1000000"),
            ("Sa-Mo 08:00-12:00", "1000011"),
            ("mo,WE-fr 08:00-12:00", "1011100"),
            ("Mo-Su 08:00-12:00", "1111111"),
            ("Mo-Th 08:00-12:00; Fr off", "1111000"),
            ("Fr closed; Su 10:00-11:00", "0000001"),
        ],
    )
    def test_days_of_a_text(self, text: str, days: str) -> None:
        """Weekdays are named one by one, in ranges that may go over Sunday, in either case."""
        assert days == "".join("1" if windows else "0" for windows in Week.parse(text).days)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Mo",
            "Mo-Fr",
            "08:00-12:00",
            "Mo 08:00-12:00; Mo 13:00-14:00",
            "Xx 08:00-12:00",
            "Mo-Xx 08:00-12:00",
            "Mo 08:00-12:00,11:00-13:00",
            "Mo 08:00-12:00; nonsense",
            "Mo off",
            "Mo 22:00-09:00; Tu 08:00-12:00",
            "Su 22:00-09:00; Mo 08:00-12:00",
        ],
    )
    def test_refused_text(self, text: str) -> None:
        """What contradicts itself or cannot be read is refused, in a sentence that names the place."""
        with pytest.raises(HoursError, match=r"week|overlap|Su|Mo"):
            Week.parse(text)

    @pytest.mark.parametrize("text", ["Mo" + ",Mo" * 300_000, "Mo" + " " * 1_000_000, "Mo 08:00-12:00;" * 60_000])
    def test_hostile_text(self, text: str) -> None:
        """A megabyte of nonsense is refused for its length, before anything is read."""
        with pytest.raises(HoursError, match="characters"):
            Week.parse(text)

    def test_some_weeks_one_after_the_other(self) -> None:
        """One rule may name weekdays of some weeks, of others, and of all, in any order."""
        week = Week.parse("Mo-We,Th[1,3],Fr[odd],Sa 08:00-12:00")

        assert "; ".join(map(str, week.special)) == "Th[1,3] 08:00-12:00; Fr[odd] 08:00-12:00"
        assert [bool(windows) for windows in week.days] == [True, True, True, False, False, True, False]

    def test_plain_form_of_long_windows(self) -> None:
        """A week whose windows no text can say is written in seconds, and reads back as the same week."""
        week = Week(monday=[TimeWindow(8 * HOUR, 40 * HOUR)], friday="08:00-12:00")
        office = BusinessCalendar(zone="Europe/Zurich", week=week)
        written = to_dict(office)

        assert from_dict(BusinessCalendar, json.loads(json.dumps(written))) == office

    def test_without_hours(self) -> None:
        """A week without any hour is refused unless it is written so."""
        with pytest.raises(HoursError, match="closed"):
            Week()
        assert not any(Week.closed().days)

    def test_around_the_clock(self) -> None:
        """The week that is always open has a whole window on each day."""
        assert {(TimeWindow("00:00", "24:00"),)} == set(Week.always().days)

    def test_windows_that_touch(self) -> None:
        """A window may begin when another ends, on the same day or at midnight."""
        week = Week.parse("Mo 08:00-12:00,12:00-13:00; Tu 20:00-02:00; We 02:00-03:00")

        assert len(week.days[0]) == 2

    @pytest.mark.parametrize(
        ("week", "text"),
        [
            (Week.parse("Mo-Fr 08:00-12:00"), "Week.parse('Mo-Fr 08:00-12:00')"),
            (Week.parse("Mo 08:00-12:00; We 08:00-12:00"), "Week.parse('Mo 08:00-12:00; We 08:00-12:00')"),
            (Week.closed(), "Week.closed()"),
        ],
    )
    def test_repr(self, week: Week, text: str) -> None:
        """Its repr builds it, with equal neighbours as one range."""
        assert text == repr(week)

    @given(
        st.lists(st.sampled_from(["", "08:00-12:00", "13:30-17:00,18:00-19:00", "22:00-06:00"]), min_size=7, max_size=7)
    )
    def test_round_trip(self, days: list[str]) -> None:
        """The text of a week reads back as the same week, and so does its pickle."""
        week = Week.of(days) if any(days) else Week.of(["08:00-12:00"] * 7)

        assert week == Week.parse(str(week)) == pickle.loads(pickle.dumps(week))  # noqa: S301 - our own bytes
