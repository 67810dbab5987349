"""The dated tree of reasons."""

from datetime import date

import pytest

from ticontact.contacts import ContactReason, ReasonTree
from ticontact.errors import ConfigurationError, ContactError
from ticontact.i18n import Text


def reason(key: str, parent: str = "", *, since: date | None = None, until: date | None = None) -> ContactReason:
    """A reason with its key as its name."""
    return ContactReason(key=key, label=Text.same(key), parent=parent, valid_from=since, valid_to=until)


TREE = ReasonTree(
    [
        reason("permit"),
        reason("permit.renewal", "permit"),
        reason("permit.s", "permit", since=date(2022, 3, 12)),
        reason("cashier", until=date(2019, 12, 31)),
    ]
)


class TestDays:
    """What can be chosen when."""

    @pytest.mark.parametrize(
        ("day", "keys"),
        [
            (date(2019, 12, 31), "permit permit.renewal cashier"),
            (date(2020, 1, 1), "permit permit.renewal"),
            (date(2022, 3, 12), "permit permit.renewal permit.s"),
        ],
    )
    def test_first_and_last_day_count(self, day: date, keys: str) -> None:
        """In the order in which they are shown."""
        assert [each.key for each in TREE.on(day)] == keys.split()


class TestChosen:
    """What an operator has chosen goes to the contact as keys."""

    def test_each_once_in_the_order_chosen(self) -> None:
        """Two clicks on one reason are one reason."""
        chosen = TREE.chosen(["permit.s", "permit", "permit.s"], on=date(2026, 3, 18))

        assert [each.key for each in chosen] == ["permit.s", "permit"]

    @pytest.mark.parametrize(("key", "day"), [("other", date(2026, 3, 18)), ("permit.s", date(2022, 3, 11))])
    def test_what_cannot_be_chosen_that_day_is_refused(self, key: str, day: date) -> None:
        """An unknown reason, and one that does not hold yet; the error names the others."""
        with pytest.raises(ContactError, match=r"^reasons: allowed: permit, permit\.renewal") as refused:
            TREE.chosen(["permit", key], on=day)

        assert refused.value.given == [key]


class TestPaths:
    """From the widest to the reason itself."""

    @pytest.mark.parametrize(
        ("key", "path"), [("permit.s", ["permit", "permit.s"]), ("permit", ["permit"]), ("other", [])]
    )
    def test_path(self, key: str, path: list[str]) -> None:
        """An unknown key has none."""
        assert [each.key for each in TREE.path(key)] == path


class TestFaults:
    """All at once, each with its place."""

    def test_every_fault_is_found(self) -> None:
        """A key twice, a parent that is missing, a reason above itself, a circle."""
        with pytest.raises(ConfigurationError) as refused:
            ReasonTree(
                [reason("a"), reason("a"), reason("b", "x"), reason("c", "c"), reason("d", "e"), reason("e", "d")]
            )

        assert [(fault.path, fault.problem) for fault in refused.value.faults] == [
            ("reason[2]", "'a' stands twice"),
            ("reason[3].parent", "no reason 'x'"),
            ("reason[4].parent", "it would be wider than itself"),
            ("reason[5].parent", "it would be wider than itself"),
            ("reason[6].parent", "it would be wider than itself"),
        ]
