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
    """Return the column of each row at the lowest sum of costs; there are at least as many columns as rows.

    Theory of operation. Each row and each column has a price, its potential (Kuhn 1955, from Koenig and Egervary). The
    reduced cost of a pair is its cost less the two prices. Two laws hold throughout: no reduced cost is negative, and
    that of every pair made so far is zero. An assignment made of such pairs is optimal. So one row is placed after the
    other, and each time the prices change by just as much as is needed for one more pair of reduced cost zero.
    """
    width = len(costs[0]) if costs else 0
    row_prices, column_prices = [0.0] * len(costs), [0.0] * width
    owner = [_NOBODY] * width
    for row in range(len(costs)):
        _find_place(row, costs, owner, (row_prices, column_prices))
    columns = {taker: column for column, taker in enumerate(owner) if taker != _NOBODY}
    return [columns[row] for row in range(len(costs))]


def _find_place(row: int, costs: list[list[float]], owner: list[int], prices: tuple[list[float], list[float]]) -> None:
    """Give a row a column along the cheapest path of re-assignments, and keep the prices feasible.

    This is Dijkstra's search over the columns (Edmonds and Karp 1972; Jonker and Volgenant 1987, section 3): a step
    goes from the row that takes a column to any column that is not reached yet, at the reduced cost of the pair. The
    search ends at the first column that nobody owns.
    """
    row_prices, column_prices = prices
    width = len(owner)
    # For each column the cheapest way to it that is known, and the column before it on that way; -1 for the row itself.
    nearest, came_from = [float("inf")] * width, [-1] * width
    reached: list[int] = []
    current, taker = -1, row
    while True:
        # The row that takes the column reached last opens new ways to all columns that are not reached yet.
        for column in range(width):
            if column not in reached:
                reduced = costs[taker][column] - row_prices[taker] - column_prices[column]
                if reduced < nearest[column]:
                    nearest[column], came_from[column] = reduced, current
        rest = [column for column in range(width) if column not in reached]
        # Of equally near columns the first one is taken: ties go by the order of the ids, which sorted them.
        following = min(rest, key=lambda column: (nearest[column], column))
        # The prices move by the distance, so that the pair just reached has reduced cost zero: up for all rows on the
        # way, down for their columns. The pairs made before keep theirs at zero, and no other becomes negative.
        delta = nearest[following]
        row_prices[row] += delta
        for column in reached:
            row_prices[owner[column]] += delta
            column_prices[column] -= delta
        for column in rest:
            nearest[column] -= delta
        current = following
        reached.append(current)
        taker = owner[current]
        if taker == _NOBODY:
            break
    # A column is free: along the way back each column goes to the row that owned the one before it.
    while current != -1:
        before = came_from[current]
        owner[current] = row if before == -1 else owner[before]
        current = before
