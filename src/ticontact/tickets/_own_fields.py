"""The fields of a department's own: what of them can be stored and read back."""

import math
from collections.abc import Mapping

from ticontact.errors import ConfigurationError, Fault

__all__ = ["check_fields", "is_storable"]


def is_storable(value: object) -> bool:
    """Whether every number in a value is one: JSON knows neither infinity nor what is "not a number"."""
    if isinstance(value, Mapping):
        return all(map(is_storable, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_storable, value))
    return not isinstance(value, float) or math.isfinite(value)


def check_fields(_command: object, _attribute: object, fields: Mapping[str, object]) -> None:
    """Refuse fields that could be written down and not read back.

    Raises:
        ConfigurationError: With each field in which a number is none.
    """
    wrong = [name for name, value in fields.items() if not is_storable(value)]
    if wrong:
        raise ConfigurationError(
            [Fault(f"fields.{name}", "infinite, or not a number", "what JSON knows") for name in wrong]
        )
