"""What is said: the steps in five languages, written and spoken, and the explanation with its caution."""

from datetime import date

import pytest

from ticontact.errors import ConfigurationError
from ticontact.hours.terms import (
    ASYLUM,
    FEDERAL,
    SOCIAL_INSURANCE,
    TICINO,
    Delivery,
    MonthRule,
    OpenQuestion,
    Procedure,
    Reading,
    Step,
    StepKind,
    deadline,
)
from ticontact.i18n import LANGUAGES
from ticontact.i18n._texts.terms import (
    CAUTION,
    OPEN_QUESTIONS,
    TIMELINESS,
    day_and_date,
    from_day,
    from_to,
    on_day,
    ordinal,
)

WINTER = deadline(TICINO, notified=date(2024, 12, 10), days=30)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "it",
            [
                "notificata il 10.12.2024",
                "decorre dall'11.12",
                "sospeso dal 18.12 al 2.1",
                "il 30° giorno è sabato 25.1",
                "scade lunedì 27.1.2025",
            ],
        ),
        (
            "de",
            [
                "eröffnet am 10.12.2024",
                "läuft ab 11.12.",
                "steht still vom 18.12. bis 2.1.",
                "der 30. Tag ist am Samstag, 25.1.",
                "endet am Montag, 27.1.2025",
            ],
        ),
        (
            "fr",
            [
                "notifiée le 10.12.2024",
                "court dès le 11.12",
                "suspendu du 18.12 au 2.1",
                "le 30e jour est le samedi 25.1",
                "échoit le lundi 27.1.2025",
            ],
        ),
        (
            "rm",
            [
                "communitgada ils 10 da december 2024",
                "curra dapi ils 11 da december",
                "suspendì dapi ils 18 da december fin ils 2 da schaner",
                "il 30. di è sonda, ils 25 da schaner",
                "scada glindesdi, ils 27 da schaner 2025",
            ],
        ),
        (
            "en",
            [
                "notified on 10 December 2024",
                "runs from 11 December",
                "suspended from 18 December to 2 January",
                "day 30 is Saturday 25 January",
                "ends on Monday 27 January 2025",
            ],
        ),
    ],
)
def test_one_sentence(language: str, parts: list[str]) -> None:
    """Delivery, begin, suspension, the end of the count, the last day."""
    assert "; ".join(parts) == WINTER.text(language)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "it",
            [
                "notificata il 10 dicembre 2024",
                "decorre dall'11 dicembre",
                "sospeso dal 18 dicembre al 2 gennaio",
                "il 30° giorno è sabato 25 gennaio",
                "scade lunedì 27 gennaio 2025",
            ],
        ),
        (
            "de",
            [
                "eröffnet am zehnten Dezember 2024",
                "läuft ab dem elften Dezember",
                "steht still vom achtzehnten Dezember bis zum zweiten Januar",
                "der 30. Tag ist am Samstag, dem fünfundzwanzigsten Januar",
                "endet am Montag, dem siebenundzwanzigsten Januar 2025",
            ],
        ),
        (
            "en",
            [
                "notified on the 10th of December 2024",
                "runs from the 11th of December",
                "suspended from the 18th of December to the 2nd of January",
                "day 30 is Saturday the 25th of January",
                "ends on Monday the 27th of January 2025",
            ],
        ),
    ],
)
def test_one_sentence_to_be_read_aloud(language: str, parts: list[str]) -> None:
    """No numbers with dots: nobody can speak them."""
    assert "; ".join(parts) == WINTER.text(language, form="spoken")


class TestSteps:
    """The steps that not every term has."""

    def test_begin_in_a_suspension(self) -> None:
        """The suspension is told first, and day 1 rests on the judgment that made it count."""
        term = deadline(TICINO, notified=date(2026, 7, 20), days=30)

        assert [(step.kind, step.source) for step in term.steps] == [
            (StepKind.NOTIFIED, "LPAmm art. 13"),
            (StepKind.SUSPENDED, "LPAmm art. 16 para. 1 b"),
            (StepKind.BEGINS, "BGE 132 II 153 E. 4.1"),
            (StepKind.COUNTED, ""),
            (StepKind.ENDS, "LPAmm art. 13; RL 10.1.1.1.2 art. 1"),
        ]

    def test_deemed_delivery(self) -> None:
        """The first attempt, and the seventh day after it."""
        term = deadline(TICINO, registered_first_attempt=date(2026, 3, 6), days=30)

        assert [term.steps[0].text(language) for language in LANGUAGES] == [
            "primo tentativo di recapito il 6.3.2026; considerata notificata il 13.3.2026 (7° giorno)",
            "erster Zustellversuch am 6.3.2026; gilt am 13.3.2026 als zugestellt (7. Tag)",
            "première tentative de distribution le 6.3.2026; réputée notifiée le 13.3.2026 (7e jour)",
            "emprima emprova da consegna ils 6 da mars 2026; vala sco communitgada ils 13 da mars 2026 (7. di)",
            "first attempt of delivery on 6 March 2026; deemed notified on 13 March 2026 (day 7)",
        ]

    def test_working_days(self) -> None:
        """They are called so."""
        term = deadline(ASYLUM, notified=date(2026, 3, 2), working_days=5, party_canton="TI")

        assert "il 5° giorno lavorativo è lunedì 9.3" in term.text("it")

    def test_months(self) -> None:
        """A term in months says so, with its number."""
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)
        term = deadline(FEDERAL, notified=date(2026, 9, 15), months=1, party_canton="TI", reading=reading)

        assert "le délai en mois (1) prend fin le jeudi 15.10" in term.text("fr")

    def test_later_delivery(self) -> None:
        """Unsigned mail of a Saturday, once the act is in force."""
        term = deadline(
            FEDERAL,
            notified=date(2026, 5, 30),
            days=10,
            party_canton="TI",
            delivery=Delivery.UNSIGNED,
            reading=Reading(weekend_act_since=date(2026, 5, 1)),
        )

        assert "recapitata senza firma in un giorno non lavorativo: vale come notificata l'1.6" not in term.text("it")
        assert "recapitata senza firma in un giorno non lavorativo: vale come notificata il 1.6.2026" in term.text("it")

    def test_holiday_is_named(self) -> None:
        """Why day 30 cannot be the last."""
        term = deadline(TICINO, notified=date(2026, 2, 17), days=30)

        assert "der 30. Tag ist am Donnerstag, 19.3. (Josefstag); endet am Freitag, 20.3.2026" in term.text("de")

    def test_terms_over_years_name_them(self) -> None:
        """A term that crosses two new years would be ambiguous without."""
        reading = Reading(month_rule=MonthRule.NOTIFICATION_DAY)
        term = deadline(SOCIAL_INSURANCE, notified=date(2024, 9, 10), months=24, party_canton="TI", reading=reading)

        assert "dal 18.12.2024 al 2.1.2025; sospeso dal 13.4.2025 al 27.4.2025" in term.text("it")

    def test_a_step_is_data(self) -> None:
        """An embedding program may tell it in its own way."""
        assert (
            Step(
                StepKind.SUSPENDED,
                date(2024, 12, 18),
                source="LPAmm art. 16 para. 1 c",
                other_day=date(2025, 1, 2),
            )
            == WINTER.steps[2]
        )


