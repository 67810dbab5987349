"""The names of a function that is being written: what it reaches under which name, and which locals are taken."""

from typing import Any

__all__ = ["Names"]


class Names:
    """The namespace of one generated function. It is mutable: it grows while the function is written.

    Attributes:
        known: What the function reaches, by name.
        is_recursive: Whether its class may hold a value of its own.
    """

    def __init__(self, *, is_recursive: bool = False) -> None:
        self.is_recursive = is_recursive
        self.known: dict[str, Any] = {}
        self._by_identity: dict[int, str] = {}
        self._locals = 0

    def of(self, thing: object) -> str:
        """The name under which the function reaches something."""
        name = self._by_identity.get(id(thing))
        if name is None:
            name = self._by_identity[id(thing)] = f"k{len(self.known)}"
            self.known[name] = thing
        return name

    def local(self) -> str:
        """A name for a local variable that no other has."""
        self._locals += 1
        return f"e{self._locals}"
