"""What stands before the first element of XML or HTML, passed over in linear time, and that element's name."""

from __future__ import annotations

import re

from sourceline.collect.web.encoding import marked_encoding

_HEAD = 8192
_DOCTYPE = "<!DOCTYPE"
_IN_DOCTYPE = re.compile(r"<!--|<\?|[\"'\[\]>]")
"""What may begin or end something in a document type."""
_ENDS = {"<!--": "-->", "<?": "?>", '"': '"', "'": "'"}
_NO_SPACE = re.compile(r"\S|\Z")
_LONGEST_ROOT = 100
"""Characters that its beginning may have."""
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,40}(?::[\w.-]{1,40})?)(?=[\s/>])")


def root_name(raw: bytes) -> str | None:
    """The local name of the first element in lower case, or None where the bytes do not begin as XML or HTML does.

    What may stand before it, a document type above all, may be of any length.
    """
    for some in (raw[:_HEAD], raw):  # nearly always the head tells
        text = some.decode(marked_encoding(raw) or "latin-1", "replace").lstrip("\ufeff").removeprefix("\xef\xbb\xbf")
        position = _before_root(text)
        if position is not None and (root := _ROOT.match(text, position)) is not None:
            return root.group(1).rpartition(":")[2].lower()
        if position is not None and position + _LONGEST_ROOT < len(text):
            return None
    return None


def _before_root(text: str) -> int | None:
    """Where comments, instructions and document types before a first element end; None where one has no end."""
    position: int | None = 0
    while position is not None:
        found = _NO_SPACE.search(text, position)
        position = found.start() if found is not None else len(text)
        if text.startswith("<!--", position):
            position = _behind("-->", text, position + 4)
        elif text.startswith("<?", position):
            position = _behind("?>", text, position + 2)
        elif text[position : position + len(_DOCTYPE)].upper() == _DOCTYPE:
            position = _behind_doctype(text, position + len(_DOCTYPE))
        else:
            return position
    return None


def _behind(end: str, text: str, position: int) -> int | None:
    found = text.find(end, position)
    return None if found < 0 else found + len(end)


def _behind_doctype(text: str, position: int) -> int | None:
    """Behind the `>` that is in no comment, no instruction, no quotation marks and not between brackets."""
    place: int | None = position
    declaring = False
    while place is not None and (mark := _IN_DOCTYPE.search(text, place)) is not None:
        place = mark.end()
        if mark.group() in _ENDS:
            place = _behind(_ENDS[mark.group()], text, place)
        elif mark.group() == ">":
            if not declaring:
                return place
        else:
            declaring = mark.group() == "["
    return None
