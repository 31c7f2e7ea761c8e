"""Figures of likeness, on cases that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.likeness import area_under_curve, average_precision, b_cubed, cut, link_by_average


def test_average_precision_takes_equal_likeness_in_the_worst_order() -> None:
    likeness = np.array([0.9, 0.8, 0.8, 0.1], np.float32)
    assert average_precision(likeness, np.array([True, False, True, False])) == pytest.approx((1 + 2 / 3) / 2)


def test_area_under_the_curve() -> None:
    likeness = np.array([0.9, 0.5, 0.5, 0.1], np.float32)
    assert area_under_curve(likeness, np.array([True, True, False, False])) == pytest.approx(0.875)


def test_average_linkage_goes_by_the_mean_of_all_pairs() -> None:
    likeness = np.array([[1, 0.9, 0.6, 0.0], [0.9, 1, 0.2, 0.0], [0.6, 0.2, 1, 0.3], [0.0, 0.0, 0.3, 1]], np.float32)
    merges = link_by_average(likeness)
    assert [(m.first, m.second) for m in merges] == [(0, 1), (0, 2), (0, 3)]
    assert [m.likeness for m in merges] == pytest.approx([0.9, 0.4, 0.1])
    assert cut(merges, 4, 0.35) == [0, 0, 0, 3]
    assert cut(merges, 4, 0.95) == [0, 1, 2, 3]


def test_b_cubed_counts_single_members() -> None:
    assert b_cubed(["a", "a", "b"], [1, 1, 2]) == 1
    assert b_cubed(["a", "a", "b"], [1, 1, 1]) == pytest.approx(2 * (5 / 9) / (1 + 5 / 9))
