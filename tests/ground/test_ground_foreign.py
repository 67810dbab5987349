"""The guard around TOML and JSON: whatever comes in, plain data or a typed error comes out, and in proportion."""

import json
import sys
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ticontact._foreign import DEEPEST, LARGEST_JSON, LARGEST_TOML, checked_plain, parse_json, parse_toml
from ticontact.departments import load as load_department
from ticontact.errors import ConfigurationError, ContactError, MessageTooLarge, TicontactError, UnreadableRecord
from ticontact.hours.notation import toml
from ticontact.routing import rules
from ticontact.testing._budget import Budget
from ticontact.tickets import fact, load_lifecycle, load_policies

LOADERS: list[Callable[[str], object]] = [load_department, toml.read, rules.load, load_lifecycle, load_policies]
HOSTILE_TOML = {
    "a number of 5,000 digits": "a = " + "9" * 5000,
    "a number beyond 64 bits": f"a = {2**63}",
    "a long number to the base of 16": "a = 0x" + "f" * 5000,
    "brackets": "a = " + "[" * 5000,
    "brackets that close": "a = " + "[" * 33 + "]" * 33,
    "tables in tables": "a = " + "{a = " * 33 + "1" + "}" * 33,
    "tables by dots in tables": "a = " + "{a.a.a.a.a.a = " * 6 + "1" + "}" * 6,
    "brackets behind a text": 'a = "[" \n b = ' + "[" * 33,
    "brackets behind a comment": "# '''\na = " + "[" * 33,
    "brackets behind a long text": 'a = """\\"""\n""""" \n b = ' + "[" * 33,
    "a number of 1,001 digits": "a = 1." + "0" * 1001,
    "a name of 1,001 characters": "[[a]]\n" + "b" * 1001 + " = 1",
    "many tables": "".join(f"[{number}]\n" for number in range(100_001)),
    "many tables in a list": "a = [" + "{}," * 100_000 + "]",
    "many tables by dots": "".join(f"{number}.a.b.c.d.e.f.g.h = 1\n" for number in range(12_501)),
    "a key of many parts": "a" + ".a" * 10_000 + " = 1",
    "a header of many parts": "[" + '"a" . ' * 10 + "a]",
    "not a number": "a = nan",
    "infinity": "a = [-inf]",
    "half a character": "a = '\ud800'",
    "no text": "a = \x00",
    "nothing closes": '"""\n' + '\\"""\n' * 50 + "\\",
    "nothing closes it": "a = '''\n[[[[",
    "a date that is none": "a = 2026-02-30",
    "twice": "a = 1\na = 2",
    "too long": "#" * (LARGEST_TOML + 1),
}
HOSTILE_JSON: dict[str, str | bytes] = {
    "a number of 5,000 digits": "9" * 5000,
    "a number beyond 64 bits": "[18446744073709551616]",
    "brackets": "[" * 100_000,
    "brackets that close": "[" * 33 + "]" * 33,
    "objects": '{"a": ' * 33 + "1" + "}" * 33,
    "brackets behind a text": '["\\"[",' + "[" * 33,
    "not a number": "NaN",
    "infinity": "[-Infinity]",
    "infinity as a number": '{"a": 1e999}',
    "half a character": '{"a": "\\ud800"}',
    "half a character in a name": '{"\\udfff": 1}',
    "half a character as it is": '"\udfff"',
    "a name twice": '{"a": 1, "b": {"a": 1, "a": 2}}',
    "nothing": "",
    "no text in UTF-8": b"\xff",
    "a mark of the order of bytes": "\ufeff{}",
    "nothing closes": '"' + "[" * 40,
    "many parts": "[" + "{}," * 100_000 + "{}]",
}


