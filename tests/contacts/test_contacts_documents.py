"""Contacts as documents: written, read, lifted, and described by a schema."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from contacts_inputs import MESSAGES, ROWS
from contacts_samples import NINE, contact_of_form_1, documents, full_contact
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ticontact.contacts import CHANNELS, Channel, Contact, HandOver, Mandate, Party, TimeSource
from ticontact.contacts.formats import SCHEMA, from_dict, json_schema, to_dict
from ticontact.contacts.formats._lifting import lifted
from ticontact.contacts.formats._values import DOCUMENTS, type_name
from ticontact.contacts.readers import Exchange, call_records, email_message
from ticontact.errors import ConfigurationError, MessageTooLarge, TicontactError, UnreadableRecord
from ticontact.i18n import Text

GOLDEN = Path(__file__).parent / "golden"
PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "schemas"


def all_fields(value: attrs.AttrsInstance) -> tuple[object, ...]:
    """Everything that a value holds: a contact is equal by its id alone."""
    return tuple(getattr(value, field.name) for field in attrs.fields(type(value)))


def golden(name: str) -> Any:
    """A document that some version has written."""
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def published(name: str, number: int = SCHEMA) -> Any:
    """A schema as the documentation offers it."""
    return json.loads((PUBLISHED / f"{name}-{number}.schema.json").read_text(encoding="utf-8"))


def faults(document: object, schema: Mapping[str, Any]) -> list[str]:
    """What a validator of others finds wrong with a document."""
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(document)))]


@pytest.fixture(
    name="value",
    params=["audit_event", "contact", "hand_over", "mandate", "person", "same_person", "tombstone"],
)
def _value(request: pytest.FixtureRequest) -> attrs.AttrsInstance:
    """One of everything that stands in a document of its own."""
    (value,) = (each for each in documents() if type_name(type(each)) == request.param)
    return value


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


class TestGoldenDocuments:
    """What any version has written, this one reads."""

    def test_first_form_is_lifted(self) -> None:
        """Every value is there; of its instants nobody has said who says so."""
        contact = from_dict(golden("contact-1"))

        assert all_fields(contact) == all_fields(contact_of_form_1())
        assert {name: moment.source for name, moment in contact.moments.items()} == dict.fromkeys(
            ("created_at", "answered_at", "ended_at"), TimeSource.UNSTATED
        )
        assert to_dict(contact)["schema"] == SCHEMA

    def test_first_form_was_valid_by_its_own_schema(self) -> None:
        """The golden document is one that version wrote, and not one of today's."""
        assert faults(golden("contact-1"), published("contact", 1)) == []
        assert faults(golden("contact-1"), published("contact")) != []

    def test_newest_form_is_what_is_written(self, value: attrs.AttrsInstance) -> None:
        """And it is read as the same."""
        document = golden(f"{type_name(type(value))}-{SCHEMA}")

        assert to_dict(value) == document
        assert all_fields(from_dict(document, type(value))) == all_fields(value)

    def test_source_of_an_instant_comes_back(self) -> None:
        """Who says when it was is part of the newest form."""
        contact = from_dict(golden(f"contact-{SCHEMA}"))

        assert contact.moments["created_at"].source is TimeSource.EXCHANGE
        assert contact.moments["ended_at"].source is TimeSource.APPLICATION


class TestLifting:
    """Documents of older numbers."""

    STEPS = {1: lambda document: {**document, "b": document["a"]}, 2: lambda document: {"c": document["b"]}}  # noqa: RUF012 - a table

    @pytest.mark.parametrize("document", [{"schema": 1, "a": 1}, {"schema": 2, "b": 1}, {"schema": 3, "c": 1}])
    def test_each_step_lifts_by_one(self, document: dict[str, object]) -> None:
        """From wherever it is to the newest."""
        assert lifted(document, "x", self.STEPS, 3) == {"c": 1}

    def test_document_itself_stays_as_it_is(self) -> None:
        """Lifting gives another one."""
        document = {"schema": 1, "at": {"at": "2026-03-18T09:00:00Z", "zone": "UTC"}, "list": [{"zone": 1}]}
        before = json.dumps(document)

        assert lifted(document, "x") == {
            "at": {"at": "2026-03-18T09:00:00Z", "zone": "UTC", "source": "unstated"},
            "list": [{"zone": 1}],
        }
        assert json.dumps(document) == before

    @pytest.mark.parametrize("number", [None, 0, SCHEMA + 1, "1", True])
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
            ({"extra": 1}, "contact, names of fields: allowed: id, channel,"),
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
            ({"created_at": {"at": "2026-03-18T09:00Z", "zone": True}}, "contact.created_at: allowed: an instant"),
            ({"created_at": {"at": "2026-03-18T09:00Z", "zone": 86400}}, "contact.created_at: allowed: an instant"),
            ({"created_at": {"at": "2026-03-18T09:00Z", "zone": 0, "source": "x"}}, "contact.created_at.source: "),
            ({"language_basis": "x"}, "contact.language_basis: allowed: 'assumed', "),
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

    @pytest.mark.parametrize("waited", [-1, True, "9", 1e11])
    def test_amounts_are_seconds(self, waited: object) -> None:
        """Of a length that can be."""
        document = {**golden(f"hand_over-{SCHEMA}"), "waited": waited}

        with pytest.raises(UnreadableRecord, match=r"^hand_over\.waited: allowed: seconds$"):
            from_dict(document, HandOver)

    @pytest.mark.parametrize("document", [None, "text", [1]])
    def test_document_is_a_mapping(self, document: Any) -> None:
        """Nothing else."""
        with pytest.raises(UnreadableRecord, match=r"^contact: allowed: a mapping$"):
            from_dict(document)

    def test_only_some_values_stand_in_a_document_of_their_own(self) -> None:
        """A party is part of a contact; a document says what it is of."""
        party = full_contact().parties[0]

        assert sorted(type_name(type(each)) for each in documents()) == sorted(DOCUMENTS)
        for attempt in (lambda: to_dict(party), lambda: json_schema(Party), lambda: from_dict({}, Party)):
            with pytest.raises(UnreadableRecord, match=r"^document: Party is none; allowed: audit_event, contact, "):
                attempt()
        with pytest.raises(UnreadableRecord, match=r"^mandate\.type: allowed: 'mandate'$"):
            from_dict(to_dict(full_contact()), Mandate)


