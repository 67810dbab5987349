"""The package itself says its version, and nothing else."""

from importlib.metadata import version

import pytest

import ticontact


def test_the_version_is_that_of_the_distribution() -> None:
    """It is read only when somebody asks."""
    assert ticontact.__version__ == version("ticontact")


def test_there_is_nothing_else_to_find() -> None:
    """A wrong name is an attribute that is not there, as everywhere in Python."""
    with pytest.raises(AttributeError, match="module 'ticontact' has no attribute 'hour'"):
        ticontact.hour  # noqa: B018 - looking is the test
