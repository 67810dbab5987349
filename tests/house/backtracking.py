"""A small backtracking matcher that counts its steps: how much work a regular expression makes, without a clock.

Theory of operation: `re` parses a pattern into a tree, compiles the tree and tries alternatives in order, depth first.
The parser is reused here, so that the tree is the very tree that `re` works on; the rest is written anew. A tree
becomes a program of a few instructions, whose thread takes the preferred way and puts the other on a stack, as `re`
does. Each instruction counts as one step. `re` has short cuts for literals and for repeats of one character; they save
a factor and never change how the work grows.

Attacks come from the pattern itself. Its character classes divide all characters into a few kinds, and one character
stands for each kind. Every repeat gives words that it takes. A word, or two kinds of characters, is pumped n times
between a way in that leads to a repeat and an ending that makes the match fail.
"""

import functools
import importlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import attrs

__all__ = ["Attack", "Program", "TooManySteps", "attacks", "compiled", "end_of_match", "grows", "steps_taken", "worst"]

_PARSER: Any = importlib.import_module("re._parser")
_COMPILER: Any = importlib.import_module("re._compiler")
_CODES: Any = importlib.import_module("re._constants")
_ANYTHING: Final = "".join(map(chr, range(0x250))) + "\u0301\u0660\u1e9e\u2011\u2028\u20ac\u4e00\uff0b\uff11"
"""The characters that may stand for a kind: Latin, and a few from elsewhere that have a nature of their own."""

SIZES: Final = (48, 96, 192)
"""How often a word is pumped: n, 2n and 4n."""
_STEPS_A_CHARACTER: Final = 40
"""Up to here the constant of a linear pattern may go."""
_GROWTH: Final = 2.6
"""Twice the text is twice the work, with some slack for the ends."""
_BUDGET: Final = 200_000
"""At this many steps on a few hundred characters the answer is known."""
_KINDS_IN_PAIRS: Final = 8
"""So many kinds of characters are pumped in pairs."""
_UNROLLED: Final = 1000
"""A bounded repeat up to here is written out; a longer one has no upper bound for us."""


class TooManySteps(Exception):
    """Raised where a match has used up its budget."""


Taken = Callable[[str], bool]


@attrs.define
class Program:
    """What a pattern does, as instructions.

    Attributes:
        code: The instructions: `take` a character, `split` (first way first), `jump`, `at` a place, `once` for a part
            that is tried once (lookaround, atomic), `progress` at the end of a loop's body, `done`.
        classes: Each character class of the pattern.
        repeats: Each repeat: words that its body takes, and the words that lead to it.
    """

    code: list[tuple[Any, ...]] = attrs.field(factory=list)
    classes: list[Taken] = attrs.field(factory=list)
    repeats: list[tuple[str, str]] = attrs.field(factory=list)


@attrs.frozen
class Attack:
    """A text that may make much work.

    Attributes:
        before: The way in.
        pump: What is repeated.
        after: The ending.
    """

    before: str
    pump: str
    after: str

    def text(self, times: int) -> str:
        """The text with this many repetitions."""
        return self.before + self.pump * times + self.after


def compiled(pattern: re.Pattern[Any]) -> Program:
    """The program of a pattern; one of bytes is read as Latin-1, byte by byte.

    Raises:
        NotImplementedError: The pattern uses what this matcher does not know (references to groups, conditions).
    """
    source = pattern.pattern
    given = pattern.flags & ~re.UNICODE
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    flags = given | re.ASCII if isinstance(source, bytes) else given
    tree = _PARSER.parse(text, flags)
    program = Program()
    _Writer(program).write(tree, tree.state.flags)
    program.code.append(("done",))
    return program


