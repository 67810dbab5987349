"""Contacts as vCons, by the rules of the draft."""

import json
import re
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from contacts_inputs import MESSAGES, ROWS
from contacts_samples import full_contact
from hypothesis import given
from hypothesis import strategies as st
from vcon_rules import violations

from ticontact.contacts import (
    Channel,
    Contact,
    EmailAddress,
    Leg,
    LegKind,
    Mailbox,
    Message,
    Outcome,
    Party,
    PhoneNumber,
    RelayKind,
    Role,
    ShortNumber,
    SipAddress,
    TimeSource,
    Unknown,
    Verification,
)
from ticontact.contacts.formats import Trust, from_vcon, to_vcon
from ticontact.contacts.readers import Exchange, Finding, FindingKind, call_records, email_message
from ticontact.errors import TicontactError, UnreadableRecord
from ticontact.i18n import Text
from ticontact.plain import to_dict
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
UUID = "018f2b1e-0000-8000-8000-000000000001"


def written(**changes: Any) -> Any:
    """The vCon of a contact with some changes, checked."""
    vcon = json.loads(json.dumps(to_vcon(attrs.evolve(full_contact(), **changes), uuid=UUID)))
    assert violations(vcon) == []
    return vcon


def _address(box: Mailbox | None) -> str | None:
    """The address of a mailbox, if there is one."""
    return box.address.normalized if box and box.address else None


