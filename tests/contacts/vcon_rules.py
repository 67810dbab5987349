"""The rules of a vCon, form 0.4.0, as a schema of our own.

The facts are those of the draft's schema (vcon_json_schema.json of draft-ietf-vcon-vcon-core): which fields there are,
of which kind, and which have to be there. Beside them stand the rules of its text that a schema can say: an incomplete
dialog has a disposition and no content, a transfer has its own fields, content inside the document has its encoding and
media type. The draft allows fields that it does not know; what we write has none, so here they are refused, but for the
role of the contact-centre extension.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator

__all__ = ["violations"]

_TEXT: Any = {"type": "string"}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}  # RFC 3339
_UUID = {"type": "string", "format": "uuid"}
_URI = {"type": "string", "format": "uri"}
_INDEX: Any = {"type": "integer", "minimum": 0}
_INDICES = {"type": "array", "items": _INDEX}
_ONE_OR_MORE = {"anyOf": [_INDEX, _INDICES]}
_HASH = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_CONTENT: dict[str, Any] = {
    "mediatype": _TEXT,
    "filename": _TEXT,
    "body": True,
    "encoding": {"enum": ["base64url", "json", "none"]},
    "url": _URI,
    "content_hash": _HASH,
}
_TRANSFER = ("transferee", "transferor", "transfer_target", "original", "consultation", "target_dialog")


def _object(required: Sequence[str] = (), /, **fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": fields, "additionalProperties": False}


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, _TEXT)


def _without(*names: str) -> dict[str, Any]:
    return {"properties": dict.fromkeys(names, False)}


_CIVIC = _object(
    **dict.fromkeys(
        [
            "country",
            "a1",
            "a2",
            "a3",
            "a4",
            "a5",
            "a6",
            "prd",
            "pod",
            "sts",
            "hno",
            "hns",
            "lmk",
            "loc",
            "flr",
            "nam",
            "pc",
        ],
        _TEXT,
    )
)
_PARTY = _object(
    **_texts("stir", "mailto", "name", "did", "validation", "gmlpos", "uuid", "type", "org", "dept"),
    tel={"type": "string", "pattern": "^tel:"},
    sip={"type": "string", "pattern": "^sips?:"},
    civicaddress=_CIVIC,
    role={"enum": ["agent", "customer", "supervisor", "sme", "thirdparty"]},
)
_SESSION = _object(local=_TEXT, remote=_TEXT)
_HISTORY = _object(
    ("party", "time", "event"),
    party=_INDEX,
    time=_TIME,
    event={"enum": ["join", "drop", "hold", "unhold", "mute", "unmute", "keydown", "keyup"]},
    button=_TEXT,
)
_DIALOG = {
    **_object(
        ("type", "start"),
        type={"enum": ["recording", "text", "transfer", "incomplete", "recording-set"]},
        start=_TIME,
        duration={"type": "number", "minimum": 0},
        parties={"anyOf": [_INDEX, {"type": "array", "items": {"anyOf": [_INDEX, _INDICES, {"type": "null"}]}}]},
        originator=_INDEX,
        recordings=_INDICES,
        recording_set=_INDEX,
        disposition={"enum": ["no-answer", "congestion", "failed", "busy", "hung-up", "voicemail-no-message"]},
        session_id={"anyOf": [_SESSION, {"type": "array", "items": {"anyOf": [_SESSION, {"type": "array"}]}}]},
        party_history={"type": "array", "items": _HISTORY},
        transferee=_INDEX,
        transferor=_INDEX,
        transfer_target=_ONE_OR_MORE,
        original=_ONE_OR_MORE,
        consultation=_ONE_OR_MORE,
        target_dialog=_ONE_OR_MORE,
        application=_TEXT,
        message_id=_TEXT,
        **_CONTENT,
    ),
    "allOf": [
        {
            "if": {"properties": {"type": {"const": "incomplete"}}},
            "then": {"required": ["disposition"], **_without(*_CONTENT)},
            "else": _without("disposition"),
        },
        {
            "if": {"properties": {"type": {"const": "transfer"}}},
            "then": _without(*_CONTENT, "parties", "originator"),
            "else": _without(*_TRANSFER),
        },
        {"if": {"required": ["body"]}, "then": {"required": ["encoding", "mediatype"]}},
        {
            "if": {"properties": {"type": {"const": "text"}}},
            "then": {"anyOf": [{"required": ["body"]}, {"required": ["url"]}]},
        },
    ],
}
_ATTACHMENT = {
    **_object(("start", "party", "dialog"), purpose=_TEXT, start=_TIME, party=_INDEX, dialog=_INDEX, **_CONTENT),
    "if": {"required": ["body"]},
    "then": {"required": ["encoding", "mediatype"]},
}
_ANALYSIS = _object(
    ("type", "vendor"),
    **_texts("type", "vendor", "product", "schema"),
    dialog=_ONE_OR_MORE,
    attachment=_ONE_OR_MORE,
    **_CONTENT,
)
_PRIOR: dict[str, Any] = {"uuid": _UUID, "url": _URI, "content_hash": _HASH}
_VCON = _object(
    ("uuid", "created_at"),
    vcon={"const": "0.4.0"},
    uuid=_UUID,
    extensions={"type": "array", "items": _TEXT},
    critical={"type": "array", "items": _TEXT},
    created_at=_TIME,
    updated_at=_TIME,
    subject=_TEXT,
    redacted=_object(("type",), type=_TEXT, **_PRIOR),
    amended=_object(**_PRIOR),
    parties={"type": "array", "items": _PARTY},
    dialog={"type": "array", "items": _DIALOG},
    analysis={"type": "array", "items": _ANALYSIS},
    attachments={"type": "array", "items": _ATTACHMENT},
)
_VALIDATOR = Draft202012Validator(_VCON, format_checker=Draft202012Validator.FORMAT_CHECKER)


def violations(vcon: Mapping[str, Any]) -> list[str]:
    """Every rule that a vCon breaks, by its place; a schema cannot say that an index leads somewhere, so we do."""
    return [
        *(f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in _VALIDATOR.iter_errors(vcon)),
        *_lost(vcon),
    ]


def _lost(vcon: Mapping[str, Any]) -> Iterator[str]:
    parties, dialogs = len(vcon.get("parties", [])), len(vcon.get("dialog", []))
    for place, dialog in enumerate(vcon.get("dialog", [])):
        if any(index >= parties for index in dialog.get("parties", [])):
            yield f"dialog.{place}.parties: nobody stands there"
    for place, attachment in enumerate(vcon.get("attachments", [])):
        if attachment["party"] >= parties or attachment["dialog"] >= dialogs:
            yield f"attachments.{place}: it hangs on nothing"
    for place, party in enumerate(vcon.get("parties", [])):
        if party.get("name") and party.get("role") and not party.get("validation"):
            yield f"parties.{place}: a name without its validation"
