"""How much of a message is taken?"""

import attrs

from ticontact._limits import Count
from ticontact.plain import checked

__all__ = ["Limits"]


@attrs.frozen(kw_only=True, field_transformer=checked)
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

    size: Count = 50_000_000
    fields: Count = 20_000
    parts: Count = 2_000
    depth: Count = 100
    mailboxes: Count = 5_000
    text: Count = 1_000_000
