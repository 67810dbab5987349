"""The map of states from one lifecycle to another, for a ticket that goes to another department."""

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.tickets._category import Category
from ticontact.tickets._lifecycle.lifecycle import Lifecycle

__all__ = ["StateMap"]


@attrs.frozen(field_transformer=checked)
class StateMap:
    """A declared map, in one direction. A state that it does not name cannot be transferred.

    Attributes:
        source: The lifecycle that is left.
        target: The lifecycle that is entered.
        states: For each state of the first that may go over, the state of the second.

    Raises:
        ConfigurationError: If a state is unknown to its lifecycle.
    """

    source: Lifecycle
    target: Lifecycle
    states: Mapping[str, str] = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = [*_unknown(self.states, self.source), *_unknown(self.states.values(), self.target)]
        if faults:
            raise ConfigurationError(faults)

    def entered(self, state: str) -> tuple[str, str, Category] | None:
        """The other lifecycle's name, its state for a state of the first, and what that means; None for no answer."""
        there = self.states.get(state)
        if there is None:
            return None
        return self.target.name, there, self.target.by_name[there].category


def _unknown(names: Iterable[str], lifecycle: Lifecycle) -> Iterator[Fault]:
    for name in names:
        if name not in lifecycle.by_name:
            yield Fault("states", f"{lifecycle.name} has no state {name!r}", ", ".join(lifecycle.by_name))
