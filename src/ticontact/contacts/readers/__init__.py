"""What came from outside, to contacts: messages, call records, forms, letters, faxes, counter visits.

Every reader keeps what it could read and lists what was odd: `Imported(contact, findings)`. It raises nothing but a
`TicontactError`, on whatever input. Header text comes out without line ends, control characters and lone surrogates.
"""

from ticontact.contacts.readers._call_records import CallRecords, call_record, call_records
from ticontact.contacts.readers._channel_events import call_events
from ticontact.contacts.readers._desk_entries import counter_visit, fax, letter
from ticontact.contacts.readers._email_message import email_message
from ticontact.contacts.readers._exchange import CallColumns, Exchange
from ticontact.contacts.readers._findings import Finding, FindingKind, Imported
from ticontact.contacts.readers._limits import Limits
from ticontact.contacts.readers._queue_log import AgentChange, AgentChangeKind, QueueLog, queue_log
from ticontact.contacts.readers._web_form import FormNames, web_form

__all__ = [
    "AgentChange",
    "AgentChangeKind",
    "CallColumns",
    "CallRecords",
    "Exchange",
    "Finding",
    "FindingKind",
    "FormNames",
    "Imported",
    "Limits",
    "QueueLog",
    "call_events",
    "call_record",
    "call_records",
    "counter_visit",
    "email_message",
    "fax",
    "letter",
    "queue_log",
    "web_form",
]
