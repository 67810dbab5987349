"""What stands where a number or an address is missing: withheld by the caller, or not known to us.

The two are different things, and neither is an error: who withholds a number is to be served like anybody else, and a
number that the exchange did not pass on was never refused.
"""

import attrs

__all__ = ["Unknown", "Withheld"]


@attrs.frozen
class Withheld:
    """The caller does not show the number. All withheld callers are equal, and none of them is another's proof."""


@attrs.frozen
class Unknown:
    """Nobody told us the number or address."""
