"""Why an office is open or closed, as data and as a sentence for people."""

from datetime import timedelta
from typing import Final

import attrs
import pendulum

from ticontact._time import to_epoch
from ticontact.hours._answers import Closed, Open
from ticontact.hours._reason import Reason, RuleKind
from ticontact.i18n import Text
from ticontact.i18n._text import Form
from ticontact.i18n.dates import at_clock, on_date
from ticontact.i18n.hours import (
    EXPLAINED_CLOSED,
    EXPLAINED_CLOSED_FOR_GOOD,
    EXPLAINED_CLOSED_TODAY,
    EXPLAINED_OPEN,
    EXPLAINED_OPEN_ALWAYS,
    ON_DATE_AT,
    TODAY_AT,
)

__all__ = ["Explanation", "moment_text"]

_SOON: Final = timedelta(days=6)
_WHOLE_DAY: Final = frozenset({RuleKind.CLOSURE, RuleKind.HOLIDAY, RuleKind.VALIDITY})


@attrs.frozen
class Explanation:
    """Why an office is open or closed at an instant, and until when.

    Attributes:
        at: The instant, in the calendar's zone.
        because: The rule that decides.
        state: Open or closed, with the next change.
        calendar: What people call the calendar; may be empty.
    """

    at: pendulum.DateTime = attrs.field(eq=to_epoch)
    because: Reason
    state: Open | Closed = attrs.field(kw_only=True)
    calendar: str = attrs.field(default="", kw_only=True)

    @property
    def words(self) -> Text:
        """The explanation in all languages; "today" is the date of the instant that was asked about."""
        values: dict[str, object] = {"reason": self.because.words}
        if self.state.until is not None:
            values["when"] = moment_text(self.state.until, seen_from=self.at)
        return self._sentence().fill(values)

    def text(self, language: str, *, form: Form = "written") -> str:
        """The explanation in one language.

        Raises:
            UnknownLanguage: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)

    def _sentence(self) -> Text:
        closed = isinstance(self.state, Closed)
        if self.state.until is None:
            return EXPLAINED_CLOSED_FOR_GOOD if closed else EXPLAINED_OPEN_ALWAYS
        if not closed:
            return EXPLAINED_OPEN
        return EXPLAINED_CLOSED_TODAY if self.because.kind in _WHOLE_DAY else EXPLAINED_CLOSED


def moment_text(moment: pendulum.DateTime, *, seen_from: pendulum.DateTime) -> Text:
    """When something is, seen from an instant: today at a time, or on a date at a time.

    The year is said of a date that is more than six days away or in another year.
    """
    time_of_day = at_clock((moment.hour * 60 + moment.minute) * 60)
    day, today = moment.date(), seen_from.date()
    if day == today:
        return TODAY_AT.fill({"clock": time_of_day})
    distant = abs(day.toordinal() - today.toordinal()) > _SOON.days or day.year != today.year
    return ON_DATE_AT.fill({"date": on_date(day, with_year=distant), "clock": time_of_day})
