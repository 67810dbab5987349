"""How does a document of an older form become one of today's?

Each step lifts by one number, so a document of any age goes through all the steps that came after it. What a step
cannot know, it says so.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ticontact.errors import UnreadableRecord

__all__ = ["SCHEMA", "lifted"]

SCHEMA: Final = 2
"""The number of the form that is written; it rises when a later version could not read an older document as it is."""


def _with_sources(document: dict[str, object]) -> dict[str, object]:
    """Form 2 says of every instant who says so; form 1 did not."""
    return {name: _sourced(value) for name, value in document.items()}


def _sourced(data: object) -> object:
    if isinstance(data, list):
        return [_sourced(item) for item in data]
    if not isinstance(data, dict):
        return data
    source = {"source": "unstated"} if data.keys() == {"at", "zone"} else {}
    return _with_sources(data) | source


_STEPS: Final[Mapping[int, Callable[[dict[str, object]], dict[str, object]]]] = {1: _with_sources}
"""For each older number the step to the next one."""


def lifted(
    document: Mapping[str, object],
    path: str,
    steps: Mapping[int, Callable[[dict[str, object]], dict[str, object]]] = _STEPS,
    newest: int = SCHEMA,
) -> dict[str, object]:
    """The document in the newest form, without its number.

    Args:
        document: The document, with its number under `schema`.
        path: The name of the document, for the error.
        steps: For each older number the step to the next one.
        newest: The number of the newest form.

    Raises:
        UnreadableRecord: If it has no number, or that of a later version.
    """
    number = document.get("schema")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= newest:
        raise UnreadableRecord(f"{path}.schema: allowed: 1 to {newest}", given=number, field=f"{path}.schema")
    current = {name: value for name, value in document.items() if name != "schema"}
    for step in range(number, newest):
        current = steps[step](current)
    return current
