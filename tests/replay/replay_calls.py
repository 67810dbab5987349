"""Recorded calls for the tests of replays: one at nine, and what else may become of it."""

from datetime import date

import attrs

from ticontact.replay import RecordedCall, RecordedOutcome

__all__ = ["CALL", "HUNG_UP", "MONDAY", "NINE", "PHANTOM", "UNQUEUED"]

MONDAY = date(2015, 1, 19)
NINE = 9 * 3600

CALL = RecordedCall(
    line=2,
    id="call-1",
    customer="4711",
    priority=0,
    kind="PS",
    day=date(1999, 1, 4),
    arrived=NINE,
    entered=NINE + 8,
    queued=True,
    wait=12,
    outcome=RecordedOutcome.ANSWERED,
    service_start=NINE + 20,
    service=100,
    server="ANNA",
)
"""A call at nine: 8 s of announcement, 12 s in line, 100 s with Anna."""

HUNG_UP = attrs.evolve(
    CALL, id="call-2", outcome=RecordedOutcome.HUNG_UP, service_start=None, service=None, server=None
)
"""The same, but the caller hung up after the 12 s."""

UNQUEUED = attrs.evolve(HUNG_UP, id="call-3", queued=False, wait=0, customer=None)
"""The same, but gone in the announcement."""

PHANTOM = attrs.evolve(HUNG_UP, id="call-4", outcome=RecordedOutcome.PHANTOM)
"""A row with no caller behind it."""
