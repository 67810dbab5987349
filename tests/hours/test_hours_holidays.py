"""The holidays of 26 cantons, held against the law and against the data of others."""

import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import holidays as vacanza
import pytest

from ticontact.errors import HoursError
from ticontact.hours import Canton, Holiday, HolidayCalendar, swiss

LAW: Any = json.loads((Path(__file__).parent / "data" / "swiss-holidays-law.json").read_text(encoding="utf-8"))
YEARS = range(2015, 2031)
IDS = {"dec31": "restoration_ge"}
"""Where our id says more than that of the list."""

# Where the PyPI package `holidays` (0.109) differs from the law, canton-wide and for full days.
KNOWN_ERRORS = {
    "AG": "lists the days of all districts together, and 1 May, which is none",
    "GR": "has Good Friday as optional, which the law lists",
    "LU": "lists 2 January, Easter Monday and Whit Monday, which the law does not",
    "NE": "has Corpus Christi, which holds in two communes, for the whole canton",
}


class TestTheLaw:
    """Every canton and year against the facts read from the laws."""

    @pytest.mark.parametrize("canton", Canton, ids=lambda canton: canton.name)
    @pytest.mark.parametrize("year", YEARS)
    def test_days_of_the_whole_canton(self, canton: Canton, year: int) -> None:
        """A canton has exactly the full days that its law lists."""
        rules = LAW["cantons"][canton.name]["rules"]
        seen = [rule for rule, facts in rules.items() if facts["seen"] == "all" or year in facts["seen"]]
        found = [each for each in swiss.holidays(canton).in_year(year) if not each.closed_from]

        assert sorted(IDS.get(rule, rule) for rule in seen) == sorted(each.id for each in found)

    def test_half_days(self) -> None:
        """The one statutory half day is 1 May in Solothurn, from noon."""
        found = {
            (canton.name, each.id, each.closed_from)
            for canton in Canton
            for each in swiss.holidays(canton).in_year(2026)
            if each.closed_from
        }

        assert {("SO", "may1", 12 * 3600)} == found

    def test_classes_of_ticino(self) -> None:
        """Ticino tells days equal to a Sunday from mere rest days; no other canton does here."""
        days = swiss.holidays(Canton.TI).in_year(2026)
        classes = LAW["ti_classes"]

        assert sorted(classes["equal_to_sunday"]) == sorted(each.id for each in days if each.equal_to_sunday)
        assert sorted(classes["rest_day_only"]) == sorted(each.id for each in days if each.equal_to_sunday is False)
        assert all(each.equal_to_sunday is None for each in swiss.holidays(Canton.ZH).in_year(2026))

    def test_names_of_the_law(self) -> None:
        """The Italian names are those that the law of Ticino writes."""
        expected = (
            "Capo d'anno, Epifania, San Giuseppe, Lunedì di Pasqua, Primo maggio, Ascensione, Lunedì di Pentecoste,"
            " Corpus Domini, San Pietro e Paolo, Primo agosto, Assunzione, Ognissanti, Immacolata, Natale,"
            " Santo Stefano"
        )

        assert expected == ", ".join(each.name.it for each in swiss.holidays(Canton.TI).in_year(2026))

    @pytest.mark.parametrize("canton", Canton, ids=lambda canton: canton.name)
    def test_sources(self, canton: Canton) -> None:
        """Every day names its law and where to read it."""
        assert all("http" in each.source for each in swiss.holidays(canton).in_year(2026))

    def test_good_friday_is_none_in_ticino(self) -> None:
        """Good Friday is no holiday in Ticino; a department may say that it is closed all the same."""
        friday = date(2026, 4, 3)
        by_option = swiss.administration(Canton.TI, good_friday=True).on(friday)

        assert swiss.holidays(Canton.TI).on(friday) is swiss.administration(Canton.TI).on(friday) is None
        assert by_option is not None
        assert "department" in by_option.source

    def test_projected_years(self) -> None:
        """Years before and after those that were checked are marked."""
        calendar = swiss.holidays(Canton.TI)

        assert [all(each.projected for each in calendar.in_year(year)) for year in (2014, 2015, 2030, 2031)] == [
            True,
            False,
            False,
            True,
        ]


