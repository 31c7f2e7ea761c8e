"""The published examples of the figures."""

from __future__ import annotations

import pytest

from evals.clusters import ClusterTally, best_alignment


def figures(gold: list[str], found: list[str]) -> dict[str, float]:
    tally = ClusterTally()
    tally.add([set(c) for c in gold], [set(c) for c in found])
    return tally.figures()


def test_perfect_and_nothing() -> None:
    assert figures(["abc", "de"], ["abc", "de"]) == {"conll": 100.0, "muc": 100.0, "b3": 100.0, "ceafe": 100.0}
    assert figures(["abc"], []) == {"conll": 0.0, "muc": 0.0, "b3": 0.0, "ceafe": 0.0}


def test_one_cluster_taken_for_two() -> None:
    # MUC: recall 3/4, precision 3/3; B-cubed: recall (4 + 9) / 5 / 5, precision 1; CEAF-e: 0.75 over 1 and over 2
    got = figures(["abcde"], ["ab", "cde"])
    assert got["muc"] == 85.7
    assert got["b3"] == pytest.approx(200 * 0.52 / 1.52, abs=0.05)
    assert got["ceafe"] == pytest.approx(200 * 0.75 * 0.375 / 1.125, abs=0.05)


def test_singletons_count_on_neither_side() -> None:
    assert figures(["ab", "c"], ["ab", "d"])["conll"] == 100.0


def test_the_best_alignment_is_not_the_greedy_one() -> None:
    gold = [frozenset("abcd"), frozenset("efg")]
    found = [frozenset("abe"), frozenset("cdfg")]
    assert best_alignment(gold, found) == pytest.approx(max(4 / 7 + 4 / 7, 4 / 8 + 2 / 6))
