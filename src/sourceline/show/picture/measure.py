"""How wide words are when drawn: estimates for the widest of the common sans-serif fonts, so that labels never meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sourceline.show.safe import visible_in_terminal

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}-/ ·‘’")
_BROAD = frozenset("mwMW@%—…")
SERIF = 0.85
"""How much narrower the serif types are that quoted words are set in."""
_LONGEST = 600
"""Characters of a text that are looked at."""


def plain_line(text: str) -> str:
    """`text` on one line, without what turns or hides text; of a very long one the beginning."""
    return " ".join(visible_in_terminal(text[:_LONGEST]).split())


def text_width(text: str, size: float) -> float:
    """In the unit of `size`, the font's."""
    return size * sum(map(_width, text))


def fitted(text: str, size: float, room: float) -> str:
    """`text` on one line, cut to the room with "…" where it is too long."""
    line = plain_line(text)
    if text_width(line, size) <= room and len(text) <= _LONGEST:
        return line
    left, end = room - text_width("…", size), 0
    for sign in line:
        left -= size * _width(sign)
        if left < 0:
            break
        end += 1
    return f"{line[:end].rstrip()}…"


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """`text` in at most so many lines; the last ends in "…" where there is more."""
    words = list(_pieces(plain_line(text), size, room))
    made: list[str] = []
    while words and len(made) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        made.append(line)
    if words:
        rest = " ".join(words)
        made.append(fitted(rest if len(text) <= _LONGEST else f"{rest} …", size, room))
    return made


def _pieces(line: str, size: float, room: float) -> Iterator[str]:
    """The words, those cut that are wider than a line."""
    for word in line.split():
        start, left = 0, room
        for at, sign in enumerate(word):
            left -= size * _width(sign)
            if left < 0 and at > start:
                yield word[start:at]
                start, left = at, room - size * _width(sign)
        yield word[start:]


def _width(sign: str) -> float:
    if sign.isascii():
        return 0.37 if sign in _NARROW else 0.98 if sign in _BROAD else 0.72 if sign.isupper() else 0.62
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in ("W", "F"):
        return 1.05
    return 0.4 if sign in _NARROW else 1.0 if sign in _BROAD else 0.75
