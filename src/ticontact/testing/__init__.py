"""Public helpers for the tests of those who embed ticontact."""

from ticontact.testing._instants import instant
from ticontact.testing._rules import exercise_rule
from ticontact.testing._values import values_of

__all__ = ["exercise_rule", "instant", "values_of"]
