"""Public helpers for the tests of those who embed ticontact."""

from ticontact.testing._instants import instant
from ticontact.testing._invented import values_of
from ticontact.testing._rules import exercise_rule

__all__ = ["exercise_rule", "instant", "values_of"]
