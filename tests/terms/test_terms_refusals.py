"""What is refused, by which error, and in which words."""

from datetime import date, datetime
from typing import Any

import attrs
import pytest

from ticontact.errors import HoursError, InvalidValue, UnsettledTerm
from ticontact.hours import HolidayRule
from ticontact.hours.terms import (
    ASYLUM,
    CIVIL,
    DEBT_ENFORCEMENT,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    BeforeSuspension,
    Delivery,
    MonthRule,
    OpenQuestion,
    ProceduralLaw,
    Procedure,
    Reading,
    deadline,
    is_in_time,
    procedural_law_named,
)
from ticontact.hours.terms.law_parts import DateRange, DeemedDelivery, Exemption, TermSuspension
from ticontact.i18n import Text

NOTIFIED = date(2026, 3, 2)
MONTHS = Reading(month_rule=MonthRule.NOTIFICATION_DAY)


@pytest.mark.parametrize(
    ("law", "asked", "error", "words"),
    [
        (TICINO, {"days": 0}, HoursError, "days: 0 was given; allowed: a whole number from 1 to 1000"),
        (TICINO, {"days": -30}, HoursError, "days: -30 was given"),
        (TICINO, {"days": 1001}, HoursError, "days: 1001 was given"),
        (TICINO, {"days": 1.5}, HoursError, "days: 1.5 was given"),
        (TICINO, {"days": True}, HoursError, "days: True was given"),
        (TICINO, {"days": 10**5000}, HoursError, "days: int was given; allowed: a whole number from 1 to 1000"),
        (TICINO, {"days": "9" * 10_000}, HoursError, "9…' was given; allowed: a whole number from 1 to 1000"),
        (TICINO, {"months": 121}, HoursError, "months: 121 was given; allowed: a whole number from 1 to 120"),
        (TICINO, {}, HoursError, "term: nothing was given; allowed: exactly one of days, working_days, months"),
        (TICINO, {"days": 30, "months": 1}, HoursError, "term: days, months was given"),
        (TICINO, {"notified": None, "days": 30}, HoursError, "notified: nothing was given"),
        (TICINO, {"notified": datetime(2026, 3, 2), "days": 30}, HoursError, "notified: datetime was given"),  # noqa: DTZ001 - the mistake itself
        (TICINO, {"notified": "2026-03-02", "days": 30}, HoursError, "notified: str was given"),
        (TICINO, {"registered_first_attempt": 5, "days": 30}, HoursError, "registered_first_attempt: int was given"),
        (
            TICINO,
            {"registered_first_attempt": date(2026, 3, 3), "days": 30},
            HoursError,
            "notified: 2026-03-02 is before the first attempt of delivery 2026-03-03",
        ),
        (
            FEDERAL,
            {"registered_first_attempt": NOTIFIED, "days": 30, "delivery": Delivery.UNSIGNED, "party_canton": "TI"},
            HoursError,
            "delivery: unsigned was given for registered mail",
        ),
        (FEDERAL, {"days": 30}, HoursError, "party_canton: nothing was given; the law 'pa' asks for the canton"),
        (FEDERAL, {"days": 30, "party_canton": "XX"}, HoursError, "canton: 'XX' was given; allowed: AG, AI"),
        (FEDERAL, {"days": 30, "party_canton": "TI", "party_place": "Airolo"}, HoursError, "place: 'Airolo'"),
        (
            TICINO,
            {"days": 30, "reading": Reading(also_holidays=["carnival"])},
            HoursError,
            "also: 'carnival' was given",
        ),
        (FEDERAL, {"working_days": 5, "party_canton": "TI"}, UnsettledTerm, "'pa' knows no term in working days"),
        (TICINO, {"months": 1}, UnsettledTerm, "months: the sources differ on the day"),
        (TICINO, {"months": 2, "reading": MONTHS}, UnsettledTerm, "suspension of 2026-03-29 to 2026-04-12 does"),
        (
            TICINO,
            {"notified": date(2026, 11, 18), "months": 1, "reading": MONTHS},
            UnsettledTerm,
            "suspension of 2026-12-18 to 2027-01-02",
        ),
        (
            SOCIAL_INSURANCE,
            {"notified": date(2026, 7, 20), "months": 3, "party_canton": "TI", "reading": MONTHS},
            UnsettledTerm,
            "no source says how a term in months begins that is notified on 2026-07-20, in a suspension",
        ),
    ],
)
def test_refusals(law: ProceduralLaw, asked: dict[str, Any], error: type[HoursError], words: str) -> None:
    """The message names the argument, what is allowed and what was given."""
    with pytest.raises(error) as refused:
        deadline(law, **{"notified": NOTIFIED, **asked})

    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("argument", "given"),
    [("procedure", "provisional"), ("delivery", "unsigned"), ("party_canton", 3), ("reading", {"month_rule": 1})],
)
def test_a_choice_is_no_text(argument: str, given: Any) -> None:
    """Taken for nothing said, it would give another last day without a word."""
    with pytest.raises(InvalidValue, match=f"{argument}: {type(given).__name__} was given"):
        deadline(TICINO, notified=NOTIFIED, days=30, **{argument: given})