class TestOtherData:
    """The PyPI package `holidays` as one more oracle, with its known errors named."""

    @pytest.mark.parametrize(
        "canton", [each for each in Canton if each.name not in KNOWN_ERRORS], ids=lambda each: each.name
    )
    def test_same_days(self, canton: Canton) -> None:
        """Where it is right, the dates are the same for sixteen years (Sundays that are always feasts aside)."""
        ours = {each.day for year in YEARS for each in swiss.holidays(canton).in_year(year) if not each.closed_from}
        theirs = set(vacanza.country_holidays("CH", subdiv=canton.name, years=YEARS, categories=("public",)))

        assert ours == theirs

    @pytest.mark.parametrize("letters", KNOWN_ERRORS)
    def test_known_errors(self, letters: str) -> None:
        """Where it is wrong, it still differs; the day it does not, this list is out of date."""
        ours = {each.day for year in YEARS for each in swiss.holidays(Canton[letters]).in_year(year)}
        theirs = set(vacanza.country_holidays("CH", subdiv=letters, years=YEARS, categories=("public",)))

        assert ours != theirs


class TestPlaces:
    """Rules that hold only in a part of a canton."""

    @pytest.mark.parametrize(
        ("canton", "place", "on", "off"),
        [
            ("SO", "Olten", "corpus_christi assumption all_saints", "stephen"),
            ("SO", "bucheggberg", "", "corpus_christi assumption all_saints"),
            ("FR", "catholic part", "corpus_christi assumption all_saints immaculate", "jan2"),
            ("FR", "Murten", "jan2 easter_monday whit_monday stephen", "corpus_christi"),
            ("AI", "Gonten", "maurice", ""),
            ("NE", "Le Landeron", "corpus_christi", "easter_monday"),
            ("AG", "Baden", "easter_monday whit_monday corpus_christi stephen", "jan2 all_saints"),
            ("AG", "Zurzach", "jan2 corpus_christi all_saints stephen", "easter_monday"),
            ("AG", "Muri", "corpus_christi assumption all_saints immaculate", "stephen"),
        ],
    )
    def test_days_of_a_place(self, canton: str, place: str, on: str, off: str) -> None:
        """A place has the days of the whole canton and its own; the canton alone has none of these."""
        everywhere = {each.id for each in swiss.holidays(Canton[canton]).in_year(2025)}
        here = {each.id for each in swiss.holidays(Canton[canton], place=place).in_year(2025)}

        assert set(on.split()) == here - everywhere
        assert not set(off.split()) & here

    def test_partial_rules_of_the_list(self) -> None:
        """Every rule that the list calls partial holds nowhere unless the place is named."""
        for entry in LAW["partial"]:
            kept = {each.id for each in swiss.holidays(Canton[entry["canton"]]).in_year(2026) if not each.closed_from}
            assert not kept & set(entry["rules"])

    @pytest.mark.parametrize(("year", "kept"), [(2026, False), (2027, True), (2028, False)])
    def test_never_three_days_in_a_row(self, year: int, kept: bool) -> None:  # noqa: FBT001 - a table
        """In Aargau 26 December is a working day after a Christmas on Friday or Monday."""
        assert kept is (swiss.holidays(Canton.AG, place="Aarau").on(date(year, 12, 26)) is not None)

    def test_unknown_place(self) -> None:
        """A place without rules of its own is refused, with those that have some."""
        with pytest.raises(HoursError, match="Bucheggberg"):
            swiss.holidays(Canton.SO, place="Zürich")
        with pytest.raises(HoursError, match="nothing is known; allowed: none in this canton"):
            swiss.holidays(Canton.TI, place="Bellinzona")
        assert swiss.places(Canton.TI) == ()

    def test_days_that_a_commune_adds(self) -> None:
        """A commune's own feast is named by its id."""
        assert swiss.holidays(Canton.SO, also=["joseph"]).on(date(2026, 3, 19)) is not None
        with pytest.raises(HoursError, match="joseph"):
            swiss.holidays(Canton.SO, also=["carnival"])


