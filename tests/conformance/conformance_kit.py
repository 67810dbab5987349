"""What a conformance case is, and the verdict on it.

Theory of operation. The files below `cases/` hold facts that other projects, standards and measurements agree on. An
area's adapter (`adapters/<area>.py`) says each case in ticontact's own terms: `cases(document)` lists them and
`check(case, document)` raises `AssertionError` where our answer is another one. Where our semantics differ on purpose,
`policies.toml` says so with a reason. A policy is held as strictly as a case: one whose case passes after all, or that
names no case, is stale and fails. Of the cases of an area at most 5 in 100 may have an answer of our own; those whose
reason begins with "Not ours:" ask for mechanics that we refuse, and are counted apart. In a folder of cases that is not
our own only the cases are judged, not the policies.
"""

import importlib
import importlib.util
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Protocol, cast

import attrs

from ticontact.errors import TicontactError

__all__ = [
    "AREAS",
    "Adapter",
    "Area",
    "Eligibility",
    "NotBuilt",
    "Policies",
    "StalePolicy",
    "TooManyPolicies",
    "Unwritten",
    "read_areas",
    "summary",
]

Eligibility = Literal["pass", "policy", "not ours", "not built"]

_NOT_OURS: Final = "Not ours: "
_MOST_POLICIES: Final = 5  # in 100 cases

AREAS: Final[Mapping[str, str]] = {
    "hours": "hours_cases.json",
    "sla": "sla_cases.json",
    "lifecycle": "lifecycle_cases.json",
    "routing": "routing_cases.json",
    "queueing": "queueing_cases.json",
    "phone": "phone_cases.json",
    "email": "email_cases.json",
    "cdr": "cdr_cases.json",
    "messages": "rfc5322_messages",
}
"""Each area and its file below the folder of cases; a folder for the messages."""


class NotBuilt(Exception):
    """Raised by an adapter for a case that asks for what ticontact cannot do yet: an answer rather than a fault."""


class TooManyPolicies(AssertionError):
    """So many cases of an area are excused that it does not conform."""


class StalePolicy(AssertionError):
    """A policy excuses a case that needs no excuse, or that does not exist."""


class Adapter(Protocol):
    """The module `adapters.<area>`."""

    @property
    def FILE(self) -> str:  # noqa: N802 - a constant of the module
        """The file below the folder of cases."""

    def cases(self, document: Any) -> Iterable[tuple[str, Any]]:
        """Every case with its id."""

    def check(self, case: Any, document: Any) -> None:
        """Raise `AssertionError` if our answer is another one, `NotBuilt` if there is none yet."""


@attrs.frozen
class Unwritten:
    """The adapter of an area that has none: it knows the ids alone."""

    FILE: str

    def cases(self, document: Any) -> Iterator[tuple[str, Any]]:
        """Every case with its id, as the files of all areas give them."""
        if isinstance(document, Path):
            yield from _document(document / "expectations.json")["messages"].items()
        else:
            yield from ((case["id"], case) for case in document["cases"])

    def check(self, case: Any, document: Any) -> None:  # noqa: ARG002 - the shape of every adapter
        """Nothing can be judged.

        Raises:
            NotBuilt: Always.
        """
        raise NotBuilt(self.FILE)


@attrs.frozen
class Policies:
    """The cases of one area in which our semantics differ, each with its reason.

    Attributes:
        cases: The reason by case id.
        patterns: The reason by a regular expression that the whole id matches.
    """

    cases: Mapping[str, str]
    patterns: Mapping[str, str]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "Policies":
        """The policies in one area's table of `policies.toml`."""
        patterns = {entry["match"]: entry["reason"] for entry in table.get("patterns", [])}
        cases = dict(table.get("cases", {}))
        for name, reason in (cases | patterns).items():
            assert reason.strip(), f"policy {name!r}: no reason is given"
        return cls(cases, patterns)

    def reason(self, case_id: str) -> str | None:
        """Why this case is excused; None if it is not."""
        if case_id in self.cases:
            return self.cases[case_id]
        return next((why for match, why in self.patterns.items() if re.fullmatch(match, case_id)), None)

    def idle(self, case_ids: Iterable[str]) -> Iterator[str]:
        """The policies that excuse none of these cases."""
        known = tuple(case_ids)
        yield from (case_id for case_id in self.cases if case_id not in known)
        yield from (match for match in self.patterns if not any(re.fullmatch(match, each) for each in known))


