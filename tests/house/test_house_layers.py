"""The layers hold: an import that the architecture forbids breaks its contract."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sources import PACKAGE, ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package, with its contracts, to be spoilt."""
    shutil.copytree(PACKAGE, tmp_path / "src" / "ticontact", ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a copy."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    path = {**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=path, capture_output=True, check=False, text=True)  # noqa: S603


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("hours", "import ticontact.routing", "layers"),
        ("routing", "import ticontact.tickets", "layers"),
        ("contacts", "import ticontact.hours", "layers"),
        ("errors", "import ticontact.hours", "layers"),
        ("desk", "import ticontact.replay", "layers"),
        ("hours", "import os", "the core does no I/O and has no clock"),
        ("desk", "import random", "the core does no I/O and has no clock"),
        ("tickets", "import transitions", "transitions stands behind one door"),
        ("hours", "import phonenumbers", "phonenumbers stands behind one door"),
        ("desk", "import email_validator", "email_validator stands behind one door"),
        ("hours", "import ticontact.testing", "nothing imports the public testing helpers"),
    ],
)
def test_forbidden_import_breaks_its_contract(copy: Path, module: str, line: str, contract: str) -> None:
    """Upward, sideways, out of the program or past a door: each is found, also inside a function."""
    package = copy / "src" / "ticontact" / module
    file = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    with file.open("a", encoding="utf-8") as spoilt:
        spoilt.write(f"\n\ndef spoilt() -> None:\n    {line}\n")

    report = lint(copy)

    assert report.returncode == 1
    assert f"{contract} BROKEN" in report.stdout


def test_package_keeps_its_contracts(copy: Path) -> None:
    """Without a spoilt line every contract is kept, so the ones above break for the right reason."""
    report = lint(copy)

    assert (report.returncode, "BROKEN" in report.stdout) == (0, False)
