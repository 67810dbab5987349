"""Which bytes does a Base64 text stand for, and what of it was never encoded?

Gateways put a plain footer below a text that is encoded, programs join two encodings with the padding of the first one
in the middle, and some promise Base64 and encode nothing. What was written in plain letters is kept as it is: decoded
it would be rubbish, and passed over it would be lost.
"""

import binascii
import re
from typing import Final

__all__ = ["base64_bytes", "base64_text"]

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_OTHERS: Final = bytes(each for each in range(256) if each not in _ALPHABET)
_OTHERS_BUT_PADDING: Final = _OTHERS.replace(b"=", b"")
_INNER_PADDING: Final = re.compile(rb"(?<!=)=++(?=.)", re.DOTALL)
_STRAY: Final = re.compile(rb"[^A-Za-z0-9+/=\s]")
_INNER_BLANK: Final = re.compile(rb"[A-Za-z0-9+/=][ \t]++[^\s]")
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # ESC changes the alphabet in ISO 2022
_LONG: Final = 60  # bytes: so many letters without a blank are no prose, and so many bytes no chance


def base64_bytes(data: bytes) -> bytes:
    """The bytes of a Base64 text; what does not belong there is passed over, a lone last character is dropped.

    Padding ends an encoding, and what follows begins another one.
    """
    kept = data.translate(None, _OTHERS_BUT_PADDING)
    if _INNER_PADDING.search(kept) is None:
        return _decoded(kept)
    decoded = bytearray()
    start = 0
    for padding in _INNER_PADDING.finditer(kept):
        decoded += _decoded(kept[start : padding.start()])
        start = padding.end()
    decoded += _decoded(kept[start:])
    return bytes(decoded)


def _decoded(kept: bytes) -> bytes:
    kept = kept.rstrip(b"=")
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def base64_text(body: bytes, *, is_utf8: bool) -> tuple[bytes, bool]:
    """The bytes of a text that is said to be in Base64, and whether all of it was.

    Args:
        body: The text as it was sent.
        is_utf8: Whether the bytes are UTF-8, as far as anybody has said.
    """
    whole = base64_bytes(body)
    blank, stray = _INNER_BLANK.search(body), _STRAY.search(body)
    signs = [found.start() for found in (blank, stray) if found]
    is_readable = _NO_TEXT.search(whole) is None
    if signs and (_is_utf8(whole) or (blank is None and is_readable and not is_utf8)):
        return whole, True  # a sign or a blank got in between
    # The line of the first sign is plain, and so is what follows a padding or a short line, and decodes to rubbish.
    begin = max(body.rfind(b"\n", 0, min(signs)), body.rfind(b"\r", 0, min(signs))) + 1 if signs else len(body)
    padding = _INNER_PADDING.search(body, 0, begin)
    last = padding.end() if padding else _after_short_line(body, begin)
    if body[last:begin].strip() and not _is_utf8(base64_bytes(body[last:begin])):
        begin = last
    if begin == len(body):
        is_prose = not is_readable and len(whole) < _LONG
        return (body, False) if is_prose else (whole, True)
    encoded = base64_bytes(body[:begin])
    if not _is_utf8(encoded) and (_NO_TEXT.search(encoded) or len(encoded) < _LONG):
        return body, False
    return b"\n".join(each for each in (encoded, body[begin:].lstrip(b"\r\n")) if each), False


def _after_short_line(body: bytes, end: int) -> int:
    """Where the line after the first short one begins: of an encoding all lines but the last are of one length."""
    start, length = 0, 0
    while start < end:
        line_end = body.find(b"\n", start, end)
        line_end = end if line_end < 0 else line_end
        size = len(body[start:line_end].strip())
        if size and size < length:
            return min(line_end + 1, end)
        length = length or size
        start = line_end + 1
    return end


def _is_utf8(data: bytes) -> bool:
    """Whether these are the bytes of a text in UTF-8: rubbish hardly ever is."""
    if _NO_TEXT.search(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
