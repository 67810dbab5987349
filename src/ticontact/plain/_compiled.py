"""The functions that write and read the values of one class, compiled from source at their first use.

The source is made of the names of the class's fields, as attrs makes `__init__`, and of nothing that came from outside.
It says only that something is wrong; `Shape` then says what.
"""

from collections.abc import Callable
from typing import Any

from ticontact.plain._faults import MISSING, Findings
from ticontact.plain._kinds import DEEPEST, ClassForm, Field, OneOf, bad
from ticontact.plain._names import Names
from ticontact.plain._times import Unreadable

__all__ = ["Compiled", "Function", "compiled_union", "function_of"]

Function = Callable[..., Any]


class Compiled:
    """The functions of one class. It is mutable: each takes its own place when it is first called.

    Attributes:
        write: The plain form of a value.
        write_tagged: The same with the name of the class under `type`.
        read: The value of a plain form; it raises something unless all is right.
        read_tagged: The same, where the name of the class stands under `type`.
    """

    def __init__(self, shape: ClassForm) -> None:
        self._shape = shape
        self.write: Function = self._written_first
        self.write_tagged: Function = self._written_tagged_first
        self.read: Function = self._read_first
        self.read_tagged: Function = self._read_tagged_first

    def _written_first(self, value: object, depth: int) -> object:
        self.write = self._compiled_write(is_tagged=self._shape.form is not None)
        return self.write(value, depth)

    def _written_tagged_first(self, value: object, depth: int) -> object:
        self.write_tagged = self._compiled_write(is_tagged=True)
        return self.write_tagged(value, depth)

    def _read_first(self, data: object, depth: int) -> object:
        self.read = self._compiled_read(is_tagged=self._shape.form is not None)
        return self.read(data, depth)

    def _read_tagged_first(self, data: object, depth: int) -> object:
        self.read_tagged = self._compiled_read(is_tagged=True)
        return self.read_tagged(data, depth)

    def _compiled_write(self, *, is_tagged: bool) -> Function:
        shape = self._shape
        names = Names(is_recursive=shape.is_recursive)
        lines = ["def write(v, depth):", *self._depth(names)]
        entries = [f'"type": {shape.name!r}'] * is_tagged
        entries += [f'"form": {shape.form.number}'] if shape.form is not None else []
        for field in shape.fields:
            e = names.local()
            lines.append(f"    {e} = v.{field.attribute}")
            entries.append(f"{field.name!r}: {_source(field.kind.write(e, names), shape, field)}")
        return function_of("write", [*lines, f"    return {{{', '.join(entries)}}}"], names, shape.name)

    def _compiled_read(self, *, is_tagged: bool) -> Function:
        shape = self._shape
        names = Names(is_recursive=shape.is_recursive)
        names.known |= {"bad": bad, "owner": shape.maker, "lifted": self._lifted, "MISSING": MISSING}
        lines = ["def read(d, depth):", *self._depth(names), "    if d.__class__ is not dict:", "        bad()"]
        if is_tagged:
            lines += [f'    if d["type"] != {shape.name!r}:', "        bad()"]
        if shape.form is not None:
            newest = shape.form.number
            lines += ['    f = d["form"]', f"    if f != {newest} or f.__class__ is bool:", "        d = lifted(d)"]
        count = is_tagged + (shape.form is not None) + len(shape.fields)
        lines.append(f"    n = {count}")
        given = []
        for field in shape.fields:
            e = names.local()
            read = _source(field.kind.read(e, names), shape, field)
            if field.default is MISSING:
                lines += [f"    {e} = d[{field.name!r}]", f"    {e} = {read}"]
            else:
                default = names.of(field.default) + "()" * field.is_made
                lines += [
                    f"    {e} = d.get({field.name!r}, MISSING)",
                    f"    if {e} is MISSING:",
                    "        n -= 1",
                    f"        {e} = {default}",
                    "    else:",
                    f"        {e} = {read}",
                ]
            given.append(f"{field.argument}={e}")
        lines += ["    if len(d) != n:", "        bad()", f"    return owner({', '.join(given)})"]
        return function_of("read", lines, names, shape.name)

    def _depth(self, names: Names) -> list[str]:
        names.known["bad"] = bad
        return [f"    if depth > {DEEPEST - 1}:", "        bad()"] * self._shape.is_recursive

    def _lifted(self, data: dict[str, Any]) -> dict[str, Any]:
        """A document of an older form as one of the newest."""
        fields = dict(data)
        del fields["type"]
        lifted = self._shape.lifted(fields, "", Findings())
        if lifted is MISSING:
            raise Unreadable
        form = self._shape.form
        return {"type": data["type"], "form": form and form.number, **lifted}


def _source(expression: str, shape: ClassForm, field: Field) -> str:
    if not expression:
        raise NotImplementedError(f"{shape.owner.__name__}.{field.argument}: {field.kind.words} has no plain form")
    return expression


def compiled_union(kind: OneOf) -> tuple[Function, Function]:
    """What writes and what reads one of several kinds."""
    functions = []
    for verb, source in (("write", kind.write), ("read", kind.read)):
        names = Names()
        functions.append(
            function_of(verb, [f"def {verb}(v, depth):", f"    return {source('v', names)}"], names, "union")
        )
    write, read = functions
    return write, read


def function_of(name: str, lines: list[str], names: Names, subject: str) -> Function:
    """The function of some lines of source.

    Args:
        name: What the function is called in the source.
        lines: The source.
        names: What it reaches.
        subject: Of what class it is, for tracebacks.
    """
    code = compile("\n".join(lines), f"<ticontact.plain {name} {subject}>", "exec")
    exec(code, names.known)  # noqa: S102 - the source is made of our own words and the names of fields
    function: Function = names.known[name]
    return function
