"""Tables as plain text, and the figures of a day as such tables: recorded beside replayed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import attrs

from ticontact._time import seconds_of
from ticontact.departments import ServiceLevelTarget
from ticontact.i18n import Language, Text
from ticontact.i18n._figures import decimal, percent, whole
from ticontact.i18n._texts import reports as texts
from ticontact.measures import Ratio
from ticontact.replay import Figures
from ticontact.replay._recorded_days import Comparison

__all__ = ["Data", "compared_data", "group_table", "measure_table", "text_table"]

_GAP: Final = "  "
_NOTHING: Final = "-"
Data = dict[str, object]
Cell = Callable[[Figures, Language], str]


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1, indent: str = "  ") -> str:
    """Lay out a table: columns as wide as their widest cell, words to the left and figures to the right.

    Args:
        header: One title a column.
        rows: The cells, as many a row as there are titles.
        words: How many columns, from the left, hold words; the others hold figures.
        indent: What stands before every line.

    Returns:
        The lines, without a line end after the last; a rule of dashes separates the header.
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        aligned = [
            cell.ljust(width) if number < words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return (indent + _GAP.join(aligned)).rstrip()

    return "\n".join([line(header), line(["-" * width for width in widths]), *map(line, rows)])


def _count(name: str) -> Cell:
    return lambda figures, language: whole(getattr(figures, name), language)


def _share(name: str) -> Cell:
    def cell(figures: Figures, language: Language) -> str:
        ratio: Ratio = getattr(figures, name)
        return _NOTHING if ratio.ratio is None else percent(ratio.ratio, language)

    return cell


def _seconds(name: str) -> Cell:
    def cell(figures: Figures, language: Language) -> str:
        amount: timedelta | None = getattr(figures, name)
        return _NOTHING if amount is None else decimal(amount.total_seconds(), language)

    return cell


_MEASURES: Final[tuple[tuple[Text, Cell], ...]] = (
    (texts.REACHABILITY, _share("reachability")),
    (texts.ALL_CALLS, _count("contacts")),
    (texts.CLOSED, _count("out_of_hours")),
    (texts.OFFERED, _count("offered")),
    (texts.ANSWERED, _count("answered")),
    (texts.ABANDONED, _count("abandoned")),
    (texts.ABANDONED_ANNOUNCEMENT, _count("abandoned_announcement")),
    (texts.FALLBACK, _count("fallback")),
    (texts.MEAN_WAIT, _seconds("mean_wait")),
    (texts.P90_WAIT, _seconds("p90_wait")),
    (texts.SERVICE_LEVEL, _share("service_level")),
)
_COLUMNS: Final[tuple[tuple[Text, Cell], ...]] = (
    (texts.REACHABILITY, _share("reachability")),
    (texts.ANSWERED, _count("answered")),
    (texts.ABANDONED, _count("abandoned")),
    (texts.MEAN_WAIT, _seconds("mean_wait")),
    (texts.SERVICE_LEVEL, _share("service_level")),
)


def measure_table(compared: Comparison, target: ServiceLevelTarget, language: Language) -> str:
    """All measures of some contacts, one a line, recorded beside replayed."""
    header = [words.text(language) for words in (texts.MEASURE, texts.RECORDED, texts.REPLAYED)]
    rows = [
        [_named(words, target, language), cell(compared.recorded, language), cell(compared.replayed, language)]
        for words, cell in _MEASURES
    ]
    return text_table(header, rows)


def group_table(title: Text, groups: Mapping[str, Comparison], target: ServiceLevelTarget, language: Language) -> str:
    """The main measures of each group, one a line; each measure is recorded / replayed."""
    header = [title.text(language), texts.OFFERED.text(language)]
    header += [_named(words, target, language) for words, _ in _COLUMNS]
    rows = [
        [name, whole(compared.replayed.offered, language), *(_pair(cell, compared, language) for _, cell in _COLUMNS)]
        for name, compared in groups.items()
    ]
    return text_table(header, rows)


def _pair(cell: Cell, compared: Comparison, language: Language) -> str:
    return f"{cell(compared.recorded, language)} / {cell(compared.replayed, language)}"


def _named(words: Text, target: ServiceLevelTarget, language: Language) -> str:
    return words.fill({"percent": target.percent, "within": seconds_of(target.within)}).text(language)


def compared_data(compared: Comparison) -> Data:
    """The figures twice as plain data: waits are seconds, shares are between 0 and 1, what is unknown is None."""
    return {"recorded": _figures(compared.recorded), "replayed": _figures(compared.replayed)}


def _figures(figures: Figures) -> Data:
    return {
        **attrs.asdict(figures, recurse=False),
        "reachability": figures.reachability.ratio,
        "service_level": figures.service_level.ratio,
        "mean_wait": _as_seconds(figures.mean_wait),
        "p90_wait": _as_seconds(figures.p90_wait),
    }


def _as_seconds(amount: timedelta | None) -> float | None:
    return None if amount is None else amount.total_seconds()
