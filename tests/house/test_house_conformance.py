"""The conformance runner itself: what is judged, what is excused, what is counted."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from conformance_kit import (
    AREAS,
    Area,
    NotBuilt,
    Policies,
    StalePolicy,
    TooManyPolicies,
    Unwritten,
    read_areas,
    summary,
)

from ticontact.errors import InvalidPhoneNumber

pytest_plugins = ["pytester"]

DOCUMENT = {"cases": [{"id": "good"}, {"id": "other"}, {"id": "refused"}, {"id": "later"}]}
NO_POLICIES = Policies({}, {})


@attrs.frozen
class ByName:
    """An adapter for which the id of a case says how the case goes."""

    FILE = "names.json"

    def cases(self, document: Any) -> Iterator[tuple[str, Any]]:
        """Every case with its id."""
        yield from ((case["id"], case["id"]) for case in document["cases"])

    def check(self, case: Any, document: Any) -> None:
        """`other` is another answer, `refused` an error of ours, `broken` one of the adapter, `later` not built."""
        assert {"id": case} in document["cases"]
        match case:
            case "other":
                raise AssertionError("expected 4, got 5")
            case "refused":
                raise InvalidPhoneNumber("not one telephone number")
            case "broken":
                raise ZeroDivisionError
            case "later":
                raise NotBuilt("later")


def area(policies: Policies = NO_POLICIES, *, own: bool = True, document: Any = DOCUMENT) -> Area:
    """An area of made-up cases."""
    return Area(name="names", document=document, adapter=ByName(), policies=policies, own=own)


class TestVerdicts:
    """What becomes of one case."""

    def test_equal_answer_passes(self) -> None:
        """Nothing raised, nothing to excuse: the case passes."""
        assert area().judge("good", "good") == "pass"

    @pytest.mark.parametrize(("case", "error"), [("other", AssertionError), ("refused", InvalidPhoneNumber)])
    def test_other_answer_fails(self, case: str, error: type[Exception]) -> None:
        """Another answer, or a refusal where an answer is expected, fails with its own text."""
        with pytest.raises(error, match=r"expected 4, got 5|not one telephone number"):
            area().judge(case, case)

    @pytest.mark.parametrize("case", ["other", "refused"])
    def test_policy_excuses_other_answer(self, case: str) -> None:
        """A case that a policy names may have another answer."""
        assert area(Policies({case: "we decide otherwise"}, {})).judge(case, case) == "policy"

    def test_refused_mechanics_are_counted_apart(self) -> None:
        """A reason that says so makes the case none of ours."""
        assert area(Policies({"other": "Not ours: we refuse"}, {})).judge("other", "other") == "not ours"
        with pytest.raises(StalePolicy):
            area(Policies({"good": "Not ours: we refuse"}, {})).judge("good", "good")

    def test_pattern_excuses_whole_ids_alone(self) -> None:
        """A pattern is held against the whole id, not against a part of it."""
        assert area(Policies({}, {"oth..": "we decide otherwise"})).judge("other", "other") == "policy"
        with pytest.raises(AssertionError, match="expected 4"):
            area(Policies({}, {"oth": "we decide otherwise"})).judge("other", "other")

    @pytest.mark.parametrize("policies", [NO_POLICIES, Policies({"broken": "we decide otherwise"}, {})])
    def test_no_policy_excuses_a_broken_adapter(self, policies: Policies) -> None:
        """An error that is neither a mismatch nor one of ours is always a failure."""
        document = {"cases": [{"id": "broken"}]}
        with pytest.raises(ZeroDivisionError):
            area(policies, document=document).judge("broken", "broken")

    @pytest.mark.parametrize("policies", [NO_POLICIES, Policies({"later": "we decide otherwise"}, {})])
    def test_what_is_not_built_is_no_failure(self, policies: Policies) -> None:
        """A case that asks for what is not there yet is counted apart, with a policy or without."""
        assert area(policies).judge("later", "later") == "not built"

    def test_area_without_adapter_is_not_built(self) -> None:
        """As long as nobody has written the adapter, every case is known by its id and none is judged."""
        unwritten = Area(name="names", document=DOCUMENT, adapter=Unwritten("names.json"), policies=NO_POLICIES)

        assert [*unwritten.cases()] == ["good", "other", "refused", "later"]
        assert unwritten.judge("good", {"id": "good"}) == "not built"

    def test_messages_are_listed_by_file(self, tmp_path: Path) -> None:
        """The cases of a folder are the messages of its expectations."""
        (tmp_path / "expectations.json").write_text(json.dumps({"messages": {"a.eml": {}, "b.eml": {}}}))

        assert [case_id for case_id, _ in Unwritten("").cases(tmp_path)] == ["a.eml", "b.eml"]

    def test_two_cases_of_one_id_are_refused(self) -> None:
        """An id names one case, or a policy would excuse two."""
        with pytest.raises(AssertionError, match=re.escape("names: two cases have one id: ['good']")):
            area(document={"cases": [{"id": "good"}, {"id": "good"}]}).cases()


class TestStalePolicies:
    """A policy is held as strictly as a case."""

    @pytest.mark.parametrize("policies", [Policies({"good": "once"}, {}), Policies({}, {"go+d": "once"})])
    def test_excuse_for_a_case_that_passes_is_stale(self, policies: Policies) -> None:
        """Where the answers agree after all, the policy must go."""
        with pytest.raises(StalePolicy, match=re.escape("names: good passes; remove its policy (once)")):
            area(policies).judge("good", "good")

    def test_excuse_for_no_case_is_stale(self) -> None:
        """A policy whose case is gone must go too; all of them are named."""
        policies = Policies({"gone": "once", "other": "still"}, {"lost.*": "once", "ref.*": "still"})

        with pytest.raises(StalePolicy, match=re.escape("names: these policies name no case: gone, lost.*")):
            area(policies).find_stale_policies()

    def test_policies_that_are_needed_stay(self) -> None:
        """A policy that names a case is not idle."""
        needed = area(Policies({"other": "still"}, {"ref.*": "still"}))
        needed.find_stale_policies()

        assert needed.policies == Policies({"other": "still"}, {"ref.*": "still"})

    def test_other_folders_do_not_judge_policies(self) -> None:
        """In cases that are not our own a policy may match nothing, and a pass is a pass."""
        elsewhere = area(Policies({"good": "once", "gone": "once"}, {}), own=False)

        assert elsewhere.judge("good", "good") == "pass"
        elsewhere.find_stale_policies()

    @pytest.mark.parametrize("table", [{"cases": {"good": " "}}, {"patterns": [{"match": "g.*", "reason": ""}]}])
    def test_every_policy_has_a_reason(self, table: dict[str, Any]) -> None:
        """An excuse without a reason is none."""
        with pytest.raises(AssertionError, match="no reason is given"):
            Policies.read(table)


class TestFew:
    """Excuses are few."""

    @pytest.mark.parametrize(("own", "refused", "error"), [(5, 0, None), (5, 40, None), (0, 100, None), (6, 0, "6")])
    def test_five_in_a_hundred(self, own: int, refused: int, error: str | None) -> None:
        """What is refused does not count."""
        document = {"cases": [{"id": f"c{number}"} for number in range(100)]}
        reasons = {f"c{number}": "we decide otherwise" for number in range(own)}
        reasons |= {f"c{99 - number}": "Not ours: we refuse" for number in range(refused)}
        counted = area(Policies(reasons, {}), document=document)

        if error is None:
            counted.count_policies()
        else:
            with pytest.raises(TooManyPolicies, match=f"names: {error} policies for 100 cases; allowed: 5 in 100"):
                counted.count_policies()

    def test_other_folders_may_hold_any_cases(self) -> None:
        """Where the cases are not our own, nothing is counted."""
        policies = Policies({"good": "we decide otherwise"}, {})

        assert area(policies, own=False).judge("other", "good") == "pass"
        area(policies, own=False).count_policies()


class TestFiles:
    """Where the cases come from."""

    def test_own_folder_has_a_file_for_every_area(self) -> None:
        """Nothing of what the cases folder holds is forgotten."""
        folder = Path(__file__).parents[1] / "conformance" / "cases"

        assert sorted(AREAS.values()) == sorted(path.name for path in folder.iterdir() if path.name != "README.md")

    def test_areas_of_missing_files_are_left_out(self, tmp_path: Path) -> None:
        """Another folder may hold a part of the files."""
        (tmp_path / "sla_cases.json").write_text(json.dumps({"cases": []}))
        (tmp_path / "policies.toml").write_text("")

        assert [area.name for area in read_areas(tmp_path, tmp_path / "policies.toml", own=False)] == ["sla"]

    def test_policies_for_no_area_are_refused(self, tmp_path: Path) -> None:
        """A misspelt table would excuse nothing in silence."""
        (tmp_path / "policies.toml").write_text("[ours.cases]\n")

        with pytest.raises(AssertionError, match=r"policies\.toml: no such area: ours"):
            list(read_areas(tmp_path, tmp_path / "policies.toml", own=True))


class TestSummary:
    """The line at the end."""

    @pytest.mark.parametrize(
        ("verdicts", "line"),
        [
            (["pass", "policy", "pass"], "conformance hours: 3 cases, 2 pass, 1 policy, 0 fail"),
            (["fail", "not built"], "conformance hours: 2 cases, 0 pass, 0 policy, 1 fail, 1 not built"),
            (["not ours", "pass"], "conformance hours: 2 cases, 1 pass, 0 policy, 0 fail, 1 not ours"),
        ],
    )
    def test_line_counts_the_verdicts(self, verdicts: list[str], line: str) -> None:
        """What is not built is mentioned only where there is some."""
        assert summary("hours", verdicts) == line


ADAPTER = """
from conformance_kit import NotBuilt