class TestTime:
    """For which days a law's rules are known."""

    @pytest.mark.parametrize(
        ("law", "notified"),
        [
            (TICINO, date(2014, 2, 28)),
            (FEDERAL, date(1992, 2, 14)),
            (SOCIAL_INSURANCE, date(2002, 12, 31)),
            (SUPREME_COURT, date(2006, 12, 31)),
            (ASYLUM, date(2019, 2, 28)),
            (TICINO, date(9001, 1, 1)),
        ],
        ids=lambda each: each.id if isinstance(each, ProceduralLaw) else each.isoformat(),
    )
    def test_a_notification_outside_is_refused(self, law: ProceduralLaw, notified: date) -> None:
        """The error carries the days on which the law holds."""
        with pytest.raises(HoursError, match=f"notified: {notified} was given; allowed in the law") as refused:
            deadline(law, notified=notified, days=30, party_canton="TI")

        assert (law.since, law.until) == (refused.value.since, refused.value.until)

    def test_the_first_day_is_inside(self) -> None:
        """LPAmm counts from the day of its entry into force."""
        assert date(2014, 3, 31) == deadline(TICINO, notified=date(2014, 3, 1), days=30).last_day

    def test_a_repealed_law_counts_to_its_last_day(self) -> None:
        """A law that ends takes no later notification; its terms may end later."""
        repealed = attrs.evolve(TICINO, until=date(2026, 3, 2))

        assert date(2026, 4, 16) == deadline(repealed, notified=date(2026, 3, 2), days=30).last_day
        with pytest.raises(HoursError, match="2026-03-03 was given; allowed in the law 'ti': 2014-03-01 to 2026"):
            deadline(repealed, notified=date(2026, 3, 3), days=30)

    def test_a_standstill_of_another_form_is_refused(self) -> None:
        """The winter suspension had another form before 2007, which is not known here."""
        with pytest.raises(HoursError, match="meets the suspension of 2005-12-18, whose rule is known from 2007-01-01"):
            deadline(FEDERAL, notified=date(2005, 12, 1), days=30, party_canton="TI")

    def test_so_is_one_that_the_last_day_is_moved_into(self) -> None:
        """Saturday 16 December 2006 moves to its first day."""
        with pytest.raises(HoursError, match="2006-12-18"):
            deadline(FEDERAL, notified=date(2006, 12, 6), days=10, party_canton="TI")

    def test_deemed_delivery_of_another_time_is_refused(self) -> None:
        """PA art. 20 para. 2bis is of 2007."""
        with pytest.raises(HoursError, match="registered_first_attempt: 2006-05-01 was given"):
            deadline(FEDERAL, registered_first_attempt=date(2006, 5, 1), days=30, party_canton="TI")

    @pytest.mark.parametrize(
        ("procedure", "since"),
        [(Procedure.POLITICAL_RIGHTS, 2021), (Procedure.PROCUREMENT, 2021), (Procedure.MUTUAL_ASSISTANCE, 2021)],
    )
    def test_exemption_of_another_time_is_refused(self, procedure: Procedure, since: int) -> None:
        """The list of LTF art. 46 para. 2 is of 2021."""
        with pytest.raises(HoursError, match=f"{procedure.value} procedure: {since - 1}-12-31 was given"):
            deadline(SUPREME_COURT, notified=date(since - 1, 12, 31), days=10, party_canton="TI", procedure=procedure)

        term = deadline(SUPREME_COURT, notified=date(since, 1, 1), days=10, party_canton="TI", procedure=procedure)
        assert date(since, 1, 11) == term.last_day


