"""Where the law is open, the answer says so and names the other last day; a choice turns it round."""

from collections.abc import Mapping
from datetime import date

import attrs
import pytest

from ticontact.errors import UnsettledTerm
from ticontact.hours import Canton
from ticontact.hours.terms import (
    ASYLUM,
    FEDERAL,
    SOCIAL_INSURANCE,
    TICINO,
    BeforeSuspension,
    Deadline,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    OpenPoint,
    OpenQuestion,
    Procedure,
    Reading,
    Step,
    StepKind,
    Timeliness,
    WorkingDayRule,
    deadline,
    is_in_time,
)


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def open_days(term: Deadline) -> Mapping[OpenQuestion, date | None]:
    """The open questions of an answer, each with the other last day."""
    return {point.question: point.otherwise for point in term.open_points}


def kinds(term: Deadline) -> list[StepKind]:
    """What the steps of an answer say."""
    return [step.kind for step in term.steps]


class TestLastDayBeforeSuspension:
    """Day 30 is Saturday 14 July 2018; on Sunday the summer suspension begins."""

    def test_next_working_day_by_default(self) -> None:
        """Cautiously Monday 16 July, and the other reading is named."""
        term = deadline(FEDERAL, notified=day("2018-06-14"), days=30, party_canton="TI")

        assert day("2018-07-16") == term.last_day == term.earliest
        assert {OpenQuestion.BEFORE_SUSPENSION: day("2018-08-16")} == open_days(term)
        assert StepKind.SUSPENDED not in kinds(term)

    def test_after_the_suspension_by_choice(self) -> None:
        """Thursday 16 August, the first day after the suspension, which is then a step of the count."""
        reading = Reading(before_suspension=BeforeSuspension.AFTER_SUSPENSION)
        term = deadline(FEDERAL, notified=day("2018-06-14"), days=30, party_canton="TI", reading=reading)

        assert day("2018-08-16") == term.last_day == term.latest
        assert {OpenQuestion.BEFORE_SUSPENSION: day("2018-07-16")} == open_days(term)
        assert StepKind.SUSPENDED in kinds(term)

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            ("2018-07-16", Timeliness.IN_TIME),
            ("2018-07-17", Timeliness.OPEN),
            ("2018-08-16", Timeliness.OPEN),
            ("2018-08-17", Timeliness.LATE),
        ],
    )
    def test_between_the_two_nobody_can_say(self, act: str, expected: Timeliness) -> None:
        """An act between the two last days is neither in time nor late."""
        term = deadline(FEDERAL, notified=day("2018-06-14"), days=30, party_canton="TI")

        assert expected is term.timeliness(day(act))

    def test_between_the_two_a_bool_is_refused(self) -> None:
        """The error names the open question, and both days."""
        term = deadline(FEDERAL, notified=day("2018-06-14"), days=30, party_canton="TI")

        with pytest.raises(UnsettledTerm, match=r"between 2018-07-16 and 2018-08-16.*before_suspension"):
            is_in_time(day("2018-08-01"), term)

    def test_a_last_day_that_needs_no_moving(self) -> None:
        """Friday 13 July 2018 is a working day: nothing is open, by either choice."""
        for choice in BeforeSuspension:
            term = deadline(TICINO, notified=day("2018-06-13"), days=30, reading=Reading(before_suspension=choice))

            assert (day("2018-07-13"), ()) == (term.last_day, term.open_points)


class TestFirstInstanceInTicino:
    """The Servizio dei ricorsi speaks of terms of appeal; others read the article as covering all procedures."""

    def test_runs_by_default(self) -> None:
        """Cautiously without suspension, and the other reading is named."""
        term = deadline(TICINO, notified=day("2024-12-10"), days=30, procedure=Procedure.FIRST_INSTANCE)

        assert day("2025-01-09") == term.last_day
        assert {OpenQuestion.FIRST_INSTANCE: day("2025-01-27")} == open_days(term)
        assert "LPAmm art. 16 para. 1 (SRCS: 'termini di ricorso')" in term.sources

    def test_stands_still_by_choice(self) -> None:
        """The same as a term of appeal."""
        term = deadline(
            TICINO,
            notified=day("2024-12-10"),
            days=30,
            procedure=Procedure.FIRST_INSTANCE,
            reading=Reading(first_instance=FirstInstance.SUSPENDED),
        )

        assert day("2025-01-27") == term.last_day
        assert {OpenQuestion.FIRST_INSTANCE: day("2025-01-09")} == open_days(term)

    def test_federal_law_leaves_nothing_open(self) -> None:
        """PA art. 22a speaks of all terms in days."""
        term = deadline(
            FEDERAL, notified=day("2024-12-10"), days=30, procedure=Procedure.FIRST_INSTANCE, party_canton="TI"
        )

        assert (day("2025-01-27"), ()) == (term.last_day, term.open_points)


