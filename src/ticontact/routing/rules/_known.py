"""What a department has, so that a rule which names something else is found at load."""

from collections.abc import Collection, Iterable

import attrs

from ticontact._description import Description

__all__ = ["Known"]


@attrs.frozen(kw_only=True)
class Known:
    """What a department has. What is None is not known here, and any name will do.

    Attributes:
        skills: The names of its skills.
        queues: The names of its queues.
    """

    skills: Collection[str] | None = None
    queues: Collection[str] | None = None

    def check_skills(self, table: Description, names: Iterable[tuple[str, str]]) -> None:
        """Write down each skill that the department does not have.

        Args:
            table: Where they stand.
            names: The key at which each stands, and its name.
        """
        if self.skills is not None:
            for key, skill in names:
                if skill not in self.skills:
                    table.fault(key, f"no skill {skill!r} here", ", ".join(sorted(self.skills)) or "none")

    @property
    def queue_names(self) -> Collection[str] | None:
        """The names of the queues in order; None if they are not known."""
        return None if self.queues is None else sorted(self.queues)
