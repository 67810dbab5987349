"""Measure ticontact beside its peers: `python benchmarks/run.py [area ...] [--json FILE]`.

An area is a module in `areas/` with `measure()`, which yields rows. A peer that is not installed is left out; `nox -s
bench` installs them all. Quote the ratios: they hold on another machine, the figures do not.
"""

import argparse
import importlib
import json
import pkgutil
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from measuring import Row

__all__ = ["main"]

_SCALES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure the named areas, or all, and print a table for each."""
    known = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent / "areas")]))
    options = _options(known, argv)
    figures: dict[str, list[Row]] = {}
    for area in options.areas or known:
        figures[area] = list(importlib.import_module(f"areas.{area}").measure())
        print("\n".join(table(area, figures[area])), flush=True)
    if options.json:
        options.json.write_text(json.dumps(as_json(figures), indent=2) + "\n", encoding="utf-8")


def _options(known: Sequence[str], argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description="Measure ticontact beside its peers.")
    parser.add_argument("areas", nargs="*", metavar="area", help=f"of: {', '.join(known)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(argv)
    for area in options.areas:
        if area not in known:
            parser.error(f"no area {area!r}; there are: {', '.join(known)}")
    return options


def table(area: str, rows: Sequence[Row]) -> Iterator[str]:
    """The rows of an area in columns: the question, our figure, and each peer's with its ratio."""
    cells = [["", "ticontact", "peer", "its figure", "ratio"]]
    for row in rows:
        ours = [row.what, figure(row.ours, row.unit)]
        beside = [[peer, figure(row.peers[peer], row.unit), f"{ratio:.3g}x"] for peer, ratio in row.ratios.items()]
        first, *others = beside or [["", "", ""]]
        cells += [ours + first, *(["", "", *other] for other in others)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    yield f"{area}"
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    yield ""


def figure(value: float, unit: str) -> str:
    """A figure with its unit: three digits, seconds scaled so that they can be read."""
    if unit != "s":
        return f"{value:,.0f} {unit}" if value >= 1000 else f"{value:.3g} {unit}"  # noqa: PLR2004 - four digits and more
    scale, name = next((each for each in _SCALES if value >= each[0]), _SCALES[-1])
    return f"{value / scale:.3g} {name}"


def as_json(figures: Mapping[str, Sequence[Row]]) -> dict[str, object]:
    """The same figures for machines, with the Python they were measured on."""
    areas = {
        area: [
            {"what": row.what, "unit": row.unit, "ours": row.ours, "peers": dict(row.peers), "ratios": dict(row.ratios)}
            for row in rows
        ]
        for area, rows in figures.items()
    }
    return {"python": platform.python_version(), "areas": areas}


if __name__ == "__main__":
    main()
