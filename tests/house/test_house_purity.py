"""What import-linter cannot see: no clock, no console, no file, nothing that changes behind one's back."""

import ast
from collections.abc import Iterator

import pytest
from sources import Source, sources

CORE = [source for source in sources("src/ticontact") if "/cli/" not in source.name]
EVERYTHING = sources("src/ticontact")

FUNCTIONS = {"breakpoint", "eval", "exec", "input", "open", "print"}
METHODS = {"now", "read_bytes", "read_text", "today", "utcnow", "write_bytes", "write_text"}
MUTATING = {"add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"}
CONTAINERS = {"Counter", "OrderedDict", "bytearray", "defaultdict", "deque", "dict", "list", "set"}

by_name = pytest.mark.parametrize("source", EVERYTHING, ids=lambda source: source.name)


def is_container(value: ast.expr | None) -> bool:
    """Whether an expression makes a list, a dict, a set or the like."""
    match value:
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)):
            return name in CONTAINERS
    return isinstance(value, ast.Dict | ast.DictComp | ast.List | ast.ListComp | ast.Set | ast.SetComp)


def module_containers(tree: ast.Module) -> Iterator[str]:
    """The names of the containers that stand at the level of the module."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=value) if is_container(value):
                yield name
            case ast.AnnAssign(target=ast.Name(name), value=value) if is_container(value):
                yield name


def changed(node: ast.AST) -> str:
    """The name of what a piece of code changes in place; empty if it changes nothing that has a plain name."""
    match node:
        case ast.Subscript(value=ast.Name(name), ctx=ast.Store() | ast.Del()):
            return name
        case ast.AugAssign(target=ast.Name(name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(name), attr=verb)) if verb in MUTATING:
            return name
    return ""


def changes_of_containers(source: Source) -> list[str]:
    """Every place where a function changes a container of its module."""
    containers = set(module_containers(source.tree))
    return [
        f"line {node.lineno}: {changed(node)}"
        for function in source.functions
        for node in ast.walk(function)
        if isinstance(node, ast.expr | ast.stmt) and changed(node) in containers
    ]


def reaches_outside(function: ast.expr) -> bool:
    """Whether a call of this would look at the clock, the console or a file."""
    match function:
        case ast.Name(name):
            return name in FUNCTIONS
        case ast.Attribute(ast.Name("codecs" | "gzip" | "io" | "os" | "tokenize"), "open"):
            return True
        case ast.Attribute(attr=name):
            return name in METHODS
    return False


def calls_outside(source: Source) -> list[str]:
    """Every call by which a function would reach out of the program."""
    return [
        f"line {node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and reaches_outside(node.func)
    ]


OF_ITS_OWN = {"src/ticontact/plain/_compiled.py": ["exec"]}
"""What a file calls all the same: functions are compiled from source that is made of the names of fields alone."""


@pytest.mark.parametrize("source", CORE, ids=lambda source: source.name)
def test_core_reaches_for_nothing_outside(source: Source) -> None:
    """No clock, no console, no file: only the command line has input and output."""
    assert [
        call for call in calls_outside(source) if call.split(": ")[1][:-2] not in OF_ITS_OWN.get(source.name, [])
    ] == []


@by_name
def test_no_module_keeps_a_state(source: Source) -> None:
    """A table of a module is written once; no function changes it."""
    assert changes_of_containers(source) == []


@by_name
def test_no_function_rebinds_a_global(source: Source) -> None:
    """`global` would make an answer depend on earlier questions."""
    assert [node.names for node in ast.walk(source.tree) if isinstance(node, ast.Global)] == []


class TestTheTestItself:
    """The rules above do find what they are after."""

    @pytest.mark.parametrize(
        "line", ["at = pendulum.now()", "text = open('x').read()", "print(1)", "d = date.today()", "gzip.open('x')"]
    )
    def test_calls_are_found(self, line: str) -> None:
        """By name and by attribute."""
        assert len(calls_outside(Source("example.py", line))) == 1

    @pytest.mark.parametrize(
        "line", ["SEEN[key] = 1", "del SEEN[key]", "SEEN.update(key=1)", "SEEN[key] += 1", "SEEN.setdefault(key, 1)"]
    )
    def test_changes_are_found(self, line: str) -> None:
        """By item, by operator and by method."""
        text = f"SEEN: dict[str, int] = {{}}\ndef remember(key):\n    {line}\n"

        assert changes_of_containers(Source("example.py", text)) == ["line 3: SEEN"]

    @pytest.mark.parametrize("made", ["{}", "[]", "set()", "defaultdict(list)", "[x for x in y]", "{x: 1 for x in y}"])
    def test_containers_are_found(self, made: str) -> None:
        """By display, by comprehension and by call; with annotation or without."""
        assert [*module_containers(ast.parse(f"SEEN = {made}\nKNOWN: Final = {made}\n"))] == ["SEEN", "KNOWN"]

    def test_local_names_are_free(self) -> None:
        """What a function makes itself it may change."""
        text = "def count(words):\n    seen = {}\n    seen['a'] = 1\n    return seen\n"

        assert changes_of_containers(Source("example.py", text)) == []