FILE = "sla_cases.json"

def cases(document):
    return [(case["id"], case) for case in document["cases"]]

def check(case, document):
    if case["id"] == "later":
        raise NotBuilt("later")
    assert case["expected"] == 4
"""


class TestRun:
    """The whole runner, on a folder of cases of its own."""

    @pytest.fixture
    def runner(self, pytester: pytest.Pytester) -> pytest.Pytester:
        """The runner in a place of its own, with three cases: one passes, one fails, one is not built."""
        kit = Path(__file__).parents[1] / "conformance"
        for name in ("conformance_kit.py", "conformance_plugin.py", "test_conformance.py"):
            pytester.path.joinpath(name).write_text((kit / name).read_text(encoding="utf-8"), encoding="utf-8")
        pytester.mkdir("adapters").joinpath("sla.py").write_text(ADAPTER)
        pytester.path.joinpath("policies.toml").write_text('[sla.cases]\n"four" = "once"\n')
        cases = [{"id": "four", "expected": 4}, {"id": "five", "expected": 5}, {"id": "later"}]
        pytester.mkdir("facts").joinpath("sla_cases.json").write_text(json.dumps({"cases": cases}))
        return pytester

    def test_each_case_is_a_test_and_each_file_a_line(self, runner: pytest.Pytester) -> None:
        """The case that differs fails by its id and shows both sides; the file's line counts all three."""
        run = runner.runpytest_subprocess("-p", "conformance_plugin", "--cases", "facts")

        assert run.ret == pytest.ExitCode.TESTS_FAILED
        assert "conformance sla: 3 cases, 1 pass, 0 policy, 1 fail, 1 not built" in run.outlines
        assert "FAILED test_conformance.py::test_case[sla/five] - assert 5 == 4" in run.outlines

    def test_missing_folder_is_one_clear_line(self, runner: pytest.Pytester) -> None:
        """A folder that is not there is said, without a traceback."""
        run = runner.runpytest_subprocess("-p", "conformance_plugin", "--cases", "nowhere")

        assert run.ret == pytest.ExitCode.USAGE_ERROR
        assert [line for line in run.errlines if line] == ["ERROR: --cases: nowhere is no folder"]
