"""Reading a description (a TOML file, say) key by key, and finding all its faults at once.

Every question about a table answers with a value of the right type. Where the description has nothing usable there, the
fault is written down with its path and a placeholder is answered, so that reading goes on to the next fault; `finish`
then raises them all together, and no placeholder ever leaves.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from ticontact._bounded import listed, quoted
from ticontact._foreign import parse_toml
from ticontact._time import Amount, parse_amount
from ticontact.errors import ConfigurationError, Fault, TicontactError

__all__ = ["Description", "read_toml"]

_MOST_FAULTS: Final = 100

T = TypeVar("T")


class _Faults:
    """The faults of a whole description: one a place, the first hundred in full, and how many there are."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.count: int = 0
        self.places: set[str] = set()

    def add(self, path: str, problem: str, allowed: str) -> None:
        """Write a fault down, unless its place has one."""
        if path not in self.places:
            self.extend(path, [Fault(path, problem, allowed)])

    def extend(self, path: str, faults: Iterable[Fault]) -> None:
        """Write down all that the parser of one value has found, at its place."""
        self.places.add(path)
        for fault in faults:
            self.count += 1
            if len(self.found) < _MOST_FAULTS:
                self.found.append(Fault(path, fault.problem, fault.allowed))


class Description:
    """A table of a description, with its path. It is mutable: it remembers what was asked, and the faults found.

    Args:
        table: The table as a TOML or JSON reader gives it.
        path: Where in the whole it stands; empty for the whole.
        faults: Where to write faults down; a place of its own by default.
    """

    def __init__(self, table: Mapping[str, object], *, path: str = "", faults: _Faults | None = None) -> None:
        self._table = table
        self._path = path
        self._faults = _Faults() if faults is None else faults
        self._asked: set[str] = set()
        self._allowed: set[str] = set()
        self._children: list[Description] = []

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def holds(self, key: str, kind: type) -> bool:
        """Whether a value of a type stands at a key, for keys that may be written in more than one way."""
        return isinstance(self._table.get(key), kind)

    def allow(self, *keys: str) -> None:
        """Say that some keys may stand here, also where they are not asked for because another one is there."""
        self._allowed.update(keys)

    def path(self, key: str) -> str:
        """Where a key of this table stands in the whole."""
        return f"{self._path}.{key}" if self._path else key

    def fault(self, key: str, problem: str, allowed: str = "") -> None:
        """Write a fault down that the reader of a value has found.

        A place has one fault, the first: after it the value is a placeholder, of which more could be said in vain.
        """
        self._faults.add(self.path(key), problem, allowed)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; it must be there unless there is a default."""
        return self._value(key, str, "a text", "" if default is None else default, required=default is None)

    def integer(self, key: str, *, default: int | None = None, least: int = 0, most: int | None = None) -> int:
        """A whole number, not below `least` and not above `most`."""
        number = self._value(
            key, int, "a whole number", least if default is None else default, required=default is None
        )
        if number < least:
            self.fault(key, f"{quoted(number)} was given", f"{least} or more")
        if most is not None and number > most:
            self.fault(key, f"{quoted(number)} was given", f"{most} or less")
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
        self.fault(key, f"{quoted(value)} was given", "a date such as 2015-01-19, without quotes")
        return default

    def amount(self, key: str, *, default: timedelta | None = None) -> timedelta:
        """An amount of elapsed or open time, such as `"90s"`."""
        placeholder = timedelta(0) if default is None else default
        if default is not None and key not in self:
            self._asked.add(key)
            return placeholder
        amount = self.read(key, parse_amount, _wide(placeholder))
        if isinstance(amount, timedelta):
            return amount
        self.fault(key, f"{amount} were given", "'90s', '5min', '2h', '1h30min'")
        return placeholder

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of some words; a mapping or a set finds them fastest."""
        word = self.text(key, default=default)
        if word in allowed:
            return word
        if self.holds(key, str):
            self.fault(key, f"{quoted(word)} was given", listed(allowed))
        return default or next(iter(allowed), "")

    def names(self, key: str, *, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        placeholder = list(default or ())
        names = self._value(key, list, "a list of texts", placeholder, required=default is None)
        if not all(isinstance(name, str) for name in names):
            self.fault(key, "not every entry is a text", "a list of texts")
            return tuple(placeholder)
        return tuple(names)

    def read(self, key: str, parse: Callable[[str], T], placeholder: T) -> T:
        """A text turned into something by a parser; what the parser refuses becomes a fault at this place."""
        text = self.text(key)
        if not isinstance(self._table.get(key), str):
            return placeholder
        try:
            return parse(text)
        except ConfigurationError as refused:
            self._faults.extend(self.path(key), refused.faults)
        except TicontactError as refused:
            self.fault(key, str(refused).removeprefix(f"{key}: "))
        return placeholder

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
        if self._faults.found:
            raise ConfigurationError(self._faults.found, count=self._faults.count)

    def _find_unknown(self) -> None:
        unknown = [key for key in self._table if key not in self._asked]
        if unknown:
            known = listed(sorted(self._asked | self._allowed))
            for key in unknown:
                # Of a key that may stand here without some of the others, the list of what is known would hold the key.
                if key in self._allowed:
                    self.fault(key, "it does not go with the other keys", listed(sorted(self._asked)))
                else:
                    self.fault(key, "not known here", known)
        for child in self._children:
            child._find_unknown()  # noqa: SLF001 - a table looks into its own kind

    def _child(self, table: Mapping[str, object], path: str) -> "Description":
        child = Description(table, path=path, faults=self._faults)
        self._children.append(child)
        return child

    def _value(self, key: str, kind: type[T], wanted: str, placeholder: T, *, required: bool) -> T:
        self._asked.add(key)
        if key not in self._table:
            if required:
                self.fault(key, "missing", wanted)
            return placeholder
        value = self._table[key]
        # In Python a bool is an int; in a description `true` is no number.
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        self.fault(key, f"{type(value).__name__} was given", wanted)
        return placeholder


def _wide(amount: timedelta) -> Amount:
    return amount


def read_toml(text: str) -> Description:
    """The description that a TOML text holds.

    Raises:
        ConfigurationError: If it is no TOML, or more than a description is; see `parse_toml`.
    """
    return Description(parse_toml(text))
