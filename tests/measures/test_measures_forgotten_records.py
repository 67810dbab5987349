"""A recorder that runs for months lets go of what is over, and says what became of it."""

from datetime import timedelta
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_kit import NINE, VOICE, at, ended, microseconds, reached

from ticontact.errors import NaiveTime
from ticontact.measures import DispatchRecorder, Recorder, RoutingEvent
from ticontact.routing import Agent, Dispatcher, WorkItem, WrapUp
from ticontact.testing import instant


def life(name: str, *seconds: int) -> list[RoutingEvent]:
    """Reached, taken by Anna, over, and written up, as many of them as there are seconds after nine."""
    told = [
        reached(name),
        RoutingEvent(item=name, what="answered", at=NINE, agent="anna"),
        ended(name),
        RoutingEvent(item=name, what="wrapped_up", at=NINE, agent="anna"),
    ]
    return [attrs.evolve(each, at=at(second)) for each, second in zip(told, seconds, strict=False)]


LIVES: Final = st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4).map(sorted), max_size=6)


class TestRecorder:
    """What goes, what stays."""

    @given(lives=LIVES, second=st.integers(0, 100))
    def test_nothing_is_lost(self, lives: list[list[int]], second: int) -> None:
        """What is gone and what stays make what there was; gone is what was over with its last event before."""
        events = [each for number, life_of in enumerate(lives) for each in life(f"c-{number}", *life_of)]
        recorder = Recorder(events)
        before = recorder.records
        over = {f"c-{number}" for number, known in enumerate(lives) if len(known) > 2 and known[-1] < second}

        gone = recorder.forget(before=NINE.add(seconds=second))

        assert {record.item for record in gone} == over
        assert sorted((*gone, *recorder.records), key=before.index) == [*before]
        assert [record for record in before if record in gone] == [*gone]
        assert recorder.events == tuple(each for each in events if each.item not in over)

    def test_what_is_told_later_is_missing_something(self) -> None:
        """Nobody takes it for a contact that came and never ended."""
        recorder = Recorder(life("c", 0, 5, 60))
        recorder.forget(before=NINE.add(seconds=61))
        recorder.note(life("c", 0, 5, 60, 80)[-1])

        assert recorder.records == ()
        assert recorder.unexplained == ("c",)

    def test_figures_about_staff_no_longer_count_it(self) -> None:
        """Whoever wants them asks before."""
        recorder = Recorder(life("c", 0, 5, 60) + life("d", 0, 70, 90))
        assert recorder.staff_figures(purpose="a drill").by_agent["anna"].contacts == 2

        recorder.forget(before=microseconds(at(61)))

        assert recorder.staff_figures(purpose="a drill").by_agent["anna"].contacts == 1

    def test_the_instant_has_a_zone(self) -> None:
        """And nothing is gone."""
        recorder = Recorder(life("c", 0, 5, 60))

        with pytest.raises(NaiveTime):
            recorder.forget(before=instant("2026-03-19 09:00").naive())
        assert len(recorder.records) == 1


class TestBesideADispatcher:
    """Work after a call that ends with its agent."""

    @pytest.fixture
    def lost_twice(self) -> DispatchRecorder:
        """Anna has a call until 9.01 and is lost, comes back, has another one until 9.03, and still writes it up."""
        anna = Agent(id="anna", wrap_up=WrapUp("manual"))
        dispatcher, recorder = Dispatcher(agents=[anna]), DispatchRecorder([anna])
        for minute in (0, 2):
            now = at(minute * 60)
            recorder.decided(dispatcher.sign_in("anna", at=now))
            call = WorkItem(id=f"c-{minute}", channel=VOICE)
            arrived = dispatcher.arrive(call, at=now)
            recorder.arrived(call, arrived)
            recorder.accepted(arrived.offers[0], dispatcher.accept(arrived.offers[0], at=now))
            recorder.completed(call.id, dispatcher.complete(call.id, at=now.add(minutes=1)))
            if not minute:
                recorder.disconnected("anna", dispatcher.disconnect("anna", at=now.add(seconds=90)))
        return recorder

    def test_an_agent_who_is_lost_again_ends_only_what_came_since(self, lost_twice: DispatchRecorder) -> None:
        """The call before was written up when the agent was lost first."""
        told = len(lost_twice.events)
        lost_twice.disconnected("anna", Dispatcher(agents=[]).advance(at=NINE.add(minutes=5)))

        assert len(lost_twice.events) == told + 1
        assert [record.wrap_up for record in lost_twice.records] == [timedelta(seconds=30), timedelta(minutes=2)]

    def test_what_is_forgotten_is_not_written_up(self, lost_twice: DispatchRecorder) -> None:
        """Of both calls nothing is left that something could be told of."""
        assert len(lost_twice.forget(before=NINE.add(minutes=4))) == 2
        lost_twice.disconnected("anna", Dispatcher(agents=[]).advance(at=NINE.add(minutes=5)))

        assert lost_twice.events == ()

    def test_what_stays_is_written_up(self, lost_twice: DispatchRecorder) -> None:
        """The first one is forgotten, the second one ends with its agent."""
        assert [record.item for record in lost_twice.forget(before=NINE.add(minutes=3))] == ["c-0"]
        lost_twice.disconnected("anna", Dispatcher(agents=[]).advance(at=NINE.add(minutes=5)))

        assert [record.wrap_up for record in lost_twice.records] == [timedelta(minutes=2)]
