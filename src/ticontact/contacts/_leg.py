"""Which conversations does a contact consist of, and between whom?"""

import enum
from datetime import datetime, timedelta
from itertools import pairwise

import attrs
import pendulum

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._field_types import of_kind
from ticontact.contacts._moment import Moment, moment, moment_or_none, shown
from ticontact.errors import ContactError

__all__ = ["Leg", "LegKind"]


class LegKind(enum.Enum):
    """What a conversation was for."""

    INITIAL = "initial"
    """The citizen and whoever served first."""
    CONSULT = "consult"
    """The operator asks an official, while the citizen waits."""
    HANDED_OVER = "handed_over"
    """The citizen and the official, after a consult."""
    BLIND_TRANSFER = "blind_transfer"
    """The citizen, sent on without a consult."""
    CALLBACK = "callback"
    """A call of ours."""
    OFFERED = "offered"
    """It rang at an agent's who did not answer: somebody else did, or nobody."""


_WITHOUT_CITIZEN = frozenset({LegKind.CONSULT, LegKind.OFFERED})


@attrs.frozen(kw_only=True, field_transformer=hide)
class Leg:
    """One conversation.

    Attributes:
        kind: What it was for.
        agent: Who of the office took part, or was rung; empty if nobody was. Staff are persons too: it does not show.
        queue: The queue it waited in; empty if it was in none.
        end: How the telephone system says it ended, such as `no_answer`; empty if it did not say.
    """

    kind: LegKind = attrs.field(validator=of_kind(LegKind))
    agent: str = attrs.field(default="", metadata=PERSONAL)
    queue: str = ""
    end: str = ""
    _started_at: Moment = attrs.field(alias="started_at", converter=moment)
    _answered_at: Moment | None = attrs.field(alias="answered_at", default=None, converter=moment_or_none)
    _ended_at: Moment | None = attrs.field(alias="ended_at", default=None, converter=moment_or_none)

    def __attrs_post_init__(self) -> None:
        known = [each for each in (self._started_at, self._answered_at, self._ended_at) if each is not None]
        if any(later < earlier for earlier, later in pairwise(known)):
            raise ContactError("leg: allowed: started_at <= answered_at <= ended_at", field="leg")

    @property
    def started_at(self) -> pendulum.DateTime:
        """When it began to ring."""
        return self._started_at.at

    @property
    def answered_at(self) -> pendulum.DateTime | None:
        """When somebody answered; None if nobody did."""
        return shown(self._answered_at)

    @property
    def ended_at(self) -> pendulum.DateTime | None:
        """When it was over; None if it goes on."""
        return shown(self._ended_at)

    @property
    def talk(self) -> timedelta:
        """How long they talked; nothing while it goes on."""
        if self._answered_at is None or self._ended_at is None:
            return timedelta(0)
        return timedelta(microseconds=self._ended_at.epoch - self._answered_at.epoch)

    @property
    def with_citizen(self) -> bool:
        """Whether the citizen and somebody of the office are on the line; not so in a consult or an announcement."""
        return self.kind not in _WITHOUT_CITIZEN and bool(self.agent)

    def ended(self, *, at: datetime | Moment) -> "Leg":
        """The same leg, ended."""
        return attrs.evolve(self, ended_at=at)
