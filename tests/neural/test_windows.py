from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.neural.tokens import NEW_PARAGRAPH, SPACED
from sourceline.neural.windows import cut_windows

LAYOUTS = st.lists(st.sampled_from([0, 1, 1, 1, 2, 3]), min_size=1, max_size=400).map(lambda x: np.array(x, np.int8))


@given(LAYOUTS, st.integers(8, 100), st.integers(0, 6))
def test_windows_cover_everything_in_order_and_are_never_too_long(layout: np.ndarray, limit: int, overlap: int) -> None:
    windows = cut_windows(layout, limit, overlap)
    assert windows[0][0] == 0
    assert windows[-1][1] == len(layout)
    for start, end in windows:
        assert 0 < end - start <= limit
    for (a, b), (c, d) in itertools.pairwise(windows):
        assert a < c <= b < d


def test_a_cut_falls_on_a_paragraph_where_one_is_near() -> None:
    layout = np.full(100, SPACED, np.int8)
    layout[45] = NEW_PARAGRAPH
    assert cut_windows(layout, 50, 0)[0] == (0, 45)


@pytest.mark.parametrize("overlap", [0, 8])
def test_a_text_of_one_window_is_not_cut(overlap: int) -> None:
    assert cut_windows(np.zeros(50, np.int8), 50, overlap) == [(0, 50)]
