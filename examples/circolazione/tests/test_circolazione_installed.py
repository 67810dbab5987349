"""The package is found by the rules that it declares, and by nothing else."""

import circolazione
import pytest

from ticontact.errors import ConfigurationError
from ticontact.routing import rules

NAMES = ["circolazione-counter", "circolazione-language", "circolazione-medical", "circolazione-service"]


def test_its_rules_are_installed() -> None:
    """Under the names of the entry points, whatever else is installed."""
    assert [*rules.installed(allow=NAMES)] == NAMES


def test_a_program_asks_for_those_it_wants() -> None:
    """Those alone are loaded, and may stand beside rules of its own."""
    allowed = rules.installed(allow=["circolazione-medical"])

    assert [*allowed] == ["circolazione-medical"]
    assert [*rules.named(circolazione.counter, **allowed)] == ["counter", "circolazione-medical"]


def test_a_slip_of_the_pen_is_told_what_there_is() -> None:
    """Before any contact arrives."""
    with pytest.raises(ConfigurationError, match="circolazione-medicine: no package brings such a rule") as refused:
        rules.installed(allow=["circolazione-medicine"])

    assert all(name in str(refused.value) for name in NAMES)
