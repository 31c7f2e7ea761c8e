"""The outlet's own voice: sentences, or clauses beside an attribution, that assert something attributed to nobody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sourceline.attribute.roles import Range
from sourceline.attribute.sentences import find_sentences
from sourceline.neural.tokens import Tokens

_LEAST_WORDS = 3


def find_own_voice(
    text: str, tokens: Tokens, own: NDArray[np.float32], attributed: bytearray, threshold: float
) -> list[Range]:
    """Character ranges of own-voice assertions, at most one a sentence.

    own: (n,) probability of each token to be the outlet's own assertion; attributed: one byte a character, not 0
    where a cue, a source or a content lies.
    """
    found: list[Range] = []
    for start, end in find_sentences(text):
        first = int(np.searchsorted(tokens.starts, start))
        last = int(np.searchsorted(tokens.starts, end))
        free = np.array([not attributed[int(tokens.starts[i])] for i in range(first, last)], bool)
        if not free.any() or text[start:end].endswith("?"):
            continue
        sure = own[first:last] * free
        if float(sure.max()) < threshold or int((sure > threshold / 2).sum()) < _LEAST_WORDS:
            continue
        if free.all():
            found.append((start, end))
            continue
        likely = np.flatnonzero(sure > threshold / 2)
        stretch = _longest_stretch(likely)
        a, b = int(tokens.starts[first + stretch[0]]), int(tokens.ends[first + stretch[1] - 1])
        if len(text[a:b].split()) >= _LEAST_WORDS:
            found.append((a, b))
    return found


def _longest_stretch(places: NDArray[np.int64]) -> Range:
    """The longest run of places, gaps of up to two tokens allowed."""
    cuts = np.flatnonzero(np.diff(places) > 3)
    firsts = np.concatenate((places[:1], places[cuts + 1]))
    lasts = np.concatenate((places[cuts], places[-1:])) + 1
    best = int((lasts - firsts).argmax())
    return int(firsts[best]), int(lasts[best])
