"""Every case of the conformance files, judged by the adapter of its area."""

from collections.abc import Callable
from typing import Any

from conformance_kit import Area

Record = Callable[[str, object], None]


def test_case(area: Area, conformance_id: str, conformance_case: Any, record_property: Record) -> None:
    """Our answer is the expected one, or a policy says why it is not."""
    record_property("area", area.name)
    record_property("verdict", area.judge(conformance_id, conformance_case))


def test_policies(conformance_area: Area) -> None:
    """Every policy names a case, and they are few."""
    conformance_area.find_stale_policies()
    conformance_area.count_policies()
