"""What follows from one operation, collected until the caller gets it as a decision."""

import pendulum

from ticontact.errors import RuleFailed
from ticontact.i18n import Text
from ticontact.routing._decision.decision import Assessment, Decision, Diverted, Ended, Interrupted, Offer, TakenOver
from ticontact.routing._decision.supervisor_action import Ordered

__all__ = ["Effects"]


class Effects:
    """What follows. It is mutable.

    Attributes:
        offers: Offers to make.
        revoked: Offers to take back.
        expired: Offers that nobody answered.
        diverted: Work that leaves for a fallback.
        ended: Work that has ended without a conversation.
        returned: Contacts whose consult has come to nothing.
        taken_over: Contacts that an official has now.
        called_again: Visits whose person is to be called again.
        interrupted: Work that gives way.
        resumed: Work that comes back.
        ordered: What a supervisor has ordered.
        failures: Rules that failed.
        assessments: How everything stood, by the id of the work.
    """

    def __init__(self) -> None:
        self.offers: list[Offer] = []
        self.revoked: list[Offer] = []
        self.expired: list[Offer] = []
        self.diverted: list[Diverted] = []
        self.ended: list[Ended] = []
        self.returned: list[str] = []
        self.taken_over: list[TakenOver] = []
        self.called_again: list[str] = []
        self.interrupted: list[Interrupted] = []
        self.resumed: list[Interrupted] = []
        self.ordered: list[Ordered] = []
        self.failures: list[RuleFailed] = []
        self.assessments: dict[str, Assessment] = {}

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
            offers=tuple(offer for offer in self.offers if offer not in gone) if gone else tuple(self.offers),
            revoked=tuple(self.revoked),
            expired=tuple(self.expired),
            diverted=tuple(self.diverted),
            ended=tuple(self.ended),
            returned=tuple(self.returned),
            taken_over=tuple(self.taken_over),
            called_again=tuple(self.called_again),
            interrupted=tuple(self.interrupted),
            resumed=tuple(self.resumed),
            ordered=tuple(self.ordered),
            failures=tuple(self.failures),
            warnings=warnings if self.offers else (),
            assessments={**own, **self.assessments},
        )