@attrs.frozen(kw_only=True)
class Area:
    """The cases of one file, how to check them and what excuses them.

    Attributes:
        name: Such as `hours`.
        document: The parsed file, or the folder's path.
        adapter: How to list and check the cases.
        policies: Where our semantics differ.
        own: Whether the cases are those of this repository, so that stale policies are faults.
    """

    name: str
    document: Any
    adapter: Adapter
    policies: Policies
    own: bool = True

    def cases(self) -> Mapping[str, Any]:
        """Every case by its id.

        Raises:
            AssertionError: If two cases have one id.
        """
        listed = list(self.adapter.cases(self.document))
        twice = [case_id for case_id, count in Counter(case_id for case_id, _ in listed).items() if count > 1]
        assert not twice, f"{self.name}: two cases have one id: {twice}"
        return dict(listed)

    def judge(self, case_id: str, case: Any) -> Eligibility:
        """The verdict on one case.

        Raises:
            AssertionError: If our answer is another one and no policy says why.
            StalePolicy: If a policy excuses a case of our own that passes.
        """
        reason = self.policies.reason(case_id)
        try:
            self.adapter.check(case, self.document)
        except NotBuilt:
            return "not built"
        except (AssertionError, TicontactError):
            if reason is None:
                raise
            return "not ours" if reason.startswith(_NOT_OURS) else "policy"
        if reason is not None and self.own:
            raise StalePolicy(f"{self.name}: {case_id} passes; remove its policy ({reason})")
        return "pass"

    def find_stale_policies(self) -> None:
        """Refuse policies that name none of our own cases.

        Raises:
            StalePolicy: If there are any.
        """
        idle = [*self.policies.idle(self.cases())] if self.own else []
        if idle:
            raise StalePolicy(f"{self.name}: these policies name no case: {', '.join(idle)}")

    def count_policies(self) -> None:
        """Refuse too many answers of our own; what is not ours does not count.

        Raises:
            TooManyPolicies: If they are more than 5 in 100.
        """
        reasons = [reason for case_id in self.cases() if (reason := self.policies.reason(case_id)) is not None]
        own = sum(not reason.startswith(_NOT_OURS) for reason in reasons)
        if self.own and own * 100 > _MOST_POLICIES * len(self.cases()):
            raise TooManyPolicies(f"{self.name}: {own} policies for {len(self.cases())} cases; allowed: 5 in 100")


def read_areas(folder: Path, policies: Path, *, own: bool) -> Iterator[Area]:
    """The areas of a folder of cases; a file that it does not have is left out.

    Args:
        folder: Where the files of `AREAS` lie.
        policies: The file `policies.toml`.
        own: Whether these are the cases of this repository.
    """
    tables = tomllib.loads(policies.read_text(encoding="utf-8"))
    unknown = tables.keys() - AREAS.keys()
    assert not unknown, f"{policies.name}: no such area: {', '.join(sorted(unknown))}"
    for name, file in AREAS.items():
        if (folder / file).exists():
            yield Area(
                name=name,
                document=_document(folder / file),
                adapter=_adapter(name, file),
                policies=Policies.read(tables.get(name, {})),
                own=own,
            )


def _document(path: Path) -> Any:
    return path if path.is_dir() else json.loads(path.read_text(encoding="utf-8"))


def _adapter(name: str, file: str) -> Adapter:
    module = f"adapters.{name}"
    try:
        written = importlib.util.find_spec(module)
    except ModuleNotFoundError:  # not even the folder
        written = None
    if written is None:
        return Unwritten(file)
    adapter = cast("Adapter", importlib.import_module(module))
    assert file == adapter.FILE, f"{module}: FILE is {adapter.FILE!r}; expected {file!r}"
    return adapter


def summary(name: str, verdicts: Iterable[str]) -> str:
    """One line on one area; cases that are not ours, or not built, are mentioned only where there are some."""
    count = Counter(verdicts)
    shown = ["pass", "policy", "fail", *(each for each in ("not ours", "not built") if count[each])]
    return f"conformance {name}: {count.total()} cases, " + ", ".join(f"{count[each]} {each}" for each in shown)
