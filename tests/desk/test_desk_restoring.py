"""A desk takes a snapshot whole, or stays as fresh as it was."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any, Final

import pytest
from desk_office import NINE, OFFICE, Counter, after, offers, people
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.desk import (
    AgentSignedIn,
    CallBackAsked,
    ConsultAsked,
    ContactEnded,
    Desk,
    HungUp,
    OfferAccepted,
    QueueJoined,
    Ticked,
)
from ticontact.errors import DeskError, TicontactError
from ticontact.routing import CallBack


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
    told.tell(ConsultAsked, after(10), contact="in hand", summary="The permit ends on Friday.")
    told.tell(CallBackAsked, after(10), contact="called back", call_back=CallBack.promised(NINE.add(hours=1)))
    told.tell(HungUp, after(11), contact="called back")
    return json.dumps(told.desk.snapshot())


BUSY: Final = in_the_middle_of_everything()


def fresh() -> Desk:
    """A desk at which nothing has happened."""
    return Desk(OFFICE, agents=people())


NOTHING: Final = fresh().snapshot()


def places(plain: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in plain data but the dispatcher's own, as the keys that lead there."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in inner:
        yield (*so_far, key)
        if key != "dispatcher":
            yield from places(value, (*so_far, key))


PLACES: Final = list(places(json.loads(BUSY)))


def at_place(plain: Any, place: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for key in place:
        plain = plain[key]
    return plain


SPOILT: Final = st.one_of(
    st.sampled_from([None, 0, -1, 10**30, 1.5, "", "x", True, [], {}, ["x"], {"x": 1}]),
    st.sampled_from(PLACES).map(lambda place: at_place(json.loads(BUSY), place)),
)


@settings(max_examples=300)
@given(place=st.sampled_from(PLACES), spoilt=SPOILT, gone=st.booleans())
def test_anything_at_any_place_is_refused_or_it_works(place: tuple[Any, ...], spoilt: Any, *, gone: bool) -> None:
    """Refused, the desk is as fresh as before; taken, nothing that follows breaks."""
    data = json.loads(BUSY)
    above = at_place(data, place[:-1])
    if gone:
        del above[place[-1]]
    else:
        above[place[-1]] = spoilt
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
        for kind in (ContactEnded, HungUp):
            with suppress(TicontactError):
                desk.handle(kind(id=f"then-{next(numbers)}", contact=name), at=NINE.add(minutes=1))
    desk.handle(Ticked(id="evening"), at=NINE.add(days=1))
    desk.forget(before=NINE.add(days=2))
    json.dumps(desk.snapshot())


def change(*place: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    """Something else at a place."""

    def changing(data: dict[str, Any]) -> None:
        at_place(data, place[:-1])[place[-1]] = to

    return changing


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
                lambda data: data["lines"].pop(2),
                "restore: lines and dispatcher do not agree on 'waits'; allowed: what `snapshot` gave",
            ),
            (change("tickets", to=[]), "restore: no ticket of 'in hand'; allowed: what `snapshot` gave"),
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
        with pytest.raises(DeskError, match=r"restore: (it cannot be read|no snapshot of form 3)"):
            fresh().restore(nothing)
