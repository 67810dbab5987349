"""How much of a message is taken?"""

import attrs

__all__ = ["Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """The limits of one message; beyond them it is refused with `MessageTooLarge`.

    Attributes:
        size: Bytes of the whole message.
        fields: Header fields of one part.
        parts: Parts in all.
        depth: Parts inside parts.
        mailboxes: Addresses read of one header field; the rest is left out, with a finding.
        text: Characters of text kept; the rest is left out, with a finding.
    """

    size: int = 50_000_000
    fields: int = 20_000
    parts: int = 2_000
    depth: int = 100
    mailboxes: int = 5_000
    text: int = 1_000_000