class TestToml:
    """What a department wrote, or somebody else."""

    @pytest.mark.parametrize("name", HOSTILE_TOML)
    @pytest.mark.parametrize("load", LOADERS, ids=["department", "hours", "rules", "lifecycle", "policies"])
    def test_hostile_text_is_one_fault(self, load: Callable[[str], object], name: str) -> None:
        """Of every description, and with a short text."""
        with pytest.raises(ConfigurationError) as refused:
            load(HOSTILE_TOML[name])

        assert [fault.path for fault in refused.value.faults] == ["file"]
        assert len(str(refused.value)) < 500

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a = '''it's ''''\nb = 1", {"a": "it's '", "b": 1}),
            ('a = """say "[[" """""', {"a": 'say "[[" ""'}),
            ("a = \"\\\"[[\"  # [[ '''\nb = [[1]]", {"a": '"[[', "b": [[1]]}),
            ("a.'b.c'.d = 1.5", {"a": {"b.c": {"d": 1.5}}}),
            ("a = " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1), None),
            ("a" + ".a" * 9 + " = 1", None),
            ("a = ['" + "[" * 99 + "', \"" + "{" * 99 + '"] # ' + "[" * 99, None),
            (f"a = [{2**63 - 1}, {-(2**63)}]", {"a": [2**63 - 1, -(2**63)]}),
            ("a = [" + "1.5, " * 500 + "]", {"a": [1.5] * 500}),
            ("b" * 1000 + " = '" + "1" * 2000 + "' # " + "1" * 2000, {"b" * 1000: "1" * 2000}),
            ("a = [" + "{}," * 49_999 + "[]," * 49_999 + "]", None),
            ("# [{.\n" * 50_000 + "a = '" + "[{." * 50_000 + "'", None),
        ],
        ids=range(12),
    )
    def test_right_text_is_read(self, text: str, expected: object) -> None:
        """Brackets and dots in texts and comments count for nothing."""
        read = parse_toml(text)

        assert read == (read if expected is None else expected)

    def test_text_is_text(self) -> None:
        """The bytes of a file are no text yet."""
        given_bytes: Any = b"a = 1"
        with pytest.raises(ConfigurationError, match=r"^office: bytes was given \(allowed: a text\)$"):
            parse_toml(given_bytes, place="office")

    def test_a_deep_stack_is_no_crash(self) -> None:
        """Whoever reads a description at the end of the stack gets the same kind of error."""

        def at_depth(left: int) -> None:
            if left:
                at_depth(left - 1)
            else:
                parse_toml("a = " + "[" * 30 + "]" * 30)

        used = len(_frames())
        with pytest.raises(ConfigurationError, match=r"^file: not TOML that can be read"):
            at_depth(sys.getrecursionlimit() - used - 60)


def _frames() -> list[object]:
    frame: Any = sys._getframe()
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


class TestJson:
    """What a stranger sent."""

    @pytest.mark.parametrize("name", HOSTILE_JSON)
    def test_hostile_text_is_refused(self, name: str) -> None:
        """With its place, and with its text behind `given` alone."""
        with pytest.raises(ContactError, match=r"^vcon: .*; allowed: ") as refused:
            parse_json(HOSTILE_JSON[name], place="vcon")

        assert len(str(refused.value)) < 200
        assert refused.value.__context__ is None
        assert refused.value.given == HOSTILE_JSON[name]

    @pytest.mark.parametrize("text", ["[" * 33 + "]" * 33, '{"a": ' * 40 + "1" + "}" * 40, "[1]" * 9])
    def test_what_is_too_large_says_so(self, text: str) -> None:
        """Deep, or long."""
        with pytest.raises(MessageTooLarge, match=r"levels|25 characters"):
            parse_json(text, place="x", largest=25 if len(text) == 27 else LARGEST_JSON)

    @pytest.mark.parametrize(
        "data", [{}, None, [[]], {"a": ["[" * 99, '{\\"' * 99], "b": [1.5, True, -(2**63)]}, "è", [[0]] * 100]
    )
    @pytest.mark.parametrize("as_bytes", [False, True])
    def test_right_text_is_read(self, data: object, as_bytes: bool) -> None:  # noqa: FBT001 - given by name
        """Brackets in texts count for nothing."""
        text = json.dumps(data, ensure_ascii=False)
        given: str | bytes = text.encode() if as_bytes else text

        assert parse_json(given, place="x") == data

    @pytest.mark.parametrize("nothing", [None, 5, [], {}])
    def test_text_is_text(self, nothing: Any) -> None:
        """Or its bytes."""
        with pytest.raises(UnreadableRecord, match=r"^x: .* was given; allowed: a text$"):
            parse_json(nothing, place="x")