class TestLaws:
    """Laws of one's own, and laws by name."""

    def test_unknown_name(self) -> None:
        """The error lists the known ones."""
        with pytest.raises(HoursError, match="law: 'cpp' was given; allowed: ti, pa, lpga, ltf, asylum, zpo, schkg"):
            procedural_law_named("cpp")

    def test_no_rule_for_registered_mail(self) -> None:
        """A law without such a rule asks for the day of notification."""
        plain = attrs.evolve(TICINO, deemed=None)

        with pytest.raises(UnsettledTerm, match="has no rule for mail that is not collected"):
            deadline(plain, registered_first_attempt=NOTIFIED, days=30)

    def test_ends_before_it_begins(self) -> None:
        """The last day of a law cannot lie before its first."""
        with pytest.raises(HoursError, match="until: 2014-02-28 is before the law's first day 2014-03-01"):
            attrs.evolve(TICINO, until=date(2014, 2, 28))

    def test_suspensions_leave_days(self) -> None:
        """A law under which terms hardly ever run is a slip of the pen."""
        with pytest.raises(HoursError, match="suspensions: they take 334 days a year; allowed: 300"):
            ProceduralLaw("x", Text.same("x"), start="", end="", suspensions=[TermSuspension.yearly((1, 1), (11, 30))])

    @pytest.mark.parametrize("wrong", [(2, 29), (13, 1), (4, 31), (0, 1), (1, 2, 3), ("1", "2"), "ab", None], ids=repr)
    def test_days_that_not_every_year_has(self, wrong: Any) -> None:
        """A suspension begins and ends on days that every year has."""
        with pytest.raises(HoursError, match=r"first: .* was given; allowed: month and day"):
            TermSuspension.yearly(wrong, (12, 31))
        with pytest.raises(HoursError, match=r"last: .* was given; allowed: month and day"):
            TermSuspension.yearly((1, 1), wrong)

    @pytest.mark.parametrize(("before", "after"), [(-1, 7), (7, -1), (61, 7), (7, 61), ("7", 7), (7, 1.5)])
    def test_days_from_easter(self, before: Any, after: Any) -> None:
        """Some days, not months."""
        with pytest.raises(HoursError, match="days from Easter were given; allowed: 0 to 60"):
            TermSuspension.around_easter(before=before, after=after)

    def test_two_exemptions_of_one_procedure(self) -> None:
        """One procedure, one rule."""
        twice = [Exemption(Procedure.PROVISIONAL, source="a"), Exemption(Procedure.PROVISIONAL, source="b")]

        with pytest.raises(HoursError, match="exemptions: provisional stands there twice"):
            attrs.evolve(TICINO, exemptions=twice)

    def test_days_of_a_law(self) -> None:
        """A recess or a deemed delivery takes some days, and what it excepts ends after it has begun."""
        with pytest.raises(InvalidValue, match=r"recess_days: int was given \(allowed: a whole number from 1 to 30\)"):
            attrs.evolve(DEBT_ENFORCEMENT, recess_days=0)
        for days in (-1, 10**9):
            with pytest.raises(InvalidValue, match=r"days: int was given \(allowed: a whole number from 0 to 30\)"):
                DeemedDelivery(days, source="x")
        with pytest.raises(HoursError, match="last: 2026-01-01 is before the first day 2026-02-02"):
            DateRange(date(2026, 2, 2), date(2026, 1, 1))

    def test_a_law_of_all_times(self) -> None:
        """It takes the first of all dates, and none so late that the term might end where there are no dates."""
        eternal = attrs.evolve(TICINO, since=date.min, until=date.max)

        assert deadline(eternal, notified=date.min, days=30).last_day == date(1, 1, 31)
        with pytest.raises(HoursError, match="9999-12-31 was given; allowed in the law 'ti': 0001-01-01 to 9000-12-31"):
            deadline(eternal, notified=date.max, days=30)


@pytest.mark.parametrize("given", [datetime(2026, 3, 12), None, "2026-03-12"])  # noqa: DTZ001 - the mistake itself
def test_an_act_has_a_date(given: Any) -> None:
    """A datetime does not say by which calendar it is a day."""
    term = deadline(TICINO, notified=NOTIFIED, days=10)

    for ask in (term.timeliness, lambda day: is_in_time(day, term)):
        with pytest.raises(HoursError, match=f"act_date: {type(given).__name__} was given; allowed: a date without"):
            ask(given)


