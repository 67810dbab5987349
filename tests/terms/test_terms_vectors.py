"""Last days that the courts have fixed, and others counted by hand from the articles."""

from datetime import date, timedelta

import attrs
import pytest

from ticontact.hours.terms import (
    ASYLUM,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    ProceduralLaw,
    StepKind,
    Timeliness,
    deadline,
    is_in_time,
)


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


class TestCourts:
    """What the Federal Supreme Court has decided."""

    def test_first_day_after_the_suspension_is_day_one(self) -> None:
        """BGE 132 II 153: notified on 30 March 2005, the term ended on 3 May; an appeal posted on 4 May was late."""
        term = deadline(FEDERAL, notified=day("2005-03-30"), days=30, party_canton="ZH")

        assert (day("2005-04-04"), day("2005-05-03")) == (term.first_day, term.last_day)
        assert is_in_time(day("2005-05-03"), term)
        assert not is_in_time(day("2005-05-04"), term)

    @pytest.mark.parametrize("law", [SOCIAL_INSURANCE, FEDERAL, TICINO, SUPREME_COURT], ids=lambda each: each.id)
    @pytest.mark.parametrize("easter", ["2018-04-01", "2019-04-21", "2024-03-31", "2026-04-05"])
    def test_easter_is_the_sunday(self, law: ProceduralLaw, easter: str) -> None:
        """BGE 139 V 490: what is served in the week before Easter has its day 1 on the 8th day after Easter Sunday."""
        sunday = day(easter)
        first_days = {
            deadline(law, notified=sunday - timedelta(days=before), days=30, party_canton="TI").first_day
            for before in range(1, 8)
        }

        assert {sunday + timedelta(days=8)} == first_days


@pytest.mark.parametrize(
    ("law", "notified", "days", "last_day"),
    [
        (TICINO, "2024-12-10", 30, "2025-01-27"),  # 7 days, the winter suspension, day 30 is Saturday 25 January
        (TICINO, "2026-02-17", 30, "2026-03-20"),  # day 30 is San Giuseppe
        (TICINO, "2026-11-23", 15, "2026-12-09"),  # day 15 is the Immacolata
        (TICINO, "2026-07-01", 10, "2026-07-13"),  # day 10 is Saturday 11 July
        (TICINO, "2026-07-10", 10, "2026-08-21"),  # 4 days, the summer suspension, 6 days
        (TICINO, "2026-12-17", 30, "2027-02-01"),  # day 1 is 3 January 2027; day 30 is 1 February
        (TICINO, "2026-08-15", 1, "2026-08-17"),  # day 1 is Sunday 16 August
        (ASYLUM, "2026-12-17", 30, "2027-01-18"),  # no suspension; day 30 is Saturday 16 January
        (FEDERAL, "2024-12-10", 30, "2025-01-27"),
        (SOCIAL_INSURANCE, "2024-12-10", 30, "2025-01-27"),
        (SUPREME_COURT, "2024-12-10", 30, "2025-01-27"),
    ],
)
def test_terms_in_days(law: ProceduralLaw, notified: str, days: int, last_day: str) -> None:
    """Days inside the term count, suspensions do not, and a last day off moves to the next working day."""
    assert day(last_day) == deadline(law, notified=day(notified), days=days, party_canton="TI").last_day


@pytest.mark.parametrize(
    ("notified", "working_days", "last_day"),
    [
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-03-02", 7, "2026-03-11"),
        ("2026-03-17", 5, "2026-03-25"),  # San Giuseppe is no working day
        ("2026-12-23", 5, "2026-12-31"),  # Christmas is a Friday, Santo Stefano a Saturday
        ("2026-12-30", 7, "2027-01-12"),  # Capo d'anno and the Epifania fall on a Friday and a Wednesday
    ],
)
def test_terms_in_working_days(notified: str, working_days: int, last_day: str) -> None:
    """LAsi art. 108: five and seven working days, in Ticino."""
    term = deadline(ASYLUM, notified=day(notified), working_days=working_days, party_canton="TI")

    assert day(last_day) == term.last_day