class TestPlainData:
    """What another parser made."""

    def test_right_data_passes(self) -> None:
        """Mappings of any kind, with values of any type."""
        checked_plain(MappingProxyType({"a": [{"b": object()}], "c": None}), place="x")

    def test_what_refers_to_itself_is_too_deep(self) -> None:
        """It never ends."""
        endless: list[object] = []
        endless.append(endless)
        with pytest.raises(MessageTooLarge, match=r"^x: it nests too deeply; allowed: 32 levels$"):
            checked_plain(endless, place="x")

    @pytest.mark.parametrize("data", [{1: 2}, [float("nan")], [10**5000], "\ud800", {"\ud800": 1}])
    def test_what_json_cannot_hold_is_refused(self, data: object) -> None:
        """As in a text."""
        with pytest.raises(UnreadableRecord, match=r"^x: .*; allowed: "):
            checked_plain(data, place="x")


SHAPES: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda size: "\n".join(f"key{number} = 1" for number in range(size)),
    "unknown tables": lambda size: "\n".join(f"[key{number}]" for number in range(size)),
    "dotted keys": lambda size: "\n".join(f"k{number}.a.a.a.a.a.a.a.a.a = 1" for number in range(size)),
    "dotted tables": lambda size: "\n".join(f"[a.b.c.k{number}]\nd.e = 1" for number in range(size)),
    "one table often": lambda size: "[[queue]]\n" * size,
    "entries of a table": lambda size: "[[queue]]\n" + '[[queue.more]]\nx = "y"\n' * size,
    "rules": lambda size: "".join(
        f'[[rule]]\nname = "{number}"\nthen.require.a{number} = 9\n' for number in range(size)
    ),
    "states": lambda size: "".join(f'[[state]]\nname = "{number}"\n' for number in range(size)),
    "edges": lambda size: "".join(f'[[edge]]\ntrigger = "{number}"\nfrom = ["x"]\n' for number in range(size)),
    "closures": lambda size: '[hours.x]\nweek = "Mo"\n' + "[[hours.x.closure]]\nfrom = 2026-01-01\n" * size,
    "hours": lambda size: "".join(f'[h{number}]\nweek = "x"\n' for number in range(size)),
    "policies": lambda size: "".join(
        f'[[policy]]\nname = "{number}"\nwhen.channel = ["y"]\n' for number in range(size)
    ),
    "queues and entries": lambda size: "".join(
        f'[[queue]]\nid = "{number}"\nhours = "x"\n[[entry]]\nqueue = "{number}"\n' for number in range(size)
    ),
    "a lifecycle": lambda size: (
        'name = "x"\ninitial = "0"\n'
        + "".join(
            f'[[state]]\nname = "{number}"\ncategory = "open"\n'
            f'[[edge]]\ntrigger = "t{number}"\nfrom = ["{number}", "x"]\nto = "{number + 1}"\nguards = ["g"]\n'
            f'[[timer]]\nid = "{number}"\nin = ["{number}"]\nafter = "1h"\ntrigger = "t9"\n'
            for number in range(size)
        )
    ),
    "one trigger": lambda size: (
        'name = "x"\ninitial = "0"\n'
        + "".join(
            f'[[state]]\nname = "{number}"\ncategory = "open"\n'
            f'[[edge]]\ntrigger = "t"\nfrom = ["0"]\nto = "{number}"\nguards = ["g{number}"]\n'
            for number in range(size)
        )
    ),
    "overrides and breaks": lambda size: (
        '[x]\nweek = "Mo"\nzone = "UTC"\n'
        + "".join(
            f'[[x.override]]\nday = {2000 + number}-01-01\nwindows = "08:00-12:00"\n'
            f'[[x.break]]\nday = {2000 + number}-01-02\nwindows = "08:00-12:00"\n'
            f'[[x.season]]\nfrom = {2000 + number}-02-01\nuntil = {2000 + number}-03-01\nweek = "Tu 08:00-09:00"\n'
            for number in range(size)
        )
    ),
    "steps": lambda size: (
        '[[rule]]\nname = "x"\n'
        + "".join(f'[[rule.then.relax]]\nafter = "{number}s"\nrequire.x = 1\n' for number in range(1, size))
    ),
    "long lists": lambda size: (
        '[[rule]]\nname = "x"\nthen.exclude.agents = ['
        + '"a", ' * size
        + "]\nthen.veto.skills = ["
        + '"b", ' * size
        + "]\nwhen.queue.any = ["
        + '"c", ' * size
        + "]\n"
    ),
    "a long text": lambda size: 'id = "' + '\\"' * size + '"',
    "a long list": lambda size: "a = [" + "1, " * size + "]",
}


