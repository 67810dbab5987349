"""What a department has, so that a rule which names something else is found at load."""

from collections.abc import Collection, Iterable, Mapping

import attrs

from ticontact._bounded import listed, quoted
from ticontact._description import Description

__all__ = ["Known"]


def _sorted(names: Iterable[str] | None) -> Mapping[str, None] | None:
    """The names in order, where each is found at once."""
    return None if names is None else dict.fromkeys(sorted(names))


@attrs.frozen(kw_only=True)
class Known:
    """What a department has. What is None is not known here, and any name will do.

    Attributes:
        skills: The names of its skills.
        queues: The names of its queues.
    """

    skills: Collection[str] | None = attrs.field(default=None, converter=_sorted)
    queues: Collection[str] | None = attrs.field(default=None, converter=_sorted)

    def check_skills(self, table: Description, names: Iterable[tuple[str, str]]) -> None:
        """Write down each skill that the department does not have.

        Args:
            table: Where they stand.
            names: The key at which each stands, and its name.
        """
        if self.skills is not None:
            for key, skill in names:
                if skill not in self.skills:
                    table.fault(key, f"no skill {quoted(skill)} here", listed(self.skills))
