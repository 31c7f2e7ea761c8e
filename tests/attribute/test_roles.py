from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.attribute.roles import (
    CONTENT,
    CONTENT_BEGIN,
    NONE,
    SOURCE,
    SOURCE_BEGIN,
    find_cue_ranges,
    find_role_tags,
    find_runs,
    group_runs,
    log_softmax,
)

ROWS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.floats(-3, 3), min_size=5, max_size=5), min_size=n, max_size=n)
)


def allowed(tags: tuple[int, ...]) -> bool:
    before = (NONE, *tags)
    return not any(
        (now == SOURCE and then not in (SOURCE_BEGIN, SOURCE))
        or (now == CONTENT and then not in (CONTENT_BEGIN, CONTENT))
        for then, now in itertools.pairwise(before)
    )


@given(ROWS)
@settings(max_examples=40)
def test_the_tags_are_the_best_of_all_allowed_ones(rows: list[list[float]]) -> None:
    logs = log_softmax(np.array(rows, np.float32))
    tags = find_role_tags(logs[None], 0.5)[0]

    def value(path: tuple[int, ...]) -> float:
        opened = sum(tag in (SOURCE_BEGIN, CONTENT_BEGIN) for tag in path)
        return float(sum(logs[i, tag] for i, tag in enumerate(path))) - 0.5 * opened

    best = max((p for p in itertools.product(range(5), repeat=len(rows)) if allowed(p)), key=value)
    assert allowed(tuple(int(t) for t in tags))
    assert value(tuple(int(t) for t in tags)) >= value(best) - 1e-3


def test_surely_empty_tokens_part_two_spans() -> None:
    scores = np.full((1, 5, 5), -9.0, np.float32)
    for place, tag in enumerate((CONTENT_BEGIN, CONTENT, NONE, CONTENT_BEGIN, CONTENT)):
        scores[0, place, tag] = 9.0
    tags = find_role_tags(log_softmax(scores), 1.0)[0]
    assert group_runs(np.flatnonzero(tags >= CONTENT_BEGIN)) == [(0, 2), (3, 5)]


def test_cues_begin_before_they_go_on() -> None:
    scores = np.array([[5, 0, 0], [0, 0, 5], [0, 0, 5], [5, 0, 0], [0, 5, 0], [0, 5, 0]], np.float32)
    assert find_cue_ranges(log_softmax(scores), 0.0) == [(1, 3), (4, 5), (5, 6)]


def test_runs_of_consecutive_numbers() -> None:
    assert group_runs(np.array([1, 2, 5, 7, 8])) == [(1, 3), (5, 6), (7, 9)]
    assert group_runs(np.array([], np.int64)) == []


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_runs_of_rows_are_those_of_each_row(rows: list[list[bool]]) -> None:
    marked = np.array(rows, bool)
    assert find_runs(marked) == [group_runs(np.flatnonzero(row)) for row in marked]


@given(ROWS)
def test_log_probabilities_are_those_of_the_softmax(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32)
    shares = np.exp(log_softmax(scores))
    np.testing.assert_allclose(shares.sum(-1), 1, rtol=1e-5)
    np.testing.assert_allclose(shares / shares[:, :1], np.exp(scores - scores[:, :1]), rtol=1e-4)
