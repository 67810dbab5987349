"""Numbers, addresses, messages and call records, beside the bare libraries."""

import email
import email.policy
import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator

import pendulum
from measuring import Row, best_of

from ticontact.contacts import AddressReader, EmailAddress, PhoneNumber
from ticontact.contacts.readers import call_records, email_message

__all__ = ["measure"]

AT = pendulum.datetime(2026, 3, 18, 9, tz="Europe/Zurich")
NUMBER = "091 814 55 00"
ADDRESS = "anna.verdi@example.org"
SIX_FIELDS = ("from", "to", "subject", "date", "message-id", "references")
MICROSECOND = 1e-6


def measure() -> Iterator[Row]:
    """The rows of this area: the time of a call, and of an import."""
    yield _row("a telephone number, checked, both forms", lambda: PhoneNumber.parse(NUMBER), _phone_peers())
    yield _row("an e-mail address", lambda: EmailAddress.parse(ADDRESS), _address_peers())
    raw = message()
    yield _row("a message of 4 KB", lambda: email_message(raw, at=AT), _message_peers(raw))
    rows = call_rows(1_000)
    yield _row("1,000 call records", lambda: call_records(rows), {})
    reader = AddressReader(remember=10_000)
    yield _row("1,000 call records, numbers remembered", lambda: call_records(rows, addresses=reader), {})
    yield _import_row()


def _row(what: str, ours: Callable[[], object], peers: dict[str, Callable[[], object]]) -> Row:
    figures = {name: best_of(peer) / MICROSECOND for name, peer in peers.items()}
    return Row(what=what, ours=best_of(ours) / MICROSECOND, peers=figures, unit="us")


def _import_row() -> Row:
    """CPU time of a fresh interpreter: contacts above what pendulum and attrs take, beside what it waits with."""
    base = _imported("pendulum, attrs")
    peers = ("phonenumbers", "email_validator", "mailparser")
    figures = {name: _imported(name) - _imported("sys") for name in peers if importlib.util.find_spec(name)}
    ours = _imported("pendulum, attrs, ticontact.contacts") - base
    return Row(what="import, above pendulum and attrs", ours=ours, peers=figures, unit="s")


def _imported(names: str, rounds: int = 7) -> float:
    """Seconds of CPU until some modules are imported; the best of some rounds."""
    program = f"import time; import {names}; print(time.process_time())"
    command = [sys.executable, "-c", program]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(rounds))  # noqa: S603


def _phone_peers() -> dict[str, Callable[[], object]]:
    import phonenumbers as library  # noqa: PLC0415 - a peer

    def bare() -> object:
        number = library.parse(NUMBER, "CH")
        forms = library.PhoneNumberFormat
        return (
            library.is_valid_number(number),
            library.number_type(number),
            library.format_number(number, forms.E164),
            library.format_number(number, forms.NATIONAL),
        )

    return {"phonenumbers": bare}


def _address_peers() -> dict[str, Callable[[], object]]:
    from email_validator import validate_email  # noqa: PLC0415 - a peer

    return {"email-validator": lambda: validate_email(ADDRESS, check_deliverability=False)}


def _message_peers(raw: bytes) -> dict[str, Callable[[], object]]:
    def standard() -> object:
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        body = parsed.get_body(("plain",))
        return [parsed[name] for name in SIX_FIELDS], body.get_content() if body else ""

    peers: dict[str, Callable[[], object]] = {"email.parser": standard}
    try:
        mail_parser = importlib.import_module("mailparser")
    except ImportError:
        return peers
    return peers | {"mail-parser": lambda: mail_parser.parse_from_bytes(raw)}


def message() -> bytes:
    """A reply of about 4 KB with a plain and an HTML form, as mail programs send it."""
    lines = "Buongiorno, vorrei sapere a che punto è la mia domanda di rinnovo del permesso.\r\n" * 18
    head = (
        "From: =?utf-8?Q?Anna_Verd=C3=AC?= <anna.verdi@example.org>\r\nTo: Ufficio <di-sp.migrazione@ti.ch>\r\n"
        "Subject: =?utf-8?Q?Citt=C3=A0?= e permesso\r\nDate: Wed, 18 Mar 2026 09:00:00 +0100\r\n"
        "Message-ID: <2@example.org>\r\nIn-Reply-To: <1@example.org>\r\nReferences: <0@example.org> <1@example.org>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n"
    )
    parts = (
        f"\r\n--b\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
        for kind, body in (("plain", lines), ("html", f"<p>{lines}</p>"))
    )
    return (head + "".join(parts) + "--b--\r\n").encode()


def call_rows(count: int) -> list[dict[str, str]]:
    """So many answered calls."""
    row = {
        "src": "0791234567", "dst": "0918145500", "clid": '"0791234567" <0791234567>', "channel": "PJSIP/trunk-a-1",
        "dstchannel": "PJSIP/201-2", "lastapp": "Queue", "lastdata": "q", "start": "2026-03-18 09:00:00",
        "answer": "2026-03-18 09:00:10", "end": "2026-03-18 09:02:10", "duration": "130", "billsec": "120",
        "disposition": "ANSWERED", "userfield": "pratica=2026/4711",
    }  # fmt: skip
    return [{**row, "uniqueid": str(number)} for number in range(count)]
