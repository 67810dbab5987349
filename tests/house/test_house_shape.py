"""The shape of the code: laws that a reader relies on, none of them a length."""

import ast
import re
from collections import Counter

import pytest
from shape import changes_of, module_names, questions, single_bases
from sources import Source, sources

SAYS_NOTHING = {"common", "helpers", "manager", "misc", "utils", "util", "helper"}

SOURCES = sources("src/ticontact")
TESTS = [source for source in sources("tests") if "/test_" in source.name]

REMEMBER = {
    "hours/_working_days.py BusinessDays.__contains__": "the days that it has counted",
    "hours/_timeline.py Timeline.is_open": "the years that it has compiled",
}
"""Questions that keep an answer they have worked out, which no later answer depends on; what each keeps."""

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


ROLES = {
    "calendar": "what a calendar of that package is",
    "effects": "what that package wants done",
    "events": "what happens in that package",
    "explanation": "why that package decided so",
    "rules": "the rules of that package",
    "snapshot": "the past of that package as plain data",
}
"""Module names that say a role, and mean the same thing of another package."""

ABOUT_PACKAGES = {"ticontact/i18n", "ticontact/i18n/_texts", "ticontact/cli"}
"""Folders whose modules are named after the package whose texts they hold, or whose command they are."""


def test_no_module_name_means_two_things() -> None:
    """Whoever looks for a file by its name finds one: a name stands in one folder; roles, texts and commands aside."""
    names = module_names(SOURCES)
    others = {
        name: [each for each in folders if each not in ABOUT_PACKAGES and each.rpartition("/")[2].lstrip("_") != name]
        for name, folders in names.items()
    }

    assert {name for name, folders in others.items() if len(folders) > 1} - set(ROLES) == set()


def test_no_class_is_a_base_of_one_other() -> None:
    """A class that one other class derives from is a slice of it; a big object owns collaborators instead."""
    assert set(single_bases(SOURCES)) == set()


def test_questions_change_nothing() -> None:
    """What reads as a question may be asked at any time, and as often as one likes.

    These are `is_`, `has_`, `may_`, `can_`, and yes or no from a word in the third person, such as `matters`.
    """
    changing = {
        f"{source.name.removeprefix('src/ticontact/')} {name}"
        for source in SOURCES
        for name, function, around in questions(source.tree)
        if changes_of(function, around)
    }

    assert changing == set(REMEMBER)


class TestTheLaws:
    """The laws find what they are made to find, and nothing else."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("class A: ...\nclass B(A): ...", {"desk.A <- B"}),
            ("class A: ...\nclass B(A): ...\nclass C(A): ...", set()),
            ("class A(Protocol): ...\nclass B(A): ...", set()),
            ("class A(ABC): ...\nclass B(A): ...", set()),
            ("class _A(ABC): ...\nclass B(_A): ...", {"desk._A <- B"}),
            ("class A(Generic[T]): ...\nclass B(A[int]): ...", {"desk.A <- B"}),
            ("class A: ...\nclass B(A): ...\nclass C(B): ...", {"desk.A <- B", "desk.B <- C"}),
        ],
    )
    def test_single_bases(self, text: str, found: set[str]) -> None:
        """One child is a slice, two are a family."""
        assert set(single_bases([Source("src/ticontact/desk/_x.py", text)])) == found

    def test_names_that_stand_twice(self) -> None:
        """The underscore does not tell two names apart; a folder is a name too."""
        names = ["hours/week.py", "routing/_week.py", "routing/day.py", "desk/day/__init__.py", "desk/__init__.py"]

        found = module_names([Source(f"src/ticontact/{name}", "") for name in names])

        assert found == {
            "week": ["ticontact/hours", "ticontact/routing"],
            "day": ["ticontact/desk", "ticontact/routing"],
        }

    @pytest.mark.parametrize(
        ("body", "is_changing"),
        [
            ("return self.a", False),
            ("self.a = 1", True),
            ("self.a[0] += 1", True),
            ("del other.a", True),
            ("self.a.append(1)", True),
            ("self._b()", True),
            ("self._c()", False),
            ("found = []; found.append(1)", False),
            ("found = self.a; found.append(1)", True),
            ("found = dict(self.a); found.update(x=1); found['y'] = 2", False),
            ("a, self.b = 1, 2", True),
            ("global G", True),
            ("helper(other)", True),
        ],
    )
    def test_questions(self, body: str, is_changing: bool) -> None:  # noqa: FBT001 - a row of the table
        """Assignments, deletions and changing methods count, on whatever the function has not made itself."""
        text = f"""
class A:
    def may_x(self, other):
        {body}
    def _b(self):
        self.a = 1
    def _c(self):
        return self._c()
def helper(x):
    x.clear()
"""
        [(name, function, around)] = questions(ast.parse(text))

        assert (name, changes_of(function, around) != []) == ("A.may_x", is_changing)

    @pytest.mark.parametrize(
        ("head", "is_question"),
        [
            ("is_open(self)", True),
            ("_has_room(self)", True),
            ("may_sign(self)", True),
            ("can_take(self)", True),
            ("matters(self) -> bool", True),
            ("_drains(self) -> bool", True),
            ("matters(self) -> int", False),
            ("isolate(self)", False),
            ("take(self) -> bool", False),
        ],
    )
    def test_what_reads_as_a_question(self, head: str, is_question: bool) -> None:  # noqa: FBT001 - a row of the table
        """The name says it, and for a word in the third person the answer too."""
        assert (list(questions(ast.parse(f"class A:\n    def {head}: ..."))) != []) is is_question
