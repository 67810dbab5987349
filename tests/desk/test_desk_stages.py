"""Every event in every stage of a contact: what is allowed has its effects, the rest is refused without a trace."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from inspect import signature
from typing import Any, get_args

import pytest
from desk_office import Counter, after, call, kinds

from ticontact.desk import effects, events
from ticontact.desk.effects import Effect
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    AssignedManually,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    NoShow,
    OfferAccepted,
    OfferDeclined,
    PriorityChanged,
    QueueChanged,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import ConfigurationError, DeskError, RoutingError, StaleOffer, TicontactError, UnknownAgent
from ticontact.priority import Priority
from ticontact.routing import AgentStatus, Callback, Offer

STORY = ("arrives", "joins", "anna in", "anna takes", "otto in", "consults", "otto takes", "hands over", "ends")
"""One contact from the first ring to the end, over both levels."""

STAGES = {
    "new": 0,
    "announced": 1,
    "queued": 2,
    "ringing": 3,
    "talking": 5,
    "asked": 6,
    "joined": 7,
    "given": 8,
    "over": 9,
}
"""How many events of the story bring the contact to each stage."""

TABLE = """
event            | new   | announced | queued                | ringing                          | talking            | asked                       | joined             | given              | over
arrives          | say   | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
joins            | Desk  | -         | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
hangs up         | Desk  | over      | over                  | over withdraw                    | ticket ticket over | ticket ticket over withdraw | ticket ticket over | ticket ticket over | Desk
anna takes       | Stale | Stale     | Stale                 | connect ticket ticket            | Stale              | Stale                       | Stale              | Stale              | Stale
anna declines    | Stale | Stale     | Stale                 | -                                | Stale              | Stale                       | Stale              | Stale              | Stale
otto takes       | Stale | Stale     | Stale                 | Stale                            | Stale              | connect                     | Stale              | Stale              | Stale
otto declines    | Stale | Stale     | Stale                 | Stale                            | Stale              | returned                    | Stale              | Stale              | Stale
consults         | Desk  | Desk      | Desk                  | Desk                             | offer              | Wrong                       | Wrong              | -                  | Desk
hands over       | Desk  | Desk      | Desk                  | Desk                             | Desk               | Wrong                       | ticket             | Wrong              | Desk
ends             | Desk  | Desk      | Desk                  | Desk                             | ticket ticket over | ticket ticket over withdraw | ticket ticket over | ticket ticket over | Desk
anna in          | -     | -         | offer                 | -                                | -                  | -                           | -                  | -                  | -
anna out         | -     | -         | -                     | withdraw                         | -                  | -                           | -                  | -                  | -
otto in          | -     | -         | -                     | -                                | -                  | -                           | -                  | -                  | -
otto out         | -     | -         | -                     | -                                | -                  | withdraw                    | -                  | -                  | -
nobody in        | Who   | Who       | Who                   | Who                              | Who                | Who                         | Who                | Who                | Who
nobody out       | Who   | Who       | Who                   | Who                              | Who                | Who                         | Who                | Who                | Who
goes astray      | Lost  | Lost      | Lost                  | Lost                             | Lost               | Lost                        | Lost               | Lost               | Lost
ticks            | -     | -         | -                     | -                                | -                  | -                           | -                  | -                  | -
anna pauses      | -     | -         | -                     | withdraw                         | -                  | -                           | -                  | -                  | -
anna is no pause | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
anna lost        | -     | -         | -                     | withdraw                         | back               | back withdraw               | takeover ticket    | -                  | -
otto lost        | -     | -         | -                     | -                                | -                  | withdraw                    | returned           | back offer         | -
nobody lost      | Who   | Who       | Who                   | Who                              | Who                | Who                         | Who                | Who                | Who
wants a call     | Desk  | Desk      | say ticket ticket     | say ticket ticket withdraw offer | Desk               | Desk                        | Desk               | Desk               | Desk
too late         | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
not reached      | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
not come         | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
urgent           | Desk  | Desk      | audit                 | audit withdraw offer             | Desk               | Desk                        | Desk               | Desk               | Desk
moved            | Desk  | Desk      | audit                 | audit withdraw offer             | Desk               | Desk                        | Desk               | Desk               | Desk
moved astray     | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
to letters       | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
given            | Desk  | Desk      | Wrong                 | Wrong                            | Desk               | Desk                        | Desk               | Desk               | Desk
closed now       | audit | audit     | audit say ticket over | audit say ticket over withdraw   | audit              | audit                       | audit              | audit              | audit
for no reason    | Lost  | Lost      | Lost                  | Lost                             | Lost               | Lost                        | Lost               | Lost               | Lost
astray closed    | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
letters closed   | Desk  | Desk      | Desk                  | Desk                             | Desk               | Desk                        | Desk               | Desk               | Desk
"""  # noqa: E501 - a table is read across
"""What the desk wants done, or the error it refuses with."""

ERRORS: dict[str, type[TicontactError]] = {
    "Desk": DeskError,
    "Stale": StaleOffer,
    "Wrong": RoutingError,
    "Who": UnknownAgent,
    "Lost": ConfigurationError,
}


def table() -> Iterator[tuple[str, str, str]]:
    """The cells of the table: event, stage, what follows."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    for event, *cells in rows:
        yield from ((event, stage, cell) for stage, cell in zip(header[1:], cells, strict=True))


