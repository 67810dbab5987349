"""On which channel did it come, and how does that channel behave?

Behaviour hangs on traits, never on names: whoever registers a channel of their own says what it is like, and everything
else follows.
"""

from collections.abc import Iterator
from typing import Final

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.i18n._texts import contacts as texts
from ticontact.plain import checked_after, known

__all__ = ["CHANNELS", "Channel", "Channels"]


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=checked_after)
class Channel:
    """A way to be reached, with its traits.

    Attributes:
        name: Its short name, such as `voice`.
        label: Its name for people.
        synchronous: The citizen waits while it lasts: live work, served before deferred work.
        interruptible: Work on it may be suspended for live work and resumed.
        can_reply: The answer can go out on the same channel.
        has_transcript: What was said stands there in words.

    >>> Channel.named("voice").synchronous, Channel.named("email").synchronous
    (True, False)
    """

    name: str
    label: Text = attrs.field(repr=False)
    synchronous: bool = False
    interruptible: bool = False
    can_reply: bool = False
    has_transcript: bool = False

    @classmethod
    def named(cls, name: str, *, path: str = "channel") -> "Channel":
        """The built-in channel of this name.

        Args:
            name: One of `voice`, `video`, `counter`, `chat`, `sms`, `email`, `web_form`, `fax`, `post`.
            path: The place in the file, for the error.

        Raises:
            ConfigurationError: If there is none of this name.
        """
        return CHANNELS.named(name, path=path)


@attrs.frozen
class Channels:
    """The channels that a department has: the nine built in, and those it adds.

    Attributes:
        known: The channels, each name once.

    >>> kiosk = Channel(name="kiosk", label=Text.same("Kiosk"), synchronous=True)
    >>> CHANNELS.adding(kiosk).named("kiosk").synchronous
    True
    """

    known: tuple[Channel, ...]

    def __iter__(self) -> Iterator[Channel]:
        return iter(self.known)

    def adding(self, *channels: Channel) -> "Channels":
        """These channels, and some more.

        Raises:
            ConfigurationError: If one of the names is taken already.
        """
        names = [channel.name for channel in (*self.known, *channels)]
        taken = sorted({name for name in names if names.count(name) > 1})
        if taken:
            raise ConfigurationError([Fault("channel", f"{name!r} is taken", "a new name") for name in taken])
        return Channels((*self.known, *channels))

    def named(self, name: str, *, path: str = "channel") -> Channel:
        """The channel of this name.

        Args:
            name: The short name.
            path: The place in the file, for the error.

        Raises:
            ConfigurationError: If there is none of this name.
        """
        for channel in self.known:
            if channel.name == name:
                return channel
        allowed = ", ".join(channel.name for channel in self.known)
        raise ConfigurationError([Fault(path, f"no channel {name!r}", allowed)])


def _live(name: str, *, can_reply: bool = False, has_transcript: bool = False) -> Channel:
    label = texts.CHANNELS[name]
    return Channel(name=name, label=label, synchronous=True, can_reply=can_reply, has_transcript=has_transcript)


def _deferred(name: str, *, can_reply: bool = True) -> Channel:
    label = texts.CHANNELS[name]
    return Channel(name=name, label=label, interruptible=True, can_reply=can_reply, has_transcript=True)


CHANNELS: Final = Channels(
    (
        _live("voice", can_reply=True),
        _live("video"),
        _live("counter"),
        _live("chat", can_reply=True, has_transcript=True),
        _deferred("sms"),
        _deferred("email"),
        _deferred("web_form", can_reply=False),
        _deferred("fax"),
        _deferred("post"),
    )
)
"""The nine channels that every department has."""

known(Channel, {channel.name: channel for channel in CHANNELS})  # those of a department are written in full
