"""Real messages and rows, spoilt: they are read or refused, and nothing else happens.

`python tests/contacts/contacts_spoiling.py 100000` does the same with more of them, and measures time and memory.
"""

import re

import pytest
from contacts_inputs import MESSAGES, ROWS
from contacts_spoiling import SHAPES, long_fate, message_fate, row_fate, spoilt_message, spoilt_row
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts.readers import Exchange, call_records, email_message
from ticontact.contacts.readers._mime import _borders
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
numbers = st.integers(0, 10**9)


@given(numbers)
def test_spoilt_messages(number: int) -> None:
    """A contact comes out that every decision can work on, and that can be stored, exchanged and read again."""
    assert message_fate(number) == "read"


@given(numbers)
def test_spoilt_messages_have_no_line_end_in_their_subject(number: int) -> None:
    """Nor any other character that could forge a field."""
    (message,) = email_message(spoilt_message(number), at=NINE).contact.messages

    assert not set(message.subject) & set("\r\n\0")
    assert not any("\ud800" <= character <= "\udfff" for character in message.subject + message.text)


@given(numbers)
def test_spoilt_rows(number: int) -> None:
    """The call is read, or refused with its column."""
    assert row_fate(number) in {"read", "UnreadableRecord"}


@given(numbers)
def test_refused_rows_do_not_tell_who_called(number: int) -> None:
    """The number is not in the refusal."""
    row = spoilt_row(number)
    records = call_records([row], exchange=Exchange(extensions=r"[23]\d\d"))
    source = row.get("src", "")

    assert not any(len(source) > 4 and source in str(each) for each in records.refused.values())


@pytest.mark.parametrize("shape", SHAPES)
def test_long_messages(shape: str) -> None:
    """Read or refused; that it takes no square time is seen with longer ones, by the command above."""
    assert long_fate([*SHAPES].index(shape), size=20_000) in {"read", "MessageTooLarge"}


@given(st.lists(st.sampled_from([b"--b", b"--", b"b", b"\r", b"\n", b"\r\n", b" ", b"\t", b"x"]), max_size=12))
def test_borders_are_those_of_the_rule(pieces: list[bytes]) -> None:
    """RFC 2046, section 5.1.1, as one expression: at the beginning of a line, with blanks behind it alone.

    Behind the last border nothing is looked for.
    """
    body = b"".join(pieces)
    rule = re.compile(rb"(?:\A|\r\n|\n|\r)--b(--)?[ \t]*(?=[\r\n]|\Z)")
    expected = [(found.start(), found.end(), found[1] is not None) for found in rule.finditer(body)]

    found = list(_borders(body, 0, len(body), b"--b"))

    assert found == expected[: len(found)]
    assert len(found) == len(expected) or found[-1][2]


def test_spoiling_spoils() -> None:
    """Most inputs come out changed, each number in its own way, and the same number in the same way."""
    spoilt = [spoilt_message(number) for number in range(100)]

    assert spoilt == [spoilt_message(number) for number in range(100)]
    assert sum(raw not in MESSAGES for raw in spoilt) > 80
    assert sum(spoilt_row(number) not in ROWS for number in range(100)) > 60


@pytest.mark.parametrize("fate", [message_fate, row_fate], ids=["messages", "rows"])
def test_some_of_both_are_read(fate: object) -> None:
    """Spoiling leaves something to read."""
    assert callable(fate)
    assert [fate(number) for number in range(200)].count("read") > 20
