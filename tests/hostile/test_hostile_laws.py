"""What a stranger sends is read or refused, in time and memory that its size explains."""

import inspect
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hostile_counting import MOST_CALLS, calls_made, longest_run_of_marks, peak_memory
from hostile_inputs import Family, families, spoilt_input, weight
from hostile_others import NO_READERS
from hostile_readers import READERS, Reader, fate
from sources import public_packages

from ticontact.errors import ConfigurationError, Fault

SPOILT = 180
"""Inputs for each reader, over 5,000 in all."""
MORE_THAN_TWICE = 2.6
"""Twice the input is twice the work, with some slack."""
FIXED_CALLS = 3_000
FIXED_BYTES = 1_500_000
TIMES_THE_INPUT = 20
MARKS = ("marks", "\u0301")
MOST_MARKS = 300
"""UAX 15 bounds a run at 30 marks; what is no longer than an address or a number may hold more."""

for_readers = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


def is_fated(reader: Reader, given: object) -> bool:
    """Whether it is read or refused; anything else that is raised is against the law."""
    try:
        fate(reader, given)
    except Exception:  # noqa: BLE001 - whatever it is, it is the fault that is looked for
        return False
    return True


def calls_of(reader: Reader, family: Family, number: int) -> int:
    """The calls that one member of a family makes."""
    given = family.make(number)
    return calls_made(lambda: is_fated(reader, given))


def breaks_type(reader: Reader, family: Family) -> bool:
    """Whether a member comes out as anything but a value or a `TicontactError`."""
    return not all(is_fated(reader, family.make(number)) for number in (0, 1, family.most // 4, family.most))


def breaks_work(reader: Reader, family: Family) -> bool:
    """Whether the calls grow faster than the input, on n, 2n and 4n."""
    small, medium, large = (calls_of(reader, family, family.most // part) for part in (4, 2, 1))
    return large >= MOST_CALLS or large - medium > MORE_THAN_TWICE * max(medium - small, 0) + FIXED_CALLS


def breaks_memory(reader: Reader, family: Family) -> bool:
    """Whether reading holds more than twenty times the input, and a constant."""
    given = family.make(family.most)
    is_fated(reader, given)  # what is loaded at first use is no part of the input's memory
    return peak_memory(lambda: is_fated(reader, given)) > TIMES_THE_INPUT * weight(given) + FIXED_BYTES


def breaks_marks(reader: Reader, family: Family) -> bool:
    """Whether a long run of combining marks is put in order before it is cut; calls do not show that work."""
    given = family.make(family.most * 4 if any(word in family.name for word in MARKS) else 4)
    return longest_run_of_marks(lambda: is_fated(reader, given)) > MOST_MARKS


LAWS: dict[str, Callable[[Reader, Family], bool]] = {
    "type": breaks_type,
    "work": breaks_work,
    "memory": breaks_memory,
    "marks": breaks_marks,
}


@for_readers
def test_spoilt_inputs_are_read_or_refused(reader: Reader) -> None:
    """Nothing but a value or a `TicontactError` comes out."""
    broken = [number for number in range(SPOILT) if not is_fated(reader, spoilt_input(reader, number))]

    assert broken == []


def test_that_are_five_thousand() -> None:
    """The inputs of the law above, counted."""
    assert len(READERS) * SPOILT >= 5_000


@pytest.mark.parametrize("law", LAWS)
@for_readers
def test_families_keep_the_law(reader: Reader, law: str) -> None:
    """Of every family, in size n, 2n and 4n: a value or a typed error, work and memory that grow as the input does."""
    broken = {family.kind for family in families(reader) if LAWS[law](reader, family)}

    assert broken == set()


def test_good_inputs_are_read() -> None:
    """The seeds that are spoilt are good, or else the laws would be about refusals alone."""
    fates = {reader.name: {fate(reader, reader.parsed(seed)) for seed in reader.seeds} for reader in READERS}

    assert {name: found for name, found in fates.items() if "read" not in found} == {}


READING_WORDS = ("parse", "load", "read", "from_", "restore", "new_text", "check", "holidays_named")


def reading_names() -> Iterator[str]:
    """Public names that take what others wrote: by their name, or because they stand in a package of readers."""
    for package in public_packages():
        is_of_readers = package.__name__.endswith((".readers", ".formats"))
        for name in getattr(package, "__all__", ()):
            thing = getattr(package, name)
            if inspect.isfunction(thing) and (is_of_readers or name.startswith(READING_WORDS)):
                yield f"{package.__name__}.{name}"
            elif inspect.isclass(thing):
                methods = [
                    each for each in vars(thing) if each.startswith(READING_WORDS) and callable(getattr(thing, each))
                ]
                yield from (f"{package.__name__}.{name}.{method}" for method in methods)


def test_no_reader_is_forgotten() -> None:
    """A new reader stands in the list of those that are held to the laws, or among those that read nothing foreign."""
    covered = {name for reader in READERS for name in reader.covers}

    assert set(reading_names()) == covered | set(NO_READERS)
    assert covered & set(NO_READERS) == set()


class TestTheLaws:
    """The laws find what they are made to find."""

    @pytest.mark.parametrize(
        ("read", "law"),
        [
            (lambda text: int(text.strip() or "0"), "type"),
            (lambda text: [len(text[place:].upper()) for place in range(len(text)) for _ in range(len(text))], "work"),
            (lambda text: [text.upper() + str(number) for number in range(len(text))], "memory"),
            (lambda text: unicodedata.normalize("NFC", text), "marks"),
        ],
    )
    def test_bad_readers_are_found(self, read: Callable[[str], object], law: str) -> None:
        """One that raises what it likes, one that takes square time, one that takes square memory."""
        letter = "\u0301" if law == "marks" else "a"
        family = Family(f"{letter} again", lambda n: letter * n, 400 if law == "work" else 4_000)
        bad = type(READERS[-1])("bad", read, ())

        assert LAWS[law](bad, family)

    def test_refusals_are_no_fault(self) -> None:
        """A typed error is an answer."""

        def refuse(_text: str) -> None:
            raise ConfigurationError([Fault("text", "it is hostile", "a friendly one")])

        family = Family("letters", lambda n: "a" * n)
        good = type(READERS[-1])("good", refuse, ())

        assert [law for law, breaks in LAWS.items() if breaks(good, family)] == []
