"""Dates and times of day in five languages, to be read and to be read aloud.

Written: 08.00 in Italian, 8.00 Uhr in German, 8 h or 13 h 30 in French, 8.00 in Romansh, 08:00 in English. Source for
the national languages: Federal Chancellery, writing guides of the Swiss federal administration (dates and times of
day). Spoken: nobody can speak "13.30", so the spoken forms say hours and minutes in words or as plain numbers.
"""

from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.i18n._text import Text

__all__ = [
    "MONTHS",
    "TODAY",
    "WEEKDAYS",
    "at_clock",
    "clock",
    "clock_range",
    "day_text",
    "from_clock",
    "on_date",
    "to_clock",
]

WEEKDAYS: Final = (
    Text(it="lunedì", de="Montag", fr="lundi", rm="glindesdi", en="Monday"),
    Text(it="martedì", de="Dienstag", fr="mardi", rm="mardi", en="Tuesday"),
    Text(it="mercoledì", de="Mittwoch", fr="mercredi", rm="mesemna", en="Wednesday"),
    Text(it="giovedì", de="Donnerstag", fr="jeudi", rm="gievgia", en="Thursday"),
    Text(it="venerdì", de="Freitag", fr="vendredi", rm="venderdi", en="Friday"),
    Text(it="sabato", de="Samstag", fr="samedi", rm="sonda", en="Saturday"),
    Text(it="domenica", de="Sonntag", fr="dimanche", rm="dumengia", en="Sunday"),
)

MONTHS: Final = (
    Text(it="gennaio", de="Januar", fr="janvier", rm="da schaner", en="January"),
    Text(it="febbraio", de="Februar", fr="février", rm="da favrer", en="February"),
    Text(it="marzo", de="März", fr="mars", rm="da mars", en="March"),
    Text(it="aprile", de="April", fr="avril", rm="d'avrigl", en="April"),
    Text(it="maggio", de="Mai", fr="mai", rm="da matg", en="May"),
    Text(it="giugno", de="Juni", fr="juin", rm="da zercladur", en="June"),
    Text(it="luglio", de="Juli", fr="juillet", rm="da fanadur", en="July"),
    Text(it="agosto", de="August", fr="août", rm="d'avust", en="August"),
    Text(it="settembre", de="September", fr="septembre", rm="da settember", en="September"),
    Text(it="ottobre", de="Oktober", fr="octobre", rm="d'october", en="October"),
    Text(it="novembre", de="November", fr="novembre", rm="da november", en="November"),
    Text(it="dicembre", de="Dezember", fr="décembre", rm="da december", en="December"),
)
"""The months as they stand in a date; in Romansh with the preposition that joins them to the day."""

TODAY: Final = Text(it="oggi", de="heute", fr="aujourd'hui", rm="oz", en="today")

_DATE: Final = Text(
    it="{weekday} {day} {month}",
    de="{weekday}, {day} {month}",
    fr="{weekday} {day} {month}",
    rm="{weekday}, {day} {month}",
    en="{weekday}, {day} {month}",
    spoken=Text(
        it="{weekday} {day} {month}",
        de="{weekday}, dem {day} {month}",
        fr="{weekday} {day} {month}",
        rm="{weekday}, {day} {month}",
        en="{weekday} the {day} of {month}",
    ),
)
_WITH_YEAR: Final = Text.same("{date} {year}")

