"""Recorded days through the very same desk: what was recorded beside what the rules would have made of it."""

from ticontact.replay._record import Record, RecordedCall, RecordedOutcome, RowFault, read_record
from ticontact.replay._staff import PresenceRule, StaffMember, infer_staff

__all__ = [
    "PresenceRule",
    "Record",
    "RecordedCall",
    "RecordedOutcome",
    "RowFault",
    "StaffMember",
    "infer_staff",
    "read_record",
]
