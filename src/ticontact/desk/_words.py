"""What a desk says to a citizen: welcome, closing soon, closed, received, called back."""

from datetime import datetime, timedelta
from typing import Final

from ticontact._time import microseconds, to_epoch
from ticontact.contacts import Channel
from ticontact.departments import Department, Fallback, ServicePoint
from ticontact.i18n import Text
from ticontact.i18n._dates import at_clock
from ticontact.i18n._texts import desk as texts
from ticontact.routing import Callback

__all__ = ["Words"]

_SOON: Final = microseconds(timedelta(minutes=10))
"""Who calls so shortly before closing is told when that is."""

_AT_CLOSING: Final = frozenset({"closing", "closed", "last_entry"})
"""Why somebody is let go who came too late, or waited until the end."""


class Words:
    """The words of one office. The usual welcome is put together once.

    Args:
        department: The office.
    """

    def __init__(self, department: Department) -> None:
        self._name = department.name
        self._welcome = texts.WELCOME.fill({"name": department.name})

    def open(self, queue: ServicePoint, channel: Channel, *, at: datetime) -> Text:
        """What is said to who arrives in opening hours: on a live channel also when it closes, if that is soon."""
        if not channel.synchronous:
            return texts.RECEIVED_OPEN
        closing = queue.calendar.next_closing(at=at)
        if closing is None or to_epoch(closing) - to_epoch(at) > _SOON:
            return self._welcome
        seconds = (closing.hour * 60 + closing.minute) * 60
        return texts.CLOSING_SOON.fill({"name": self._name, "closing": at_clock(seconds)})

    def closed(self, queue: ServicePoint, channel: Channel, *, at: datetime) -> Text:
        """What is said to who arrives out of hours: why it is closed and when it opens."""
        opening = queue.calendar.explain(at=at).words
        return opening if channel.synchronous else texts.RECEIVED.fill({"opening": opening})

    @staticmethod
    def usual(channel: Channel, *, is_open: bool) -> Text:
        """What is said in the place of `open` and `closed` where they fail."""
        if not channel.synchronous:
            return texts.RECEIVED_USUAL
        return texts.WELCOME_USUAL if is_open else texts.CLOSED_USUAL

    @staticmethod
    def nobody(queue: ServicePoint) -> Text:
        """What is said in the place of `let_go` where that fails: without the next opening."""
        return texts.NOBODY_CALLBACK if queue.fallback is Fallback.CALLBACK else texts.NOBODY_CALL_AGAIN

    def let_go(self, queue: ServicePoint, because: str, *, at: datetime) -> Text:
        """What is said to who has waited in vain: what comes next, and at closing when the office opens."""
        is_called = queue.fallback is Fallback.CALLBACK
        if because not in _AT_CLOSING:
            return texts.NOBODY_CALLBACK if is_called else texts.NOBODY_CALL_AGAIN
        words = texts.CALLBACK if is_called else texts.CALL_AGAIN
        return words.fill({"opening": queue.calendar.explain(at=at).words})

    def callback(self, agreed: Callback) -> Text:
        """What is said to who asks to be called back."""
        return texts.CALLBACK_IN_TURN if agreed.kind == "keeps_place" else texts.CALLBACK_AGREED
