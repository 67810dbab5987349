"""Tables as plain text: columns as wide as their widest cell, words to the left and figures to the right."""

from collections.abc import Sequence

__all__ = ["text_table"]

_GAP = "  "


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1, indent: str = "  ") -> str:
    """Lay out a table.

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
