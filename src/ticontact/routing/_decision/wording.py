"""What a condition asks of an agent, in words."""

from collections.abc import Iterable
from datetime import timedelta
from functools import reduce

from ticontact.i18n import Text
from ticontact.i18n._texts import waiting as texts
from ticontact.routing._requirements.condition import (
    AllOf,
    AnyOf,
    AtSite,
    Condition,
    HasAttribute,
    HasSkill,
    MayDo,
    Speaks,
    Stepped,
    Without,
)

__all__ = ["in_words", "one_of", "span"]

_NAMED = 3
"""So many names are said; the data has them all."""

_SAID = 100
"""Below this number a unit is said as it is: "95 s" says more than "2 min", and "95 min" more than "2 h"."""


def in_words(condition: Condition) -> Text:
    """What a condition asks, as a noun phrase: `asylum ≥ 3 and (it or de)`; of one with steps, what it asks first."""
    match condition:
        case Stepped(first, _):
            return in_words(first)
        case AllOf(parts):
            return _joined(map(_nested, parts), texts.AND) if parts else texts.EVERYBODY
        case AnyOf(parts):
            return _joined(map(_nested, parts), texts.OR) if parts else texts.NO_ONE
        case Without(part):
            return texts.NOT.fill({"what": _nested(part)})
        case _:
            return _one_thing(condition)


def _one_thing(condition: Condition) -> Text:
    match condition:
        case HasSkill(name, level):
            return Text.same(name if level == 1 else f"{name} ≥ {level}")
        case Speaks(languages, level):
            spoken = _joined(map(Text.same, languages), texts.OR)
            return spoken if level == 1 else texts.AT_LEVEL.fill({"what": spoken, "level": level})
        case MayDo(permission):
            return texts.PERMISSION.fill({"permission": permission})
        case AtSite(site):
            return texts.SITE.fill({"site": site})
        case HasAttribute(name, values):
            return Text.same(f"{name} = {'/'.join(values)}")
        case _:
            return Text.same(type(condition).__name__)  # a condition of somebody else's


def _nested(condition: Condition) -> Text:
    words = in_words(condition)
    several = {AllOf: "parts", AnyOf: "parts", Speaks: "languages"}.get(type(condition))
    return texts.BRACKETS.fill({"what": words}) if several and len(getattr(condition, several)) > 1 else words


def one_of(names: Iterable[str]) -> Text:
    """Some people, one of whom is meant: `anna, bruno or one of 4 others`."""
    told = tuple(names)
    some = [Text.same(name) for name in told[:_NAMED]]
    if len(told) > _NAMED:
        some.append(texts.OTHERS.fill({"count": len(told) - _NAMED}))
    return _joined(some, texts.OR)


def span(amount: timedelta, *, to_come: bool) -> str:
    """Return an amount of time in the unit in which people say it.

    Args:
        amount: The amount.
        to_come: Whether it is a wait still to come. Such a one is rounded up, so that nothing is promised too early;
            what has passed is rounded down, so that nothing is claimed that is not so yet.
    """
    up = -1 if to_come else 1
    seconds = up * (up * amount // timedelta(seconds=1))
    if seconds < _SAID:
        return f"{seconds} s"
    minutes = up * (up * seconds // 60)
    return f"{minutes} min" if minutes < _SAID else f"{up * (up * minutes // 60)} h"


def _joined(parts: Iterable[Text], by: Text) -> Text:
    return reduce(lambda one, other: by.fill({"one": one, "other": other}), parts)
