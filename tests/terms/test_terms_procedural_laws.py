"""Laws as data: the suspensions of a year, the exemptions, a department's own law."""

from datetime import date

import attrs
import pytest

from ticontact.hours import Canton
from ticontact.hours.terms import (
    ASYLUM,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    Delivery,
    MonthRule,
    OpenQuestion,
    ProceduralLaw,
    Procedure,
    Reading,
    StepKind,
    Timeliness,
    deadline,
    procedural_law_named,
)
from ticontact.hours.terms import _term_suspension as suspension
from ticontact.hours.terms._term_length import Unit
from ticontact.hours.terms.law_parts import DateRange, DeemedDelivery, MonthTerms, TermSuspension
from ticontact.i18n import Text

EVERY_LAW = [TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, ASYLUM]
OURS = ProceduralLaw(
    "fishing",
    Text.same("Fishing licences"),
    start="licence terms 1",
    end="licence terms 2",
    suspensions=[TermSuspension.yearly((5, 1), (5, 31), source="licence terms 3")],
    holidays_of=Canton.TI,
)


@pytest.mark.parametrize("law", EVERY_LAW, ids=lambda each: each.id)
class TestShippedLaws:
    """What holds for each."""

    def test_every_rule_has_a_source(self, law: ProceduralLaw) -> None:
        """Nothing is computed that is not written somewhere."""
        sources = [law.start, law.end, law.months_source]
        sources += [each.source for each in law.suspensions]
        sources += [each.source for each in law.exemptions]
        sources += [law.resumption] if law.suspensions else []
        sources += [law.deemed.source] if law.deemed else []

        assert all("art." in source or "BGE" in source for source in sources)

    def test_is_found_by_its_name(self, law: ProceduralLaw) -> None:
        """In either case, as people type it."""
        assert law is procedural_law_named(f" {law.id.upper()} ")


class TestSuspensions:
    """Which days they take in a year."""

    @pytest.mark.parametrize("law", [TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT], ids=lambda each: each.id)
    def test_of_the_four_laws(self, law: ProceduralLaw) -> None:
        """From the 7th day before Easter to the 7th after it, 15 July to 15 August, 18 December to 2 January."""
        assert [
            DateRange(date(2026, 3, 29), date(2026, 4, 12)),
            DateRange(date(2026, 7, 15), date(2026, 8, 15)),
            DateRange(date(2026, 12, 18), date(2027, 1, 2)),
        ] == [each.in_year(2026) for each in law.suspensions]

    def test_asylum_has_none(self) -> None:
        """LAsi art. 17 para. 1."""
        assert ASYLUM.suspensions == ()

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-01-02", DateRange(date(2025, 12, 18), date(2026, 1, 2))),
            ("2026-01-03", None),
            ("2026-03-28", None),
            ("2026-03-29", DateRange(date(2026, 3, 29), date(2026, 4, 12))),
            ("2026-12-18", DateRange(date(2026, 12, 18), date(2027, 1, 2))),
        ],
    )
    def test_of_a_day(self, day: str, expected: DateRange | None) -> None:
        """The suspension that a day lies in, also where it began in the year before."""
        assert expected == suspension.covering(date.fromisoformat(day), TICINO.suspensions)

    def test_of_no_law(self) -> None:
        """Without suspensions no day lies in one."""
        assert suspension.covering(date(2026, 1, 1), []) is None


class TestExemptions:
    """Procedures in which terms run on."""

    @pytest.mark.parametrize(
        ("law", "procedure"),
        [
            (TICINO, Procedure.PROVISIONAL),
            (FEDERAL, Procedure.PROVISIONAL),
            (FEDERAL, Procedure.PROCUREMENT),
            (SUPREME_COURT, Procedure.PROVISIONAL),
            (SUPREME_COURT, Procedure.BILLS_OF_EXCHANGE),
            (SUPREME_COURT, Procedure.POLITICAL_RIGHTS),
            (SUPREME_COURT, Procedure.MUTUAL_ASSISTANCE),
            (SUPREME_COURT, Procedure.PROCUREMENT),
        ],
    )
    def test_of_the_laws(self, law: ProceduralLaw, procedure: Procedure) -> None:
        """Ten days from 15 December 2025 end on Monday the 29th, after Christmas and a weekend; the source is told."""
        term = deadline(law, notified=date(2025, 12, 15), days=10, party_canton="TI", procedure=procedure)

        assert date(2025, 12, 29) == term.last_day
        assert law.exemption(procedure) in law.exemptions
        assert [step.source for step in term.steps if step.kind is StepKind.COUNTED] == [
            each.source for each in law.exemptions if each.procedure is procedure
        ]

    def test_others_stand_still(self) -> None:
        """A procurement case in Ticino is not named in the article that was read."""
        term = deadline(TICINO, notified=date(2025, 12, 15), days=10, procedure=Procedure.PROCUREMENT)

        assert date(2026, 1, 12) == term.last_day  # two days, the suspension, eight days to Saturday 10 January


