"""What the laws of shape look at: classes and their bases, module names, and what a function changes."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from sources import Source

__all__ = ["changes_of", "module_names", "questions", "single_bases"]

CHANGING = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft", "remove"),
    *("reverse", "rotate", "setdefault", "sort", "update", "__setattr__", "__setitem__", "__delitem__"),
}
"""Methods of the standard containers that change them."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def package_of(source: Source) -> str:
    """The package right below `ticontact` that a file stands in; a module of the ground is its own."""
    return source.name.removeprefix("src/ticontact/").partition("/")[0].removesuffix(".py")


def single_bases(sources: list[Source]) -> Iterator[str]:
    """Classes that are a base of exactly one other class, which stands in the same package: `package.Base <- Child`.

    Left aside: protocols; errors, which form a tree; and abstract classes with a public name, which embedders derive
    from. A base with type arguments counts as that base.
    """
    classes = [
        (package_of(source), node, name)
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for name in [node.name]
    ]
    children: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for package, node, name in classes:
        for base in node.bases:
            children[_last_name(base)].append((package, name))
    for package, node, name in classes:
        below = children.get(name, [])
        if (
            len(below) == 1
            and below[0][0] == package
            and package != "errors"
            and not _is_meant_to_be_derived_from(node)
        ):
            yield f"{package}.{name} <- {below[0][1]}"


def _last_name(base: ast.expr) -> str:
    return ast.unparse(base).partition("[")[0].rpartition(".")[2]


def _is_meant_to_be_derived_from(node: ast.ClassDef) -> bool:
    bases = {_last_name(base) for base in node.bases}
    has_abstract = any(
        _last_name(decorator) == "abstractmethod"
        for method in node.body
        if isinstance(method, Function)
        for decorator in method.decorator_list
    )
    return "Protocol" in bases or (not node.name.startswith("_") and (has_abstract or "ABC" in bases))


def module_names(sources: list[Source]) -> dict[str, list[str]]:
    """Every module name, without its underscore, with the folders in which it stands, where there are several."""
    folders: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        folder, _, file = source.name.removeprefix("src/").rpartition("/")
        stem = file.removesuffix(".py")
        if stem != "__init__":
            folders[stem.lstrip("_")].append(folder)
        else:
            parent, _, own = folder.rpartition("/")
            folders[own.lstrip("_")].append(parent)
    return {name: sorted(found) for name, found in folders.items() if len(found) > 1}


def questions(tree: ast.Module) -> Iterator[tuple[str, Function, dict[str, Function]]]:
    """Functions that read as a question, with the functions that they can call by `self` or by their bare name."""
    own = {node.name: node for node in tree.body if isinstance(node, Function)}
    for name, node in own.items():
        if _is_question(node):
            yield name, node, own
    for kind in ast.walk(tree):
        if isinstance(kind, ast.ClassDef):
            methods = {node.name: node for node in kind.body if isinstance(node, Function)}
            for name, node in methods.items():
                if _is_question(node):
                    yield f"{kind.name}.{name}", node, own | methods


def _is_question(function: Function) -> bool:
    """`is_`, `has_`, `may_`, `can_`; and yes or no from a word in the third person, such as `matters` or `_drains`."""
    word, _, rest = function.name.lstrip("_").partition("_")
    answers_yes_or_no = function.returns is not None and ast.unparse(function.returns) == "bool"
    return (word in {"is", "has", "may", "can"} and rest != "") or (word.endswith("s") and answers_yes_or_no)


def changes_of(function: Function, callable_here: dict[str, Function]) -> list[str]:
    """What a function changes that it has not made itself, here or in functions of the same class or module."""
    found: list[str] = []
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        node = waiting.pop()
        if node.name in seen:
            continue
        seen.add(node.name)
        own = _made_here(node)
        found += [f"{node.name}: {ast.unparse(change)}" for change in _changes(node) if _root(change) not in own]
        waiting += [callable_here[name] for name in _called(node) if name in callable_here]
    return found


def _changes(function: Function) -> Iterator[ast.expr]:
    """What is assigned to, deleted, or has a changing method called on it; and names declared global or nonlocal."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets) | ast.Delete(targets=targets):
                for target in targets:
                    yield from _places(target)
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                yield from _places(target)
            case ast.Call(func=ast.Attribute(attr=method, value=holder)) if method in CHANGING:
                yield holder
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                yield from (ast.Name(name) for name in names)


def _places(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for inner in target.elts:
            yield from _places(inner)
    elif isinstance(target, ast.Attribute | ast.Subscript):
        yield target


def _root(place: ast.expr) -> str:
    """The name that a chain of attributes, items and calls begins with."""
    while not isinstance(place, ast.Name):
        match place:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                place = inner
            case _:
                return ""
    return place.id


def _made_here(function: Function) -> set[str]:
    """Local names that hold what the function made: not a part of an argument, nor of anything from outside."""
    arguments = function.args
    given = {each.arg for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
    made = {""}
    for node in ast.walk(function):
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            pairs = [(node.target, node.value)]
        for target, value in pairs:
            if isinstance(target, ast.Name) and not isinstance(value, ast.Name | ast.Attribute | ast.Subscript):
                made.add(target.id)
    return made - given


def _called(function: Function) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case (
                ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name))
                | ast.Call(func=ast.Name(id=name))
            ):
                yield name
