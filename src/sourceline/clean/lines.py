"""Lines of a plain text: where each non-blank one stands, with hard-wrapped paragraphs put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NON_BLANK = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*\S[^\n\r\v\f\x85\u2028\u2029]*")
_WRAP_WIDTH = (40, 100)
"""Hard-wrapped text has columns in this range, in characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank stretch [start, end) of a text without the blank space around it."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> list[Line]:
    """Every non-blank line, trimmed, in order; the lines of a hard-wrapped paragraph are one."""
    lines = []
    for found in _NON_BLANK.finditer(text):
        words = found.group()
        stripped = words.strip()
        if not stripped:  # \S and str.strip() disagree on a few control characters
            stripped = words
        start = found.start() + words.index(stripped[0])
        lines.append(Line(start, start + len(stripped), stripped))
    return _join_wrapped(lines, text)


def _join_wrapped(lines: list[Line], text: str) -> list[Line]:
    joined: list[Line] = []
    block: list[Line] = []
    for line in lines:
        if block and text.count("\n", block[-1].end, line.start) != 1:
            joined.extend(_paragraphs(block, text))
            block = []
        block.append(line)
    joined.extend(_paragraphs(block, text))
    return joined


def _paragraphs(block: list[Line], text: str) -> list[Line]:
    """The block as one line if it looks wrapped by a machine at a fixed width, else as it is.

    Wrapped: every line but the last is nearly as wide as the widest, and most of those that follow one
    go on in the middle of a sentence.
    """
    if len(block) < 2:
        return block
    widths = [line.end - line.start for line in block]
    widest = max(widths)
    narrow, wide = _WRAP_WIDTH
    if not narrow <= widest <= wide or min(widths[:-1]) < 0.7 * widest:
        return block
    continued = sum(1 for line in block[1:] if line.text[0].islower())
    if 2 * continued < len(block) - 1:
        return block
    start, end = block[0].start, block[-1].end
    return [Line(start, end, text[start:end])]
