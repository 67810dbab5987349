"""The script of a replayed day: what the desk does not know, looked at from inside."""

import attrs
import pytest
from replay_calls import CALL, HUNG_UP, MONDAY, NINE, PHANTOM, UNQUEUED

from ticontact.departments import Department
from ticontact.errors import ConfigurationError
from ticontact.priority import Priority
from ticontact.replay import replay_day
from ticontact.replay._recorded_script import script


class TestScript:
    """What the record cannot know is filled in by stated rules."""

    def test_a_served_caller_waits_without_limit(self, bank: Department) -> None:
        """Nobody knows how long the patience would have been."""
        (told,) = script([CALL], department=bank)

        assert (told.announcement, told.leaves_in_announcement, told.patience, told.service) == (8, False, None, 100)

    def test_a_caller_who_hung_up_has_the_patience_that_was_seen(self, bank: Department) -> None:
        """In line for 12 s; in the announcement there is no patience to speak of."""
        in_line, unqueued = script([HUNG_UP, UNQUEUED], department=bank)

        assert (in_line.patience, in_line.leaves_in_announcement) == (12, False)
        assert (unqueued.patience, unqueued.leaves_in_announcement) == (None, True)

    def test_phantoms_are_no_callers(self, bank: Department) -> None:
        """Nobody stands behind them, in the script or in what was recorded."""
        day = replay_day([PHANTOM], department=bank, day=MONDAY)

        assert script([PHANTOM], department=bank) == ()
        assert (day.recorded, day.journal.records) == ((), ())

    @pytest.mark.parametrize(
        ("entered", "kind", "service"),
        [
            (NINE, "PS", 10),
            (NINE + 1, "PS", 20),
            (NINE + 100, "PS", 20),
            (NINE, "NE", 30),
            (NINE + 999, "NE", 30),
            (NINE, "IN", 0),
        ],
        ids=["the very same second", "the next", "the last", "another kind", "the only one", "none of its kind"],
    )
    def test_an_unknown_service_is_that_of_the_next_of_its_kind(
        self, bank: Department, entered: int, kind: str, service: int
    ) -> None:
        """Of the last one if none follows; of nothing if there is none at all."""
        known = [
            attrs.evolve(CALL, id="a", entered=NINE, service=10),
            attrs.evolve(CALL, id="b", entered=NINE + 50, service=20),
            attrs.evolve(CALL, id="c", entered=NINE + 10, kind="NE", service=30),
        ]
        asked = attrs.evolve(HUNG_UP, id="x", arrived=NINE - 5, entered=entered, kind=kind)

        assert {told.call.id: told.service for told in script([*known, asked], department=bank)}["x"] == service

    @pytest.mark.parametrize(("priority", "need"), [(0, Priority.NORMAL), (1, Priority.NORMAL), (2, Priority.HIGH)])
    def test_priority_customers_stand_for_a_stated_need(self, bank: Department, priority: int, need: Priority) -> None:
        """Regular and unknown ones are normal."""
        (told,) = script([attrs.evolve(CALL, priority=priority)], department=bank)

        assert told.priority is need

    @pytest.mark.parametrize(("service", "kind", "asked"), [(300, "PS", None), (301, "PS", 60), (301, "TT", None)])
    def test_a_long_service_is_told_as_a_hand_over(
        self, office: Department, service: int, kind: str, asked: int | None
    ) -> None:
        """Over five minutes, on the telephone; what is written is not handed over."""
        (told,) = script([attrs.evolve(CALL, service=service, kind=kind)], department=office)

        assert told.hand_over_after == asked

    def test_who_writes_has_no_announcement_and_no_patience(self, office: Department) -> None:
        """A recorded call that stands for a letter arrives and waits."""
        (told,) = script([attrs.evolve(HUNG_UP, kind="TT")], department=office)

        assert (told.announcement, told.patience, told.leaves_in_announcement) == (0, None, False)

    def test_a_kind_that_stands_for_nothing_is_named(self, bank: Department) -> None:
        """The description is wrong, not the row."""
        lacking = attrs.evolve(bank, recorded_kinds={"NE": bank.recorded_kinds["NE"]})

        with pytest.raises(ConfigurationError, match=r"recorded_kind: nothing stands for 'PS' \(allowed: NE\)"):
            replay_day([CALL], department=lacking, day=MONDAY)
