"""Reports say the same in all languages, hold what they promise, and name nobody who rang."""

import json
import re
from collections.abc import Mapping
from datetime import date, time, timedelta

import attrs
import pytest

from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, Language
from ticontact.i18n._texts import reports as texts
from ticontact.priority import Priority
from ticontact.replay import DayRun, Record, replay_day
from ticontact.reports import day_data, day_report
from ticontact.reports._day_report import own_hours_report, source_report

MONDAY = date(2015, 1, 19)
CUSTOMER = "4711007"
"""A number of a customer that stands in no other figure."""


def sections(report: str) -> list[str]:
    """The parts of a report, which an empty line separates."""
    return report.split("\n\n")


def rows(section: str) -> list[list[str]]:
    """The cells of a table below its rule of dashes, cut where two blanks stand."""
    lines = section.splitlines()
    rule = next(number for number, line in enumerate(lines) if set(line.strip()) == {"-", " "})
    return [re.split(r"\s{2,}", line.strip()) for line in lines[rule + 1 :]]


def digits(text: str) -> list[str]:
    """All figures of a text, however a language groups thousands and writes the decimal mark."""
    joined = re.sub(r"(?<=\d)[\u2019\u00a0\u202f',](?=\d{3}(?!\d))", "", text)
    return re.findall(r"\d+(?:[.,]\d+)?", joined.replace(",", "."))


def keys(data: object) -> object:
    """The form of data: names of mappings with the forms below, the first form of lists."""
    match data:
        case Mapping():
            return {name: keys(value) for name, value in data.items()}
        case [first, *_]:
            return [keys(first)]
        case _:
            return ...


FIGURES = [
    "contacts", "out_of_hours", "offered", "answered", "abandoned", "abandoned_announcement", "fallback", "going_on",
    "reachability", "service_level", "mean_wait", "p90_wait",
]  # fmt: skip


@pytest.fixture(scope="session", name="office_texts")
def _office_texts(office_day: DayRun) -> dict[Language, str]:
    """The office's report in every language."""
    return {language: day_report(office_day, language) for language in LANGUAGES}


