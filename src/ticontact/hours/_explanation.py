"""Why an office is open or closed: the rule that decides, the state with its next change, and a sentence for people."""

import enum
from datetime import timedelta
from typing import Final

import attrs
import pendulum

from ticontact._time import to_epoch
from ticontact.i18n import Text
from ticontact.i18n._dates import at_clock, on_date
from ticontact.i18n._text import Form
from ticontact.i18n._texts.hours import (
    BY_APPOINTMENT,
    EXPLAINED_APPOINTMENT,
    EXPLAINED_APPOINTMENT_ALWAYS,
    EXPLAINED_APPOINTMENT_CALLED,
    EXPLAINED_CLOSED,
    EXPLAINED_CLOSED_FOR_GOOD,
    EXPLAINED_CLOSED_TODAY,
    EXPLAINED_FURTHER_NOTICE,
    EXPLAINED_NOT_YET,
    EXPLAINED_OPEN,
    EXPLAINED_OPEN_ALWAYS,
    NOT_YET,
    ON_DATE_AT,
    OUR_CLOSURE,
    TODAY_AT,
    UNEXPLAINED_CLOSED,
    UNEXPLAINED_CLOSED_FOR_GOOD,
    UNEXPLAINED_CLOSED_TODAY,
    UNEXPLAINED_FURTHER_NOTICE,
)
from ticontact.plain import checked, form

__all__ = ["ByAppointment", "Closed", "Explanation", "Open", "Reason", "RuleKind", "as_text", "moment_text"]

_SOON: Final = timedelta(days=6)


class RuleKind(enum.Enum):
    """The kinds of rules, in the order in which they win on a date."""

    VALIDITY = "validity"
    CLOSURE = "closure"
    BREAK = "break"
    OVERRIDE = "override"
    HOLIDAY = "holiday"
    SEASON = "season"
    WEEK = "week"
    APPOINTMENT = "appointment"
    COMBINATION = "combination"

    def __repr__(self) -> str:
        return f"RuleKind.{self.name}"


_DAY: Final = 86_400
_OF_EVERY_WEEK: Final = frozenset({RuleKind.WEEK, RuleKind.APPOINTMENT})
"""The kinds that say nothing of one date: "closed today" would make news of every Sunday."""


