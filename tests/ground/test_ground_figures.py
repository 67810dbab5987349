"""Figures are written as Swiss readers of each language write them."""

import pytest

from ticontact.i18n import Language
from ticontact.i18n._figures import decimal, percent, whole


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("it", ("1'834", "1'234,57", "88,6\N{NO-BREAK SPACE}%")),
        ("de", ("1'834", "1'234,57", "88,6\N{NO-BREAK SPACE}%")),
        ("fr", ("1\N{NO-BREAK SPACE}834", "1\N{NO-BREAK SPACE}234,57", "88,6\N{NO-BREAK SPACE}%")),
        ("rm", ("1'834", "1'234,57", "88,6\N{NO-BREAK SPACE}%")),
        ("en", ("1,834", "1,234.57", "88.6%")),
    ],
)
def test_each_language_has_its_marks(language: Language, expected: tuple[str, str, str]) -> None:
    """Thousands, decimals and percent follow the language."""
    assert (whole(1834, language), decimal(1234.567, language, places=2), percent(0.886, language)) == expected


def test_no_places_means_no_mark() -> None:
    """A decimal without places is a whole number."""
    assert (decimal(1234.4, "it", places=0), decimal(1234.4, "en", places=0)) == ("1'234", "1,234")
