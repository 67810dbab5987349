"""A mapping that never changes: what frozen values hold where a program gives a dictionary.

The read-only view of Python's own library can be neither copied, nor pickled, nor hashed, and shows every change of the
dictionary behind it. This one is a dictionary of its own, so it reads as fast and goes wherever a dictionary goes.
"""

from types import MappingProxyType
from typing import Any, ClassVar, NoReturn, TypeVar

__all__ = ["FrozenMap", "frozen_map"]

Key = TypeVar("Key")
Value = TypeVar("Value")


def _refuse(_map: object, *_: object, **__: object) -> NoReturn:
    raise TypeError("it is frozen: make another mapping of it")


def _hash(content: "FrozenMap[Any, Any]") -> int:
    return hash(frozenset(content.items()))


class FrozenMap(dict[Key, Value]):
    """A dictionary that refuses every change, equal to a plain one that holds the same.

    >>> skills = FrozenMap({"permits": 3})
    >>> skills == {"permits": 3}, hash(skills) == hash(FrozenMap(skills))
    (True, True)
    >>> skills["asylum"] = 1
    Traceback (most recent call last):
        ...
    TypeError: it is frozen: make another mapping of it
    """

    __slots__ = ()

    # They are `Any` since a dictionary promises to do what this one refuses.
    __hash__: ClassVar[Any] = _hash
    __setitem__: ClassVar[Any] = _refuse
    __delitem__: ClassVar[Any] = _refuse
    __ior__: ClassVar[Any] = _refuse
    clear: ClassVar[Any] = _refuse
    pop: ClassVar[Any] = _refuse
    popitem: ClassVar[Any] = _refuse
    setdefault: ClassVar[Any] = _refuse
    update: ClassVar[Any] = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by its content, since nothing can be added to it afterwards."""
        return type(self), (dict(self),)

    def __copy__(self) -> "FrozenMap[Key, Value]":
        """Itself: there is nothing that a copy could do otherwise."""
        return self


def frozen_map(given: Any) -> Any:  # noqa: ANN401 - whatever was given; what is no mapping is for others to refuse
    """A dictionary as a frozen one of its own, and so those in it; anything else, such as a lazy mapping, as it is."""
    if given.__class__ is FrozenMap or not isinstance(given, dict | MappingProxyType):
        return given
    return FrozenMap({name: frozen_map(value) for name, value in given.items()})