def lines_run(load: Callable[[str], object], text: str) -> int:
    """How many lines of Python a loader runs over a text, those of the parser included."""
    budget = Budget(sys.maxsize)
    before = sys.gettrace()
    sys.settrace(budget.trace)
    try:
        load(text)
    except ConfigurationError:
        pass
    finally:
        sys.settrace(before)
    return sys.maxsize - budget.left


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("load", LOADERS, ids=["department", "hours", "rules", "lifecycle", "policies"])
def test_twice_the_text_is_twice_the_work(load: Callable[[str], object], shape: str) -> None:
    """Of every description, whatever it repeats; the texts of faults are part of it."""
    small, large = (lines_run(load, SHAPES[shape](size)) for size in (60, 240))

    assert large <= 4.6 * small


@given(
    st.lists(
        st.sampled_from(['"', "'", '"""', "'''", "\\", "#", "\n", "[", "]", "{", "}", ".", "=", "a", "1", ",", " "]),
        max_size=60,
    ).map("".join)
)
@example('a="\\')
def test_any_text_is_a_table_or_a_fault(text: str) -> None:
    """The scan never takes a right text for a deep one: here nothing nests deeper than its brackets."""
    try:
        problem = ", ".join(parse_toml(text))[:0]
    except ConfigurationError as refused:
        problem = str(refused)
    assert "nests" not in problem or text.count("[") + text.count("{") > DEEPEST


@given(st.text(alphabet='{}[]",:\\0123456789.eE+-truefalsn \ud800', max_size=60))
def test_any_json_is_data_or_a_refusal(text: str) -> None:
    """Nothing but a `TicontactError` comes out."""
    try:
        read = parse_json(text, place="x")
    except TicontactError:
        return
    assert read == json.loads(text)


class TestMany:
    """What is held against everything before it has a largest number, so that no description takes hours."""

    def test_edges_of_one_trigger_out_of_one_state(self) -> None:
        """A hundred."""
        with pytest.raises(ConfigurationError) as refused:
            load_lifecycle(SHAPES["one trigger"](102), guards={f"g{number}": fact("x") for number in range(102)})

        assert "edge[101] (t): 100 edges of this trigger lead out of '0' already (allowed: fewer)" in map(
            str, refused.value.faults
        )

    def test_steps_of_a_rule(self) -> None:
        """A hundred."""
        assert len(rules.load(SHAPES["steps"](101))) == 1
        with pytest.raises(ConfigurationError) as refused:
            rules.load(SHAPES["steps"](102))

        assert str(refused.value) == "rule[1].then.relax: 101 steps are given (allowed: 100 or fewer)"
