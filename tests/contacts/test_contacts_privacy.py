"""No personal value shows by itself: not in repr, not in str, not in an error."""

import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta

import attrs
import pytest
from contacts_samples import full_contact
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    CaseRef,
    Channel,
    Contact,
    Direction,
    EmailAddress,
    FieldClass,
    HandOver,
    Need,
    Party,
    PhoneNumber,
    Role,
    ShortNumber,
    parse_phone,
)
from ticontact.contacts._field_class import class_of, is_hidden
from ticontact.errors import TicontactError
from ticontact.testing import instant

MARK = "Zaccheo"  # a word that stands in no name of ours
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12).map(lambda text: f"{MARK}{text}")


def everything(secret: str) -> list[object]:
    """One object of every kind, each field of which that may be personal holds the secret."""
    citizen = Party(
        Role.CITIZEN,
        EmailAddress.parse(f"{secret}@{secret}.ch"),
        name=secret,
        person=secret,
        organisation=secret,
        needs=frozenset({Need.NO_TELEPHONE}),
    )
    case = CaseRef("permit", secret)
    return [
        citizen,
        case,
        HandOver(case, secret, waited=timedelta(seconds=1)),
        Contact(
            id="c",
            channel=Channel.named("email"),
            direction=Direction.INBOUND,
            reached=EmailAddress.parse(f"{secret}@ti.ch"),
            parties=[citizen],
            cases=[case],
            created_at=instant("2026-03-18 09:00"),
        ),
    ]


def shown(value: object) -> str:
    """Every way in which an object shows by itself."""
    return "".join([repr(value), str(value), f"{value}", f"{[value]}", "%s" % (value,)])  # noqa: UP031 - the old way is one of them


@given(words)
def test_no_object_shows_its_personal_values(secret: str) -> None:
    """Whatever the value, it is not there."""
    for value in everything(secret):
        assert secret.lower() not in shown(value).lower()


def inside(value: object) -> Iterator[object]:
    """A value and everything in it, at whatever depth."""
    yield value
    kind = type(value)
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from inside(item)
    elif attrs.has(kind):
        for field in attrs.fields(kind):
            yield from inside(getattr(value, field.name))


def test_nothing_inside_a_full_contact_shows() -> None:
    """Of every kind of value that a contact can hold: names, numbers, addresses, keys, cases, texts, staff."""
    values = [value for value in inside(full_contact()) if attrs.has(type(value))]
    secrets = ("Anna", "Verdi", "123 45", "4179", "example.org", "p-77", "7569", "1162", "4711", "luca", "201", "a.pdf")

    assert len({type(value) for value in values}) > 20
    assert {(type(value), secret) for value in values for secret in secrets if secret in shown(value)} == set()


@given(st.integers(2_000_000, 9_999_999))
def test_no_number_shows(digits: int) -> None:
    """Neither form of a number shows, nor a part of it that would name the line."""
    text = f"+4179{digits}"
    try:
        number = PhoneNumber.parse(text)
    except TicontactError:
        return
    assert not any(form in shown(number) for form in (str(digits), number.national, number.international))


def test_needs_do_not_show() -> None:
    """A need of access tells of the body: only that there is one is seen."""
    assert repr(Party(Role.CITIZEN, needs=frozenset({Need.SIGN_LANGUAGE}))) == (
        "Party(role=<Role.CITIZEN: 'citizen'>, address=None, name='', person='',"
        " identifiers=frozenset(), verification=None, organisation='', further=(), languages=(), needs=…,"
        " consents=frozenset())"
    )


def test_short_numbers_are_public() -> None:
    """117 is nobody's number."""
    assert "117" in repr(ShortNumber.parse("117"))


@pytest.mark.parametrize(
    "attempt",
    [
        parse_phone,
        PhoneNumber.parse,
        ShortNumber.parse,
        EmailAddress.parse,
        lambda text: CaseRef("permit", f"{text}\x00"),
    ],
    ids=["either", "number", "short", "address", "case"],
)
def test_failed_attempts_do_not_tell(attempt: Callable[[str], object]) -> None:
    """Message, arguments, repr, cause, context and traceback of a refusal hold no part of the value."""
    with pytest.raises(TicontactError) as refused:
        attempt(f"{MARK} {MARK} 079")

    error = refused.value
    text = "".join([repr(error), str(error), *map(str, error.args), repr(error.__cause__), repr(error.__context__)])
    assert MARK not in text
    assert MARK not in "".join(traceback.format_exception_only(error))
    assert MARK in str(error.given)


def test_every_field_has_a_class() -> None:
    """A field without a mark is internal; the marked ones are hidden by their class."""
    classes = {field.name: class_of(field) for field in attrs.fields(Party)}

    assert classes == {
        "role": FieldClass.INTERNAL,
        "address": FieldClass.INTERNAL,
        "name": FieldClass.PERSONAL,
        "person": FieldClass.IDENTIFIER,
        "identifiers": FieldClass.INTERNAL,
        "verification": FieldClass.INTERNAL,
        "organisation": FieldClass.PERSONAL,
        "further": FieldClass.INTERNAL,
        "languages": FieldClass.INTERNAL,
        "needs": FieldClass.SENSITIVE,
        "consents": FieldClass.INTERNAL,
    }
    assert [field.name for field in attrs.fields(Party) if is_hidden(field)] == [
        "name",
        "person",
        "organisation",
        "needs",
    ]
