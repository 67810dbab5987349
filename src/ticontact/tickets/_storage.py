"""Events as plain dictionaries, to be stored as JSON and read back years later.

Theory of operation. Each event is stored with its type and the version of that type's form (`v`). When a form changes,
its version goes up and an upcaster (a pure function from one dictionary to another) is added that takes the old form
one version on; what is stored is never rewritten. A form that is newer than this program knows, an unknown type, a
missing or unknown key, is refused: an event that is read wrongly is worse than one that is not read. So is a value that
could be read but not used later: an instant that has no date in some zone, an amount beyond a hundred years, a number
that is none. The error names type and key. Instants are stored as ISO 8601 in UTC, to the microsecond.

How a field is read follows from the type it is declared with (`_READERS`); an event within an event is read by the same
door, with the same upcasters.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import attrs

from ticontact._bounded import listed, quoted
from ticontact._typed import UNREADABLE
from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.errors import BrokenHistory, TicontactError
from ticontact.i18n._text import language_named
from ticontact.plain import custom
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._own_fields import is_storable
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.event_table import ROWS
from ticontact.tickets._ticket.instant_range import usable
from ticontact.tickets._ticket.ticket import Link
from ticontact.tickets.events import TicketEvent

__all__ = ["from_dict", "to_dict"]

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""From the dictionary of one version of a type's form to that of the next."""

_NO_UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_VERSION: Final = 1
"""The version of every form, as long as none has changed."""


def to_dict(event: TicketEvent) -> dict[str, Any]:
    """The dictionary of an event, ready for `json.dumps`; what is empty or at its default is left out.

    Args:
        event: The event.
    """
    shown: dict[str, Any] = {"type": type(event).__name__, "v": _VERSION}
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if value != field.default:
            shown[field.name] = _instant_text(value) if _is_instant(field) and value is not None else _plain(value)
    return shown


def from_dict(
    stored: Mapping[str, Any], *, upcasters: Mapping[tuple[str, int], Upcaster] = _NO_UPCASTERS
) -> TicketEvent:
    """The event of a dictionary.

    Args:
        stored: The dictionary.
        upcasters: For a type and the version of its form, what takes it to the next version; a department that has
            changed types of its own fields gives them, others need none.

    Raises:
        BrokenHistory: If it is no event of a known type and form, or has a value that cannot be used; the key is named.
    """
    if not isinstance(stored, Mapping):
        raise _refused({}, f"{type(stored).__name__} was given; allowed: what `to_dict` writes")
    form = _cast_up(stored, upcasters)
    name, version = form.pop("type", None), form.pop("v", None)
    type_read = _TYPES.get(name) if isinstance(name, str) else None
    if type_read is None or version != _VERSION:
        problem = f"{quoted(name)} of form {quoted(version)} is unknown; allowed: a known type of form {_VERSION}"
        raise _refused(stored, problem)
    readers = type_read.readers
    wrong = [key for key in form if key not in readers]
    wrong += [key for key in type_read.required if key not in form]
    if wrong:
        raise _refused(stored, f"{name} has unknown or missing keys: {listed(wrong)}")
    values: dict[str, Any] = {}
    for key, value in form.items():
        try:
            values[key] = readers[key](value, upcasters)
        except (TicontactError, *UNREADABLE):
            wrong.append(key)
    if wrong:
        what = f"{name}.{wrong[0]} has a value that cannot be read"
        raise _refused(stored, f"{what}; allowed: what `to_dict` writes")
    return type_read.event(**values)


def _cast_up(stored: Mapping[str, Any], upcasters: Mapping[tuple[str, int], Upcaster]) -> dict[str, Any]:
    """The form of today; an upcaster that fails, or leads back to a form that was passed, is named."""
    form = dict(stored)
    passed: list[tuple[str, int]] = []
    while (upcaster := upcasters.get(_form_of(form))) is not None:
        passed.append(_form_of(form))
        try:
            form = upcaster(form)
        except (LookupError, TypeError, ValueError) as failed:
            problem = f"failed with {type(failed).__name__}"
        else:
            if _form_of(form) not in passed:
                continue
            problem = "leads back to a form that was passed"
        raise _refused(stored, f"the upcaster of {passed[-1]} {problem}; allowed: one that takes it to the next form")
    return form


def _form_of(form: Mapping[str, Any]) -> tuple[str, int]:
    """The type of a dictionary and the version of its form; -1 for what is no number."""
    version = form.get("v")
    name = form.get("type")
    return name if isinstance(name, str) else "", version if isinstance(version, int) else -1


