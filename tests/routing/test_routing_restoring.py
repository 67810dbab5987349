"""A snapshot is read whole, or not at all: what cannot be is refused by its place, and the dispatcher stays fresh."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from routing_office import NINE, agent, item, office
from spoilt_data import change, spoilt

from ticontact.contacts import CaseRef, HandOver
from ticontact.errors import ConfigurationError, StaleOffer, TicontactError
from ticontact.routing import Callback, Dispatcher, Queue, WrapUp, any_agent, prefer, require

PEOPLE: Final = [
    agent("anna", skills=["a"], capacity=2, wrap_up=WrapUp.timed(timedelta(seconds=20))),
    agent("bruno", limits={"email": 1}),
    agent("ivo", skills={"permits": 3}, languages=["it"]),
]


def fresh() -> Dispatcher:
    """An office at which nothing has happened."""
    return office(*PEOPLE, drain=10, ring_for=timedelta(seconds=30), preempting=True)


def in_the_middle_of_everything() -> dict[str, Any]:
    """The snapshot of a busy office: an official is asked, one is declined, a letter is in hand, a call is promised."""
    dispatcher = fresh()
    for each in PEOPLE:
        dispatcher.sign_in(each.id, at=NINE)
    case = CaseRef("permit", "1")
    for number in (0, 1):
        work = item(f"a-talk-{number}", queue="office", requirement=require("a"), case=case)
        [offer] = dispatcher.arrive(work, at=NINE).offers
        dispatcher.accept(offer, at=NINE)
    dispatcher.complete("a-talk-0", at=NINE)  # its wrap-up goes on
    dispatcher.consult("a-talk-1", require("permits"), carrying=HandOver(case, "a renewal"), at=NINE)
    [offer] = dispatcher.arrive(item("letter", "post", queue="office", requirement=~require("a")), at=NINE).offers
    dispatcher.accept(offer, at=NINE)
    steps = require("a", level=5).relax(after=timedelta(minutes=5), to=any_agent, or_if_absent=True)
    kept = steps & prefer("anna", reserve_for=timedelta(minutes=10))
    dispatcher.arrive(item("kept", queue="office", requirement=kept, attributes={"topic": "x"}), at=NINE)
    promised = Callback.promised(NINE.add(hours=2))
    dispatcher.arrive(item("promised", queue="office", callback=promised), at=NINE)
    [offer] = dispatcher.arrive(item("declined", queue="office"), at=NINE).offers
    dispatcher.decline(offer, at=NINE)
    data: dict[str, Any] = json.loads(json.dumps(dispatcher.snapshot()))
    return data


BUSY: Final = json.dumps(in_the_middle_of_everything())
NOTHING: Final = fresh().snapshot()


class TestSpoilt:
    """Anything at any place."""

    @settings(max_examples=400)
    @given(data=spoilt(BUSY))
    def test_it_is_refused_or_it_works(self, data: Any) -> None:
        """Refused, the dispatcher is as fresh as before; taken, nothing that follows breaks."""
        dispatcher = fresh()
        try:
            dispatcher.restore(data)
        except ConfigurationError:
            assert dispatcher.snapshot() == NOTHING
            dispatcher.restore(json.loads(BUSY))
            assert dispatcher.snapshot() == json.loads(BUSY)
            return
        self.go_on(dispatcher)

    def go_on(self, dispatcher: Dispatcher) -> None:
        """A day passes, and then everybody goes."""
        json.dumps(dispatcher.snapshot())
        for name in dispatcher.waiting():
            assert dispatcher.explain(name).text("it")
        for minutes in (1, 10, 180, 1440):
            try:
                dispatcher.advance(at=NINE.add(minutes=minutes))
            except TicontactError:  # the snapshot was of later, say
                return
        for name in (*dispatcher.waiting(), *dispatcher.in_hand()):
            dispatcher.cancel(name, at=NINE.add(days=2))
        for each in PEOPLE:
            dispatcher.disconnect(each.id, at=NINE.add(days=2))

        assert (dispatcher.waiting(), dispatcher.in_hand()) == ((), {})


def again(part: str) -> Callable[[dict[str, Any]], None]:
    """The first of a part once more."""
    return lambda data: data[part].append(data[part][0])


NOT_READ: Final = "it cannot be read: {} (allowed: what `snapshot` gave)"


class TestFaults:
    """Each names its place and shows nothing of what stood there."""

    @pytest.mark.parametrize(
        ("spoil", "fault"),
        [
            (lambda data: data.pop("now"), f"restore: {NOT_READ.format('KeyError')}"),
            (change("now", to="noon"), f"restore: {NOT_READ.format('TypeError')}"),
            (change("now", to=10**30), f"restore: {NOT_READ.format('OverflowError')}"),
            (change("turns", to=1.5), "turns: float was given (allowed: int)"),
            (change("agents", 1, to=7), f"agents[2]: {NOT_READ.format('TypeError')}"),
            (change("agents", 1, to={"type": "set", "value": []}), f"agents[2]: {NOT_READ.format('TypeError')}"),
            (change("agents", 1, "agent", "id", to=7), "agents[2].id: int was given (allowed: str)"),
            (change("agents", 1, "agent", "capacity", to=0), "agents[2].capacity: 0 was given (allowed: 1 or more)"),
            (change("agents", 1, "status", "value", to="gone"), f"agents[2]: {NOT_READ.format('ValueError')}"),
            (change("work", 0, "epoch", to="1"), "work[1].epoch: str was given (allowed: int)"),
            (change("work", 1, "search", to=None), f"work[2]: {NOT_READ.format('TypeError')}"),
            (change("work", 0, "search", "entered", to=10**30), f"work[1]: {NOT_READ.format('OverflowError')}"),
            (
                change("work", 0, "search", "state", to="x"),
                "work[1].state: str was given (allowed: held, waiting, offered, over)",
            ),
            (change("work", 0, "consult", "conference", to=0), "work[1].conference: int was given (allowed: bool)"),
            (change("timers", 0, to=[1, "offer"]), f"timers[1]: {NOT_READ.format('ValueError')}"),
            (change("timers", 0, 0, to=10**30), f"timers[1]: {NOT_READ.format('OverflowError')}"),
            (change("timers", 0, 1, to="moon"), "timers[1].kind: str was given (allowed: offer, review, again, "),
            (again("agents"), "agents: 'anna' stands twice (allowed: once)"),
            (again("work"), "work: 'a-talk-1' stands twice (allowed: once)"),
            (
                change("work", 0, "agent", to="bruno"),
                (
                    "agents: 'anna' and the work do not agree on 'a-talk-1' (allowed: one of them has it in hand);"
                    " agents: 'bruno' and the work do not agree on 'a-talk-1' (allowed: one of them has it in hand)"
                ),
            ),
            (
                change("work", 0, "consult", "search", "item", "id", to="x"),
                "work: the consult about 'a-talk-1' is about something else (allowed: the same work)",
            ),
            (
                change("work", 0, "consult", "search", "vain", to=[["zora", True, None]]),
                "work: agent 'zora' is not here (allowed: somebody among the agents)",
            ),
        ],
        ids=count(),
    )
    def test_faults(self, spoil: Callable[[dict[str, Any]], None], fault: str) -> None:
        """By their place, counted from one."""
        data = json.loads(BUSY)
        spoil(data)

        with pytest.raises(ConfigurationError) as refused:
            fresh().restore(data)
        assert str(refused.value).startswith(fault)

    @pytest.mark.parametrize("nothing", [None, [], "x", 3])
    def test_what_is_no_table(self, nothing: Any) -> None:
        """Is no snapshot."""
        with pytest.raises(ConfigurationError, match="restore: it cannot be read: AttributeError"):
            fresh().restore(nothing)

    def test_a_wrap_up_that_nobody_has(self) -> None:
        """A timer about it would find nobody."""
        data = json.loads(BUSY)
        [wrap_up] = [timer for timer in data["timers"] if timer[1] == "wrap_up"]
        wrap_up[4] = "other"

        with pytest.raises(ConfigurationError) as refused:
            fresh().restore(data)
        assert str(refused.value) == (
            "timers: 'anna' has no wrap-up of 'other' (allowed: that of somebody who has one)"
        )

    def test_a_queue_that_is_gone(self) -> None:
        """What waits in it must go somewhere."""
        with pytest.raises(ConfigurationError) as refused:
            Dispatcher(agents=PEOPLE, queues=[Queue(id="lobby"), Queue(id="cellar")]).restore(json.loads(BUSY))

        assert str(refused.value) == "successors: queue 'office' is gone, and 3 wait there (allowed: lobby, cellar)"

    def test_a_window_needs_its_queue(self) -> None:
        """It ends in the fallback."""
        dispatcher = fresh()
        window = Callback.between(NINE.add(hours=1), NINE.add(hours=2))
        dispatcher.arrive(item("window", queue="office", callback=window), at=NINE)

        with pytest.raises(ConfigurationError) as refused:
            Dispatcher(agents=PEOPLE).restore(dispatcher.snapshot())
        assert str(refused.value) == "successors: queue 'office' is gone, and 1 wait there (allowed: none)"

    def test_a_drain_of_a_queue_that_nobody_knows(self) -> None:
        """Nothing would be let go of when it ends."""
        data = json.loads(BUSY)
        [drain] = [timer for timer in data["timers"] if timer[1] == "drain"]
        drain[2] = "attic"

        with pytest.raises(ConfigurationError) as refused:
            fresh().restore(data)
        assert str(refused.value) == "timers: queue 'attic' is not here (allowed: office)"

    def test_a_queue_that_has_lost_its_calendar(self) -> None:
        """What ages by its open time would age no longer."""
        dispatcher = Dispatcher(agents=PEOPLE, queues=[Queue(id="office", fallback="call back")])

        with pytest.raises(ConfigurationError) as refused:
            dispatcher.restore(json.loads(BUSY))
        assert str(refused.value) == "work: queue 'office' has no calendar here (allowed: office)"
        assert dispatcher.waiting() == ()

    def test_an_offer_that_a_stranger_has_missed(self) -> None:
        """Nobody can accept it any more, however late."""
        dispatcher = fresh()
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("call"), at=NINE).offers
        dispatcher.advance(at=NINE.add(seconds=30))
        data = json.loads(json.dumps(dispatcher.snapshot()).replace('"agent": "anna"', '"agent": "zora"'))
        data["work"][0]["search"]["vain"] = []
        again = fresh()
        again.restore(data)

        with pytest.raises(StaleOffer):
            again.accept(attrs.evolve(offer, agent="zora"), at=NINE.add(seconds=32), happened_at=NINE.add(seconds=29))
        assert again.waiting() == ("call",)
        assert again.in_hand() == {}

    def test_who_is_new_may_have_declined_nothing(self) -> None:
        """Agents who are not in the snapshot are known all the same."""
        data = json.loads(BUSY)
        data["work"][0]["consult"]["search"]["vain"] = [["nora", True, None]]
        dispatcher = office(*PEOPLE, agent("nora"), drain=10)
        dispatcher.restore(data)

        assert dispatcher.carried("a-talk-1") == HandOver(CaseRef("permit", "1"), "a renewal")
        assert dispatcher.in_hand() == {"a-talk-1": "anna", "letter": "bruno"}
