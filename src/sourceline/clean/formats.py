"""Which kind of document some bytes are: PDF, mail, HTML, plain text, or what is not read."""

from __future__ import annotations

import re

from sourceline.model.format import Format, sniff_format, unread
from sourceline.model.text import Snapshot

_READ = (Format.PDF, Format.MAIL)
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML_NAME = re.compile(r"\.(?:x?html?|shtml|xht)$", re.IGNORECASE)
_SNIFFED = 4096

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|ul|li|article|section|table|script|meta|title)\b[^<>]{0,400}>", re.IGNORECASE
)


def format_of(snapshot: Snapshot) -> Format | None:
    """PDF or mail, or None for text and HTML. Raises UnknownFormat for a kind of file that holds no single article."""
    found = sniff_format(snapshot.raw, content_type=snapshot.content_type, name=snapshot.path)
    if found is not None and found not in _READ:
        raise unread(found)
    return found


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
