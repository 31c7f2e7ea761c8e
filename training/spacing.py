"""Texts that come as blank-separated tokens, set as prose again, with their offsets; and their headline variants."""

from __future__ import annotations

import re
from collections.abc import Callable

_GLUE_LEFT = re.compile(r" (?=[,.;:!?%)\]}”]|(?:n['’]t|['’](?:s|re|ve|ll|d|m|S))\b|''|['’] )")
_GLUE_RIGHT = re.compile(r"(?<=[(\[{“$£#]) |(?<=``) ")
_PLAIN = {"``": "“", "''": "”"}


def respace(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without the blanks before punctuation, and the map of an old offset to the new one."""
    gone = sorted({m.start() for pattern in (_GLUE_LEFT, _GLUE_RIGHT) for m in pattern.finditer(text)})
    place = [0] * (len(text) + 1)
    out = []
    length = 0
    dropped = set(gone)
    for i, c in enumerate(text):
        place[i] = length
        if i not in dropped:
            out.append(c)
            length += 1
    place[len(text)] = length
    joined = "".join(out)
    for old, new in _PLAIN.items():
        joined = joined.replace(old, new + "\u2060")  # keeps the length: a word joiner follows
    return joined, place.__getitem__


def capitals(text: str) -> str:
    """Every letter a capital where that keeps the length."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def title_case(text: str) -> str:
    """Every word begins with a capital, as in American headlines."""
    return re.sub(r"\b[a-z](?=\w{2,})", lambda m: m.group().upper(), text)
