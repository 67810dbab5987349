"""What is asked of an executor of `concurrent.futures`, whoever makes it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

__all__ = ["Executor"]

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Executor(Protocol):
    """Runs a function over tasks: an executor of `concurrent.futures`, of Dask or of Ray."""

    def map(self, function: Callable[[Task], Answer], tasks: Iterable[Task], /) -> Iterator[Answer]:
        """The answers, in the order of the tasks."""
        ...
