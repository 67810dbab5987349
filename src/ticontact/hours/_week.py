"""The opening hours of a standing week, and those of some weeks only: a first Thursday of a month, odd weeks."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours._window import DAY, TimeWindow, Windows, read_windows
from ticontact.plain import checked, custom

__all__ = ["WEEKDAYS", "SomeWeeks", "Week", "read_weekdays"]

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The names of the weekdays in files, as OpenStreetMap writes them."""

_LONGEST: Final = 2_000  # characters
_CLOSED: Final = ("off", "closed")
_PARITIES: Final = {"odd": 1, "even": 0}
_NTH: Final = (1, 2, 3, 4, 5, -1)


@attrs.frozen
class SomeWeeks:
    """A weekday in some weeks only, with its windows; it takes the place of the ordinary hours of that weekday.

    Attributes:
        weekday: The weekday; 0 for Monday.
        weeks: Which ones: `odd` or `even` weeks by their number (ISO 8601), or which of the month, -1 for the last.
        windows: The windows; none closes the day.
    """

    weekday: int
    weeks: str | tuple[int, ...]
    windows: tuple[TimeWindow, ...]

    def holds_on(self, day: date) -> bool:
        """Whether a date is one of them."""
        if day.weekday() != self.weekday:
            return False
        if isinstance(self.weeks, str):
            return day.isocalendar().week % 2 == _PARITIES[self.weeks]
        is_last = day.day + 7 > monthrange(day.year, day.month)[1]
        return (day.day - 1) // 7 + 1 in self.weeks or (is_last and -1 in self.weeks)

    def __str__(self) -> str:
        weeks = self.weeks if isinstance(self.weeks, str) else ",".join(map(str, self.weeks))
        return f"{WEEKDAYS[self.weekday]}[{weeks}] {','.join(map(str, self.windows)) or 'off'}"


