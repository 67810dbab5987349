"""Recorded days through the very same desk: what was recorded beside what the rules would have made of it."""

from ticontact.replay._bank_record import Record, RecordedCall, RecordedOutcome, read_record
from ticontact.replay._day_journal import ContactTrace, Journal
from ticontact.replay._inferred_staff import PresenceRule
from ticontact.replay._recorded_days import DayRun, Figures, figures, replay_day

__all__ = [
    "ContactTrace",
    "DayRun",
    "Figures",
    "Journal",
    "PresenceRule",
    "Record",
    "RecordedCall",
    "RecordedOutcome",
    "figures",
    "read_record",
    "replay_day",
]
