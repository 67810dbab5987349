"""A promise to a citizen, and whether it was kept."""

import enum
from datetime import datetime

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.i18n import Text
from ticontact.i18n._texts import tickets as texts
from ticontact.plain import Epoch, checked, described

__all__ = ["Promise", "PromiseState"]


class PromiseState(enum.Enum):
    """How a promise stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """The state in words."""
        return texts.PROMISES[self.value]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Promise:
    """A promise such as "an official calls you by Friday noon": the citizen's real service level, with its own clock.

    Attributes:
        id: Its name within the ticket.
        who: Who will do it: a person's id or a role.
        what: What was promised.
        given_instant: When it was given, in microseconds since 1970-01-01T00:00Z.
        due_instant: By when, in the same unit.
        fallback: What happens if it is not kept.
        ended_instant: When it was fulfilled or withdrawn; None while it is open.
        withdrawn: Whether it was given up.
        about: The id of the contact in which it was given; may be empty.
    """

    id: str
    who: str
    what: str = attrs.field(repr=False)
    given_instant: Epoch = attrs.field(metadata=described(name="given"))
    due_instant: Epoch = attrs.field(metadata=described(name="due"))
    fallback: str = attrs.field(default="", repr=False)
    ended_instant: Epoch | None = attrs.field(default=None, metadata=described(name="ended"))
    withdrawn: bool = False
    about: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is neither fulfilled nor withdrawn, as far as is known."""
        return self.ended_instant is None

    @property
    def given(self) -> pendulum.DateTime:
        """When it was given, in UTC."""
        return from_epoch(self.given_instant, zone_named("UTC"))

    @property
    def due(self) -> pendulum.DateTime:
        """By when, in UTC."""
        return from_epoch(self.due_instant, zone_named("UTC"))

    def state(self, *, at: datetime) -> PromiseState:
        """How it stands at an instant; fulfilled at the very due instant it is kept.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        asked = to_epoch(at)
        if self.ended_instant is None or self.ended_instant > asked:
            return PromiseState.OVERDUE if asked > self.due_instant else PromiseState.OPEN
        if self.withdrawn:
            return PromiseState.WITHDRAWN
        return PromiseState.KEPT if self.ended_instant <= self.due_instant else PromiseState.BROKEN
