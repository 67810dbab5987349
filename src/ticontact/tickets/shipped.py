"""Lifecycles that come with ticontact."""

from datetime import timedelta
from typing import Final

from ticontact.i18n._texts import tickets as texts
from ticontact.plain import custom
from ticontact.tickets._category import Category
from ticontact.tickets._lifecycle.graph import Edge, Facts, State, Timer
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["contact_centre"]

_WORK: Final = ("first_level", "with_official")
_WAITING: Final = ("waiting_for_citizen", "waiting_for_documents", "waiting_for_authority")
_UNDONE: Final = ("new", *_WORK, *_WAITING, "on_hold")
_RESUMABLE: Final = (*_WAITING, "on_hold")
_OFFICIAL: Final = "an_official_has_it"


def _an_official_has_it(ticket: Ticket | None, _facts: Facts) -> bool:
    return ticket is not None and ticket.record.hand_over is not None


def _state(name: str, category: Category) -> State:
    return State(name, category, label=texts.STATES[name])


def _edge(
    trigger: str, sources: tuple[str, ...], target: str, *, guards: tuple[str, ...] = (), why: bool = False
) -> Edge:
    label = texts.TRIGGERS[trigger]
    return Edge(trigger, sources, target=target, guards=guards, needs_reason=why, label=label)


def _back_to_work(trigger: str, sources: tuple[str, ...], *, why: bool = False) -> tuple[Edge, Edge]:
    """Back to the official who has it, or else to the first level."""
    return (
        _edge(trigger, sources, "with_official", guards=(_OFFICIAL,), why=why),
        _edge(trigger, sources, "first_level", why=why),
    )


contact_centre: Final = Lifecycle(
    "contact_centre",
    (
        _state("new", Category.NEW),
        _state("first_level", Category.OPEN),
        _state("with_official", Category.OPEN),
        _state("waiting_for_citizen", Category.PENDING),
        _state("waiting_for_documents", Category.PENDING),
        _state("waiting_for_authority", Category.ON_HOLD),
        _state("on_hold", Category.ON_HOLD),
        _state("solved", Category.SOLVED),
        _state("closed", Category.CLOSED),
        _state("merged", Category.CLOSED),
    ),
    edges=(
        _edge("answer", ("new",), "first_level"),
        _edge("hand_over", ("new", "first_level", *_RESUMABLE), "with_official"),
        _edge("hand_back", ("with_official",), "first_level", why=True),
        _edge("ask_citizen", _WORK, "waiting_for_citizen"),
        _edge("ask_for_documents", _WORK, "waiting_for_documents"),
        _edge("ask_authority", _WORK, "waiting_for_authority", why=True),
        _edge("hold", _WORK, "on_hold", why=True),
        *_back_to_work("resume", _RESUMABLE),
        *_back_to_work("citizen_wrote", ("waiting_for_citizen", "waiting_for_documents", "solved", "closed")),
        _edge("solve", _UNDONE, "solved"),
        *_back_to_work("reopen", ("solved", "closed"), why=True),
        _edge("close", ("solved",), "closed"),
        _edge("discard", ("new", "first_level"), "closed", why=True),
        _edge("merge", _UNDONE, "merged"),
    ),
    initial="new",
    guards={_OFFICIAL: _an_official_has_it},
    timers=(
        Timer(id="remind_citizen", states=("waiting_for_citizen", "waiting_for_documents"), after=timedelta(days=10)),
        Timer(id="term_is_over", states=("waiting_for_citizen", "waiting_for_documents"), after=None, trigger="resume"),
        Timer(id="close_solved", states=("solved",), after=timedelta(days=30), trigger="close"),
    ),
    occasions={
        "received": "citizen_wrote",
        "replied": "answer",
        "handed_over": "hand_over",
        "handed_back": "hand_back",
        "merged": "merge",
    },
    reopening_within=timedelta(days=30),
)
"""The office with a first and a second level.

A contact opens a ticket; the operator's answer takes it to the first level; a hand-over gives it to an official; it may
wait for the citizen, for documents or for another authority, or be put on hold; it is solved, and closed thirty days
later. Until then, and for thirty days more, what the citizen sends opens it again.
"""


def _named(name: str) -> Lifecycle:
    return {contact_centre.name: contact_centre}[name]


def _name(lifecycle: Lifecycle) -> str:
    if lifecycle != contact_centre:  # a copy is as good
        raise ValueError(lifecycle.name)
    return lifecycle.name


custom(
    Lifecycle,
    write=_name,
    read=_named,
    schema={"enum": [contact_centre.name]},
    words=f"the name of a shipped lifecycle: {contact_centre.name}",
)
