"""Bytes to text. Nothing is changed but the byte order mark, which is no part of the text."""

from __future__ import annotations

import codecs
import re

from sourceline.errors import UndecodableInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY_SHARE = 0.02
"""Control characters in the sample from which on bytes are taken for binary."""
_NO_TEXT = "these bytes are no text: give a text or HTML file"
_ASCII = bytes(range(128))
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_ASCII_SHARE = 0.9
"""Share of ASCII without a NUL from which on bytes are not the UTF-16 or UTF-32 that their label says."""
_SEVERAL_BYTES = ("utf-16", "utf-32")
_SURELY_UTF8 = 3
"""Characters of several bytes in valid UTF-8 from which on no label outweighs them."""
_NOT_OF_THE_WEB = frozenset({"unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7"})
"""Python's codecs that no browser knows: they read a plain text's own characters as escapes."""


def decode_bytes(raw: bytes, charset: str | None = None) -> tuple[str, list[str]]:
    """The text, and notices of how it was read.

    Tried in this order: the byte order mark; `charset`, what the carrier said, unless the bytes are plainly something
    else; UTF-16 without a mark; UTF-8; UTF-8 with a few bad bytes, each of which becomes U+FFFD; Windows-1252. Line
    ends stay as they are. Raises UndecodableInput for what is no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], encoding)
    if charset is not None and (named := _named(raw, charset)) is not None:
        return named
    guess = _unmarked_utf16(raw)
    if guess:
        return _marked(raw, guess)
    if b"\0" in raw:
        raise UndecodableInput(_NO_TEXT)
    if (found := _utf8(raw)) is not None:
        return _text(*found)
    sample = raw[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _BINARY_SHARE * len(sample):
        raise UndecodableInput(_NO_TEXT)
    # The five bytes that Windows-1252 leaves open stand for themselves, as in browsers.
    text = "".join(piece.decode("cp1252") if not open_byte else chr(piece[0]) for piece, open_byte in _pieces(raw))
    return text, ["decoded as Windows-1252"]


def _utf8(raw: bytes) -> tuple[str, list[str]] | None:
    """The text and notices of what is UTF-8 but for a few bad bytes, None for what is not.

    A text of another encoding hardly ever holds a character of several bytes in UTF-8: where there are at least as
    many of them as bad places, it is UTF-8 that was damaged, cut off, or had something else pasted into it.
    """
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        text, bad = _replaced(raw)
        return (text, [_damage(bad)]) if bad <= _beyond_ascii(raw, text) - bad else None


def _replaced(raw: bytes) -> tuple[str, int]:
    """The bytes as UTF-8 with U+FFFD for each bad place, and how many of these there are."""
    text = raw.decode("utf-8", "replace")
    return text, text.count(_REPLACED) - raw.count(_REPLACED.encode())


def _beyond_ascii(raw: bytes, text: str) -> int:
    """How many characters of the text are not ASCII."""
    return len(text) - (len(raw) - len(raw.translate(None, _ASCII)))


def _damage(bad: int) -> str:
    what = "one bad place" if bad == 1 else f"{bad:,} bad places, each"
    return f"decoded as UTF-8 with {what} replaced by U+FFFD"


def _pieces(raw: bytes) -> list[tuple[bytes, bool]]:
    pieces = re.split(rb"([\x81\x8d\x8f\x90\x9d])", raw)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _named(raw: bytes, charset: str) -> tuple[str, list[str]] | None:
    """The text in the charset that was named, or None where that is unknown, wrong or says nothing new."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    # Browsers read the last three alike, and UTF-8 is tried first.
    if name in ("utf-8", "ascii", "iso8859-1", "cp1252") or name in _NOT_OF_THE_WEB or _mislabelled(raw, name):
        return None
    try:
        text = raw.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError, AssertionError):
        return None
    if "\0" in text:
        return None
    return text, [f"decoded as {name}"]


def _mislabelled(raw: bytes, name: str) -> bool:
    """Whether the bytes are UTF-8 (or, where two or four bytes a character are named, ASCII or nearly so).

    A text of blanks and Latin letters in UTF-16 or UTF-32 is full of NULs, UTF-8 has none. In other encodings, text
    that is not ASCII is never UTF-8 by chance for more than a few characters.
    """
    if name.startswith(_SEVERAL_BYTES):
        if b"\0" in raw:
            return False
        return _utf8(raw) is not None or len(raw.translate(None, _ASCII)) <= (1 - _ASCII_SHARE) * len(raw)
    try:
        return _beyond_ascii(raw, raw.decode("utf-8")) >= _SURELY_UTF8
    except UnicodeDecodeError:
        return False


def _unmarked_utf16(raw: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: mostly Latin text has a zero in every second byte."""
    sample = raw[:_SAMPLE]
    if len(sample) < 8 or b"\0" not in sample or len(raw) % 2:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / max(1, len(sample[1::2]))
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    if even > 0.6 and odd < 0.05:
        return "utf-16-be"
    return None


def _marked(raw: bytes, encoding: str) -> tuple[str, list[str]]:
    """The text of bytes whose encoding is not in doubt."""
    if encoding == "utf-8":
        text, bad = _replaced(raw)
        return _text(text, [_damage(bad)] if bad else [])
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise UndecodableInput(
            f"these bytes are marked as {encoding.upper()} but are not: save the file as UTF-8"
        ) from None
    return _text(text, [f"decoded as {encoding.upper()}"])


def _text(text: str, notices: list[str]) -> tuple[str, list[str]]:
    sample = text[:_SAMPLE]
    control = sum(1 for character in sample if ord(character) < 32 and character not in "\t\n\r\f\v\x1b\x85")
    if "\0" in text or control > _BINARY_SHARE * max(50, len(sample)):
        raise UndecodableInput(_NO_TEXT)
    return text, notices
