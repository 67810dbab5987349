"""Every state that a small dispatcher can reach keeps the laws; `exhaustive.py` says what a state is."""

import pytest
from engine_room import AssignmentRequest, Engine
from exhaustive import explore


class TestAllStates:
    """Three agents of two kinds, and all that can happen to a few items."""

    @pytest.mark.parametrize(
        ("items", "refusals", "states"),
        [(1, 1_000, 107), (2, 1, 517), (3, 0, 566)],
        ids=["one item, any refusals", "two items, one refusal", "three items, no refusal"],
    )
    def test_every_reachable_state_keeps_the_laws(self, items: int, refusals: int, states: int) -> None:
        """Nothing is lost, nobody free stands beside what waits, all is in one place, a restart changes nothing."""
        explored = explore(items, refusals=refusals)

        assert explored.wrong == []
        assert states == explored.states


class TestLaws:
    """A dispatcher with a planted fault does not keep them."""

    def test_work_that_is_not_offered_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody brings freed agents and waiting work together."""
        monkeypatch.setattr(Engine, "settle", lambda _: None)

        assert any("waits beside" in each for each in explore(1).wrong)

    def test_work_that_is_lost_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What everybody has declined vanishes."""

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
