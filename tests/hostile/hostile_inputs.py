"""Hostile inputs: good ones that are spoilt in any number of ways, and families whose members grow as one wishes.

The same number makes the same input, on every Python and in every process.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs
from hostile_readers import Reader, TextReader, ValueReader

__all__ = ["Family", "families", "spoilt_bytes", "spoilt_input", "weight", "words_of"]

SPLINTERS: Final[tuple[bytes, ...]] = (
    *(b"\0", b"\n", b"\r\n\r\n", b"\t", b" " * 40, b"\xff", b"\xed\xa0\x80", "\u202e".encode(), "\u0301".encode() * 40),
    *("\ufdfa".encode() * 8, "٣".encode(), "１２".encode(), "\u2028".encode(), "ß".encode(), "I\u0307".encode()),
    *(b"0" * 20, b"9" * 30, b"-1", b"1e999", b"NaN", b"0x10", b"1_000", b"00", b"99999999999999999999", b"9" * 5000),
    *(b"0001-01-01", b"9999-12-31", b"2026-02-30", b"2026-03-29T02:30:00", b"24:00", b"99:99", b"00:00-00:00"),
    *(
        b"Europe/Zurich",
        b"Europe",
        b"localtime",
        b"right/UTC",
        b"../../etc/passwd",
        b"posixrules",
        b"UTC\0",
        b"Factory",
    ),
    *(
        b"[" * 60,
        b"]]",
        b"{" * 60,
        b"}",
        b'"',
        b"'",
        b'"""',
        b"\\",
        b"\\u0000",
        b"(" * 60,
        b"<" * 40,
        b"&#" + b"9" * 60,
    ),
    *(b"=?utf-8?Q?=0A?=", b"=?x?B?////?=", b"=?utf-8?b?", b"?=", b"; boundary=b", b"--b", b"--b--", b"filename*0*="),
    *(b"Content-Type: multipart/mixed; boundary=b\n\n", b"Content-Type: message/rfc822\n\n", b"charset=utf-7"),
    *(
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"Date: 32 Foo",
        b"@",
        b"<a@",
    ),
    *(
        b"easter +300 days",
        b"week 1-53/0",
        b"Mo[-5]",
        b"2026-1900",
        b"Jan 32",
        b"PH",
        b"sunrise-sunset",
        b"||",
        b"off;",
    ),
    *(b"RRULE:FREQ=SECONDLY\r\n", b"DTSTART;TZID=Europe:20260318T080000", b"DURATION:P99999999W", b"BEGIN:VEVENT\r\n"),
    *(b"a.b.c.d.e = 1\n", b"[a.a]\n", b"[[a]]\n", b"= 1", b"tel:", b"sip:", b";ext=1", b"anonymous", b"+", b"(0)"),
)
OTHERS: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 10**30, -(10**30), 1.5, float("nan"), float("inf"), 1e308, "", "x", "\0", "\ud800"),
    *("0", "-1", "9" * 400, "x" * 2000, "\u0301" * 200, "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z"),
    *(
        "2026-10-25T02:30:00+02:00",
        "2026-02-30",
        "Europe",
        "localtime",
        "right/UTC",
        [],
        {},
        [[]],
        ["x"],
        {"type": "x"},
    ),
    *([None], [{}] * 40, {"": ""}, "P1D", "24:00", "tel:+41" + "9" * 40, "mailto:", "+41791234567", "a@example.org"),
)


def _chances(number: int, name: str) -> Iterator[int]:
    """Numbers without end that look random."""
    for turn in range(10**9):
        digest = hashlib.blake2b(f"{name} {number} {turn}".encode(), digest_size=32).digest()
        yield from (int.from_bytes(digest[place : place + 4], "big") for place in range(0, 32, 4))


