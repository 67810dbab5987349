"""Every public reader and parser, as one call on the raw bytes that a stranger may send.

A reader is everything that ticontact offers to take in what somebody else wrote. The law tests, the fuzzing and the
benchmark of the readers go over this list, and a test holds the list complete.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import attrs

from ticontact import contacts, departments, desk, errors, hours, plain, replay, routing, tickets
from ticontact.contacts import formats, readers
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.routing import rules
from ticontact.testing import instant
from ticontact.tickets.sla import Deadlines

__all__ = ["READERS", "BytesReader", "Reader", "TextReader", "ValueReader", "fate"]

_TESTS: Final = Path(__file__).parents[1]
_CASES: Final = _TESTS / "conformance" / "cases"
_ZONE: Final = "Europe/Zurich"
NINE: Final = instant("2026-03-18 09:00")


@attrs.frozen
class Reader:
    """One reader.

    Attributes:
        name: What the tests and the fuzzing call it.
        read: Reads what `parsed` makes of the bytes.
        seeds: Good inputs, as bytes.
        covers: The public names that it stands for.
    """

    name: str
    read: Callable[[Any], object] = attrs.field(repr=False)
    seeds: tuple[bytes, ...] = attrs.field(repr=False)
    covers: tuple[str, ...] = ()

    def parsed(self, raw: bytes) -> Any:
        """What the reader takes, made of raw bytes."""
        raise NotImplementedError


class BytesReader(Reader):
    """Takes the bytes as they are."""

    def parsed(self, raw: bytes) -> Any:
        """The bytes."""
        return raw


class TextReader(Reader):
    """Takes a text; bytes that are no UTF-8 become lone surrogates, as texts from other programs have them."""

    def parsed(self, raw: bytes) -> Any:
        """The text."""
        return raw.decode("utf-8", "surrogateescape")


class ValueReader(Reader):
    """Takes plain data, as `json.loads` gives them."""

    def parsed(self, raw: bytes) -> Any:
        """The data; what is no JSON object becomes one, so that nothing is lost."""
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            value = raw.decode("utf-8", "surrogateescape")
        return value if isinstance(value, dict) else {"value": value}


def fate(reader: Reader, given: Any) -> str:
    """Read or refused: `read`, or the name of the `TicontactError`; whatever else is raised comes out."""
    try:
        reader.read(given)
    except errors.TicontactError as refused:
        str(refused)
        return type(refused).__name__
    return "read"


def _asked(calendar: hours.BusinessCalendar) -> object:
    """A calendar is lazy: it is asked too."""
    try:
        return calendar.explain(at=NINE), calendar.add(timedelta(hours=1), at=NINE)
    except errors.NeverOpen:
        return None


def _closures(text: str) -> object:
    found = ical.read_closures(text, zone=_ZONE)
    closures = [each for each in found if isinstance(each, hours.Closure)]
    breaks = [each for each in found if isinstance(each, hours.Break)]
    week = hours.Week.parse("Mo-Fr 08:00-12:00")
    return _asked(hours.BusinessCalendar(zone=_ZONE, week=week, closures=closures, breaks=breaks))


def _openings(text: str) -> object:
    found = ical.read_openings(text, zone=_ZONE, first=NINE.date(), last=NINE.date().add(years=1))
    return _asked(hours.BusinessCalendar(zone=_ZONE, week=hours.Week.closed(), overrides=found))


def _calendars(text: str) -> object:
    return [_asked(calendar) for calendar in toml.read(text).values()]


def _week(text: str) -> object:
    return _asked(hours.BusinessCalendar(zone=_ZONE, week=hours.Week.parse(text)))


def _rows(text: str) -> Iterator[dict[str, str]]:
    """Rows of a call record: each line `field=value` and so on, with tabs between."""
    for line in text.split("\n"):
        yield dict(pair.partition("=")[::2] for pair in line.split("\t"))


def _as_lines(row: Mapping[str, str]) -> str:
    return "\t".join(f"{name}={value}" for name, value in row.items())


def _rows_in(value: dict[str, Any]) -> list[Any]:
    rows = value.get("rows")
    return rows if isinstance(rows, list) else [value]


def _call_rows(value: dict[str, Any]) -> object:
    return readers.call_records(_rows_in(value))


def _one_call(value: dict[str, Any]) -> object:
    return readers.call_record(_rows_in(value))


def _form(value: dict[str, Any]) -> object:
    return readers.web_form(value, id="w-1", at=NINE)


def _entered(value: dict[str, Any]) -> object:
    sender, reached = (text if isinstance(text := value.get(name), str) else "" for name in ("sender", "reached"))
    return readers.fax(id="f-1", at=NINE, sender=sender, reached=reached)


OFFICE: Final = departments.load((files("ticontact.replay") / "data" / "migrazione.toml").read_text(encoding="utf-8"))


def _desk() -> desk.Desk:
    return desk.Desk(OFFICE, agents=[routing.Agent(id="anna", skills={"general": 5}, languages={"it": 10})])


def _desk_of(value: dict[str, Any]) -> object:
    fresh = _desk()
    fresh.restore(value)
    return fresh.snapshot()


def _dispatcher() -> routing.Dispatcher:
    return routing.Dispatcher(agents=[routing.Agent(id="anna")], queues=[routing.Queue(id="office")])


def _dispatcher_of(value: dict[str, Any]) -> object:
    fresh = _dispatcher()
    fresh.restore(value)
    return fresh.snapshot()


def _busy_desk() -> dict[str, Any]:
    busy = _desk()
    entry = next(entry for entry in OFFICE.entries.values() if entry.channel.name == "voice")
    contact = contacts.Contact(
        id="c-1", channel=entry.channel, direction=contacts.Direction.INBOUND, language="it", created_at=NINE
    )
    busy.handle(desk.events.AgentSignedIn(id="e-1", agent="anna"), at=NINE)
    busy.handle(desk.events.ContactArrived(id="e-2", contact=contact, entry=entry.id), at=NINE)
    busy.handle(desk.events.QueueJoined(id="e-3", contact="c-1"), at=NINE)
    return busy.snapshot()


def _busy_dispatcher() -> dict[str, Any]:
    busy = _dispatcher()
    busy.sign_in("anna", at=NINE)
    for name in ("w-1", "w-2"):
        busy.arrive(routing.WorkItem(id=name, channel=contacts.CHANNELS.named("voice"), queue="office"), at=NINE)
    return busy.snapshot()


def _deadlines_of(value: dict[str, Any]) -> object:
    fresh = Deadlines()
    fresh.restore(value)
    return fresh.snapshot()


def _some_deadlines() -> dict[str, Any]:
    """Of two promises, of which one is overdue and told."""
    kept = Deadlines()
    for name, due in (("t-1", 1), ("t-2", 2**50)):
        promise = tickets.Promise(id="call", who="ivo", what="calls", given_instant=0, due_instant=due)
        kept.put(name, [], promises=[promise])
    kept.tell(NINE)
    return kept.snapshot()


def _json(*values: object) -> tuple[bytes, ...]:
    return tuple(json.dumps(value).encode() for value in values)


def _case_rows() -> list[dict[str, str]]:
    cases = json.loads((_CASES / "cdr_cases.json").read_text(encoding="utf-8"))["cases"]
    return [row["fields"] | {"linkedid": row["linkedid"]} for case in cases for row in case["rows"]]


_GOLDEN: Final = tuple(path.read_bytes() for path in sorted((_TESTS / "plain" / "golden").glob("contact-*.json")))
_CONTACT: Final = plain.from_dict(contacts.Contact, json.loads(_GOLDEN[-1]))
_EMAILS: Final = tuple(path.read_bytes() for path in sorted((_CASES / "rfc5322_messages").glob("*.eml")))
_RECORD: Final = gzip.decompress(
    (files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()
)[:600]
_TOML_HOURS: Final = b"""[office]
zone = "Europe/Zurich"
week = "Mo-Fr 08:00-12:00,13:30-17:00"
holidays = "TI administration"
from = 2015-01-19
[[office.closure]]
from = 2026-12-24
until = 2026-12-31
"""
_RULES: Final = b"""[[rule]]
name = "asylum"
when.queue = "asylum"
when.weekday = "Mo"
when.hour = { between = ["08:00", "12:00"] }
then.require.asylum = 3
then.prefer = { case_owner = true, reserve_for = "2min" }
then.relax = [{ after = "5min", require.asylum = 1 }]
"""
_LIFECYCLE: Final = b"""name = "permits"
initial = "new"
reopening_within = "240h"
[[state]]
name = "new"
category = "new"
label = { it = "nuovo", de = "neu", fr = "nouveau", rm = "nov", en = "new" }
[[state]]
name = "closed"
category = "closed"
[[edge]]
trigger = "close"
from = ["new"]
to = "closed"
reasons = ["answered", "empty"]
[[timer]]
id = "remind"
in = ["new"]
after = "3 working days"
calendar = "office"
"""
_POLICIES: Final = b"""[[policy]]
name = "citizens"
when.priority = ["high", "urgent"]
[[policy.target]]
metric = "first_response"
within = "4h"
calendar = "office"
warn_at_percent = 75
[[policy.target]]
metric = "resolution"
within = "10 working days"
calendar = "office"
cut_off = "15:00"
"""
_RECURRING: Final = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Zurich:20260302T090000
DTEND;TZID=Europe/Zurich:20260302T100000
RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=9
EXDATE;TZID=Europe/Zurich:20260331T090000
RDATE;VALUE=DATE-TIME;TZID=Europe/Zurich:20260318T090000
DESCRIPTION:riunione
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Zurich:20260428T090000
DTSTART;TZID=Europe/Zurich:20260429T090000
DURATION:PT1H
END:VEVENT
END:VCALENDAR
"""
_GRAPH: Final = {
    "@graph": [
        {"@type": "WebSite"},
        {"@id": "#a", "dayOfWeek": ["Monday", "Friday"], "opens": "8.00", "closes": "5:00 PM"},
        {
            "contactPoint": {
                "hoursAvailable": [
                    {"@id": "#a"},
                    {
                        "dayOfWeek": "Monday",
                        "validFrom": "2026-06-30T22:00:00Z",
                        "name": [{"@language": "it", "@value": "x"}],
                    },
                ]
            }
        },
    ]
}
_ICAL: Final = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270102\r\nSUMMARY:Natale\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n"
    b"UID:2\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Zurich:20260318T080000\r\nDURATION:PT2H\r\n"
    b"SUMMARY:Formazione\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_SCHEMA_ORG: Final = {
    "openingHoursSpecification": [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": ["Monday", "Tuesday"], "opens": "08:00", "closes": "12:00"},
        {"dayOfWeek": "https://schema.org/Friday", "opens": "14:00", "closes": "18:00", "validFrom": "2026-01-01"},
    ],
    "specialOpeningHoursSpecification": [
        {"validFrom": "2026-12-24", "validThrough": "2026-12-31", "opens": "00:00", "closes": "00:00"}
    ],
}
_FORM: Final = {"name": "Anna Verdi", "email": "anna@example.org", "phone": "079 123 45 67", "message": "Buongiorno"}

