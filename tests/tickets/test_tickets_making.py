"""The values of a step are made quickly, and are the same as if made slowly; what is alike is kept once."""

from copy import copy
from datetime import timedelta
from typing import Any

import attrs
import pytest
from tickets_office import NINE

from ticontact.contacts import ContactRef
from ticontact.tickets import CommandResult, Lifecycle, Ticket, replay
from ticontact.tickets.commands import Assign, FireTrigger, OpenTicket, Receive
from ticontact.tickets.events import Transitioned


@pytest.fixture
def step(lifecycle: Lifecycle, ticket: Ticket) -> CommandResult:
    """A step, as the lifecycle makes it."""
    return lifecycle.apply(ticket, FireTrigger("answer", reason="it rang"), at=NINE + timedelta(minutes=1), by="anna")


def anew(value: Any) -> Any:
    """The value as its own class makes it of its fields."""
    return type(value)(**{field.name: getattr(value, field.name) for field in attrs.fields(type(value))})


class TestSteps:
    """The three values of a step."""

    def test_each_is_an_instance_like_any_other(self, step: CommandResult) -> None:
        """The drafts are gone: the class, its equality, its hash and its text are those of the frozen class."""
        (event,) = step.events

        assert [CommandResult, Ticket, Transitioned] == [type(step), type(step.ticket), type(event)]
        for value in (step, step.ticket, event):
            assert (anew(value), repr(anew(value))) == (value, repr(value))
        assert hash(anew(event)) == hash(event)

    def test_each_refuses_to_be_changed(self, step: CommandResult) -> None:
        """Frozen once made; neither written nor deleted."""
        for value, name in ((step, "ticket"), (step.ticket, "state"), (step.events[0], "by")):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(value, name, "other")
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                delattr(value, name)

    def test_each_can_be_copied(self, step: CommandResult) -> None:
        """By `copy`, and with another field by `attrs.evolve`."""
        (event,) = step.events

        assert event == copy(event)
        assert attrs.evolve(event, by="other").by == "other"
        assert attrs.evolve(step.ticket, state="closed").state == "closed"

    def test_all_is_in_its_field(self, step: CommandResult) -> None:
        """Nothing is mixed up on the way."""
        (event,) = step.events
        assert isinstance(event, Transitioned)

        assert ("t-1", 3, NINE + timedelta(minutes=1), "anna", "it rang") == (
            event.ticket,
            event.version,
            event.at,
            event.by,
            event.reason,
        )
        assert (event.trigger, event.state, event.category.value) == ("answer", "first_level", "open")
        assert (3, NINE, NINE + timedelta(minutes=1)) == (
            step.ticket.version,
            step.ticket.opened_at,
            step.ticket.since_at,
        )


class TestSharing:
    """What many tickets say alike is kept once."""

    def test_tickets_opened_alike_share_their_record(self, lifecycle: Lifecycle, call: ContactRef) -> None:
        """Another queue is another record; another instant or contact is not."""

        def opened(name: str, queue: str, minutes: int) -> Ticket:
            opening = OpenTicket(id=name, about=call, queue=queue)
            return lifecycle.apply(None, opening, at=NINE + timedelta(minutes=minutes)).ticket

        first, second, third = opened("a", "permits", 0), opened("b", "permits", 5), opened("c", "asylum", 5)

        assert first.record is second.record
        assert (first.queue, third.queue) == ("permits", "asylum")

    def test_a_step_and_a_message_leave_the_record_as_it_is(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """The contact is the ticket's own."""
        stepped = lifecycle.apply(ticket, FireTrigger("answer"), at=NINE).ticket
        heard = lifecycle.apply(stepped, Receive(ticket.contacts[0]), at=NINE).ticket

        assert ticket.record is stepped.record is heard.record
        assert 2 * ticket.contacts == heard.contacts

    def test_what_is_said_of_one_is_not_said_of_the_other(self, lifecycle: Lifecycle) -> None:
        """A change makes a record of its own."""
        tickets = [lifecycle.apply(None, OpenTicket(id=name), at=NINE) for name in ("a", "b")]
        owned = lifecycle.apply(tickets[0].ticket, Assign("ivo"), at=NINE).ticket

        assert (owned.owner, replay(tickets[1].events).owner) == ("ivo", "")
