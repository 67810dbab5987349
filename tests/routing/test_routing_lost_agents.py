"""An agent is lost in the middle of something: nothing is lost with the agent."""

from datetime import timedelta

import pytest
from routing_office import NINE, agent, in_hand, item, offered, office, signed_in, states

from ticontact.errors import UnknownAgent
from ticontact.routing import (
    AgentStatus,
    AssignmentState,
    ConsultTransfer,
    Dispatcher,
    WrapUp,
    exclude,
    prefer,
    require,
)

LATER = NINE.add(minutes=3)


class TestLosing:
    """What becomes of each kind of work in hand."""

    def test_a_conversation_goes_back_to_the_place_of_its_entry(self) -> None:
        """It goes before one who came later, and to somebody else."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        assert in_hand(dispatcher, item("first", requirement=exclude(["bruno"]) | require("none"))) == "anna"
        in_hand(dispatcher, item("second"))
        dispatcher.arrive(item("third"), at=NINE.add(minutes=1))

        decision = dispatcher.disconnect("anna", at=LATER)

        assert dispatcher.waiting() == ("first", "third")
        assert dispatcher.holder("first") is None
        assert offered(decision) == []
        assert offered(dispatcher.complete("second", at=LATER)) == [("first", "bruno")]

    def test_what_rings_goes_to_others(self) -> None:
        """The offer is taken back, and made to somebody else."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        [offer] = dispatcher.arrive(item("call"), at=NINE).offers

        decision = dispatcher.disconnect("anna", at=LATER)

        assert decision.revoked == (offer,)
        assert offered(decision) == [("call", "bruno")]

    def test_a_wrap_up_is_over(self) -> None:
        """Even a mandatory one that nobody could end."""
        dispatcher = signed_in(agent("anna", wrap_up=WrapUp("manual")))
        in_hand(dispatcher, item("call"))
        dispatcher.complete("call", at=NINE)

        dispatcher.disconnect("anna", at=LATER)

        assert states(dispatcher, "anna") == {}
        assert dispatcher.agent_state("anna").status is AgentStatus.OFFLINE

    def test_what_was_kept_goes_to_others(self) -> None:
        """The one wished for is gone."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        in_hand(dispatcher, item("busy", requirement=exclude(["bruno"])))
        kept = item("kept", requirement=prefer("anna", reserve_for=timedelta(hours=1)))
        assert dispatcher.arrive(kept, at=NINE).offers == ()

        assert offered(dispatcher.disconnect("anna", at=LATER)) == [("kept", "bruno")]

    def test_what_is_kept_stays_kept_when_one_comes_who_may_not_take_it(self) -> None:
        """Bruno is wished for too, and lacks what is asked: only Anna's going lets go of it."""
        anna, bruno, carla = agent("anna", skills=["tax"]), agent("bruno"), agent("carla", skills=["tax"])
        dispatcher = office(anna, bruno, carla)
        dispatcher.sign_in("anna", at=NINE)
        in_hand(dispatcher, item("busy", requirement=exclude(["carla"])))
        dispatcher.sign_in("carla", at=NINE)
        hour = timedelta(hours=1)
        wish = require("tax") & prefer("bruno", reserve_for=hour) & prefer("anna", reserve_for=hour)
        dispatcher.arrive(item("kept", requirement=wish), at=NINE)

        assert offered(dispatcher.sign_in("bruno", at=LATER)) == []
        assert offered(dispatcher.disconnect("anna", at=LATER)) == [("busy", "bruno"), ("kept", "carla")]

    def test_who_comes_back_may_get_the_same_again(self) -> None:
        """The line broke, and the agent is not to blame."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("call"))
        dispatcher.disconnect("anna", at=LATER)

        assert offered(dispatcher.sign_in("anna", at=LATER)) == [("call", "anna")]

    def test_an_unknown_agent_cannot_be_lost(self) -> None:
        """The error says who is known."""
        with pytest.raises(UnknownAgent) as refused:
            signed_in(agent("anna")).disconnect("zora", at=LATER)

        assert str(refused.value) == "agent: no agent 'zora' here; allowed: anna"


class TestLosingInAConsult:
    """In each state of a consult, the operator or the official is lost."""

    def consulting(self, *, joined: bool, conference: bool = False) -> Dispatcher:
        """Anna has the citizen and asks Ivo to join."""
        dispatcher = signed_in(agent("anna", skills=["first"]), agent("ivo", skills=["permits"]))
        in_hand(dispatcher, item("call", requirement=require("first")))
        [offer] = dispatcher.consult("call", require("permits"), at=NINE).offers
        if joined:
            dispatcher.accept(offer, at=NINE)
        if conference:
            dispatcher.confer("call", at=NINE)
        return dispatcher

    def test_operator_while_the_official_is_asked(self) -> None:
        """Nobody has the citizen any more, who waits again; the official rings no more."""
        dispatcher = self.consulting(joined=False)

        decision = dispatcher.disconnect("anna", at=LATER)

        assert [offer.agent for offer in decision.revoked] == ["ivo"]
        assert dispatcher.waiting() == ("call",)
        assert states(dispatcher, "ivo") == {}

    @pytest.mark.parametrize("conference", [False, True])
    def test_operator_after_the_official_has_joined(self, *, conference: bool) -> None:
        """The official, who knows the case, has the citizen from now on."""
        dispatcher = self.consulting(joined=True, conference=conference)

        decision = dispatcher.disconnect("anna", at=LATER)

        assert decision.consult_transfers == (ConsultTransfer("call", "ivo"),)
        assert dispatcher.holder("call") == "ivo"
        assert states(dispatcher, "ivo") == {"call": AssignmentState.ACTIVE}
        assert states(dispatcher, "anna") == {}

    @pytest.mark.parametrize("conference", [False, True])
    def test_official_after_joining(self, *, conference: bool) -> None:
        """The operator goes on alone, and may ask somebody else."""
        dispatcher = self.consulting(joined=True, conference=conference)

        decision = dispatcher.disconnect("ivo", at=LATER)

        assert decision.returned == ("call",)
        assert dispatcher.holder("call") == "anna"
        assert states(dispatcher, "ivo") == {}
        assert dispatcher.consult("call", require("permits"), at=LATER).offers == ()

    def test_official_while_being_asked(self) -> None:
        """It is asked of others; nobody else is there, so it waits for one."""
        dispatcher = self.consulting(joined=False)

        decision = dispatcher.disconnect("ivo", at=LATER)

        assert [offer.agent for offer in decision.revoked] == ["ivo"]
        assert dispatcher.holder("call") == "anna"
        assert offered(dispatcher.sign_in("ivo", at=LATER)) == [("call", "ivo")]