ALLOWED = [cell for cell in table() if cell[2] not in ERRORS]
REFUSED = [cell for cell in table() if cell[2] in ERRORS]


ORDER: dict[str, object] = {"by": "sonja", "because": "a reason"}
ANNA = Offer("c", "anna", 1, None, "contact")
OTTO = Offer("c", "otto", 2, None, "consult")


class Told(Counter):
    """A desk to which the events of the story are told by name."""

    def say(self, name: str, second: float) -> tuple[Effect, ...]:
        """Tell the desk one event of the table."""
        at = after(second)
        kind, fields = self.named(at, f"asked at {second}")[name]
        return self.tell(kind, at, **fields)

    def named(self, at: datetime, summary: str) -> Mapping[str, tuple[Callable[..., DeskEvent], dict[str, object]]]:
        """Every event of the table, by its name there."""
        contact = call("c", at, case="4711")
        return {
            "arrives": (ContactArrived, {"contact": contact, "entry": "general"}),
            "goes astray": (ContactArrived, {"contact": call("d", at), "entry": "nowhere"}),
            "joins": (QueueJoined, {"contact": "c"}),
            "hangs up": (CallerLeft, {"contact": "c"}),
            "anna takes": (OfferAccepted, {"offer": ANNA}),
            "anna declines": (OfferDeclined, {"offer": ANNA}),
            "otto takes": (OfferAccepted, {"offer": OTTO}),
            "otto declines": (OfferDeclined, {"offer": OTTO}),
            "consults": (ConsultRequested, {"contact": "c", "summary": summary}),
            "hands over": (ConsultCompleted, {"contact": "c"}),
            "ends": (ContactEnded, {"contact": "c"}),
            "anna in": (AgentSignedIn, {"agent": "anna"}),
            "anna out": (AgentSignedOut, {"agent": "anna"}),
            "otto in": (AgentSignedIn, {"agent": "otto"}),
            "otto out": (AgentSignedOut, {"agent": "otto"}),
            "nobody in": (AgentSignedIn, {"agent": "nobody"}),
            "nobody out": (AgentSignedOut, {"agent": "nobody"}),
            "ticks": (TimeAdvanced, {}),
            "anna pauses": (AgentStatusChanged, {"agent": "anna", "because": AgentStatus.BREAK}),
            "anna is no pause": (AgentStatusChanged, {"agent": "anna", "because": AgentStatus.OFFLINE}),
            "anna lost": (AgentDisconnected, {"agent": "anna"}),
            "otto lost": (AgentDisconnected, {"agent": "otto"}),
            "nobody lost": (AgentDisconnected, {"agent": "nobody"}),
            "wants a call": (
                CallbackRequested,
                {"contact": "c", "callback": Callback.promised(at + timedelta(hours=2))},
            ),
            "too late": (CallbackRequested, {"contact": "c", "callback": Callback.promised(at)}),
            "not reached": (CallbackUnanswered, {"contact": "c"}),
            "not come": (NoShow, {"contact": "c"}),
            "urgent": (PriorityChanged, {"contact": "c", "priority": Priority.HIGH} | ORDER),
            "moved": (QueueChanged, {"contact": "c", "queue": "advice"} | ORDER),
            "moved astray": (QueueChanged, {"contact": "c", "queue": "nowhere"} | ORDER),
            "to letters": (QueueChanged, {"contact": "c", "queue": "letters"} | ORDER),
            "given": (AssignedManually, {"contact": "c", "agent": "anna"} | ORDER),
            "closed now": (QueueClosedByHand, {"queue": "general"} | ORDER),
            "for no reason": (QueueClosedByHand, {"queue": "general", "by": "sonja", "because": " "}),
            "astray closed": (QueueClosedByHand, {"queue": "nowhere"} | ORDER),
            "letters closed": (QueueClosedByHand, {"queue": "letters"} | ORDER),
        }


