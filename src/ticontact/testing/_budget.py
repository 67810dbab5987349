"""How much work is a call, counted in lines of Python and not in seconds?"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

__all__ = ["Budget", "BudgetSpent", "within_budget"]

T = TypeVar("T")


class BudgetSpent(BaseException):
    """A call has run more lines than it may. It is no `Exception`, so that the call cannot swallow it by the way."""


class Budget:
    """The lines that a call may run; what it has run is counted by `trace`. It is mutable.

    Args:
        lines: How many lines.
    """

    def __init__(self, lines: int) -> None:
        self.left: int = lines

    def trace(self, _frame: FrameType | None, event: str, _argument: object) -> Any:  # noqa: ANN401 - itself, which has no type
        """What Python calls for each line that is run, among other things.

        Raises:
            BudgetSpent: If it is one line too many.
        """
        if event == "line":
            self.left -= 1
            if self.left < 0:
                raise BudgetSpent
        return self.trace


def within_budget(call: Callable[[], T], *, lines: int) -> T:
    """What a call returns, if it takes no more lines of Python than it may, its own and those of whatever it calls.

    A tracer that is at work already (of a debugger, of coverage) rests meanwhile.

    Args:
        call: What is called.
        lines: How many lines it may run.

    Raises:
        BudgetSpent: If it would run more.
    """
    before = sys.gettrace()
    sys.settrace(Budget(lines).trace)
    try:
        return call()
    finally:
        sys.settrace(before)
