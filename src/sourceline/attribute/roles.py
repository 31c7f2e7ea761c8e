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
    """Over the last axis, which is short: taken column by column, as numpy is slow to reduce a handful of numbers."""
    columns = range(1, scores.shape[-1])
    highest = scores[..., 0]
    for i in columns:
        highest = np.maximum(highest, scores[..., i])
    shifted = np.asarray(scores - highest[..., None], np.float32)
    raised = np.exp(shifted)
    total = raised[..., 0]
    for i in columns:
        total = total + raised[..., i]
    shifted -= np.log(total)[..., None]
    return shifted


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
    Between the runs of tokens that are in question all is decided, so each run is decoded by itself.
    """
    k, n, _ = log_probabilities.shape
    tags = np.zeros((k, n), np.int8)
    open_to_question = log_probabilities[:, :, NONE] < np.log1p(-_NEGLIGIBLE)
    for cue, runs in enumerate(find_runs(open_to_question)):
        for first, last in runs:
            tags[cue, first:last] = _roles_of_run(log_probabilities[cue, first:last].tolist(), fragment_cost)
    return tags


def _roles_of_run(rows: list[list[float]], cost: float) -> list[int]:
    """The best roles of consecutive tokens, none of which is in a span that began before the first."""
    before = [0.0, _IMPOSSIBLE, _IMPOSSIBLE, _IMPOSSIBLE, _IMPOSSIBLE]
    back: list[tuple[int, int, int]] = []
    for none, source_begin, source, content_begin, content in rows:
        highest = max(before)
        anywhere = before.index(highest)
        in_source = SOURCE_BEGIN if before[SOURCE_BEGIN] >= before[SOURCE] else SOURCE
        in_content = CONTENT_BEGIN if before[CONTENT_BEGIN] >= before[CONTENT] else CONTENT
        back.append((anywhere, in_source, in_content))
        before = [
            highest + none,
            highest - cost + source_begin,
            before[in_source] + source,
            highest - cost + content_begin,
            before[in_content] + content,
        ]
    role = before.index(max(before))
    roles = []
    for anywhere, in_source, in_content in reversed(back):
        roles.append(role)
        role = in_source if role == SOURCE else in_content if role == CONTENT else anywhere
    roles.reverse()
    return roles


def find_runs(marked: NDArray[np.bool_]) -> list[list[Range]]:
    """The half-open ranges of consecutive True in each row of a (k, n) array."""
    k, n = marked.shape
    edged = np.zeros((k, n + 2), np.bool_)
    edged[:, 1:-1] = marked
    rows, edges = np.nonzero(edged[:, 1:] != edged[:, :-1])
    runs: list[list[Range]] = [[] for _ in range(k)]
    places = edges.tolist()
    for row, first, last in zip(rows[::2].tolist(), places[::2], places[1::2], strict=True):
        runs[row].append((first, last))
    return runs


def group_runs(places: NDArray[np.int64]) -> list[Range]:
    """Rising numbers as half-open ranges of consecutive ones."""
    runs: list[Range] = []
    first = last = -1
    for place in places.tolist():
        if place != last:
            if last > first:
                runs.append((first, last))
            first = place
        last = place + 1
    if last > first:
        runs.append((first, last))
    return runs
