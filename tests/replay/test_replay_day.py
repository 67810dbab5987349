"""The shipped day and days made by hand: figures, scripts, rosters, and nobody lost."""

import os
import subprocess
import sys
from collections import Counter
from datetime import time, timedelta
from itertools import pairwise

import attrs
import pytest
from replay_calls import CALL, HUNG_UP, MONDAY, NINE, UNQUEUED

from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.replay import DayRun, Figures, PresenceRule, Record, RecordedOutcome, figures, replay_day
from ticontact.replay._inferred_staff import infer_staff
from ticontact.testing import instant


def main_figures(told: Figures) -> tuple[int, int, int, int, int, float, float]:
    """Offered, answered, hung up in line and in the announcement, fallback, mean wait and 90th percentile."""
    assert told.mean_wait is not None
    assert told.p90_wait is not None
    mean, p90 = (amount / timedelta(seconds=1) for amount in (told.mean_wait, told.p90_wait))
    counts = (told.offered, told.answered, told.abandoned, told.abandoned_announcement, told.fallback)
    return (*counts, round(mean, 1), p90)


class TestTheShippedDay:
    """Monday 4 January 1999, told as Monday 19 January 2015."""

    def test_the_bank_by_its_record(self, bank_day: DayRun) -> None:
        """The recorded column is what anybody can count in the file."""
        assert main_figures(bank_day.live.recorded) == (1808, 1538, 216, 54, 0, 48.7, 142.0)

    def test_the_record_counted_by_hand(self, record: Record, bank_day: DayRun) -> None:
        """Offered is who rang from seven to midnight and was no phantom; the waits are the column `q_time`."""
        open_ = [call for call in record.calls if call.outcome is not RecordedOutcome.PHANTOM and call.arrived >= 25200]
        in_line = [call for call in open_ if call.queued or call.outcome is RecordedOutcome.ANSWERED]
        mean = sum(call.wait for call in in_line) / len(in_line)

        recorded = bank_day.live.recorded
        assert recorded.offered == len(open_)
        assert recorded.out_of_hours == 1822 - len(open_)
        assert recorded.answered == sum(call.outcome is RecordedOutcome.ANSWERED for call in open_)
        assert recorded.mean_wait is not None
        assert recorded.mean_wait / timedelta(seconds=1) == pytest.approx(mean, abs=1e-6)

    def test_the_bank_by_its_rules(self, bank_day: DayRun) -> None:
        """The replay offers the same calls; whoever hung up in the announcement does so again."""
        recorded, replayed = bank_day.live.recorded, bank_day.live.replayed

        assert (replayed.offered, replayed.abandoned_announcement) == (
            recorded.offered,
            recorded.abandoned_announcement,
        )
        assert replayed.answered + replayed.abandoned + replayed.abandoned_announcement + replayed.fallback == 1808
        assert replayed.going_on == 0

    def test_the_office_has_its_callers_in_its_hours(self, office_day: DayRun) -> None:
        """1,037 of the 1,822 contacts fall into 08.00-12.00 and 13.30-17.00; everybody is accounted for."""
        records = office_day.journal.records
        ended = Counter(work.outcome for work in records)

        assert sum(work.in_hours for work in records) == 1037
        assert len(records) == 1822 == ended.total()
        assert ended[Outcome.CLOSED] == sum(not work.in_hours and work.is_live for work in records)

    @pytest.mark.parametrize("name", ["bank_day", "office_day"])
    def test_every_contact_is_told_once_and_in_order(self, name: str, request: pytest.FixtureRequest) -> None:
        """The same contacts as recorded, in the order of their arrival."""
        day: DayRun = request.getfixturevalue(name)
        arrived = [work.offered_at for work in day.journal.records]

        assert [work.item for work in day.recorded] == [work.item for work in day.journal.records]
        assert arrived == sorted(arrived)

    @pytest.mark.parametrize("name", ["bank_day", "office_day"])
    def test_groups_add_up(self, name: str, request: pytest.FixtureRequest) -> None:
        """The queues hold all contacts, the half-hours all live ones that came in hours."""
        day: DayRun = request.getfixturevalue(name)
        by_queue, by_half_hour = day.by_queue.values(), day.by_half_hour.values()

        assert sum(each.replayed.contacts for each in by_queue) == len(day.journal.records)
        assert sum(each.replayed.offered for each in by_half_hour) == day.live.replayed.offered
        assert sum(each.recorded.answered for each in by_half_hour) == day.live.recorded.answered
        assert list(day.by_half_hour) == sorted(day.by_half_hour)
        assert list(day.by_queue) == [queue for queue in day.department.queues if queue in day.by_queue]

    def test_agents_never_talk_with_two(self, bank_day: DayRun) -> None:
        """Between two conversations of one agent lie the 20 s of work after a call."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for trace in bank_day.journal.traces:
            if trace.record.answered_at is not None and trace.record.left_at is not None:
                spans.setdefault(trace.agent, []).append((trace.record.answered_at, trace.record.left_at))

        for talks in spans.values():
            talks.sort()
            assert all(ended + 20_000_000 <= began for (_, ended), (began, _) in pairwise(talks))

    def test_tickets_are_as_many_as_the_answered_and_the_written(self, office_day: DayRun) -> None:
        """Live contacts have a ticket when they were answered or are called back, written ones from their arrival."""
        wanted = {
            work.item
            for work in office_day.journal.records
            if work.is_answered or work.outcome is Outcome.FALLBACK or not work.is_live
        }
        closed = {name for name, ticket in office_day.journal.tickets.items() if ticket.state == "closed"}

        assert set(office_day.journal.tickets) == wanted
        assert closed == {work.item for work in office_day.journal.records if work.outcome is Outcome.ANSWERED}

    def test_explanations_are_of_those_who_were_offered(self, bank_day: DayRun) -> None:
        """Each is found by its contact; who was never offered to anybody has none."""
        explained = bank_day.journal.explanations
        offered = {work.item for work in bank_day.journal.records if work.is_answered}

        assert len(explained) == len(set(explained)) == len(offered)
        assert offered == set(explained)
        with pytest.raises(KeyError, match="nobody"):
            explained["nobody"]

    def test_some_are_handed_to_the_second_level(self, office_day: DayRun, bank_day: DayRun) -> None:
        """At the office, where long services are told as hand-overs; never at the bank."""
        assert any(work.handed_over_at is not None for work in office_day.journal.records)
        assert not any(work.handed_over_at is not None for work in bank_day.journal.records)

    def test_the_callers_around_noon(self, office_day: DayRun) -> None:
        """At 11.58 one hears that it closes soon, at 12.05 when it opens again."""
        before, after = office_day.first_at(time(11, 58)), office_day.first_at(time(12, 5))
        assert before is not None
        assert after is not None

        assert office_day.arrival(before) >= instant("2015-01-19 11:58")
        assert office_day.arrival(after) >= instant("2015-01-19 12:05")
        assert "Chiudiamo alle 12.00" in before.heard[0].it
        assert "riapriamo oggi alle 13.30" in after.heard[0].it
        assert office_day.first_at(time(23, 59, 59)) is None

    def test_the_most_telling_explanation_has_most_kinds_of_reasons(self, office_day: DayRun) -> None:
        """It is a live contact's, and no other has more; of several the first."""
        told = office_day.most_telling
        assert told is not None
        explained = office_day.journal.explanations
        kinds = {
            work.item: len({eligibility.reason.why for eligibility in explained[work.item].eligibilities})
            for work in office_day.journal.records
            if work.is_live and work.item in explained
        }

        assert kinds[told.record.item] == max(kinds.values())
        assert next(name for name, count in kinds.items() if count == max(kinds.values())) == told.record.item


