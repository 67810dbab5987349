"""E-mail messages in ticontact's own terms."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import pendulum
from conformance_kit import NotBuilt

from ticontact.contacts import Attachment, AutomaticKind, Contact, EmailAddress, Mailbox, Message, automatic_message
from ticontact.contacts.readers import email_message

FILE = "rfc5322_messages"
AT = pendulum.datetime(2026, 3, 18, 9, tz="Europe/Zurich")
NO_FACTS = {"name", "note", "text_any_of", "text_exact"}


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every message with its expectations."""
    messages = json.loads((cast("Path", document) / "expectations.json").read_text(encoding="utf-8"))["messages"]
    return ((name, {"name": name, **expected}) for name, expected in messages.items())


def check(case: Any, document: Any) -> None:
    """The facts of the message are the expected ones, as far as they are given; its strings are clean."""
    raw = (cast("Path", document) / case["name"]).read_bytes()
    contact = email_message(raw, at=AT).contact
    (message,) = contact.messages
    expected = {key: value for key, value in case.items() if key in FACTS and (value is not None or key in MAY_BE_NULL)}
    found = {key: FACTS[key](contact, message) for key in expected}

    assert expected == {key: _only_asked(expected[key], value) for key, value in found.items()}
    assert not any(unsafe in message.subject for unsafe in "\r\n\0")
    _check_text(case, message)
    for key in case.keys() - FACTS.keys() - NO_FACTS:
        _check_part(key, case[key], contact)


def _check_text(case: Mapping[str, Any], message: Message) -> None:
    for choice in case.get("text_any_of", []):
        assert any(piece in message.text for piece in choice)
    if "text_exact" in case:
        assert case["text_exact"].strip("\n") == message.text.strip("\n")


def _check_part(key: str, expected: Any, contact: Contact) -> None:
    """A part of a fact: how many there are, what it contains, what it does not, or one of several answers."""
    name, _, question = key.rpartition("_")
    if key.endswith("_any_of"):
        name, question = key.removesuffix("_any_of"), "any_of"
    if name not in FACTS or question not in {"count", "contains", "excludes", "any_of"}:
        raise NotBuilt(key)
    found = FACTS[name](contact, contact.messages[0])
    match question:
        case "count":
            assert expected == len(found)
        case "contains":
            assert [piece for piece in expected if piece not in found] == []
        case "excludes":
            assert [piece for piece in expected if piece in found] == []
        case _:
            assert found in expected


def _only_asked(expected: Any, found: Any) -> Any:
    """The found value with the keys alone that the case has."""
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [_only_asked(*pair) for pair in zip(expected, found, strict=True)]
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: found.get(key) for key in expected}
    return found


def _mailbox(mailbox: Mailbox | None) -> dict[str, str] | None:
    if mailbox is None:
        return None
    return {"name": mailbox.name, "address": mailbox.address.normalized if mailbox.address else mailbox.written}


def _mailboxes(mailboxes: tuple[Mailbox, ...]) -> list[dict[str, str] | None]:
    return [_mailbox(each) for each in mailboxes]


def _address(address: EmailAddress | None) -> str | None:
    return address.normalized if address else None


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "filename": attachment.name or None,
        "filename_raw": attachment.written_name,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "inline": attachment.inline,
        "content_id": attachment.content_id or None,
        "sha256": attachment.sha256,
    }


def _kind(contact: Contact) -> AutomaticKind | None:
    automatic = automatic_message(contact)
    return automatic.kind if automatic else None


def _sent_at(message: Message) -> str | None:
    return message.sent_at.in_timezone("UTC").strftime("%Y-%m-%dT%H:%M:%SZ") if message.sent_at else None


def _list_id(message: Message) -> str | None:
    return (message.mark("list-id") or "").rpartition("<")[2].rstrip(">") or None


def _ascii(message: Message) -> str | None:
    return message.sender.address.ascii if message.sender and message.sender.address else None


MAY_BE_NULL = {"sent_at", "message_id", "in_reply_to", "from", "list_id", "ticket_tag", "reply_address", "sender"}
FACTS: Mapping[str, Callable[[Contact, Message], Any]] = {
    "from": lambda _, message: _mailbox(message.sender),
    "sender": lambda _, message: _mailbox(message.transmitted_by),
    "to": lambda _, message: _mailboxes(message.to),
    "cc": lambda _, message: _mailboxes(message.copied),
    "reply_to": lambda _, message: _mailboxes(message.reply_to),
    "reply_address": lambda _, message: _address(message.reply_address),
    "from_ascii": lambda _, message: _ascii(message),
    "subject": lambda _, message: message.subject,
    "text": lambda _, message: message.text,
    "sent_at": lambda _, message: _sent_at(message),
    "sent_local": lambda _, message: message.sent_at.isoformat() if message.sent_at else None,
    "message_id": lambda _, message: message.id or None,
    "in_reply_to": lambda _, message: message.in_reply_to or None,
    "references": lambda _, message: list(message.references),
    "ticket_tag": lambda _, message: message.tag or None,
    "attachments": lambda _, message: [_attachment(each) for each in message.attachments],
    "auto_submitted": lambda _, message: (message.mark("auto-submitted") or "").partition(";")[0] or None,
    "list_id": lambda _, message: _list_id(message),
    "is_auto_reply": lambda contact, _: _kind(contact) not in {None, AutomaticKind.LIST, AutomaticKind.BULK},
    "is_bounce": lambda contact, _: _kind(contact) is AutomaticKind.BOUNCE,
    "is_list": lambda _, message: bool(message.mark("list-id")),
}
