"""Channels, directions, roles, needs and outcomes: names, traits, words."""

import pytest

from ticontact.contacts import CHANNELS, Channel, Direction, Need, Outcome, Role
from ticontact.contacts._channel import Channels
from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, Text


class TestBuiltIn:
    """The nine channels that every department has."""

    @pytest.mark.parametrize(
        ("name", "synchronous", "interruptible", "can_reply", "has_transcript"),
        [
            ("voice", True, False, True, False),
            ("video", True, False, False, False),
            ("counter", True, False, False, False),
            ("chat", True, False, True, True),
            ("sms", False, True, True, True),
            ("email", False, True, True, True),
            ("web_form", False, True, False, True),
            ("fax", False, True, True, True),
            ("post", False, True, True, True),
        ],
    )
    def test_traits(
        self, name: str, *, synchronous: bool, interruptible: bool, can_reply: bool, has_transcript: bool
    ) -> None:
        """Live channels are synchronous; deferred ones may be interrupted and stand there in words."""
        channel = Channel.named(name)

        assert (synchronous, interruptible, can_reply, has_transcript) == (
            channel.synchronous,
            channel.interruptible,
            channel.can_reply,
            channel.has_transcript,
        )

    def test_order_is_live_before_deferred(self) -> None:
        """The catalogue lists live channels first."""
        assert [channel.synchronous for channel in CHANNELS] == [True] * 4 + [False] * 5

    def test_unknown_name_is_refused_with_what_is_allowed(self) -> None:
        """The error names the place and every channel there is."""
        with pytest.raises(ConfigurationError) as refused:
            Channel.named("telex", path="entry[1].channel")

        assert str(refused.value) == (
            "entry[1].channel: no channel 'telex'"
            " (allowed: voice, video, counter, chat, sms, email, web_form, fax, post)"
        )

    def test_channels_are_equal_by_value(self) -> None:
        """A channel is a value: equal traits, equal channel, equal hash."""
        assert Channel.named("fax") == Channels.adding(Channels(()), Channel.named("fax")).named("fax")
        assert len({Channel.named("fax"), Channel.named("fax")}) == 1


class TestRegistered:
    """A department may have more."""

    def test_added_channel_is_found_beside_the_built_in_ones(self) -> None:
        """Adding makes new channels and leaves the built-in ones as they are."""
        kiosk = Channel(name="kiosk", label=Text.same("Kiosk"), synchronous=True)
        more = CHANNELS.adding(kiosk)

        assert kiosk is more.named("kiosk")
        assert Channel.named("voice") is more.named("voice")
        assert "kiosk" not in [channel.name for channel in CHANNELS]

    def test_taken_names_are_refused(self) -> None:
        """One name, one channel; every clash is reported."""
        fax, post = Channel.named("fax"), Channel.named("post")

        with pytest.raises(ConfigurationError) as refused:
            CHANNELS.adding(fax, post)

        assert [fault.problem for fault in refused.value.faults] == ["'fax' is taken", "'post' is taken"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("labelled", [*CHANNELS, *Direction, *Role, *Need, *Outcome], ids=str)
def test_everything_has_a_label(labelled: Channel | Direction | Role | Need | Outcome, language: str) -> None:
    """Whatever people see has a word in every language."""
    assert labelled.label.text(language)


def test_staff_roles() -> None:
    """Operators, officials and systems belong to the office, everybody else to the citizen's side."""
    assert [role for role in Role if role.is_staff] == [Role.OPERATOR, Role.OFFICIAL, Role.SYSTEM]


def test_every_outcome_is_counted_once() -> None:
    """The published table, in its order."""
    expected = (
        "answered abandoned_short abandoned_long abandoned_announcement closed blocked informed called_back"
        " not_reached no_show transferred_out merged automatic_message fallback"
    )

    assert expected.split() == [outcome.value for outcome in Outcome]
