"""A docstring names the arguments and attributes as they are called."""

import ast
import re
from collections.abc import Iterator

import pytest
from sources import Source, sources

SOURCES = sources("src/ticontact")


def _named(text: str, head: str) -> list[str]:
    """The names that a section of a docstring explains."""
    section = re.search(rf"^{head}:\n((?:    .*\n|\n)*)", f"{text}\n", re.MULTILINE)
    rows = re.findall(r"^    (\S.*?): ", section.group(1), re.MULTILINE) if section else []
    return [name.strip("*` ") for row in rows for name in row.split(",")]


def misnamed(source: Source) -> Iterator[str]:
    """What the docstrings of a file explain, and nothing there is called."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            its = node.args
            known = {each.arg for each in [*its.posonlyargs, *its.args, *its.kwonlyargs, its.vararg, its.kwarg] if each}
            yield from (
                f"{node.name}: {name}" for name in _named(ast.get_docstring(node) or "", "Args") if name not in known
            )
        elif isinstance(node, ast.ClassDef) and not node.bases:
            text = ast.get_docstring(node) or ""
            known = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            known |= {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
            known |= {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
            known |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            explained = [*_named(text, "Args"), *_named(text, "Attributes")]
            yield from (f"{node.name}: {name}" for name in explained if name not in known)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_what_is_explained_is_there(source: Source) -> None:
    """A name that was changed is changed in the words about it too."""
    assert list(misnamed(source)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('def f(a):\n    """X.\n\n    Args:\n        a: One.\n    """', []),
        ('def f(a):\n    """X.\n\n    Args:\n        b: One.\n    """', ["f: b"]),
        ('def f(*, a, **b):\n    """X.\n\n    Args:\n        a, b: Two.\n            More: of it.\n    """', []),
        ('class A:\n    """X.\n\n    Attributes:\n        a: One.\n    """\n    a: int', []),
        ('class A:\n    """X.\n\n    Attributes:\n        b: One.\n    """\n    a: int', ["A: b"]),
        ('class A:\n    """X.\n\n    Args:\n        b: One.\n    """\n    def __init__(self, b): ...', []),
        ('class A:\n    """X."""', []),
    ],
)
def test_the_law_finds_it(text: str, found: list[str]) -> None:
    """Several names in a row, further lines and stars do not confuse it."""
    assert list(misnamed(Source("src/ticontact/x.py", text))) == found
