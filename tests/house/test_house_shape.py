"""The shape of the code: laws that a reader relies on, none of them a length."""

import ast
import re
from collections import Counter

import pytest
from sources import Source, sources

SAYS_NOTHING = {"common", "helpers", "manager", "misc", "utils", "util", "helper"}

SOURCES = sources("src/ticontact")
TESTS = [source for source in sources("tests") if "/test_" in source.name]

for_sources = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
for_tests = pytest.mark.parametrize("source", TESTS, ids=lambda source: source.name)


@for_sources
def test_a_module_name_says_its_subject(source: Source) -> None:
    """No module is a drawer for whatever has no place."""
    assert SAYS_NOTHING & set(re.findall(r"[a-z]+", source.name)) == set()


@for_sources
def test_no_conditional_expression_within_another(source: Source) -> None:
    """A choice between three things is an `if`, a `match` or a table."""
    nested = [
        f"line {outer.lineno}"
        for outer in ast.walk(source.tree)
        if isinstance(outer, ast.IfExp)
        if any(isinstance(part, ast.IfExp) for part in (outer.test, outer.body, outer.orelse))
    ]

    assert nested == []


@for_sources
def test_booleans_go_by_keyword(source: Source) -> None:
    """No public function takes a boolean by position: `f(x, True)` says nothing."""
    positional = [
        f"{function.name}({argument.arg})"
        for function in source.functions
        for argument in [*function.args.posonlyargs, *function.args.args]
        if argument.annotation is not None and ast.unparse(argument.annotation) == "bool"
    ]
    assert [each for each in positional if not each.startswith("_")] == []


@pytest.mark.parametrize("source", [*SOURCES, *sources("tests")], ids=lambda source: source.name)
def test_no_check_is_switched_off(source: Source) -> None:
    """Types are not ignored, and no line is taken out of the coverage."""
    remarks = re.findall(r"#.*(?:type:\s*ignore|pragma:\s*no\s*cover|pyright:\s*ignore|ty:\s*ignore)", source.text)

    assert remarks == []


@for_tests
def test_no_test_is_left_out(source: Source) -> None:
    """No test is skipped, and none is expected to fail."""
    marks = re.findall(r"\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b", source.text)

    assert marks == []


def test_test_files_have_names_of_their_own() -> None:
    """Two test files of one name could not be told apart in a report, and one would hide the other."""
    count = Counter(source.name.rpartition("/")[2] for source in TESTS)

    assert [name for name, times in count.items() if times > 1] == []
