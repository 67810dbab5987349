"""The laws of plain forms, over classes of every shape: what is written is read, and schema and reader agree."""

import json
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from plain_kit import any_class, holds_the_same, is_valid, judged, spoilt, validator

from ticontact.plain import from_dict, json_schema, to_dict


@given(st.data())
def test_what_is_written_is_read(data: st.DataObject) -> None:
    """As the same value, through the text of JSON too, and written once more as the same document."""
    owner, values = data.draw(any_class())
    value = data.draw(values)
    document = to_dict(value)
    through = json.loads(json.dumps(document, allow_nan=False))

    read: Any = from_dict(owner, through)

    assert holds_the_same(read, value)
    assert json.dumps(to_dict(read)) == json.dumps(document)
    assert judged(owner, through)[1:] == (True, True)


@given(st.data())
def test_what_is_written_is_valid_by_its_schema(data: st.DataObject) -> None:
    """By that of what is written, and by the more lenient one of what is read."""
    owner, values = data.draw(any_class())
    document = json.loads(json.dumps(to_dict(data.draw(values))))

    assert is_valid(validator(owner, "written"), document)
    assert is_valid(validator(owner, "read"), document)


@given(st.data())
def test_schema_and_reader_agree(data: st.DataObject) -> None:
    """A form that one refuses, the other refuses; a value that only its class refuses, the schema does not see."""
    owner, values = data.draw(any_class())
    document = data.draw(spoilt(json.loads(json.dumps(to_dict(data.draw(values))))))
    is_newest = not (
        isinstance(document, dict) and type(document.get("form")) in (int, float) and document["form"] < _number(owner)
    )

    value, is_read, is_formed = judged(owner, document)

    if is_newest and _is_of_newest(document):
        assert is_valid(validator(owner), document) is is_formed
    if is_read:
        assert holds_the_same(from_dict(owner, to_dict(value)), value)


def _number(owner: type) -> int:
    """The number of the newest form of a class."""
    schema: Any = json_schema(owner)
    return int(schema["$defs"]["drawn"]["properties"]["form"]["const"])


def _is_of_newest(data: Any) -> bool:
    """Whether no part of a document is of an older form, which the schema of the newest one does not know."""
    if isinstance(data, dict):
        is_old = data.get("type") == "branch" and type(data.get("form")) in (int, float) and data["form"] == 1
        return not is_old and all(map(_is_of_newest, data.values()))
    return all(map(_is_of_newest, data)) if isinstance(data, list) else True


@given(st.data())
def test_what_may_be_missing_has_its_default(data: st.DataObject) -> None:
    """And nothing else may."""
    owner, values = data.draw(any_class())
    document = to_dict(data.draw(values))
    gone = data.draw(st.sampled_from(sorted(document)))
    short = {name: each for name, each in document.items() if name != gone}

    _, is_read, _ = judged(owner, short)

    names = {field.alias: field for field in attrs.fields(owner)}
    assert is_read is (gone in names and names[gone].default is not attrs.NOTHING)
    assert is_valid(validator(owner), short) is is_read