class TestOwnLaw:
    """A department adds a law as a value."""

    def test_counts_by_its_own_rules(self) -> None:
        """Its suspension, its sources; nothing that it does not have."""
        term = deadline(OURS, notified=date(2026, 4, 28), days=5)

        assert date(2026, 6, 3) == term.last_day
        assert term.sources == ("licence terms 1", "licence terms 3", "licence terms 2")

    def test_changes_a_shipped_one(self) -> None:
        """Mail that counts as delivered after ten days."""
        changed = attrs.evolve(TICINO, deemed=DeemedDelivery(10, source="our own"))

        assert date(2026, 3, 12) == deadline(changed, registered_first_attempt=date(2026, 3, 2), days=10).served

    def test_overlapping_suspensions_are_one(self) -> None:
        """Two that overlap, and one inside another, take each day once."""
        overlapping = [
            TermSuspension.yearly((5, 10), (6, 10)),
            TermSuspension.yearly((5, 1), (5, 31)),
            TermSuspension.yearly((5, 20), (5, 22)),
        ]
        law = attrs.evolve(OURS, suspensions=overlapping)

        assert date(2026, 6, 15) == deadline(law, notified=date(2026, 4, 28), days=5).last_day  # day 5 is the 13th

    def test_a_suspension_of_one_day(self) -> None:
        """The last day moves from Saturday to the one day of suspension, which holds nothing up and is not told."""
        law = attrs.evolve(OURS, suspensions=[TermSuspension.yearly((3, 9), (3, 9))])
        term = deadline(law, notified=date(2026, 2, 25), days=10)

        assert [DateRange(date(2026, 3, 9), date(2026, 3, 9))] == [each.in_year(2026) for each in law.suspensions]
        assert date(2026, 3, 9) == term.last_day
        assert StepKind.SUSPENDED not in [step.kind for step in term.steps]

    def test_a_rule_holds_from_its_first_day(self) -> None:
        """A suspension that begins on the day from which its rule is known is known."""
        law = attrs.evolve(OURS, suspensions=[TermSuspension.yearly((5, 1), (5, 31), since=date(2026, 5, 1))])

        assert date(2026, 6, 3) == deadline(law, notified=date(2026, 4, 28), days=5).last_day

    def test_bounds_are_inside(self) -> None:
        """The least and the most that the values take."""
        one_day = attrs.evolve(OURS, since=date(2026, 4, 28), until=date(2026, 4, 28), suspensions=[])
        long = attrs.evolve(OURS, suspensions=[TermSuspension.yearly((1, 1), (10, 27))])

        assert date(2026, 4, 29) == deadline(one_day, notified=date(2026, 4, 28), days=1).last_day
        assert date(2026, 11, 6) == deadline(long, notified=date(2026, 4, 28), days=10).last_day
        assert DateRange(date(2026, 4, 5), date(2026, 6, 4)) == TermSuspension.around_easter(
            before=0, after=60
        ).in_year(2026)
        assert DateRange(date(2026, 2, 4), date(2026, 4, 5)) == TermSuspension.around_easter(
            before=60, after=0
        ).in_year(2026)

    def test_longest_terms(self) -> None:
        """A thousand days and ten years of months are counted."""
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)

        assert date(2026, 11, 26) == deadline(ASYLUM, notified=date(2024, 3, 1), days=1000, party_canton="ZH").last_day
        assert (
            date(2036, 3, 3)
            == deadline(ASYLUM, notified=date(2026, 3, 1), months=120, party_canton="ZH", reading=reading).last_day
        )

    def test_working_days_stand_still_too(self) -> None:
        """A law with both counts only working days outside its suspensions."""
        law = attrs.evolve(OURS, working_days="licence terms 4")

        assert date(2026, 6, 2) == deadline(law, notified=date(2026, 4, 28), working_days=4).last_day

    def test_months_may_run_on(self) -> None:
        """Where it says so, a term in months passes through a suspension."""
        law = attrs.evolve(OURS, months=MonthTerms.NOT_SUSPENDED, months_source="licence terms 5")
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)

        assert date(2026, 5, 28) == deadline(law, notified=date(2026, 4, 28), months=1, reading=reading).last_day

    def test_a_step_without_source_is_no_source(self) -> None:
        """A law of which nothing was written down has no sources to show, and its explanation leaves the line out."""
        bare = ProceduralLaw("bare", "Bare", start="", end="", holidays_of=Canton.TI)
        term = deadline(bare, notified=date(2026, 3, 2), days=10)

        assert term.sources == ()
        assert [line.partition(";")[0].partition(": the")[0] for line in term.explain("en").splitlines()] == [
            "Bare: notified on 2 March 2026",
            "Holidays: TI",
            "Information without guarantee",
        ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Procedure.FIRST_INSTANCE, "Procedure.FIRST_INSTANCE"),
        (MonthTerms.SUSPENDED, "MonthTerms.SUSPENDED"),
        (MonthRule.FIRST_DAY, "MonthRule.FIRST_DAY"),
        (Delivery.SIGNED, "Delivery.SIGNED"),
        (StepKind.ENDS, "StepKind.ENDS"),
        (Timeliness.OPEN, "Timeliness.OPEN"),
        (Unit.MONTHS, "Unit.MONTHS"),
        (OpenQuestion.MONTH_RULE, "OpenQuestion.MONTH_RULE"),
        (Reading().first_instance, "FirstInstance.RUNS"),
        (Reading().half_holiday, "HalfHoliday.WORKING_DAY"),
        (Reading().working_day, "WorkingDayRule.WITHOUT_HOLIDAYS"),
    ],
)
def test_choices_show_as_they_are_written(value: object, expected: str) -> None:
    """What a program prints can be typed back."""
    assert expected == repr(value)
