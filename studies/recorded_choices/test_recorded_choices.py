"""Each recorded choice, held against ours, and both against a recount by hand."""

import gzip
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import cast

import attrs
import pytest
from recorded_choices import READINGS, Agreement, MayTake, agreement, main

from ticontact.measures import Ratio
from ticontact.replay import Record, RecordedCall, RecordedOutcome, read_record

DAY = date(1999, 1, 4)


def call(
    name: str,
    joined: int,
    left: int,
    *,
    kind: str = "PS",
    server: str | None = "ANNA",
    priority: int = 0,
    outcome: RecordedOutcome = RecordedOutcome.ANSWERED,
    day: date = DAY,
) -> RecordedCall:
    """A call that waited from one second to another, and was served for ten."""
    served = outcome is RecordedOutcome.ANSWERED
    return RecordedCall(
        line=2,
        id=name,
        customer=None,
        priority=priority,
        kind=kind,
        day=day,
        arrived=joined,
        entered=joined,
        queued=True,
        wait=left - joined,
        outcome=outcome,
        service_start=left if served else None,
        service=10 if served else None,
        server=server if served else None,
    )


def hung_up(name: str, joined: int, left: int) -> RecordedCall:
    """A call that nobody took."""
    return call(name, joined, left, outcome=RecordedOutcome.HUNG_UP)


def shares(
    calls: Sequence[RecordedCall], *, may_take: MayTake = "kinds_of_the_day", head_start: int = 0
) -> tuple[int, int]:
    """How many choices agree, of how many."""
    share = agreement(calls, may_take=may_take, head_start=timedelta(seconds=head_start)).share
    return share.count, share.total


def recount(calls: Sequence[RecordedCall], may_take: MayTake, head_start: int) -> tuple[int, int, float]:
    """The same by looking at every pair of calls; it shares nothing with ticontact but the rows."""
    real = [each for each in calls if each.outcome is not RecordedOutcome.PHANTOM]
    agreed, sizes = 0, []
    for chosen in real:
        if not chosen.queued or chosen.server is None or chosen.wait == 0:
            continue
        second = chosen.entered + chosen.wait
        mine = {
            each.kind
            for each in real
            if each.server == chosen.server
            and each.service is not None
            and may_take != "same_kind"
            and (may_take == "kinds_of_the_record" or each.day == chosen.day)
        } | {chosen.kind}
        there = [
            each
            for each in real
            if each is chosen
            or (
                each.day == chosen.day
                and each.queued
                and each.entered <= second < each.entered + each.wait
                and (may_take == "anything" or each.kind in mine)
            )
        ]
        if len(there) > 1:
            sizes.append(len(there))
            first = min(
                there,
                key=lambda each: (each.entered - head_start * (each.priority == 2), each.entered, each.id),
            )
            agreed += first is chosen
    return agreed, len(sizes), sum(1 / size for size in sizes) / len(sizes)


class TestChoices:
    """What is a choice, and among whom."""

    def test_who_waited_longer_goes_first(self) -> None:
        """One choice that agrees; when the second is taken, it is alone."""
        assert shares([call("a", 0, 50), call("b", 10, 60)]) == (1, 1)

    def test_another_choice_disagrees(self) -> None:
        """The later one was taken."""
        assert shares([call("a", 0, 60), call("b", 10, 50)]) == (0, 1)

    @pytest.mark.parametrize(("head_start", "expected"), [(0, (0, 1)), (9, (0, 1)), (11, (1, 1))], ids=str)
    def test_the_priority_is_worth_waiting_time(self, head_start: int, expected: tuple[int, int]) -> None:
        """Ten seconds later, and taken first."""
        assert shares([call("a", 0, 60), call("b", 10, 50, priority=2)], head_start=head_start) == expected

    @pytest.mark.parametrize("priority", [0, 1])
    def test_other_priorities_are_regular(self, priority: int) -> None:
        """Says the documentation."""
        assert shares([call("a", 0, 60), call("b", 10, 50, priority=priority)], head_start=90) == (0, 1)

    def test_whoever_joined_in_that_second_waits(self) -> None:
        """There are two to choose from."""
        assert shares([call("a", 0, 50), call("b", 50, 60)]) == (1, 1)

    def test_whoever_left_in_that_second_does_not(self) -> None:
        """Two agents took one each: there was nothing to choose; nor from one who hung up just then."""
        assert shares([call("a", 0, 50), call("b", 10, 50, server="BEA")]) == (0, 0)
        assert shares([call("a", 0, 50), hung_up("b", 10, 50)]) == (0, 0)

    def test_who_hangs_up_is_no_choice_but_can_be_chosen(self) -> None:
        """The one who had waited longer hung up later."""
        assert shares([hung_up("a", 0, 60), call("b", 10, 50)]) == (0, 1)

    def test_without_a_wait_there_was_no_choice(self) -> None:
        """Nor where nobody is named."""
        assert shares([call("a", 0, 60, server=None), call("b", 50, 50)]) == (0, 0)

    def test_who_did_not_queue_was_not_there(self) -> None:
        """Nor a phantom, nor a call of another day."""
        others = [
            attrs.evolve(call("b", 0, 60), queued=False),
            call("c", 0, 60, outcome=RecordedOutcome.PHANTOM),
            call("d", 0, 60, day=date(1999, 1, 5)),
        ]

        assert shares([call("a", 10, 50), *others]) == (0, 0)

    def test_days_are_apart_whatever_their_order(self) -> None:
        """Each day has its own choices."""
        tuesday = [
            attrs.evolve(each, id=f"t{each.id}", day=date(1999, 1, 5)) for each in (call("a", 0, 50), call("b", 9, 60))
        ]

        assert shares([*tuesday, call("a", 0, 60), call("b", 10, 50)]) == (1, 2)

    def test_nothing_to_choose(self) -> None:
        """No share at all."""
        assert agreement([]) == Agreement(
            may_take="kinds_of_the_day", head_start=timedelta(0), share=Ratio(0, 0), by_chance=None
        )


