"""Every regular expression of the package, and how it is used: found in the sources and in the modules."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any, Final

import attrs
from sources import Source

__all__ = ["Found", "NotFound", "found_in", "module_of"]

USES: Final = {
    "match": "match",
    "fullmatch": "fullmatch",
    "search": "search",
    "sub": "scan",
    "subn": "scan",
    "split": "scan",
    "findall": "scan",
    "finditer": "scan",
}
"""What a method means for the work: one place, the whole, the first match anywhere, or all matches."""


@attrs.frozen
class Found:
    """A regular expression and one way in which it is used.

    Attributes:
        place: The file, and the name or the line.
        pattern: The pattern.
        use: `match`, `fullmatch`, `search` or `scan`.
    """

    place: str
    pattern: re.Pattern[Any]
    use: str


@attrs.frozen
class NotFound:
    """An expression that no reading of the source can tell.

    Attributes:
        file: Where it stands.
        code: The call, as it is written.
    """

    file: str
    code: str


def module_of(source: Source) -> ModuleType:
    """The module that a file of `src` becomes."""
    name = source.name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return importlib.import_module(name)


def found_in(source: Source, module: ModuleType) -> Iterator[Found | NotFound]:
    """All regular expressions of a file: those that it keeps, and those that it makes on the way."""
    kept = {name: list(_patterns(value)) for name, value in vars(module).items()}
    uses = dict.fromkeys((pattern, name, use) for name, use in _uses(source.tree) for pattern in kept.get(name, ()))
    for pattern, name, use in uses:
        several = len(kept[name]) > 1
        yield Found(f"{source.name} {name}" + f" {kept[name].index(pattern)}" * several, pattern, use)
    yield from _kept_and_never_seen_in_use(source, module, {pattern for pattern, _, _ in uses})
    yield from _calls(source, module)


def _kept_and_never_seen_in_use(source: Source, module: ModuleType, used: set[re.Pattern[Any]]) -> Iterator[Found]:
    """Patterns that this file makes and hands on: held to the hardest use."""
    made_here = {
        target.id
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    everything = [(name, value) for name, value in vars(module).items() if name in made_here]
    everything += [
        (name, value)
        for name, value in vars(module).items()
        if isinstance(value, type | FunctionType) and value.__module__ == module.__name__
    ]
    for name, value in everything:
        for pattern in _patterns(value):
            if pattern not in used:
                yield Found(f"{source.name} {name}", pattern, "scan")


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: itself, or within containers, classes, closures and defaults."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4:
        for inner in _parts(value):
            yield from _patterns(inner, depth + 1)


def _parts(value: object) -> Iterable[object]:  # noqa: PLR0911 - one line for each kind of holder
    match value:
        case str() | bytes():
            return ()
        case list() | tuple() | set() | frozenset():
            return value
        case dict():
            return [*value.keys(), *value.values()]
        case FunctionType():
            cells = [cell.cell_contents for cell in value.__closure__ or ()]
            return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        case type():
            return [inner for name, inner in vars(value).items() if not name.startswith("__")]
        case classmethod() | staticmethod():
            return [value.__func__]
        case property():
            return [value.fget]
        case _ if attrs.has(kind := type(value)):
            return [getattr(value, field.name, None) for field in attrs.fields(kind)]
        case Mapping():
            return list(value.values())
        case _:
            return ()


def _uses(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names on which a method of a pattern is called, or `NAME[...]`, or `self.NAME`, with the use."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in USES:
            holder = node.func.value
            while isinstance(holder, ast.Subscript):
                holder = holder.value
            name = holder.id if isinstance(holder, ast.Name) else getattr(holder, "attr", "")
            # `match(text, place)` goes through a text piece by piece
            begins_anywhere = len(node.args) > 1 and node.func.attr in {"match", "search", "fullmatch"}
            yield name, "scan" if begins_anywhere else USES[node.func.attr]


def _calls(source: Source, module: ModuleType) -> Iterator[Found | NotFound]:
    """Calls of `re` itself: each has a pattern that can be worked out, or is told as not found."""
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
            continue
        method = ast.unparse(node.func).removeprefix("re.")
        if method != "compile" and method not in USES:
            continue
        try:
            pattern = _worked_out(node, module)
        except (NameError, AttributeError, TypeError):
            yield NotFound(source.name, ast.unparse(node))
            continue
        if method != "compile":
            yield Found(f"{source.name} line {node.lineno}", pattern, USES[method])


def _worked_out(call: ast.Call, module: ModuleType) -> re.Pattern[Any]:
    """The pattern of a call, where its text stands in the source; what is put in by `re.escape` is a word."""
    text = _Escaped().visit(ast.parse(ast.unparse(call.args[0]), mode="eval"))
    given = eval(compile(ast.fix_missing_locations(text), "<pattern>", "eval"), dict(vars(module)))  # noqa: S307 - our own source
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"] + [
        argument for argument in call.args[1:] if ast.unparse(argument).startswith("re.")
    ]
    value = 0
    for flag in flags:
        value |= int(eval(ast.unparse(flag), dict(vars(module))))  # noqa: S307 - our own source
    return re.compile(given, value)


class _Escaped(ast.NodeTransformer):
    """Puts a word in the place of whatever `re.escape` makes literal."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Replace `re.escape(...)`."""
        return ast.Constant("key") if ast.unparse(node.func) == "re.escape" else node
