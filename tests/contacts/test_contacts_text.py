"""Which characters a text from outside may hold, and how many marks one letter."""

import itertools
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts._text import clean, normalized, plain

JOINER = "\N{COMBINING GRAPHEME JOINER}"
MARKS = st.sampled_from(
    ["\u0301", "\u0323", "\u0344", "\u0f73", "\u0345", "\u1e69", "\u03b0", "e", JOINER, "\u2014", "\uac00"]
)


def longest_run(text: str) -> int:
    """How many combining marks stand together at most, all taken apart."""
    runs = itertools.groupby(unicodedata.normalize("NFD", text), key=lambda each: unicodedata.combining(each) > 0)
    return max((len([*run]) for is_mark, run in runs if is_mark), default=0)


class TestMarks:
    """Thousands of marks on one letter would be sorted in square time."""

    def test_a_joiner_follows_every_thirty_marks(self) -> None:
        """The stream-safe text format of UAX 15: nothing is lost, and no run is longer."""
        marks = "\u0323" * 29

        assert normalized("e" + marks + "\u0301" * 3) == "\u1eb9" + marks[1:] + "\u0301" + JOINER + "\u0301" * 2

    def test_marks_of_the_letter_before_count(self) -> None:
        """A letter that is written together with its mark has that mark all the same."""
        assert normalized("\u1e69" + "\u0323" * 29).count(JOINER) == 1
        assert normalized("s" + "\u0323" * 29).count(JOINER) == 0

    @given(st.lists(MARKS, max_size=120).map("".join))
    def test_no_run_is_longer_than_thirty(self, text: str) -> None:
        """The law on any mix of marks and letters; a second time changes nothing; no other character goes."""
        result = normalized(text)

        assert longest_run(result) <= 30
        assert normalized(result) == result
        if longest_run(text) <= 28:
            assert result == unicodedata.normalize("NFC", text)
        assert sorted(unicodedata.normalize("NFD", result).replace(JOINER, "")) == sorted(
            unicodedata.normalize("NFD", text).replace(JOINER, "")
        )

    @pytest.mark.parametrize("reads", [clean, plain])
    def test_every_way_in_is_bounded(self, reads: Callable[[str], str]) -> None:
        """Eighty thousand marks in a subject took 1.7 seconds."""
        assert longest_run(reads("a" + "\u0301\u0323" * 500)) <= 30

    @given(st.text(max_size=40))
    def test_texts_of_people_stay(self, text: str) -> None:
        """What no mark crowds is plain NFC."""
        assert normalized(text) == unicodedata.normalize("NFC", text)
