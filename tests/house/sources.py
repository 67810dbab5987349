"""The files of this repository, as the tests of the house read them."""

import ast
import functools
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import attrs

import ticontact

__all__ = ["PACKAGE", "ROOT", "Source", "public_packages", "sources"]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "ticontact"


@attrs.frozen
class Source:
    """One Python file.

    Attributes:
        name: Its path below the root.
        text: What it says.
    """

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file's syntax, which nobody may change."""
        return _parsed(self.text, self.name)

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, at whatever depth."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@functools.cache
def _parsed(text: str, name: str) -> ast.Module:
    return ast.parse(text, filename=name)


def sources(*folders: str) -> list[Source]:
    """The Python files below these folders of the repository, in order."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def public_packages() -> Iterator[ModuleType]:
    """Every package and module of ticontact whose path has no underscore, with `ticontact` first."""
    yield ticontact
    for module in pkgutil.walk_packages(ticontact.__path__, "ticontact."):
        if "._" not in module.name and not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)
