"""Contacts as vCons, by the rules of the draft's own schema."""

import json
import re
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from contacts_samples import full_contact
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    Channel,
    Contact,
    EmailAddress,
    Leg,
    LegKind,
    Outcome,
    Party,
    PhoneNumber,
    Role,
    ShortNumber,
    SipAddress,
)
from ticontact.contacts.formats import from_vcon, to_vcon
from ticontact.errors import TicontactError, UnreadableRecord
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
UUID = "018f2b1e-0000-8000-8000-000000000001"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")  # RFC 3339
DISPOSITIONS = {"no-answer", "congestion", "failed", "busy", "hung-up", "voicemail-no-message"}


def check(vcon: Any) -> None:
    """The rules of the draft's schema (vcon_json_schema.json, 0.4.0) and of its text that concern what we write."""
    json.dumps(vcon)
    assert vcon["vcon"] == "0.4.0"
    assert STAMP.fullmatch(vcon["created_at"])
    for party in vcon["parties"]:
        assert all(isinstance(value, str) for value in party.values())
        assert party.get("tel", "tel:").startswith("tel:")
    for dialog in vcon["dialog"]:
        assert dialog["type"] in {"recording", "text", "incomplete"}
        assert STAMP.fullmatch(dialog["start"])
        assert ("disposition" in dialog) is (dialog["type"] == "incomplete")
        assert dialog.get("disposition", "busy") in DISPOSITIONS
        assert dialog.get("duration", 0) >= 0
        assert set(dialog["parties"]) <= set(range(len(vcon["parties"])))
    for attachment in vcon["attachments"]:
        assert attachment["party"] < len(vcon["parties"])
        assert attachment["dialog"] < len(vcon["dialog"])
        assert STAMP.fullmatch(attachment["start"])


def written(**changes: Any) -> Any:
    """The vCon of a contact with some changes, checked."""
    vcon = to_vcon(attrs.evolve(full_contact(), **changes), uuid=UUID)
    check(vcon)
    return vcon


class TestOut:
    """What others read."""

    def test_everything_comes_back(self) -> None:
        """Our own document goes along."""
        contact = full_contact()
        back = from_vcon(json.loads(json.dumps(written())))

        assert [getattr(back, field.name) for field in attrs.fields(Contact)] == [
            getattr(contact, field.name) for field in attrs.fields(Contact)
        ]

    @pytest.mark.parametrize(
        ("party", "expected"),
        [
            (
                Party(Role.CITIZEN, PhoneNumber.parse("091 814 55 00 int. 2"), name="Anna"),
                {"tel": "tel:+41-91-814-55-00;ext=2", "name": "Anna", "type": "person", "role": "customer"},
            ),
            (Party(Role.OPERATOR), {"type": "person", "role": "agent"}),
            (Party(Role.SYSTEM), {"type": "bot", "role": "thirdparty"}),
            (
                Party(Role.OFFICIAL, ShortNumber.parse("117")),
                {"tel": "tel:117;phone-context=+41", "type": "person", "role": "sme"},
            ),
            (Party(Role.OFFICIAL, ShortNumber.parse("112", region="IT")), {"type": "person", "role": "sme"}),
            (
                Party(Role.EMPLOYER, EmailAddress.parse("a@x.ch"), organisation="Rossi SA"),
                {"mailto": "a@x.ch", "org": "Rossi SA", "type": "person", "role": "thirdparty"},
            ),
            (Party(Role.CITIZEN, SipAddress("a", "x.ch")), {"sip": "sip:a@x.ch", "type": "person", "role": "customer"}),
        ],
    )
    def test_parties(self, party: Party, expected: Mapping[str, str]) -> None:
        """Numbers as tel: addresses, roles of the contact-centre extension."""
        assert written(parties=[party])["parties"] == [expected]

    def test_spoken_and_written_dialogs(self) -> None:
        """What came about, what did not, and what was written."""
        legs = [
            Leg(kind=LegKind.INITIAL, end="busy", started_at=NINE),
            Leg(kind=LegKind.CALL_BACK, end="answered", started_at=NINE, ended_at=NINE.add(seconds=9)),
        ]
        busy, recording, text = written(legs=legs)["dialog"]

        assert (busy["disposition"], recording["duration"], text["message_id"]) == ("busy", 9, "1@example.org")

    @pytest.mark.parametrize(
        ("outcome", "kind"), [(None, "recording"), (Outcome.ANSWERED, "recording"), (Outcome.NO_SHOW, "incomplete")]
    )
    def test_nothing_captured(self, outcome: Outcome | None, kind: str) -> None:
        """A visit leaves neither sound nor text; the vCon has one dialog and one party all the same."""
        vcon = written(legs=[], messages=[], parties=[], outcome=outcome)

        assert ([dialog["type"] for dialog in vcon["dialog"]], vcon["parties"]) == ([kind], [{}])
        assert "subject" not in vcon

    def test_id_is_a_uuid(self) -> None:
        """Anything else is refused."""
        with pytest.raises(UnreadableRecord, match=r"vcon\.uuid"):
            to_vcon(full_contact(), uuid="1")


