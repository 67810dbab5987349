"""What data protection asks of a contact centre, on one letter: store, log, redact, count, inform, erase.

Run it with `python examples/personal_data.py`; it needs ticontact alone. In your application the key comes from your
secret store, and the periods from your own regulation.
"""

import json
from datetime import date

from ticontact.contacts import CaseRef, Contact, EmailAddress, Outcome, Party, Role
from ticontact.contacts.privacy import (
    Act,
    AuditEvent,
    DueAction,
    PseudonymKey,
    RetentionRule,
    dossier,
    due,
    redact,
    tombstone,
)
from ticontact.contacts.readers import letter
from ticontact.plain import from_dict, to_dict
from ticontact.testing import instant

ENTERED = instant("2026-03-17 10:40")
CASE = CaseRef("permit", "2026/4711", office="migration")
KEY = PseudonymKey("2026", bytes(range(32)))
RULE = RetentionRule(days=365, channels=["post"], basis="regulation of the office, art. 3")


def main() -> None:
    """A letter comes, is stored and read, is asked about, and goes."""
    anna = Party(Role.CITIZEN, EmailAddress.parse("anna@example.org"), name="Anna Verdi", person="p-77")
    contact = letter(
        id="l-1",
        at=ENTERED,
        posted=date(2026, 3, 13),
        received=date(2026, 3, 16),
        sender=anna,
        cases=[CASE],
        formal_act=True,
    ).contact.ended(Outcome.ANSWERED, at=instant("2026-03-20 11:00"))

    stored = json.dumps(to_dict(contact))
    assert from_dict(Contact, json.loads(stored)) == contact
    print(AuditEvent(act=Act.STORED, object_id=contact.id, actor="operator-3", at=ENTERED))

    redacted = redact(contact, rule="statistics", by="operator-3", at=ENTERED)
    print(json.dumps(redacted.document["parties"], indent=1)[:300], "...")
    print(KEY.pseudonym(EmailAddress.parse("ANNA@example.org"), purpose="repeat contacts"))

    print(dossier("p-77", [contact], language="it"))

    later = instant("2027-03-21 08:00")
    (held,) = due([contact], [RULE], at=later, held_cases={CASE})
    (item,) = due([contact], [RULE], at=later)
    assert held.action is DueAction.HOLD
    print(item)
    print(tombstone(contact, basis=item.basis, at=later))


if __name__ == "__main__":
    main()