class TestTwice:
    """Nothing hangs on chance: not on the run, and not on the order of sets and mappings."""

    def test_two_runs_are_equal_to_the_last_event(self, record: Record, office: Department, office_day: DayRun) -> None:
        """The digest is of every event and every effect."""
        again = replay_day(reversed(record.calls), department=office, day=MONDAY)

        assert again.journal.digest == office_day.journal.digest
        assert again.journal.traces == office_day.journal.traces

    def test_hash_seeds_do_not_matter(self) -> None:
        """Three processes that order sets differently write the same journal."""
        digests = {seed: self._digest(seed) for seed in ("0", "1", "77")}

        assert len(set(digests.values())) == 1
        assert len(digests["0"]) == 64

    @staticmethod
    def _digest(seed: str) -> str:
        program = (
            "import gzip\n"
            "from datetime import date\n"
            "from importlib.resources import files\n"
            "from ticontact.departments import load\n"
            "from ticontact.replay import read_record, replay_day\n"
            "data = files('ticontact.replay') / 'data'\n"
            "packed = (data / 'anonymous-bank-1999-01-04.tsv.gz').read_bytes()\n"
            "calls = read_record(gzip.decompress(packed).decode().splitlines()).calls[:150]\n"
            "office = load((data / 'migrazione.toml').read_text())\n"
            "print(replay_day(calls, department=office, day=date(2015, 1, 19)).journal.digest)\n"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


class TestDaysByHand:
    """Days small enough to know their end beforehand."""

    def test_a_day_without_calls(self, bank: Department) -> None:
        """Nothing happens, nothing is divided by nothing, and there is nothing to explain."""
        empty = replay_day([], department=bank, day=MONDAY)

        assert (empty.journal.traces, dict(empty.journal.tickets)) == ((), {})
        assert empty.live.replayed == empty.live.recorded == figures([], within=timedelta(seconds=20))
        assert empty.live.replayed.mean_wait is None
        assert empty.live.replayed.reachability.ratio is None
        assert (empty.most_telling, empty.first_at(time(0)), dict(empty.by_queue), dict(empty.by_half_hour)) == (
            None,
            None,
            {},
            {},
        )

    def test_a_day_without_agents(self, office: Department) -> None:
        """Who was impatient hangs up, who was patient ends in the fallback, and a letter waits on."""
        calls = [
            attrs.evolve(CALL, server=None),
            HUNG_UP,
            UNQUEUED,
            attrs.evolve(CALL, id="letter", kind="TT", server=None),
            attrs.evolve(CALL, id="early", arrived=100, entered=108, server=None),
        ]
        day = replay_day(calls, department=office, day=MONDAY)

        assert {work.item: work.outcome for work in day.journal.records} == {
            "call-1": Outcome.FALLBACK,
            "call-2": Outcome.ABANDONED_LONG,
            "call-3": Outcome.ABANDONED_ANNOUNCEMENT,
            "letter": None,
            "early": Outcome.CLOSED,
        }
        assert {name: ticket.state for name, ticket in day.journal.tickets.items()} == {
            "letter": "new",
            "call-1": "new",
        }
        assert day.live.replayed.going_on == 0
        assert day.by_queue["e-mail"].replayed.going_on == 1
        assert day.most_telling is None

    def test_one_call_from_ringing_to_the_end(self, bank: Department) -> None:
        """Announcement, no wait as Anna is there before it ends, the recorded service, and 20 s after it."""
        earlier = attrs.evolve(
            CALL, id="call-0", arrived=NINE - 100, entered=NINE - 100, service=10, service_start=NINE - 100
        )
        day = replay_day([earlier, CALL], department=bank, day=MONDAY)
        trace = day.journal.traces[1]
        nine = int(instant("2015-01-19 09:00", zone="Asia/Jerusalem").timestamp()) * 1_000_000

        assert (trace.agent, trace.record.waited) == ("ANNA", timedelta(0))
        assert (trace.record.offered_at, trace.record.answered_at, trace.record.left_at) == (
            nine,
            nine + 8_000_000,
            nine + 108_000_000,
        )
        assert (trace.record.talk, trace.record.wrap_up) == (timedelta(seconds=100), timedelta(seconds=20))
        assert day.arrival(trace).isoformat() == "2015-01-19T09:00:00+02:00"

    def test_a_priority_customer_overtakes(self, bank: Department) -> None:
        """Two wait for Anna; who came 10 s later and is worth 90 s goes first."""
        talk = attrs.evolve(CALL, id="first", arrived=NINE - 60, entered=NINE - 60, service_start=NINE - 60, service=90)
        plain = attrs.evolve(CALL, id="plain", server=None)
        urgent = attrs.evolve(CALL, id="urgent", arrived=NINE + 10, entered=NINE + 18, priority=2, server=None)
        later = attrs.evolve(CALL, id="later", arrived=NINE + 300, entered=NINE + 300, service_start=NINE + 300)
        day = replay_day([talk, plain, urgent, later], department=bank, day=MONDAY)
        order = sorted(day.journal.records, key=lambda work: work.answered_at or 0)

        assert [work.item for work in order] == ["first", "urgent", "plain", "later"]

    def test_a_long_service_goes_to_an_official(self, office: Department) -> None:
        """After a minute Otto is asked, after 15 s of briefing he takes over, and the operator is free."""
        talk = attrs.evolve(CALL, service=400)
        official = attrs.evolve(
            CALL,
            id="otto",
            kind="NE",
            server="OTTO",
            arrived=NINE - 60,
            entered=NINE - 60,
            wait=0,
            service_start=NINE - 60,
            service=30,
        )
        present = attrs.evolve(official, id="otto-2", arrived=NINE + 300, entered=NINE + 300, service_start=NINE + 200)
        day = replay_day([talk, official, present], department=office, day=MONDAY)
        work = next(work for work in day.journal.records if work.item == "call-1")
        assert work.answered_at is not None

        assert work.handed_over_at == work.answered_at + 75_000_000
        assert work.left_at == work.answered_at + 400_000_000

    def test_without_a_rule_an_agent_joins_at_once(self, office: Department) -> None:
        """A department may have long services and no rule for telling them as hand-overs."""
        plain = attrs.evolve(office, recorded_hand_over=None)
        day = replay_day([attrs.evolve(CALL, service=400)], department=plain, day=MONDAY)

        assert [work.handed_over_at for work in day.journal.records] == [None]

    def test_presence_may_follow_another_rule(self, bank: Department) -> None:
        """With no break tolerated Anna is gone between two calls; the rule stands in the result."""
        rule = PresenceRule(gap=timedelta(0), wrap_up=timedelta(0))
        day = replay_day([CALL], department=bank, day=MONDAY, presence=rule)

        assert day.presence is rule
        assert infer_staff([CALL], rule=rule)[0].shifts == ((NINE + 20, NINE + 120),)
        assert day.journal.records[0].waited == timedelta(seconds=12)

    def test_progress_is_told_as_contacts_end(self, bank: Department) -> None:
        """How many of how many are over, up to all."""
        told: list[tuple[int, int]] = []
        replay_day([CALL, HUNG_UP, UNQUEUED], department=bank, day=MONDAY, progress=lambda *done: told.append(done))

        assert told == [(1, 3), (2, 3), (3, 3)]

    def test_a_missing_row_costs_only_itself(self, record: Record, bank: Department) -> None:
        """Without one call everybody else is still told, once each, and comes to an end."""
        calls = record.calls[:200]
        journal = replay_day(calls[:50] + calls[51:], department=bank, day=MONDAY).journal
        everybody = {call.id for call in calls if call.outcome is not RecordedOutcome.PHANTOM}

        assert everybody - {work.item for work in journal.records} == {calls[50].id}
        assert all(work.outcome is not None for work in journal.records)
