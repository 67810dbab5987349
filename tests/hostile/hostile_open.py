"""What does not keep the laws yet, and what looks like a reader and is none.

Each entry of `OPEN` must still break its law, so the list can only become shorter.
"""

__all__ = ["NO_READERS", "OPEN"]

_TOML = {"a long number", "nested lists", "nested tables", "open brackets"}
_KEYS = {"unknown keys", "unknown tables"}

OPEN: dict[tuple[str, str], set[str]] = {
    ("email message", "type"): {"html entities"},
    ("email message", "memory"): {"nested parts", "nested parts around a long text"},
    ("email message", "marks"): {"combining marks", "marks out of order"},
    ("web form", "marks"): {repr("\u0301"), "combining marks", "marks out of order"},
    ("web form", "type"): {"a deep value", "deep"},
    ("call records", "type"): {"deep"},
    ("contact document", "type"): {"deep"},
    ("department", "type"): _TOML,
    ("department", "work"): _KEYS,
    ("iCalendar", "type"): {"a long zone"},
    ("iCalendar", "work"): {"years in one event"},
    ("OSM opening hours", "work"): {
        "a long list of dates",
        "a long list of days",
        "fallbacks",
        "movable days",
        "rules",
        "the text again, with ',' between",
        "the text again, with ';' between",
    },
    ("schema.org", "type"): {"deep"},
    ("hours TOML", "type"): _TOML,
    ("hours TOML", "work"): _KEYS,
    ("hours TOML", "memory"): _KEYS,
    ("rules TOML", "type"): _TOML,
    ("rules TOML", "work"): _KEYS,
    ("lifecycle TOML", "type"): _TOML,
    ("lifecycle TOML", "work"): _KEYS,
    ("policies TOML", "type"): _TOML,
    ("policies TOML", "work"): _KEYS,
    ("ticket event", "type"): {"deep"},
    ("dispatcher snapshot", "type"): {"deep"},
}
"""For a reader and a law, the kinds of families that break it."""

_WRITES = "writes, and reads nothing"
_PROGRAM = "takes the program's own values, which have been read already"

NO_READERS: dict[str, str] = {
    "ticontact.contacts.formats.json_schema": _WRITES,
    "ticontact.contacts.formats.reply_fields": _WRITES,
    "ticontact.contacts.formats.to_dict": _WRITES,
    "ticontact.contacts.formats.to_vcon": _WRITES,
    "ticontact.contacts.readers.counter_visit": _PROGRAM,
    "ticontact.contacts.readers.letter": _PROGRAM,
    "ticontact.i18n.dates.from_clock": _PROGRAM,
    "ticontact.i18n.terms.from_day": _PROGRAM,
    "ticontact.i18n.terms.from_to": _PROGRAM,
    "ticontact.routing.measures.Tally.check": _PROGRAM,
    "ticontact.routing.rules.Known.check_skills": _PROGRAM,
    "ticontact.routing.rules.read_rules": "is the inner part of `load`, which is held to the laws",
    "ticontact.tickets.check_policies": _PROGRAM,
}
"""Public names that sound like readers, with the reason why they are none."""