class TestAdministrations:
    """On which days a cantonal administration is closed."""

    @pytest.mark.parametrize(
        ("canton", "day", "expected"),
        [
            ("TI", "2026-12-24", ("christmas_eve", 12 * 3600)),
            ("TI", "2026-12-31", ("new_years_eve", 12 * 3600)),
            ("TI", "2018-12-24", ("christmas_eve", 0)),
            ("TI", "2018-12-31", ("new_years_eve", 0)),
            ("TI", "2026-06-29", ("peter_paul", 0)),
            ("GE", "2023-01-02", ("new_year_substitute", 0)),
            ("GE", "2021-08-02", ("aug1_substitute", 0)),
            ("GE", "2022-12-26", ("christmas_substitute", 0)),
            ("GE", "2026-05-01", ("may1", 0)),
            ("AR", "2026-12-26", ("stephen", 0)),
            ("AG", "2026-05-01", ("may1", 12 * 3600)),
        ],
    )
    def test_its_own_days(self, canton: str, day: str, expected: tuple[str, int]) -> None:
        """The administration's own days are added to the statutory ones."""
        found = swiss.administration(Canton[canton]).on(date.fromisoformat(day))

        assert found is not None
        assert expected == (found.id, found.closed_from)

    @pytest.mark.parametrize("day", ["2024-01-02", "2022-08-02", "2024-12-26"])
    def test_no_substitute_without_a_sunday(self, day: str) -> None:
        """In Geneva the next day is off only after a Sunday."""
        assert swiss.administration(Canton.GE).on(date.fromisoformat(day)) is None

    def test_unknown(self) -> None:
        """An administration without published rules is refused rather than guessed."""
        with pytest.raises(HoursError, match="AG, AR, GE, TI"):
            swiss.administration(Canton.ZH)


class TestCantons:
    """The cantons by their letters."""

    def test_named(self) -> None:
        """Letters are read in either case; there are 26."""
        assert Canton.TI is Canton.named(" ti ")
        assert len(Canton) == 26

    def test_unknown(self) -> None:
        """Other letters are refused with those that are known."""
        with pytest.raises(HoursError, match="'XX' was given; allowed: AG, AI"):
            Canton.named("XX")


class TestCalendars:
    """Calendars of holidays as values."""

    def test_of_single_dates(self) -> None:
        """A department's own dates make a calendar."""
        calendar = HolidayCalendar.of("own", [Holiday(date(2026, 5, 15), "bridge day", closed_from=43200)])
        found = calendar.on(date(2026, 5, 15))

        assert found is not None
        assert (found.name.it, found.closed_from) == ("bridge day", 43200)

    def test_plus_and_without(self) -> None:
        """Single dates are added, rules are taken away, and the calendar itself stays."""
        law = swiss.holidays(Canton.TI)
        changed = law.plus(Holiday(date(2026, 5, 15), "bridge day")).without("joseph")

        assert changed.on(date(2026, 5, 15)) is not None
        assert changed.on(date(2026, 3, 19)) is None
        assert law.on(date(2026, 3, 19)) is not None

    def test_either(self) -> None:
        """The days of two calendars together."""
        both = swiss.holidays(Canton.TI) | swiss.holidays(Canton.ZH)

        assert {"joseph", "good_friday"} <= {each.id for each in both.in_year(2026)}

    def test_more_of_a_day_wins(self) -> None:
        """Of two rules on one date the one that takes more of the day counts, else the first."""
        whole, half = (
            Holiday(date(2026, 5, 1), "whole", id="w"),
            Holiday(date(2026, 5, 1), "half", id="h", closed_from=1),
        )
        first = HolidayCalendar.of("a", [half, whole]).on(date(2026, 5, 1))
        second = HolidayCalendar.of("b", [whole, half]).on(date(2026, 5, 1))

        assert first is not None
        assert second is not None
        assert first.id == second.id == "w"

    def test_between(self) -> None:
        """The holidays of a span of dates, over New Year too."""
        found = swiss.holidays(Canton.TI).between(date(2026, 12, 26), date(2027, 1, 6))

        assert [each.id for each in found] == ["stephen", "new_year", "epiphany"]

    def test_value(self) -> None:
        """Equal by rules, whatever was asked; pickled without what was computed."""
        one, other = swiss.holidays(Canton.TI), swiss.holidays(Canton.TI)
        one.in_year(2026)
        one.in_year(2026)

        assert one == other == pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
        assert hash(one) == hash(other)
