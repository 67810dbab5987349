"""Which characters do these bytes stand for?

Only real character sets are decoded: the codec registry of Python also knows `rot13`, `idna` or `unicode_escape`, which
no letter is written in and some of which raise on odd bytes. Latin-1 is read as Windows-1252, as browsers do (WHATWG
Encoding Standard), because that is what senders mean by it.
"""

import re
from typing import Final

from ticontact.contacts.readers._findings import FindingKind, Findings

__all__ = ["decode"]

_NAMES: Final = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|iso-?8859-?(?:[2-9]|1[013456])|windows-?125[0-8]|cp125[0-8]|cp8(?:50|52|58|66)|koi8-[ru]"
    r"|gb2312|gbk|gb18030|big5|shift[_-]jis|euc-jp|euc-kr|iso-2022-(?:jp|kr)|mac-?roman"
)
_WESTERN: Final = re.compile(r"iso-?8859-?1|latin-?1|cp819|windows-?1252|cp1252")
_GUESSED: Final = frozenset({"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "utf8mb4", "default"})


def decode(data: bytes, charset: str, *, where: str, findings: Findings) -> str:
    """The text of some bytes; what cannot be decoded becomes the replacement character.

    Args:
        data: The bytes.
        charset: The name of the character set as the sender wrote it; empty if there was none.
        where: The place, for a finding.
        findings: Where an unknown character set is written down.
    """
    name = charset.strip().lower()
    if _WESTERN.fullmatch(name):
        return data.decode("cp1252", "replace")
    if _NAMES.fullmatch(name):
        return data.decode(name, "replace")
    if name not in _GUESSED:
        findings.add(where, FindingKind.UNKNOWN_CHARSET)
    return _guessed(data)


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