@attrs.frozen(init=False, repr=False, field_transformer=checked)
class Week:
    """Seven days, each with its windows.

    Attributes:
        days: The windows of each weekday in their order, Monday first.
        special: The weekdays that have other windows in some weeks; of two for one date the later one holds.

    Raises:
        HoursError: If a window cannot be read, two overlap (the one after midnight of the day before included), or
            there are none at all; a week without any hour is written `Week.closed()`.

    >>> Week(monday="08:00-12:00,13:30-17:00")
    Week.parse('Mo 08:00-12:00,13:30-17:00')
    """

    days: tuple[tuple[TimeWindow, ...], ...]
    special: tuple[SomeWeeks, ...]

    def __init__(
        self,
        *,
        monday: Windows = (),
        tuesday: Windows = (),
        wednesday: Windows = (),
        thursday: Windows = (),
        friday: Windows = (),
        saturday: Windows = (),
        sunday: Windows = (),
    ) -> None:
        given = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
        self._describe(given, ())

    def _describe(self, given: Sequence[Windows], special: Iterable[SomeWeeks]) -> None:
        days = tuple(read_windows(day, place=name) for name, day in zip(WEEKDAYS, given, strict=True))
        some_weeks = tuple(special)
        if not any(days) and not any(rule.windows for rule in some_weeks):
            raise HoursError("week: no day has any window; a week without any is written Week.closed()", field="week")
        _refuse_overlap_at_midnight(days)
        self.__attrs_init__(days, some_weeks)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """The week that a text describes.

        Args:
            text: Rules apart by `;`, each some weekdays and their windows, such as
                `Mo-Fr 08:00-12:00,13:30-17:00; Sa 09:00-11:00`. A day that is not named has none. `Th[1]` is the first
                Thursday of a month, `Th[2,4]` the second and fourth, `Th[-1]` the last; `We[odd]` and `We[even]` are
                the Wednesdays of odd and even weeks (ISO 8601). Such a rule takes the place of the ordinary hours of
                its days, and a later one that of an earlier one. `off` closes.

        Raises:
            HoursError: If it cannot be read, or names a day twice.

        >>> Week.parse("Mo-Fr 08:00-12:00; Th[1] 14:00-18:00").on(date(2026, 3, 5))
        (TimeWindow('14:00', '18:00'),)
        """
        if len(text) > _LONGEST:
            raise HoursError(
                f"week: {len(text)} characters were given; allowed: {_LONGEST} at the most", given=text, field="week"
            )
        days: dict[int, str] = {}
        special: dict[tuple[int, str | tuple[int, ...]], SomeWeeks] = {}
        for rule in map(str.strip, text.split(";")):
            names, windows = _split(rule)
            if not names or not windows:
                raise HoursError(
                    f"week: {rule[:40]!r} was given; allowed: such as Mo-Fr 08:00-12:00,13:30-17:00",
                    given=text,
                    field="week",
                )
            hours = "" if windows in _CLOSED else windows
            for day, weeks in _days_named(names):
                if day in days if weeks is None else (day, weeks) in special:
                    raise HoursError(f"week: {WEEKDAYS[day]} is described twice", given=text, field="week")
                if weeks is None:
                    days[day] = hours
                else:
                    special[day, weeks] = SomeWeeks(day, weeks, read_windows(hours, place=WEEKDAYS[day]))
        week = cls.__new__(cls)
        week._describe([days.get(day, "") for day in range(7)], special.values())  # noqa: SLF001 - its own kind
        return week

    @classmethod
    def of(cls, days: Sequence[Windows]) -> "Week":
        """The week of seven entries, Monday first."""
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = days
        return cls(
            monday=monday,
            tuesday=tuesday,
            wednesday=wednesday,
            thursday=thursday,
            friday=friday,
            saturday=saturday,
            sunday=sunday,
        )

    @classmethod
    def closed(cls) -> "Week":
        """The week in which nothing ever opens."""
        week = cls.__new__(cls)
        week.__attrs_init__(((),) * 7, ())
        return week

    @classmethod
    def always(cls) -> "Week":
        """The week that is open around the clock."""
        return cls.parse("Mo-Su 00:00-24:00")

    @property
    def is_closed(self) -> bool:
        """Whether nothing ever opens in it."""
        return not any(map(self.ever_opens, range(7)))

    def ever_opens(self, weekday: int) -> bool:
        """Whether a weekday (0 for Monday) has windows in any week."""
        return bool(self.days[weekday]) or any(rule.weekday == weekday and rule.windows for rule in self.special)

    def on(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""
        windows = self.days[day.weekday()]
        for rule in self.special:
            if rule.holds_on(day):
                windows = rule.windows
        return windows

    def __str__(self) -> str:
        return "; ".join([*_rules(self), *map(str, self.special)]) or "closed"

    def __repr__(self) -> str:
        return "Week.closed()" if self.is_closed else f"Week.parse({str(self)!r})"


def _split(rule: str) -> tuple[str, str]:
    """The weekdays of a rule and its windows: what stands before the first digit, or before the word for closed."""
    # Cut by hand: a pattern would have to try every space between the two, since both may hold spaces and dashes.
    *names, last = rule.split() or [""]
    if last in _CLOSED:
        return " ".join(names), last
    brackets = rule.rfind("]") + 1  # digits before belong to the days: Th[1]
    first = next((index for index in range(brackets, len(rule)) if rule[index].isdecimal()), len(rule))
    names_end = rule[:first].rstrip()
    # A space must part them, or "Mo08:00" would be read.
    return (names_end, rule[first:]) if len(names_end) < first else ("", "")


def _refuse_overlap_at_midnight(days: tuple[tuple[TimeWindow, ...], ...]) -> None:
    for day, windows in enumerate(days):
        following = days[(day + 1) % 7]
        if windows and following and windows[-1].end - DAY > following[0].start:
            name, after = WEEKDAYS[day], WEEKDAYS[(day + 1) % 7]
            raise HoursError(
                f"week: {name} {windows[-1]} and {after} {following[0]} overlap after midnight", field="week"
            )


def _days_named(names: str) -> Iterator[tuple[int, str | tuple[int, ...] | None]]:
    """The weekdays that some names mean, each with the weeks in which it does: `Mo-We,Th[1,3],Fr[odd]`."""
    rest = names
    while "[" in rest:
        before, _, after = rest.partition("[")
        inside, bracket, rest = after.partition("]")
        *plain, name = before.lstrip(" ,").split(",")
        # `Mo-Fr[1]` could mean five first weekdays, or the days of a first week.
        if not bracket or "-" in name or (rest.strip() and not rest.lstrip().startswith(",")):
            raise HoursError(
                f"weekday: {names[:20]!r} was given; allowed: such as Th[1], Th[-1], We[odd]",
                given=names,
                field="weekday",
            )
        for each in plain:
            yield from ((day, None) for day in read_weekdays(each))
        weeks = _weeks_named(inside)
        yield from ((day, weeks) for day in read_weekdays(name))
        rest = rest.lstrip().removeprefix(",")
        if not rest.strip():
            return
    yield from ((day, None) for day in read_weekdays(rest))


def _weeks_named(inside: str) -> str | tuple[int, ...]:
    word = inside.strip().lower()
    if word in _PARITIES:
        return word
    found = []
    for part in word.split(","):
        number = part.strip().removeprefix("-")
        nth = int(part) if number.isascii() and number.isdecimal() and len(number) == 1 else 0
        if nth not in _NTH or nth in found:
            raise HoursError(
                f"weekday: [{inside[:20]}] was given; allowed: 1 to 5 of the month, -1 for the last, odd, even",
                given=inside,
                field="weekday",
            )
        found.append(nth)
    return tuple(found)


def read_weekdays(text: str) -> Iterator[int]:
    """The weekdays (Monday is 0) that a text such as `Mo-We,Fr` names.

    Raises:
        HoursError: If a name is unknown.
    """
    for part in text.split(","):
        first, dash, last = (name.strip() for name in part.partition("-"))
        start = _weekday(first)
        count = (_weekday(last) - start) % 7 if dash else 0
        yield from ((start + step) % 7 for step in range(count + 1))


def _weekday(name: str) -> int:
    try:
        return WEEKDAYS.index(name[:1].upper() + name[1:].lower())
    except ValueError:
        pass
    raise HoursError(
        f"weekday: {name[:20]!r} was given; allowed: {', '.join(WEEKDAYS)}",
        given=name,
        field="weekday",
        allowed=tuple(WEEKDAYS),
    )


def _rules(week: Week) -> Iterator[str]:
    for windows, group in groupby(range(7), key=week.days.__getitem__):
        days = [WEEKDAYS[day] for day in group]
        if windows:
            name = days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"
            yield f"{name} {','.join(map(str, windows))}"


def _plain(week: Week) -> object:
    """One text; a list of seconds for each day where a window is longer than two times of day can say."""
    if all(window.is_text for day in week.days for window in day):
        return str(week)
    return [[[window.start, window.end] for window in day] for day in week.days]


def _of_plain(form: Any) -> Week:  # noqa: ANN401 - whatever stands there
    if isinstance(form, str):
        return Week.closed() if form.strip() in _CLOSED else Week.parse(form)
    if not isinstance(form, list):
        raise TypeError(form)
    return Week.of([[TimeWindow(opens, closes) for opens, closes in day] for day in form])


_SECONDS: Final = {"type": "integer", "minimum": 0, "maximum": 2 * DAY}
_PAIR: Final = {"type": "array", "prefixItems": [_SECONDS] * 2, "items": False, "minItems": 2, "maxItems": 2}

custom(
    Week,
    write=_plain,
    read=_of_plain,
    schema={
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "array", "items": _PAIR}, "minItems": 7, "maxItems": 7},
        ]
    },
    words="a week such as Mo-Fr 08:00-12:00,13:30-17:00",
    is_form=lambda form: isinstance(form, str),
)
