"""A clock in words: due when, from when, in which hours, what was closed in between, how long it stood still."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import attrs
import pendulum

from ticontact._time import WorkingDays, to_epoch
from ticontact.hours import Reason, RuleKind
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.i18n import Text
from ticontact.i18n._dates import at_clock, on_date
from ticontact.i18n._texts import clocks as texts
from ticontact.plain import checked

__all__ = ["ClockExplanation", "closed_days"]

_DAYS_LOOKED_AT: Final = 366
_NAMED: Final = frozenset({RuleKind.HOLIDAY, RuleKind.CLOSURE})


@attrs.frozen(kw_only=True, field_transformer=checked)
class ClockExplanation:
    """Why a clock stands where it stands.

    Attributes:
        metric: The name of the metric.
        verdict: `not_started`, `measured`, `due`, `overdue`, `paused`, `in_time` or `late`; of a sum of time that is
            over `within` or `exceeded`.
        within: The target, if there is one.
        in_office_time: Whether the open time of a calendar counts.
        start: When the present or last cycle started.
        due: When the target is, was, or would be used up.
        used: The time used, net.
        paused: The time for which it stood still.
        closed: The holidays and closures between start and due instant, each with its date.
    """

    metric: str
    verdict: str
    within: timedelta | WorkingDays | None = None
    in_office_time: bool = False
    start: pendulum.DateTime | None = None
    due: pendulum.DateTime | None = None
    used: timedelta = timedelta(0)
    paused: timedelta = timedelta(0)
    closed: tuple[tuple[date, Reason], ...] = ()

    def text(self, language: str) -> str:
        """The explanation in a language.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        return " ".join(part.text(language) for part in self._parts())

    def _parts(self) -> Iterator[Text]:
        values = {"metric": texts.METRICS[self.metric], "within": self._target()}
        moments = {"start": self.start, "due": self.due}
        yield texts.VERDICTS[self.verdict].fill(
            values | {name: _moment(at) for name, at in moments.items() if at is not None}
        )
        for day, reason in self.closed:
            yield texts.CLOSED_ON_DAY.fill({"day": on_date(day), "reason": reason.words})
        if self.paused:
            yield texts.PAUSED_FOR.fill({"paused": _amount(self.paused)})
        if self.start is not None:
            yield texts.USED_SO_FAR.fill({"used": _amount(self.used)})

    def _target(self) -> Text:
        match self.within:
            case None:
                return Text.same("")
            case WorkingDays(days=1):
                return texts.ONE_WORKING_DAY
            case WorkingDays(days=days):
                return texts.WORKING_DAYS.fill({"days": days})
            case amount:
                words = _amount(amount)
                return texts.OFFICE_TIME.fill({"amount": words}) if self.in_office_time else words


def _moment(at: pendulum.DateTime) -> Text:
    return texts.DATE_AND_TIME.fill({"date": on_date(at.date()), "time": at_clock((at.hour * 60 + at.minute) * 60)})


def _amount(amount: timedelta) -> Text:
    """Hours and minutes: `1 h 50 min`; seconds only where there is nothing else."""
    seconds = amount.days * 86_400 + amount.seconds
    hours, minutes = seconds // 3600, seconds // 60 % 60
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0)
    return Text.same(" ".join(parts) or f"{seconds} s")


def closed_days(
    calendar: OfficeCalendar, start: pendulum.DateTime, due: pendulum.DateTime
) -> Iterator[tuple[date, Reason]]:
    """The dates from a start to a due instant that a holiday or closure takes away, a year of them at most."""
    first = date(start.year, start.month, start.day)
    days = min(date(due.year, due.month, due.day).toordinal() - first.toordinal() + 1, _DAYS_LOOKED_AT)
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        if calendar.spans_on(day):
            continue
        noon = pendulum.DateTime(day.year, day.month, day.day, 12, tzinfo=start.tzinfo)
        reason = calendar.because_epoch(to_epoch(noon))
        if reason.kind in _NAMED:
            yield day, reason
