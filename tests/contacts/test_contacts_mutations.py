"""Real messages and rows, spoilt: they are read or refused, and nothing else happens."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import NewThread, find_thread, machine_made, new_part
from ticontact.contacts.formats import from_dict, to_dict
from ticontact.contacts.readers import Exchange, call_records, email_message
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
CASES = Path(__file__).parents[1] / "conformance" / "cases"
MESSAGES = [path.read_bytes() for path in sorted((CASES / "rfc5322_messages").glob("*.eml"))]
ROWS = [
    row["fields"] | {"linkedid": row["linkedid"]}
    for case in json.loads((CASES / "cdr_cases.json").read_text(encoding="utf-8"))["cases"]
    for row in case["rows"]
]
SPLINTERS = [
    b"=?utf-8?Q?=0A?=",
    b"\r\n",
    b"\0",
    b"\xff",
    b'"',
    b"(",
    b"<",
    b"--m1",
    b"; boundary=",
    b"filename*0*=",
    b"@",
]
VALUES = ["", "x", "-1", "2026-10-25 02:30:00", "9999-12-31 23:59:59", "999999999", "anonymous", "117", "\0", "1" * 300]

splinters = st.tuples(st.integers(0, 5_000), st.integers(0, 40), st.sampled_from(SPLINTERS) | st.binary(max_size=3))


def spoilt(raw: bytes, wounds: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with some of them replaced by splinters."""
    for place, length, splinter in wounds:
        start = place % (len(raw) + 1)
        raw = raw[:start] + splinter + raw[start + length :]
    return raw


@given(st.sampled_from(MESSAGES), st.lists(splinters, max_size=6))
def test_spoilt_messages(raw: bytes, wounds: list[tuple[int, int, bytes]]) -> None:
    """A contact comes out that every decision can work on, and that can be stored and read again."""
    contact = email_message(spoilt(raw, wounds), at=NINE).contact
    (message,) = contact.messages

    assert not set(message.subject) & set("\r\n\0")
    verdict = machine_made(contact)
    assert verdict is None or verdict.reason.text("it")
    assert find_thread(contact, []) == NewThread()
    assert len(new_part(message.text)) <= len(message.text)
    assert from_dict(json.loads(json.dumps(to_dict(contact)))) == contact


@given(st.sampled_from(ROWS), st.dictionaries(st.sampled_from(sorted(ROWS[0])), st.sampled_from(VALUES), max_size=4))
def test_spoilt_rows(row: dict[str, str], changes: dict[str, str]) -> None:
    """The call is read or refused with its column, and the caller's number is not in the refusal."""
    records = call_records([row | changes], exchange=Exchange(extensions=r"[23]\d\d"))

    assert len(records.calls) + len(records.refused) == 1
    assert not any(len(row["src"]) > 3 and row["src"] in str(each) for each in records.refused.values())
