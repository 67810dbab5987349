"""E-mail addresses: the form to send to and the form to compare."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import EmailAddress
from ticontact.errors import InvalidEmailAddress


class TestForms:
    """One address, three forms."""

    @pytest.mark.parametrize(
        ("text", "normalized", "match_key", "ascii_"),
        [
            (" Anna.Verdi@EXAMPLE.org\t", "Anna.Verdi@example.org", "anna.verdi@example.org", "Anna.Verdi@example.org"),
            ("Info@ti.ch", "info@ti.ch", "info@ti.ch", "info@ti.ch"),
            ("a+b.c@ti.ch", "a+b.c@ti.ch", "a+b.c@ti.ch", "a+b.c@ti.ch"),
            ("mario@XN--citt-3na.it", "mario@città.it", "mario@città.it", "mario@xn--citt-3na.it"),
            ("José@ti.ch", "José@ti.ch", "josé@ti.ch", None),
        ],
    )
    def test_forms(self, text: str, normalized: str, match_key: str, ascii_: str | None) -> None:
        """Outer space goes; the local part keeps its case to send to, and loses it to compare."""
        address = EmailAddress.parse(text)

        assert (normalized, match_key, ascii_) == (address.normalized, address.match_key, address.ascii)
        assert (ascii_ is None) is address.needs_smtputf8

    def test_equal_is_stricter_than_matching(self) -> None:
        """Two spellings of one mailbox match, and are still two values."""
        one, other = EmailAddress.parse("Anna@example.org"), EmailAddress.parse("anna@example.org")

        assert one != other
        assert one.matches(other)
        assert not one.matches(EmailAddress.parse("anna+x@example.org"))


class TestRefusals:
    """What is not one address."""

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("Anna <anna@example.org>", "not a valid address"),
            ("anna@example.org\n", "not a valid address"),
            ("anna@example.org\r\nBcc: x@example.org", "not a valid address"),
            ("a" * 1001, "more than 1000 characters"),
        ],
    )
    def test_message_does_not_quote(self, text: str, problem: str) -> None:
        """The text itself is behind `given` alone."""
        with pytest.raises(InvalidEmailAddress) as refused:
            EmailAddress.parse(text)

        assert str(refused.value) == f"e-mail address: {problem}; allowed: one address such as name@example.org"
        assert (text, None, None) == (refused.value.given, refused.value.__cause__, refused.value.__context__)

    def test_only_texts_are_read(self) -> None:
        """Bytes are nobody's address yet."""
        parse: object = EmailAddress.parse
        assert callable(parse)
        with pytest.raises(InvalidEmailAddress, match="bytes was given, not a text"):
            parse(b"anna@example.org")


@given(st.text(max_size=60) | st.from_regex(r"[\w.+'\-]{1,20}@[\w.\-]{1,20}", fullmatch=True) | st.emails())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Nothing but `InvalidEmailAddress` comes out; the normalised form is read back as the same address."""
    try:
        address = EmailAddress.parse(text)
    except InvalidEmailAddress:
        return
    assert EmailAddress.parse(address.normalized) == address


def test_the_dns_is_never_asked() -> None:
    """Reading an address does not even load a resolver."""
    code = (
        "import sys; from ticontact.contacts import EmailAddress as E; E.parse('a@ti.ch'); print('dns' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603 - our own line

    assert done.stdout.strip() == "False"
