"""Reading a description (a TOML file, say) key by key, and finding all its faults at once.

Every question about a table answers with a value of the right type. Where the description has nothing usable there, the
fault is written down with its path and a stand-in is answered, so that reading goes on to the next fault; `finish` then
raises them all together, and no stand-in ever leaves.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from ticontact._time import Amount, parse_amount
from ticontact.errors import ConfigurationError, Fault, TicontactError

__all__ = ["Description", "read_toml"]

T = TypeVar("T")


class Description:
    """A table of a description, with its path. It is mutable: it remembers what was asked, and the faults found.

    Args:
        table: The table as a TOML or JSON reader gives it.
        path: Where in the whole it stands; empty for the whole.
        faults: Where to write faults down; a table of its own by default.
    """

    def __init__(self, table: Mapping[str, object], *, path: str = "", faults: list[Fault] | None = None) -> None:
        self._table = table
        self._path = path
        self._faults: list[Fault] = [] if faults is None else faults
        self._asked: set[str] = set()
        self._children: list[Description] = []

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def holds(self, key: str, kind: type) -> bool:
        """Whether a value of a type stands at a key, for keys that may be written in more than one way."""
        return isinstance(self._table.get(key), kind)

    def path(self, key: str) -> str:
        """Where a key of this table stands in the whole."""
        return f"{self._path}.{key}" if self._path else key

    def fault(self, key: str, problem: str, allowed: str = "") -> None:
        """Write a fault down that the reader of a value has found.

        A place has one fault, the first: after it the value is a stand-in, of which more could be said in vain.
        """
        path = self.path(key)
        if all(path != known.path for known in self._faults):
            self._faults.append(Fault(path, problem, allowed))

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; it must be there unless there is a default."""
        return self._value(key, str, "a text", "" if default is None else default, required=default is None)

    def integer(self, key: str, *, default: int | None = None, least: int = 0, most: int | None = None) -> int:
        """A whole number, not below `least` and not above `most`."""
        number = self._value(
            key, int, "a whole number", least if default is None else default, required=default is None
        )
        if number < least:
            self.fault(key, f"{number} was given", f"{least} or more")
        if most is not None and number > most:
            self.fault(key, f"{number} was given", f"{most} or less")
        return number

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return self._value(key, bool, "true or false", default, required=False)

    def day(self, key: str, *, default: date | None = None) -> date | None:
        """A date, or the default where there is none."""
        self._asked.add(key)
        value = self._table.get(key, default)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(key, f"{value!r} was given", "a date such as 2015-01-19, without quotes")
        return default

    def amount(self, key: str, *, default: timedelta | None = None) -> timedelta:
        """An amount of elapsed or open time, such as `"90s"`."""
        standin = timedelta(0) if default is None else default
        if default is not None and key not in self:
            self._asked.add(key)
            return standin
        amount = self.read(key, parse_amount, _wide(standin))
        if isinstance(amount, timedelta):
            return amount
        self.fault(key, f"{amount} were given", "'90s', '5min', '2h', '1h30min'")
        return standin

    def choice(self, key: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """One of some words."""
        words = tuple(allowed)
        word = self.text(key, default=default)
        if key in self and word not in words and isinstance(self._table[key], str):
            self.fault(key, f"{word!r} was given", ", ".join(words))
        return word if word in words else (default or next(iter(words), ""))

    def names(self, key: str, *, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        standin = list(default or ())
        names = self._value(key, list, "a list of texts", standin, required=default is None)
        if not all(isinstance(name, str) for name in names):
            self.fault(key, "not every entry is a text", "a list of texts")
            return tuple(standin)
        return tuple(names)

    def read(self, key: str, parse: Callable[[str], T], standin: T) -> T:
        """A text turned into something by a parser; what the parser refuses becomes a fault at this place."""
        text = self.text(key)
        if not isinstance(self._table.get(key), str):
            return standin
        try:
            return parse(text)
        except ConfigurationError as refused:
            self._faults.extend(Fault(self.path(key), fault.problem, fault.allowed) for fault in refused.faults)
        except TicontactError as refused:
            self.fault(key, str(refused).removeprefix(f"{key}: "))
        return standin

    def table(self, key: str) -> "Description":
        """A table below this one; an empty one where there is none."""
        return self._child(self._value(key, dict, "a table", {}, required=False), self.path(key))

    def tables(self, key: str) -> list["Description"]:
        """A list of tables (`[[key]]`), numbered from 1 in their paths; empty where there is none."""
        entries = self._value(key, list, "a list of tables", [], required=False)
        rows = []
        for number, entry in enumerate(entries, start=1):
            if isinstance(entry, dict):
                rows.append(self._child(entry, f"{self.path(key)}[{number}]"))
            else:
                self.fault(f"{key}[{number}]", "not a table", f"[[{self.path(key)}]]")
        return rows

    def named_tables(self, key: str) -> dict[str, "Description"]:
        """The tables of a table (`[key.name]`), by name."""
        holder = self.table(key)
        return {name: holder.table(name) for name in holder}

    def finish(self) -> None:
        """End the reading: what was never asked for is a fault too.

        Raises:
            ConfigurationError: With every fault found in this table and below.
        """
        self._find_unknown()
        if self._faults:
            raise ConfigurationError(self._faults)

    def _find_unknown(self) -> None:
        for key in self._table:
            if key not in self._asked:
                self.fault(key, "not known here", ", ".join(sorted(self._asked)))
        for child in self._children:
            child._find_unknown()  # noqa: SLF001 - a table looks into its own kind

    def _child(self, table: Mapping[str, object], path: str) -> "Description":
        child = Description(table, path=path, faults=self._faults)
        self._children.append(child)
        return child

    def _value(self, key: str, kind: type[T], wanted: str, standin: T, *, required: bool) -> T:
        self._asked.add(key)
        if key not in self._table:
            if required:
                self.fault(key, "missing", wanted)
            return standin
        value = self._table[key]
        # In Python a bool is an int; in a description `true` is no number.
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        self.fault(key, f"{type(value).__name__} was given", wanted)
        return standin


def _wide(amount: timedelta) -> Amount:
    return amount


def read_toml(text: str) -> Description:
    """The description that a TOML text holds.

    Raises:
        ConfigurationError: If it is no TOML; the fault names line and column.
    """
    try:
        return Description(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        problem = str(broken)
    raise ConfigurationError([Fault("file", f"not TOML: {problem}")])
