"""What a consumer's type checker sees of errors, priorities, texts and test helpers."""

from datetime import timedelta
from typing import Literal, assert_type

import pendulum

from ticontact.errors import ConfigurationError, Fault, NeverOpen, StaleOffer, TicontactError, TransitionRefused
from ticontact.i18n import LANGUAGES, Language, Text
from ticontact.i18n._text import language_named
from ticontact.priority import Priority
from ticontact.testing import instant

closed = Text(it="chiuso", de="geschlossen", fr="fermé", rm="serrà", en="closed")

assert_type(closed.text("it"), str)
assert_type(closed.text("it", form="spoken"), str)
assert_type(closed.fill({"hour": 8}), Text)
assert_type(closed.spoken, Text | None)
assert_type(language_named("de"), Literal["it", "de", "fr", "rm", "en"])
assert_type(LANGUAGES, tuple[Language, ...])

assert_type(Priority.named("high"), Priority)
assert_type(Priority.HIGH > Priority.LOW, bool)
assert_type(Priority.HIGH.rank, int)
assert_type(sorted([Priority.HIGH, Priority.LOW]), list[Priority])

assert_type(instant("2026-03-19 10:00"), pendulum.DateTime)


def whose_fault(error: TicontactError) -> str:
    """Errors carry typed facts, so that a program can act on them."""
    assert_type(error.given, object)
    match error:
        case ConfigurationError():
            assert_type(error.faults, tuple[Fault, ...])
            return "the department's"
        case NeverOpen():
            assert_type(error.horizon, timedelta)
            return "the calendar's"
        case TransitionRefused():
            assert_type(error.allowed, tuple[str, ...])
            return "the caller's"
        case StaleOffer():
            assert_type(error.epoch, int | None)
            return "the caller's"
        case _:
            return "somebody's"
