"""A desk that runs for months stays as small as a day, and keeps nobody's data for longer than it is asked to."""

import json
from datetime import datetime

import pendulum
import pytest
from desk_office import NINE, OFFICE, Counter, after, call, offers, people

from ticontact.desk import Desk
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    CallerLeft,
    ContactArrived,
    ContactEnded,
    OfferAccepted,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError, NaiveTime
from ticontact.routing import Agent, WrapUp


def served(told: Counter, name: str, at: pendulum.DateTime, *, until: pendulum.DateTime) -> None:
    """A call that somebody takes, and that ends."""
    told.arrive(name, at)
    (offer,) = offers(told.tell(QueueJoined, at, contact=name))
    told.tell(OfferAccepted, at, offer=offer)
    told.tell(ContactEnded, until, contact=name)


@pytest.fixture
def told() -> Counter:
    """Until 9.01 a call was answered, a caller hung up, and one was let go; one is in hand, and one waits."""
    told = Counter()
    told.tell(AgentSignedIn, NINE, agent="bruno")
    served(told, "served", NINE, until=after(20))
    for name, entry in (("hung up", "general"), ("in hand", "general"), ("let go", "advice"), ("waits", "general")):
        told.arrive(name, after(20), entry)
        told.tell(QueueJoined, after(20), contact=name)
    told.tell(CallerLeft, after(30), contact="hung up")
    told.tell(QueueClosedByHand, after(35), queue="advice", by="sonja", because="a drill")
    (offer,) = offers(told.tell(TimeAdvanced, after(50)))
    told.tell(OfferAccepted, after(50), offer=offer)
    return told


class TestWhatGoes:
    """What was over before the instant, and nothing else."""

    def test_in_the_order_of_arrival(self, told: Counter) -> None:
        """The answered, the one who hung up, the one who was let go."""
        assert told.desk.forget(before=after(60)) == ("served", "hung up", "let go")
        assert told.desk.forget(before=after(60)) == ()

    @pytest.mark.parametrize(("second", "gone"), [(20, ()), (20.000001, ("served",)), (31, ("served", "hung up"))])
    def test_at_the_very_instant_it_is_not_yet_before(
        self, told: Counter, second: float, gone: tuple[str, ...]
    ) -> None:
        """The end counts, not the beginning."""
        assert told.desk.forget(before=after(second)) == gone

    def test_who_is_here_stays_however_old(self, told: Counter) -> None:
        """A week later the one in hand can end."""
        late = NINE.add(weeks=1)
        told.tell(TimeAdvanced, late)
        assert "waits" in told.desk.forget(before=late)  # let go at noon, a week ago

        assert [*told.desk.tickets] == ["in hand"]
        assert told.tell(ContactEnded, late, contact="in hand")
        assert told.desk.forget(before=late.add(seconds=1)) == ("in hand",)

    def test_no_trace_is_left(self, told: Counter) -> None:
        """Neither in the snapshot, nor as a ticket, nor as an explanation."""
        assert told.desk.explain("served") is not None
        told.desk.forget(before=after(60))
        kept = json.dumps(told.desk.snapshot())

        names = ("served", "hung up", "let go", "in hand", "waits")
        assert [name for name in names if f'"{name}"' in kept] == ["in hand", "waits"]
        assert [told.desk.explain(name) for name in ("served", "hung up", "let go")] == [None] * 3

    def test_the_instant_has_a_zone(self, told: Counter) -> None:
        """As everywhere; nothing is gone."""
        with pytest.raises(NaiveTime):
            told.desk.forget(before=datetime(2026, 3, 19))  # noqa: DTZ001 - that is what is refused

        assert told.desk.forget(before=after(60)) != ()


class TestAfterwards:
    """What is told of who is gone."""

    def test_an_event_is_refused(self, told: Counter) -> None:
        """As of anybody who never was here."""
        told.desk.forget(before=after(60))

        with pytest.raises(DeskError, match="contact 'served': it is unknown here; allowed: connected"):
            told.tell(ContactEnded, after(61), contact="served")

    def test_an_event_that_is_not_forgotten_is_taken_once(self) -> None:
        """Up to the very instant."""
        desk = Desk(OFFICE, agents=people())
        first = ContactArrived(id="1", contact=call("c", NINE), entry="general")
        effects = desk.handle(first, at=NINE)
        desk.handle(CallerLeft(id="2", contact="c"), at=NINE)
        desk.forget(before=NINE)
        assert desk.handle(first, at=after(1)) is effects

        desk.forget(before=after(0.000001))

        assert desk.handle(first, at=after(1)) is not effects

    def test_who_still_writes_it_up_may_be_lost(self) -> None:
        """The work after a call has no end of its own here, and lasts until tomorrow."""
        told = Counter(Agent(id="mara", skills={"general": 1}, languages={"it": 1}, wrap_up=WrapUp("manual")))
        told.tell(AgentSignedIn, NINE, agent="mara")
        served(told, "c", NINE, until=after(20))
        told.desk.forget(before=NINE.add(days=1))

        assert told.tell(AgentDisconnected, NINE.add(days=1), agent="mara") == ()

    def test_a_restored_desk_forgets_the_same(self, told: Counter) -> None:
        """When each was over is in the snapshot."""
        restored = Desk(OFFICE, agents=people())
        restored.restore(json.loads(json.dumps(told.desk.snapshot())))

        assert restored.forget(before=after(31)) == told.desk.forget(before=after(31))
        assert restored.snapshot() == told.desk.snapshot()


def test_a_month_is_as_small_as_a_day() -> None:
    """Days with calls that are answered and given up, and the night between them."""
    told, sizes = Counter(), set()
    for morning in (NINE.add(days=day) for day in range(28) if NINE.add(days=day).weekday() < 5):
        told.tell(AgentSignedIn, morning, agent="anna")
        for number in range(20):
            at = morning.add(minutes=2 * number)
            served(told, f"call-{morning.day:02}-{number:02}", at, until=at.add(seconds=30))
            told.arrive(f"gone-{morning.day:02}-{number:02}", at.add(seconds=30))
            told.tell(CallerLeft, at.add(seconds=40), contact=f"gone-{morning.day:02}-{number:02}")
        tonight = morning.at(23)
        told.tell(TimeAdvanced, tonight)
        assert len(told.desk.forget(before=tonight)) == 40
        sizes.add(len(json.dumps(told.desk.snapshot())) // 100)

    assert len(sizes) <= 2
