"""Who takes what, so that all together fit best: an optimal assignment for a whole batch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ticontact.errors import ConfigurationError, Fault

__all__ = ["best_match"]

_NOBODY: Final = -1


def best_match(scores: Mapping[str, Mapping[str, float]]) -> Mapping[str, str]:
    """The pairs of agent and item with the highest sum of scores; as many pairs as the smaller side has members.

    Ties are broken by the order of the ids, not by that of the mappings. The algorithm is the Hungarian method with
    potentials (Kuhn 1955, in the form of Jonker and Volgenant 1987), in time n^2 m for n agents and m items.

    Args:
        scores: How well each agent would take each item, by agent and item; higher is better. All agents have a score
            for the same items.

    Returns:
        The item of each agent who gets one, by agent.

    Raises:
        ConfigurationError: If an agent's items are not those of the others.

    >>> dict(best_match({"anna": {"call": 10, "mail": 9}, "bruno": {"call": 9, "mail": 1}}))
    {'anna': 'mail', 'bruno': 'call'}
    """
    agents = sorted(scores)
    items = sorted(scores[agents[0]]) if agents else []
    faults = [
        Fault(agent, "other items than the first agent's", ", ".join(items))
        for agent in agents
        if sorted(scores[agent]) != items
    ]
    if faults:
        raise ConfigurationError(faults)
    if len(agents) <= len(items):
        costs = [[-scores[agent][item] for item in items] for agent in agents]
        pairs = {agents[row]: items[column] for row, column in enumerate(_assigned(costs))}
    else:
        costs = [[-scores[agent][item] for agent in agents] for item in items]
        pairs = {agents[column]: items[row] for row, column in enumerate(_assigned(costs))}
    return MappingProxyType({agent: pairs[agent] for agent in agents if agent in pairs})


def _assigned(costs: list[list[float]]) -> list[int]:
    """The column of each row at the lowest sum of costs; there are at least as many columns as rows."""
    width = len(costs[0]) if costs else 0
    of_rows, of_columns = [0.0] * len(costs), [0.0] * width
    owner = [_NOBODY] * width
    for row in range(len(costs)):
        _find_place(row, costs, owner, (of_rows, of_columns))
    columns = {taker: column for column, taker in enumerate(owner) if taker != _NOBODY}
    return [columns[row] for row in range(len(costs))]


def _find_place(
    row: int, costs: list[list[float]], owner: list[int], potentials: tuple[list[float], list[float]]
) -> None:
    """Give a row a column along the cheapest path of re-assignments, and keep the potentials feasible."""
    of_rows, of_columns = potentials
    width = len(owner)
    nearest, came_from = [float("inf")] * width, [-1] * width
    seen: list[int] = []
    current, taker = -1, row
    while True:
        for column in range(width):
            if column not in seen:
                reduced = costs[taker][column] - of_rows[taker] - of_columns[column]
                if reduced < nearest[column]:
                    nearest[column], came_from[column] = reduced, current
        rest = [column for column in range(width) if column not in seen]
        step_to = min(rest, key=lambda column: (nearest[column], column))
        delta = nearest[step_to]
        of_rows[row] += delta
        for column in seen:
            of_rows[owner[column]] += delta
            of_columns[column] -= delta
        for column in rest:
            nearest[column] -= delta
        current = step_to
        seen.append(current)
        taker = owner[current]
        if taker == _NOBODY:
            break
    while current != -1:
        before = came_from[current]
        owner[current] = row if before == -1 else owner[before]
        current = before