class TestGoodFridayInTicino:
    """It is no official holiday there, yet offices and post are closed; it matters only where nothing is suspended."""

    def test_is_a_working_day_by_default(self) -> None:
        """Day 30 is 3 April 2026; the other reading is the Tuesday after Easter."""
        term = deadline(ASYLUM, notified=day("2026-03-04"), days=30, party_canton="TI")

        assert day("2026-04-03") == term.last_day
        assert {OpenQuestion.COMMON_HOLIDAY: day("2026-04-07")} == open_days(term)

    def test_is_a_holiday_by_choice(self) -> None:
        """A department that treats it as one says so; the step names it."""
        term = deadline(
            ASYLUM,
            notified=day("2026-03-04"),
            days=30,
            party_canton="TI",
            reading=Reading(also_holidays=["good_friday"]),
        )

        assert (day("2026-04-07"), ()) == (term.last_day, term.open_points)
        assert "venerdì 3.4 (Venerdì Santo)" in term.text("it")

    def test_is_a_holiday_in_zurich(self) -> None:
        """Where the law of the canton knows it, nothing is open."""
        term = deadline(ASYLUM, notified=day("2026-03-04"), days=30, party_canton="ZH")

        assert (day("2026-04-07"), ()) == (term.last_day, term.open_points)

    def test_whit_monday_in_solothurn(self) -> None:
        """Judgment 6B_730/2013: offices and post were closed, so the term ended on Tuesday."""
        term = deadline(FEDERAL, notified=day("2026-05-15"), days=10, party_canton="SO", party_place="Solothurn")

        assert (day("2026-05-25"), {OpenQuestion.COMMON_HOLIDAY: day("2026-05-26")}) == (term.last_day, open_days(term))


class TestParts:
    """Holidays of a half day, of a part of a canton, and of another canton."""

    def test_half_a_holiday(self) -> None:
        """In Solothurn the afternoon of 1 May is a holiday; in 2026 that is a Friday."""
        term = deadline(FEDERAL, notified=day("2026-04-21"), days=10, party_canton="SO")
        kept = Reading(half_holiday=HalfHoliday.HOLIDAY)
        by_choice = deadline(FEDERAL, notified=day("2026-04-21"), days=10, party_canton="SO", reading=kept)

        assert (day("2026-05-01"), {OpenQuestion.HALF_HOLIDAY: day("2026-05-04")}) == (term.last_day, open_days(term))
        assert {OpenQuestion.HALF_HOLIDAY: day("2026-05-01")} == open_days(by_choice)
        assert day("2026-05-04") == by_choice.last_day

    def test_part_of_the_canton(self) -> None:
        """Corpus Christi is a holiday in parts of Solothurn; who names the place closes the question."""
        term = deadline(FEDERAL, notified=day("2026-05-25"), days=10, party_canton="SO")

        assert day("2026-06-04") == term.last_day
        assert {OpenQuestion.LOCAL_HOLIDAY: day("2026-06-05")} == open_days(term)

    def test_party_of_another_canton(self) -> None:
        """LPAmm does not say whether the party's holidays count: 23 June is one in Jura alone."""
        term = deadline(TICINO, notified=day("2027-06-13"), days=10, party_canton=Canton.JU)
        at_home = deadline(TICINO, notified=day("2027-06-13"), days=10, party_canton=Canton.TI)

        assert {OpenQuestion.PARTY_ELSEWHERE: day("2027-06-24")} == open_days(term)
        assert {day("2027-06-23")} == {term.last_day, at_home.last_day}
        assert at_home.open_points == ()


