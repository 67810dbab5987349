"""What a supervisor orders is done, says by whom and why, and is refused where it makes no sense."""

import pytest
from desk_office import NINE, Counter, after, kinds, offers

from ticontact.desk.effects import Effect, SupervisorActed, TicketChanged
from ticontact.desk.events import (
    AgentSignedIn,
    AssignedManually,
    OfferAccepted,
    PriorityChanged,
    QueueChanged,
    QueueClosedByHand,
    QueueJoined,
)
from ticontact.errors import ConfigurationError, DeskError, RoutingError
from ticontact.priority import Priority
from ticontact.routing import Agent

ORDER = {"by": "sonja", "because": "the term ends today"}


def waiting(told: Counter, name: str, second: float, entry: str = "general") -> None:
    """Let somebody wait."""
    told.arrive(name, after(second), entry)
    told.tell(QueueJoined, after(second), contact=name)


def audits(effects: tuple[Effect, ...]) -> list[tuple[str, str, str, str, str, str]]:
    """The audit trail among effects."""
    orders = [effect.order for effect in effects if isinstance(effect, SupervisorActed)]
    return [(order.command, order.subject, order.by, order.because, order.before, order.after) for order in orders]


class TestOrders:
    """Each order, its audit and what follows."""

    def test_another_priority(self) -> None:
        """Who has a need goes first, and the ticket that is opened says so."""
        told = Counter()
        waiting(told, "first", 0)
        waiting(told, "c", 10)
        effects = told.tell(PriorityChanged, after(20), contact="c", priority=Priority.HIGH, **ORDER)
        assert audits(effects) == [("change_priority", "c", *ORDER.values(), "normal", "high")]

        (offer,) = offers(told.tell(AgentSignedIn, after(30), agent="anna"))
        told.tell(OfferAccepted, after(30), offer=offer)
        assert (offer.item, told.desk.tickets["c"].priority) == ("c", Priority.HIGH)

    def test_a_ticket_that_is_there_changes_too(self) -> None:
        """A letter has one from its arrival."""
        told = Counter()
        waiting(told, "m", 0, "letters")
        changed, audit = told.tell(PriorityChanged, after(20), contact="m", priority=Priority.HIGH, **ORDER)

        assert isinstance(changed, TicketChanged)
        assert [(event.by, event.reason) for event in changed.events] == [tuple(ORDER.values())]
        assert isinstance(audit, SupervisorActed)
        assert told.desk.tickets["m"].priority is Priority.HIGH

    def test_another_queue(self) -> None:
        """The skill of the other queue is asked from then on, and its hours and fallback hold."""
        told = Counter(Agent(id="ada", skills={"advice": 5}, languages={"it": 10}))
        told.tell(AgentSignedIn, NINE, agent="ada")
        waiting(told, "c", 0)
        effects = told.tell(QueueChanged, after(20), contact="c", queue="advice", **ORDER)

        assert audits(effects) == [("change_queue", "c", *ORDER.values(), "general", "advice")]
        assert [offer.agent for offer in offers(effects)] == ["ada"]
        assert told.desk.next_deadline() == NINE.at(12)

    def test_who_is_moved_asks_what_the_other_queue_asks(self) -> None:
        """Its skill and the language, both; and the line says where it is."""
        told = Counter(Agent(id="mara", skills={"advice": 1}, languages={"de": 5}))
        told.tell(AgentSignedIn, NINE, agent="mara")
        waiting(told, "c", 0)
        assert offers(told.tell(QueueChanged, after(20), contact="c", queue="advice", **ORDER)) == []
        [line] = told.desk.snapshot()["lines"]

        assert line["queue"] == "advice"
        assert [offer.agent for offer in offers(told.tell(AgentSignedIn, after(30), agent="anna"))] == ["anna"]

    def test_a_move_in_the_drain(self) -> None:
        """The other queue has no drain left: who is moved there is let go at once."""
        told = Counter()
        waiting(told, "c", 3 * 3600 - 60)
        told.tell(QueueChanged, after(3 * 3600 + 60), contact="c", queue="advice", **ORDER)

        assert told.desk.next_deadline() == after(3 * 3600 + 60)

    def test_given_to_one_agent(self) -> None:
        """It rings there, whatever it asks."""
        told = Counter(Agent(id="ada", languages={"it": 10}))
        told.tell(AgentSignedIn, NINE, agent="ada")
        waiting(told, "c", 0)
        effects = told.tell(AssignedManually, after(20), contact="c", agent="ada", **ORDER)

        assert audits(effects) == [("assign", "c", *ORDER.values(), "", "ada")]
        assert [offer.agent for offer in offers(effects)] == ["ada"]

    def test_closed_now(self) -> None:
        """All in line are let go, in the order of their names; the other queues go on."""
        told = Counter()
        for name in ("zoe", "ada"):
            waiting(told, name, 0)
        waiting(told, "other", 0, "advice")
        effects = told.tell(QueueClosedByHand, after(20), queue="general", **ORDER)

        assert audits(effects) == [("close_queue", "general", *ORDER.values(), "2 waiting", "0 waiting")]
        assert kinds(effects) == "audit say ticket over say ticket over"
        assert list(told.desk.tickets) == ["ada", "zoe"]
        assert told.desk.explain("other") is not None


class TestRefusals:
    """What cannot be ordered, and what would be allowed."""

    @pytest.mark.parametrize(
        ("kind", "fields", "error", "message"),
        [
            (
                QueueClosedByHand,
                {"queue": "letters"},
                DeskError,
                "queue 'letters': what is written stays; allowed: a queue of",
            ),
            (
                QueueClosedByHand,
                {"queue": "x"},
                DeskError,
                "queue 'x': it is unknown here; allowed: general, advice, emer",
            ),
            (
                QueueChanged,
                {"contact": "c", "queue": "x"},
                DeskError,
                "queue 'x': it is unknown here; allowed: general",
            ),
            (
                QueueChanged,
                {"contact": "c", "queue": "letters"},
                DeskError,
                "contact 'c': nobody can wait on the line of",
            ),
            (
                AssignedManually,
                {"contact": "c", "agent": "anna"},
                RoutingError,
                "agent 'anna': there is no room for 'c'",
            ),
            (
                AssignedManually,
                {"contact": "d", "agent": "anna"},
                DeskError,
                "contact 'd': it is unknown here; allowed: queued",
            ),
            (
                PriorityChanged,
                {"contact": "c", "priority": Priority.HIGH, "because": ""},
                ConfigurationError,
                "because: nothing was given",
            ),
        ],
    )
    def test_nothing_changes(self, kind: type, fields: dict[str, object], error: type[Exception], message: str) -> None:
        """The message says what would be allowed."""
        told = Counter()
        waiting(told, "c", 0)
        before = told.desk.explain("c")

        with pytest.raises(error) as refusal:
            told.tell(kind, after(0), **(ORDER | fields))
        assert str(refusal.value).startswith(message)
        assert told.desk.explain("c") == before

    def test_a_letter_may_be_moved_anywhere(self) -> None:
        """It waits on no line; its ticket goes with it, and so does the service level of the other queue."""
        told = Counter()
        waiting(told, "m", 0, "letters")

        assert kinds(told.tell(QueueChanged, after(1), contact="m", queue="general", **ORDER)) == "ticket audit"
        assert told.desk.tickets["m"].queue == "general"

    def test_why_is_not_shown(self) -> None:
        """The words of the order may name people."""
        event = QueueClosedByHand(id="e", queue="general", by="sonja", because="Max Muster is here")

        assert "Muster" not in repr(event)
