"""Every state that a small dispatcher can reach keeps the laws; `exhaustive.py` says what a state is."""

import pytest
from engine_room import AssignmentRequest, Engine
from exhaustive import Office, explore


class TestAllStates:
    """Three agents of two kinds, and all that can happen to a few items."""

    @pytest.mark.parametrize(
        ("items", "refusals", "office", "states"),
        [
            (1, 1_000, Office(), 227),
            (2, 1, Office(), 758),
            (3, 0, Office(), 566),
            (1, 2, Office(misses_allowed=2, gives_back=True), 1_179),
        ],
        ids=["one item, any refusals", "two items, one refusal", "three items, no refusal", "two misses, given back"],
    )
    def test_every_reachable_state_keeps_the_laws(self, items: int, refusals: int, office: Office, states: int) -> None:
        """Nothing is lost, nobody free stands beside what waits, all is in one place, a restart changes nothing.

        Only beside what somebody has declined that person may stand, and then a timer runs that will offer it.
        """
        explored = explore(items, refusals=refusals, office=office)

        assert explored.wrong == []
        assert states == explored.states


class TestLaws:
    """A dispatcher with a planted fault does not keep them."""

    def test_work_that_is_not_offered_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody brings freed agents and waiting work together."""
        monkeypatch.setattr(Engine, "settle", lambda _: None)

        assert any("waits beside" in each for each in explore(1).wrong)

    def test_a_decline_without_a_timer_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It would stand for ever beside the only one who is there."""
        monkeypatch.setattr(Engine, "_offer_again_at", lambda *_: None)

        assert any("no timer will offer" in each for each in explore(1).wrong)

    def test_a_miss_that_counts_as_a_decline_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who has missed one ring of two would stand beside the call."""
        note = Engine._note_vain_offer
        declined = lambda engine, request, agent_id, **_: note(engine, request, agent_id, how="declined")  # noqa: E731
        monkeypatch.setattr(Engine, "_note_vain_offer", declined)
        monkeypatch.setattr(Engine, "_offer_again_at", lambda *_: None)

        assert any("will offer" in each for each in explore(1, office=Office(misses_allowed=2)).wrong)

    def test_work_that_is_lost_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What everybody who is there has declined vanishes."""

        def vanish(engine: Engine, request: AssignmentRequest) -> None:
            engine.end(request)
            del engine.works[request.item.id]

        monkeypatch.setattr(Engine, "_give_up", vanish)

        assert any("there should be" in each for each in explore(1).wrong)

    def test_an_offer_that_is_not_taken_back_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever was rung for somebody who has hung up holds nothing for ever."""

        def forget(_: Engine, request: AssignmentRequest, *, but: str = "") -> None:
            request.offers = tuple(offer for offer in request.offers if offer.agent == but)

        monkeypatch.setattr(Engine, "revoke", forget)

        assert any("holds what is not there" in each for each in explore(1, most=50).wrong)
