"""A text from one place on as numerals, words and signs, read only as far as somebody asks."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

_GROUPED = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,])(?:\.\d+)?"
_NUMERAL = r"\d+(?:[.,٫٬．，]\d+)*(?:[eE][+-]?\d+(?!\w))?|\.\d+"
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LEXEME = re.compile(
    # More than four blanks, or an empty line, end an expression: the cells of a table are no sentence.
    rf"(\s{{0,4}})(?:({_GROUPED}|{_NUMERAL})|([^\W\d_{_VULGAR}]+(?:['’][^\W\d_]+)*)|([^\s\w]|[{_VULGAR}_]))"
)
_MANY = 48


def word_set(words: str) -> frozenset[str]:
    """The words of a table that is written as running text."""
    return frozenset(words.split())


class Kind(Enum):
    NUMERAL = auto()
    WORD = auto()
    SIGN = auto()
    END = auto()


_KINDS = {2: Kind.NUMERAL, 3: Kind.WORD, 4: Kind.SIGN}
"""By the group of a lexeme's pattern."""


class Lexeme(NamedTuple):
    kind: Kind
    text: str
    lower: str
    start: int
    end: int
    gap: str
    """The blanks in front of it."""

    @property
    def glued(self) -> bool:
        return not self.gap


class Lexemes:
    """Lexemes by their index; from the end of the text, or of what can be said in one breath, on they are END."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self._position = position
        self._read: list[Lexeme] = []
        self._end: Lexeme | None = None

    def __getitem__(self, index: int) -> Lexeme:
        try:
            return self._read[index]
        except IndexError:
            return self._read_on(index)

    def _read_on(self, index: int) -> Lexeme:
        read = self._read
        while self._end is None and len(read) <= index:
            self._advance()
        return read[index] if index < len(read) else self._end or read[-1]

    def _advance(self) -> None:
        found = _LEXEME.match(self.text, self._position)
        if found is None or len(self._read) >= _MANY or (len(found[1]) > 1 and found[1].count("\n") > 1):
            self._end = Lexeme(Kind.END, "", "", self._position, self._position, " ")
            return
        group = found.lastindex or 0
        text = found[group]
        start, end = found.span(group)
        self._read.append(Lexeme(_KINDS[group], text, text.lower(), start, end, found[1]))
        self._position = end
