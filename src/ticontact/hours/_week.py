"""The opening hours of a standing week."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours._window import DAY, TimeWindow, Windows, read_windows
from ticontact.plain import custom

__all__ = ["WEEKDAYS", "Week", "read_weekdays"]

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The names of the weekdays in files, as OpenStreetMap writes them."""

_LONGEST: Final = 2_000  # characters
_CLOSED: Final = ("off", "closed")


@attrs.frozen(init=False, repr=False)
class Week:
    """Seven days, each with its windows.

    Attributes:
        days: The windows of each weekday in their order, Monday first.

    Raises:
        HoursError: If a window cannot be read, two overlap (the one after midnight of the day before included), or
            there are none at all; a week without any hour is written `Week.closed()`.

    >>> Week(monday="08:00-12:00,13:30-17:00")
    Week.parse('Mo 08:00-12:00,13:30-17:00')
    """

    days: tuple[tuple[TimeWindow, ...], ...]

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
        days = tuple(read_windows(day, place=name) for name, day in zip(WEEKDAYS, given, strict=True))
        if not any(days):
            raise HoursError("week: no day has any window; a week without any is written Week.closed()", field="week")
        _refuse_overlap_at_midnight(days)
        self.__attrs_init__(days)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """The week that a text describes.

        Args:
            text: Rules apart by `;`, each some weekdays and their windows, such as
                `Mo-Fr 08:00-12:00,13:30-17:00; Sa 09:00-11:00`. A day that is not named has none.

        Raises:
            HoursError: If it cannot be read, or names a day twice.
        """
        if len(text) > _LONGEST:
            raise HoursError(
                f"week: {len(text)} characters were given; allowed: {_LONGEST} at the most", given=text, field="week"
            )
        days: dict[int, str] = {}
        for rule in map(str.strip, text.split(";")):
            names, windows = _split(rule)
            if not names or not windows:
                raise HoursError(
                    f"week: {rule[:40]!r} was given; allowed: such as Mo-Fr 08:00-12:00,13:30-17:00",
                    given=text,
                    field="week",
                )
            for day in read_weekdays(names):
                if day in days:
                    raise HoursError(f"week: {WEEKDAYS[day]} is described twice", given=text, field="week")
                days[day] = "" if windows in _CLOSED else windows
        return cls.of([days.get(day, "") for day in range(7)])

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
        week.__attrs_init__(((),) * 7)
        return week

    @classmethod
    def always(cls) -> "Week":
        """The week that is open around the clock."""
        return cls.parse("Mo-Su 00:00-24:00")

    def __str__(self) -> str:
        return "; ".join(_rules(self)) or "closed"

    def __repr__(self) -> str:
        return f"Week.parse({str(self)!r})" if any(self.days) else "Week.closed()"


def _split(rule: str) -> tuple[str, str]:
    """The weekdays of a rule and its windows: what stands before the first digit, or before the word for closed."""
    # Cut by hand: a pattern would have to try every space between the two, since both may hold spaces and dashes.
    *names, last = rule.split() or [""]
    if last in _CLOSED:
        return " ".join(names), last
    first = next((index for index, letter in enumerate(rule) if letter.isdecimal()), len(rule))
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
    if all(window.is_plain for day in week.days for window in day):
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