def brought_to(stage: str) -> Told:
    """A desk whose one contact stands at a stage; ten seconds lie between two events."""
    told = Told()
    for number, name in enumerate(STORY[: STAGES[stage]]):
        told.say(name, 10 * number)
    return told


def the_rest(told: Told, stage: str) -> list[tuple[Effect, ...]]:
    """What a desk does in the rest of the story, and long after."""
    rest = [*STORY[STAGES[stage] :], "ticks"]
    return [told.say(name, 200 + 10 * number) for number, name in enumerate(rest)]


@pytest.mark.parametrize(("event", "stage", "expected"), ALLOWED)
def test_what_is_allowed_has_its_effects(event: str, stage: str, expected: str) -> None:
    """Each event that makes sense in a stage asks for exactly this, in this order."""
    told = brought_to(stage)

    assert expected == kinds(told.say(event, 100))


@pytest.mark.parametrize(("event", "stage", "error"), REFUSED)
def test_what_makes_no_sense_is_refused_and_leaves_no_trace(event: str, stage: str, error: str) -> None:
    """After a refusal the rest goes on as on a desk where nothing has happened; no time has passed either."""
    told, twin = brought_to(stage), brought_to(stage)

    with pytest.raises(ERRORS[error]) as refusal:
        told.say(event, 100)

    assert type(refusal.value) is ERRORS[error]
    assert told.desk.snapshot() == twin.desk.snapshot()
    assert told.desk.next_deadline() == twin.desk.next_deadline()
    assert the_rest(told, stage) == the_rest(twin, stage)
    assert told.desk.tickets == twin.desk.tickets


@pytest.mark.parametrize(
    ("event", "stage", "message"),
    [
        ("ends", "over", "contact 'c': it is over; allowed: connected"),
        ("joins", "new", "contact 'c': it is unknown here; allowed: in the announcement"),
        ("hangs up", "over", "contact 'c': it is over; allowed: in the announcement, queued, connected"),
        ("arrives", "queued", "contact 'c': it has arrived already; allowed: a new id"),
        ("hands over", "talking", "contact 'c': nobody was asked to join; allowed: ConsultRequested first"),
        (
            "goes astray",
            "new",
            "entry: no entry point 'nowhere' (allowed: general, advice, emergency, letters)",
        ),
    ],
)
def test_a_refusal_names_what_would_be_allowed(event: str, stage: str, message: str) -> None:
    """Whoever reads the message knows where the contact is and what it may do there."""
    with pytest.raises(TicontactError) as refusal:
        brought_to(stage).say(event, 100)

    assert message == str(refusal.value)