class TestIn:
    """What others write."""

    THEIRS: Mapping[str, Any] = {
        "uuid": UUID,
        "created_at": "2026-03-18T09:00:00Z",
        "subject": "Permit",
        "parties": [
            {"tel": "+41918145500", "mailto": "mailto:anna@example.org", "name": "Anna"},
            {"tel": "not a number", "mailto": 5, "role": "agent"},
            {"type": "bot"},
        ],
        "dialog": [
            {"type": "text", "start": "2026-03-18T09:00:00Z", "body": "a\r\nb", "message_id": "<1@x>"},
            {"type": "text", "start": "2026-03-18T09:00:00+01:00", "body": {"x": 1}},
            {"type": "recording", "start": "2026-03-18T09:00:00Z"},
        ],
        "attachments": [{"purpose": "other"}],
    }

    def test_parties_and_texts_are_read(self) -> None:
        """What is no valid number is left out, for others validate less."""
        contact = from_vcon(self.THEIRS)

        assert (contact.id, contact.channel.name) == (f"vcon-{UUID}", "email")
        assert contact.parties == (
            Party(
                Role.CITIZEN,
                PhoneNumber.parse("091 814 55 00"),
                name="Anna",
                further=[EmailAddress.parse("anna@example.org")],
            ),
            Party(Role.OPERATOR),
            Party(Role.SYSTEM),
        )
        assert [(each.id, each.subject, each.text) for each in contact.messages] == [
            ("1@x", "Permit", "a\nb"),
            ("", "Permit", ""),
        ]

    @pytest.mark.parametrize(
        ("dialog", "channel"),
        [([], "voice"), ([{"type": "text", "start": "2026-03-18T09:00:00Z", "body": "hi"}], "chat")],
    )
    def test_channel_is_concluded(self, dialog: list[object], channel: str) -> None:
        """No text is a call, text without a message id a chat."""
        assert from_vcon({**self.THEIRS, "dialog": dialog}).channel == Channel.named(channel)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"created_at": None}, "vcon.created_at"),
            ({"created_at": "yesterday"}, "vcon.created_at"),
            ({"created_at": "2026-03-18T09:00:00"}, "vcon.created_at"),
            ({"parties": {"a": 1}}, "vcon.parties"),
            ({"dialog": [1]}, "vcon.dialog[0]"),
            ({"dialog": [{"type": "text"}]}, "vcon.dialog.start"),
            ({"attachments": [{"purpose": "ticontact contact"}]}, "vcon.attachments.body"),
        ],
    )
    def test_error_names_the_place(self, changes: Mapping[str, object], path: str) -> None:
        """And what is allowed there."""
        with pytest.raises(UnreadableRecord, match=f"^{re.escape(path)}: allowed: "):
            from_vcon({**self.THEIRS, **changes})


@given(
    st.sampled_from(["uuid", "created_at", "subject", "parties", "dialog", "attachments"]),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["type", "tel", "sip", "mailto", "start", "body", "purpose"]), inner)
        ),
        max_leaves=5,
    ),
)
def test_any_spoilt_vcon_is_read_or_refused(field: str, value: object) -> None:
    """Nothing but a `TicontactError` comes out."""
    try:
        contact = from_vcon({**TestIn.THEIRS, field: value})
    except TicontactError:
        return
    assert contact.created_at.isoformat()
