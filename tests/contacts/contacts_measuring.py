"""What do messages cost that are made to be dear?

`python tests/contacts/contacts_measuring.py` reads a message of a megabyte of every shape that has cost a reader square
time or memory, and says what the dearest took: seconds of CPU a megabyte, and how many times the message in memory. It
fails beyond one second, or beyond twenty times. `--size` takes another number of bytes, names choose shapes.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Mapping
from typing import Final

import attrs

from ticontact.contacts import automatic_message, new_text
from ticontact.contacts.readers import email_message
from ticontact.contacts.threads import find_thread
from ticontact.errors import TicontactError
from ticontact.testing import instant

__all__ = ["DEAR", "Cost", "cost_of", "dear_message", "peak_of", "use_message"]

NINE: Final = instant("2026-03-18 09:00")
SECONDS: Final = 1.0  # of CPU, for a megabyte
TIMES: Final = 20  # the message, in memory
HTML: Final = b"Content-Type: text/html\n\n"
MIXED: Final = b"Content-Type: multipart/mixed; boundary=b\n\n"
FLOWED: Final = b"Content-Type: text/plain; format=flowed\n\n"
ENCODED: Final = b"Content-Transfer-Encoding: "
NESTED: Final = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (each, each) for each in range(99))
WIDE: Final = "\U0001f600".encode()  # one such character makes four bytes of each letter beside it


def _subjects() -> dict[str, tuple[bytes, bytes, bytes]]:
    repeated = {
        "marks": "\u0301\u0323".encode(),
        "encoded words": b"=?utf-8?Q?a?=",
        "words and blanks": b"=?utf-8?B?YQ==?= ",
        "empty words": b"=?utf-8?Q??=",
        "words of two sets": b"=?utf-8?Q?a?==?a?Q?b?=",
        "open words": b"=?u?Q?",
        "open languages": b"=?u*",
        "tags": b"[TI#",
        "folds": b"\n ",
        "zeros": b"ab\0",
        "directions": "\u202e".encode(),
        "blanks": " \u3000".encode(),
        "wide": b"ab ",
    }
    return {
        f"subject, {name}": (b"Subject: a" + WIDE * (name == "wide"), each, b"\n\nx") for name, each in repeated.items()
    }


def _mailboxes() -> dict[str, tuple[bytes, bytes, bytes]]:
    long = b"a@" + b"xn--a." * 40 + b"ch,"
    repeated = {
        **{f"many {each}": each.encode() for each in ('"', "\\", '"\\', "\\a", "a,", "(", "()", "<", "<>", "<a>,")},
        **{f"many {each}": each.encode() for each in (":", "a:", "a;", "@", "@,", "a@example.org,", "a@b,", "ä@ö.ch,")},
        "marks": "\u0301\u0323".encode(),
        "words": b"=?utf-8?Q?a?=",
        "domains in the DNS's letters": b"a@xn--" + b"a" * 50 + b".ch,",
        "long domains": long,
        "long names": ("ö" * 300 + "@a.ch,").encode(),
        "wide": WIDE + b"ab, ",
    }
    shapes = {
        f"{field}, {name}": (f"{field}: ".encode(), each, b"<a@example.org>\n\nx")
        for field in ("From", "To")
        for name, each in repeated.items()
    }
    return {
        **shapes,
        "From, closed comments": (b"From: " + b"(" * 400_000, b")", b"a@example.org\n\nx"),
        "To, many fields": (b"", b"To: a@example.org\n", b"\nx"),
        "relay, many addresses": (b"From: per conto di ", b"a@example.org ", b"<noreply@example.org>\n\nx"),
        "relay, many list ids": (b"List-Id: ", b"<a.b>", b"\nFrom: A via B <a@example.org>\n\nx"),
        "relay, enclosed": (
            b"From: per conto di x <posta-certificata@example.org>\nContent-Type: message/rfc822\n\nFrom: ",
            b"a@example.org,",
            b"\n\nx",
        ),
    }


def _fields() -> dict[str, tuple[bytes, bytes, bytes]]:
    part = b"--b\nContent-Type: text/plain; "
    return {
        "references": (b"References: ", b"<a@example.org> ", b"\n\nx"),
        "references, open": (b"References: ", b"< ", b"\n\nx"),
        "references, blanks": (b"References: <", b" ", b"\n\nx"),
        "date, comments": (b"Date: ", b"()", b"\n\nx"),
        "date, open comments": (b"Date: ", b"(", b"\n\nx"),
        "date, digits": (b"Date: ", b"1", b"\n\nx"),
        "date, blanks": (b"Date: 1", b" ", b"\n\nx"),
        "parameters": (b"Content-Type: text/plain", b"; a*0*=x", b"\n\nx"),
        "parameters, blanks": (MIXED, part + b" " * 4_900 + b"\n\n", b""),
        "parameters, half": (MIXED, part + b"; " * 2_400 + b"\n\n", b""),
        "parameters, names": (MIXED, part + b"a" * 4_900 + b"\n\n", b""),
        "parameters, quotes": (MIXED, part + b'a="\\' * 1_200 + b"\n\n", b""),
        "parameters, percents": (MIXED, part + b"name*=a" + b"%41" * 1_600 + b"\n\n", b""),
        "parameters, words": (MIXED, part + b"name=" + b"=?u?Q?a?=" * 500 + b"\n\n", b""),
        "file names": (MIXED, b"--b\nContent-Disposition: attachment; filename=" + b"." * 4_000 + b"/\n\n", b""),
        "fields": (b"", b"X: a\n", b"\nx"),
        "fields of lists": (b"", b"List-Id:\n", b"\nx"),
        "fields, folded": (b"X: a", b"\n b", b"\n\nx"),
        "field without a name": (b"X", b" ", b":\n\n"),
    }


def _parts() -> dict[str, tuple[bytes, bytes, bytes]]:
    return {
        "parts": (MIXED, b"--b\n", b"x"),
        "parts, last": (MIXED, b"--b--\n", b"x"),
        "parts, blanks": (MIXED + b"--b", b" ", b"x"),
        "parts, digest": (b"Content-Type: multipart/digest; boundary=b\n\n", b"--b\n\n\n", b""),
        "border of one hyphen": (b"Content-Type: multipart/mixed; boundary=-\n\n", b"-", b"x"),
        "border of 900 hyphens": (b"Content-Type: multipart/mixed; boundary=" + b"-" * 900 + b"\n\n", b"-", b"x"),
        "border of 4,900 hyphens": (b"Content-Type: multipart/mixed; boundary=" + b"-" * 4_900 + b"\n\n", b"-", b"x"),
        "borders that nearly are": (
            b"Content-Type: multipart/mixed; boundary=" + b"a" * 900 + b"\n\n",
            b"\n--" + b"a" * 899 + b"b",
            b"x",
        ),
        "parts in parts": (NESTED, b"x", b""),
        "parts in parts, lines": (NESTED, b"\n", b""),
        "parts in parts, hyphens": (NESTED, b"-", b""),
        "parts in parts, borders": (NESTED, b"--b\n", b""),
        "line ends": (b"", b"\n", b""),
        "old line ends": (b"", b"\r", b""),
        "bytes of no character": (b"\n", b"\xff", b""),
    }


def _html() -> dict[str, tuple[bytes, bytes, bytes]]:
    repeated = (
        "<",
        "<script>",
        "<!--",
        "<!",
        "<img alt='",
        "<img alt=",
        "<img alt>",
        "<div>",
        "<p>",
        "<li>",
        "<a>",
        "< ",
    )
    entities = ("&", "&#", "&amp;", "&nbsp;", "&notit", "&#769;", "&#11111111;", "&#x1F600;", "&" + "a" * 31)
    others = (" <a>", "<br>\n ", "<script></", "<style></sty", ">", "\x00", "ab <i>", "<" + "a" * 1_000 + ">")
    shapes = {f"HTML, {each[:12]}": (HTML + WIDE, each.encode(), b"") for each in (*repeated, *entities, *others)}
    return {
        **shapes,
        "HTML, a number of many digits": (HTML + b"&#", b"1", b";"),
        "HTML, a number of many zeros": (HTML + b"&#", b"0", b"65;"),
        "HTML, a hexadecimal number": (HTML + b"&#x", b"1", b";"),
        "HTML, a long name": (HTML + b"&", b"a", b""),
        "HTML, a long tag": (HTML + b"<", b" ", b">"),
        "HTML, many alternatives": (HTML + b"<img ", b"alt ", b">"),
        "HTML, in many parts": (MIXED, b"--b\nContent-Type: text/html\n\n" + b"<" * 500 + b"\n", b""),
    }


def _bodies() -> dict[str, tuple[bytes, bytes, bytes]]:
    encodings = {
        "base64": (b"=", b"Q ", b"QUFB", b"QUFB\n", b"YWJj"),
        "quoted-printable": (b"=", b"=\n", b" ", b"=41", b" \n", b"= "),
        "x-uuencode": (b"M" + b"A" * 60 + b"\n",),
    }
    charsets = {
        "utf-7": b"+2AA-",
        "utf-16": b"\xd8\x00",
        "iso-2022-jp": b"\x1b$B",
        "iso-2022-kr": b"\x0e",
        "gb18030": b"\x81\x30",
        "big5": b"\xff",
        "punycode": b"a-",
        "idna": b"a.",
        "unicode_escape": b"\\x41",
        "zlib": b"x",
        "rot13": b"a",
    }
    lines = (
        "Il 1 ",
        "Il",
        "Il 1 ha scritto:",
        ">",
        "Da: x",
        "--Original Message",
        "Da: x\nData: " + "1" * 100,
        "-- x",
        " ",
    )
    return {
        **{
            f"{name}, {each!r}": (ENCODED + name.encode() + b"\n\n", each, b"")
            for name, several in encodings.items()
            for each in several
        },
        **{
            f"characters of {name}": (f"Content-Type: text/plain; charset={name}\n\n".encode(), each, b"x")
            for name, each in charsets.items()
        },
        **{f"lines, {each[:20]!r}": (b"\n", f"{each}\n".encode(), b"x") for each in lines},
        **{f"flowed, {each!r}": (FLOWED + WIDE, each, b"") for each in (b"a \n", b"ab \n", b" \n", b" ", b"> \n")},
        "text, marks": (b"\n", "\u0301\u0323".encode(), b""),
        "text, hyphens": (b"\n", b"-", b""),
        "text, hyphens behind words": (b"\n--Original Message", b"-", b"x"),
        "text, blanks before hyphens": (b"\n" + b" " * 1_000, b"-- ", b"x"),
        "text, wide": (b"\n" + WIDE, b"ab ", b""),
        "yEnc": (b"\n=ybegin line=128 size=9 name=x\n", b"=\x7d", b""),
    }


DEAR: Final[Mapping[str, tuple[bytes, bytes, bytes]]] = {
    **_subjects(), **_mailboxes(), **_fields(), **_parts(), **_html(), **_bodies()
}  # fmt: skip
"""By name: a beginning, what is repeated, an end."""


def dear_message(name: str, size: int) -> bytes:
    """The message of a shape, about so many bytes long."""
    begin, repeated, end = DEAR[name]
    return begin[:size] + repeated * (size // len(repeated)) + end


def use_message(raw: bytes) -> str:
    """Read a message and ask of it what a department asks; `read`, or the name of the error."""
    try:
        contact = email_message(raw, at=NINE).contact
    except TicontactError as error:
        return type(error).__name__
    automatic_message(contact)
    find_thread(contact, [])
    for message in contact.messages:
        new_text(message.text)
        assert len(message.tag) < 20
    return "read"


@attrs.frozen
class Cost:
    """What a message took.

    Attributes:
        fate: `read`, or the name of the error.
        seconds: Of CPU, a megabyte.
        times: How many times the message in memory.
    """

    fate: str
    seconds: float
    times: float


def cost_of(raw: bytes) -> Cost:
    """What a message takes; read twice, for measuring memory takes time."""
    began = time.process_time()
    fate = use_message(raw)
    seconds = time.process_time() - began
    return Cost(fate, seconds * 1_000_000 / len(raw), peak_of(raw) / len(raw))


def peak_of(raw: bytes) -> int:
    """The most bytes that were held at a time."""
    tracemalloc.start()
    try:
        use_message(raw)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main() -> int:
    """Measure the shapes that are asked for, and say which are the dearest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of the names of shapes; all by default")
    parser.add_argument("--size", type=int, default=1_000_000, help="how many bytes")
    asked = parser.parse_args()
    costs = {
        name: cost_of(dear_message(name, asked.size))
        for name in DEAR
        if not asked.names or any(part in name for part in asked.names)
    }
    dearest = sorted(costs.items(), key=lambda item: -max(item[1].seconds / SECONDS, item[1].times / TIMES))
    for name, cost in dearest[:20]:
        sys.stdout.write(f"{cost.seconds:6.2f} s/MB {cost.times:6.1f} times  {cost.fate:15} {name}\n")
    sys.stdout.write(f"{len(costs)} shapes\n")
    return int(any(cost.seconds > SECONDS or cost.times > TIMES for cost in costs.values()))


if __name__ == "__main__":
    sys.exit(main())