class TestMonths:
    """Terms in months: on which day they end, and what a suspension does to them."""

    @pytest.mark.parametrize(
        ("notified", "months", "rule", "last_day"),
        [
            ("2026-09-10", 1, MonthRule.NOTIFICATION_DAY, "2026-10-12"),  # 10 October is a Saturday
            ("2026-09-15", 1, MonthRule.NOTIFICATION_DAY, "2026-10-15"),
            ("2026-09-15", 1, MonthRule.FIRST_DAY, "2026-10-16"),
            ("2026-08-31", 1, MonthRule.NOTIFICATION_DAY, "2026-09-30"),  # September has no 31st
            ("2026-08-31", 1, MonthRule.FIRST_DAY, "2026-10-01"),
            ("2023-11-29", 3, MonthRule.NOTIFICATION_DAY, "2024-02-29"),
            (
                "2026-10-30",
                12,
                MonthRule.NOTIFICATION_DAY,
                "2027-11-02",
            ),  # 30 October 2027 is a Saturday, then Ognissanti
        ],
    )
    def test_number_of_the_day(self, notified: str, months: int, rule: MonthRule, last_day: str) -> None:
        """That of the notification (BGE 150 III 367), or of day 1 (the wording of LPAmm art. 13)."""
        term = deadline(
            FEDERAL, notified=day(notified), months=months, party_canton="TI", reading=Reading(month_rule=rule)
        )

        assert day(last_day) == term.last_day

    def test_the_other_rule_is_named(self) -> None:
        """Whichever is chosen, the answer says that there is another."""
        terms = [
            deadline(TICINO, notified=day("2026-09-15"), months=1, reading=Reading(month_rule=rule))
            for rule in MonthRule
        ]

        assert [{OpenQuestion.MONTH_RULE: day("2026-10-16")}, {OpenQuestion.MONTH_RULE: day("2026-10-15")}] == [
            *map(open_days, terms)
        ]

    def test_social_insurance_adds_the_suspension(self) -> None:
        """BGE 131 V 314: three months from 1 July end on 1 October, and 32 days of suspension are added."""
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)
        term = deadline(SOCIAL_INSURANCE, notified=day("2025-07-01"), months=3, party_canton="ZH", reading=reading)

        assert day("2025-11-03") == term.last_day  # 2 November is a Sunday
        assert "LPGA/ATSG art. 38 para. 4; BGE 131 V 314 E. 4.6" in {step.source for step in term.steps}

    def test_federal_law_suspends_days_alone(self) -> None:
        """PA art. 22a speaks of terms in days."""
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)
        term = deadline(FEDERAL, notified=day("2025-07-01"), months=3, party_canton="ZH", reading=reading)

        assert day("2025-10-01") == term.last_day
        assert StepKind.SUSPENDED not in kinds(term)


class TestWorkingDays:
    """Whether a holiday counts as a working day is not written anywhere."""

    def test_holidays_are_passed_over_by_default(self) -> None:
        """The word as PA art. 20 para. 3 uses it; the earlier day is named and is the earliest."""
        term = deadline(ASYLUM, notified=day("2026-03-17"), working_days=7, party_canton="TI")

        assert day("2026-03-27") == term.last_day
        assert {OpenQuestion.WORKING_DAY: day("2026-03-26")} == open_days(term)
        assert day("2026-03-26") == term.earliest

    def test_monday_to_friday_by_choice(self) -> None:
        """Every Monday to Friday counts, but the last day is still no holiday."""
        reading = Reading(working_day=WorkingDayRule.MONDAY_TO_FRIDAY)
        term = deadline(ASYLUM, notified=day("2026-03-17"), working_days=2, party_canton="TI", reading=reading)

        assert day("2026-03-20") == term.last_day

    def test_open_questions_add_up(self) -> None:
        """In Easter week Good Friday may be off: the later reading alone, and the range from end to end."""
        term = deadline(ASYLUM, notified=day("2026-03-31"), working_days=5, party_canton="TI")

        assert day("2026-04-08") == term.last_day
        assert {
            OpenQuestion.COMMON_HOLIDAY: day("2026-04-09"),
            OpenQuestion.WORKING_DAY: day("2026-04-07"),
        } == open_days(term)
        assert (day("2026-04-07"), day("2026-04-09")) == (term.earliest, term.latest)

    def test_two_later_readings_together(self) -> None:
        """In Neuchâtel Whit Monday is commonly kept and Corpus Christi local: each may move the term, or both."""
        term = deadline(ASYLUM, notified=day("2026-05-21"), working_days=10, party_canton="NE")

        assert day("2026-06-04") == term.last_day
        assert {
            OpenQuestion.COMMON_HOLIDAY: day("2026-06-05"),
            OpenQuestion.LOCAL_HOLIDAY: day("2026-06-05"),
        } == open_days(term)
        assert day("2026-06-08") == term.latest