ABOUT_NO_CONTACT = {"anna is no pause", "astray closed", "letters closed"}


@pytest.mark.parametrize(("event", "stage"), [cell[:2] for cell in REFUSED if cell[2] == "Desk"])
def test_a_refusal_says_to_a_program_what_its_text_says(event: str, stage: str) -> None:
    """Event, contact and stage can be read without the text; a stage that is not allowed is not among the allowed."""
    told = brought_to(stage)
    kind, _ = told.named(after(100), "")[event]

    with pytest.raises(DeskError) as refusal:
        told.say(event, 100)

    refused = refusal.value
    assert (refused.event, refused.contact) == (getattr(kind, "__name__", ""), "" if event in ABOUT_NO_CONTACT else "c")
    assert refused.stage in {"", "in the announcement", "queued", "connected", "over"}
    assert refused.stage not in refused.allowed


@pytest.mark.parametrize(
    ("event", "stage", "stands", "allowed"),
    [
        ("ends", "over", "over", ("connected",)),
        ("joins", "new", "", ("in the announcement",)),
        ("hangs up", "over", "over", ("in the announcement", "queued", "connected")),
        ("arrives", "queued", "queued", ()),
        ("hands over", "talking", "connected", ("ConsultRequested",)),
        ("not come", "talking", "connected", ("counter",)),
        ("moved astray", "queued", "queued", ("general", "advice", "emergency", "letters")),
        ("anna is no pause", "new", "", ("BREAK", "MEETING", "TRAINING", "HEARING", "COUNTER", "TECHNICAL")),
    ],
)
def test_attributes_say_where_it_stands_and_what_would_do(
    event: str, stage: str, stands: str, allowed: tuple[str, ...]
) -> None:
    """Stages, events or names of the department: the words that a program uses."""
    with pytest.raises(DeskError) as refusal:
        brought_to(stage).say(event, 100)

    assert (refusal.value.stage, refusal.value.allowed) == (stands, allowed)


def test_every_event_that_is_public_is_one_of_a_desk() -> None:
    """The names of the module are the members of the union, and each row of the table above is one of them."""
    kinds_of_events = {kind.__name__ for kind in get_args(DeskEvent)}

    assert kinds_of_events == set(events.__all__) - {"DeskEvent"}
    assert {kind.__name__ for kind in get_args(Effect)} == set(effects.__all__) - {"Effect"}


@pytest.mark.parametrize("kind", get_args(DeskEvent), ids=lambda kind: str(kind.__name__))
def test_a_desk_knows_every_event(kind: type[Any]) -> None:
    """One about a contact, a queue or an agent who is not here is refused with its own error, or has no effects."""
    told = Counter()
    given: dict[str, object] = {
        "contact": "nobody",
        "agent": "nobody",
        "queue": "nowhere",
        "into": "nobody",
        "entry": "nowhere",
        "summary": "",
        "priority": Priority.HIGH,
        "because": AgentStatus.BREAK if kind is AgentStatusChanged else "a reason",
        "by": "sonja",
        "callback": Callback.in_turn(),
        "offer": ANNA,
        "happened_at": None,
    }
    given["contact"] = call("c", after(0)) if kind is ContactArrived else "nobody"
    fields = {name: given[name] for name in signature(kind).parameters if name != "id"}

    if kind is TimeAdvanced:
        assert told.tell(kind, after(1)) == ()
        return
    with pytest.raises(TicontactError):
        told.tell(kind, after(1), **fields)
    assert told.desk.tickets == {}


@pytest.mark.parametrize("event", [None, "TimeAdvanced", TimeAdvanced, 5], ids=repr)
def test_what_is_no_event_is_refused(event: Any) -> None:
    """Before anything else is done about it: the desk's time stays too."""
    desk = Counter().desk

    with pytest.raises(DeskError, match=r"^event: \w+ was given; allowed: an event of ticontact\.desk\.events$"):
        desk.handle(event, at=after(1))
    assert desk.snapshot()["now"] is None
