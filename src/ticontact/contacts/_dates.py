"""On which days did it happen, where nobody knows the hour?"""

from datetime import date, datetime

import attrs

from ticontact.errors import ContactError
from ticontact.plain import checked_after

__all__ = ["Dates", "holds_on", "in_order", "is_day"]


def is_day(owner: object, attribute: "attrs.Attribute[date | None]", value: object) -> None:
    """A validator of attrs: the value is a date without a clock time, or None."""
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        place = f"{type(owner).__name__}.{attribute.alias}"
        raise ContactError(
            f"{place}: allowed: a date without a clock time; {type(value).__name__} was given", given=value, field=place
        )


def holds_on(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether a day lies between two others, both included; None is no bound."""
    return (valid_from or date.min) <= day <= (valid_to or date.max)


def in_order(place: str, valid_from: date | None, valid_to: date | None, error: type[ContactError]) -> None:
    """Refuse a time of validity that ends before it begins."""
    if valid_from and valid_to and valid_to < valid_from:
        raise error(f"{place}: allowed: valid_from <= valid_to", field=place)


@attrs.frozen(kw_only=True, field_transformer=checked_after)
class Dates:
    """What happened on a day without a clock time, as with a letter. A datetime is refused: no hour is invented.

    Attributes:
        posted: The date of the postmark, which decides whether a term was kept.
        received: The date of the entry stamp.
        scanned: The date of the scan.
    """

    posted: date | None = attrs.field(default=None, validator=is_day)
    received: date | None = attrs.field(default=None, validator=is_day)
    scanned: date | None = attrs.field(default=None, validator=is_day)
