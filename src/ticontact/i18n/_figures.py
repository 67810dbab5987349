"""Numbers, shares and spans of time as Swiss readers of each language write them.

Thousands: 1'834 in Italian, German and Romansh, 1 834 in French, 1,834 in English. Decimals: a comma, in English a
point. Source: Federal Chancellery, writing guides of the Swiss federal administration (numbers outside amounts of
money).
"""

from typing import Final

from ticontact.i18n._text import Language

__all__ = ["decimal", "percent", "whole"]

_THOUSANDS: Final[dict[Language, str]] = {"it": "'", "de": "'", "fr": "\N{NO-BREAK SPACE}", "rm": "'", "en": ","}


def whole(number: int, language: Language) -> str:
    """A whole number with its thousands apart.

    >>> whole(1834, "it"), whole(1834, "en")
    ("1'834", '1,834')
    """
    return f"{number:,}".replace(",", _THOUSANDS[language])


def decimal(number: float, language: Language, *, places: int = 1) -> str:
    """A number with a fixed count of decimal places.

    >>> decimal(40.66, "it"), decimal(40.66, "en")
    ('40,7', '40.7')
    """
    digits, _, fraction = f"{number:,.{places}f}".partition(".")
    mark = "." if language == "en" else ","
    return digits.replace(",", _THOUSANDS[language]) + (mark + fraction if fraction else "")


def percent(share: float, language: Language) -> str:
    """A share between 0 and 1 in percent, with one decimal place.

    >>> percent(0.886, "en")
    '88.6%'
    """
    return decimal(share * 100, language) + ("%" if language == "en" else "\N{NO-BREAK SPACE}%")
