"""A call and an e-mail become one citizen's thread: from raw rows and bytes to who it is, and what may be said.

Run it with `python examples/one_citizens_thread.py`; it needs ticontact alone. Whatever is printed holds no personal
value: that is how the objects show themselves.
"""

import attrs

from ticontact.contacts import (
    Assurance,
    CaseRef,
    Contact,
    ContactPoint,
    EmailAddress,
    FoundCase,
    PhoneNumber,
    Verification,
    automatic_message,
    may_disclose,
    new_text,
)
from ticontact.contacts.identity import Match, Person, resolve_identity
from ticontact.contacts.readers import Exchange, call_records, email_message
from ticontact.contacts.threads import Continues, KnownThread, find_thread
from ticontact.testing import instant

EXCHANGE = Exchange(trunks=("PJSIP/trunk-",), office="migration")
ROWS = [
    {
        "src": "0791234567", "dst": "0918145500", "clid": '"VERDI ANNA" <0791234567>',
        "channel": "PJSIP/trunk-a-00000001", "dstchannel": "PJSIP/201-00000002", "lastapp": "Queue",
        "lastdata": "permits", "start": "2026-03-18 09:00:00", "answer": "2026-03-18 09:00:25",
        "end": "2026-03-18 09:04:25", "duration": "265", "billsec": "240", "disposition": "ANSWERED",
        "uniqueid": "1773820800.1", "userfield": "pratica=2026/4711",
    },
]  # fmt: skip
MAIL = b"""\
From: Anna Verdi <anna.verdi@example.org>
To: di-sp.migrazione@ti.ch
Subject: R: permesso [TI#2026-4711]
Date: Wed, 18 Mar 2026 14:12:00 +0100
Message-ID: <reply-1@example.org>
In-Reply-To: <answer-1@example.org>

Grazie, allego il contratto.

Il 18.03.2026 10:00 Ufficio <di-sp.migrazione@ti.ch> ha scritto:
> Buongiorno, ci manca il contratto.
"""

ANNA = Person(
    key="p-77",
    office="migration",
    points=[
        ContactPoint(address=PhoneNumber.parse("079 123 45 67")),
        ContactPoint(address=EmailAddress.parse("anna.verdi@example.org")),
    ],
)
THREAD = KnownThread(
    ticket="t-1",
    message_ids=frozenset({"answer-1@example.org"}),
    people=frozenset({EmailAddress.parse("anna.verdi@example.org")}),
    tag="2026-4711",
)
CASE = CaseRef("permit", "2026/4711", office="migration")


def identified(contact: Contact) -> Contact:
    """The contact with what a look-up by number or address found: a hint, until somebody has checked it."""
    match resolve_identity(contact, [ANNA], office="migration", at=contact.created_at):
        case Match(person=key, because=basis):
            print(f"  who: one entry fits ({basis.reason.text('it')})")
            first, *others = contact.parties
            found = FoundCase(CASE, Assurance.HINTED, by="case system")
            return attrs.evolve(contact, parties=[attrs.evolve(first, person=key), *others], found_cases=[found])
        case other:
            print(f"  who: {other.because.reason.text('it')}")
            return contact


def may_be_told(contact: Contact) -> None:
    """Whether the person may be told about the case, before and after an operator has checked."""
    first, *others = contact.parties
    check = Verification("questions", Assurance.CHECKED, by="operator-3", at=contact.created_at)
    checked = attrs.evolve(contact, parties=[attrs.evolve(first, verification=check), *others])
    for each in (contact, checked):
        answer = may_disclose(each, CASE, Assurance.CHECKED, concerned={"p-77"}, at=each.created_at)
        print(f"  may be told: {answer.allowed} ({answer.because.reason.text('it')})")


def main() -> None:
    """Read both, find the thread, find the person, and ask what may be said."""
    (call,) = call_records(ROWS, exchange=EXCHANGE).calls
    mail = email_message(MAIL, at=instant("2026-03-18 14:13"))
    for imported in (call, mail):
        contact = imported.contact
        print(contact)
        print(f"  from outside: {len(imported.findings)} oddities; automatic: {automatic_message(contact) is not None}")
        may_be_told(identified(contact))
    (message,) = mail.contact.messages
    answer = find_thread(mail.contact, [THREAD])
    assert isinstance(answer, Continues)
    print(f"the message continues {answer.ticket}: {answer.because.reason.text('it')}; review: {answer.needs_review}")
    print(f"new in it: {len(new_text(message.text))} of {len(message.text)} characters")


if __name__ == "__main__":
    main()
