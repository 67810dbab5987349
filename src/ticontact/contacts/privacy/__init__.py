"""What data protection asks of contacts, as pure functions: the class of a field decides everything.

The class of every field, redaction with a record, keyed pseudonyms, a plan of what is due for deletion, the dossier for
the right of access, tombstones, and audit events. What the law asks of a department, and what it has to decide itself,
is in the documentation.
"""

from ticontact.contacts.privacy._audit import Act, AuditEvent
from ticontact.contacts.privacy._dossier import dossier
from ticontact.contacts.privacy._field_classes import field_classes
from ticontact.contacts.privacy._pseudonym import PseudonymKey
from ticontact.contacts.privacy._redaction import Redacted, redact
from ticontact.contacts.privacy._retention import DueAction, DueItem, RetentionRule, Tombstone, due, tombstone

__all__ = [
    "Act",
    "AuditEvent",
    "DueAction",
    "DueItem",
    "PseudonymKey",
    "Redacted",
    "RetentionRule",
    "Tombstone",
    "dossier",
    "due",
    "field_classes",
    "redact",
    "tombstone",
]
