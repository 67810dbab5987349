"""Every public value that has a form: it comes back from its document, and schema and reader agree on broken ones."""

import json
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from plain_kit import holds_the_same, is_valid, judged, spoilt, validator
from plain_samples import declared

from ticontact.errors import ContactError
from ticontact.plain import from_dict, to_dict
from ticontact.testing import values_of

FORMS = declared()


@cache
def held(name: str, purpose: str) -> Draft202012Validator:
    """The validator of a form, made once."""
    return validator(FORMS[name], purpose)


@cache
def values(name: str) -> st.SearchStrategy[Any]:
    """The values of a form, whose strategy is made once."""
    return values_of(FORMS[name])


@pytest.mark.parametrize("name", FORMS)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=10)
@given(st.data())
def test_every_value_comes_back(name: str, data: st.DataObject) -> None:
    """Through the text of JSON, as the same value, and its document is valid."""
    value = data.draw(values(name))
    document = json.loads(json.dumps(to_dict(value)))
    read: Any = from_dict(FORMS[name], document)

    assert holds_the_same(read, value)
    assert to_dict(read) == document
    assert is_valid(held(name, "written"), document)
    assert is_valid(held(name, "read"), document)


@pytest.mark.parametrize("name", FORMS)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=10)
@given(st.data())
def test_schema_and_reader_agree_on_broken_documents(name: str, data: st.DataObject) -> None:
    """What one refuses for its form, the other refuses too."""
    document = data.draw(spoilt(json.loads(json.dumps(to_dict(data.draw(values(name)))))))

    assert is_valid(held(name, "read"), document) is judged(FORMS[name], document)[2]


def test_a_class_that_refuses_everything_has_no_value() -> None:
    """It is said, instead of looking for ever."""

    @attrs.frozen
    class Never:
        text: str

        def __attrs_post_init__(self) -> None:
            raise ContactError("never: nothing will do")

    @settings(max_examples=5, database=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(values_of(Never))
    def ask(_: Never) -> None:
        """Nothing is asked of it."""

    with pytest.raises(Unsatisfiable):
        ask()