def spoilt_input(reader: Reader, number: int) -> Any:
    """One of the reader's good inputs, spoilt in one to four ways."""
    chance = _chances(number, reader.name)
    seed = reader.seeds[next(chance) % len(reader.seeds)]
    if isinstance(reader, ValueReader) and next(chance) % 8:
        value = json.loads(seed)
        for _ in range(1 + next(chance) % 4):
            value = _spoilt_value(value, chance)
        return value if isinstance(value, dict) else {"value": value}
    for _ in range(1 + next(chance) % 4):
        seed = _spoilt(seed, chance)
    return reader.parsed(seed)


def spoilt_bytes(raw: bytes, number: int) -> bytes:
    """A JSON text with something else at some place."""
    return json.dumps(_spoilt_value(json.loads(raw), _chances(number, ""))).encode()


def _spoilt(raw: bytes, chance: Iterator[int]) -> bytes:  # noqa: PLR0911 - one line for each way to spoil
    """Bytes with a piece gone, doubled, moved, changed, or with a splinter in them."""
    size = len(raw)
    begin = next(chance) % (size + 1)
    end = min(size, begin + 1 + next(chance) % max(1, next(chance) % 2 * size or 12))
    piece = raw[begin:end]
    splinter = SPLINTERS[next(chance) % len(SPLINTERS)]
    match next(chance) % 7:
        case 0:
            return raw[:begin] + raw[end:]
        case 1:
            return raw[:begin] + piece * (2 + next(chance) % 30) + raw[end:]
        case 2:
            return raw[:begin] + raw[end:] + piece
        case 3:
            return raw[:begin] + bytes([next(chance) % 256]) + raw[begin + 1 :]
        case 4:
            return raw[:begin]
        case 5:
            return raw[:begin] + splinter + raw[end:]
        case _:
            return raw[:begin] + splinter + raw[begin:]


MOST_PLACES = 20_000


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys, from the outside in."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if any(inner is other for other in OTHERS):  # it is shared by all inputs: what grew in one would grow in all
            continue
        keys = list(inner) if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        for key in keys:
            found.append((inner, key))
            waiting.append(inner[key])
    return found


def _spoilt_value(value: Any, chance: Iterator[int]) -> Any:
    """Plain data with one place gone, doubled, renamed, or holding something else."""
    places = _places(value)
    if not places:
        return {"value": OTHERS[next(chance) % len(OTHERS)]}
    if len(places) > MOST_PLACES:  # doubled again and again it would be the test that fills the memory
        return value
    holder, key = places[next(chance) % len(places)]
    other_holder, other_key = places[next(chance) % len(places)]
    other = json.loads(json.dumps(other_holder[other_key]))
    match next(chance) % 6:
        case 0:
            del holder[key]
        case 1:
            holder[key] = other
        case 2 if isinstance(holder, list):
            holder[key:key] = [json.loads(json.dumps(holder[key])) for _ in range(1 + next(chance) % 20)]
        case 3 if isinstance(holder, dict):
            holder["x" + str(key)] = holder.pop(key)
        case 4 if isinstance(holder[key], str):
            text = _spoilt(holder[key].encode("utf-8", "surrogatepass"), chance)
            holder[key] = text.decode("utf-8", "replace")
        case _:
            holder[key] = OTHERS[next(chance) % len(OTHERS)]
    return value


def words_of(reader: Reader) -> list[bytes]:
    """Words that a fuzzer may put in: splinters, and pieces of the reader's good inputs."""
    pieces = {word for seed in reader.seeds[:20] for word in seed.split() if 1 < len(word) <= 24}
    return sorted({word for word in (*SPLINTERS, *pieces) if len(word) <= 40})[:400]


@attrs.frozen
class Family:
    """Inputs of one shape and any size.

    Attributes:
        name: What grows.
        make: The input with so many of it.
        most: The largest number that is tried, a multiple of four.
        kind: What families that differ only in their place have in common.
    """

    name: str
    make: Callable[[int], Any] = attrs.field(repr=False)
    most: int = 400
    kind: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))