class TestCourtsAndOffices:
    """Laws whose holidays are those of the court or the office, and a recess."""

    def test_the_seat_is_asked_for(self) -> None:
        """The party's canton is no answer to that."""
        for law in (CIVIL, DEBT_ENFORCEMENT):
            with pytest.raises(HoursError, match="court_canton: nothing was given") as caught:
                deadline(law, notified=date(2026, 6, 10), days=10, party_canton="TI")
            assert caught.value.field == "court_canton"

    def test_holidays_of_the_seat(self) -> None:
        """29 June is off at a court in Ticino, and a working day at one in Zurich, wherever the party lives."""
        last_days = [
            deadline(CIVIL, notified=date(2026, 6, 19), days=10, court_canton=court, party_canton="TI").last_day.day
            for court in ("TI", "ZH")
        ]
        olten = deadline(CIVIL, notified=date(2026, 5, 25), days=10, court_canton="SO", court_place="Olten")

        assert last_days == [30, 29]
        assert olten.last_day == date(2026, 6, 5)

    def test_an_act_in_a_recess(self) -> None:
        """It takes effect afterwards, and nobody can tell on which day; for bills of exchange there is no recess."""
        with pytest.raises(UnsettledTerm, match="lies in the recess of 2026-07-15 to 2026-07-31"):
            deadline(DEBT_ENFORCEMENT, notified=date(2026, 7, 20), days=10, court_canton="TI")
        bills = deadline(
            DEBT_ENFORCEMENT,
            notified=date(2026, 7, 20),
            days=5,
            court_canton="TI",
            procedure=Procedure.BILLS_OF_EXCHANGE,
        )

        assert bills.last_day == date(2026, 7, 27)  # the 25th is a Saturday

    def test_a_day_off_just_before_a_recess(self) -> None:
        """The count ends on Saturday 17 December 2022 and the next working day lies in the recess: open."""
        term = deadline(DEBT_ENFORCEMENT, notified=date(2022, 12, 7), days=10, court_canton="TI")
        after = deadline(
            DEBT_ENFORCEMENT,
            notified=date(2022, 12, 7),
            days=10,
            court_canton="TI",
            reading=Reading(before_suspension=BeforeSuspension.AFTER_SUSPENSION),
        )

        assert [each.question for each in term.open_points] == [OpenQuestion.BEFORE_SUSPENSION]
        assert (term.last_day, after.last_day) == (date(2022, 12, 19), date(2023, 1, 4))
        assert (term.earliest, term.latest) == (date(2022, 12, 19), date(2023, 1, 4))

    def test_months_of_civil_procedure(self) -> None:
        """A court has settled on which day they end, so no rule need be chosen; a reading still may."""
        settled = deadline(CIVIL, notified=date(2026, 9, 10), months=1, court_canton="TI")
        chosen = deadline(
            CIVIL,
            notified=date(2026, 9, 10),
            months=1,
            court_canton="TI",
            reading=Reading(month_rule=MonthRule.FIRST_DAY),
        )

        assert (settled.last_day.day, settled.is_settled) == (12, True)  # the 10th is a Saturday
        assert chosen.last_day.day == 12

    def test_mail_on_a_weekend(self) -> None:
        """In civil procedure mail without a signature counts from the next working day, since 2025."""
        saturday = date(2025, 2, 1)
        unsigned, unsaid, before = (
            deadline(CIVIL, notified=day, days=10, court_canton="ZH", delivery=how)
            for day, how in (
                (saturday, Delivery.UNSIGNED),
                (saturday, Delivery.UNSAID),
                (date(2024, 2, 3), Delivery.UNSIGNED),
            )
        )

        assert (unsigned.served, unsigned.last_day) == (date(2025, 2, 3), date(2025, 2, 13))
        assert [each.question for each in unsaid.open_points] == [OpenQuestion.WEEKEND_DELIVERY]
        assert before.served == date(2024, 2, 3)

    def test_rules_of_ones_own(self) -> None:
        """A day that only a commune keeps may be treated as a holiday."""
        patron = HolidayRule.every_year(10, 16, "Gallus")
        term = deadline(
            FEDERAL, notified=date(2026, 9, 16), days=30, party_canton="ZH", reading=Reading(also_holidays=[patron])
        )

        assert term.last_day == date(2026, 10, 19)
