"""What is reported of a whole record, in every language."""

from datetime import timedelta

import pytest

from ticontact.departments import Department
from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, Language
from ticontact.measures import Recorder, RoutingEvent
from ticontact.replay import Record
from ticontact.replay._recorded_days import RecordReplay, replay_record
from ticontact.reports import staff_report
from ticontact.reports._record_report import record_data, record_report


@pytest.fixture(scope="module", name="replayed")
def _replayed(record: Record, bank: Department) -> RecordReplay:
    """A hundred calls of the shipped day."""
    return replay_record(record.calls[:100], department=bank)


class TestRecord:
    """Days side by side."""

    def test_it_says_what_was_read_and_each_day(self, record: Record, replayed: RecordReplay) -> None:
        """The rows, the title, the table, what it hangs on, and the days."""
        parts = record_report(record, replayed, "en").split("\n\n")

        assert [part.split("\n")[0].strip()[:24] for part in parts] == [
            "1,834 rows read: 1,822 c",
            "Anonymous Bank, days rec",
            "Measure                 ",
            "Definitions and assumpti",
            "Day         Offered (ope",
        ]
        assert parts[-1].splitlines()[-1].strip().startswith("1999-01-04")

    def test_data(self, record: Record, replayed: RecordReplay) -> None:
        """Rows, all days together, and each."""
        data = record_data(record, replayed)

        assert list(data) == ["record", "live", "days"]
        assert data["days"] == {"1999-01-04": data["live"]}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language(self, record: Record, replayed: RecordReplay, language: Language) -> None:
        """Nothing is left to fill in."""
        assert "{" not in record_report(record, replayed, language)


class TestStaff:
    """Names only under a purpose."""

    RECORDER = Recorder(
        [
            RoutingEvent.reached("c", queue="q", channel="voice", at=0),
            RoutingEvent(item="c", what="answered", at=0, agent="anna", wrap_up=timedelta(seconds=20)),
            RoutingEvent(item="c", what="held", at=90_000_000),
            RoutingEvent(item="c", what="requeued", at=95_000_000),
            RoutingEvent(item="c", what="answered", at=100_000_000, agent="bartolomea", wrap_up=timedelta(0)),
            RoutingEvent(item="c", what="requeued", at=12_445_000_000),
        ]
    )

    def test_lines(self) -> None:
        """The purpose, and what each did: columns as wide as their widest cell, figures to the right."""
        assert staff_report(self.RECORDER, "en", purpose="fair shifts").splitlines() == [
            "Single persons, for this purpose: fair shifts",
            "  Agent       Contacts  Talk (s)  Hold (s)  Wrap-up (s)",
            "  ----------  --------  --------  --------  -----------",
            "  anna               1        90         5           20",
            "  bartolomea         1    12,345         0            0",
        ]

    def test_without_a_purpose(self) -> None:
        """There is no report."""
        with pytest.raises(ConfigurationError, match="purpose"):
            staff_report(self.RECORDER, "en", purpose="")
