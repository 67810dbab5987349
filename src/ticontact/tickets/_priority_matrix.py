"""The priority that follows from impact and urgency."""

from collections.abc import Mapping

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.tickets.commands import Prioritise

__all__ = ["PriorityMatrix"]


@attrs.frozen(field_transformer=checked)
class PriorityMatrix:
    """A department's table of impacts and urgencies. In a public office both are stated needs.

    Attributes:
        rows: For each impact, for each urgency, the priority.

    Raises:
        ConfigurationError: If a row lacks an urgency that another one has.

    >>> matrix = PriorityMatrix({"one person": {"soon": Priority.NORMAL, "now": Priority.HIGH}})
    >>> matrix.priority(impact="one person", urgency="now")
    <Priority.HIGH: 'high'>
    """

    rows: Mapping[str, Mapping[str, Priority]]

    def __attrs_post_init__(self) -> None:
        urgencies = dict.fromkeys(urgency for row in self.rows.values() for urgency in row)
        faults = [
            Fault(f"{impact}.{urgency}", "missing", "a priority")
            for impact, row in self.rows.items()
            for urgency in urgencies
            if urgency not in row
        ]
        if faults:
            raise ConfigurationError(faults)

    def priority(self, *, impact: str, urgency: str) -> Priority:
        """The priority of an impact and an urgency.

        Raises:
            ConfigurationError: If the table has no such impact or urgency.
        """
        row = self.rows.get(impact)
        if row is None:
            raise ConfigurationError([Fault("impact", f"no impact {impact!r}", ", ".join(self.rows))])
        if urgency not in row:
            raise ConfigurationError([Fault("urgency", f"no urgency {urgency!r}", ", ".join(row))])
        return row[urgency]

    def assess(self, *, impact: str, urgency: str, reason: str = "") -> Prioritise:
        """The command that gives a ticket the priority of an impact and an urgency.

        Raises:
            ConfigurationError: If the table has no such impact or urgency.
        """
        priority = self.priority(impact=impact, urgency=urgency)
        return Prioritise(priority, impact=impact, urgency=urgency, reason=reason)