class TestOut:
    """What others read."""

    def test_everything_comes_back(self) -> None:
        """Our own document goes along."""
        contact = full_contact()
        back, findings = attrs.astuple(from_vcon(written(), trust=Trust.STORED), recurse=False)

        assert findings == ()
        assert [getattr(back, field.name) for field in attrs.fields(Contact)] == [
            getattr(contact, field.name) for field in attrs.fields(Contact)
        ]

    @pytest.mark.parametrize(
        ("party", "expected"),
        [
            (
                Party(Role.CITIZEN, PhoneNumber.parse("091 814 55 00 int. 2"), name="Anna"),
                {
                    "tel": "tel:+41-91-814-55-00;ext=2",
                    "name": "Anna",
                    "type": "person",
                    "role": "customer",
                    "validation": "none",
                },
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
            (
                Party(Role.CITIZEN, SipAddress("a", "x.ch", port=5061, secure=True)),
                {"sip": "sips:a@x.ch:5061", "type": "person", "role": "customer"},
            ),
            (
                Party(Role.CITIZEN, name="Anna", verification=Verification.by_document(by="luca", at=NINE)),
                {"name": "Anna", "type": "person", "role": "customer", "validation": "document"},
            ),
        ],
    )
    def test_parties(self, party: Party, expected: Mapping[str, str]) -> None:
        """Numbers as tel: addresses, roles of the contact-centre extension."""
        assert written(parties=[party], messages=[])["parties"] == [expected]

    def test_parties_of_a_message(self) -> None:
        """From, To and Cc in this order, each person once; whoever is none of the contact's stands behind them."""
        anna = EmailAddress.parse("anna@example.org")
        message = Message(
            sender=Mailbox("Anna", EmailAddress.parse("Anna@example.org")),
            to=[Mailbox("Ufficio", EmailAddress.parse("office@example.org")), Mailbox(written="x")],
            copied=[Mailbox("", anna), Mailbox("Ufficio", EmailAddress.parse("office@example.org"))],
        )
        vcon = written(parties=[Party(Role.OPERATOR), Party(Role.CITIZEN, anna)], legs=[], messages=[message])

        assert vcon["dialog"][0]["parties"] == [1, 2, 3]
        assert vcon["parties"][2:] == [{"mailto": "office@example.org", "name": "Ufficio"}, {}]

    def test_message_of_nobody(self) -> None:
        """A letter whose writer is not known."""
        assert written(parties=[], legs=[], messages=[Message(text="x")])["dialog"][0]["parties"] == [0]

    def test_spoken_and_written_dialogs(self) -> None:
        """What came about, what did not, and what was written."""
        legs = [
            Leg(kind=LegKind.INITIAL, end="busy", started_at=NINE),
            Leg(kind=LegKind.CALLBACK, end="answered", started_at=NINE, ended_at=NINE.add(seconds=9)),
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
        """Anything else is refused; one of Python's own is taken."""
        assert to_vcon(full_contact(), uuid=uuid.UUID(UUID))["uuid"] == UUID
        with pytest.raises(UnreadableRecord, match=r"vcon\.uuid"):
            to_vcon(full_contact(), uuid="1")

    @pytest.mark.parametrize("raw", MESSAGES, ids=lambda raw: str(len(raw)))
    def test_vcons_of_real_messages_are_valid(self, raw: bytes) -> None:
        """And come back whole."""
        contact = email_message(raw, at=NINE).contact
        vcon = json.loads(json.dumps(to_vcon(contact, uuid=UUID)))

        assert violations(vcon) == []
        assert to_dict(from_vcon(vcon, trust=Trust.STORED).contact) == to_dict(contact)

    def test_vcons_of_real_calls_are_valid(self) -> None:
        """And come back whole."""
        for call in call_records(ROWS, exchange=Exchange(extensions=r"[23]\d\d")).calls:
            vcon = json.loads(json.dumps(to_vcon(call.contact, uuid=UUID)))

            assert violations(vcon) == []
            assert to_dict(from_vcon(vcon, trust=Trust.STORED).contact) == to_dict(call.contact)

    def test_channels_of_a_department_come_back(self) -> None:
        """As from a document."""
        kiosk = Channel(name="kiosk", label=Text.same("Kiosk"))
        vcon = written(channel=kiosk)

        assert from_vcon(vcon, trust=Trust.STORED).contact.channel == kiosk


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
            {"type": "recording", "start": "2026-03-18T09:00:00Z", "duration": 90},
            {"type": "recording", "start": "2026-03-18T09:05:00Z", "duration": -1},
            {"type": "recording", "start": "2026-03-18T09:06:00Z"},
            {"type": "incomplete", "start": "2026-03-18T09:07:00Z", "disposition": "no-answer"},
            {"type": "transfer", "start": "2026-03-18T09:08:00Z"},
        ],
        "attachments": [{"purpose": "other"}],
    }

    def test_parties_and_texts_are_read(self) -> None:
        """What is no valid number is left out, for others validate less. From our own store its roles are believed."""
        imported = from_vcon(self.THEIRS, trust=Trust.STORED)
        contact = imported.contact

        assert imported.findings == (
            Finding("vcon.dialog", FindingKind.LEFT_OUT),
            Finding("vcon.attachments", FindingKind.LEFT_OUT),
            Finding("vcon.parties.tel", FindingKind.INVALID_ADDRESS),
            Finding("vcon.parties.mailto", FindingKind.INVALID_ADDRESS),
            Finding("vcon.dialog.body", FindingKind.LEFT_OUT),
            Finding("vcon.dialog.duration", FindingKind.CONTRADICTION),
        )
        assert contact.moments["created_at"].source is TimeSource.OTHER_SYSTEM
        assert (contact.id, contact.channel.name) == (f"vcon-{UUID}", "email")
        assert contact.parties == (
            Party(
                Role.CITIZEN,
                PhoneNumber.parse("091 814 55 00"),
                name="Anna",
                further=[EmailAddress.parse("anna@example.org")],
            ),
            Party(Role.OPERATOR, Unknown(written="not a number")),
            Party(Role.SYSTEM),
        )
        assert getattr(contact.parties[1].address, "written", None) == "not a number"
        assert [(each.id, each.subject, each.text) for each in contact.messages] == [
            ("1@x", "Permit", "a\nb"),
            ("", "Permit", ""),
        ]
        assert [(leg.end, leg.answered_at is None, leg.talk.total_seconds()) for leg in contact.legs] == [
            ("answered", False, 90),
            ("", False, 0),
            ("", False, 0),
            ("no_answer", True, 0),
        ]

    def test_long_texts_are_cut_with_a_finding(self) -> None:
        """Nothing is cut in silence."""
        dialog = {"type": "text", "start": "2026-03-18T09:00:00Z", "body": "x" * 1_000_001}
        imported = from_vcon({**self.THEIRS, "dialog": [dialog], "attachments": [], "parties": []})

        assert imported.findings == (Finding("vcon.dialog.body", FindingKind.CUT),)
        assert len(imported.contact.messages[0].text) == 1_000_000

    @pytest.mark.parametrize(
        ("dialog", "channel"),
        [([], "voice"), ([{"type": "text", "start": "2026-03-18T09:00:00Z", "body": "hi"}], "chat")],
    )
    def test_channel_is_concluded(self, dialog: list[object], channel: str) -> None:
        """No text is a call, text without a message id a chat."""
        assert from_vcon({**self.THEIRS, "dialog": dialog}).contact.channel == Channel.named(channel)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"created_at": None, "dialog": []}, "vcon.created_at"),
            ({"created_at": "0001-01-01T00:00:00Z", "dialog": []}, "vcon.created_at"),
            ({"created_at": "yesterday", "dialog": []}, "vcon.created_at"),
            ({"created_at": "2026-03-18T09:00:00", "dialog": []}, "vcon.created_at"),
            ({"created_at": None, "dialog": [{"type": "recording", "start": "now"}]}, "vcon.created_at"),
            ({"parties": {"a": 1}}, "vcon.parties"),
            ({"dialog": [1]}, "vcon.dialog[0]"),
            ({"attachments": [{"purpose": "ticontact contact"}]}, "vcon.attachments.body"),
            ({"parties": [{1: 2}]}, "vcon"),
            ({"uuid": 10**5000}, "vcon"),
            ({"uuid": NINE}, "vcon"),
        ],
    )
    def test_error_names_the_place(self, changes: Mapping[str, object], path: str) -> None:
        """And what is allowed there."""
        with pytest.raises(UnreadableRecord, match=f"^{re.escape(path)}: .*allowed: "):
            from_vcon({**self.THEIRS, **changes}, trust=Trust.STORED)

    @pytest.mark.parametrize(
        ("made", "start", "sent", "kind"),
        [
            (
                "2026-03-18T10:00:00+01:00",
                "2026-03-18T09:00:00.685843",
                "2026-03-18T09:00:00.685843+01:00",
                "assumed_zone",
            ),
            ("2026-03-18T10:00:00", "2026-03-18T09:00:00", None, "unreadable_date"),
            ("2026-03-18T10:00:00Z", "yesterday", None, "unreadable_date"),
            ("2026-03-18T10:00:00Z", "x" * 200, None, "unreadable_date"),
            ("2026-03-18T10:00:00Z", "0001-01-01T00:00:00", None, "unreadable_date"),
            ("2026-03-18T10:00:00Z", None, None, "missing"),
        ],
    )
    def test_texts_without_an_instant_are_read(self, made: str, start: object, sent: str | None, kind: str) -> None:
        """42 of 43 data sets of the reference server write no zone; all were refused whole for it."""
        dialog = [{"type": "text", "start": start, "body": "ciao"}]
        imported = from_vcon({**self.THEIRS, "created_at": made, "dialog": dialog}, at=NINE)
        (message,) = imported.contact.messages

        assert (message.text, message.sent_at and message.sent_at.isoformat()) == ("ciao", sent)
        assert Finding("vcon.dialog.start", FindingKind(kind)) in imported.findings

    @pytest.mark.parametrize(
        ("changes", "created"),
        [
            ({}, "2026-03-18T09:00:00+01:00"),
            ({"updated_at": "2026-03-19T09:00:00+01:00"}, "2026-03-18T09:00:00+01:00"),
            ({"updated_at": "9999-12-31T23:59:59Z"}, "2026-03-18T09:00:00+01:00"),
            ({"dialog": []}, "2026-03-18T12:00:00+01:00"),
            ({"dialog": [{"type": "recording"}]}, "2026-03-18T12:00:00+01:00"),
        ],
    )
    def test_vcon_without_its_own_time(self, changes: Mapping[str, Any], created: str) -> None:
        """It began with its first dialog, or when it came."""
        imported = from_vcon({**self.THEIRS, "created_at": None, **changes}, at=NINE.add(hours=3))

        assert imported.contact.created_at.isoformat() == created
        assert Finding("vcon.created_at", FindingKind.MISSING) in imported.findings

    @pytest.mark.parametrize(
        ("given", "sender", "to"),
        [
            ({"parties": [1, 0]}, "office@example.org", ["anna@example.org"]),
            ({"parties": [1, 0], "originator": 0}, "anna@example.org", ["office@example.org"]),
            ({"parties": 0}, "anna@example.org", []),
            ({"parties": []}, None, []),
            ({}, None, []),
            ({"parties": [9, -1, True, "0", 1]}, "office@example.org", []),
        ],
    )
    @pytest.mark.parametrize("trust", Trust)
    def test_who_wrote_a_text(self, given: Mapping[str, Any], sender: str | None, to: list[str], trust: Trust) -> None:
        """The first of its parties, as the draft has it, or the originator; of a stranger's vCon it is a hint."""
        parties = [{"mailto": "anna@example.org"}, {"mailto": "office@example.org"}]
        dialog = [{"type": "text", "start": "2026-03-18T09:00:00Z", "body": "ciao", **given}]
        imported = from_vcon({**self.THEIRS, "parties": parties, "dialog": dialog}, trust=trust)
        (message,) = imported.contact.messages
        is_odd = given.get("parties") == [9, -1, True, "0", 1]

        assert _address(message.author) == sender
        assert [_address(box) for box in message.to] == to
        assert (message.relayed is RelayKind.DOCUMENT) is (sender is not None and trust is Trust.FOREIGN)
        assert (Finding("vcon.dialog.parties", FindingKind.LEFT_OUT) in imported.findings) is is_odd

    @pytest.mark.parametrize(
        ("dialog", "text"),
        [
            ({"body": "<p>ciao</p><p>Anna</p>", "mediatype": "text/html; charset=utf-8"}, "ciao\n\nAnna"),
            ({"body": "PHA-w6g8L3A-", "encoding": "base64url", "mediatype": "text/html"}, "è"),
            ({"body": "w6g", "encoding": "base64url"}, "è"),
            ({"body": "<b>", "mediatype": "text/plain"}, "<b>"),
            ({"body": "x", "encoding": "json"}, ""),
            ({"body": "x", "encoding": []}, ""),
        ],
    )
    def test_forms_of_a_text(self, dialog: Mapping[str, Any], text: str) -> None:
        """HTML is read as text, and Base64 decoded."""
        whole = {"type": "text", "start": "2026-03-18T09:00:00Z", **dialog}

        assert from_vcon({**self.THEIRS, "dialog": [whole]}).contact.messages[0].text == text

    @pytest.mark.parametrize("nothing", [None, "null", b"[]", 7])
    def test_vcon_is_a_mapping(self, nothing: Any) -> None:
        """Or the text of one."""
        with pytest.raises(UnreadableRecord, match=r"^vcon: allowed: a mapping$"):
            from_vcon(nothing)

    @pytest.mark.parametrize("text", [json.dumps(THEIRS), json.dumps(THEIRS).encode()])
    def test_text_is_read(self, text: str | bytes) -> None:
        """As what a parser made of it, under the same id."""
        assert to_dict(from_vcon(text).contact) == to_dict(from_vcon(MappingProxyType(self.THEIRS)).contact)

    def test_long_lines_are_cut_with_a_finding(self) -> None:
        """Before they are cleaned, which takes its time."""
        imported = from_vcon(
            {**self.THEIRS, "subject": "x" * 999, "parties": [{"name": "y" * 10**6, "tel": "1" * 999}]}
        )

        assert [len(message.subject) for message in imported.contact.messages] == [998, 998]
        assert [finding.where for finding in imported.findings if finding.kind is FindingKind.CUT] == [
            "vcon.parties.name",
            "vcon.subject",
        ]

    def test_a_call_beyond_the_last_year_has_no_end(self) -> None:
        """It is told as a contradiction."""
        dialog = {"type": "recording", "start": "9998-12-30T00:00:00Z", "duration": 9_999_999}
        imported = from_vcon({**self.THEIRS, "dialog": [dialog]})

        assert imported.contact.legs[0].ended_at is None
        assert Finding("vcon.dialog.duration", FindingKind.CONTRADICTION) in imported.findings


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
        contact = from_vcon({**TestIn.THEIRS, field: value}).contact
    except TicontactError:
        return
    assert contact.created_at.isoformat()


