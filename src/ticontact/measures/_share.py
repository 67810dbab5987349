"""A share with its two counts, which says more than a percentage alone."""

import attrs

__all__ = ["Share"]


@attrs.frozen
class Share:
    """So many of so many.

    Attributes:
        count: How many.
        total: Of how many.

    >>> Share(3, 4).ratio
    0.75
    """

    count: int
    total: int

    @property
    def ratio(self) -> float | None:
        """The share between 0 and 1; None of nothing."""
        return self.count / self.total if self.total else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.total + other.total)