@attrs.frozen(field_transformer=checked)
class Reason:
    """The rule that decides about an instant.

    Attributes:
        id: The rule's name for programs, such as `joseph`.
        words: Its name for people.
        kind: What kind of rule it is.
        source: What it rests on: an article of a law, a page, the department's own decision; may be empty.
        projected: Whether the rule is carried on into a year that its source does not cover.
        until_further_notice: Whether nobody knows yet how long the rule holds.
    """

    id: str
    words: Text
    kind: RuleKind = attrs.field(kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    projected: bool = attrs.field(default=False, kw_only=True)
    until_further_notice: bool = attrs.field(default=False, kw_only=True)

    def text(self, language: str, *, form: Form = "written") -> str:
        """The rule's name in a language.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)


def as_text(words: Text | str) -> Text:
    """The words as a text; a plain text reads alike in all languages."""
    return Text.same(words) if isinstance(words, str) else words


# A state is compared and pickled by its instant and zone: pendulum values of the repeated hour lose their pass when
# they are pickled or copied, and compare by the wall clock.


def _instant(at: pendulum.DateTime | None) -> int | None:
    return None if at is None else to_epoch(at)


@attrs.frozen(field_transformer=checked)
class Open:
    """The office is open.

    Attributes:
        until: When it closes, in the calendar's zone; None if it does not within the horizon.
    """

    until: pendulum.DateTime | None = attrs.field(eq=_instant)


@attrs.frozen(field_transformer=checked)
class Closed:
    """The office is closed.

    Attributes:
        because: The rule that keeps it closed.
        until: When it opens next, in the calendar's zone; None if it does not within the horizon.
    """

    because: Reason
    until: pendulum.DateTime | None = attrs.field(eq=_instant)


@attrs.frozen(field_transformer=checked)
class ByAppointment:
    """The office receives people by appointment alone. It is not open: no open time runs.

    Attributes:
        because: The rule that says so.
        until: When it opens to everybody, in the calendar's zone; None if it does not within the horizon.
    """

    because: Reason
    until: pendulum.DateTime | None = attrs.field(eq=_instant)


@form("hours_explanation")
@attrs.frozen(field_transformer=checked)
class Explanation:
    """Why an office is open or closed at an instant, and until when.

    Attributes:
        at: The instant, in the calendar's zone.
        because: The rule that decides.
        state: Open, closed or by appointment, with the next change.
        calendar: What people call the calendar; may be empty.
        is_closed_all_day: Whether nothing is open on the local date of the instant.
    """

    at: pendulum.DateTime = attrs.field(eq=to_epoch)
    because: Reason
    state: Open | Closed | ByAppointment = attrs.field(kw_only=True)
    calendar: str = attrs.field(default="", kw_only=True)
    is_closed_all_day: bool = attrs.field(default=False, kw_only=True)

    @property
    def words(self) -> Text:
        """The explanation in all languages; "today" is the date of the instant that was asked about."""
        values: dict[str, object] = {"reason": self.because.words}
        if self.state.until is not None:
            closes = isinstance(self.state, Open)
            values["when"] = moment_text(self.state.until, seen_from=self.at, closes=closes)
        if isinstance(self.state, ByAppointment):
            return self._appointment(values)
        return self._sentence().fill(values)

    def text(self, language: str, *, form: Form = "written") -> str:
        """The explanation in one language.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)

    def _appointment(self, values: dict[str, object]) -> Text:
        sentence = (EXPLAINED_APPOINTMENT_ALWAYS if self.state.until is None else EXPLAINED_APPOINTMENT).fill(values)
        if self.because.words == BY_APPOINTMENT:
            return sentence
        return EXPLAINED_APPOINTMENT_CALLED.fill({"sentence": sentence, "reason": self.because.words})

    def _sentence(self) -> Text:
        if isinstance(self.state, Open):
            return EXPLAINED_OPEN_ALWAYS if self.state.until is None else EXPLAINED_OPEN
        # "Closed: closure" says nothing: a closure whose reason nobody gave is told without one.
        unexplained = self.because.words == OUR_CLOSURE
        if self.state.until is None:
            return self._without_end(unexplained=unexplained)
        if self.because.words == NOT_YET:
            return EXPLAINED_NOT_YET
        if self.is_closed_all_day and self.because.kind not in _OF_EVERY_WEEK:
            return UNEXPLAINED_CLOSED_TODAY if unexplained else EXPLAINED_CLOSED_TODAY
        return UNEXPLAINED_CLOSED if unexplained else EXPLAINED_CLOSED

    def _without_end(self, *, unexplained: bool) -> Text:
        if self.because.until_further_notice:
            return UNEXPLAINED_FURTHER_NOTICE if unexplained else EXPLAINED_FURTHER_NOTICE
        return UNEXPLAINED_CLOSED_FOR_GOOD if unexplained else EXPLAINED_CLOSED_FOR_GOOD


def moment_text(moment: pendulum.DateTime, *, seen_from: pendulum.DateTime, closes: bool = False) -> Text:
    """When something is, seen from an instant: today at a time, or on a date at a time.

    The year is said of a date that is more than six days away or in another year.

    Args:
        moment: The instant.
        seen_from: From where it is seen.
        closes: Whether something ends then. Midnight is the end of its day, not the beginning of the next one: whoever
            hears on Tuesday "until Wednesday at midnight" comes a day too late.
    """
    seconds = (moment.hour * 60 + moment.minute) * 60
    day, today = moment.date(), seen_from.date()
    if closes and seconds == 0 and day > today:
        day, seconds = day.subtract(days=1), _DAY
    time_of_day = at_clock(seconds)
    if day == today:
        return TODAY_AT.fill({"clock": time_of_day})
    distant = abs(day.toordinal() - today.toordinal()) > _SOON.days or day.year != today.year
    return ON_DATE_AT.fill({"date": on_date(day, with_year=distant), "clock": time_of_day})
