"""Events as plain dictionaries, to be stored as JSON and read back years later.

Theory of operation. Each event is stored with its type and the version of that type's form (`v`). When a form changes,
its version goes up and an upcaster (a pure function from one dictionary to another) is added that takes the old form
one version on; what is stored is never rewritten. A form that is newer than this program knows, an unknown type, a
missing or unknown key, is refused: an event that is read wrongly is worse than one that is not read. Instants are
stored as ISO 8601 in UTC, to the microsecond.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final

import attrs

from ticontact._bounded import listed, quoted
from ticontact._time import to_epoch
from ticontact._typed import UNREADABLE
from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.errors import BrokenHistory, TicontactError
from ticontact.i18n._text import language_named
from ticontact.plain import custom
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._ticket.event_table import ROWS
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
        BrokenHistory: If it is no event of a known type and form.
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
    try:
        return type_read.event(**{key: readers[key](value) for key, value in form.items()})
    except (TicontactError, *UNREADABLE):
        pass
    raise _refused(stored, f"{name} has a value that cannot be read; allowed: what `to_dict` writes")


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
_FIRST: Final = to_epoch(datetime.min.replace(tzinfo=UTC))
_LAST: Final = to_epoch(datetime.max.replace(tzinfo=UTC))
"""What can be written again in UTC; an offset may lead out of the years that there are."""


def _is_instant(field: "attrs.Attribute[Any]") -> bool:
    return field.metadata.get("stored_as") == "instant"


def _plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - any value of a field; a table of types
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
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(each) for each in value]
        case Mapping():
            return dict(value)
    return value


_PLAIN: Final = frozenset({bool, int, str})


def _instant_text(instant: int) -> str:
    return (_EPOCH + timedelta(microseconds=instant)).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _instant(text: str) -> int:
    instant = to_epoch(datetime.fromisoformat(text))
    if not _FIRST <= instant <= _LAST:
        raise ValueError(text)
    return instant


def _contact(form: Mapping[str, Any]) -> ContactRef:
    received = None if form["received"] is None else date.fromisoformat(form["received"])
    return ContactRef(form["id"], form["channel"], direction=Direction(form["direction"]), received=received)


def _case(form: Mapping[str, Any]) -> CaseRef:
    return CaseRef(form["scheme"], form["value"], office=form["office"])


def _hand_over(form: Mapping[str, Any]) -> HandOver:
    return HandOver(
        None if form["case"] is None else _case(form["case"]),
        form["summary"],
        language=language_named(form["language"]),
        waited=timedelta(microseconds=form["waited"]),
    )


_READERS: Final[Mapping[object, Callable[[Any], Any]]] = {
    CaseRef: _case,
    Category: Category,
    ContactRef: _contact,
    ContactRef | None: _contact,
    HandOver: _hand_over,
    Mapping[str, object]: dict,
    Priority: Priority,
    frozenset[str]: frozenset,
    tuple[ContactRef, ...]: lambda forms: tuple(map(_contact, forms)),
    tuple[int, ...]: tuple,
}
"""For each type of a field, as it is declared, what reads its stored form. A plain type is read as it is."""


@attrs.frozen(kw_only=True, eq=False)
class _StoredType:
    """How a kind of event is read back.

    Attributes:
        event: Its class.
        readers: What reads each of its fields.
        required: The fields that must be there.
    """

    event: type[TicketEvent]
    readers: Mapping[str, Callable[[Any], Any]]
    required: tuple[str, ...]


def _stored_type(event: type[TicketEvent]) -> _StoredType:
    fields = attrs.fields(event)
    return _StoredType(
        event=event,
        readers={field.name: _reader(field) for field in fields},
        required=tuple(field.name for field in fields if field.default is attrs.NOTHING),
    )


def _reader(field: "attrs.Attribute[Any]") -> Callable[[Any], Any]:
    """What reads the stored form of a field, by its declaration."""
    kind: Any = field.type
    if kind in _PLAIN:
        if _is_instant(field):
            return _instant
        return partial(_word if field.metadata.get("stored_as") == "word" else _as_it_is, kind)
    read = _instant if _is_instant(field) else _READERS[kind]
    return lambda value: None if value is None else read(value)


def _as_it_is(kind: type, value: object) -> object:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _word(_kind: type, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return sys.intern(value)


_TYPES: Final[Mapping[str, _StoredType]] = {row.event.__name__: _stored_type(row.event) for row in ROWS}


custom(
    TicketEvent,
    write=to_dict,
    read=from_dict,
    schema={"type": "object", "properties": {"type": {"enum": sorted(_TYPES)}}, "required": ["type"]},
    words="a ticket event",
    is_form=lambda data: isinstance(data, Mapping) and data.get("type") in _TYPES,
)
