"""Constrained decoding: from scores over tokens to cue ranges, and for each cue its source and content ranges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]

NONE, SOURCE_BEGIN, SOURCE, CONTENT_BEGIN, CONTENT = range(5)

_IMPOSSIBLE = -1e9
_NEGLIGIBLE = 0.005
"""Tokens whose every role is less likely than this are decided at once; the rest go through Viterbi."""


def log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)


def find_cue_ranges(log_probabilities: Floats, prior: float) -> list[Range]:
    """Cue ranges of a window by Viterbi over O, B, I: (n, 3) log probabilities, `prior` added to B and I."""
    likely = np.flatnonzero(log_probabilities[:, 0] < np.log1p(-_NEGLIGIBLE))
    found: list[Range] = []
    for first, last in group_runs(likely):
        found.extend(_cues_of_run(log_probabilities[first:last].tolist(), first, prior))
    return found


def _cues_of_run(rows: list[list[float]], offset: int, prior: float) -> list[Range]:
    best = [0.0, _IMPOSSIBLE, _IMPOSSIBLE]
    back: list[tuple[int, int]] = []
    for outside, begin, inside in rows:
        anywhere = max(range(3), key=best.__getitem__)
        within = 1 if best[1] >= best[2] else 2
        back.append((anywhere, within))
        best = [best[anywhere] + outside, best[anywhere] + begin + prior, best[within] + inside + prior]
    tag = max(range(3), key=best.__getitem__)
    tags = []
    for anywhere, within in reversed(back):
        tags.append(tag)
        tag = within if tag == 2 else anywhere
    tags.reverse()
    ranges: list[Range] = []
    for i, tag in enumerate(tags):
        if tag == 1:
            ranges.append((offset + i, offset + i + 1))
        elif tag == 2:
            ranges[-1] = (ranges[-1][0], offset + i + 1)
    return ranges


def find_role_tags(log_probabilities: Floats, fragment_cost: float) -> NDArray[np.int8]:
    """The best role of each token for each cue: (k, n, 5) log probabilities to (k, n) tags.

    Viterbi with B before I, and a cost for each span that is opened, so that a content falls into few fragments.
    """
    k, n, _ = log_probabilities.shape
    tags = np.zeros((k, n), np.int8)
    packed = [_pack(np.flatnonzero(row < np.log1p(-_NEGLIGIBLE))) for row in log_probabilities[:, :, NONE]]
    length = max((len(p) for p in packed), default=0)
    if not length:
        return tags
    rows = np.zeros((k, length, 5), np.float32)
    rows[:, :, 1:] = _IMPOSSIBLE
    for i, places in enumerate(packed):
        real = places >= 0
        rows[i, : len(places)][real] = log_probabilities[i, places[real]]
    best_tags = _viterbi(rows, fragment_cost)
    for i, places in enumerate(packed):
        real = places >= 0
        tags[i, places[real]] = best_tags[i, : len(places)][real]
    return tags


def _pack(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places with a -1 wherever one or more numbers are missing between neighbours."""
    gaps = np.flatnonzero(np.diff(places) > 1) + 1
    return np.insert(places, gaps, -1)


def _viterbi(rows: Floats, fragment_cost: float) -> NDArray[np.int8]:
    k, length, _ = rows.shape
    moves = np.zeros((5, 5), np.float32)
    moves[[NONE, CONTENT_BEGIN, CONTENT], SOURCE] = _IMPOSSIBLE
    moves[[NONE, SOURCE_BEGIN, SOURCE], CONTENT] = _IMPOSSIBLE
    moves[:, [SOURCE_BEGIN, CONTENT_BEGIN]] -= fragment_cost
    best = rows[:, 0].copy()
    best[:, [SOURCE, CONTENT]] = _IMPOSSIBLE
    best[:, [SOURCE_BEGIN, CONTENT_BEGIN]] -= fragment_cost
    back = np.zeros((length, k, 5), np.int8)
    for i in range(1, length):
        reached = best[:, :, None] + moves
        back[i] = reached.argmax(1)
        best = reached.max(1) + rows[:, i]
    tags = np.zeros((k, length), np.int8)
    tags[:, -1] = best.argmax(1)
    at = np.arange(k)
    for i in range(length - 1, 0, -1):
        tags[:, i - 1] = back[i, at, tags[:, i]]
    return tags


def group_runs(places: NDArray[np.int64]) -> list[Range]:
    """Rising numbers as half-open ranges of consecutive ones."""
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > 1)
    firsts = np.concatenate((places[:1], places[cuts + 1]))
    lasts = np.concatenate((places[cuts], places[-1:]))
    return [(int(a), int(b) + 1) for a, b in zip(firsts, lasts, strict=True)]
