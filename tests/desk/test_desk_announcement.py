"""Who has arrived and is left in the announcement, because a bridge has forgotten to say that it is over."""

from datetime import timedelta

import pytest
from desk_office import NINE, OFFICE, Counter, after, offers

from ticontact.contacts import Outcome
from ticontact.desk import Desk
from ticontact.desk.effects import ContactClosed, Enqueued
from ticontact.desk.events import AgentSignedIn, CallerLeft, QueueJoined, TimeAdvanced
from ticontact.errors import ConfigurationError, DeskError

TEN_MINUTES = 600


class TestAnnouncement:
    """It is listed, and it ends."""

    def test_who_is_in_it_is_listed(self) -> None:
        """In the order of arrival, until it joins its queue or is gone."""
        told = Counter()
        for number, name in enumerate(("a", "b", "c")):
            told.arrive(name, after(number))
        assert list(told.desk.announced) == ["a", "b", "c"]

        told.tell(QueueJoined, after(5), contact="b")
        told.tell(CallerLeft, after(5), contact="a")

        assert told.desk.announced == ("c",)

    def test_a_caller_who_is_left_in_it_counts_as_gone(self) -> None:
        """At the deadline that the desk names; what is told of the caller later is refused."""
        told = Counter()
        told.arrive("a", NINE)
        told.arrive("b", after(1))
        assert told.desk.next_deadline() == after(TEN_MINUTES)

        effects = told.tell(TimeAdvanced, after(TEN_MINUTES))

        assert effects == (ContactClosed(contact="a", outcome=Outcome.ABANDONED_ANNOUNCEMENT),)
        assert told.desk.announced == ("b",)
        assert told.desk.next_deadline() == after(TEN_MINUTES + 1)
        with pytest.raises(DeskError, match="it is over"):
            told.tell(QueueJoined, after(TEN_MINUTES), contact="a")

    def test_what_was_written_joins_by_itself(self) -> None:
        """It is not lost with the bridge's message: it is offered at its instant, even if the desk is called late."""
        told = Counter()
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("m", NINE, "letters")

        effects = told.tell(TimeAdvanced, after(TEN_MINUTES + 30))

        assert effects[0] == Enqueued(contact="m")
        assert [(offer.item, offer.agent) for offer in offers(effects)] == [("m", "anna")]
        assert told.desk.announced == ()

    def test_a_restart_keeps_who_is_in_it(self) -> None:
        """With the instant at which it ends."""
        told = Counter()
        told.arrive("a", NINE)
        again = Desk(OFFICE)
        again.restore(told.desk.snapshot())

        assert again.announced == ("a",)
        assert again.next_deadline() == after(TEN_MINUTES)

    def test_it_may_last_for_ever(self) -> None:
        """Where the owner wants it so."""
        desk = Desk(OFFICE, longest_announcement=None)
        told = Counter()
        told.arrive("a", NINE)
        desk.restore(told.desk.snapshot())

        assert desk.next_deadline() is None

    def test_no_time_at_all_is_refused(self) -> None:
        """Nobody could join."""
        with pytest.raises(ConfigurationError, match="longest_announcement: 0:00:00 was given"):
            Desk(OFFICE, longest_announcement=timedelta(0))
