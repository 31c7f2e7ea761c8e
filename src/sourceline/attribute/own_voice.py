"""The outlet's own voice: sentences, or clauses beside an attribution, that assert something attributed to nobody."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from sourceline.attribute.roles import Range
from sourceline.attribute.sentences import find_sentences
from sourceline.neural.tokens import Tokens

_LEAST_WORDS = 3
_LEAST_CLAUSE = 4
"""Words that a clause beside an attribution needs: "on Friday", "in addition to that" only set the scene."""
_LONGEST_GAP = 8
_EDGES = " \t\n\xa0,;:–—-"
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"<[^<>]*>")


def find_own_voice(
    text: str, tokens: Tokens, own: NDArray[np.float32], attributed: bytearray, threshold: float
) -> list[Range]:
    """Character ranges of own-voice assertions, at most one a sentence.

    own: (n,) probability of each token to be the outlet's own assertion; attributed: one byte a character, not 0
    where a cue, a source or a content lies.
    """
    found: list[Range] = []
    unattributed = np.frombuffer(attributed, np.uint8)[tokens.starts] == 0
    for start, end in find_sentences(text):
        sentence = text[start:end]
        if sentence.endswith("?"):
            continue
        if "<" in sentence:
            sentence = _MARKUP.sub("", sentence)
        if len(_WORD.findall(sentence)) < _LEAST_WORDS:
            continue
        if not start and _is_headline(text, end):
            continue
        first = int(np.searchsorted(tokens.starts, start))
        last = int(np.searchsorted(tokens.starts, end))
        free = unattributed[first:last]
        sure = own[first:last] * free
        likely = np.flatnonzero(sure > threshold / 2)
        if not len(likely) or float(sure.max()) < threshold:
            continue
        if free.all():
            found.append((start, end))
            continue
        a, b = _best_stretch(likely, sure)
        if float(sure[a:b].mean()) < threshold:
            continue
        low, high = int(tokens.starts[first + a]), int(tokens.ends[first + b - 1])
        while low < high and text[low] in _EDGES:
            low += 1
        while high > low and text[high - 1] in _EDGES:
            high -= 1
        if len(_WORD.findall(text[low:high])) >= _LEAST_CLAUSE:
            found.append((low, high))
    return found


def _is_headline(text: str, end: int) -> bool:
    """A first sentence alone on its line and mostly in capitalised words."""
    if end < len(text) and text[end] != "\n":
        return False
    words = _WORD.findall(text[:end])
    capitalised = [word for word in words if word[0].isupper()]
    return len(capitalised) >= 0.7 * len(words)


def _best_stretch(likely: NDArray[np.int64], sure: NDArray[np.float32]) -> Range:
    """The stretch of likely tokens, small gaps allowed, that carries the most probability."""
    cuts = np.flatnonzero(np.diff(likely) > _LONGEST_GAP)
    firsts = np.concatenate((likely[:1], likely[cuts + 1]))
    lasts = np.concatenate((likely[cuts], likely[-1:])) + 1
    stretches = [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True)]
    return max(stretches, key=lambda s: float(sure[s[0] : s[1]].sum()))
