"""On which channels may the citizen be answered?"""

from collections.abc import Iterable
from typing import Final

from ticontact.contacts._channel import CHANNELS, Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._party import Need

__all__ = ["answer_channels"]

_IN_WRITING: Final = frozenset({Need.NO_TELEPHONE, Need.SIGN_LANGUAGE})


def answer_channels(contact: Contact, channels: Iterable[Channel] = CHANNELS) -> tuple[Channel, ...]:
    """The channels on which an answer can go out and that the needs of everybody on the citizen's side allow.

    Somebody who cannot use the telephone is answered in writing (BehiG, SR 151.3, art. 14), also after somebody else
    has called for them. The channel of the contact comes first, if it is among them.

    Args:
        contact: The contact.
        channels: The channels that the department has.
    """
    needs = {need for party in contact.parties if not party.role.is_staff for need in party.needs}
    in_writing = bool(needs & _IN_WRITING)
    able = [channel for channel in channels if channel.can_reply and (channel.has_transcript or not in_writing)]
    return tuple(sorted(able, key=lambda channel: channel != contact.channel))