class TestDeliveryAtWeekends:
    """The Federal Act of 26 September 2025: passed, but not known to be in force."""

    SATURDAY = day("2026-05-30")

    def test_off_by_default(self) -> None:
        """Mail of a Saturday counts from that day, and the other reading is named."""
        term = deadline(FEDERAL, notified=self.SATURDAY, days=10, party_canton="TI")

        assert (self.SATURDAY, day("2026-06-09")) == (term.served, term.last_day)
        assert {OpenQuestion.WEEKEND_DELIVERY: day("2026-06-11")} == open_days(term)

    def test_on_by_choice(self) -> None:
        """Unsigned mail counts from the next working day, and the steps say so."""
        term = deadline(
            FEDERAL,
            notified=self.SATURDAY,
            days=10,
            party_canton="TI",
            delivery=Delivery.UNSIGNED,
            reading=Reading(weekend_act_since=day("2026-05-01")),
        )

        assert (day("2026-06-01"), day("2026-06-11"), ()) == (term.served, term.last_day, term.open_points)
        assert Step(StepKind.DELIVERED_LATER, term.served, source="BBl 2025 565", with_year=True) in term.steps

    def test_on_from_its_first_day(self) -> None:
        """Mail of the very day on which the act comes into force counts from the next working day."""
        reading = Reading(weekend_act_since=self.SATURDAY)
        term = deadline(
            FEDERAL, notified=self.SATURDAY, days=10, party_canton="TI", delivery=Delivery.UNSIGNED, reading=reading
        )

        assert day("2026-06-01") == term.served

    @pytest.mark.parametrize(
        ("notified", "delivery", "since", "is_open"),
        [
            ("2026-05-30", Delivery.UNSIGNED, None, True),
            ("2026-05-30", Delivery.SIGNED, None, False),
            ("2026-05-30", Delivery.UNSAID, "2026-05-01", True),
            ("2026-05-30", Delivery.SIGNED, "2026-05-01", False),
            ("2026-05-30", Delivery.UNSAID, "2026-06-01", False),
            ("2025-05-31", Delivery.UNSAID, None, False),
        ],
    )
    def test_open_only_where_it_may_matter(
        self,
        notified: str,
        delivery: Delivery,
        since: str | None,
        is_open: bool,  # noqa: FBT001 - a table's column
    ) -> None:
        """Not for signed mail, nor before the act was passed, nor before the day on which it comes into force."""
        reading = Reading(weekend_act_since=None if since is None else day(since))
        term = deadline(FEDERAL, notified=day(notified), days=10, party_canton="TI", delivery=delivery, reading=reading)

        assert is_open == (OpenQuestion.WEEKEND_DELIVERY in open_days(term))
        assert day(notified) == term.served

    def test_ticino_is_not_concerned(self) -> None:
        """The act changes federal law; the cantons change their own."""
        term = deadline(TICINO, notified=self.SATURDAY, days=10)

        assert term.open_points == ()

    def test_deemed_delivery_is_not_concerned(self) -> None:
        """The seventh day after the first attempt stays, Saturday or not."""
        term = deadline(FEDERAL, registered_first_attempt=day("2026-05-23"), days=10, party_canton="TI")

        assert (term.served, term.open_points) == (self.SATURDAY, ())


class TestYearsThatNobodyChecked:
    """The holidays are checked for 2015 to 2030."""

    @pytest.mark.parametrize(
        ("notified", "flagged"), [("2005-03-30", True), ("2026-09-01", False), ("2031-01-20", True)]
    )
    def test_are_flagged(self, notified: str, flagged: bool) -> None:  # noqa: FBT001 - a table's column
        """Other years are answered and marked; there is no other day to name."""
        term = deadline(FEDERAL, notified=day(notified), days=30, party_canton="TI")

        assert flagged == (OpenPoint(OpenQuestion.PROJECTED_HOLIDAYS) in term.open_points)
        assert term.earliest == term.last_day == term.latest


def test_readings_are_values() -> None:
    """Two equal readings are one, and a department keeps its own beside its law."""
    ours = Reading(also_holidays=["good_friday"], month_rule=MonthRule.FIRST_DAY)

    assert ours == attrs.evolve(Reading(month_rule=MonthRule.FIRST_DAY), also_holidays=("good_friday",))
    assert repr(ours).startswith("Reading(before_suspension=BeforeSuspension.NEXT_WORKING_DAY")
