"""Is this the mailbox of a system, by its name, from which everybody's messages come?

Certified mail (PEC, RFC 6109), programs, and what mail systems make of another address for each message or day. Nobody
is identified by one, in whatever way it came in: by a message, a form or a foreign file.
"""

import re
from typing import Final

__all__ = ["is_certified", "is_no_reply", "is_rewritten", "is_shared"]

_CERTIFIED: Final = frozenset({"posta-certificata", "certified-mail"})  # RFC 6109, section 3
_NO_REPLY: Final = (
    *("noreply", "donotreply", "nonrispondere", "norispondere", "norisposta", "nichtantworten", "keineantwort"),
    *("nepasrepondre", "pasdereponse"),
)
_PROGRAMS: Final = frozenset({"wordpress", "www-data", "apache", "httpd", "nginx", "nobody"})
# SRS, BATV and variable return paths: an address that a mail system made of another one, new for each message or day.
_REWRITTEN: Final = re.compile(
    r"(?:srs[01][=+-]|prvs=|btv1==|msprvs1=|bounces?[=+-]).*+|.*-bounces(?:[=+].*+)?", re.DOTALL
)
_SEPARATORS: Final = dict.fromkeys(map(ord, "-_."))


def is_certified(local: str) -> bool:
    """Whether it is a provider's mailbox of certified mail; given is the part before the `@`, here and below."""
    return local.lower() in _CERTIFIED


def is_no_reply(local: str) -> bool:
    """Whether it is a program's, or says that it takes no answer."""
    small = local.lower()
    return small in _PROGRAMS or any(word in small.translate(_SEPARATORS) for word in _NO_REPLY)


def is_rewritten(local: str) -> bool:
    """Whether a mail system has made it of another address."""
    return _REWRITTEN.fullmatch(local.lower()) is not None


def is_shared(local: str) -> bool:
    """Whether it is any of these."""
    return is_certified(local) or is_no_reply(local) or is_rewritten(local)
