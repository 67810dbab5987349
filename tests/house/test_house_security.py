"""What SECURITY.md promises, each promise beside the tests that hold it."""

import re
from collections.abc import Iterator

import pytest
from sources import ROOT, Source, sources

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = dict(re.findall(r"^\| \*\*([^*]+)\*\* .* \| ([^|]*) \|$", PAGE, re.MULTILINE))
TESTS = {source.name: source for source in sources("tests")}


def names_in(source: Source) -> Iterator[str]:
    """The tests of a file, with their class where they have one."""
    for node in source.tree.body:
        name = getattr(node, "name", "")
        yield name
        yield from (f"{name}::{getattr(inner, 'name', '')}" for inner in getattr(node, "body", ()))


def test_there_are_promises() -> None:
    """The table is found, and each row has an end."""
    rows = re.findall(r"^\| \*\*", PAGE, re.MULTILINE)

    assert len(PROMISES) == len(rows) > 0


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_names_its_tests(promise: str) -> None:
    """What no test holds is no promise."""
    named = re.findall(r"`(tests/[^`]+)`", PROMISES[promise])

    assert named != []
    for test in named:
        file, _, name = test.partition("::")
        assert file in TESTS, test
        assert name == "" or name in names_in(TESTS[file]), test
