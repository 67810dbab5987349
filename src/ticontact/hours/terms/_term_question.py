"""What is asked: a law, a delivery, a length, and whose holidays count. Whatever cannot be asked is refused here."""

from datetime import date, timedelta

import attrs

from ticontact.errors import HoursError, UnsettledTerm
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.terms._days_off import DaysOff, statutory_holidays
from ticontact.hours.terms._law_readings import Delivery, FirstInstance, HalfHoliday, MonthRule, Reading
from ticontact.hours.terms._procedural_law import Exemption, MonthTerms, ProceduralLaw, Procedure
from ticontact.hours.terms._term_length import Length, Unit
from ticontact.hours.terms._term_suspension import TermSuspension, covering, spans_from
from ticontact.plain import checked

__all__ = ["Question"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Question:
    """A term whose last day is asked for.

    Attributes:
        law: The law.
        notified: The day on which the decision was received; None if it was not.
        first_attempt: The day of the first attempt to deliver registered mail; None if there was no such mail.
        length: How long the term is.
        procedure: The kind of procedure.
        delivery: How the decision came.
        party_canton: The canton where the party or its representative lives or has its seat.
        party_place: A part of that canton with holidays of its own.
        court_canton: The canton of the court or the office, for a law whose holidays are those of its seat.
        court_place: A part of that canton with holidays of its own.
        reading: How the open questions are read.
    """

    law: ProceduralLaw
    notified: date | None
    first_attempt: date | None
    length: Length
    procedure: Procedure
    delivery: Delivery
    party_canton: Canton | None
    party_place: str | None
    court_canton: Canton | None = None
    court_place: str | None = None
    reading: Reading

    def __attrs_post_init__(self) -> None:
        self._check_days()
        self._check_length()

    def _check_days(self) -> None:
        if self.notified is None and self.first_attempt is None:
            raise HoursError(
                "notified: nothing was given; allowed: a date, here or as registered_first_attempt", field="notified"
            )
        if self.notified is not None and self.first_attempt is not None and self.notified < self.first_attempt:
            raise HoursError(
                f"notified: {self.notified} is before the first attempt of delivery {self.first_attempt};"
                " allowed: that day or a later one",
                field="notified",
            )
        if self.first_attempt is not None and self.delivery is Delivery.UNSIGNED:
            raise HoursError(
                "delivery: unsigned was given for registered mail; allowed: signed, unsaid", field="delivery"
            )
        self.law.require(self.served, since=self.law.since, what="notified")
        recess = covering(self.served, self.recesses)
        if recess is not None:
            raise UnsettledTerm(
                f"notified: {self.served} lies in the recess of {recess.first} to {recess.last}, in which no act takes"
                " effect, and the sources differ on the day on which the term begins; allowed: a day outside of it",
                field="notified",
            )

    def _check_length(self) -> None:
        unit = self.length.unit
        if unit is Unit.WORKING_DAYS and not self.law.working_days:
            raise UnsettledTerm(
                f"working_days: the law {self.law.id!r} knows no term in working days; allowed: days",
                field="working_days",
            )
        if unit is Unit.MONTHS and self.month_rule is None:
            raise UnsettledTerm(
                "months: the sources differ on the day on which a term in months ends; allowed: days, or a month_rule"
                " in the reading (MonthRule.NOTIFICATION_DAY, MonthRule.FIRST_DAY)",
                field="months",
            )

    @property
    def canton(self) -> Canton:
        """The canton whose holidays count.

        Raises:
            HoursError: If the law asks for the party's and none was given.
        """
        seat = self.court_canton if self.law.at_court else self.party_canton
        canton = self.law.holidays_of or seat
        if canton is None and self.law.at_court:
            raise HoursError(
                f"court_canton: nothing was given; the law {self.law.id!r} asks for the canton where the court or the"
                " office has its seat",
                field="court_canton",
            )
        if canton is None:
            raise HoursError(
                f"party_canton: nothing was given; the law {self.law.id!r} asks for the canton where the party or"
                " its representative lives or has its seat",
                field="party_canton",
            )
        return canton

    @property
    def place(self) -> str | None:
        """The part of that canton whose holidays count."""
        if self.law.at_court:
            return self.court_place
        return self.party_place if self.canton is self.party_canton else None

    @property
    def month_rule(self) -> MonthRule | None:
        """On which day a term in months ends: as the reading says, or else as the law does."""
        return self.reading.month_rule or self.law.month_rule

    @property
    def weekend_act_since(self) -> date | None:
        """From which day of delivery unsigned mail on a day off counts as delivered later; None if it is not known."""
        return self.reading.weekend_act_since or self.law.weekend_act_since

    @property
    def days_off(self) -> DaysOff:
        """The days that cannot be a last day."""
        calendar = statutory_holidays(self.canton, place=self.place, also=self.reading.also_holidays)
        return DaysOff((calendar,), half_days=self.reading.half_holiday is HalfHoliday.HOLIDAY)

    @property
    def deemed(self) -> date | None:
        """The day on which registered mail counts as delivered at the latest; None if there was none.

        Raises:
            UnsettledTerm: If the law has no such rule.
            HoursError: If it is not known for that time.
        """
        if self.first_attempt is None:
            return None
        rule = self.law.deemed
        if rule is None:
            raise UnsettledTerm(
                f"registered_first_attempt: the law {self.law.id!r} has no rule for mail that is not collected;"
                " allowed: the day of notification",
                field="registered_first_attempt",
            )
        self.law.require(self.first_attempt, since=rule.since, what="registered_first_attempt")
        return self.first_attempt + timedelta(days=rule.days)

    @property
    def served(self) -> date:
        """The day of delivery: of receipt, or the deemed one where that is earlier."""
        return min(day for day in (self.notified, self.deemed) if day is not None)

    @property
    def exemption(self) -> Exemption | None:
        """Why the term is not suspended; None if it does.

        Raises:
            HoursError: If the rule is not known for that time.
        """
        exemption = self.law.exemption(self.procedure)
        if exemption is None:
            return None
        self.law.require(self.served, since=exemption.since, what=f"{self.procedure.value} procedure")
        stands_still = not exemption.settled and self.reading.first_instance is FirstInstance.SUSPENDED
        return None if stands_still else exemption

    @property
    def suspensions(self) -> tuple[TermSuspension, ...]:
        """The suspensions that the term heeds: none for who is exempt, and none where only terms in days are suspended.

        Raises:
            HoursError: If the rule is not known for that time.
        """
        months_run = self.length.unit is Unit.MONTHS and self.law.months is MonthTerms.NOT_SUSPENDED
        return () if months_run or self.exemption is not None else self.law.suspensions

    @property
    def recesses(self) -> tuple[TermSuspension, ...]:
        """The recesses in which the term cannot end: none for who is exempt.

        Raises:
            HoursError: If the rule is not known for that time.
        """
        return () if self.exemption is not None else self.law.recesses

    def require_known(self, last: date) -> None:
        """Refuse a term that meets a suspension whose rule is not known for its time.

        Args:
            last: The last day of the term.

        Raises:
            HoursError: If there is such a suspension.
        """
        for each in self.suspensions:
            span = next(spans_from(self.served, [each]))
            if span.first <= last and span.first < each.since:
                raise HoursError(
                    f"term: it meets the suspension of {span.first}, whose rule is known from {each.since} on",
                    since=each.since,
                    until=self.law.until,
                    field="term",
                )
