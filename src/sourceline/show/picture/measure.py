"""How wide words are when drawn: estimates for the widest of the common sans-serif fonts, so that labels never meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sourceline.show.safe import visible_in_terminal

_ASCII = """
317 400 459 837 636 950 779 274 390 390 500 837 317 360 317 336 636 636 636 636 636 636 636 636 636 636 336 336 837 837
837 530 1000 684 686 698 770 631 575 774 751 294 294 655 557 862 748 787 603 787 694 634 610 731 684 988 685 610 685 390
336 390 837 500 500 612 634 549 634 615 352 634 633 277 277 579 277 974 633 611 634 634 411 520 392 633 591 817 591 591
524 636 336 636 837
"""
"""Of the signs from the space to the tilde, in thousandths of the font's size: those of DejaVu Sans, the widest."""
_MARKS = {"“": 0.52, "”": 0.52, "‘": 0.32, "’": 0.32, "·": 0.32, "–": 0.5, "—": 1.0, "…": 1.0, "×": 0.84}


class _Widths(dict[str, float]):
    """Of signs, by the font's size; those that are not listed are as wide as their kind."""

    def __missing__(self, sign: str) -> float:
        if unicodedata.combining(sign):
            return 0.0
        return 1.05 if unicodedata.east_asian_width(sign) in ("W", "F") else 0.75 if sign < "\u0250" else 0.9


_WIDTHS = _Widths({chr(32 + n): int(width) / 1000 for n, width in enumerate(_ASCII.split())} | _MARKS)
BOLD = 1.14
"""How much wider bold type is."""
SERIF = 0.97
"""How much narrower the serif types are that quoted words are set in."""
_LONGEST = 600
"""Characters of a text that are looked at."""


def plain_line(text: str) -> str:
    """`text` on one line, without what turns or hides text; of a very long one the beginning."""
    return " ".join(visible_in_terminal(text[:_LONGEST]).split())


def text_width(text: str, size: float) -> float:
    """In the unit of `size`, the font's."""
    return size * sum(map(_WIDTHS.__getitem__, text))


def fitted(text: str, size: float, room: float) -> str:
    """`text` on one line, cut to the room with "…" where it is too long."""
    line = plain_line(text)
    if text_width(line, size) <= room and len(text) <= _LONGEST:
        return line
    left, end = room - text_width("…", size), 0
    for sign in line:
        left -= size * _WIDTHS[sign]
        if left < 0:
            break
        end += 1
    return f"{line[:end].rstrip()}…"


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """`text` in at most so many lines; the last ends in "…" where there is more."""
    words = list(_pieces(plain_line(text), size, room))
    space = text_width(" ", size)
    made: list[str] = []
    at = 0
    while at < len(words) and len(made) < lines - 1:
        begin, wide = at, text_width(words[at], size)
        at += 1
        while at < len(words) and (wide := wide + space + text_width(words[at], size)) <= room:
            at += 1
        made.append(" ".join(words[begin:at]))
    if at < len(words):
        rest = " ".join(words[at:])
        made.append(fitted(rest if len(text) <= _LONGEST else f"{rest} …", size, room))
    return made


def _pieces(line: str, size: float, room: float) -> Iterator[str]:
    """The words, those cut that are wider than a line."""
    for word in line.split():
        start, left = 0, room
        for at, sign in enumerate(word):
            left -= size * _WIDTHS[sign]
            if left < 0 and at > start:
                yield word[start:at]
                start, left = at, room - size * _WIDTHS[sign]
        yield word[start:]
