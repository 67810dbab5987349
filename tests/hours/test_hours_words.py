"""What people are told, to be read and to be read aloud."""

from datetime import date
from typing import get_args

import pytest

from ticontact.errors import ConfigurationError, HoursError
from ticontact.hours import BusinessCalendar, Canton, Closure, Season, Week, swiss
from ticontact.i18n import LANGUAGES, Language
from ticontact.i18n._dates import at_clock, clock, clock_range, day_text, from_clock, on_date, to_clock
from ticontact.i18n._texts.holidays import HOLIDAY_NAMES
from ticontact.i18n._texts.hours import joined, listed
from ticontact.testing import instant

HOUR = 3600


class TestExplanations:
    """Why it is open or closed, in a sentence."""

    @pytest.mark.parametrize(
        ("language", "written", "spoken"),
        [
            (
                "it",
                "Oggi chiuso: San Giuseppe; riapriamo venerdì 20 marzo alle 08.00.",
                "Oggi chiuso: San Giuseppe; riapriamo venerdì 20 marzo alle 8.",
            ),
            (
                "de",
                "Heute geschlossen: Josefstag; wir öffnen wieder am Freitag, 20. März, um 8.00 Uhr.",
                "Heute geschlossen: Josefstag; wir öffnen wieder am Freitag, dem zwanzigsten März, um 8 Uhr.",
            ),
            (
                "fr",
                "Fermé aujourd'hui: Saint-Joseph; nous rouvrons vendredi 20 mars à 8 h.",
                "Fermé aujourd'hui: Saint-Joseph; nous rouvrons vendredi 20 mars à 8 heures.",
            ),
            (
                "rm",
                "Oz serrà: Son Gisep; nus avrin puspè venderdi, ils 20 da mars, a las 8.00.",
                "Oz serrà: Son Gisep; nus avrin puspè venderdi, ils 20 da mars, a las 8.",
            ),
            (
                "en",
                "Closed today: Saint Joseph's Day; we reopen on Friday, 20 March at 08:00.",
                "Closed today: Saint Joseph's Day; we reopen on Friday the 20th of March at 8 in the morning.",
            ),
        ],
    )
    def test_san_giuseppe(self, office: BusinessCalendar, language: str, written: str, spoken: str) -> None:
        """A holiday is named, and the next opening by weekday, date and time."""
        explained = office.explain(at=instant("2026-03-19 10:00"))

        assert written == explained.text(language)
        assert spoken == explained.text(language, form="spoken")

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2026-03-18 10:00", "Aperto: orario normale; chiudiamo oggi alle 12.00."),
            ("2026-03-18 12:30", "Chiuso: fuori orario; riapriamo oggi alle 13.30."),
            ("2026-03-21 10:00", "Chiuso: è sabato; riapriamo lunedì 23 marzo alle 08.00."),
            ("2026-12-31 15:00", "Chiuso: San Silvestro; riapriamo lunedì 4 gennaio 2027 alle 08.00."),
            ("2026-12-25 10:00", "Oggi chiuso: Natale; riapriamo lunedì 28 dicembre alle 08.00."),
        ],
    )
    def test_when(self, office: BusinessCalendar, at: str, expected: str) -> None:
        """Today goes by the time alone; over the turn of the year the year is said."""
        assert expected == office.explain(at=instant(at)).text("it")

    @pytest.mark.parametrize(
        ("at", "year_is_said"), [("2026-08-11 10:00", False), ("2026-08-09 10:00", True), ("2026-08-01 10:00", True)]
    )
    def test_far_away(self, office: BusinessCalendar, at: str, year_is_said: bool) -> None:  # noqa: FBT001 - a table
        """An opening more than six days away names the year."""
        closed = office.adding(Closure(date(2026, 8, 1), date(2026, 8, 14), reason="works")).adding(
            Closure(date(2026, 8, 15), reason="works")
        )
        reopening = closed.explain(at=instant(at)).text("en")

        assert year_is_said is ("Monday, 17 August 2026" in reopening)
        assert "Monday, 17 August" in reopening

    def test_without_end(self) -> None:
        """What never changes within the horizon has no date to name."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())
        closed = BusinessCalendar(zone="Europe/Zurich", week=Week.always(), until=date(2025, 12, 31))
        at = instant("2026-03-18 10:00")

        assert always.explain(at=at).text("en") == "Open: regular hours."
        assert closed.explain(at=at).text("en") == "Closed: no longer in service."

    def test_combinations(self, office: BusinessCalendar) -> None:
        """A combination gives the reason of the part that decides."""
        strike = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("We 10:00-11:00"))
        lunch = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("We 12:00-13:00"))
        at, holiday = instant("2026-03-18 10:30"), instant("2026-03-19 10:00")

        def reason(calendar: BusinessCalendar, moment: str = "2026-03-18 10:30") -> str:
            return calendar.explain(at=instant(moment)).because.text("en")

        assert reason(office - strike) == "taken out of the opening hours"
        assert reason(office - strike.named("strike")) == "strike"
        assert (office - strike).explain(at=holiday).because.text("en") == "Saint Joseph's Day"
        assert reason(office & lunch) == "outside opening hours"
        assert (office & lunch).explain(at=holiday).because.text("en") == "Saint Joseph's Day"
        assert "regular hours" == reason(office | lunch) == reason(lunch | office)
        assert (office & strike).explain(at=at).because.text("en") == "regular hours"
        assert reason(lunch | office, "2026-03-18 07:00") == "outside opening hours"

    def test_unknown_language(self, office: BusinessCalendar) -> None:
        """A language without texts is refused."""
        with pytest.raises(ConfigurationError, match="'es'"):
            office.explain(at=instant("2026-03-19 10:00")).text("es")


class TestHoursInWords:
    """The standing hours, for a page or an announcement."""

    @pytest.mark.parametrize(
        ("language", "written", "spoken"),
        [
            (
                "it",
                "Lunedì-venerdì 08.00-12.00 e 13.30-17.00",
                "Da lunedì a venerdì dalle 8 alle 12 e dalle 13 e 30 alle 17",
            ),
            (
                "de",
                "Montag-Freitag 8.00-12.00 Uhr und 13.30-17.00 Uhr",
                "Von Montag bis Freitag von 8 Uhr bis 12 Uhr und von 13 Uhr 30 bis 17 Uhr",
            ),
            (
                "fr",
                "Lundi-vendredi 8 h-12 h et 13 h 30-17 h",
                "Du lundi au vendredi de 8 heures à 12 heures et de 13 heures 30 à 17 heures",
            ),
            (
                "rm",
                "Glindesdi-venderdi 8.00-12.00 e 13.30-17.00",
                "Da glindesdi fin venderdi da las 8 a las 12 e da las 13 e 30 a las 17",
            ),
            (
                "en",
                "Monday-Friday 08:00-12:00 and 13:30-17:00",
                (
                    "From Monday to Friday from 8 in the morning to noon and from 1 30 in the afternoon"
                    " to 5 in the afternoon"
                ),
            ),
        ],
    )
    def test_five_languages(self, office: BusinessCalendar, language: str, written: str, spoken: str) -> None:
        """Each language has its own forms, and its own way to say them."""
        day = date(2026, 3, 18)

        assert written == office.in_words(language, on=day)
        assert spoken == office.in_words(language, on=day, form="spoken")

    @pytest.mark.parametrize(
        ("week", "expected"),
        [
            (Week.always(), "Aperto 24 ore su 24, tutti i giorni"),
            (Week.closed(), "Sempre chiuso"),
            (Week.parse("Mo,Tu 08:00-12:00; Fr 22:00-06:00"), "Lunedì e martedì 08.00-12.00; venerdì 22.00-06.00"),
            (Week.parse("Sa 08:00-09:00,10:00-11:00,12:00-24:00"), "Sabato 08.00-09.00, 10.00-11.00 e 12.00-24.00"),
        ],
        ids=str,
    )
    def test_weeks(self, week: Week, expected: str) -> None:
        """Equal neighbours are one range, two of them a pair."""
        assert expected == BusinessCalendar(zone="Europe/Zurich", week=week).in_words("it", on=date(2026, 3, 18))

    def test_season(self) -> None:
        """On a date of a season its hours are told."""
        summer = Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 07:00-13:00"))
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00"), seasons=[summer])

        assert office.in_words("it", on=date(2026, 7, 1)) == "Lunedì-venerdì 07.00-13.00"
        assert office.in_words("it", on=date(2026, 6, 30)) == "Lunedì-venerdì 08.00-12.00"

    def test_combination(self, office: BusinessCalendar) -> None:
        """A combination has no standing week to tell."""
        with pytest.raises(HoursError, match="made of"):
            (office & office).in_words("it", on=date(2026, 3, 18))


class TestClocks:
    """Times of day."""

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [
            (0, ("a mezzanotte", "um Mitternacht", "à minuit", "a mesanotg", "at midnight")),
            (24 * HOUR, ("a mezzanotte", "um Mitternacht", "à minuit", "a mesanotg", "at midnight")),
            (HOUR, ("all'una", "um 1 Uhr", "à 1 heure", "a l'ina", "at 1 in the morning")),
            (HOUR + 60, ("all'una e 1", "um 1 Uhr 1", "à 1 heure 1", "a l'ina e 1", "at 1 01 in the morning")),
            (12 * HOUR, ("alle 12", "um 12 Uhr", "à 12 heures", "a las 12", "at noon")),
            (
                12 * HOUR + 900,
                ("alle 12 e 15", "um 12 Uhr 15", "à 12 heures 15", "a las 12 e 15", "at 12 15 in the afternoon"),
            ),
            (20 * HOUR, ("alle 20", "um 20 Uhr", "à 20 heures", "a las 20", "at 8 in the evening")),
        ],
    )
    def test_spoken(self, seconds: int, expected: tuple[str, ...]) -> None:
        """One o'clock, noon and midnight have forms of their own."""
        assert expected == tuple(at_clock(seconds).text(each, form="spoken") for each in LANGUAGES)

    def test_from_and_to(self) -> None:
        """Beginning and end take their prepositions."""
        assert from_clock(HOUR).text("it", form="spoken") == "dall'una"
        assert to_clock(24 * HOUR).text("de", form="spoken") == "bis Mitternacht"
        assert clock_range(22 * HOUR, 6 * HOUR).text("it") == "22.00-06.00"
        assert clock(13 * HOUR + 1800).text("fr") == "13 h 30"


