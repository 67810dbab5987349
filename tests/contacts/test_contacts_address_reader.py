"""Numbers and addresses are remembered only where a program wants it, in bounds, and until it forgets them."""

from typing import Any

import phonenumbers
import pytest
from contacts_inputs import ROWS

from ticontact.contacts import AddressReader, EmailAddress, PhoneNumber, ShortNumber
from ticontact.contacts.readers import Exchange, call_records
from ticontact.errors import ConfigurationError, InvalidEmailAddress, InvalidPhoneNumber

EXCHANGE = Exchange(extensions=r"[23]\d\d")


class TestMemory:
    """Off by default, bounded, clearable."""

    def test_nothing_is_remembered_by_default(self) -> None:
        """Each reading makes a new value."""
        reader = AddressReader()

        assert reader.phone("091 814 55 00") is not reader.phone("091 814 55 00")
        assert reader.email("a@example.org") is not reader.email("a@example.org")
        assert reader.remembered == 0

    def test_what_was_read_last_is_remembered(self) -> None:
        """So many of each kind; the oldest goes first."""
        reader = AddressReader(remember=2)
        first = reader.phone("091 814 55 00")
        mail = reader.email("a@example.org")

        assert reader.phone("091 814 55 00") is first
        assert reader.email("a@example.org") is mail
        reader.phone("117")
        reader.phone("118")
        assert reader.phone("091 814 55 00") is not first
        assert reader.remembered == 3

    def test_region_is_part_of_the_question(self) -> None:
        """The same digits are two numbers in two countries."""
        reader = AddressReader(remember=9)

        assert reader.phone("02 1234 5678", region="IT") == PhoneNumber.parse("02 1234 5678", "IT")
        assert reader.phone("117") == ShortNumber.parse("117")
        with pytest.raises(InvalidPhoneNumber):
            reader.phone("117", region=None)

    def test_what_is_refused_is_not_remembered(self) -> None:
        """A typing error is personal too."""
        reader = AddressReader(remember=9)
        wrong: list[Any] = ["091", ["091"], {"091": "091"}]
        for each in wrong:
            with pytest.raises(InvalidPhoneNumber):
                reader.phone(each)
            with pytest.raises(InvalidEmailAddress):
                reader.email(each)

        assert reader.remembered == 0

    def test_clearing_forgets(self) -> None:
        """Both kinds."""
        reader = AddressReader(remember=9)
        reader.phone("091 814 55 00")
        reader.email("a@example.org")

        reader.clear()

        assert reader.remembered == 0

    def test_it_does_not_show_what_it_holds(self) -> None:
        """Only how many."""
        reader = AddressReader(remember=9)
        reader.phone("079 123 45 67")

        assert repr(reader) == "AddressReader(remembers 1 of 9)"

    @pytest.mark.parametrize("remember", [-1, None, "9", 1.5])
    def test_bounds_are_whole_numbers(self, remember: Any) -> None:
        """An endless memory is none of the choices."""
        with pytest.raises(ConfigurationError, match=r"^remember: no number of texts \(allowed: 0 and more\)$"):
            AddressReader(remember=remember)


class TestCallRecords:
    """An office's own numbers come again all day."""

    def test_calls_are_the_same_with_and_without_memory(self) -> None:
        """It is faster, and nothing else."""
        reader = AddressReader(remember=100)
        plain, remembering = (
            call_records(ROWS, exchange=EXCHANGE),
            call_records(ROWS, exchange=EXCHANGE, addresses=reader),
        )

        assert [each.contact.parties for each in remembering.calls] == [each.contact.parties for each in plain.calls]
        assert [each.contact.reached for each in remembering.calls] == [each.contact.reached for each in plain.calls]
        assert reader.remembered > 0

    def test_each_number_is_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Counted at the door of the library."""
        asked: list[str] = []
        parse = phonenumbers.parse

        def counted(text: str, region: str | None) -> object:
            asked.append(text)
            return parse(text, region)

        monkeypatch.setattr(phonenumbers, "parse", counted)
        row = ROWS[0] | {"src": "0791234567", "dst": "0918145500"}
        rows = [row | {"linkedid": str(number), "uniqueid": str(number)} for number in range(5)]

        call_records(rows, exchange=EXCHANGE, addresses=AddressReader(remember=9))

        assert sorted(asked) == ["0791234567", "0918145500"]


def test_texts_of_both_kinds() -> None:
    """What the functions read, it reads."""
    reader = AddressReader(remember=1)

    assert reader.email(" Anna@Example.org ") == EmailAddress.parse("Anna@example.org")