class TestTheRules:
    """The schema of our own does find what it is after."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"uuid": "1"},
            {"vcon": "0.0.1"},
            {"created_at": "yesterday"},
            {"parties": [{"tel": "091 814 55 00"}]},
            {"parties": [{"name": "Anna", "role": "customer"}]},
            {"parties": [{"other": 1}]},
            {"dialog": [{"type": "incomplete", "start": "2026-03-18T09:00:00Z"}]},
            {"dialog": [{"type": "text", "start": "2026-03-18T09:00:00Z"}]},
            {"dialog": [{"type": "text", "start": "2026-03-18T09:00:00Z", "body": "x", "encoding": "none"}]},
            {"dialog": [{"type": "recording", "start": "2026-03-18T09:00:00Z", "disposition": "busy"}]},
            {"dialog": [{"type": "recording", "start": "2026-03-18T09:00:00Z", "duration": -1}]},
            {"dialog": [{"type": "recording", "start": "2026-03-18T09:00:00Z", "parties": [9]}]},
            {"dialog": [{"type": "transfer", "start": "2026-03-18T09:00:00Z", "parties": [0]}]},
            {"attachments": [{"start": "2026-03-18T09:00:00Z", "party": 99, "dialog": 0}]},
        ],
    )
    def test_broken_vcons_are_found(self, changes: Mapping[str, Any]) -> None:
        """Each breaks one rule."""
        assert violations({**written(), **changes}) != []
