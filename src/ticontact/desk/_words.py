"""What a desk says to a citizen: welcome, closing soon, closed, received, called back."""

from datetime import datetime, timedelta
from typing import Final

from ticontact._time import to_epoch
from ticontact.contacts import Channel
from ticontact.departments import Department, Fallback, ServicePoint
from ticontact.i18n import Text
from ticontact.i18n import desk as texts
from ticontact.i18n.dates import at_clock

__all__ = ["Welcome", "closed", "let_go"]

_SOON: Final = timedelta(minutes=10) // timedelta(microseconds=1)
"""Who calls so shortly before closing is told when that is."""


class Welcome:
    """What an office says to who arrives in opening hours; the usual sentence is put together once."""

    def __init__(self, department: Department) -> None:
        self._name = department.name
        self._usual = texts.WELCOME.fill({"name": department.name})

    def words(self, queue: ServicePoint, channel: Channel, *, at: datetime) -> Text:
        """The welcome at an instant: on a live channel it says when it closes, if that is soon."""
        if not channel.synchronous:
            return texts.RECEIVED_OPEN
        closing = queue.calendar.next_closing(at=at)
        if closing is None or to_epoch(closing) - to_epoch(at) > _SOON:
            return self._usual
        seconds = (closing.hour * 60 + closing.minute) * 60
        return texts.CLOSING_SOON.fill({"name": self._name, "closing": at_clock(seconds)})


def closed(queue: ServicePoint, channel: Channel, *, at: datetime) -> Text:
    """What is said to who arrives out of hours: why it is closed and when it opens."""
    opening = queue.calendar.explain(at=at).words
    return opening if channel.synchronous else texts.RECEIVED.fill({"opening": opening})


def let_go(queue: ServicePoint, *, at: datetime) -> Text:
    """What is said to who is still in line when the staff is let go."""
    words = texts.CALL_BACK if queue.fallback is Fallback.CALL_BACK else texts.CALL_AGAIN
    return words.fill({"opening": queue.calendar.explain(at=at).words})
