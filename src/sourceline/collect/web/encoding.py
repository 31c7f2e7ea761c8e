"""How the bytes of a feed or sitemap are to be decoded."""

from __future__ import annotations

import codecs
import re

_PIECE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NOT_OF_THE_WEB = frozenset({"unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7", "undefined"})
"""Python's codecs that no carrier means; punycode's time grows with the square of the length."""
_DECLARED = re.compile(rb"<\?xml[^<>]{1,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")


def marked_encoding(raw: bytes) -> str | None:
    """By a byte order mark, or by the zeros around a first `<`."""
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)


def find_encoding(raw: bytes, charset: str | None) -> str:
    """How the bytes are to be decoded: by their mark; as UTF-8 where they are; by the carrier's word, then their own.

    Bytes that keep no such word are damaged UTF-8, or Windows-1252 where they are that more likely.
    """
    if (marked := marked_encoding(raw)) is not None:
        return marked
    declared = _DECLARED.search(raw[:1024])
    labels = [_named(charset), _named(declared.group(1).decode("ascii") if declared else None)]
    several = [label for label in labels if label is not None and label.startswith(("iso2022", "hz"))]
    if several:
        return several[0]  # ASCII to look at
    bad, good = _utf8_places(raw)
    if not bad:
        return "utf-8"
    for label in labels:
        if label not in (None, "utf-8", "ascii") and _decodes(raw, label):
            return label
    return "utf-8" if good >= bad else "cp1252"


def _named(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
        codecs.getincrementaldecoder(name)
        "".encode(name)  # refuses what is no text encoding
    except (LookupError, ValueError, UnicodeError):
        return None
    # Browsers read the two alike.
    return {"iso8859-1": "cp1252"}.get(name, None if name in _NOT_OF_THE_WEB else name)


def _utf8_places(raw: bytes) -> tuple[int, int]:
    """How many places are not UTF-8, and how many characters of several bytes are."""
    if raw.isascii():
        return 0, 0
    decoder, bad, good = codecs.getincrementaldecoder("utf-8")("replace"), 0, 0
    for start in range(0, len(raw), _PIECE):
        text = decoder.decode(raw[start : start + _PIECE], start + _PIECE >= len(raw))
        bad += text.count("\N{REPLACEMENT CHARACTER}")
        good += sum(map("\x7f".__lt__, text))
    return bad, good - bad


def _decodes(raw: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for start in range(0, len(raw), _PIECE):
            decoder.decode(raw[start : start + _PIECE], start + _PIECE >= len(raw))
    except (UnicodeError, AssertionError):
        # cp1252 leaves five bytes open; texts that hold them are Windows-1252 all the same.
        return encoding == "cp1252"
    return True