class TestExplanation:
    """The whole answer, for a person."""

    def test_a_settled_term(self) -> None:
        """The law and the steps, whose holidays, the sources, and whose word counts."""
        assert [
            f"Procedura amministrativa ticinese (LPAmm): {WINTER.text('it')}",
            "Giorni festivi: TI",
            "Fonti: LPAmm art. 13; LPAmm art. 16 para. 1 c; RL 10.1.1.1.2 art. 1",
            "Informazione senza garanzia: fa fede la decisione, con i rimedi giuridici che essa indica.",
        ] == WINTER.explain("it").splitlines()

    def test_the_place_that_counts(self) -> None:
        """The canton, and the part of it where one was named."""
        term = deadline(FEDERAL, notified=date(2026, 5, 25), days=10, party_canton="SO", party_place="Solothurn")

        assert "Jours fériés: SO Solothurn" in term.explain("fr").splitlines()

    def test_an_open_question(self) -> None:
        """It is named with the other last day."""
        term = deadline(FEDERAL, notified=date(2018, 6, 14), days=30, party_canton="TI")

        assert (
            "Offene Frage: der letzte Tag ist arbeitsfrei, und der nächste Werktag liegt in einem Stillstand;"
            " nach der anderen Lesart endet die Frist am Donnerstag, 16.8.2018"
        ) in term.explain("de").splitlines()

    def test_an_open_question_without_another_day(self) -> None:
        """Years that nobody has checked."""
        term = deadline(TICINO, notified=date(2031, 9, 1), days=30)

        assert "Open question: the holidays of this year have not been checked" in term.explain("en").splitlines()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_decision_is_authoritative(self, language: str) -> None:
        """Every explanation ends with it, in every language."""
        term = deadline(TICINO, notified=date(2024, 12, 10), days=30, procedure=Procedure.FIRST_INSTANCE)

        assert CAUTION.text(language) == term.explain(language).splitlines()[-1]

    def test_unknown_language(self) -> None:
        """Refused as everywhere."""
        with pytest.raises(ConfigurationError):
            WINTER.explain("es")


class TestDates:
    """How a date stands in a sentence."""

    @pytest.mark.parametrize(
        ("day", "expected"),
        [(1, "il 1.12 dal 1.12"), (8, "l'8.12 dall'8.12"), (10, "il 10.12 dal 10.12"), (11, "l'11.12 dall'11.12")],
    )
    def test_italian_article(self, day: int, expected: str) -> None:
        """Elided before 8 and 11; 1 is read `primo`."""
        at = date(2026, 12, day)

        assert expected == f"{on_day(at).text('it')} {from_day(at).text('it')}"

    def test_spoken_first(self) -> None:
        """The first of a month has a word of its own."""
        first = date(2026, 6, 1)

        assert [on_day(first).text(language, form="spoken") for language in LANGUAGES] == [
            "il primo giugno",
            "am ersten Juni",
            "le premier juin",
            "l'emprim da zercladur",
            "on the 1st of June",
        ]

    def test_from_and_to(self) -> None:
        """Both ends in one phrase, with the year where it is asked for."""
        assert (
            from_to(date(2026, 12, 8), date(2026, 12, 11), with_year=True).text("it") == "dall'8.12.2026 all'11.12.2026"
        )

    def test_weekday(self) -> None:
        """Written and spoken."""
        text = day_and_date(date(2026, 3, 20))

        assert (text.de, text.text("de", form="spoken")) == ("Freitag, 20.3.", "Freitag, dem zwanzigsten März")

    @pytest.mark.parametrize(("number", "expected"), [(1, "1er"), (2, "2e"), (30, "30e")])
    def test_french_ordinal(self, number: int, expected: str) -> None:
        """The first day is special in French."""
        assert expected == ordinal(number).fr


def test_every_open_question_has_words() -> None:
    """The catalogue and the enumeration have the same entries."""
    assert {each.value for each in OpenQuestion} == set(OPEN_QUESTIONS)
    assert {"in_time", "open", "late"} == set(TIMELINESS)
