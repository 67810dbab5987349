"""Days on the workers of Dask: any executor runs them."""

import importlib
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from test_staffing_compare import AS_PLANNED, ONE_FEWER, days

from ticontact.staffing.compare import compare


@pytest.fixture(name="client")
def _client() -> Iterator[Any]:
    """Two workers, in threads of this process."""
    distributed: Any = importlib.import_module("distributed")  # it has types for a part of its functions alone
    with (
        warnings.catch_warnings(action="ignore"),  # what an idle cluster says of its clocks and ports is not ours
        distributed.Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None) as client,
    ):
        yield client


def test_dask_gives_the_same_answer(client: Any) -> None:
    """To the last digit."""
    with client.get_executor() as executor:
        there = compare(AS_PLANNED, ONE_FEWER, days(3), executor=executor)

    assert there == compare(AS_PLANNED, ONE_FEWER, days(3))
