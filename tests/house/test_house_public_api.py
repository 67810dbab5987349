"""The public names: all of them known, documented and typed.

Run this file (`python tests/house/test_house_public_api.py`) to write the names of today into `public_api.json`; the
difference is then read by a person, like any other change.
"""

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sources import public_packages

GOLDEN = Path(__file__).with_name("public_api.json")


def public_api() -> dict[str, list[str]]:
    """The public names of every package."""
    return {package.__name__: list(getattr(package, "__all__", [])) for package in public_packages()}


def in_isort_order(name: str) -> tuple[int, str]:
    """Constants first, then classes, then functions: the order in which ruff keeps an `__all__`."""
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return kind, name


def public_things() -> Iterator[tuple[str, object]]:
    """Every public class and function, and the public methods of the classes that are ours."""
    for package in public_packages():
        for name in getattr(package, "__all__", []):
            thing = getattr(package, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{package.__name__}.{name}", thing
            if inspect.isclass(thing):
                yield from public_methods(f"{package.__name__}.{name}", thing)


def public_methods(name: str, kind: type) -> Iterator[tuple[str, object]]:
    """The public functions, class methods and properties that stand in a class."""
    for attribute, raw in vars(kind).items():
        function = raw.fget if isinstance(raw, property) else getattr(raw, "__func__", raw)
        if not attribute.startswith("_") and inspect.isfunction(function):
            yield f"{name}.{attribute}", function


THINGS = [pytest.param(thing, id=name) for name, thing in dict(public_things()).items()]
FUNCTIONS = [param for param in THINGS if inspect.isfunction(param.values[0])]


def test_public_names_are_the_known_ones() -> None:
    """A name that comes or goes is a decision, so the list of all names stands in a file of its own."""
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == public_api()


@pytest.mark.parametrize("package", list(public_packages()), ids=lambda package: package.__name__)
def test_every_package_declares_its_names(package: ModuleType) -> None:
    """What a package does not name in `__all__` is nobody's business but ours."""
    assert hasattr(package, "__all__")


@pytest.mark.parametrize("package", public_api())
def test_names_are_sorted_and_there(package: str) -> None:
    """A reader finds a name where the alphabet says; each exists, and once."""
    names = public_api()[package]

    assert sorted(names, key=in_isort_order) == names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("thing", THINGS)
def test_public_things_are_documented(thing: object) -> None:
    """Each class, function, method and property says what it answers, in a sentence of its own."""
    assert (thing.__doc__ or "").strip() != ""


@pytest.mark.parametrize("function", FUNCTIONS)
def test_public_functions_are_typed(function: object) -> None:
    """Every argument and every answer has a type."""
    assert callable(function)
    signature = inspect.signature(function)
    untyped = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.annotation is inspect.Parameter.empty and name not in {"self", "cls"}
    ]

    assert untyped == []
    assert signature.return_annotation is not inspect.Signature.empty


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(public_api(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