class TestRegisteredMail:
    """Mail that is only given against a signature."""

    def test_not_collected(self) -> None:
        """The first attempt was on 6 March 2026: deemed delivered on the 13th, 15 days until the Easter suspension."""
        term = deadline(TICINO, registered_first_attempt=day("2026-03-06"), days=30)

        assert (day("2026-03-13"), day("2026-04-27")) == (term.served, term.last_day)
        assert StepKind.DEEMED is term.steps[0].kind

    @pytest.mark.parametrize(
        ("collected", "served"),
        [
            ("2026-03-06", "2026-03-06"),
            ("2026-03-09", "2026-03-09"),
            ("2026-03-13", "2026-03-13"),
            ("2026-03-20", "2026-03-13"),
        ],
    )
    def test_collected(self, collected: str, served: str) -> None:
        """Who collects it earlier is served that day; who collects it later was served on the seventh day."""
        term = deadline(TICINO, notified=day(collected), registered_first_attempt=day("2026-03-06"), days=30)

        assert day(served) == term.served

    def test_seventh_day_may_be_a_sunday(self) -> None:
        """The deemed delivery does not move; only the last day of a term does."""
        term = deadline(FEDERAL, registered_first_attempt=day("2026-05-03"), days=10, party_canton="TI")

        assert (day("2026-05-10"), day("2026-05-20")) == (term.served, term.last_day)


class TestWhoseHolidays:
    """The canton of the party decides, where the law says so."""

    @pytest.mark.parametrize(("canton", "last_day"), [("TI", "2026-03-20"), ("ZH", "2026-03-19"), ("ti", "2026-03-20")])
    def test_federal_law_asks_for_the_party(self, canton: str, last_day: str) -> None:
        """19 March is a holiday in Ticino and none in Zurich."""
        term = deadline(FEDERAL, notified=day("2026-02-17"), days=30, party_canton=canton)

        assert day(last_day) == term.last_day

    def test_part_of_a_canton(self) -> None:
        """Corpus Christi is a holiday in the district of Solothurn, not in Bucheggberg."""
        last_days = [
            deadline(FEDERAL, notified=day("2026-05-25"), days=10, party_canton="SO", party_place=place).last_day
            for place in ("Solothurn", "Bucheggberg")
        ]

        assert [day("2026-06-05"), day("2026-06-04")] == last_days

    def test_ticino_keeps_its_own(self) -> None:
        """LPAmm names no other canton, so its own holidays count whoever the party is."""
        term = deadline(TICINO, notified=day("2026-02-17"), days=30, party_canton="ZH")

        assert day("2026-03-20") == term.last_day


class TestTimeliness:
    """Is an act in time?"""

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            ("2024-12-09", True),
            ("2025-01-24", True),
            ("2025-01-27", True),
            ("2025-01-28", False),
            ("2026-01-01", False),
        ],
    )
    def test_until_midnight_of_the_last_day(self, act: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
        """The last day belongs to the term."""
        term = deadline(TICINO, notified=day("2024-12-10"), days=30)

        assert expected == is_in_time(day(act), term)

    def test_as_a_value(self) -> None:
        """The same answer for who wants no error on an open question."""
        term = deadline(TICINO, notified=day("2024-12-10"), days=30)

        assert [term.timeliness(day(f"2025-01-{each}")) for each in (27, 28)] == [Timeliness.IN_TIME, Timeliness.LATE]

    def test_a_settled_term_has_one_last_day(self) -> None:
        """Where no question is open, the earliest and the latest last day are the same."""
        term = deadline(TICINO, notified=day("2024-12-10"), days=30)

        assert term.is_settled
        assert {day("2025-01-27")} == {term.earliest, term.last_day, term.latest}


def test_answers_are_equal_values() -> None:
    """The same question has the same answer, and an answer can be changed into another value."""
    term = deadline(TICINO, notified=day("2024-12-10"), days=30)

    assert term == deadline(TICINO, notified=day("2024-12-10"), days=30)
    assert term != attrs.evolve(term, last_day=day("2025-01-28"))
