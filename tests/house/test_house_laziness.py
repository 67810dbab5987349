"""What an import loads: a department that embeds one package does not pay for the others."""

import json
import re
import subprocess
import sys
import tomllib

import pytest
from sources import PACKAGE, ROOT

LATE = {"email_validator", "hypothesis", "icalendar", "phonenumbers", "rich", "transitions"}


def rows() -> list[set[str]]:
    """The layers as the contract in `pyproject.toml` states them, from the ground up."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["name"] == "layers")
    return [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]


ROWS = rows()
PACKAGES = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def loaded_by(statement: str) -> set[str]:
    """The names of all modules that a fresh interpreter has loaded after a statement."""
    report = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, check=True, text=True)  # noqa: S603
    return set(json.loads(done.stdout))


def parts(modules: set[str]) -> set[str]:
    """Which parts of ticontact are among these modules."""
    return {name.split(".")[1] for name in modules if name.startswith("ticontact.")}


def allowed(package: str) -> set[str]:
    """The package itself and every row below its own."""
    row = next((number for number, row in enumerate(ROWS) if package in row), len(ROWS))
    return {package}.union(*ROWS[:row])


def test_ticontact_alone_loads_nothing() -> None:
    """`import ticontact` costs next to nothing: no package, no pendulum."""
    loaded = loaded_by("import ticontact")

    assert parts(loaded) == set()
    assert "pendulum" not in loaded


@pytest.mark.parametrize("package", PACKAGES)
def test_package_loads_what_stands_below_it(package: str) -> None:
    """Neither siblings nor what stands above are loaded, and no library before it is used."""
    loaded = loaded_by(f"import ticontact.{package}")

    assert parts(loaded) - allowed(package) == set()
    assert loaded & LATE == set()


def test_calendar_alone_loads_no_stranger() -> None:
    """Business hours can be embedded alone."""
    loaded = loaded_by("from ticontact.hours import BusinessCalendar")

    assert (
        parts(loaded) & {"routing", "contacts", "tickets", "departments", "desk", "replay", "reports", "cli"} == set()
    )
    assert loaded & LATE == set()