class TestText:
    """A report for people."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_office_has_every_section(
        self, office_day: DayRun, office_texts: dict[Language, str], language: Language
    ) -> None:
        """Title, kinds, measures, assumptions, queues, half-hours, tickets, explanation, two callers, the sum."""
        parts = sections(office_texts[language])

        heads = [part.splitlines()[0].strip() for part in parts]
        assert len(parts) == 11
        assert heads[0].startswith(office_day.department.name.text(language))
        assert heads[1] == texts.RECORDED_KINDS.text(language)
        assert heads[2].startswith(texts.MEASURE.text(language))
        assert heads[3] == texts.ASSUMPTIONS.text(language)
        assert heads[4].startswith(texts.QUEUE.text(language))
        assert heads[5].startswith(texts.HALF_HOUR.text(language))
        assert heads[6].startswith(texts.TICKETS.text(language))
        assert office_day.most_telling is not None
        assert office_day.most_telling.record.item in heads[7]
        assert ("58" in heads[8], "0" in heads[9]) == (True, True)
        assert parts[10] == parts[-1]
        assert "1822" in digits(parts[10])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_banks_own_hours_have_every_section(self, bank_day: DayRun, language: Language) -> None:
        """Title, measures, assumptions, queues, half-hours, the sum; the bank has no second level to assume."""
        parts = sections(own_hours_report(bank_day, language))

        assert len(parts) == 6
        assert len(parts[2].splitlines()) == 6
        assert len(rows(parts[3])) == 6
        assert len(rows(parts[4])) == 34

    @pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
    def test_all_languages_give_the_same_figures(self, office_texts: dict[Language, str], language: Language) -> None:
        """The tables of another language hold the figures of the English ones, row by row."""
        english, other = (sections(office_texts[each]) for each in ("en", language))

        for number in (2, 4, 5):
            assert [len(row) for row in rows(english[number])] == [len(row) for row in rows(other[number])]
            assert [digits(" ".join(row[1:])) for row in rows(english[number])] == [
                digits(" ".join(row[1:])) for row in rows(other[number])
            ]
        assert sorted(digits(english[6])) == sorted(digits(other[6]))
        assert digits(english[10]) == digits(other[10])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_source_is_named_first(self, record: Record, office_day: DayRun, language: Language) -> None:
        """Whose calls, when they were, what was read; no row of the shipped day is left out."""
        whose, read, *note = source_report(record, office_day, language).splitlines()

        assert "Technion" in whose
        assert "1999" in whose
        assert digits(read) == ["1834", "1822", "12", "0"]
        assert note == ([texts.UNREVIEWED.rm] if language == "rm" else [])

    def test_the_measures_are_the_figures(self, bank_day: DayRun) -> None:
        """What was recorded stands in the first column, as the replay counts it."""
        recorded = {row[0]: row[1] for row in rows(sections(own_hours_report(bank_day, "en"))[1])}

        assert recorded == {
            "Reachability": "85.1%",
            "Contacts": "1,822",
            "Out of hours": "14",
            "Offered (open)": "1,808",
            "Answered": "1,538",
            "Hung up waiting": "216",
            "Hung up in announcement": "54",
            "Fallback at closing": "0",
            "Mean wait (s)": "48.7",
            "Wait, 90th percentile (s)": "142.0",
            "Service level 80/20": recorded["Service level 80/20"],
        }

    def test_queues_and_tickets_are_counted(self, office_day: DayRun, office_texts: dict[Language, str]) -> None:
        """Each queue shows who was offered in its hours; tickets are opened, closed, handed over and still open."""
        parts = sections(office_texts["en"])
        states = [ticket.state for ticket in office_day.journal.tickets.values()]
        handed_over = sum(work.handed_over_at is not None for work in office_day.journal.records)
        closed = states.count("closed")

        assert {row[0]: int(row[1].replace(",", "")) for row in rows(parts[4])} == {
            name: compared.replayed.offered for name, compared in office_day.by_queue.items()
        }
        assert digits(parts[6]) == [str(each) for each in (len(states), closed, handed_over, len(states) - closed)]

    def test_the_addresses_of_the_office_are_public(self, office_texts: dict[Language, str]) -> None:
        """The recorded kinds name its own numbers and its address."""
        recorded_kinds = rows(sections(office_texts["it"])[1])

        assert [row[1] for row in recorded_kinds] == [
            "telefono 091 814 55 00",
            "telefono 091 814 55 00",
            "telefono 091 814 55 00",
            "telefono 091 814 55 05",
            "posta elettronica di-sp.migrazione@ti.ch",
            "fax 091 814 55 09",
        ]

    def test_an_entry_without_an_address_shows_its_channel(self, bank: Department) -> None:
        """The bank published no numbers."""
        report = day_report(replay_day([], department=bank, day=MONDAY), "en")

        assert {row[1] for row in rows(sections(report)[1])} == {"telephone"}

    def test_a_priority_without_a_head_start_is_worth_nothing(self, bank: Department) -> None:
        """The assumption says 0 s."""
        plain = replay_day([], department=attrs.evolve(bank, head_start={}), day=MONDAY)

        assert "priority: 0 s of waiting credited" in own_hours_report(plain, "en")
        assert bank.head_start[Priority.HIGH] == timedelta(seconds=90)

    def test_a_day_without_contacts_has_no_story(self, office: Department) -> None:
        """Nothing to explain, nobody who heard anything, and measures of nothing are dashes."""
        parts = sections(day_report(replay_day([], department=office, day=MONDAY), "en"))

        assert len(parts) == 8
        assert {row[0]: row[1] for row in rows(parts[2])}["Mean wait (s)"] == "-"

    def test_what_a_caller_hears_is_shown_in_both_languages(
        self, office_day: DayRun, office_texts: dict[Language, str]
    ) -> None:
        """In the language of the call, and in the reader's where that is another; each once."""
        caller = office_day.first_at(time(11, 58))
        assert caller is not None
        spoken_in = {language: sections(office_texts[language])[8].splitlines()[1:] for language in LANGUAGES}

        assert {len(lines) for lines in spoken_in.values()} == {1, 2}
        for language, lines in spoken_in.items():
            named = [line.strip().split(":")[0] for line in lines]
            assert named == list(dict.fromkeys([caller.language, language]))

    def test_a_lost_contact_stops_the_report(self, bank_day: DayRun) -> None:
        """The sum is not printed, it is held against the record."""
        lost = attrs.evolve(bank_day, recorded=bank_day.recorded[1:])

        with pytest.raises(ConfigurationError, match="outcomes: they add up to 1822"):
            own_hours_report(lost, "en")


