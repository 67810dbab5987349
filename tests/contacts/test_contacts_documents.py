"""Contacts as documents: everything comes back, and the published form describes it."""

import json
from typing import Any

import attrs
import pytest
from contacts_inputs import MESSAGES, ROWS
from contacts_samples import NINE, documents, full_contact
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ticontact.contacts import Channel, Contact, Moment, Party, TimeSource
from ticontact.contacts.privacy import field_classes
from ticontact.contacts.readers import Exchange, call_records, email_message
from ticontact.errors import InvalidValue, TicontactError
from ticontact.i18n import Text
from ticontact.plain import from_dict, json_schema, to_dict


def all_fields(value: attrs.AttrsInstance) -> tuple[object, ...]:
    """Everything that a value holds: a contact is equal by its id alone."""
    return tuple(getattr(value, field.name) for field in attrs.fields(type(value)))


def faults(document: object) -> list[str]:
    """What a validator of others finds wrong with the document of a contact."""
    validator = Draft202012Validator(json_schema(Contact), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(document)))]


class TestRoundTrip:
    """What is written is read as the same."""

    @pytest.mark.parametrize("value", documents(), ids=lambda value: type(value).__name__)
    def test_everything_comes_back(self, value: Any) -> None:
        """Of all that stands in a document of its own, from JSON text."""
        read: Any = from_dict(type(value), json.loads(json.dumps(to_dict(value))))

        assert all_fields(read) == all_fields(value)

    def test_zones_come_back(self) -> None:
        """The repeated hour keeps its pass, a sender's offset stays an offset."""
        contact = from_dict(Contact, to_dict(full_contact()))
        sent = contact.messages[0].sent_at

        assert contact.created_at.isoformat() == "2026-10-25T02:30:00+01:00"
        assert contact.created_at.timezone_name == "Europe/Zurich"
        assert sent is not None
        assert sent.isoformat() == "2026-10-25T02:29:00+01:00"

    def test_source_of_an_instant_comes_back(self) -> None:
        """Who says when it was must stand there: nobody's word is made up."""
        document = to_dict(full_contact())
        contact = from_dict(Contact, document)

        assert contact.moments["created_at"].source is TimeSource.EXCHANGE
        assert contact.moments["ended_at"].source is TimeSource.APPLICATION
        del document["created_at"]["source"]
        with pytest.raises(InvalidValue, match=r"^contact\.created_at\.source: missing \(allowed: application"):
            from_dict(Contact, document)

    def test_channels_of_a_department_come_back(self) -> None:
        """The nine that every department has by name, others in full: who reads them need not know them."""
        kiosk = Channel(name="kiosk", label=Text.same("Kiosk"), synchronous=True)
        document = to_dict(attrs.evolve(full_contact(), channel=kiosk))

        assert from_dict(Contact, document).channel == kiosk
        assert document["channel"]["synchronous"] is True
        assert to_dict(full_contact())["channel"] == "voice"
        with pytest.raises(InvalidValue, match=r"^contact\.channel: str was given \(allowed: voice, video, "):
            from_dict(Contact, document | {"channel": "kiosk"})

    def test_a_short_document_is_enough(self) -> None:
        """Fields that have a default may be missing."""
        document = to_dict(full_contact())
        short = {name: document[name] for name in ("type", "form", "id", "channel", "direction", "created_at")}

        assert from_dict(Contact, short).parties == ()


class TestRefusals:
    """A document that is none."""

    @pytest.mark.parametrize(
        "address",
        [
            {"type": "phone_number", "e164": "0791234567", "extension": "", "national": "", "kind": "mobile"},
            {"type": "phone_number", "e164": "+41791234567", "extension": "x", "national": "", "kind": "mobile"},
            {"type": "email_address", "local": "a\nb", "domain": "c.ch", "ascii_domain": "c.ch"},
            {"type": "postal_address", "town": ""},
        ],
    )
    def test_impossible_values_are_refused(self, address: object) -> None:
        """A forged value is not let in by the back door."""
        with pytest.raises(InvalidValue, match=r"^contact\.reached: ") as refused:
            from_dict(Contact, to_dict(full_contact()) | {"reached": address})

        assert "0791234567" not in str(refused.value)

    def test_order_of_instants_is_the_classes_own_matter(self) -> None:
        """And is said as the class says it."""
        late = {"at": "2027-01-01T00:00:00Z", "zone": "UTC", "source": "person"}

        with pytest.raises(InvalidValue, match=r"^contact: contact: allowed: created_at <= answered_at <= ended_at$"):
            from_dict(Contact, to_dict(full_contact()) | {"created_at": late})

    def test_parts_of_a_contact_are_no_documents(self) -> None:
        """A party is part of a contact; a document says what it is of."""
        with pytest.raises(InvalidValue, match=r"^Party: it has no form of its own"):
            to_dict(full_contact().parties[0])
        with pytest.raises(InvalidValue, match=r"^Party: it has no form of its own"):
            from_dict(Party, {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "at", "zone", "role"]), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(to_dict(full_contact()))), JSON)
def test_any_spoilt_document_is_read_or_refused(field: str, value: object) -> None:
    """Nothing but a `TicontactError` comes out."""
    try:
        contact = from_dict(Contact, to_dict(full_contact()) | {field: value})
    except TicontactError:
        return
    assert isinstance(contact, Contact)


class TestSchema:
    """The published form, held against a validator that is not ours."""

    @pytest.mark.parametrize("raw", MESSAGES, ids=lambda raw: str(len(raw)))
    def test_documents_of_real_messages_are_valid(self, raw: bytes) -> None:
        """Whatever the reader could make of them."""
        assert faults(to_dict(email_message(raw, at=NINE).contact)) == []

    def test_documents_of_real_calls_are_valid(self) -> None:
        """All the calls of the conformance cases."""
        records = call_records(ROWS, exchange=Exchange(extensions=r"[23]\d\d"))

        assert len(records.calls) > 10
        assert [faults(to_dict(call.contact)) for call in records.calls] == [[]] * len(records.calls)

    def test_classes_of_data_are_published(self) -> None:
        """Whoever stores documents sees which fields are delicate."""
        parts: Any = json_schema(Contact)["$defs"]

        assert parts["party"]["properties"]["name"] == {"type": "string", "$comment": "class of data: personal"}
        assert parts["counter_desk_by_type"]["properties"]["desk"]["$comment"] == "class of data: public"
        assert parts["message"]["properties"]["text"]["$comment"] == "class of data: sensitive"
        assert field_classes()["message.text"].value == "sensitive"
        assert field_classes()["moment.at"].value == "internal"


def test_values_are_checked_when_they_are_built() -> None:
    """Also where a class has no check of its own for a field."""
    wrong: Any = "yes"

    with pytest.raises(InvalidValue, match=r"^Contact\.formal_act: str was given"):
        attrs.evolve(full_contact(), formal_act=wrong)
    with pytest.raises(InvalidValue, match=r"^Moment\.zone: str was given \(allowed: a zone such as Europe/Zurich"):
        Moment(0, "Mars")
