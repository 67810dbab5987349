"""E-mail address cases in ticontact's own terms."""

from collections.abc import Iterable
from typing import Any

from ticontact.contacts import EmailAddress
from ticontact.errors import InvalidEmailAddress

FILE = "email_cases.json"
FORMS = {
    "normalized": "normalized",
    "local": "local",
    "domain": "domain",
    "ascii_domain": "ascii_domain",
    "ascii_address": "ascii",
    "needs_smtputf8": "needs_smtputf8",
    "match_key": "match_key",
}


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:  # noqa: ARG001 - the shape of every adapter
    """Accepted with these forms, or refused; where either will do, the accepted form counts."""
    answer = found(case)
    match case["expect"]:
        case "refuse":
            assert answer == "refused"
        case "either":
            assert answer == "refused" or answer["normalized"] == case.get("normalized_if_accepted", case["input"])
        case _:
            assert answer == {key: case[key] for key in FORMS}


def found(case: Any) -> Any:
    """What we make of it."""
    try:
        address = EmailAddress.parse(case["input"])
    except InvalidEmailAddress:
        return "refused"
    return {key: getattr(address, name) for key, name in FORMS.items()}
