"""Real messages and rows, spoilt as often as wished: read or refused, and nothing else, in bounded time and memory.

`python tests/contacts/contacts_spoiling.py 100000` spoils so many messages and as many rows, and says how they fared;
then it reads long messages of shapes that have cost other readers square time. It fails if anything but a contact or a
`TicontactError` comes out, or if one input takes too long or too much memory. The same number spoils the same inputs in
the same way.
"""

import argparse
import hashlib
import itertools
import json
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator

import attrs
from contacts_inputs import MESSAGES, ROWS

from ticontact.contacts import Contact, automatic_message, new_text
from ticontact.contacts.formats import Trust, from_vcon, to_vcon
from ticontact.contacts.readers import Exchange, Imported, call_records, email_message
from ticontact.contacts.threads import find_thread
from ticontact.errors import TicontactError
from ticontact.plain import from_dict, to_dict
from ticontact.testing import instant

__all__ = ["SHAPES", "Fate", "long_fate", "message_fate", "row_fate", "spoilt_message", "spoilt_row"]

NINE = instant("2026-03-18 09:00")
EXCHANGE = Exchange(extensions=r"[23]\d\d")
UUID = "018f2b1e-0000-8000-8000-000000000001"
SPLINTERS = [
    *(b"=?utf-8?Q?=0A?=", b"\r\n", b"\n\n", b"\0", b"\xff", b'"', b"(" * 50, b"<", b">", b"--m1", b"; boundary=x"),
    *(b"filename*0*=", b"@", b"Content-Type: multipart/mixed; boundary=b\n\n", b"charset=utf-16", b"=?x?B?////?="),
    *(b"Content-Transfer-Encoding: base64\n", b"\xe2\x80\xae", b"[TI#1]", b"<" * 300, b"&#x110000;", b"Date: 32 Foo"),
]
VALUES = [
    *("", "x", "-1", "2026-10-25 02:30:00", "2026-03-29 02:30:00", "9999-12-31 23:59:59", "999999999", "anonymous"),
    *("117", "\0", "1" * 300, "+41" + "9" * 40, "\u202e", "ANSWERED", "SIP/201-1", "Local/310@x;1", "pratica=" * 50),
]
HTML = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n"
SHAPES = {  # a beginning, what is repeated, an end
    "open comments": (b"From: ", b"(", b"\n\nx"),
    "nested comments": (b"From: " + b"(" * 5_000, b")", b" a@example.org\n\nx"),
    "open quotes": (b"From: ", b'"\\', b"<a@example.org>\n\nx"),
    "pairs": (b"From: ", b"\\a", b"<a@example.org>\n\nx"),
    "names": (b"From: ", b"a,", b"<a@example.org>\n\nx"),
    "groups": (b"From: " + b"a" * 5_000 + b"@", b":", b"\n\nx"),
    "angles": (b"From: ", b"<", b"\n\nx"),
    "mailboxes": (b"To: ", b"a@example.org,", b"\n\nx"),
    "encoded words": (b"Subject: ", b"=?utf-8?Q?a?=", b"\n\nx"),
    "broken words": (b"Subject: ", b"=?", b"\n\nx"),
    "tags": (b"Subject: ", b"[TI#", b"\n\nx"),
    "folds": (b"Subject: a", b"\n ", b"\n\nx"),
    "references": (b"References: ", b"<a@example.org> ", b"\n\nx"),
    "dates": (b"Date: ", b"(", b"\n\nx"),
    "parameters": (b"Content-Type: text/plain", b"; a*0*=x", b"\n\nx"),
    "fields": (b"", b"List-Id: a\n", b"\nx"),
    "parts": (MIXED, b"--b\n", b"x"),
    "parts in parts": (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (each, each) for each in range(90)),
        b"x",
        b"",
    ),
    "tags of HTML": (HTML, b"<", b""),
    "scripts": (HTML, b"<script>", b""),
    "remarks": (HTML, b"<!--", b""),
    "pictures": (HTML, b"<img alt='", b""),
    "introductions": (b"\n", b"Il 1 \n", b""),
    "quotes": (b"\n", b">\n", b"x"),
    "soft breaks": (b"Content-Type: text/plain; format=flowed\n\n", b"a \n", b""),
    "padding": (b"Content-Transfer-Encoding: base64\n\n", b"=", b""),
    "line ends": (b"", b"\n", b""),
}
SLOWEST = 5.0  # seconds for one input, of a megabyte at most: some five times what the slowest takes
LARGEST = 250_000_000  # bytes for one input


