"""Phone cases in ticontact's own terms."""

from collections.abc import Iterable
from typing import Any

from ticontact.contacts import PhoneNumber, ShortNumber, parse_phone
from ticontact.errors import InvalidPhoneNumber

FILE = "phone_cases.json"


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:  # noqa: ARG001 - the shape of every adapter
    """Accepted with these forms, accepted as a short number, or refused."""
    assert expected(case) == found(case)


def expected(case: Any) -> dict[str, Any] | str:
    """What the case says, as far as it says it."""
    if case["expect"] == "refuse":
        return "refused"
    if case["expect"] == "accept_short":
        return {"short": case["short"], "emergency": case["emergency"]}
    return {key: case[key] for key in ("e164", "type", "national", "international", "extension")}


def found(case: Any) -> dict[str, Any] | str:
    """What we make of it."""
    try:
        number = parse_phone(case["input"], region=case["region"])
    except InvalidPhoneNumber:
        return "refused"
    if isinstance(number, ShortNumber):
        return {"short": number.number, "emergency": number.emergency}
    return _forms(number)


def _forms(number: PhoneNumber) -> dict[str, Any]:
    return {
        "e164": number.e164,
        "type": number.kind.value,
        "national": number.national,
        "international": number.international,
        "extension": number.extension or None,
    }