@attrs.define
class _Writer:
    """Writes a tree into a program, and notes how one gets to each repeat."""

    program: Program
    way: str = ""

    def write(self, tree: Any, flags: int) -> None:
        """Write the items of a sequence one after the other."""
        way = self.way
        for operation, argument in tree:
            self._item(str(operation), argument, flags)
            way += _word([(operation, argument)], flags)
            self.way = way

    def _item(self, name: str, argument: Any, flags: int) -> None:
        code = self.program.code
        if name in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "RANGE", "CATEGORY"}:
            taken = _taken(name, argument, flags)
            self.program.classes.append(taken)
            code.append(("take", taken))
        elif name == "SUBPATTERN":
            _, added, removed, inner = argument
            self.write(inner, (flags | added) & ~removed)
        elif name == "BRANCH":
            self._branch(argument[1], flags)
        elif name in {"MAX_REPEAT", "MIN_REPEAT"}:
            self._repeat(argument, flags, is_greedy=name == "MAX_REPEAT")
        elif name == "POSSESSIVE_REPEAT":
            self._once(
                lambda inner: inner._repeat(argument, flags, is_greedy=True), ahead=True, wanted=True, moves=True
            )
        elif name == "ATOMIC_GROUP":
            self._once(lambda inner: inner.write(argument, flags), ahead=True, wanted=True, moves=True)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            direction, inner_tree = argument
            self._once(
                lambda inner: inner.write(inner_tree, flags),
                ahead=direction > 0,
                wanted=name == "ASSERT",
                moves=False,
                width=inner_tree.getwidth()[0],
            )
        elif name == "AT":
            code.append(("at", str(argument), flags))
        elif name == "FAILURE":
            code.append(("take", lambda _: False))
        else:
            message = f"the step counter does not know {name}"
            raise NotImplementedError(message)

    def _once(
        self, write: "Callable[[_Writer], None]", *, ahead: bool, wanted: bool, moves: bool, width: int = 0
    ) -> None:
        inner = Program(classes=self.program.classes, repeats=self.program.repeats)
        write(_Writer(inner, self.way))
        inner.code.append(("done",))
        self.program.code.append(("once", inner, 0 if ahead else width, wanted, moves))

    def _branch(self, ways: Sequence[Any], flags: int) -> None:
        code, way = self.program.code, self.way
        jumps = []
        for number, each in enumerate(ways):
            self.way = way
            is_last = number == len(ways) - 1
            split = len(code)
            if not is_last:
                code.append(("split", split + 1, -1, None))
            self.write(each, flags)
            if not is_last:
                jumps.append(len(code))
                code.append(("jump", -1))
                code[split] = ("split", split + 1, len(code), None)
        for jump in jumps:
            code[jump] = ("jump", len(code))
        self.way = way

    def _repeat(self, argument: Any, flags: int, *, is_greedy: bool) -> None:
        least, most, body = argument
        code, way = self.program.code, self.way
        if most > 1:
            for word in _words(body, flags):
                self.program.repeats.append((word, way))
        is_endless = most > _UNROLLED
        for _ in range(least):
            self.write(body, flags)
            self.way = way
        splits = []
        for _ in range(1 if is_endless else most - least):
            splits.append(len(code))
            code.append(("split", -1, -1, -1))
            self.write(body, flags)
            self.way = way
            code.append(("progress", splits[-1]))
            if is_endless:
                code.append(("jump", splits[-1]))
        for split in splits:
            inside, outside = split + 1, len(code)
            code[split] = ("split", inside, outside, inside) if is_greedy else ("split", outside, inside, inside)


def _taken(name: str, argument: Any, flags: int) -> Taken:
    """Whether a class takes a character: `re` itself compiles the class alone, with its flags."""
    state = _PARSER.State()
    state.flags = flags
    item = (getattr(_CODES, name), argument)
    wrapped = (_CODES.IN, [item]) if name in {"RANGE", "CATEGORY"} else item
    alone = _COMPILER.compile(_PARSER.SubPattern(state, [wrapped]), flags)
    return functools.cache(lambda char: alone.match(char) is not None)


def _words(tree: Any, flags: int) -> list[str]:
    """A few words that a sequence takes: one for each of its alternatives and classes at the top."""
    (operation, argument), *rest = list(tree) or [(None, None)]
    first = [""] if operation is None else _first_words(str(operation), argument, flags)
    return [word + _word(rest, flags) for word in first]


def _first_words(name: str, argument: Any, flags: int) -> list[str]:
    if name == "BRANCH":
        return [word for way in argument[1] for word in _words(way, flags)]
    if name == "SUBPATTERN":
        return _words(argument[3], (flags | argument[1]) & ~argument[2])
    if name == "IN" and str(argument[0][0]) != "NEGATE":
        return [_word([part], flags) for part in argument]
    return [_word([(name, argument)], flags)]


def _word(tree: Any, flags: int) -> str:
    """One short word that a sequence takes, lookarounds aside."""
    word = ""
    for operation, argument in tree:
        match str(operation):
            case "SUBPATTERN":
                word += _word(argument[3], (flags | argument[1]) & ~argument[2])
            case "BRANCH":
                word += _word(argument[1][0], flags)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                word += _word(argument[2], flags) * max(argument[0], min(1, argument[1]))
            case "ATOMIC_GROUP":
                word += _word(argument, flags)
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY" | "RANGE" | "CATEGORY":
                taken = _taken(str(operation), argument, flags)
                word += next((char for char in _ordered(operation, argument) if taken(char)), "")
            case _:
                pass
    return word


def _ordered(operation: Any, argument: Any) -> Iterator[str]:
    if str(operation) == "LITERAL":
        yield chr(argument)
    yield from "a1 .-:/,;=\"'\t\n(<"
    yield from _ANYTHING


