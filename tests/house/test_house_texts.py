"""Every text for people, in every language."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from string import Formatter

import attrs
import pytest

from ticontact import i18n
from ticontact.i18n import LANGUAGES, Text


def texts(name: str, value: object) -> Iterator[tuple[str, Text]]:
    """Every text in a value of a catalogue: itself, or in its tables at whatever depth."""
    if isinstance(value, Text):
        yield name, value
        if value.spoken is not None:
            yield f"{name} (spoken)", value.spoken
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts(f"{name}[{key}]", each)
    elif isinstance(value, tuple | list | frozenset):
        for number, each in enumerate(value):
            yield from texts(f"{name}[{number}]", each)
    else:
        for field in getattr(type(value), "__attrs_attrs__", ()):
            yield from texts(f"{name}.{field.name}", getattr(value, field.name))


def catalogue() -> Iterator[tuple[str, Text]]:
    """Every text of every module in `ticontact.i18n`."""
    for module in pkgutil.walk_packages(i18n.__path__, "ticontact.i18n."):
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if not name.startswith("__"):
                yield from texts(f"{module.name.rpartition('.')[2]}.{name}", value)


def places(words: str) -> list[str]:
    """The `{places}` of a sentence, each as often as it stands there."""
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)


CATALOGUE = [pytest.param(text, id=name) for name, text in dict(catalogue()).items()]


def test_there_are_texts() -> None:
    """The tests below have something to look at."""
    assert CATALOGUE != []


@pytest.mark.parametrize("text", CATALOGUE)
class TestEveryText:
    """What holds for each sentence."""

    def test_no_language_is_forgotten(self, text: Text) -> None:
        """Each of the five languages has words, without stray blanks at their ends."""
        words = {language: text.text(language) for language in LANGUAGES}

        assert {language: sentence for language, sentence in words.items() if not sentence.strip()} == {}

    def test_german_is_swiss(self, text: Text) -> None:
        """Switzerland writes ss."""
        assert "ß" not in text.de

    def test_no_word_is_doubled(self, text: Text) -> None:
        """The commonest slip of the pen."""
        doubled = [re.findall(r"\b(\w{3,}) \1\b", text.text(language)) for language in LANGUAGES]

        assert doubled == [[]] * len(LANGUAGES)


@pytest.mark.parametrize("text", [param for param in CATALOGUE if "._" not in str(param.id)])
def test_places_are_the_same_in_all(text: Text) -> None:
    """Who fills a text fills it in every language, by name; a module's private texts are filled by itself alone."""
    found = {language: set(places(text.text(language))) for language in LANGUAGES}

    assert {language: each for language, each in found.items() if each != found["it"]} == {}
    assert "" not in found["it"]


class TestTheTestItself:
    """The search does find texts wherever they stand."""

    def test_texts_are_found_in_tables(self) -> None:
        """In mappings, tuples and values, with their spoken form."""
        spoken = attrs.evolve(Text.same("08.00"), spoken=Text.same("eight"))

        found = dict(texts("all", {"a": Text.same("x"), "b": (spoken, 1), "c": "no text"}))

        assert [*found] == ["all[a]", "all[b][0]", "all[b][0] (spoken)"]

    def test_texts_are_found_in_values(self) -> None:
        """A frozen value of the catalogue is searched field by field."""

        @attrs.frozen
        class Phrase:
            opening: Text

        assert [*dict(texts("all", Phrase(Text.same("x"))))] == ["all.opening"]

    def test_places_are_counted(self) -> None:
        """A sentence may name a place twice; doubled braces are braces."""
        assert places("{a} and {b} and {a}, {{not}} this") == ["a", "a", "b"]
