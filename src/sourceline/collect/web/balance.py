"""XML whose tags do not match, made to match: an XML parser would lose all that follows one line break of HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*+)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
"""Never goes beyond the next <, so that all of them together are looked for in linear time."""
_PASSED_OVER = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_LONGEST_TAG = 1 << 16


def balance_tags(pieces: Iterable[str]) -> Iterator[str]:
    """The text with an end for every element that another's end leaves open, and without ends of what never began.

    Takes and gives pieces cut anywhere; a tag of more than 64 KiB may be taken for text.
    """
    balancing = _Balancing()
    for piece in pieces:
        yield balancing.take(piece)
    yield balancing.rest()


class _Balancing:
    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._held = ""
        """The end of a piece, which may be the beginning of a tag."""
        self._until: str | None = None
        """What ends the comment, the character data or the instruction that is passed over."""

    def take(self, piece: str) -> str:
        text = self._held + piece
        return "".join(self._balanced(text, whole=False))

    def rest(self) -> str:
        return "".join(self._balanced(self._held, whole=True))

    def _balanced(self, text: str, *, whole: bool) -> Iterator[str]:
        position, last, self._held = 0, text.rfind("<"), ""
        while position < len(text):
            if self._until is not None:
                end = text.find(self._until, position)
                if end < 0:
                    # The last characters may be the first ones of the end.
                    cut = len(text) if whole else max(position, len(text) - len(self._until) + 1)
                    self._held = text[cut:]
                    yield text[position:cut]
                    return
                yield text[position : end + len(self._until)]
                position, self._until = end + len(self._until), None
                continue
            start = text.find("<", position)
            if start < 0:
                yield text[position:]
                return
            yield text[position:start]
            for begins, self._until in _PASSED_OVER:
                if text.startswith(begins, start):
                    yield begins
                    position = start + len(begins)
                    break
            else:
                self._until = None
                tag = _TAG.match(text, start)
                if tag is None and start == last and not whole and len(text) - start < _LONGEST_TAG:
                    self._held = text[start:]
                    return
                yield "<" if tag is None else self._matched(tag)
                position = start + 1 if tag is None else tag.end()

    def _matched(self, tag: re.Match[str]) -> str:
        ending, name, rest = tag.groups()
        if not ending:
            if not rest.endswith("/"):
                self._open.append(name)
                self._counts[name] += 1
            return tag.group()
        if not self._counts[name]:
            return ""
        ends = []
        while True:
            inner = self._open.pop()
            self._counts[inner] -= 1
            ends.append(f"</{inner}>")
            if inner == name:
                return "".join(ends)
