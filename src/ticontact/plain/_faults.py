"""What is wrong with a value or a plain form: every place at once, each by its path."""

from collections.abc import Collection
from typing import Final

from ticontact._bounded import listed, quoted
from ticontact.errors import Fault, InvalidValue

__all__ = ["MISSING", "Findings"]

MISSING: Final = object()
"""What stands where no value could be read, or none was given."""
_MOST: Final = 100


class Findings:
    """The faults of one reading. It is mutable.

    Attributes:
        found: The first hundred faults.
        count: How many there are.
        is_formal: Whether one of them is of the form itself, which a JSON Schema sees too; the others are values that
            their class refuses.
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.count = 0
        self.is_formal = False

    def wrong(self, path: str, given: object, allowed: str) -> object:
        """Note that something else stands there; of what was given only the type is said."""
        return self.note(path, f"{_in_words(given)} was given", allowed)

    def note(self, path: str, problem: str, allowed: str) -> object:
        """Note a fault of the form, and answer that there is no value."""
        self.is_formal = True
        return self._add(Fault(path, problem, allowed))

    def unknown(self, path: str, given: object, known: Collection[object]) -> object:
        """Note that a name or a number of a form is none that is known, and answer that there is no value."""
        problem = "missing" if given is MISSING else f"{quoted(given)} was given"
        return self.note(path, problem, listed(known))

    def refused(self, path: str, problem: str, allowed: str = "") -> object:
        """Note that a value is refused that is of the right form, and answer that there is no value."""
        return self._add(Fault(path, problem, allowed))

    def _add(self, fault: Fault) -> object:
        self.count += 1
        if len(self.found) < _MOST:
            self.found.append(fault)
        return MISSING

    def error(self, given: object) -> InvalidValue:
        """The one error that tells them all."""
        found = self.found or [Fault("document", "it cannot be read")]  # what the fast way alone has refused
        return InvalidValue(found, count=max(1, self.count), given=given)


def _in_words(given: object) -> str:
    return "null" if given is None else type(given).__name__
