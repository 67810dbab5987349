"""The office, the contacts and the tickets that the tests of tickets share."""

import importlib.util
from types import ModuleType

import pytest
from tickets_office import NINE

from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.hours import BusinessCalendar, Canton, Week, swiss
from ticontact.tickets import Lifecycle, Ticket, shipped
from ticontact.tickets.commands import OpenTicket


@pytest.fixture(scope="session")
def office() -> BusinessCalendar:
    """An office of the administration of Ticino."""
    week = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")
    return BusinessCalendar(zone="Europe/Zurich", week=week, holidays=swiss.administration(Canton.TI))


def described_anew() -> ModuleType:
    """The shipped lifecycles, described anew, so that a planted fault is in them and not only in an import long ago."""
    spec = importlib.util.find_spec(shipped.__name__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    declared = vars(Lifecycle)["__plain_custom__"]
    spec.loader.exec_module(module)
    # The module declares by which name its own lifecycle is written; every other test goes on writing the first one.
    setattr(Lifecycle, "__plain_custom__", declared)  # noqa: B010 - a mark that the class does not show
    return module


@pytest.fixture
def fresh_lifecycle() -> Lifecycle:
    """The lifecycle of an office with two levels, described anew for each test."""
    anew = described_anew().contact_centre
    assert isinstance(anew, Lifecycle)
    return anew


@pytest.fixture(scope="session")
def lifecycle() -> Lifecycle:
    """The lifecycle of an office with two levels."""
    anew = described_anew().contact_centre
    assert isinstance(anew, Lifecycle)
    return anew


@pytest.fixture(scope="session")
def call() -> ContactRef:
    """The reference of a call."""
    return ContactRef("c-1", "voice", direction=Direction.INBOUND)


@pytest.fixture(scope="session")
def letter() -> ContactRef:
    """The reference of a letter with an entry stamp."""
    return ContactRef("c-2", "post", direction=Direction.INBOUND, received=NINE.date())


@pytest.fixture(scope="session")
def hand_over() -> HandOver:
    """What the first level tells an official."""
    return HandOver(CaseRef("permit", "2026/4711"), "renewal of a B permit, employer changed")


@pytest.fixture
def ticket(lifecycle: Lifecycle, call: ContactRef) -> Ticket:
    """A ticket that a call has just opened."""
    return lifecycle.apply(None, OpenTicket(id="t-1", about=call, queue="general", language="it"), at=NINE).ticket