def _refused(stored: Mapping[str, Any], problem: str) -> BrokenHistory:
    number = stored.get("version")
    version = number if isinstance(number, int) and 0 <= number < _LARGEST_VERSION else 0
    error = BrokenHistory(f"stored event {version}: {problem}", version=version)
    error.given = stored
    return error


_LARGEST_VERSION: Final = 2**63
_LONGEST: Final = timedelta(days=36_525) // timedelta(microseconds=1)
"""A hundred years: no amount of a contact centre is longer."""


def _is_instant(field: "attrs.Attribute[Any]") -> bool:
    return field.metadata.get("stored_as") == "instant"


def _plain(value: Any) -> Any:  # noqa: ANN401, C901, PLR0911 - any value of a field; a table of types
    match value:
        case None:
            return None
        case Priority() | Category():
            return value.value
        case ContactRef():
            received = value.received.isoformat() if value.received else None
            return {"id": value.id, "channel": value.channel, "direction": value.direction.value, "received": received}
        case CaseRef():
            return {"scheme": value.scheme, "value": value.value, "office": value.office}
        case HandOver():
            waited = value.waited // timedelta(microseconds=1)
            return {"case": _plain(value.case), "summary": value.summary, "language": value.language, "waited": waited}
        case TicketEvent():
            return to_dict(value)
        case Promise():
            return _promise_form(value)
        case Link():
            return {"kind": value.kind, "other": value.other}
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(each) for each in value]
        case Mapping():
            return dict(value)
    return value


def _promise_form(promise: Promise) -> dict[str, Any]:
    ended = promise.ended_instant
    return {
        "id": promise.id,
        "who": promise.who,
        "what": promise.what,
        "given": _instant_text(promise.given_instant),
        "due": _instant_text(promise.due_instant),
        "fallback": promise.fallback,
        "ended": None if ended is None else _instant_text(ended),
        "withdrawn": promise.withdrawn,
        "about": promise.about,
    }


def _instant_text(instant: int) -> str:
    return (_EPOCH + timedelta(microseconds=instant)).isoformat(timespec="microseconds").replace("+00:00", "Z")


# Reading: each of these takes the stored form of a value, and raises one of `UNREADABLE` if it is none.


def _instant(text: Any) -> int:  # noqa: ANN401 - whatever was stored
    return usable(datetime.fromisoformat(text), name="instant")


def _text(value: Any) -> str:  # noqa: ANN401 - whatever was stored
    if type(value) is not str:
        raise TypeError
    return value


def _word(value: Any) -> str:  # noqa: ANN401 - whatever was stored
    return sys.intern(_text(value))


def _truth(value: Any) -> bool:  # noqa: ANN401 - whatever was stored
    if type(value) is not bool:
        raise TypeError
    return value


def _version(value: Any) -> int:  # noqa: ANN401 - whatever was stored
    return _whole(value, least=1, most=_LARGEST_VERSION - 1)


def _whole(value: Any, *, least: int, most: int) -> int:  # noqa: ANN401 - whatever was stored
    if type(value) is not int:
        raise TypeError
    if not least <= value <= most:
        raise ValueError
    return value


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - whatever was stored
    if not isinstance(value, list | tuple):
        raise TypeError
    return [*value]


def _form(value: Any, *keys: str) -> Mapping[str, Any]:  # noqa: ANN401 - whatever was stored
    """A dictionary of these keys and no others."""
    if not isinstance(value, Mapping):
        raise TypeError
    if {*value} != {*keys}:
        raise KeyError
    return value


def _contact(value: Any) -> ContactRef:  # noqa: ANN401 - whatever was stored
    form = _form(value, "id", "channel", "direction", "received")
    received = None if form["received"] is None else date.fromisoformat(form["received"])
    if received is not None:
        usable(datetime(received.year, received.month, received.day, tzinfo=UTC), name="received")
    return ContactRef(
        _text(form["id"]), _text(form["channel"]), direction=Direction(form["direction"]), received=received
    )


def _case(value: Any) -> CaseRef:  # noqa: ANN401 - whatever was stored
    form = _form(value, "scheme", "value", "office")
    return CaseRef(_text(form["scheme"]), _text(form["value"]), office=_text(form["office"]))


