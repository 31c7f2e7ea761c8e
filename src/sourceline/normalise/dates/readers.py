"""What every reader of the grammar has: the words, and the way back to the whole grammar."""

from __future__ import annotations

from abc import ABC, abstractmethod

from sourceline.normalise.dates.named import Named
from sourceline.normalise.dates.words import Words

Read = tuple[int, Named]
"""The token after what was read, and what that names."""

DEEPEST = 4
"""Dates within dates: "the week of the day after the first Monday in May". What nests deeper is not read."""


class Readers(ABC):
    """Each reader takes a token's index, and gives what it read from there or None. None reads further than a
    bounded number of tokens, so that the whole takes time in proportion to the text."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.year_end = -1
        """The token after the last year that was found: "2016 and 2017" needs no more evidence."""
        self.listed: dict[int, Read] = {}
        """Days by their first token that only the month before them makes dates: the 10 of "Sept. 9 and 10"."""
        self.tells_of_antiquity = False
        """Whether a year of three figures was read for sure: from then on "in 348" is one too."""
        self._depth = 0

    def read_one(self, i: int) -> Read | None:
        """A single date that begins at this token."""
        if self._depth > DEEPEST:
            return None
        self._depth += 1
        try:
            return self._dispatch(i)
        finally:
            self._depth -= 1

    @abstractmethod
    def _dispatch(self, i: int) -> Read | None: ...
