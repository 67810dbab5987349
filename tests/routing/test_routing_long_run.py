"""A dispatcher that runs for months keeps nothing of what is over."""

from datetime import timedelta
from itertools import count
from typing import Any
from weakref import ref

import pytest
from engine_room import engine_of
from routing_office import NINE, agent, in_hand, item, office, signed_in

from ticontact.routing import Dispatcher, Requirement, prefer, with_attribute

ROUNDS = 3_000
FEW = 1_100
"""What is kept for its own sake, of whatever kind: far fewer than came and went."""


def alive(seen: list[ref[Any]]) -> int:
    """How many of some objects are still there."""
    return sum(each() is not None for each in seen)


def own(number: int) -> Requirement:
    """What nothing else asks, before or after: that of a rule which looks at the number of the case."""
    return ~with_attribute("case", str(number))


class TestConditions:
    """What only one piece of work ever asked."""

    def run(self, dispatcher: Dispatcher, wish: Requirement, *, rounds: int = ROUNDS) -> list[ref[Any]]:
        """Calls come and end, one after the other, and each asks something of its own."""
        seen = []
        for number in range(rounds):
            at = NINE.add(seconds=number)
            requirement = own(number) & wish
            seen.append(ref(requirement.condition))
            in_hand(dispatcher, item(f"c-{number}", requirement=requirement), at=at)
            del requirement
            dispatcher.complete(f"c-{number}", at=at)
        return seen

    def test_conditions_are_forgotten(self) -> None:
        """Of thousands that came and went."""
        assert alive(self.run(signed_in(agent("anna")), with_attribute("floor", "1") | own(-1))) < FEW

    def test_what_is_kept_for_one_agent_is_forgotten_too(self) -> None:
        """Such work has a line of its own."""
        wish = prefer("anna", reserve_for=timedelta(seconds=60))

        assert alive(self.run(signed_in(agent("anna")), wish)) < FEW

    def test_what_steps_widen_is_forgotten_too(self) -> None:
        """Each step is a condition of its own."""
        dispatcher = signed_in(agent("anna"))
        seen = []
        for number in range(ROUNDS):
            at = NINE.add(seconds=2 * number)
            stepped = with_attribute("case", str(number)).relax(after=timedelta(seconds=1), to=own(number))
            seen.append(ref(stepped.condition))
            dispatcher.arrive(item(f"c-{number}", requirement=stepped), at=at)
            del stepped
            [offer] = dispatcher.advance(at=at.add(seconds=1)).offers
            dispatcher.accept(offer, at=at.add(seconds=1))
            dispatcher.complete(offer.item, at=at.add(seconds=1))

        assert alive(seen) < FEW

    def test_what_waits_is_not_forgotten(self) -> None:
        """The oldest goes first, after thousands that nobody else asks."""
        dispatcher = signed_in(agent("anna"), agent("bruno", skills=["night"]))
        first = Requirement(own(-1).condition, never=frozenset({"bruno"}))
        in_hand(dispatcher, item("busy", requirement=first))
        dispatcher.arrive(item("first", requirement=first), at=NINE)
        self.run(dispatcher, with_attribute("case", "x") | own(-2))

        [offer] = dispatcher.complete("busy", at=NINE.add(hours=1)).offers

        assert (offer.item, offer.agent) == ("first", "anna")

    def test_many_that_wait_are_not_looked_through_each_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Thousands that ask something of their own, and all wait: room is made for twice as many."""
        dispatcher = office(agent("anna"))
        waiting, times = engine_of(dispatcher).waiting, count()
        keep = waiting.keep
        monkeypatch.setattr(waiting, "keep", lambda profiles: keep(profiles) if next(times) >= 0 else None)
        for number in range(2 * ROUNDS):
            dispatcher.arrive(item(f"c-{number}", requirement=own(number)), at=NINE)

        assert next(times) == 2
        assert len(dispatcher.waiting()) == 2 * ROUNDS

    def test_many_that_ask_the_same_are_not_looked_through_each_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor is a line tidied for every call that joins it: room is made for twice as many."""
        dispatcher, times = office(agent("anna")), count()
        dispatcher.arrive(item("first"), at=NINE)
        [line] = engine_of(dispatcher).waiting._lines.values()
        tidy = type(line).tidy
        monkeypatch.setattr(type(line), "tidy", lambda self: tidy(self) if next(times) >= 0 else None)
        for number in range(2 * ROUNDS):
            dispatcher.arrive(item(f"c-{number}"), at=NINE)

        assert next(times) < 10


class TestProfiles:
    """What an agent once could."""

    def test_profiles_are_forgotten(self) -> None:
        """A department writes a counter into an attribute of its agents."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        seen = []
        for number in range(ROUNDS):
            at = NINE.add(seconds=number)
            changed = agent("anna", attributes={"calls": str(number)})
            dispatcher.change_agent(changed, at=at, by="sara", because="a counter")
            seen.append(ref(dispatcher.agent_state("anna").agent.profile))
            in_hand(dispatcher, item(f"c-{number}"), at=at)
            dispatcher.complete(f"c-{number}", at=at)

        assert alive(seen) < 50

    def test_whoever_changes_is_found_by_what_is_new(self) -> None:
        """After many changes."""
        dispatcher = signed_in(agent("anna"))
        for number in range(100):
            changed = agent("anna", attributes={"calls": str(number)})
            dispatcher.change_agent(changed, at=NINE, by="sara", because="a counter")
            who = in_hand(dispatcher, item("c", requirement=with_attribute("calls", str(number))), at=NINE)
            dispatcher.complete("c", at=NINE)

            assert who == "anna"


class TestBehindTheHead:
    """One piece of work that nobody takes, and others that come and go behind it."""

    def test_who_hangs_up_is_forgotten(self) -> None:
        """However long the first one waits."""
        dispatcher = office(agent("anna"))
        dispatcher.arrive(item("first"), at=NINE)
        seen = []
        for number in range(ROUNDS):
            call = item(f"c-{number}")
            seen.append(ref(call))
            dispatcher.arrive(call, at=NINE)
            del call
            dispatcher.cancel(f"c-{number}", at=NINE)

        assert alive(seen) < 50
        assert dispatcher.waiting() == ("first",)
        assert [offer.item for offer in dispatcher.sign_in("anna", at=NINE).offers] == ["first"]
