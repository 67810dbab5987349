"""The libraries behind the doors are loaded at the first number and the first address, and never their heavy parts."""

import json
import subprocess
import sys

import pytest

BEHIND_DOORS = {"phonenumbers", "email_validator"}
NEVER = ("dns", "phonenumbers.geocoder", "phonenumbers.carrier", "phonenumbers.timezone", "email.parser")
MESSAGE = 'b"From: anna@example.org\\n\\nx"'
ALL = "from ticontact.contacts import *; from ticontact.contacts import formats, privacy, readers"
AT = "from ticontact.testing import instant; at = instant('2026-03-18 09:00')"


def loaded_by(statements: str) -> set[str]:
    """The names of all modules that a fresh interpreter has loaded after some statements."""
    report = f"{statements}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, check=True, text=True)  # noqa: S603
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (ALL, set()),
        (f"{ALL}; Withheld(), CaseRef('permit', '1'), AddressReader(remember=9), formats.Trust.STORED", set()),
        (f"{ALL}; parse_phone('091 814 55 00')", {"phonenumbers"}),
        (f"{ALL}; EmailAddress.parse('a@example.org')", {"email_validator"}),
        (f"{ALL}; {AT}; readers.email_message({MESSAGE}, at=at)", {"email_validator"}),
        (f"{ALL}; {AT}; readers.counter_visit(id='v', at=at, desk=CounterDesk('Camorino', '4'))", set()),
        (f"{ALL}; {AT}; readers.fax(id='f', at=at, sender='091 814 31 29')", {"phonenumbers"}),
    ],
)
def test_library_is_loaded_when_it_is_needed(statements: str, expected: set[str]) -> None:
    """And not before; a parser of mail, a resolver of names and tables of places are never loaded."""
    loaded = loaded_by(statements)

    assert loaded & BEHIND_DOORS == expected
    assert [name for name in NEVER if name in loaded] == []


@pytest.mark.parametrize("package", ["readers", "formats", "privacy"])
def test_values_alone_load_no_subpackage(package: str) -> None:
    """Readers, formats and privacy tools are imported by name."""
    assert f"ticontact.contacts.{package}" not in loaded_by("import ticontact.contacts")
