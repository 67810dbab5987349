"""What a desk keeps of an event that it has taken: enough to know it again, and to answer the same."""

from datetime import datetime, timedelta
from enum import Enum
from hashlib import blake2b

import attrs

from ticontact._time import to_epoch
from ticontact.desk.effects import Effect
from ticontact.desk.events import DeskEvent
from ticontact.errors import DeskError

__all__ = ["Taken"]


@attrs.define
class Taken:
    """An event that was taken. It is mutable: its digest is worked out when it is needed first.

    Attributes:
        instant: When it was taken, in microseconds since the epoch.
        contact: The contact that it was about; empty if it was about none.
        event: The event; None after a restart.
        effects: What has followed; none are known after a restart.
        known: The digest of its content; empty while nobody has asked for it.
    """

    instant: int
    contact: str
    event: DeskEvent | None = attrs.field(default=None, kw_only=True)
    effects: tuple[Effect, ...] = attrs.field(default=(), kw_only=True)
    known: str = attrs.field(default="", kw_only=True)

    @property
    def digest(self) -> str:
        """A digest of the content of the event."""
        if not self.known and self.event is not None:
            self.known = _digest(self.event)
        return self.known

    def again(self, event: DeskEvent) -> tuple[Effect, ...]:
        """Answer the same event, told again.

        Raises:
            DeskError: If it is another one, with the same id.
        """
        if event is not self.event and _digest(event) != self.digest:
            raise DeskError(
                f"event {event.id!r}: an event of other content had this id; allowed: an id of its own",
                event=type(event).__name__,
            )
        return self.effects


def _digest(event: DeskEvent) -> str:
    return blake2b(repr(_content(event)).encode(), digest_size=8).hexdigest()


def _content(value: object) -> object:
    """The content of a value, in a form whose `repr` is equal for equal content, and hides nothing."""
    kind = type(value)
    if attrs.has(kind):
        return kind.__name__, [(field.name, _content(getattr(value, field.name))) for field in attrs.fields(kind)]
    match value:
        case Enum():
            content: object = value.value
        case datetime():
            content = to_epoch(value)
        case timedelta():
            content = value.days, value.seconds, value.microseconds
        case tuple() | list():
            content = [_content(each) for each in value]
        case frozenset():
            content = sorted(repr(_content(each)) for each in value)
        case _:
            content = value
    return content
