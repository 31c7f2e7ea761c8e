"""The words of a stretch of text."""

from __future__ import annotations

import re
from typing import NamedTuple

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


class Word(NamedTuple):
    """A word, a punctuation mark, or a run of masked characters, whose text is MASK. A tuple, as a long text has very
    many and those are made faster."""

    text: str
    start: int
    end: int
    lower: str

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "@#&"


def split_words(text: str, offset: int = 0) -> list[Word]:
    """The words of `text`, their places counted from `offset`."""
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if word[0] == MASK:
            word = MASK
        words.append(Word(word, start + offset, end + offset, word.lower()))
    return words