def _hand_over(value: Any) -> HandOver:  # noqa: ANN401 - whatever was stored
    form = _form(value, "case", "summary", "language", "waited")
    return HandOver(
        None if form["case"] is None else _case(form["case"]),
        _text(form["summary"]),
        language=language_named(form["language"]),
        waited=timedelta(microseconds=_whole(form["waited"], least=0, most=_LONGEST)),
    )


def _promise(value: Any) -> Promise:  # noqa: ANN401 - whatever was stored
    form = _form(value, "id", "who", "what", "given", "due", "fallback", "ended", "withdrawn", "about")
    return Promise(
        id=_text(form["id"]),
        who=_text(form["who"]),
        what=_text(form["what"]),
        given_instant=_instant(form["given"]),
        due_instant=_instant(form["due"]),
        fallback=_text(form["fallback"]),
        ended_instant=None if form["ended"] is None else _instant(form["ended"]),
        withdrawn=_truth(form["withdrawn"]),
        about=_text(form["about"]),
    )


def _link(value: Any) -> Link:  # noqa: ANN401 - whatever was stored
    form = _form(value, "kind", "other")
    return Link(_text(form["kind"]), _text(form["other"]))


def _fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was stored
    """The department's own fields: what JSON knows, and no number that is none."""
    if not isinstance(value, Mapping) or not all(type(key) is str for key in value):
        raise TypeError
    if not is_storable(value):
        raise ValueError
    return dict(value)


_READERS: Final[Mapping[object, Callable[[Any], Any]]] = {
    CaseRef: _case,
    Category: Category,
    ContactRef: _contact,
    HandOver: _hand_over,
    Mapping[str, Any]: _fields,
    Priority: Priority,
    bool: _truth,
    frozenset[str]: lambda forms: frozenset(map(_text, _list(forms))),
    int: _version,
    str: _text,
    tuple[CaseRef, ...]: lambda forms: tuple(map(_case, _list(forms))),
    tuple[ContactRef, ...]: lambda forms: tuple(map(_contact, _list(forms))),
    tuple[Link, ...]: lambda forms: tuple(map(_link, _list(forms))),
    tuple[Promise, ...]: lambda forms: tuple(map(_promise, _list(forms))),
    tuple[int, ...]: lambda forms: tuple(map(_version, _list(forms))),
    tuple[str, ...]: lambda forms: tuple(map(_text, _list(forms))),
}
"""For each type of a field, as it is declared, what reads its stored form. Whole numbers are versions, or instants."""

Reader = Callable[[Any, Mapping[tuple[str, int], Upcaster]], Any]
"""What reads the stored form of a field; events within it by the same upcasters."""


@attrs.frozen(kw_only=True, eq=False)
class _StoredType:
    """How a kind of event is read back.

    Attributes:
        event: Its class.
        readers: What reads each of its fields.
        required: The fields that must be there.
    """

    event: type[TicketEvent]
    readers: Mapping[str, Reader]
    required: tuple[str, ...]


def _stored_type(event: type[TicketEvent]) -> _StoredType:
    fields = attrs.fields(event)
    return _StoredType(
        event=event,
        readers={field.name: _reader(field) for field in fields},
        required=tuple(field.name for field in fields if field.default is attrs.NOTHING),
    )


def _reader(field: "attrs.Attribute[Any]") -> Reader:
    """What reads the stored form of a field, by its declaration; null stands only where the type has None."""
    kind: Any = field.type
    if kind == tuple[TicketEvent, ...]:
        return lambda forms, upcasters: tuple(from_dict(form, upcasters=upcasters) for form in _list(forms))
    if kind in _OPTIONAL:
        read = _instant if _is_instant(field) else _READERS[_OPTIONAL[kind]]
        return lambda form, _: None if form is None else read(form)
    if _is_instant(field):
        return lambda form, _: _instant(form)
    if field.metadata.get("stored_as") == "word":
        return lambda form, _: _word(form)
    plain = _READERS[kind]
    return lambda form, _: plain(form)


_OPTIONAL: Final[Mapping[object, type]] = {ContactRef | None: ContactRef, int | None: int}

_TYPES: Final[Mapping[str, _StoredType]] = {row.event.__name__: _stored_type(row.event) for row in ROWS}


custom(
    TicketEvent,
    write=to_dict,
    read=from_dict,
    schema={"type": "object", "properties": {"type": {"enum": sorted(_TYPES)}}, "required": ["type"]},
    words="a ticket event",
    is_form=lambda data: isinstance(data, Mapping) and data.get("type") in _TYPES,
)
