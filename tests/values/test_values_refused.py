"""Wrong types and wrong ranges: refused where a value is built, by a typed error that names class and field."""

import collections.abc
import math
import types
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import attrs
import pytest
from values_kit import given_of, hints_of, name_of, public_values, some

from ticontact import contacts, departments, hours, routing, staffing, tickets
from ticontact.contacts import readers
from ticontact.desk import effects, events
from ticontact.errors import InvalidValue, TicontactError
from ticontact.hours._holiday import HolidayRule
from ticontact.plain import Bounds

SECRET: Final = "Bernasconi"  # noqa: S105 - a name
"""A name that may stand in no error; in brackets it is what an object shows of itself."""


class _Anything:
    """Something that nobody knows, and that gives nothing away."""

    def __repr__(self) -> str:
        return f"<{SECRET}>"


WRONG: Final[tuple[Any, ...]] = (
    None,
    True,
    7,
    -(10**30),
    10**5000,
    1.5,
    math.nan,
    math.inf,
    SECRET,
    "\ud800",
    b"x",
    (_Anything(),),
    [SECRET, 7],
    {SECRET: _Anything()},
    {7: SECRET},
    frozenset({SECRET, 7}),
    _Anything(),
    _Anything,
    date(2026, 3, 18),
    datetime(2026, 3, 18, 9),  # noqa: DTZ001 - that is the fault
    datetime(1, 1, 1, tzinfo=UTC),
    time(9),
    timedelta.max,
)


def fits(value: Any, hint: Any) -> bool:  # noqa: C901, PLR0911 - one return for each kind
    """Whether a value is of an annotation: what the check of the classes is held against, and knows nothing of."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any or isinstance(hint, TypeVar):
        return True
    if hint is object:
        return _is_plain(value)
    if origin is Annotated:
        return fits(value, inner[0])
    if origin in {Union, types.UnionType}:
        return any(fits(value, each) for each in inner)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin is tuple and inner[-1] is Ellipsis:
        return isinstance(value, tuple) and all(fits(each, inner[0]) for each in value)
    if origin is tuple:
        return isinstance(value, tuple) and len(value) == len(inner) and all(map(fits, value, inner))
    if origin is frozenset:
        return isinstance(value, frozenset) and all(fits(each, inner[0]) for each in value)
    if origin is collections.abc.Mapping:
        return isinstance(value, collections.abc.Mapping) and all(
            fits(key, inner[0]) and fits(each, inner[1]) for key, each in value.items()
        )
    if origin is collections.abc.Callable:
        return callable(value)
    if getattr(hint, "_is_protocol", False):
        return all(hasattr(value, name) for name in vars(hint) if not name.startswith("_"))
    return _is_of(value, hint)


def _is_of(value: Any, hint: Any) -> bool:  # noqa: PLR0911 - as above
    if hint is None or hint is type(None):
        return value is None
    if hint is int:
        return type(value) is int and abs(value) < 2**53
    if hint is float:
        return type(value) in {int, float} and math.isfinite(value)
    if hint is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if hint is str:
        return isinstance(value, str) and "\ud800" not in value
    if isinstance(value, datetime):
        return isinstance(value, hint) and value.tzinfo is not None and value.year > 1
    return isinstance(value, hint) and value is not timedelta.max


def _is_plain(value: Any) -> bool:
    if isinstance(value, collections.abc.Mapping):
        return all(isinstance(key, str) and _is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool) or any(_is_of(value, kind) for kind in (str, int, float))


SUBJECTS: Final[dict[type, str]] = {
    contacts.AhvNumber: "AHV number",
    contacts.EmailAddress: "e-mail address",
    contacts.Message: "Message, mailboxes",
    contacts.Moment: "instant",
    contacts.PhoneNumber: "phone number",
    contacts.PostalAddress: "postal address",
    contacts.SipAddress: "SIP address",
    contacts.Uid: "UID",
    hours.Break: "window",
    hours.DayOverride: "window",
    routing.Agent: SECRET,  # the name of a skill whose level is wrong
    staffing.Shrinkage: "shrinkage.",
    staffing.Traffic: "demand.mean",
    routing.Queue: "queue.a-1.fallback",  # which is missing where it is wanted
}
"""What a class calls itself, or a part of itself, where it does not name the field."""

WORDS: Final[dict[type, str]] = {
    hours.Break: "windows",
    hours.DayOverride: "windows",
    readers.Exchange: "zone",
    hours.Holiday: "closed_from",
    HolidayRule: "closed_from",
    routing.Agent: "skills languages",
    routing.Skill: "level",
    staffing.Shrinkage: "percents",
    tickets.Lifecycle: "initial reopening_calendar",
    tickets.commands.OpenTicket: "priority",
    tickets.commands.Prioritise: "priority",
}
"""Fields that hold words of the department's own description, which an error quotes."""