class TestReadings:
    """Whom an agent may take is not recorded."""

    CALLS = (
        call("taken", 10, 50),
        hung_up("of the kind", 20, 90),
        attrs.evolve(hung_up("of a kind of the day", 21, 90), kind="IN"),
        attrs.evolve(hung_up("of a kind of another day", 22, 90), kind="NE"),
        attrs.evolve(hung_up("of a kind of others", 5, 90), kind="PE"),
        call("later", 400, 410, kind="IN"),
        call("the day after", 0, 10, kind="NE", day=date(1999, 1, 5)),
        call("by another agent", 500, 510, kind="PE", server="BEA"),
    )

    @pytest.mark.parametrize(
        ("may_take", "expected"),
        [
            ("same_kind", (Ratio(1, 1), 1 / 2)),
            ("kinds_of_the_day", (Ratio(1, 1), 1 / 3)),
            ("kinds_of_the_record", (Ratio(1, 1), 1 / 4)),
            ("anything", (Ratio(0, 1), 1 / 5)),
        ],
    )
    def test_among_whom(self, may_take: MayTake, expected: tuple[Ratio, float]) -> None:
        """Of two, three, four or all five who wait."""
        told = agreement(self.CALLS, may_take=may_take)

        assert (told.share, told.by_chance) == expected

    def test_a_service_that_was_not_recorded_shows_no_kind(self) -> None:
        """As everywhere else in a replay."""
        vague = attrs.evolve(call("later", 400, 410, kind="IN"), service=None)
        waiting = attrs.evolve(hung_up("b", 5, 90), kind="IN")

        assert shares([call("a", 10, 50), waiting, vague]) == (0, 0)

    def test_an_unknown_reading_is_refused(self) -> None:
        """With those that there are."""
        with pytest.raises(ValueError, match=r"'all' was given; allowed: same_kind, kinds_of_the_day"):
            agreement([], may_take=cast("MayTake", "all"))


class TestTheShippedDay:
    """Monday 4 January 1999, counted twice."""

    @pytest.fixture(scope="class")
    @staticmethod
    def record() -> Record:
        """The recorded day that ticontact ships."""
        packed = (files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()
        return read_record(gzip.decompress(packed).decode().splitlines())

    @pytest.mark.parametrize("head_start", [0, 90], ids=str)
    @pytest.mark.parametrize("may_take", READINGS)
    def test_the_recount_agrees(self, record: Record, may_take: MayTake, head_start: int) -> None:
        """The index and `decide` come to what looking at all pairs comes to."""
        told = agreement(record.calls, may_take=may_take, head_start=timedelta(seconds=head_start))
        agreed, total, by_chance = recount(record.calls, may_take, head_start)

        assert told.share == Ratio(agreed, total)
        assert told.by_chance == pytest.approx(by_chance)

    @pytest.mark.parametrize(
        ("head_start", "expected"), [(90, Ratio(421, 569)), (0, Ratio(557, 569))], ids=["90 s", "none"]
    )
    def test_the_figures(self, record: Record, head_start: int, expected: Ratio) -> None:
        """On this day those who chose went by plain order: 98 %, where a lot would agree in 34 %."""
        told = agreement(record.calls, head_start=timedelta(seconds=head_start))

        assert told.share == expected
        assert told.by_chance == pytest.approx(0.343, abs=5e-4)

    def test_what_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Every reading under both head starts; of the shipped day where no file is named."""
        main([])
        header, *lines = capsys.readouterr().out.splitlines()

        assert header.split() == ["may", "take", "head", "start", "choices", "agree", "by", "lot"]
        assert len(lines) == 2 * len(READINGS)
        assert lines[2].split() == ["kinds_of_the_day", "90", "s", "569", "74.0", "%", "34.3", "%"]

    def test_a_file_of_ones_own(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Where there was no choice, no share is made up."""
        shipped = files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz"
        file = tmp_path / "header.tsv.gz"
        file.write_bytes(gzip.compress(gzip.decompress(shipped.read_bytes()).splitlines(keepends=True)[0]))

        main([str(file)])

        assert capsys.readouterr().out.splitlines()[1].split() == ["same_kind", "90", "s", "0", "-", "-"]
