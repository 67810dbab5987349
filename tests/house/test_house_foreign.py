"""What parses text from outside stands behind one guard, and the names of zones behind one door."""

import ast
from collections.abc import Iterator

import pytest
from sources import Source, sources

EVERYTHING = sources("src/ticontact")
GUARD = "src/ticontact/_foreign.py"
FILES = "src/ticontact/cli/_files.py"
ALLOWED = {
    "tomllib": {GUARD},
    "json.load": {GUARD},
    "json.loads": {GUARD},
    "json.JSONDecoder": {GUARD},
    "gzip.GzipFile": {FILES},
    "pendulum.timezone": {"src/ticontact/_time.py"},
    "ZoneInfo": set(),
    "ast.literal_eval": set(),
    "gzip.decompress": set(),
    "gzip.open": set(),
    "marshal": set(),
    "pickle": set(),
    "pendulum.parse": set(),
    "pendulum.Timezone": set(),
    "shelve": set(),
    "xml": set(),
    "yaml": set(),
    "zlib.decompress": set(),
}
"""What reads text or bytes of somebody else without a limit of its own, and where it may be called."""


def uses(source: Source) -> Iterator[str]:
    """The modules that a file imports, and whatever it calls, by their full names."""
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
            yield node.module.partition(".")[0]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            written = ast.unparse(node.func)
            first, dot, rest = written.partition(".")
            yield f"{names.get(first, first)}{dot}{rest}".removeprefix("zoneinfo.")


def astray(source: Source) -> set[str]:
    """What a file uses past the guard."""
    return {name for name in uses(source) if source.name not in ALLOWED.get(name, {source.name})}


def test_no_parser_stands_past_the_guard() -> None:
    """Every use of a parser in the package is in the guard, which measures a text before."""
    assert {source.name: names for source in EVERYTHING if (names := astray(source))} == {}


def test_the_guard_is_where_the_test_looks_for_it() -> None:
    """Each use that is allowed is there, so the test above looks for the right names."""
    found = {(name, source.name) for source in EVERYTHING for name in uses(source)}

    assert {("tomllib", GUARD), ("json.loads", GUARD), ("gzip.GzipFile", FILES)} <= found


@pytest.mark.parametrize(
    "text",
    [
        "import tomllib",
        "from tomllib import loads",
        "import json\njson.loads('1')",
        "from json import loads as read\nread('1')",
        "import json as j\ndef f():\n    return j.load(None)",
        "from zoneinfo import ZoneInfo\nZoneInfo('x')",
        "import zoneinfo\nzoneinfo.ZoneInfo('x')",
        "import pendulum\npendulum.timezone('x')",
        "import gzip\ngzip.decompress(b'')",
        "import pickle",
    ],
)
def test_a_use_past_the_guard_is_found(text: str) -> None:
    """However it is imported and called."""
    assert astray(Source("src/ticontact/hours/spoilt.py", text)) != set()
