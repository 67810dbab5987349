"""Days on which much goes wrong, and nothing with them; `faulty_days.py` says what goes wrong and what holds."""

from datetime import datetime
from typing import Any

import pytest
from engine_room import Engine, engine_of
from faulty_days import CALLS, EMAILS, Day
from faulty_witness import HEAD_START

from ticontact.errors import TicontactError
from ticontact.routing import Dispatcher, Offer, RoutingDecision, WorkItem

FAULTS = {
    "a rule fails",
    "a supervisor orders",
    "accepted twice",
    "agent drops in mid-call",
    "an e-mail is suspended",
    "arrives twice",
    "clock jumps forward",
    "completed twice",
    "is called back",
    "is not reached",
    "is transferred",
    "late answer",
    "nobody answers",
    "told of the past",
}


class TestFaultyDays:
    """Three whole days; the command runs as many as anybody likes."""

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_a_day_goes_right_though_much_goes_wrong(self, seed: int) -> None:
        """Everything has ended in one way, in each way something, and every kind of fault has happened."""
        day = Day(seed).run()

        assert sum(day.done.values()) == CALLS + EMAILS
        assert min(day.done.values()) > 0
        assert set(day.faults) == FAULTS
        assert min(day.faults.values()) > 0
        assert 0 < day.worst_overtaking <= HEAD_START

    def test_a_day_can_be_told_again(self) -> None:
        """The same seed is the same day."""
        first, second = (Day(7, calls=100).run() for _ in range(2))

        assert (first.done, first.faults, first.longest_wait) == (second.done, second.faults, second.longest_wait)


class Forgetful(Dispatcher):
    """It forgets a call that an agent declines."""

    def decline(self, offer: Offer, *, at: datetime) -> RoutingDecision:
        """The work is gone with the offer."""
        return super().cancel(offer.item, at=at)


class Moving(Dispatcher):
    """It lets time pass with an answer that it refuses."""

    def accept(self, offer: Offer, *, at: datetime, happened_at: datetime | None = None) -> RoutingDecision:
        """Time passes first."""
        try:
            return super().accept(offer, at=at, happened_at=happened_at)
        except TicontactError:
            engine_of(self).ring_turns += 1
            raise


class Unjust(Dispatcher):
    """It lets whoever comes last go first."""

    def arrive(self, item: WorkItem, *, at: datetime, **more: Any) -> RoutingDecision:
        """The new one has an hour's head start."""
        decision = super().arrive(item, at=at, **more)
        engine = engine_of(self)
        for request in [work.request for work in engine.works.values()]:
            if request.state == "waiting" and request.entered == engine.clocks.now:
                tier, credited, entered, name = request.key
                request.key = (tier, credited - 3_600_000_000, entered, name)
                engine.waiting.add(request)
        return decision


class TestWitness:
    """A dispatcher with a planted fault does not get through a day."""

    @pytest.mark.parametrize(
        ("faulty", "complaint"),
        [(Forgetful, "RoutingError|call-"), (Moving, "late answer|accepted twice"), (Unjust, "overtakes")],
    )
    def test_the_witness_notices(self, faulty: type[Dispatcher], complaint: str) -> None:
        """It names what is wrong."""
        with pytest.raises((AssertionError, TicontactError), match=complaint):
            Day(1, dispatcher=faulty).run()

    def test_a_decline_without_a_timer_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It would stand for ever beside who is free."""
        monkeypatch.setattr(Engine, "_offer_again_at", lambda *_: None)

        with pytest.raises(AssertionError, match=r"no timer will offer|waits beside"):
            Day(1).run()

    def test_an_idle_agent_beside_a_waiting_call_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody brings the two together."""
        monkeypatch.setattr(Engine, "settle", lambda _: None)

        with pytest.raises(AssertionError, match="waits beside"):
            Day(1).run()