def attacks(program: Program) -> Iterator[Attack]:
    """Texts made of the pattern's own alphabet, without those that say the same."""
    kinds: dict[tuple[bool, ...], str] = {}
    for char in "a1 -.\n" + _ANYTHING:
        kinds.setdefault(tuple(taken(char) for taken in program.classes), char)
    stranger = min(kinds, key=sum)
    taken_words = dict.fromkeys(word for word, _ in program.repeats if word)
    ways = list(dict.fromkeys(["", *(way for _, way in program.repeats)]))[:6]
    endings = dict.fromkeys(["", kinds[stranger], "\n", kinds[stranger] + "a"])
    entered = [way + word for word, way in program.repeats if way]
    for pump in dict.fromkeys([*kinds.values(), *taken_words, *entered[:_KINDS_IN_PAIRS]]):
        for way, ending in itertools.product(ways, endings):
            yield Attack(way, pump, ending)
    several = [*kinds.values()][:_KINDS_IN_PAIRS]
    for pair in dict.fromkeys(a + b for a, b in itertools.permutations(several, 2)):
        for way in dict.fromkeys([ways[0], ways[-1]]):
            yield Attack(way, pair, kinds[stranger])


@attrs.define
class _Count:
    """Counts steps up to a budget."""

    steps: int = 0
    budget: int = _BUDGET

    def run(self, program: Program, text: str, start: int, *, whole: bool = False) -> int | None:  # noqa: C901, PLR0912
        """Where the first match from here ends, as `re` would find it."""
        code = program.code
        size = len(text)
        stack: list[tuple[int, int, tuple[Any, ...] | None]] = [(0, start, None)]
        while stack:
            at, place, entered = stack.pop()
            while True:
                self.steps += 1
                if self.steps > self.budget:
                    raise TooManySteps
                step = code[at]
                if step[0] == "take":
                    if place >= size or not step[1](text[place]):
                        break
                    place += 1
                    at += 1
                elif step[0] == "split":
                    _, first, second, inside = step
                    # where a loop's body was entered is noted: a round that takes nothing ends the loop, as in `re`
                    noted = (at, place, entered)
                    stack.append((second, place, noted if second == inside else entered))
                    entered = noted if first == inside else entered
                    at = first
                elif step[0] == "jump":
                    at = step[1]
                elif step[0] == "progress":
                    since = entered
                    while since is not None and since[0] != step[1]:
                        since = since[2]
                    if since is not None:
                        if since[1] == place:
                            break
                        entered = since[2]
                    at += 1
                elif step[0] == "at":
                    if not _stands(step[1], step[2], text, place):
                        break
                    at += 1
                elif step[0] == "once":
                    _, inner, back, wanted, moves = step
                    end = self.run(inner, text, place - back) if place >= back else None
                    if (end is not None) is not wanted:
                        break
                    place = end if moves and end is not None else place
                    at += 1
                elif whole and place != size:
                    break
                else:
                    return place
        return None


def _stands(name: str, flags: int, text: str, place: int) -> bool:
    if name in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
        return place == 0 or (name == "AT_BEGINNING" and bool(flags & re.MULTILINE) and text[place - 1] == "\n")
    if name == "AT_END_STRING":
        return place == len(text)
    if name == "AT_END":
        is_last = place == len(text) or (place == len(text) - 1 and text[place] == "\n")
        return is_last or (bool(flags & re.MULTILINE) and text[place] == "\n")
    word = re.compile(r"\w", flags & re.ASCII)
    before = place > 0 and word.match(text[place - 1]) is not None
    after = place < len(text) and word.match(text[place]) is not None
    return (before is not after) is (name == "AT_BOUNDARY")


def end_of_match(program: Program, text: str, *, whole: bool = False) -> int | None:
    """Where a match from the beginning ends."""
    return _Count().run(program, text, 0, whole=whole)


def steps_taken(program: Program, use: str, text: str, *, behind: str = "") -> int:
    """How many steps a use of the pattern takes: `match`, `fullmatch`, `search`, or `scan` for all matches of a text.

    With `behind`, a scan begins only at places behind this word.

    Raises:
        TooManySteps: More than the budget.
    """
    count = _Count()
    if use in {"match", "fullmatch"}:
        count.run(program, text, 0, whole=use == "fullmatch")
        return count.steps
    place = 0
    while place <= len(text):
        end = count.run(program, text, place) if text.endswith(behind, 0, place) else None
        if end is not None and use == "search":
            break
        place = end if end is not None and end > place else place + 1
    return count.steps


def grows(program: Program, use: str, attack: Attack, *, behind: str = "") -> bool:
    """Whether this attack makes more work than its length explains."""
    large = attack.text(SIZES[1])
    try:
        if steps_taken(program, use, large, behind=behind) <= _STEPS_A_CHARACTER * len(large):
            return False
        medium, largest = (steps_taken(program, use, attack.text(times), behind=behind) for times in SIZES[1:])
    except TooManySteps:
        return True
    return largest > _GROWTH * medium


def worst(program: Program, use: str, *, behind: str = "") -> Attack | None:
    """The first attack on which the work is not linear, or nothing."""
    return next((attack for attack in attacks(program) if grows(program, use, attack, behind=behind)), None)
