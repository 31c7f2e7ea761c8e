"""The words of a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

MASK = "\x00"
"""Stands for each character that is not to be read."""


def word_set(words: str) -> frozenset[str]:
    """The words of a table, written with blanks between them."""
    return frozenset(words.split())


_WORD = re.compile(rf"{MASK}+|\b[OD]['’](?=[A-Z])\w+|[\w&@#]+(?:[-./]\w+)*|''|--|[^\w\s]")

DETERMINERS = word_set("the a an this that these those his her its their our my your another")
QUOTATION_MARKS = frozenset(['"', "“", "”", "''", "‘", "„", "«", "»", "``"])
APOSTROPHES = frozenset("'’")
DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a punctuation mark, or a run of masked characters, whose text is MASK."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "@#&"


def split_words(text: str, offset: int = 0) -> list[Word]:
    """The words of `text`, their places counted from `offset`."""
    return [
        Word(MASK if match[0][0] == MASK else match[0], match.start() + offset, match.end() + offset)
        for match in _WORD.finditer(text)
    ]