class Chance:
    """A stream of numbers that a seed decides. It is mutable: each question moves it on."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._asked = itertools.count()

    def below(self, bound: int) -> int:
        """The next number from 0 up to a bound."""
        digest = hashlib.sha256(f"{self._seed}:{next(self._asked)}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % bound


def spoilt_message(number: int) -> bytes:
    """The message of a number: pieces of it overwritten, cut out, doubled, or filled with splinters."""
    chance = Chance(f"message {number}")
    raw = MESSAGES[chance.below(len(MESSAGES))]
    for _ in range(1 + chance.below(8)):
        start = chance.below(len(raw) + 1)
        end = start + chance.below(60)
        piece = (SPLINTERS[chance.below(len(SPLINTERS))], b"", raw[start:end] * 2, bytes([chance.below(256)]))
        raw = raw[:start] + piece[chance.below(len(piece))] + raw[end if chance.below(2) else start :]
    return raw


def spoilt_row(number: int) -> dict[str, str]:
    """The row of a number: columns with other values, with another's value, or without any."""
    chance = Chance(f"row {number}")
    row = dict(ROWS[chance.below(len(ROWS))])
    columns = sorted(row)
    for _ in range(1 + chance.below(4)):
        column = columns[chance.below(len(columns))]
        other = (VALUES[chance.below(len(VALUES))], row.get(columns[chance.below(len(columns))], ""))
        row[column] = other[chance.below(2)]
        if not chance.below(6):
            del row[column]
            columns.remove(column)
    return row


def message_fate(number: int) -> str:
    """What became of a spoilt message: `read`, or the name of the error."""
    try:
        _use(email_message(spoilt_message(number), at=NINE))
    except TicontactError as error:
        return type(error).__name__
    return "read"


def row_fate(number: int) -> str:
    """What became of a spoilt row: `read`, or the name of the error."""
    records = call_records([spoilt_row(number)], exchange=EXCHANGE)
    for call in records.calls:
        _use(call)
    return "read" if records.calls else "".join(type(error).__name__ for error in records.refused.values())


def long_fate(number: int, size: int = 1_000_000) -> str:
    """What became of a message of a shape that is so many bytes long."""
    begin, repeated, end = SHAPES[[*SHAPES][number % len(SHAPES)]]
    raw = begin + repeated * (size // len(repeated)) + end
    try:
        imported = email_message(raw, at=NINE)
    except TicontactError as error:
        return type(error).__name__
    for message in imported.contact.messages:
        new_text(message.text)
        assert len(message.tag) < 20
    return "read"


def _use(imported: Imported) -> None:
    """Do with a contact what a department does: decide, store, exchange, read back."""
    contact = imported.contact
    automatic_message(contact)
    find_thread(contact, [])
    for message in contact.messages:
        new_text(message.text)
    document = json.dumps(to_dict(contact))
    if to_dict(from_dict(Contact, json.loads(document))) != json.loads(document):
        raise AssertionError("it did not come back from its document")
    if from_vcon(to_vcon(contact, uuid=UUID), trust=Trust.STORED).contact != contact:
        raise AssertionError("it did not come back from its vCon")


@attrs.frozen(kw_only=True)
class Fate:
    """How many inputs fared.

    Attributes:
        kinds: How many were read, and how many were refused with which error.
        slowest: The longest that one took, in seconds.
        largest: The most memory that one of those measured took, in bytes.
        seconds: All together.
    """

    kinds: Counter[str]
    slowest: float
    largest: int
    seconds: float


def fate_of(judge: Callable[[int], str], count: int, every: int = 50) -> Fate:
    """How so many inputs fare; the memory of one in fifty is measured, which is slow."""
    kinds: Counter[str] = Counter()
    times, sizes = [0.0], [0]
    began = time.perf_counter()
    for number in range(count):
        start = time.perf_counter()
        kinds[judge(number)] += 1
        times.append(time.perf_counter() - start)
        if number % every == 0:
            tracemalloc.start()
            judge(number)
            sizes.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    return Fate(kinds=kinds, slowest=max(times), largest=max(sizes), seconds=time.perf_counter() - began)


def main() -> int:
    """Spoil as many as asked for, and say how they fared."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=1_000, help="how many messages, and how many rows")
    count = parser.parse_args().count
    failed = False
    for name, fate in _fates(count):
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in fate.kinds.most_common())
        figures = f"slowest {fate.slowest * 1000:.1f} ms, most memory {fate.largest / 1000:.0f} kB"
        sys.stdout.write(f"{fate.kinds.total():,} {name} in {fate.seconds:.0f} s: {kinds}\n  {figures}\n")
        failed |= fate.slowest > SLOWEST or fate.largest > LARGEST
    return int(failed)


def _fates(count: int) -> Iterator[tuple[str, Fate]]:
    yield "messages", fate_of(message_fate, count)
    yield "rows", fate_of(row_fate, count)
    yield "long messages", fate_of(long_fate, len(SHAPES), every=1)


if __name__ == "__main__":
    sys.exit(main())
