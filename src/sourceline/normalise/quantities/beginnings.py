"""Where a number may begin: a figure, or a number word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sourceline.normalise.quantities.number_words import SCALES, SHARES, TENS, UNITS, VAGUE


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, those of one initial together: it is tried at every word of a text."""
    by_initial: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_initial.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{initial}(?:{'|'.join(rests)})" for initial, rests in sorted(by_initial.items()))


_ROUND = "|".join(["hundred", "dozen", "half", "few", "couple", *SCALES, *SHARES])
_WORDS = {*UNITS, *TENS, *SCALES, *VAGUE, *"hundred dozen half quarter tens several many minus negative".split()}
_PATTERN = (
    rf"\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\.(?<!\d\.)\d"
    rf"|(?<![^\W_])(?:(?:{_alternatives(_WORDS)})(?![^\W_])|a\s{{1,4}}(?:{_ROUND})(?![^\W_]))"
)
_IN_LOWER = re.compile(_PATTERN)
_IN_ANY_CASE = re.compile(_PATTERN, re.IGNORECASE)
"""As the one for texts in small letters, but four times as slow."""


class Beginnings:
    """The places of one text at which a number may begin."""

    def __init__(self, text: str) -> None:
        lower = text.lower()
        aligned = len(lower) == len(text)  # İ becomes two characters
        self._text, self._pattern = (lower, _IN_LOWER) if aligned else (text, _IN_ANY_CASE)

    def first_from(self, position: int) -> int | None:
        """The first at or after a character, None where there is none."""
        found = self._pattern.search(self._text, position)
        return None if found is None else found.start()