class TestData:
    """The same for machines."""

    def test_it_has_the_documented_names(self, record: Record, office_day: DayRun) -> None:
        """A machine may rely on every one of these."""
        data = json.loads(json.dumps(day_data(record, office_day)))
        compared = dict.fromkeys(("recorded", "replayed"), dict.fromkeys(FIGURES, ...))

        assert keys(data) == {
            "department": ...,
            "day": ...,
            "record": {"rows": ..., "faults": ...},
            "presence": {"gap_seconds": ..., "wrap_up_seconds": ...},
            "service_level": {"percent": ..., "within_seconds": ...},
            "live": compared,
            "queues": dict.fromkeys(("general", "asylum", "e-mail", "fax"), compared),
            "half_hours": dict.fromkeys(office_day.by_half_hour, compared),
            "tickets": {"opened": ..., "closed": ..., "handed_over": ...},
            "outcomes": {**{outcome.value: ... for outcome in Outcome}, "going_on": ...},
            "explanation": {"contact": ..., "agent": ..., "eligibilities": keys(data["explanation"]["eligibilities"])},
            "callers": [{"arrived": ..., "language": ..., "written": [...], "spoken": [...]}],
            "digest": ...,
        }

    def test_it_is_json_and_the_same_twice(self, record: Record, office_day: DayRun) -> None:
        """What is written is read back alike."""
        written = json.dumps(day_data(record, office_day), allow_nan=False)

        assert written == json.dumps(day_data(record, office_day), allow_nan=False)
        assert json.loads(written)["live"]["replayed"]["offered"] == office_day.live.replayed.offered

    def test_units_are_seconds_shares_and_iso_dates(self, record: Record, bank_day: DayRun) -> None:
        """48.7 s is a number, 85 % is 0.85, an instant has its offset."""
        data = json.loads(json.dumps(day_data(record, bank_day)))
        recorded = data["live"]["recorded"]

        assert (recorded["p90_wait"], round(recorded["mean_wait"], 1)) == (142.0, 48.7)
        assert recorded["reachability"] == pytest.approx(1538 / 1808)
        assert (data["day"], data["callers"][0]["arrived"][:11]) == ("2015-01-19", "2015-01-19T")
        assert data["callers"][0]["arrived"].endswith("+02:00")

    def test_outcomes_add_up(self, record: Record, office_day: DayRun) -> None:
        """Every contact is under exactly one name."""
        outcomes = json.loads(json.dumps(day_data(record, office_day)))["outcomes"]

        assert sum(outcomes.values()) == 1822

    def test_tickets_are_counted(self, record: Record, office_day: DayRun) -> None:
        """Opened, closed and handed over, as the journal has them."""
        states = [ticket.state for ticket in office_day.journal.tickets.values()]
        handed_over = sum(work.handed_over_at is not None for work in office_day.journal.records)

        assert day_data(record, office_day)["tickets"] == {
            "opened": len(states),
            "closed": states.count("closed"),
            "handed_over": handed_over,
        }

    def test_what_is_unknown_is_null(self, record: Record, office: Department) -> None:
        """Of an empty day there are neither waits nor shares, nor a trace."""
        data = json.loads(json.dumps(day_data(record, replay_day([], department=office, day=MONDAY))))

        assert {name for name, value in data["live"]["replayed"].items() if value is None} == {
            "mean_wait",
            "p90_wait",
            "reachability",
            "service_level",
        }
        assert (data["explanation"], data["callers"], data["queues"]) == (None, [], {})


class TestPrivacy:
    """Who rang is nobody's business."""

    def test_no_customer_shows_anywhere(self, record: Record, office: Department) -> None:
        """Not in the text of any language, not in the data, not in the `repr` of what they are made from."""
        calls = [attrs.evolve(call, customer=CUSTOMER) for call in record.calls[:200]]
        day = replay_day(calls, department=office, day=MONDAY)
        shown = [day_report(day, language) for language in LANGUAGES]
        shown += [
            own_hours_report(day, "en"),
            json.dumps(day_data(record, day)),
            repr(day.journal),
            str(day.journal.tickets),
        ]

        assert [CUSTOMER in each for each in shown] == [False] * len(shown)
