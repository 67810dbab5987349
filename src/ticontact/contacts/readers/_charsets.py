"""Which characters do these bytes stand for?

Only real character sets are decoded: the codec registry of Python also knows `rot13`, `idna` or `unicode_escape`, which
no letter is written in and some of which raise on odd bytes. A label means what the WHATWG Encoding Standard says, for
that is what senders mean by it: Latin-1 is Windows-1252, `gb2312` is GBK, `ks_c_5601-1987` is the Korean of Windows.
Beside its labels stand those of IANA that mail programs use and browsers do not, such as `ibm850`.
"""

from collections.abc import Mapping
from typing import Final

from ticontact.contacts.readers._findings import FindingKind, Findings

__all__ = ["decode", "encode", "is_utf8", "is_wide"]

_LABELS: Final[Mapping[str, str]] = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf8mb4",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": (
        "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"
    ),
    "iso8859-3": (
        "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"
    ),
    "iso8859-4": (
        "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"
    ),
    "iso8859-5": (
        "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"
    ),
    "iso8859-6": (
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i"
        " iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"
    ),
    "iso8859-7": (
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7"
        " iso_8859-7:1987 sun_eu_greek"
    ),
    "iso8859-8": (
        "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8"
        " iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical"
    ),
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin-9 latin9",
    "iso8859-16": "iso-8859-16 iso8859-16 iso885916",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman mac-roman macroman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 cp874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": (
        "cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1"
        " latin-1 windows-1252 x-cp1252 ansi"
    ),
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": (
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5"
        " windows-1254 x-cp1254"
    ),
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": (
        "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 gb2312-80 cp936"
        " windows-936"
    ),
    "hz": "hz-gb-2312 hz",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp eucjp",
    "iso2022_jp_ext": "csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 cp50220 cp50221",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932",
    "cp949": (
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"
        " cp949 uhc"
    ),
    "iso2022_kr": "csiso2022kr iso-2022-kr",
    "utf-16be": "unicodefffe utf-16be utf16be",
    "utf-16le": "utf-16le utf16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf-16": "utf-16 utf16",
    "cp437": "437 cp437 cspc8codepage437 ibm437",
    "cp850": "850 cp850 cspc850multilingual ibm850",
    "cp852": "852 cp852 cspcp852 ibm852",
    "cp855": "855 cp855 csibm855 ibm855",
    "cp857": "857 cp857 csibm857 ibm857",
    "cp858": "cp00858 cp858 ccsid00858 csibm00858 ibm00858 pc-multilingual-850+euro ibm858",
    "cp860": "860 cp860 csibm860 ibm860",
    "cp863": "863 cp863 csibm863 ibm863",
    "cp865": "865 cp865 csibm865 ibm865",
}  # fmt: skip
"""For each codec the labels that mean it, in lower case."""
_CODECS: Final[Mapping[str, str]] = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_GUESSED: Final = frozenset({
    "", "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "unknown-8bit", "x-unknown", "default", "_autodetect",
    "_autodetect_all", "7bit", "8bit", "binary",
})  # fmt: skip
"""What says nothing, or less than the bytes do: text that is said to be ASCII is often more."""


def decode(data: bytes, charset: str, *, where: str, findings: Findings) -> str:
    """The text of some bytes; what cannot be decoded becomes the replacement character.

    Args:
        data: The bytes.
        charset: The name of the character set as the sender wrote it; empty if there was none.
        where: The place, for a finding.
        findings: Where an unknown character set is written down.
    """
    name = _label(charset)
    if codec := _CODECS.get(name):
        return data.decode(codec, "replace").removeprefix("\ufeff")
    if name not in _GUESSED:
        findings.add(where, FindingKind.UNKNOWN_CHARSET)
    return _guessed(data)


def encode(text: str, charset: str) -> bytes:
    """The bytes of a text, which `decode` reads as the same text where the character set has its characters."""
    codec = _CODECS.get(_label(charset), "utf-8")
    return text.encode("utf-8" if codec == "utf-8" or not _can_hold(text, codec) else codec, "replace")


def is_wide(charset: str) -> bool:
    """Whether a character set writes every letter in several bytes, so that NUL is no sign of rubbish."""
    return _CODECS.get(_label(charset), "").startswith("utf-16")


def is_utf8(charset: str) -> bool:
    """Whether the bytes should be UTF-8, also because nobody has said what they are."""
    name = _label(charset)
    return name in _GUESSED or _CODECS.get(name) == "utf-8"


def _label(charset: str) -> str:
    """The label as it is looked up; `cp-850`, `IBM_850` and `latin 1` are meant as what they nearly say."""
    name = charset.strip(" \t\"'").lower()
    return name if name in _CODECS else _NEARLY.get(name.translate(_SIGNS), name)


def _can_hold(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


_SIGNS: Final = dict.fromkeys(map(ord, "-_ "))
_NEARLY: Final[Mapping[str, str]] = {label.translate(_SIGNS): label for label in reversed(list(_CODECS))}


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
