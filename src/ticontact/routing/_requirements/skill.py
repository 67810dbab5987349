"""What somebody can do, and how well."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ticontact._bounded import quoted
from ticontact._frozen_map import FrozenMap
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked

__all__ = ["HIGHEST_LEVEL", "Levels", "Skill", "attributes_of", "checked_level", "levels"]

HIGHEST_LEVEL: Final = 10


def attributes_of(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return the attributes of an agent or of work as they are kept: in the order of their names, and for good."""
    return FrozenMap({name: given[name] for name in sorted(given)})


def checked_level(level: int, *, path: str = "level") -> int:
    """The level itself.

    Raises:
        ConfigurationError: If it is no whole number from 1 to 10.
    """
    if type(level) is not int or not 1 <= level <= HIGHEST_LEVEL:
        raise ConfigurationError(
            [Fault(path, f"{quoted(level)} was given", f"a whole number from 1 to {HIGHEST_LEVEL}")]
        )
    return level


def _level(_: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    checked_level(value, path=attribute.name)


@attrs.frozen(order=True, field_transformer=checked)
class Skill:
    """A skill at a level.

    Attributes:
        name: The department's own name for it.
        level: From 1 to 10; higher is better.
    """

    name: str
    level: int = attrs.field(default=1, validator=_level)


Levels = Mapping[str, int]
"""Levels by name."""


def levels(given: Levels | Iterable[str | Skill], *, default: int = 1) -> Levels:
    """Skills (or languages) with their levels, however they were written, sorted by name.

    Args:
        given: A mapping of names to levels, or names and `Skill` values.
        default: The level of a bare name.

    Raises:
        ConfigurationError: If a level is no whole number from 1 to 10.
    """
    if isinstance(given, Mapping):
        pairs = dict(given)
    else:
        named = (each if isinstance(each, Skill) else Skill(each, default) for each in given)
        pairs = {each.name: each.level for each in named}
    return FrozenMap({name: checked_level(pairs[name], path=name) for name in sorted(pairs)})
