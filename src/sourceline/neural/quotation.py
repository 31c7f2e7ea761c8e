"""Where quotation marks open and close, character by character, and robust to a stray one."""

from __future__ import annotations

import re

OUTSIDE, INSIDE, OPENING, CLOSING = 0, 1, 2, 3

_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE = '"“”„«»'
_SINGLE = "'‘’‚"
_MARK = re.compile(r"''|[\"“”„«»'‘’‚]")
_OPENS_AFTER = set(" \t\xa0([{—–-/:…") | set(_DOUBLE) | set("‘‚'")


def quote_states(text: str) -> bytearray:
    """One state for each character of `text`: OUTSIDE, INSIDE a quotation, its OPENING or its CLOSING mark.

    Marks are paired within a paragraph (a line). A quotation left open runs to the end of its paragraph only
    where the next paragraph opens again with the same mark; otherwise the mark is a stray one and is ignored.
    """
    states = bytearray(len(text))
    paragraphs = list(_PARAGRAPH.finditer(text))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].group().lstrip() if number + 1 < len(paragraphs) else ""
        _pair_marks(text, paragraph.start(), paragraph.end(), following, states)
    return states


def _pair_marks(text: str, start: int, end: int, following: str, states: bytearray) -> None:
    opened: tuple[int, int, str] | None = None
    for mark in _MARK.finditer(text, start, end):
        at, after, sign = mark.start(), mark.end(), mark.group()
        family = "single" if sign in _SINGLE else "double"
        if opened is None:
            if _can_open(text, start, end, at, after, sign):
                opened = (at, after, family)
        elif family == opened[2] and _can_close(text, start, end, at, after, sign):
            _fill(states, opened[0], opened[1], at, after)
            opened = None
        elif family == opened[2] and sign in "“‘«„" and _can_open(text, start, end, at, after, sign):
            opened = (at, after, family)
    if opened is not None and following[:1] and following[0] == text[opened[0]]:
        states[opened[0] : opened[1]] = bytes([OPENING]) * (opened[1] - opened[0])
        states[opened[1] : end] = bytes([INSIDE]) * (end - opened[1])


def _fill(states: bytearray, at: int, after: int, closing: int, closed: int) -> None:
    states[at:after] = bytes([OPENING]) * (after - at)
    states[after:closing] = bytes([INSIDE]) * (closing - after)
    states[closing:closed] = bytes([CLOSING]) * (closed - closing)


def _can_open(text: str, start: int, end: int, at: int, after: int, sign: str) -> bool:
    if after >= end or text[after].isspace():
        return False
    free = at == start or text[at - 1] in _OPENS_AFTER or text[at - 1].isspace()
    if sign in "“„«":
        return True
    if sign in "”»":
        return free
    if sign in "‘‚":
        return free
    if sign == "’":
        return False
    return free


def _can_close(text: str, start: int, end: int, at: int, after: int, sign: str) -> bool:
    if sign in "“„«‘‚":
        return False
    if sign in "”»":
        return True
    spaced = at > start and text[at - 1].isspace()
    glued = after < end and text[after].isalnum()
    if sign in "'’":
        return not glued and not spaced
    return not glued or not (at > start and text[at - 1].isspace())
