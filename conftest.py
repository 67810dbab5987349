"""One pytest run for everything that can be executed: tests, docstrings, README and docs."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

pytest_plugins = ["conformance_plugin"]
collect_ignore = [
    "examples/circolazione"
]  # a package of its own: `nox -s department` runs its tests where it is installed

# No deadlines: a slow machine is no fault. Where nobody watches, the same examples are tried in every run.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("brief", settings.get_profile("ci"), max_examples=25)
settings.register_profile("fast", settings.get_profile("ci"), max_examples=10)
settings.register_profile(  # planting faults runs the same tests many times over, and asks only whether one fails
    "mutation",
    settings.get_profile("ci"),
    max_examples=50,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

SLOW = {
    *("test_desk_machine.py", "test_desk_restoring.py", "test_reports_day.py", "test_routing_determinism.py"),
    *("test_routing_dispatcher_machine.py", "test_routing_estimates.py", "test_routing_exercise_rule.py"),
    *("test_routing_exhaustive.py", "test_routing_faulty_days.py", "test_routing_long_run.py"),
    *("test_staffing_against_lifelines.py", "test_staffing_against_mpmath.py", "test_staffing_compare.py"),
    *("test_staffing_demand.py", "test_staffing_desk_against_formulas.py", "test_staffing_expectation.py"),
    *("test_staffing_on_dask.py", "test_staffing_plans.py", "test_staffing_skills.py"),
    *("test_routing_restoring.py", "test_contacts_leaks.py", "test_hostile_laws.py", "test_house_patterns.py"),
    *("test_plain_every_value.py", "test_plain_laws.py"),
    *(
        "test_hours_formats.py",
        "test_hours_laws.py",
        "test_hours_oracles.py",
        "test_tickets_life.py",
        "test_tickets_deadlines.py",
        "test_tickets_merging.py",
        "test_house_laziness.py",
    ),
}
"""Files with a test of a second or more: `nox -s fast` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    for item in items:
        if item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)


_documents = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], pattern="*.md")
_docstrings = Sybil(parsers=[DocTestParser()], pattern="*.py", path="src")

pytest_collect_file = (_documents + _docstrings).pytest()
