"""What came from outside, to contacts: messages, call records, forms, letters, faxes, counter visits.

Every reader keeps what it could read and lists what was odd: `Imported(contact, findings)`. It raises nothing but a
`TicontactError`, on whatever input. Header text comes out without line ends, control characters and lone surrogates.
"""

from ticontact.contacts.readers._email_message import email_message
from ticontact.contacts.readers._findings import Finding, FindingKind, Imported
from ticontact.contacts.readers._limits import Limits

__all__ = ["Finding", "FindingKind", "Imported", "Limits", "email_message"]