def weight(value: Any) -> int:
    """How large an input is, about as its sender would count bytes."""
    total, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            total += len(inner.encode("utf-8", "surrogatepass")) + 2
        elif isinstance(inner, bytes):
            total += len(inner)
        elif isinstance(inner, dict):
            total += 2
            waiting += [*inner, *inner.values()]
        elif isinstance(inner, list):
            total += 2
            waiting += inner
        else:
            total += 8 + (inner.bit_length() // 3 if isinstance(inner, int) else 0)
    return total


RUNS: Final = (
    *(
        "a",
        "Z",
        "1",
        "0",
        " ",
        "\t",
        "\n",
        "-",
        "+",
        "(",
        ")",
        "[",
        "{",
        '"',
        "'",
        "\\",
        ",",
        ";",
        ":",
        ".",
        "@",
        "<",
        "&",
    ),
    *("=", "*", "%", "/", "_", "#", "?", "|", "é", "\u0301", "\u202e", "\ufdfa", "\ud800", "١", "\0", "a ", "1-", "a,"),
    *(
        "a;",
        "a=1;",
        "a.",
        "a:",
        "'a",
        '"a',
        "<a ",
        "&#1",
        "1 ",
        " \t",
        "\r\n",
        "(a",
        "a)",
        '\\"',
        "a@",
        "=?",
        "()",
        "[]",
    ),
)
"""What is repeated in texts."""


_RUNS_IN_VALUES: Final = ("a", " ", "1", "\u0301", "\ufdfa", "-", "a b ")
_PLACES: Final = 12
"""Places of a value at which its families grow."""


def families(reader: Reader) -> list[Family]:
    """The families of a reader: those of its kind, and its own."""
    if isinstance(reader, TextReader):
        general = _of_texts(reader)
    elif isinstance(reader, ValueReader):
        general = _of_values(reader)
    else:
        general = []
    return [*general, *OWN.get(reader.name, ())]


def _again(run: str, *, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda n: before + run * n + after


def _of_texts(reader: Reader) -> list[Family]:
    """A run alone, in the middle and at the end of a good text, and the good text itself many times."""
    good = reader.parsed(min(reader.seeds, key=len))
    middle = len(good) // 2
    found = []
    for run in RUNS:
        found.append(Family(f"{run!r} alone", _again(run)))
        found.append(Family(f"{run!r} within", _again(run, before=good[:middle], after=good[middle:])))
        found.append(Family(f"{run!r} behind", _again(run, before=good, after="\x01")))
    found += [
        Family(f"the text again, with {join!r} between", _again(good + join), most=40)
        for join in ("", ";", ",", "\n", " ")
    ]
    return found


def _deep(n: int, *, table: bool) -> Any:
    value: Any = "x"
    for _ in range(n):
        value = {"x": value} if table else [value]
    return value


def _put(seed: bytes, path: tuple[Any, ...], value: Any) -> Any:
    whole = json.loads(seed)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return whole


def _paths(value: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else range(min(1, len(value))) if isinstance(value, list) else ()
    for key in keys:
        yield (*so_far, key)
        yield from _paths(value[key], (*so_far, key))


def _of_values(reader: Reader) -> list[Family]:
    """Many unknown keys; and at places all over a good input a long list, a long text, a deep value, a large number."""
    seed = reader.seeds[0]
    good = json.loads(seed)
    paths = list(_paths(good))
    found = [Family("unknown keys", lambda n: json.loads(seed) | {f"x{number}": "x" for number in range(n)})]
    for path in paths[:: 1 + len(paths) // _PLACES]:
        found += _at_a_place(seed, path)
    return found


def _at_a_place(seed: bytes, path: tuple[Any, ...]) -> Iterator[Family]:
    value = json.loads(seed)
    for key in path:
        value = value[key]
    place = ".".join(map(str, path))

    def put(made: Callable[[int], Any]) -> Callable[[int], Any]:
        return lambda n: _put(seed, path, made(n))

    yield Family(f"{place}: deep tables", put(lambda n: _deep(n, table=True)), 2000, "deep")
    yield Family(f"{place}: deep lists", put(lambda n: _deep(n, table=False)), 2000, "deep")
    if isinstance(value, list) and value:
        yield Family(f"{place}: many", put(lambda n: [json.loads(json.dumps(value[0])) for _ in range(n)]), 80, "many")
    if isinstance(value, str):
        for run in _RUNS_IN_VALUES:
            yield Family(f"{place}: {run!r}", put(_again(run, before=value)), 400, repr(run))
    if isinstance(value, int):
        yield Family(f"{place}: large", put(lambda n: 10**n), 400, "large")


def _message(head: str, body: str = "Buongiorno") -> bytes:
    return f"{head}\r\n\r\n{body}".encode("utf-8", "surrogatepass")


def _nested(n: int, *, inside: str) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n" for level in range(n))
    return (head + "\r\n" + inside).encode()


def _html(body: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda n: _message("Content-Type: text/html; charset=utf-8", body(n))


def _head(line: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda n: _message(f"From: a@example.org\r\n{line(n)}")


_PARTS: Final = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
_MIXED: Final = "Content-Type: multipart/mixed; boundary=b"
_EVENT: Final = (
    "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260318\r\n"
    "DTEND;VALUE=DATE:20260319\r\nEND:VEVENT\r\n"
)


_AGAIN: Final = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260318\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"


def _ical(events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n"


def _row(reader_field: str, run: str) -> Callable[[int], Any]:
    return lambda n: {"rows": [{"uniqueid": "1.1", "linkedid": "1.1", reader_field: run * n}]}


def _event(kind: str, channel: str, *, link: str = "1", peer: str = "") -> dict[str, str]:
    return {
        "eventtype": kind, "eventtime": "2026-03-18 09:00:00", "channame": channel, "linkedid": link, "uniqueid": link,
        "extra": '{"bridge_id":"b1"}', "peer": peer,
    }  # fmt: skip


def _places_within(depth: int) -> dict[str, Any]:
    here: dict[str, Any] = {"openingHours": "Mo 08:00-12:00"}
    for _ in range(depth):
        here = {"location": here}
    return here


_TOML: Final = (
    Family("dotted keys", lambda n: "office" + ".a" * n + " = 1\n", most=400),
    Family("dotted tables", lambda n: "[office" + ".a" * n + "]\n", most=400),
    Family("open brackets", lambda n: "a = " + "[" * n, most=8000),
    Family("nested lists", lambda n: "a = " + "[" * n + "]" * n, most=2000),
    Family("nested tables", lambda n: "a = " + "{a=" * n + "1" + "}" * n, most=2000),
    Family("a long number", lambda n: "a = " + "1" * n, most=8000),
    Family("a long fraction", lambda n: "a = 1." + "1" * n, most=8000),
    Family("a long hexadecimal number", lambda n: "a = 0x" + "f" * n, most=8000),
    Family("unknown keys", lambda n: "".join(f"x{number} = 1\n" for number in range(n))),
    Family("unknown tables", lambda n: "".join(f"[x{number}]\na = 1\n" for number in range(n))),
    Family("unknown lists of tables", lambda n: "[[x]]\na = 1\n" * n),
    Family("comments", lambda n: "# x\n" * n),
    Family("one list", lambda n: "a = [" + "1," * n + "]"),
    Family("siblings of a dotted key", lambda n: "".join(f"a.b.x{number} = 1\n" for number in range(n))),
)

OWN: Final[dict[str, tuple[Family, ...]]] = {
    "email message": (
        Family("nested parts", lambda n: _nested(n, inside="x"), most=400),
        Family("nested messages", lambda n: b"Content-Type: message/rfc822\r\n\r\n" * n + b"x", most=400),
        Family("nested parts around a long text", lambda n: _nested(80, inside="a" * 100 * n), most=200),
        Family("parts", lambda n: _message(_MIXED, _PARTS * n + "--b--")),
        Family("borders", lambda n: _message(_MIXED, "--b\r\n" * n)),
        Family("borders with blanks", lambda n: _message(_MIXED, "--b" + " " * n)),
        Family("fields", lambda n: _message("X: x\r\n" * n)),
        Family("folded lines", _head(lambda n: "Subject: a" + "\r\n a" * n)),
        Family("encoded words", _head(lambda n: "Subject:" + " =?utf-8?Q?a?=" * n)),
        Family("encoded words that are none", _head(lambda n: "Subject:" + " =?utf-8?Q?a" * n)),
        Family("encoded words in names", _head(lambda n: "To:" + " =?utf-8?B?YQ==?= <a@example.org>," * n)),
        Family("charsets", _head(lambda n: "Subject: =?" + "x" * n + "?Q?a?=")),
        Family("combining marks", _head(lambda n: "Subject: a" + "\u0301" * n), most=4000),
        Family("marks out of order", _head(lambda n: "Subject: a" + "\u0301\u0323" * n), most=4000),
        Family("ligatures", _head(lambda n: "Subject: " + "\ufdfa" * n)),
        Family("addresses", _head(lambda n: "To: " + "a@example.org," * n)),
        Family("one long address", _head(lambda n: "Reply-To: " + "a" * n + "@" + "b." * n + "ch")),
        Family("groups", _head(lambda n: "To: " + "g:" * n + ";" * n)),
        Family("comments", _head(lambda n: "To: " + "(" * n + ")" * n + " a@example.org")),
        Family("open comments", _head(lambda n: "To: " + "(a" * n)),
        Family("quotes", _head(lambda n: "To: " + '"\\' * n)),
        Family("route", _head(lambda n: "To: <" + "@a," * n + ":a@example.org>")),
        Family("references", _head(lambda n: "References:" + " <a@b>" * n)),
        Family("open references", _head(lambda n: "References:" + " <a" * n)),
        Family("dates", _head(lambda n: "Date: Wed, 18 Mar 2026 08:00:00 +0100 " + "(a" * n)),
        Family("blanks in a date", _head(lambda n: "Date: 18" + " " * n + "Mar 2026")),
        Family(
            "parameters",
            _head(lambda n: "Content-Disposition: attachment" + "".join(f"; filename*{k}*=a" for k in range(n))),
        ),
        Family("open parameters", _head(lambda n: 'Content-Type: text/plain; a="' + ';a="\\' * n)),
        Family("html entities", _html(lambda n: "&#" + "9" * n + ";"), most=8000),
        Family("html entities in a row", _html(lambda n: "&#233;" * n)),
        Family("open tags", _html(lambda n: "<a " * n)),
        Family("blanks in tags", _html(lambda n: "<" + " " * n)),
        Family("open alternative texts", _html(lambda n: "<img alt='" * n)),
        Family("open scripts", _html(lambda n: "<script>" * n)),
        Family("open comments in html", _html(lambda n: "<!--" * n)),
        Family("nested elements", _html(lambda n: "<div>" * n + "x")),
        Family("breaks", _html(lambda n: "<br>" * n)),
        Family("blank lines", lambda n: _message("Subject: a", "\n" * n)),
        Family("quoted lines", lambda n: _message("Subject: a", "> " * n)),
        Family("lines to be joined", lambda n: _message("Content-Type: text/plain; format=flowed", "a \n" * n)),
        Family("padding in base64", lambda n: _message("Content-Transfer-Encoding: base64", "YQ==" * n), most=4000),
        Family("footers of base64", lambda n: _message("Content-Transfer-Encoding: base64", "YWJj\n" + "= a b\n" * n)),
        Family("short lines of base64", lambda n: _message("Content-Transfer-Encoding: base64", "YWJj\nYQ\n" * n)),
        Family(
            "whole multiparts in base64",
            lambda n: _message(f"{_MIXED}\r\nContent-Transfer-Encoding: base64", "LS1iCg" * n),
        ),
        Family("stray lines in the head", _head(lambda n: "stray\r\n" * n + "Subject: x")),
        Family("stray lines and fields", _head(lambda n: "stray\r\nX-A: b\r\n" * n)),
        Family("empty lines above the head", lambda n: b"\n" * n + b"From: a\n\nx"),
        Family("a gap in the head", lambda n: b"Received: x\n\n" + b"X-A: b\n" * n + b"\n\nx"),
        Family("mailbox lines", lambda n: b">From x\n" * n),
        Family("continuations without a blank", _head(lambda n: "Content-Type: text/plain;\r\n" + "a=b;\r\n" * n)),
        Family("values of one tag", _html(lambda n: "<img" + " alt=a" * n + ">")),
        Family("open values", _html(lambda n: '<a b="' * n)),
        Family("names without a value", _html(lambda n: "<ol" + " a" * n + ">")),
        Family("titles without an end", _html(lambda n: "<title>a" * n)),
        Family("raw texts without an end", _html(lambda n: "<xmp>a" * n)),
        Family("lists in lists", _html(lambda n: "<ul><li>" * n + "x")),
        Family("items", _html(lambda n: "<ol type=i>" + "<li>a" * n)),
        Family("preformatted lines", _html(lambda n: "<pre>" + "a\n" * n)),
        Family("empty lines of pre", _html(lambda n: "<pre>" + "\n" * n + "x")),
        Family(
            "reported recipients",
            lambda n: _message("Content-Type: message/delivery-status", "Final-Recipient: rfc822; a@b.ch\r\n\r\n" * n),
        ),
        Family("empty lines of a report", lambda n: _message("Content-Type: message/delivery-status", "\r\n" * n)),
        Family("ids without brackets", _head(lambda n: "References: " + "a@b " * n)),
        Family("tags", _head(lambda n: "Subject: " + "[1234]" * n)),
        Family("base64", lambda n: _message("Content-Transfer-Encoding: base64", "YWJj" * n), most=4000),
        Family(
            "quoted-printable", lambda n: _message("Content-Transfer-Encoding: quoted-printable", "=E9" * n), most=4000
        ),
        Family("soft line ends", lambda n: _message("Content-Transfer-Encoding: quoted-printable", "a=\n" * n)),
        Family(
            "uuencoded", lambda n: _message("Content-Transfer-Encoding: x-uuencode", "begin 644 a\n" + "#86)C\n" * n)
        ),
        Family("one line", lambda n: b"a" * n, most=8000),
        Family("no head", lambda n: b"\n" * n, most=8000),
        Family("carriage returns", lambda n: b"X: a" + b"\r" * n),
    ),
    "web form": (
        Family("fields", lambda n: {f"field {number}": "x" for number in range(n)}),
        Family("combining marks", lambda n: {"message": "\u0301" * n}, most=4000),
        Family("marks out of order", lambda n: {"name": "a" + "\u0301\u0323" * n}, most=4000),
        Family("one long name", lambda n: {"x" * n: "x"}, most=4000),
        Family("values of one field", lambda n: {"topics": ["x"] * n}),
        Family("a deep value", lambda n: {"topics": _deep(n, table=False)}, most=4000),
        Family("letters in the number", lambda n: {"phone": "a" * n}),
        Family("blanks in the number", lambda n: {"phone": " " * n + "1"}),
        Family("a large number", lambda n: {"age": 10**n}, most=4000),
    ),
    "call records": (
        Family("rows of one call", lambda n: {"rows": [{"uniqueid": f"1.{k}", "linkedid": "1.1"} for k in range(n)]}),
        Family("calls", lambda n: {"rows": [{"uniqueid": f"{k}.1", "linkedid": f"{k}.1"} for k in range(n)]}),
        Family("columns", lambda n: {"rows": [{f"x{number}": "x" for number in range(n)}]}),
        Family("open channels", _row("channel", "SIP/")),
        Family("fields of the case", _row("userfield", "pratica=1;")),
        Family("a long number", _row("src", "1"), most=4000),
        Family("letters", _row("src", "a")),
    ),
    "queue log": (
        Family(
            "calls", lambda n: "".join(f"1773820800|{number}|q|NONE|ENTERQUEUE||0791234567|1\n" for number in range(n))
        ),
        Family("offers", lambda n: "1773820800|1|q|PJSIP/201|RINGNOANSWER|1000\n" * n),
        Family("conversations", lambda n: "1773820800|1|q|PJSIP/201|CONNECT|1|x|1\n" * n),
        Family("changes", lambda n: "1773820800|NONE|q|PJSIP/201|PAUSE|x\n" * n),
        Family("parts", lambda n: "1773820800|1|q|a|DID" + "|1" * n),
    ),
    "channel events": (
        Family("calls", lambda n: {"rows": [_event("CHAN_START", "T", link=str(number)) for number in range(n)]}),
        Family("channels", lambda n: {"rows": [_event("CHAN_START", f"P/201-{number:x}") for number in range(n)]}),
        Family("stays", lambda n: {"rows": [_event("BRIDGE_ENTER", f"P/20{number % 2}-1") for number in range(n)]}),
        Family(
            "stays of all", lambda n: {"rows": [_event("BRIDGE_ENTER", f"P/201-{number:x}") for number in range(n)]}
        ),
        Family("peers", lambda n: {"rows": [_event("BRIDGE_START", "T", peer="T," * 400)] * n}),
        Family(
            "halves of channels",
            lambda n: {
                "rows": [_event("BRIDGE_ENTER", f"Local/201@q-{number};{number % 2 + 1}") for number in range(n)]
            },
        ),
    ),
    "iCalendar": (
        Family("events", lambda n: _ical("".join(_EVENT.replace("{n}", str(k)) for k in range(n))), most=80),
        Family(
            "folded lines", lambda n: _ical("BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:a" + "\r\n a" * n + "\r\nEND:VEVENT\r\n")
        ),
        Family("nested components", lambda n: _ical("BEGIN:VEVENT\r\n" * n), most=2000),
        Family("parameters", lambda n: _ical("BEGIN:VEVENT\r\nDTSTART" + ";A=b" * n + ":20260318\r\nEND:VEVENT\r\n")),
        Family(
            "a long zone",
            lambda n: _ical("BEGIN:VEVENT\r\nDTSTART;TZID=" + "a/" * n + ":20260318T080000\r\nEND:VEVENT\r\n"),
        ),
        Family(
            "years in one event",
            lambda n: _ical(
                f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260318T080000Z\r\nDURATION:P{n * 7}D\r\nEND:VEVENT\r\n"
            ),
            most=800,  # a question looks five years ahead and no further
        ),
        Family("recurring events", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=MONTHLY;COUNT=30") * n), most=40),
        Family("events that go on", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=WEEKLY") * n), most=8),
        Family(
            "days that never come",
            lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") * n),
            most=12,
        ),
        Family(
            "days of a rule", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=WEEKLY;COUNT=9;BYDAY=" + "MO," * n + "TU"))
        ),
        Family("parts of a rule", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=DAILY;COUNT=9" + ";X=1" * n))),
        Family("a long count", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=DAILY;COUNT=" + "9" * n))),
        Family(
            "exceptions", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=DAILY;COUNT=9\r\nEXDATE:" + "20260318," * n))
        ),
        Family(
            "added dates", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=DAILY;COUNT=9\r\nRDATE:" + "20260318," * n))
        ),
        Family(
            "moved events",
            lambda n: _ical(
                _AGAIN.replace("{rule}", "FREQ=DAILY;COUNT=9")
                + "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260319\r\nDTSTART:20260319\r\nEND:VEVENT\r\n" * n
            ),
            most=80,
        ),
        Family(
            "a long duration",
            lambda n: _ical(f"BEGIN:VEVENT\r\nDTSTART:20260318T080000Z\r\nDURATION:P{'9' * n}D\r\nEND:VEVENT\r\n"),
        ),
    ),
    "iCalendar opening times": (
        Family("events", lambda n: _ical("".join(_EVENT.replace("{n}", str(k)) for k in range(n))), most=80),
        Family("events that go on", lambda n: _ical(_AGAIN.replace("{rule}", "FREQ=WEEKLY") * n), most=8),
        Family(
            "years in one event",
            lambda n: _ical(f"BEGIN:VEVENT\r\nDTSTART:20260318T080000Z\r\nDURATION:P{n * 7}D\r\nEND:VEVENT\r\n"),
            most=800,
        ),
    ),
    "OSM opening hours": (
        Family("rules", lambda n: "Mo 08:00-12:00; " * n, most=200),
        Family("movable days", lambda n: "easter +1 day off;" * n, most=80),
        Family("a long list of days", lambda n: "Mo," * n + "Mo 08:00-12:00"),
        Family("a long list of dates", lambda n: "Jan 01-31," * n + "Feb 01 off", most=200),
        Family("windows", lambda n: "Mo " + "08:00-12:00," * n + "13:00-14:00"),
        Family("fallbacks", lambda n: "Mo 08:00-12:00 || " * n + "off"),
        Family("an open comment", lambda n: '"' + "a" * n),
        Family("closings with words", lambda n: '10:00-11:00 off "x"; ' * n + "Mo 08:00-12:00", most=80),
        Family("appointments", lambda n: 'Mo 08:00-12:00 || Tu unknown "by appointment" ' * n, most=80),
        Family("nth days", lambda n: "Mo[" + "1," * n + "2] 08:00-12:00"),
        Family("ends of ranges", lambda n: "Jan 01-Mar Mo[1]," * n + "Feb 01 off", most=80),
        Family("control characters", lambda n: 'Mo 08:00-12:00 "' + "\x1b\u202e" * n + '"'),
        Family("a long year", lambda n: "1" * n + " Mo 08:00-12:00"),
    ),
    "week": (
        Family("blanks between", lambda n: "a" + " " * n + "x"),
        Family("days", lambda n: "Mo," * n + "Tu 08:00-12:00"),
        Family("windows", lambda n: "Mo " + "08:00-12:00," * n + "x"),
        Family("days and blanks", lambda n: "Mo, " * n + "  x"),
        Family("weeks of a month", lambda n: "Th[" + "1," * n + "2] 08:00-12:00"),
        Family("brackets", lambda n: "Th[1]," * n + "Fr 08:00-12:00"),
        Family("open brackets", lambda n: "Th[" * n + "1 08:00-12:00"),
    ),
    "schema.org": (
        Family("objects", lambda n: {"@graph": [{"name": "x"}] * n}),
        Family("places", lambda n: {"@graph": [{"openingHours": "Mo 08:00-12:00"}] * n}),
        Family("deep objects", _places_within),
        Family("lines", lambda n: {"openingHours": "Mo 08:00-12:00;" * n}),
        Family("a long line", lambda n: {"openingHours": "Mo," * n}),
        Family("a long clock", lambda n: {"openingHoursSpecification": {"opens": "8" * n, "closes": "12:00"}}),
        Family(
            "names",
            lambda n: {
                "openingHoursSpecification": {
                    "opens": "08:00",
                    "closes": "12:00",
                    "name": [{"@language": "it", "@value": "x"}] * n,
                }
            },
        ),
        Family(
            "entries elsewhere",
            lambda n: {
                "@graph": [
                    {"openingHoursSpecification": [{"@id": "#a"}] * n},
                    {"@id": "#a", "opens": "08:00", "closes": "12:00", "validFrom": "2026-03-18"},
                ]
            },
            most=80,
        ),
        Family(
            "days",
            lambda n: {
                "openingHoursSpecification": [{"dayOfWeek": ["Monday"] * n, "opens": "08:00", "closes": "12:00"}]
            },
        ),
        Family(
            "years in one exception",
            lambda n: {
                "openingHoursSpecification": [],
                "specialOpeningHoursSpecification": [
                    {
                        "validFrom": "2026-01-01",
                        "validThrough": f"{2026 + n}-12-31",
                        "opens": "08:00",
                        "closes": "12:00",
                    }
                ],
            },
            most=80,
        ),
    ),
    "recorded day": (Family("rows", lambda n: "\t".join(["x"] * 20) + "\nx" * n),),
    **dict.fromkeys(("department", "hours TOML", "rules TOML", "lifecycle TOML", "policies TOML"), _TOML),
}