_GERMAN_ORDINALS: Final = (
    "ersten", "zweiten", "dritten", "vierten", "fünften", "sechsten", "siebten", "achten", "neunten", "zehnten",
    "elften", "zwölften", "dreizehnten", "vierzehnten", "fünfzehnten", "sechzehnten", "siebzehnten", "achtzehnten",
    "neunzehnten", "zwanzigsten", "einundzwanzigsten", "zweiundzwanzigsten", "dreiundzwanzigsten",
    "vierundzwanzigsten", "fünfundzwanzigsten", "sechsundzwanzigsten", "siebenundzwanzigsten", "achtundzwanzigsten",
    "neunundzwanzigsten", "dreissigsten", "einunddreissigsten",
)  # fmt: skip
_ENGLISH_ENDINGS: Final = MappingProxyType({1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"})

_MIDNIGHT: Final = Text(it="mezzanotte", de="Mitternacht", fr="minuit", rm="mesanotg", en="midnight")
_WRITTEN_CLOCK: Final = Text(it="{hh}.{mm}", de="{h}.{mm} Uhr", fr="{h} h {mm}", rm="{h}.{mm}", en="{hh}:{mm}")
_WRITTEN_HOUR: Final = Text(it="{hh}.{mm}", de="{h}.{mm} Uhr", fr="{h} h", rm="{h}.{mm}", en="{hh}:{mm}")
_SPOKEN_CLOCK: Final = Text(
    it="{h} e {m}", de="{h} Uhr {m}", fr="{h} heures {m}", rm="{h} e {m}", en="{twelve} {mm} {half}"
)
_SPOKEN_HOUR: Final = Text(it="{h}", de="{h} Uhr", fr="{h} heures", rm="{h}", en="{twelve} {half}")
_SPOKEN_NOON: Final = Text(it="{h}", de="{h} Uhr", fr="{h} heures", rm="{h}", en="noon")
_ONE_O_CLOCK: Final = Text(it="una e {m}", de="1 Uhr {m}", fr="1 heure {m}", rm="ina e {m}", en="{twelve} {mm} {half}")
_ONE_EXACTLY: Final = Text(it="una", de="1 Uhr", fr="1 heure", rm="ina", en="{twelve} {half}")

_AT: Final = Text(it="alle {clock}", de="um {clock}", fr="à {clock}", rm="a las {clock}", en="at {clock}")
_AT_ONE: Final = Text(it="all'{clock}", de="um {clock}", fr="à {clock}", rm="a l'{clock}", en="at {clock}")
_AT_MIDNIGHT: Final = Text(it="a {clock}", de="um {clock}", fr="à {clock}", rm="a {clock}", en="at {clock}")
_FROM: Final = Text(it="dalle {clock}", de="von {clock}", fr="de {clock}", rm="da las {clock}", en="from {clock}")
_FROM_ONE: Final = Text(it="dall'{clock}", de="von {clock}", fr="de {clock}", rm="da l'{clock}", en="from {clock}")
_FROM_MIDNIGHT: Final = Text(it="da {clock}", de="von {clock}", fr="de {clock}", rm="da {clock}", en="from {clock}")
_TO: Final = Text(it="alle {clock}", de="bis {clock}", fr="à {clock}", rm="a las {clock}", en="to {clock}")
_TO_ONE: Final = Text(it="all'{clock}", de="bis {clock}", fr="à {clock}", rm="a l'{clock}", en="to {clock}")
_TO_MIDNIGHT: Final = Text(it="a {clock}", de="bis {clock}", fr="à {clock}", rm="a {clock}", en="to {clock}")

_NOON, _EVENING, _DAY_HOURS = 12, 18, 24
_MORNING_WORDS, _AFTERNOON_WORDS, _EVENING_WORDS = "in the morning", "in the afternoon", "in the evening"


def day_text(day: int) -> Text:
    """The day of a month as it stands in a date: `20`, `20.`, the first in its own form.

    >>> day_text(1).text("fr"), day_text(20).text("de", form="spoken")
    ('1er', 'zwanzigsten')
    """
    first = day == 1
    romansh = "l'emprim" if first else f"ils {day}"
    spoken = Text(
        it="primo" if first else str(day),
        de=_GERMAN_ORDINALS[day - 1],
        fr="premier" if first else str(day),
        rm=romansh,
        en=f"{day}{_ENGLISH_ENDINGS.get(day, 'th')}",
    )
    return Text(
        it="1°" if first else str(day),
        de=f"{day}.",
        fr="1er" if first else str(day),
        rm=romansh,
        en=str(day),
        spoken=spoken,
    )


def on_date(day: date, *, with_year: bool = False) -> Text:
    """A weekday and its date as they stand in a sentence, with the year where it is asked for.

    >>> on_date(date(2026, 3, 20)).text("it")
    'venerdì 20 marzo'
    """
    values = {"weekday": WEEKDAYS[day.weekday()], "day": day_text(day.day), "month": MONTHS[day.month - 1]}
    text = _DATE.fill(values)
    return _WITH_YEAR.fill({"date": text, "year": day.year}) if with_year else text


def clock(seconds: int) -> Text:
    """A time of day, in seconds after midnight.

    >>> clock(8 * 3600).text("it"), clock(13 * 3600 + 1800).text("fr", form="spoken")
    ('08.00', '13 heures 30')
    """
    hour, minute = seconds // 3600, seconds // 60 % 60
    values = {
        "h": hour,
        "hh": f"{hour:02}",
        "m": minute,
        "mm": f"{minute:02}",
        "twelve": (hour - 1) % 12 + 1,
        "half": _half_of_day(hour),
    }
    written = (_WRITTEN_CLOCK if minute else _WRITTEN_HOUR).fill(values)
    return attrs.evolve(written, spoken=_spoken_clock(hour, minute).fill(values))


def _half_of_day(hour: int) -> str:
    if hour < _NOON:
        return _MORNING_WORDS
    return _AFTERNOON_WORDS if hour < _EVENING else _EVENING_WORDS


def _spoken_clock(hour: int, minute: int) -> Text:
    if hour % _DAY_HOURS == 0 and minute == 0:
        return _MIDNIGHT
    if hour == _NOON and minute == 0:
        return _SPOKEN_NOON
    if hour == 1:
        return _ONE_O_CLOCK if minute else _ONE_EXACTLY
    return _SPOKEN_CLOCK if minute else _SPOKEN_HOUR


def at_clock(seconds: int) -> Text:
    """At a time of day: `alle 08.00`, spoken `alle 8`.

    >>> at_clock(8 * 3600).text("de"), at_clock(3600).text("it", form="spoken")
    ('um 8.00 Uhr', "all'una")
    """
    return _with_preposition(seconds, _AT, _AT_ONE, _AT_MIDNIGHT)


def from_clock(seconds: int) -> Text:
    """From a time of day on: `dalle 08.00`."""
    return _with_preposition(seconds, _FROM, _FROM_ONE, _FROM_MIDNIGHT)


def to_clock(seconds: int) -> Text:
    """Until a time of day, after `from_clock`: `alle 12.00`."""
    return _with_preposition(seconds, _TO, _TO_ONE, _TO_MIDNIGHT)


def _with_preposition(seconds: int, usual: Text, at_one: Text, at_midnight: Text) -> Text:
    time_of_day = clock(seconds)
    spoken = usual
    if seconds % 86_400 == 0:
        spoken = at_midnight
    elif seconds // 3600 == 1:
        spoken = at_one
    said = spoken.fill({"clock": time_of_day.spoken or time_of_day})
    return attrs.evolve(usual.fill({"clock": attrs.evolve(time_of_day, spoken=None)}), spoken=said)


_SPAN: Final = Text.same("{start}-{end}")
_SPAN_OF_TIME: Final = Text(it="{span}", de="{span} Uhr", fr="{span}", rm="{span}", en="{span}")
_SPOKEN_SPAN: Final = Text.same("{start} {end}")


def clock_range(start: int, end: int) -> Text:
    """From one time of day to another: `08.00-12.00`, spoken `dalle 8 alle 12`.

    >>> clock_range(8 * 3600, 12 * 3600).text("de"), clock_range(8 * 3600, 12 * 3600).text("it", form="spoken")
    ('8.00-12.00 Uhr', 'dalle 8 alle 12')
    """
    span = _SPAN.fill({"start": _bare(start), "end": _bare(end)})
    spoken = _SPOKEN_SPAN.fill({"start": from_clock(start).spoken, "end": to_clock(end).spoken})
    return attrs.evolve(_SPAN_OF_TIME.fill({"span": span}), spoken=spoken)


def _bare(seconds: int) -> Text:
    """A time of day without the German word for it, which stands once behind a range."""
    written = attrs.evolve(clock(seconds), spoken=None)
    return attrs.evolve(written, de=written.de.removesuffix(" Uhr"))
