"""A desk takes a snapshot whole, or stays as fresh as it was."""

import json
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any, Final

import pytest
from desk_office import NINE, OFFICE, Counter, after, offers, people
from hypothesis import given, settings
from spoilt_data import change, spoilt

from ticontact.desk import Desk
from ticontact.desk.events import (
    AgentSignedIn,
    CallbackRequested,
    CallerLeft,
    ConsultRequested,
    ContactEnded,
    OfferAccepted,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError, TicontactError
from ticontact.routing import Callback


def in_the_middle_of_everything() -> str:
    """A call is over, one is in hand with an official asked, one waits, one is called back, and there is a letter."""
    told = Counter()
    for agent in ("anna", "otto"):
        told.tell(AgentSignedIn, NINE, agent=agent)
    for second, name in enumerate(("over", "in hand", "waits", "called back", "letter")):
        told.arrive(name, after(second), "letters" if name == "letter" else "general", case=f"2026/{second}")
        offered = offers(told.tell(QueueJoined, after(second), contact=name))
        for offer in offered:
            told.tell(OfferAccepted, after(second), offer=offer)
        if name == "over":
            told.tell(ContactEnded, after(second), contact=name)
            told.tell(AgentSignedIn, after(second), agent="bruno")
    told.tell(ConsultRequested, after(10), contact="in hand", summary="The permit ends on Friday.")
    told.tell(CallbackRequested, after(10), contact="called back", callback=Callback.promised(NINE.add(hours=1)))
    told.tell(CallerLeft, after(11), contact="called back")
    return json.dumps(told.desk.snapshot())


BUSY: Final = in_the_middle_of_everything()


def fresh() -> Desk:
    """A desk at which nothing has happened."""
    return Desk(OFFICE, agents=people())


NOTHING: Final = fresh().snapshot()


@settings(max_examples=300)
@given(data=spoilt(BUSY, leaving="dispatcher"))
def test_anything_at_any_place_is_refused_or_it_works(data: Any) -> None:
    """Refused, the desk is as fresh as before; taken, nothing that follows breaks."""
    desk = fresh()
    try:
        desk.restore(data)
    except TicontactError:
        assert desk.snapshot() == NOTHING
        desk.restore(json.loads(BUSY))
        assert desk.snapshot() == json.loads(BUSY)
        return
    numbers = count()
    for name in ("over", "in hand", "waits", "called back", "letter"):
        desk.explain(name)
        for kind in (ContactEnded, CallerLeft):
            with suppress(TicontactError):
                desk.handle(kind(id=f"then-{next(numbers)}", contact=name), at=NINE.add(minutes=1))
    desk.handle(TimeAdvanced(id="evening"), at=NINE.add(days=1))
    desk.forget(before=NINE.add(days=2))
    json.dumps(desk.snapshot())


NOT_READ: Final = "restore: it cannot be read: {}; allowed: what `snapshot` gave"


class TestFaults:
    """What is refused, and how it is said."""

    @pytest.mark.parametrize(
        ("spoil", "fault"),
        [
            (change("now", to="noon"), NOT_READ.format("TypeError")),
            (change("taken", to=["event-0"]), NOT_READ.format("AttributeError")),
            (change("taken", "event-0", to=None), NOT_READ.format("TypeError")),
            (change("lines", to=3), NOT_READ.format("TypeError")),
            (change("lines", 0, "stage", to="GONE"), NOT_READ.format("KeyError")),
            (change("lines", 0, "ended", to="x"), "ended: str was given (allowed: int)"),
            (change("lines", 0, "queue", to="visas"), "restore: no queue visas; allowed: general, advice, emergency, "),
            (
                change("lines", 1, "stage", to="FINISHED"),
                "restore: lines and dispatcher do not agree on 'in hand'; allowed: what `snapshot` gave",
            ),
            (
                lambda data: [line.update(queue=name) for line, name in zip(data["lines"], "ba", strict=False)],
                "restore: no queue a, b; allowed: general, advice, emergency, letters",
            ),
            (
                lambda data: [data["lines"].pop(2) for _ in range(2)],
                "restore: lines and dispatcher do not agree on 'called back', 'waits'; allowed: what `snapshot` gave",
            ),
            (
                lambda data: data["lines"].pop(2),
                "restore: lines and dispatcher do not agree on 'waits'; allowed: what `snapshot` gave",
            ),
            (change("tickets", 0, to=[]), "history: no event was given; allowed: the events of one ticket"),
            (change("dispatcher", "turns", to="x"), "turns: str was given (allowed: int)"),
        ],
        ids=count(),
    )
    def test_faults(self, spoil: Callable[[dict[str, Any]], None], fault: str) -> None:
        """And the desk is still fresh."""
        data, desk = json.loads(BUSY), fresh()
        spoil(data)

        with pytest.raises(TicontactError) as refused:
            desk.restore(data)
        assert str(refused.value).startswith(fault)
        assert desk.snapshot() == NOTHING

    @pytest.mark.parametrize("nothing", [None, [], "x", 3])
    def test_what_is_no_table(self, nothing: Any) -> None:
        """Is no snapshot."""
        with pytest.raises(DeskError, match=r"restore: (it cannot be read|no snapshot of form 4)"):
            fresh().restore(nothing)
