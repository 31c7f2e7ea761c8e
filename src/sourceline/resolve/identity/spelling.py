"""Names that may be two spellings of one: one letter apart, or the same consonants as transliterations keep them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

LONG_WORD = 6
"""Letters from which on one that differs is more likely a slip than another word."""
_ALIKE = 0.7
"""Share of letters that two transliterations have in common at least."""
_DIGRAPHS = re.compile(r"tsch|tch|sch|ch|ck|ph|sh|kh|gh|dj|dzh|zh|tz")
_SOUNDS = {
    "tsch": "c", "tch": "c", "sch": "s", "ch": "c", "ck": "k", "ph": "f", "sh": "s", "kh": "h", "gh": "g", "dj": "j",
    "dzh": "j", "zh": "z", "tz": "ts",
}  # fmt: skip
_LETTERS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", **dict.fromkeys("aeiouy", "")})
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """The consonants of a word, those that transliterations interchange as one; a word of vowels as it is."""
    sounds = _DIGRAPHS.sub(lambda match: _SOUNDS[match[0]], word)
    return _DOUBLED.sub(r"\1", sounds.translate(_LETTERS)) or word


def are_transliterations(a: str, b: str) -> bool:
    """Whether two names, word by word, have the same consonants and most letters in common."""
    if Indel.normalized_similarity(a, b, score_cutoff=_ALIKE) < _ALIKE:
        return False
    return list(map(skeleton, a.split())) == list(map(skeleton, b.split()))


def are_one_letter_apart(a: str, b: str) -> bool:
    """Whether the names differ by one letter, or two that changed places, in a long word without digits."""
    if abs(len(a) - len(b)) > 1 or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    mine, other = a.split(), b.split()
    if len(mine) != len(other):
        return False
    apart = [pair for pair in zip(mine, other, strict=True) if pair[0] != pair[1]]
    return all(
        max(len(x), len(y)) >= LONG_WORD
        and not any(c.isdigit() for c in x + y)
        and y not in (f"{x}s", x.removesuffix("s"))
        for x, y in apart
    )
