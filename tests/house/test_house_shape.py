"""The shape of the code: small modules, short functions, honest tests."""

import ast
import re
from collections import Counter

import pytest
from sources import Source, sources

LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
SAYS_NOTHING = {"common", "helpers", "manager", "misc", "utils", "util", "helper"}

SOURCES = sources("src/ticontact")
TESTS = [source for source in sources("tests") if "/test_" in source.name]

for_sources = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
for_tests = pytest.mark.parametrize("source", TESTS, ids=lambda source: source.name)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@for_sources
def test_functions_are_short(source: Source) -> None:
    """No function is longer than a screen."""
    assert {each.name: length(each) for each in source.functions if length(each) > LONGEST_FUNCTION} == {}


@for_sources
def test_modules_have_one_subject(source: Source) -> None:
    """No module is so long that it must have two subjects, and its name says which one it has."""
    assert source.text.count("\n") <= LONGEST_MODULE
    assert SAYS_NOTHING & set(re.findall(r"[a-z]+", source.name)) == set()


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
