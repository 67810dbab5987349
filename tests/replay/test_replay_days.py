"""A record of several days: each by itself, and all together."""

from datetime import date

import attrs
import pytest

from ticontact.departments import Department
from ticontact.errors import ConfigurationError
from ticontact.measures import outcome_counts
from ticontact.replay import DayRun, PresenceRule, Record, replay_day
from ticontact.replay._recorded_days import RecordReplay, replay_record

MONDAY, TUESDAY = date(1999, 1, 4), date(1999, 1, 5)


@pytest.fixture(scope="session", name="two_days")
def _two_days(record: Record, bank: Department) -> RecordReplay:
    """The first 300 calls of the shipped day, and again as those of the day after."""
    monday = record.calls[:300]
    tuesday = [attrs.evolve(call, id=f"t-{call.id}", day=TUESDAY) for call in monday]
    return replay_record([*tuesday, *monday], department=bank)


class TestTwoDays:
    """Nothing of one day is left on the next."""

    def test_each_day_is_as_by_itself(self, record: Record, bank: Department, two_days: RecordReplay) -> None:
        """On its own date, with the office's wrap-up as the rule of presence."""
        alone = replay_day(record.calls[:300], department=bank, day=MONDAY)

        assert [day.day for day in two_days.days] == [MONDAY, TUESDAY]
        assert two_days.presence == PresenceRule(wrap_up=bank.wrap_up) == alone.presence
        assert two_days.by_day["1999-01-04"] == two_days.by_day["1999-01-05"] == alone.live
        assert two_days.days[0].half_hours == alone.half_hours()

    def test_all_days_together(self, two_days: RecordReplay) -> None:
        """Twice the contacts; the same shares."""
        both, monday = two_days.live.replayed, two_days.by_day["1999-01-04"].replayed

        assert (both.contacts, both.answered) == (2 * monday.contacts, 2 * monday.answered)
        assert both.reachability.ratio == monday.reachability.ratio
        assert outcome_counts(work for day in two_days.days for work in day.replayed).total == both.contacts

    def test_whoever_watches_sees_whole_days(self, record: Record, bank: Department) -> None:
        """With their journals, and by the rule that is asked for."""
        seen: list[DayRun] = []
        rule = PresenceRule()
        replay_record(record.calls[:40], department=bank, presence=rule, watch=seen.append)

        assert [(day.day, len(day.journal.records) > 0, day.presence is rule) for day in seen] == [(MONDAY, True, True)]

    def test_explaining_changes_nothing_else(self, record: Record, bank: Department) -> None:
        """Without it the same happens, and nothing can be told of why."""
        explained, silent = (
            replay_day(record.calls[:200], department=bank, day=MONDAY, explaining=explaining)
            for explaining in (True, False)
        )

        assert explained.journal.digest == silent.journal.digest
        assert explained.journal.records == silent.journal.records
        assert (len(silent.journal.explanations), silent.most_telling) == (0, None)
        assert len(explained.journal.explanations) > 0

    def test_no_call_no_days(self, bank: Department) -> None:
        """There is nothing to say."""
        with pytest.raises(ConfigurationError, match="calls: there are none"):
            replay_record([], department=bank)


class TestHalfHours:
    """The table of a replayed day."""

    def test_it_holds_what_the_figures_hold(self, bank_day: DayRun) -> None:
        """All that was offered in hours, and all work; on no half-hour more work than there were agents."""
        rows, told = bank_day.half_hours(), bank_day.live.replayed

        assert sum(row.offered for row in rows) == told.offered
        assert sum(row.answered for row in rows) == told.answered
        assert sum(row.abandoned_long for row in rows) == told.abandoned
        assert sum(row.service_level.count for row in rows) == told.service_level.count
        assert rows[0].start.timezone_name == "Asia/Jerusalem"

    def test_a_queue_has_its_own(self, bank_day: DayRun) -> None:
        """The queues add up to the whole."""
        whole = bank_day.half_hours()
        parts = [bank_day.half_hours(queue) for queue in bank_day.department.queues]

        assert sum(row.offered for rows in parts for row in rows) == sum(row.offered for row in whole)
        assert {row.start for rows in parts for row in rows} == {row.start for row in whole}
