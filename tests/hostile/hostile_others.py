"""What looks like a reader and is none."""

__all__ = ["NO_READERS"]

_WRITES = "writes, and reads nothing"
_PROGRAM = "takes the program's own values, which have been read already"

NO_READERS: dict[str, str] = {
    "ticontact.contacts.formats.reply_fields": _WRITES,
    "ticontact.contacts.formats.to_vcon": _WRITES,
    "ticontact.contacts.readers.counter_visit": _PROGRAM,
    "ticontact.contacts.readers.letter": _PROGRAM,
    "ticontact.hours.HolidayRule.from_easter": _PROGRAM,
    "ticontact.measures.OutcomeCounts.check": _PROGRAM,
    "ticontact.plain.checked": _PROGRAM,
    "ticontact.plain.checked_after": _PROGRAM,
    "ticontact.staffing.check_plan": _PROGRAM,
    "ticontact.staffing.formulas.load_carried": "takes two numbers",
    "ticontact.tickets.TicketHistory.read": _PROGRAM,
    "ticontact.tickets.sla.check_policies": _PROGRAM,
}
"""Public names that sound like readers, with the reason why they are none."""
