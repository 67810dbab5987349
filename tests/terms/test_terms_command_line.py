"""`ticontact terms` answers on the terminal, in the words of its caller."""

import pytest

from ticontact.cli import main

WINTER = "--law ti --notified 2024-12-10 --days 30"
SUMMER = "--law pa --notified 2018-06-14 --days 30 --canton TI"


def lines(capsys: pytest.CaptureFixture[str], words: str) -> list[str]:
    """The lines that a command writes; it must succeed in silence otherwise."""
    code = main(["terms", *words.split()])
    written = capsys.readouterr()

    assert (code, written.err) == (0, "")
    return written.out.splitlines()


def test_answers_with_steps_sources_and_caution(capsys: pytest.CaptureFixture[str]) -> None:
    """Four lines where nothing is open."""
    steps, holidays, sources, caution = lines(capsys, f"{WINTER} --lang it")

    assert steps.startswith("Procedura amministrativa ticinese (LPAmm): notificata il 10.12.2024; decorre dall'11.12;")
    assert steps.endswith("; sospeso dal 18.12 al 2.1; il 30° giorno è sabato 25.1; scade lunedì 27.1.2025")
    assert holidays == "Giorni festivi: TI"
    assert sources == "Fonti: LPAmm art. 13; LPAmm art. 16 para. 1 c; RL 10.1.1.1.2 art. 1"
    assert caution == "Informazione senza garanzia: fa fede la decisione, con i rimedi giuridici che essa indica."


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (f"{WINTER} --act 2025-01-27", "The act on 27 January 2025 is in time."),
        (f"{WINTER} --act 2025-01-28 --lang it", "L'atto compiuto il 28.1.2025 è tardivo."),
        (f"{SUMMER} --act 2018-08-01", "Whether the act on 1 August 2018 is in time depends on an open question."),
    ],
)
def test_says_whether_an_act_is_in_time(words: str, last: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In time, late, or open, in a sentence of its own."""
    assert last == lines(capsys, words)[-1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (SUMMER, "ends on Monday 16 July 2018"),
        (f"{SUMMER} --before-suspension after-suspension", "ends on Thursday 16 August 2018"),
        ("--law ti --first-attempt 2026-03-06 --days 30", "ends on Monday 27 April 2026"),
        (
            "--law asylum --notified 2026-03-17 --working-days 2 --canton ti",
            "working day 2 is Friday 20 March",
        ),
        (
            "--law asylum --notified 2026-03-17 --working-days 7 --canton TI --working-day monday-to-friday",
            "ends on Thursday 26 March 2026",
        ),
        (
            "--law asylum --notified 2026-03-04 --days 30 --canton TI --also-holiday good_friday",
            "ends on Tuesday 7 April 2026",
        ),
        (
            "--law pa --notified 2026-09-15 --months 1 --month-rule first-day --canton TI",
            "ends on Friday 16 October 2026",
        ),
        (
            "--law ti --notified 2024-12-10 --days 30 --procedure first-instance",
            "ends on Thursday 9 January 2025",
        ),
        (
            "--law ti --notified 2024-12-10 --days 30 --procedure first-instance --first-instance suspended",
            "ends on Monday 27 January 2025",
        ),
        (
            "--law pa --notified 2026-04-21 --days 10 --canton SO --half-holiday holiday",
            "ends on Monday 4 May 2026",
        ),
        (
            "--law pa --notified 2026-05-25 --days 10 --canton SO --place Solothurn",
            "ends on Friday 5 June 2026",
        ),
        (
            "--law pa --notified 2026-05-30 --days 9 --canton TI --delivery unsigned --weekend-act-since 2026-05-01",
            "ends on Wednesday 10 June 2026",
        ),
    ],
)
def test_every_word_reaches_the_count(words: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each option changes the answer that it is for."""
    assert expected in lines(capsys, words)[0]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("--law ti --notified 2024-12-10 --days 0", "ticontact: days: 0 was given"),
        ("--law cpp --notified 2024-12-10 --days 30", "ticontact: law: 'cpp' was given"),
        ("--law pa --notified 2024-12-10 --days 30", "ticontact: party_canton: nothing was given"),
        ("--law ti --notified 2024-12-10 --months 1", "ticontact: months: the sources differ"),
    ],
)
def test_what_cannot_be_asked_is_one_line(words: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, one line on standard error, no traceback."""
    assert main(["terms", *words.split()]) == 2
    assert capsys.readouterr().err.startswith(complaint)


def test_what_is_no_date_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The parser says what a date looks like."""
    with pytest.raises(SystemExit) as refused:
        main(["terms", "--law", "ti", "--notified", "10.12.2024", "--days", "30"])

    assert refused.value.code == 2
    assert "'10.12.2024' is no date such as 2024-12-10" in capsys.readouterr().err
