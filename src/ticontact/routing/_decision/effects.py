"""What follows from one operation, collected until the caller gets it as a decision."""

from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import attrs

from ticontact.i18n import Text
from ticontact.routing._decision.decision import AnyAssessment, RoutingDecision
from ticontact.routing._work.routing_rule import RuleFailed

__all__ = ["Effects"]

Kind = Literal[
    "offers",
    "revoked",
    "expired",
    "overflowed",
    "closed",
    "returned",
    "consult_transfers",
    "called_again",
    "suspended",
    "resumed",
    "supervisor_actions",
    "failures",
]
"""The fields of a decision that collect effects."""

_DEFAULTS: Final = {
    field.name: () for field in attrs.fields(RoutingDecision) if field.name not in {"at", "assessments"}
}


class Effects:
    """The effects of one operation. Mutable.

    Nearly all operations have one kind of effect or none, so a list is made for a kind when its first effect is told.
    """

    __slots__ = ("_assessments", "_told")

    def __init__(self) -> None:
        self._told: dict[str, list[Any]] = {}
        self._assessments: dict[str, AnyAssessment] = {}

    def tell(self, kind: Kind, effect: object) -> None:
        """Add an effect to those of its kind."""
        told = self._told.get(kind)
        if told is None:
            self._told[kind] = [effect]
        else:
            told.append(effect)

    def fail(self, failure: RuleFailed) -> None:
        """Add a failure, unless one like it is told already."""
        if failure not in self._told.get("failures", ()):
            self.tell("failures", failure)

    def assess(self, item_id: str, assessment: AnyAssessment) -> None:
        """Keep how everything stood when a piece of work was looked at; the last look counts."""
        self._assessments[item_id] = assessment

    def decision(self, instant: int, zone: ZoneInfo, *, about: str, warnings: tuple[Text, ...]) -> RoutingDecision:
        """Return the decision that tells all of it.

        It is made by filling in its fields: this is done for every operation, and the generated `__init__` of fifteen
        fields takes several times as long.

        Args:
            instant: The instant, in microseconds since the epoch.
            zone: The zone in which it is shown.
            about: The id of the work that the decision is about; its assessment is named first.
            warnings: What somebody should know about the way of deciding.
        """
        decision = object.__new__(RoutingDecision)
        values = decision.__dict__
        values.update(_DEFAULTS)
        values["_moment"] = instant, zone
        told = self._told
        for kind, effects in told.items():
            values[kind] = tuple(effects)
        if "offers" in told:
            values["warnings"] = warnings
            if "revoked" in told or "expired" in told:
                # An offer that was made and taken back within one operation is told as taken back alone.
                gone = {*values["revoked"], *values["expired"]}
                values["offers"] = tuple(offer for offer in told["offers"] if offer not in gone)
        assessments = self._assessments
        if about in assessments and len(assessments) > 1:
            assessments = {about: assessments[about], **assessments}
        values["assessments"] = assessments
        return decision
