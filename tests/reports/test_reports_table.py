"""Tables are as wide as their widest cell, words to the left and figures to the right."""

from ticontact.reports._table import text_table


def test_columns_line_up() -> None:
    """The first column is flush left, the figures flush right, and nothing trails."""
    table = text_table(["Queue", "n"], [["general", "7"], ["fax", "1'037"]])

    assert table.splitlines() == [
        "  Queue        n",
        "  -------  -----",
        "  general      7",
        "  fax      1'037",
    ]


def test_more_columns_may_hold_words() -> None:
    """A table of words alone has no trailing blanks."""
    table = text_table(["Kind", "stands for"], [["PS", "general"]], words=2, indent="")

    assert table.splitlines() == ["Kind  stands for", "----  ----------", "PS    general"]


def test_a_table_without_rows_is_its_header() -> None:
    """No row is no error."""
    assert text_table(["a"], [], indent="").splitlines() == ["a", "-"]
