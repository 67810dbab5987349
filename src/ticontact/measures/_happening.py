"""What happens to one piece of work, moment by moment: the events that facts are counted from."""

import enum
from datetime import timedelta

import attrs

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Instant, instant_of

__all__ = ["About", "Happened", "Happening"]


class Happened(enum.Enum):
    """What can happen; of what happens at one instant, the order of the members is the order in which it did."""

    REACHED = "reached"
    """It reached the office; `about` says what it is."""
    JOINED = "joined"
    """It joined its queue."""
    GIVEN_BACK = "given_back"
    """Its agent gave it back to a queue; that agent's wrap-up begins."""
    ANSWERED = "answered"
    """An agent took it."""
    HELD = "held"
    """The citizen is held."""
    RESUMED = "resumed"
    """The citizen is held no longer."""
    SET_ASIDE = "set_aside"
    """It gives way to other work; its agent keeps it."""
    TAKEN_UP = "taken_up"
    """Its agent goes on with it."""
    IN_VAIN = "in_vain"
    """The person was called and was not there: nobody was answered, and the agent has it no longer."""
    HANDED_OVER = "handed_over"
    """An agent of the second level took over; the wrap-up of the one before begins."""
    ENDED = "ended"
    """It is over, with this outcome; if somebody had it, that agent's wrap-up begins."""
    WRAPPED_UP = "wrapped_up"
    """An agent's wrap-up is over."""

    @property
    def rank(self) -> int:
        """The place among what happens at one instant."""
        return _RANKS[self]


_RANKS = {happened: rank for rank, happened in enumerate(Happened)}


@attrs.frozen(kw_only=True)
class About:
    """What a piece of work is.

    Attributes:
        queue: The name of its queue.
        channel: The name of its channel.
        is_live: Whether the citizen waits while it lasts.
        in_hours: Whether the queue was open when it reached the office.
        due_at: By when it was promised (a call-back, say), in microseconds since the epoch; None if nothing was.
        case: The case that it is about, under a name that tells nobody anything; empty if none is known.
    """

    queue: str
    channel: str
    is_live: bool = True
    in_hours: bool = True
    due_at: int | None = None
    case: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True)
class Happening:
    """One thing that happened to one piece of work. Equal ones are one: telling it twice changes nothing.

    Attributes:
        item: The id of the work.
        what: What happened.
        at: When, in microseconds since the epoch; any aware datetime goes in.
        agent: Whose doing it was, by id; empty where it was nobody's.
        wrap_up: With `answered` and `handed_over`, how long that agent's wrap-up will last, where it ends by itself;
            None where only `wrapped_up` ends it.
        outcome: How it ended.
        about: What it is.
    """

    item: str
    what: Happened
    at: int = attrs.field(converter=instant_of)
    agent: str = ""
    wrap_up: timedelta | None = None
    outcome: Outcome | None = None
    about: About | None = None

    def __attrs_post_init__(self) -> None:
        if (self.what is Happened.REACHED) != (self.about is not None):
            raise self._fault("about", "reached")
        if (self.what is Happened.ENDED) != (self.outcome is not None):
            raise self._fault("outcome", "ended")

    def _fault(self, field: str, what: str) -> ConfigurationError:
        problem = "missing" if getattr(self, field) is None else "given"
        return ConfigurationError(
            [Fault(f"{self.item}.{field}", f"{problem} with {self.what.value!r}", f"it with {what!r}")]
        )

    @classmethod
    def reached(cls, item: str, about: About, *, at: Instant) -> "Happening":
        """That a piece of work reached the office."""
        return cls(item=item, what=Happened.REACHED, at=at, about=about)

    @classmethod
    def ended(cls, item: str, outcome: Outcome, *, at: Instant) -> "Happening":
        """That a piece of work is over."""
        return cls(item=item, what=Happened.ENDED, at=at, outcome=outcome)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The place in the history of its piece of work, whenever it was told."""
        return self.at, self.what.rank, self.agent, "" if self.outcome is None else self.outcome.value


@attrs.frozen(kw_only=True)
class StaffTime:
    """What one agent did with some pieces of work.

    Attributes:
        contacts: How many the agent answered or took over.
        talk: Talking.
        hold: With the citizen held.
        wrap_up: The work after it.
    """

    contacts: int = 0
    talk: timedelta = timedelta(0)
    hold: timedelta = timedelta(0)
    wrap_up: timedelta = timedelta(0)

    def __add__(self, other: "StaffTime") -> "StaffTime":
        return StaffTime(
            contacts=self.contacts + other.contacts,
            talk=self.talk + other.talk,
            hold=self.hold + other.hold,
            wrap_up=self.wrap_up + other.wrap_up,
        )
