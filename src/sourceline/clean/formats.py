"""Which kind of file some bytes are: HTML, plain text, or what is not read yet."""

from __future__ import annotations

import re

from sourceline.errors import UnknownFormat
from sourceline.model.text import Snapshot

_READABLE = "give plain text, an HTML page, or JSONL with --jsonl"
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML_NAME = re.compile(r"\.(?:x?html?|shtml|xht)$", re.IGNORECASE)
_SNIFFED = 4096

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Office, EPUB and ZIP"),
    (b"\xd0\xcf\x11\xe0", "old Office"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh91AY&SY", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"WARC/1.", "WARC"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "database"),
)
_TYPES: tuple[tuple[str, str], ...] = (
    ("application/pdf", "PDF"),
    ("application/zip", "ZIP"),
    ("application/gzip", "gzip-compressed"),
    ("application/msword", "Office"),
    ("application/vnd.", "Office"),
    ("application/epub", "EPUB"),
    ("application/rss+xml", "feed"),
    ("application/atom+xml", "feed"),
    ("image/", "image"),
    ("audio/", "sound"),
    ("video/", "film"),
    ("font/", "font"),
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|ul|li|article|section|table|script|meta|title)\b[^<>]{0,400}>", re.IGNORECASE
)


def refuse_unread(snapshot: Snapshot) -> None:
    """Raises UnknownFormat for a kind of file that is not read yet."""
    raw = snapshot.raw
    for start, name in _MAGIC:
        if raw.startswith(start):
            raise UnknownFormat(f"{name} files are not read yet: {_READABLE}")
    kind = snapshot.content_type or ""
    for prefix, name in _TYPES:
        if kind.startswith(prefix):
            raise UnknownFormat(f"{name} files are not read yet: {_READABLE}")
    head = raw[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<?xml", b"<rss", b"<feed")) and _FEED.search(head):
        raise UnknownFormat(f"feeds are not read yet: {_READABLE}")


def is_html(text: str, snapshot: Snapshot) -> bool:
    """Whether the text is an HTML page: by what the carrier says, by its name, by its first characters."""
    if snapshot.content_type in _HTML_TYPES or _HTML_NAME.search(snapshot.path or ""):
        return True
    head = text[:_SNIFFED]
    if _HTML_START.match(head):
        return True
    if snapshot.content_type == "text/plain" or (snapshot.path or "").lower().endswith((".txt", ".md")):
        return False
    return head.lstrip().startswith("<") and len(_HTML_TAG.findall(head)) >= 3
