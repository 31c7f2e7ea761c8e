"""The noun of a file's kind: what its first bytes, or its carrier's word, say that it is."""

from __future__ import annotations

import re
from enum import StrEnum

from sourceline.errors import UnknownFormat


class Format(StrEnum):
    """Kinds of bytes that are no plain text and no HTML. The value is the name in messages."""

    PDF = "PDF"
    MAIL = "mail"
    WARC = "WARC"
    ZIP = "ZIP"
    GZIP = "gzip-compressed"
    FEED = "feed"
    MAILBOX = "mailbox"
    OFFICE = "Office"
    RTF = "RTF"
    EPUB = "EPUB"
    IMAGE = "image"
    SOUND = "sound"
    FILM = "film"
    FONT = "font"
    PACKED = "bzip2, xz, zstd, RAR and 7-Zip"
    PROGRAM = "program"
    DATABASE = "database"
    BINARY = "binary"


SNIFFED = 4096
"""Bytes that are enough to tell a format."""
_PDF_WITHIN = 1024
"""Some writers put bytes before the mark; readers look for it this far."""

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"WARC/0.", Format.WARC),
    (b"WARC/1.", Format.WARC),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"\x1f\x8b", Format.GZIP),
    (b"\xd0\xcf\x11\xe0", Format.OFFICE),
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF87a", Format.IMAGE),
    (b"GIF89a", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"ID3", Format.SOUND),
    (b"OggS", Format.SOUND),
    (b"fLaC", Format.SOUND),
    (b"\x1a\x45\xdf\xa3", Format.FILM),
    (b"wOFF", Format.FONT),
    (b"wOF2", Format.FONT),
    (b"BZh91AY&SY", Format.PACKED),
    (b"\xfd7zXZ\x00", Format.PACKED),
    (b"7z\xbc\xaf", Format.PACKED),
    (b"Rar!\x1a\x07", Format.PACKED),
    (b"\x28\xb5\x2f\xfd", Format.PACKED),
    (b"\x7fELF", Format.PROGRAM),
    (b"MZ\x90", Format.PROGRAM),
    (b"\xca\xfe\xba\xbe", Format.PROGRAM),
    (b"SQLite format 3", Format.DATABASE),
)
_RIFF = {b"WEBP": Format.IMAGE, b"WAVE": Format.SOUND, b"AVI ": Format.FILM}
_TYPES: tuple[tuple[str, Format], ...] = (
    ("application/pdf", Format.PDF),
    ("message/rfc822", Format.MAIL),
    ("multipart/related", Format.MAIL),
    ("application/x-mimearchive", Format.MAIL),
    ("application/warc", Format.WARC),
    ("application/zip", Format.ZIP),
    ("application/gzip", Format.GZIP),
    ("application/x-gzip", Format.GZIP),
    ("application/msword", Format.OFFICE),
    ("application/vnd.", Format.OFFICE),
    ("application/epub", Format.EPUB),
    ("application/rss+xml", Format.FEED),
    ("application/atom+xml", Format.FEED),
    ("image/", Format.IMAGE),
    ("audio/", Format.SOUND),
    ("video/", Format.FILM),
    ("font/", Format.FONT),
)
_MANY = "it may hold many documents: `sourceline add` reads it"
_ADVICE: dict[Format, str] = {
    Format.WARC: _MANY,
    Format.ZIP: _MANY,
    Format.GZIP: _MANY,
    Format.FEED: "give the feed's address to `sourceline add`",
    Format.MAILBOX: "export its mails as .eml files",
    Format.OFFICE: "save it as PDF, HTML or plain text",
    Format.RTF: "save it as PDF, HTML or plain text",
    Format.EPUB: "save it as PDF, HTML or plain text",
    Format.IMAGE: "give the text that it shows",
    Format.SOUND: "give its transcript",
    Format.FILM: "give its transcript",
    Format.PACKED: "unpack it first, or pack it as ZIP or gzip",
    Format.DATABASE: "export its articles as CSV or JSONL",
}
_PDF = re.compile(rb"\A[\s\xef\xbb\xbf]*%PDF-|[\r\n\0]%PDF-\d\.\d[\r\n]")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_SURELY_MAIL = frozenset(
    {b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to", b"snapshot-content-location"}
)
_MAYBE_MAIL = frozenset({b"from", b"to", b"subject", b"date", b"sender", b"cc"})
_MAIL_NAME = re.compile(r"\.(?:eml|mht|mhtml|mime)$", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):")
_MARKED_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff_format(raw: bytes, *, content_type: str | None = None, name: str | None = None) -> Format | None:
    """The format of bytes, or None for what may be text or HTML. Bytes outrank the carrier's word, that the name.

    The first SNIFFED bytes are enough.
    """
    head = raw[:SNIFFED]
    found = _by_magic(head)
    if found is not None:
        return found
    for prefix, format in _TYPES:
        if (content_type or "").lower().startswith(prefix):
            return format
    if _is_mail(head, name):
        return Format.MAIL
    return None


def is_binary(raw: bytes) -> bool:
    """Whether the first bytes hold NULs and are no UTF-16 or UTF-32: a file that is neither text nor known."""
    head = raw[:SNIFFED]
    if b"\0" not in head or head.startswith(_MARKED_UTF16) or head.startswith(b"\0\0\xfe\xff"):
        return False
    even, odd = head[::2], head[1::2]
    shares = sorted((even.count(0) / len(even), odd.count(0) / max(1, len(odd))))
    return not (shares[0] < 0.05 and shares[1] > 0.6)


def unread(format: Format, what: str = "") -> UnknownFormat:
    """The error for a format that cannot be taken here; `what` says which place it has, where that is not plain."""
    advice = _ADVICE.get(format, "give plain text, an HTML page or a PDF")
    return UnknownFormat(f"{what}{format} files are not read here: {advice}")


def _by_magic(head: bytes) -> Format | None:
    for start, format in _MAGIC:
        if head.startswith(start):
            return format
    if _PDF.search(head, 0, _PDF_WITHIN):
        return Format.PDF
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return Format.IMAGE if head[8:12] in (b"avif", b"heic", b"mif1") else Format.FILM
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex")) and _FEED.search(start):
        return Format.FEED
    if head.startswith(b"From ") and _is_mail(head.partition(b"\n")[2], None):
        return Format.MAILBOX
    return None


def _is_mail(head: bytes, name: str | None) -> bool:
    """Whether the bytes begin with the header of a mail or of a page saved as one."""
    names: set[bytes] = set()
    for line in head.splitlines():
        if not line:
            break
        if line[:1] in b" \t" and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        names.add(header[1].lower())
    if names & _SURELY_MAIL:
        return len(names) > 1
    return _MAIL_NAME.search(name or "") is not None and bool(names & _MAYBE_MAIL)