BY_ARGUMENTS: Final[dict[type, dict[str, Any]]] = {
    hours.TimeWindow: {"opens": "08:00", "closes": "12:00"},
    hours.Week: {"monday": "08:00-12:00", "sunday": ""},
    hours.BusinessCalendar: {
        "zone": "Europe/Zurich",
        "week": hours.Week(monday="08:00-12:00"),
        "holidays": None,
        "closures": (),
        "overrides": (),
        "breaks": (),
        "seasons": (),
        "since": None,
        "until": None,
        "name": "counter",
        "horizon": timedelta(days=400),
    },
}
"""Classes that are made of other arguments than their fields."""


def _places() -> list[Any]:
    return [
        pytest.param(owner, field, id=f"{name_of(owner)}.{field.alias}")
        for owner in public_values()
        for field in attrs.fields(owner)
        if field.init and owner not in BY_ARGUMENTS and owner is not Bounds
    ]


class TestEveryField:
    """Two dozen wrong values for each field of each public class."""

    def test_the_judge_knows_right_from_wrong(self) -> None:
        """What a field may hold fits, and of what is wrong hardly anything does."""
        for owner in public_values():
            for field in attrs.fields(owner):
                hint = hints_of(owner)[field.name]
                assert not field.init or fits(some(hint), hint), (owner, field.name)
        assert [fits(wrong, int) for wrong in WRONG].count(True) == 1
        assert [fits(wrong, str) for wrong in WRONG].count(True) == 1

    @pytest.mark.parametrize(("owner", "field"), _places())
    def test_is_of_its_type_or_refused(self, owner: type, field: Any) -> None:
        """By a typed error with class and field, and without anything personal."""
        given, hint = given_of(owner), hints_of(owner)[field.name]
        for wrong in WRONG:
            text, held = "", None
            try:
                held = getattr(owner(**given | {field.alias: wrong}), field.name)
            except TicontactError as refused:
                text = f"{refused} {refused!r}"
            if text:
                assert field.alias in text or SUBJECTS[owner] in text
                assert f"<{SECRET}>" not in text
                assert SECRET not in text or field.alias in WORDS[owner]
            else:
                assert fits(held, hint), type(wrong)

    @pytest.mark.parametrize(
        ("owner", "argument"),
        [
            pytest.param(owner, name, id=f"{owner.__name__}.{name}")
            for owner, all_ in BY_ARGUMENTS.items()
            for name in all_
        ],
    )
    def test_is_so_of_every_argument(self, owner: type, argument: str) -> None:
        """Where a class is made of something else than its fields."""
        for wrong in WRONG:
            text = ""
            try:
                owner(**BY_ARGUMENTS[owner] | {argument: wrong})
            except TicontactError as refused:
                text = f"{refused} {refused!r}"
            assert f"<{SECRET}>" not in text

    @pytest.mark.parametrize("field", attrs.fields(Bounds), ids=lambda field: field.name)
    def test_is_so_of_limits(self, field: Any) -> None:
        """They bound others, and know no bounds."""
        owner: Any = Bounds
        for wrong in (None, True, "1", 1.5, b"x", [1], object()):
            if not fits(wrong, hints_of(Bounds)[field.name]):
                with pytest.raises(InvalidValue, match=rf"^Bounds\.{field.name}: {type(wrong).__name__} was given"):
                    owner(**{field.name: wrong})


class TestRanges:
    """Values of the right type that can not be."""

    @pytest.mark.parametrize(
        ("owner", "field", "value"),
        [
            (events.CallerLeft, "contact", ""),
            (events.CallerLeft, "id", "e\n1"),
            (events.CallerLeft, "contact", "c" * 201),
            (events.ConsultRequested, "contact", "\u202ec"),
            (effects.Connect, "agent", ""),
            (routing.Agent, "id", ""),
            (routing.Agent, "share", 0),
            (routing.Agent, "capacity", 0),
            (routing.WorkItem, "id", "\x00"),
            (routing.WorkItem, "case_owner", ""),
            (routing.WorkItem, "cost", 0),
            (routing.Offer, "epoch", -1),
            (routing.Queue, "id", ""),
            (routing.Queue, "limit", -1),
            (routing.TicketSeries, "last", -1),
            (routing.CounterCallPolicy, "calls", 0),
            (routing.CounterCallPolicy, "returns", -1),
            (routing.Callback, "attempts", 0),
            (routing.Preference, "weight", -1),
            (departments.ServiceLevelTarget, "percent", -1),
            (readers.Limits, "size", -1),
            (tickets.commands.EndPromise, "id", ""),
        ],
    )
    def test_is_refused(self, owner: type, field: str, value: object) -> None:
        """With its place."""
        with pytest.raises(TicontactError, match=field):
            owner(**given_of(owner) | {field: value})

    @pytest.mark.parametrize("name", ["c-1", "c", "c" * 200, "Ufficio 3/a", "ü\tß", "線"])
    def test_names_are_what_departments_use(self, name: str) -> None:
        """Any script, up to two hundred characters."""
        assert events.CallerLeft(id=name, contact=name).contact == name