@pytest.mark.parametrize("schema", [1, SCHEMA])
@pytest.mark.parametrize(
    ("spoilt", "kind"),
    [
        (10**5000, UnreadableRecord),
        (float("nan"), UnreadableRecord),
        ("\ud800", UnreadableRecord),
        ([], MessageTooLarge),
    ],
    ids=["number", "not a number", "half a character", "deep"],
)
def test_what_no_document_holds_is_refused_before_it_is_read(
    schema: int, spoilt: object, kind: type[TicontactError]
) -> None:
    """At whatever place, and also in an older form, whose steps go through all of it."""
    for _ in range(5000 if spoilt == [] else 1):
        spoilt = [spoilt]
    with pytest.raises(kind, match=r"^contact: .*; allowed: ") as refused:
        from_dict({**to_dict(full_contact()), "schema": schema, "parties": spoilt})

    assert len(str(refused.value)) < 200


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
    """The published form, held against a validator that is not ours."""

    def test_schema_is_the_published_one(self, value: attrs.AttrsInstance) -> None:
        """A change of the form is seen, and asks for a new number."""
        assert json_schema(type(value)) == published(type_name(type(value)))

    def test_schema_is_one(self, value: attrs.AttrsInstance) -> None:
        """By the schema of schemas."""
        Draft202012Validator.check_schema(json_schema(type(value)))

    def test_documents_are_valid(self, value: attrs.AttrsInstance) -> None:
        """What is written is what the schema describes."""
        assert faults(to_dict(value), json_schema(type(value))) == []

    @pytest.mark.parametrize("raw", MESSAGES, ids=lambda raw: str(len(raw)))
    def test_documents_of_real_messages_are_valid(self, raw: bytes) -> None:
        """Whatever the reader could make of them."""
        assert faults(to_dict(email_message(raw, at=NINE).contact), json_schema()) == []

    def test_documents_of_real_calls_are_valid(self) -> None:
        """All the calls of the conformance cases."""
        records = call_records(ROWS, exchange=Exchange(extensions=r"[23]\d\d"))

        assert len(records.calls) > 10
        assert [faults(to_dict(call.contact), json_schema()) for call in records.calls] == [[]] * len(records.calls)

    @pytest.mark.parametrize(
        "changes",
        [
            {"schema": 1},
            {"id": 1},
            {"language": "sq"},
            {"parties": [{}]},
            {"extra": 1},
            {"created_at": {}},
            {"dates": {"type": "dates", "posted": "yesterday", "received": None, "scanned": None}},
        ],
    )
    def test_others_are_not(self, changes: Mapping[str, object]) -> None:
        """The schema refuses what the reader refuses."""
        document = {**to_dict(full_contact()), **changes}

        assert faults(document, json_schema()) != []

    def test_classes_are_published(self) -> None:
        """Whoever stores documents sees which fields are delicate."""
        parts: Any = json_schema()["$defs"]

        assert parts["party"]["properties"]["name"] == {"type": "string", "x-ticontact-class": "personal"}
        assert parts["counter_desk"]["properties"]["desk"]["x-ticontact-class"] == "public"
        assert parts["message"]["properties"]["text"]["x-ticontact-class"] == "sensitive"


def main() -> None:
    """Write the golden documents and the published schemas of the newest form anew."""
    for value in documents():
        name = f"{type_name(type(value))}-{SCHEMA}"
        for path, content in (
            (GOLDEN / f"{name}.json", to_dict(value)),
            (PUBLISHED / f"{name}.schema.json", json_schema(type(value))),
        ):
            path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