class TestDates:
    """Dates."""

    @pytest.mark.parametrize("month", range(1, 13))
    @pytest.mark.parametrize("day", range(1, 29))
    def test_every_date_has_words(self, month: int, day: int) -> None:
        """Every date can be written and said in every language."""
        text = on_date(date(2026, month, day), with_year=True)

        assert all("2026" in text.text(each, form=form) for each in LANGUAGES for form in ("written", "spoken"))

    def test_the_first(self) -> None:
        """The first of a month has its own form."""
        first = on_date(date(2026, 8, 1))

        assert [first.text(each) for each in ("it", "de", "fr", "rm")] == [
            "sabato 1° agosto",
            "Samstag, 1. August",
            "samedi 1er août",
            "sonda, l'emprim d'avust",
        ]
        assert first.text("it", form="spoken") == "sabato primo agosto"

    @pytest.mark.parametrize(
        ("day", "expected"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (31, "31st")]
    )
    def test_english_ordinals(self, day: int, expected: str) -> None:
        """English says its days as ordinals."""
        assert expected == day_text(day).text("en", form="spoken")


class TestCatalogues:
    """What every catalogue owes."""

    def test_every_feast_has_a_name(self) -> None:
        """Each holiday of each canton has its name in five languages."""
        used = {each.id for canton in Canton for each in swiss.holidays(canton).in_year(2026)}

        assert used <= HOLIDAY_NAMES.keys()
        assert all(HOLIDAY_NAMES[name].text(each).strip() for name in HOLIDAY_NAMES for each in LANGUAGES)

    def test_lists(self) -> None:
        """One, two and more texts as a list."""
        texts = [HOLIDAY_NAMES[name] for name in ("joseph", "christmas", "stephen")]

        assert [listed(texts[:count]).it for count in (1, 2, 3)] == [
            "San Giuseppe",
            "San Giuseppe e Natale",
            "San Giuseppe, Natale e Santo Stefano",
        ]
        assert joined(texts[:2]).it == "San Giuseppe; Natale"

    def test_languages(self) -> None:
        """The languages are those of `ticontact.i18n`."""
        assert get_args(Language) == LANGUAGES
