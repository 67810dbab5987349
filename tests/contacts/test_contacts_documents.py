"""Contacts as documents: written, read, lifted, and described by a schema."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from contacts_samples import full_contact
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import CHANNELS, Channel, Contact
from ticontact.contacts.formats import SCHEMA, from_dict, json_schema, to_dict
from ticontact.contacts.formats._document import _lifted
from ticontact.errors import ConfigurationError, TicontactError, UnreadableRecord
from ticontact.i18n import Text

GOLDEN = Path(__file__).parent / "golden"


def all_fields(contact: Contact) -> tuple[object, ...]:
    """Everything that a contact holds: it is equal by its id alone."""
    return tuple(getattr(contact, field.name) for field in attrs.fields(Contact))


class TestRoundTrip:
    """What is written is read as the same."""

    def test_everything_comes_back(self) -> None:
        """Also from JSON text."""
        contact = full_contact()
        document = json.loads(json.dumps(to_dict(contact)))

        assert all_fields(from_dict(document)) == all_fields(contact)

    def test_zones_come_back(self) -> None:
        """The repeated hour keeps its pass, a sender's offset stays an offset."""
        contact = from_dict(to_dict(full_contact()))
        sent = contact.messages[0].sent_at

        assert contact.created_at.isoformat() == "2026-10-25T02:30:00+01:00"
        assert contact.created_at.timezone_name == "Europe/Zurich"
        assert sent is not None
        assert sent.isoformat() == "2026-10-25T02:29:00+01:00"

    def test_channels_of_a_department_come_back(self) -> None:
        """They are written by name and read from the department's own list."""
        kiosk = Channel(name="kiosk", label=Text.same("Kiosk"))
        document = to_dict(attrs.evolve(full_contact(), channel=kiosk))

        assert from_dict(document, channels=CHANNELS.adding(kiosk)).channel == kiosk
        with pytest.raises(ConfigurationError, match=r"contact\.channel: no channel 'kiosk'"):
            from_dict(document)

    def test_fields_that_have_a_default_may_be_missing(self) -> None:
        """A short document is enough."""
        document = to_dict(full_contact())
        short = {name: document[name] for name in ("schema", "type", "id", "channel", "direction", "created_at")}

        assert from_dict(short).parties == ()


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_golden_documents_stay_readable(number: int) -> None:
    """What any version has written, this one reads; what this one writes is the newest of them."""
    golden = json.loads((GOLDEN / f"contact-{number}.json").read_text(encoding="utf-8"))

    assert all_fields(from_dict(golden)) == all_fields(full_contact())
    assert (golden == to_dict(full_contact())) is (number == SCHEMA)


class TestLifting:
    """Documents of older numbers."""

    STEPS = {1: lambda document: {**document, "b": document["a"]}, 2: lambda document: {"c": document["b"]}}  # noqa: RUF012 - a table

    @pytest.mark.parametrize("document", [{"schema": 1, "a": 1}, {"schema": 2, "b": 1}, {"schema": 3, "c": 1}])
    def test_each_step_lifts_by_one(self, document: dict[str, object]) -> None:
        """From wherever it is to the newest."""
        assert _lifted(document, self.STEPS, 3) == {"c": 1}

    @pytest.mark.parametrize("number", [None, 0, SCHEMA + 1, "1"])
    def test_other_numbers_are_refused(self, number: object) -> None:
        """A document of a later version is not guessed at."""
        with pytest.raises(UnreadableRecord, match=rf"contact\.schema: allowed: 1 to {SCHEMA}"):
            from_dict({**to_dict(full_contact()), "schema": number})