_QUEUE_LOG: Final = b"""1773820800|1.1|q|NONE|DID|0918145500
1773820801|1.1|q|NONE|ENTERQUEUE||0791234567|1
1773820805|1.1|q|PJSIP/201|RINGNOANSWER|3000
1773820811|1.1|q|PJSIP/202|CONNECT|10|1.5|4
1773820811|NONE|q|PJSIP/202|PAUSE|pranzo
1773820911|1.1|q|PJSIP/202|COMPLETECALLER|10|100|1"""
_LOG_COLUMNS: Final = ("time", "callid", "queuename", "agent", "event", "data1", "data2", "data3")
_EVENTS: Final = [
    {
        "eventtype": kind, "eventtime": f"2026-03-18 09:00:{at:02}", "channame": channel, "uniqueid": unique,
        "linkedid": "1.1", "cid_num": "0791234567", "exten": "0918145500", "appname": "Queue", "appdata": "q,t",
        "extra": '{"bridge_id":"b1"}', "peer": peer,
    }
    for at, kind, channel, unique, peer in (
        (0, "CHAN_START", "PJSIP/trunk-1", "1.1", ""), (1, "APP_START", "PJSIP/trunk-1", "1.1", ""),
        (2, "CHAN_START", "PJSIP/201-2", "1.2", ""), (5, "BRIDGE_ENTER", "PJSIP/201-2", "1.2", ""),
        (5, "BRIDGE_ENTER", "PJSIP/trunk-1", "1.1", "PJSIP/201-2"), (9, "CHAN_END", "PJSIP/201-2", "1.2", ""),
        (9, "CHAN_END", "PJSIP/trunk-1", "1.1", ""),
    )
]  # fmt: skip

