"""Schemas of a union, and what they say of themselves."""

from plain_kit import Branch, Order, is_valid, validator

from ticontact.plain import json_schema, to_dict


def test_schema_of_a_union_takes_each_of_its_classes() -> None:
    """And no other document."""
    found = validator(Order | Branch, "written")

    assert is_valid(found, to_dict(Order(id="o")))
    assert is_valid(found, to_dict(Branch()))
    assert not is_valid(found, to_dict(Branch()) | {"type": "leaf"})


def test_schema_has_a_name_of_its_own() -> None:
    """That of the form, with its number and what it is for."""
    assert json_schema(Branch)["$id"] == "urn:ticontact:branch:2"
    assert json_schema(Branch, purpose="read")["$id"] == "urn:ticontact:branch:2:read"
    assert json_schema(Branch)["title"] == "ticontact branch"
    assert "$id" not in json_schema(Order | Branch)