class TestRefusals:
    """A document that is none."""

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"type": "party"}, "contact.type: allowed: 'contact'"),
            ({"extra": 1}, "contact.extra: allowed: id, channel,"),
            ({"id": 1}, "contact.id: allowed: str"),
            ({"channel": 1}, "contact.channel: allowed: a text"),
            ({"formal_act": 1}, "contact.formal_act: allowed: bool"),
            ({"direction": "up"}, "contact.direction: allowed: 'inbound', 'outbound', 'internal'"),
            ({"language": "sq"}, "contact.language: allowed: 'it', 'de', 'fr', 'rm', 'en'"),
            ({"parties": {}}, "contact.parties: allowed: a list"),
            ({"parties": [1]}, "contact.parties[0]: allowed: a mapping"),
            ({"parties": [{"type": "party"}]}, "contact.parties[0].role: allowed: a value"),
            ({"reached": {"type": "house"}}, "contact.reached: allowed: one of the known types"),
            ({"reached": "house"}, "contact.reached: allowed: one of the known types"),
            ({"messages": [{"type": "message", "marks": [["a"]]}]}, "contact.messages[0].marks[0]: allowed: 2 entries"),
            ({"dates": {"type": "dates", "posted": "x"}}, "contact.dates.posted: allowed: a date such as 2026-03-18"),
            ({"created_at": 1}, "contact.created_at: allowed: a mapping"),
            ({"created_at": {"at": 1, "zone": "UTC"}}, "contact.created_at: allowed: an instant with an offset"),
            ({"created_at": {"at": "2026-03-18T09:00", "zone": "UTC"}}, "contact.created_at: allowed: an instant"),
            ({"created_at": {"at": "2026-03-18T09:00Z", "zone": "Mars"}}, "contact.created_at: allowed: an instant"),
            ({"created_at": {"at": "2026-03-18T09:00Z"}}, "contact.created_at: allowed: an instant"),
            ({"outcome": "lost"}, "contact.outcome: allowed: 'answered'"),
        ],
    )
    def test_error_names_the_place(self, changes: Mapping[str, object], message: str) -> None:
        """Where in the document, and what is allowed there."""
        with pytest.raises(UnreadableRecord) as refused:
            from_dict({**to_dict(full_contact()), **changes})

        assert str(refused.value).startswith(message)

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
        with pytest.raises(TicontactError) as refused:
            from_dict({**to_dict(full_contact()), "reached": address})

        assert "0791234567" not in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "at", "zone", "role"]), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(to_dict(full_contact()))), JSON)
def test_any_spoilt_document_is_read_or_refused(field: str, value: object) -> None:
    """Nothing but a `TicontactError` comes out."""
    try:
        contact = from_dict({**to_dict(full_contact()), field: value})
    except TicontactError:
        return
    assert isinstance(contact, Contact)


class TestSchema:
    """The published form."""

    def test_schema_is_the_published_one(self) -> None:
        """A change of the form is seen, and asks for a new number."""
        published = json.loads((GOLDEN / f"contact-{SCHEMA}.schema.json").read_text(encoding="utf-8"))

        assert json_schema() == published

    def test_documents_are_valid(self) -> None:
        """What is written is what the schema describes."""
        assert not list(problems(json.loads(json.dumps(to_dict(full_contact()))), json_schema(), json_schema()))

    @pytest.mark.parametrize(
        "changes", [{"schema": 2}, {"id": 1}, {"language": "sq"}, {"parties": [{}]}, {"extra": 1}, {"created_at": {}}]
    )
    def test_others_are_not(self, changes: Mapping[str, object]) -> None:
        """The schema refuses what the reader refuses."""
        document = json.loads(json.dumps(to_dict(full_contact()))) | dict(changes)

        assert list(problems(document, json_schema(), json_schema()))

    def test_classes_are_published(self) -> None:
        """Whoever stores documents sees which fields are delicate."""
        party: Any = json_schema()["$defs"]

        assert party["party"]["properties"]["name"] == {"type": "string", "x-ticontact-class": "personal"}
        assert party["counter_desk"]["properties"]["desk"]["x-ticontact-class"] == "public"
        assert party["message"]["properties"]["text"]["x-ticontact-class"] == "sensitive"
        assert party["ahv_number"]["properties"]["digits"]["x-ticontact-class"] == "identifier"


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def problems(data: Any, schema: Any, root: Any) -> Any:
    """What is wrong with some data, by the few words of JSON Schema that our schema uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema and all(list(problems(data, option, root)) for option in schema["anyOf"]):
        yield "anyOf"
    if "const" in schema and data != schema["const"]:
        yield "const"
    if "enum" in schema and data not in schema["enum"]:
        yield "enum"
    names = schema.get("type", [])
    if names and not isinstance(data, tuple(TYPES[name] for name in ([names] if isinstance(names, str) else names))):
        yield "type"
    elif isinstance(data, dict):
        properties = schema.get("properties", {})
        yield from (name for name in schema.get("required", []) if name not in data)
        yield from (name for name in data if name not in properties and schema.get("additionalProperties") is False)
        for name in data.keys() & properties.keys():
            yield from problems(data[name], properties[name], root)
    elif isinstance(data, list):
        inner = schema.get("prefixItems") or [schema["items"]] * len(data)
        for item, item_schema in zip(data, inner, strict=True):
            yield from problems(item, item_schema, root)
