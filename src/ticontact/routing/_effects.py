"""What follows from one operation, collected until the caller gets it as a decision."""

import attrs
import pendulum

from ticontact.errors import RuleFailed
from ticontact.i18n import Text
from ticontact.routing._offer import Assessment, Decision, Diverted, Offer

__all__ = ["Effects"]


@attrs.define(eq=False)
class Effects:
    """What follows. It is mutable.

    Attributes:
        offers: Offers to make.
        revoked: Offers to take back.
        expired: Offers that nobody answered.
        diverted: Work that leaves for a fallback.
        returned: Contacts whose consult has come to nothing.
        failures: Rules that failed.
        assessments: How everything stood, by the id of the work.
    """

    offers: list[Offer] = attrs.field(factory=list)
    revoked: list[Offer] = attrs.field(factory=list)
    expired: list[Offer] = attrs.field(factory=list)
    diverted: list[Diverted] = attrs.field(factory=list)
    returned: list[str] = attrs.field(factory=list)
    failures: list[RuleFailed] = attrs.field(factory=list)
    assessments: dict[str, Assessment] = attrs.field(factory=dict)

    def decision(self, at: pendulum.DateTime, *, about: str, warnings: tuple[Text, ...]) -> Decision:
        """The decision that tells all of it.

        Args:
            at: When.
            about: The id of the work that the decision is about; its assessment is named first.
            warnings: What somebody should know about the way of deciding.
        """
        own = {about: self.assessments[about]} if about in self.assessments else {}
        gone = {*self.revoked, *self.expired}
        return Decision(
            at=at,
            offers=tuple(offer for offer in self.offers if offer not in gone),
            revoked=tuple(self.revoked),
            expired=tuple(self.expired),
            diverted=tuple(self.diverted),
            returned=tuple(self.returned),
            failures=tuple(self.failures),
            warnings=warnings if self.offers else (),
            assessments=own | self.assessments,
        )
