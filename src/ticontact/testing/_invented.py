"""Invented values of every class that has a plain form, for tests by Hypothesis.

Theory of operation. A strategy is made of the annotations of a class, as its plain form is. Where a class allows less
than its annotations say (a check digit, instants in order), `_RULES` says how its fields are drawn; what a class
refuses all the same is drawn anew.
"""

import enum
import operator
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from ticontact import contacts, hours, measures, routing, tickets
from ticontact._time import from_epoch, zone_named
from ticontact.contacts.identity import Person, SamePerson
from ticontact.errors import TicontactError
from ticontact.hours import swiss
from ticontact.i18n import Text
from ticontact.plain._declared import IS_DAY, IS_EPOCH, IS_ZONE, Bounds, kinds_of
from ticontact.routing._agents.agent import WrapUp
from ticontact.routing._requirements import condition as conditions
from ticontact.tickets import shipped

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["values_of"]

T = TypeVar("T")
Strategy = Any
"""A strategy of Hypothesis, which is an extra and may be absent."""

_ZONES: Final = ("Europe/Zurich", "UTC", "America/New_York")
_FIRST: Final = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_LAST: Final = int(datetime(2035, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzàéèöüABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/."
_MOST: Final = 3  # entries of a list, a set or a table
_TRIES: Final = 20
_PAIR: Final = 2


def values_of(kind: type[T]) -> "SearchStrategy[T]":
    """A strategy of Hypothesis: values of a class that has a plain form, or of a part of one.

    Instants lie between 2015 and 2035, in zones of which two change their clocks; texts are short and hold no control
    characters. It needs the extra `testing`.

    Args:
        kind: The class; or a base class that stands for several, such as `TicketEvent`.

    >>> from hypothesis import given
    >>> from ticontact.contacts import Contact
    >>> from ticontact.plain import from_dict, to_dict
    >>> @given(values_of(Contact))
    ... def test_contacts_come_back(contact: Contact) -> None:
    ...     assert from_dict(Contact, to_dict(contact)) == contact
    """
    strategy: SearchStrategy[T] = _Strategies().of(kind)
    return strategy


class _Strategies:
    """Strategies by annotation. It is mutable: it knows each annotation that it has met."""

    def __init__(self) -> None:
        import hypothesis  # noqa: PLC0415 - an extra, loaded by who asks for it
        from hypothesis import strategies  # noqa: PLC0415

        self.st: Any = strategies
        self._reject = hypothesis.reject
        self._known: dict[Any, Strategy] = {}
        self._finished: dict[Any, Strategy] = {}
        self.words: Strategy = strategies.text(_LETTERS, min_size=1, max_size=8)
        self.texts: Strategy = strategies.just("") | self.words
        self.epochs: Strategy = strategies.integers(_FIRST, _LAST)
        self.days: Strategy = strategies.dates(date(2015, 1, 1), date(2035, 1, 1))
        self.amounts: Strategy = strategies.integers(0, 10**10).map(_microseconds)
        self.zoned: Strategy = strategies.builds(_in_zone, self.epochs, strategies.sampled_from(_ZONES))
        self.digits: Strategy = strategies.text("0123456789", max_size=6)

    def of(self, hint: Any) -> Strategy:  # noqa: ANN401 - any annotation
        """The strategy of an annotation."""
        if hint not in self._known:
            self._known[hint] = self.st.deferred(lambda: self._finished[hint])  # it may hold itself
            self._known[hint] = self._finished[hint] = self._made(hint)
        return self._known[hint]

    def _made(self, hint: Any) -> Strategy:  # noqa: ANN401, PLR0911 - one return for each kind
        st, origin, inner = self.st, get_origin(hint), get_args(hint)
        if hint in (scalars := self._scalars()):
            return scalars[hint]
        if origin is Annotated:
            return self._annotated(inner[0], inner[1:])
        if origin is Literal:
            return st.sampled_from(inner)
        if origin in {Union, types.UnionType}:
            return st.one_of([self.of(each) for each in inner])
        if origin is tuple and inner[-1] is not Ellipsis:
            return st.tuples(*map(self.of, inner))
        if origin is tuple:
            return st.lists(self.of(inner[0]), max_size=_MOST).map(tuple)
        if origin is frozenset:
            return st.frozensets(self.of(inner[0]), max_size=_MOST)
        if origin is Mapping:
            names = self.words if inner[0] is str else self.of(inner[0])
            return st.dictionaries(names, self.of(inner[1]), max_size=_MOST)
        return self._of_class(hint)

    def _scalars(self) -> Mapping[Any, Strategy]:
        st = self.st
        plain = self.texts | st.none() | st.integers(0, 9) | st.booleans()
        return {
            str: self.texts,
            int: st.integers(0, 99),
            float: st.floats(0, 1e6),
            bool: st.booleans(),
            type(None): st.none(),
            date: self.days,
            timedelta: self.amounts,
            object: plain | st.lists(plain, max_size=_MOST),
        }

    def _annotated(self, kind: Any, marks: tuple[Any, ...]) -> Strategy:  # noqa: ANN401 - any annotation
        if IS_EPOCH in marks:
            return self.epochs
        if IS_DAY in marks:
            return self.days
        if IS_ZONE in marks:
            return self.st.sampled_from(_ZONES) | self.st.integers(-50_000, 50_000)
        limits = next((mark for mark in marks if isinstance(mark, Bounds)), Bounds())
        if kind is int:
            return self.st.integers(limits.least or 0, 99 if limits.most is None else limits.most)
        return self.words if kind is str else self.of(kind)

    def _of_class(self, owner: Any) -> Strategy:  # noqa: ANN401 - any class
        st = self.st
        if owner in (special := self._special()):
            return special[owner]()
        if members := kinds_of(owner):
            return st.one_of([self.of(each) for each in members])
        if issubclass(owner, enum.Enum):
            return st.sampled_from(owner)
        if issubclass(owner, datetime):
            return self.zoned
        return self._built(owner)

    def _special(self) -> Mapping[Any, Callable[[], Strategy]]:
        """The strategies of classes that are not made of their fields alone."""
        st = self.st
        return {
            conditions.Condition: self._conditions,
            contacts.Channel: lambda: st.sampled_from([*contacts.CHANNELS]) | self._built(contacts.Channel),
            hours.BusinessCalendar: self._calendars,
            tickets.Lifecycle: lambda: st.just(shipped.contact_centre),
        }

    def _calendars(self) -> Strategy:
        """Calendars with closures, and some that are combined."""
        st = self.st
        weeks = st.sampled_from(["Mo-Fr 08:00-12:00,13:30-17:00", "Sa 22:00-02:00", "Mo-Su 00:00-24:00"])
        simple = st.builds(
            hours.BusinessCalendar,
            zone=st.sampled_from(_ZONES),
            week=weeks.map(hours.Week.parse),
            holidays=st.none() | st.sampled_from(hours.Canton).map(swiss.holidays),
            closures=st.lists(st.builds(hours.Closure, self.days, reason=self.words), max_size=2),
            since=st.none() | self.days,
            name=self.texts,
        )
        both = st.sampled_from([operator.and_, operator.or_, operator.sub])
        return simple | st.builds(lambda combine, one, other: combine(one, other), both, simple, simple)

    def _built(self, owner: Any) -> Strategy:  # noqa: ANN401 - any class
        """Values of a class of attrs, each field by its annotation unless a rule of the class says how it is drawn."""
        rule = _RULES.get(owner)
        ruled: dict[str, Strategy] = {} if rule is None else rule(self)
        hints = get_type_hints(owner, include_extras=True)
        together, gone = ruled.pop("*", self.st.just({})), ruled.pop("", ())
        free = [field for field in attrs.fields(owner) if field.init and field.alias not in gone]
        fields = {str(field.alias): self.of(hints[field.name]) for field in free} | ruled

        def value(draw: Callable[[Strategy], Any]) -> Any:  # noqa: ANN401 - a value of the class
            for _ in range(_TRIES):
                try:
                    return owner(**{name: draw(each) for name, each in fields.items()} | draw(together))
                except TicontactError:
                    continue
            return self._reject()

        return self.st.composite(value)()

    def _conditions(self) -> Strategy:
        """Conditions, a few levels deep."""
        st = self.st
        simple = (conditions.HasSkill, conditions.Speaks, conditions.MayDo, conditions.AtSite, conditions.HasAttribute)

        def larger(inner: Strategy) -> Strategy:
            parts = st.lists(inner, max_size=_MOST).map(tuple)
            step = st.builds(conditions.Step, self.amounts, inner, self.of(conditions.Clock), narrowing=st.booleans())
            steps = st.lists(step, max_size=_PAIR).map(tuple)
            return st.one_of(
                st.builds(conditions.AllOf, parts),
                st.builds(conditions.AnyOf, parts),
                st.builds(conditions.Without, inner),
                st.builds(conditions.Stepped, inner, steps),
            )

        return st.recursive(st.one_of([self.of(each) for each in simple]), larger, max_leaves=4)

    def in_order(self, values: Strategy, *names: str) -> Strategy:
        """Some fields that follow each other, of which the later ones may be missing."""
        drawn = self.st.lists(values, min_size=1, max_size=len(names))
        return drawn.map(lambda found: dict(zip(names, sorted(found), strict=False)))

    def between(self, values: Strategy, first: str, last: str) -> Strategy:
        """Two fields, each of which may be missing, the first one before the last."""
        pairs = self.st.tuples(values, values).map(sorted)
        some = self.st.sampled_from([(), (0,), (1,), (0, 1)])
        return self.st.builds(lambda pair, chosen: {(first, last)[each]: pair[each] for each in chosen}, pairs, some)


def _microseconds(number: int) -> timedelta:
    return timedelta(microseconds=number)


def _in_zone(epoch: int, zone: str) -> datetime:
    return from_epoch(epoch, zone_named(zone))


def _ahv(digits: str) -> str:
    """A number with the check digit of EAN-13."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _uid(digits: str) -> str:
    """A number with the check digit modulo 11; where there is none the class refuses it, and another one is drawn."""
    weights = (5, 4, 3, 2, 7, 6, 5, 4)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return f"{digits}{-total % 11}"


def _regex(make: _Strategies, pattern: str) -> Strategy:
    return make.st.from_regex(pattern, fullmatch=True)


def _postal_address(make: _Strategies) -> dict[str, Strategy]:
    """What stands only beside something else goes with it."""
    st, words, texts = make.st, make.words, make.texts
    groups = [
        {"last_name": words, "first_name": texts, "title": texts},
        {"organisation": words, "organisation_add_on1": texts, "salutation": make.of(contacts.Salutation)},
        {"street": words, "house_number": texts, "dwelling_number": texts, "line1": texts},
        {"post_office_box": _regex(make, r"[0-9]{1,8}|-"), "locality": texts},
    ]
    ends = [
        {"swiss_code": _regex(make, r"[1-9][0-9]{3}"), "town": words},
        {"country": st.just("IT"), "country_name": words, "foreign_code": texts, "town": words},
    ]
    parts = st.tuples(
        *(st.just({}) | st.fixed_dictionaries(group) for group in groups),
        st.one_of([st.fixed_dictionaries(end) for end in ends]),
    )
    everything = [str(field.alias) for field in attrs.fields(contacts.PostalAddress)]
    return {"": everything, "*": parts.map(lambda drawn: {name: each for part in drawn for name, each in part.items()})}


def _contact_point(make: _Strategies) -> dict[str, Strategy]:
    """A use is one of such an address."""
    st, uses = make.st, contacts.PointUse
    pairs = st.one_of(
        st.tuples(make.of(contacts.PhoneNumber), st.sampled_from([uses.PRIVATE_PHONE, uses.BUSINESS_MOBILE])),
        st.tuples(make.of(contacts.EmailAddress), st.sampled_from([uses.PRIVATE_EMAIL, uses.BUSINESS_EMAIL])),
        st.tuples(make.of(contacts.PostalAddress), st.just(uses.POSTAL)),
        st.tuples(make.of(contacts.Address), st.none()),
    )
    days = make.between(make.days, "valid_from", "valid_to")
    both = st.builds(lambda pair, dates: {"address": pair[0], "use": pair[1], **dates}, pairs, days)
    return {"": ("address", "use", "valid_from", "valid_to"), "rank": st.integers(1, 9), "*": both}


def _contact(make: _Strategies) -> dict[str, Strategy]:
    names = ("created_at", "answered_at", "ended_at")
    return {"id": make.words, "": names, "*": make.in_order(make.of(contacts.Moment), *names)}


def _leg(make: _Strategies) -> dict[str, Strategy]:
    names = ("started_at", "answered_at", "ended_at")
    return {"": names, "*": make.in_order(make.of(contacts.Moment), *names)}


def _work_record(make: _Strategies) -> dict[str, Strategy]:
    names = ("offered_at", "entered_at", "answered_at", "handed_over_at", "left_at")
    return {"": names, "*": make.in_order(make.epochs, *names)}


def _callback(make: _Strategies) -> dict[str, Strategy]:
    window = make.between(make.zoned, "opens", "closes")
    return {"attempts": make.st.integers(1, 5), "": ("opens", "closes"), "*": window}


def _routing_event(make: _Strategies) -> dict[str, Strategy]:
    """What it is stands beside `reached`, how it ended beside `ended`."""
    st, words = make.st, get_args(get_type_hints(measures.RoutingEvent)["what"])
    about = get_args(get_type_hints(measures.RoutingEvent, include_extras=True)["about"])[0]
    told = st.one_of(
        st.fixed_dictionaries({"what": st.just("reached"), "about": make.of(about)}),
        st.fixed_dictionaries({"what": st.just("ended"), "outcome": make.of(contacts.Outcome)}),
        st.fixed_dictionaries({"what": st.sampled_from([word for word in words if word not in {"reached", "ended"}])}),
    )
    return {"": ("what", "about", "outcome"), "*": told}


def _text(make: _Strategies) -> dict[str, Strategy]:
    plain = make.st.builds(Text.same, make.texts)
    return {"spoken": make.st.none() | plain}


_RULES: Final[Mapping[Any, Callable[[_Strategies], dict[str, Strategy]]]] = {
    Text: _text,
    contacts.AhvNumber: lambda make: {"digits": _regex(make, r"756[0-9]{9}").map(_ahv)},
    contacts.CaseRef: lambda make: {"scheme": make.words, "value": make.words},
    contacts.ChatHandle: lambda make: {"service": make.words, "handle": make.words},
    contacts.Contact: _contact,
    contacts.ContactPoint: _contact_point,
    contacts.CounterDesk: lambda make: {"site": make.words, "desk": make.words},
    contacts.EmailAddress: lambda make: {"local": make.words, "domain": make.words, "ascii_domain": make.words},
    contacts.ExternalId: lambda make: {"scheme": make.words, "value": make.words},
    contacts.Leg: _leg,
    contacts.Mandate: lambda make: {
        "representative": make.words,
        "principal": make.words,
        "": ("valid_from", "valid_to"),
        "*": make.between(make.days, "valid_from", "valid_to"),
    },
    contacts.Party: lambda make: {"languages": make.st.lists(make.st.sampled_from(["it", "de-CH", "ti"]), max_size=2)},
    contacts.PhoneNumber: lambda make: {"e164": _regex(make, r"\+[1-9][0-9]{2,14}"), "extension": make.digits},
    contacts.PostalAddress: _postal_address,
    contacts.SipAddress: lambda make: {
        "user": _regex(make, r"[a-z0-9.]{0,8}"),
        "host": _regex(make, r"[a-z]{1,8}(?:\.[a-z]{1,3})?"),
        "port": make.st.none() | make.st.integers(1, 65_535),
    },
    contacts.Uid: lambda make: {"digits": _regex(make, r"[0-9]{8}").map(_uid)},
    Person: lambda make: {"key": make.words},
    SamePerson: lambda make: {"one": make.words, "other": make.words},
    measures.RoutingEvent: _routing_event,
    measures.WorkRecord: _work_record,
    routing.Agent: lambda make: {
        **dict.fromkeys(("skills", "languages"), make.st.dictionaries(make.words, make.st.integers(1, 10), max_size=3)),
        **dict.fromkeys(("capacity", "share"), make.st.integers(1, 9)),
        "wrap_up": make.of(WrapUp),
    },
    routing.Callback: _callback,
    routing.WorkItem: lambda make: {"cost": make.st.integers(1, 9)},
}
"""By class how fields are drawn of which it allows less than their annotations say.

Under a star stands a strategy of several fields that belong together, and under the empty name which these are.
"""
