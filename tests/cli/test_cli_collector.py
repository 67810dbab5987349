"""The garbage collector rests while a record is replayed, and only then."""

import gc
from contextlib import suppress

import pytest

from ticontact.cli._replay import collector_resting


class TestResting:
    """Whatever it did before, it does afterwards."""

    @pytest.mark.parametrize("was_on", [True, False])
    def test_as_before(self, *, was_on: bool) -> None:
        """Also where the replay breaks off."""
        before = gc.isenabled()
        try:
            (gc.enable if was_on else gc.disable)()
            with suppress(KeyError), collector_resting():
                assert not gc.isenabled()
                raise KeyError

            assert was_on == gc.isenabled()
        finally:
            (gc.enable if before else gc.disable)()
