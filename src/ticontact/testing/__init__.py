"""Public helpers for the tests of those who embed ticontact."""

from ticontact.testing._instants import instant

__all__ = ["instant"]