READERS: Final = (
    BytesReader(
        "email message",
        lambda raw: readers.email_message(raw, at=NINE),
        _EMAILS,
        ("ticontact.contacts.readers.email_message",),
    ),
    ValueReader("web form", _form, _json(_FORM), ("ticontact.contacts.readers.web_form",)),
    ValueReader(
        "fax",
        _entered,
        _json({"sender": "+41 91 814 55 09", "reached": "0918145500"}),
        ("ticontact.contacts.readers.fax",),
    ),
    ValueReader(
        "call records",
        _call_rows,
        _json({"rows": _case_rows()[:12]}),
        ("ticontact.contacts.readers.call_records",),
    ),
    TextReader(
        "queue log",
        lambda text: readers.queue_log(text.split("\n")),
        (_QUEUE_LOG,),
        ("ticontact.contacts.readers.queue_log",),
    ),
    ValueReader(
        "queue log rows",
        lambda value: readers.queue_log(_rows_in(value)),
        _json(
            {
                "rows": [
                    dict(zip(_LOG_COLUMNS, line.split("|"), strict=False)) for line in _QUEUE_LOG.decode().splitlines()
                ]
            }
        ),
    ),
    ValueReader(
        "channel events",
        lambda value: readers.call_events(_rows_in(value)),
        _json({"rows": _EVENTS}),
        ("ticontact.contacts.readers.call_events",),
    ),
    ValueReader("call record", _one_call, _json(_case_rows()[0]), ("ticontact.contacts.readers.call_record",)),
    TextReader(
        "phone number",
        contacts.parse_phone,
        (b"+41 91 814 55 00", b"tel:+41918145500;ext=12", b"Tel. 079 123 45 67 int. 3", b"117", b"0800 SWISS1"),
        ("ticontact.contacts.parse_caller", "ticontact.contacts.parse_phone"),
    ),
    TextReader(
        "PhoneNumber",
        contacts.PhoneNumber.parse,
        (b"+41 91 814 55 00", b"0039 02 1234 5678"),
        ("ticontact.contacts.PhoneNumber.parse",),
    ),
    TextReader(
        "ShortNumber",
        contacts.ShortNumber.parse,
        (b"117", b"1414", b"1 811"),
        ("ticontact.contacts.ShortNumber.parse",),
    ),
    TextReader(
        "email address",
        contacts.EmailAddress.parse,
        (b"anna@example.org", b"Anna.Verdi+x@xn--bcher-kva.example", b"a@\xc3\xbc.example"),
        ("ticontact.contacts.EmailAddress.parse",),
    ),
    TextReader(
        "SIP address",
        contacts.SipAddress.parse,
        (b"sip:anna@example.org:5060;transport=tls", b"sips:+41918145500@pbx.example.org"),
        ("ticontact.contacts.SipAddress.parse",),
    ),
    TextReader("AHV number", contacts.AhvNumber.parse, (b"756.1234.5678.97",), ("ticontact.contacts.AhvNumber.parse",)),
    TextReader("UID", contacts.Uid.parse, (b"CHE-123.456.788 MWST",), ("ticontact.contacts.Uid.parse",)),
    TextReader(
        "external id",
        lambda text: contacts.ExternalId.checked("permit", text),
        (b"2026/1",),
        ("ticontact.contacts.ExternalId.checked",),
    ),
    TextReader(
        "new part of a reply",
        contacts.new_text,
        (b"Grazie\n\nIl 18.03.2026 Anna ha scritto:\n> ciao\n-- \nAnna\n",),
        ("ticontact.contacts.new_text",),
    ),
    ValueReader(
        "contact document", partial(plain.from_dict, contacts.Contact), _GOLDEN, ("ticontact.plain.from_dict",)
    ),
    ValueReader(
        "desk event",
        partial(plain.from_dict, desk.events.DeskEvent),
        tuple(path.read_bytes() for path in sorted((_TESTS / "plain" / "golden").glob("offer_accepted-*.json"))),
        (),
    ),
    ValueReader(
        "vCon",
        formats.from_vcon,
        _json(formats.to_vcon(_CONTACT, uuid="018f2b1e-0000-8000-8000-000000000001")),
        ("ticontact.contacts.formats.from_vcon",),
    ),
    TextReader(
        "department",
        departments.load,
        ((files("ticontact.replay") / "data" / "migrazione.toml").read_bytes(),),
        ("ticontact.departments.load", "ticontact.departments.check"),
    ),
    TextReader(
        "week",
        _week,
        (b"Mo-Fr 08:00-12:00,13:30-17:00; Sa 09:00-11:30", b"Mo 08:00-12:00; Th[1,-1],We[odd] 14:00-18:00"),
        ("ticontact.hours.Week.parse",),
    ),
    TextReader(
        "window", hours.TimeWindow.parse, (b"08:00-12:00", b"22.00-02.00"), ("ticontact.hours.TimeWindow.parse",)
    ),
    TextReader("iCalendar", _closures, (_ICAL, _RECURRING), ("ticontact.hours.notation.ical.read_closures",)),
    TextReader(
        "iCalendar opening times",
        _openings,
        (_ICAL, _RECURRING),
        ("ticontact.hours.notation.ical.read_openings",),
    ),
    TextReader(
        "OSM opening hours",
        lambda text: _asked(osm.read(text, zone=_ZONE)),
        (
            b"Mo-Fr 08:00-12:00,13:30-17:00; Sa[1] 09:00-11:00; Dec 24-31 off",
            b'Oct Su[-1]-May 31 We[-1] +1 day 08:00-12:00, PH off || "by appointment"',
            b'week 1-53/2 Tu 10:00-26:00; easter +1 day off "Pasquetta"; 2026 Jul-Aug Mo off || closed "x"',
        ),
        ("ticontact.hours.notation.osm.read",),
    ),
    ValueReader(
        "schema.org",
        lambda value: _asked(schema_org.read(value, zone=_ZONE)),
        _json(_SCHEMA_ORG, _GRAPH),
        ("ticontact.hours.notation.schema_org.read",),
    ),
    TextReader("hours TOML", _calendars, (_TOML_HOURS,), ("ticontact.hours.notation.toml.read",)),
    TextReader(
        "holidays by name",
        toml.holidays_named,
        (b"TI administration", b"GR holidays"),
        ("ticontact.hours.notation.toml.holidays_named",),
    ),
    TextReader("rules TOML", rules.load, (_RULES,), ("ticontact.routing.rules.load",)),
    TextReader("lifecycle TOML", tickets.load_lifecycle, (_LIFECYCLE,), ("ticontact.tickets.load_lifecycle",)),
    TextReader("policies TOML", tickets.load_policies, (_POLICIES,), ("ticontact.tickets.load_policies",)),
    ValueReader(
        "ticket event",
        partial(plain.from_dict, tickets.events.TicketEvent),
        _json(*json.loads((_TESTS / "tickets" / "golden_events.json").read_text(encoding="utf-8"))),
    ),
    TextReader(
        "recorded day",
        lambda text: replay.read_record(text.split("\n")),
        (_RECORD,),
        ("ticontact.replay.read_record",),
    ),
    ValueReader("desk snapshot", _desk_of, _json(_busy_desk()), ("ticontact.desk.Desk.restore",)),
    ValueReader(
        "dispatcher snapshot",
        _dispatcher_of,
        _json(_busy_dispatcher()),
        ("ticontact.routing.Dispatcher.restore",),
    ),
    ValueReader("deadlines", _deadlines_of, _json(_some_deadlines()), ("ticontact.tickets.sla.Deadlines.restore",)),
)
