"""Figures of a likeness between members: how well it ranks pairs, and what clusters it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def average_precision(likeness: Floats, alike: NDArray[np.bool_]) -> float:
    """Of pairs in falling likeness; of equal ones as if in the worst order."""
    order = np.lexsort((alike, -likeness))
    hits = alike[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def area_under_curve(likeness: Floats, alike: NDArray[np.bool_]) -> float:
    ranks = rank(likeness)
    positive = int(alike.sum())
    return float((ranks[alike].sum() - positive * (positive - 1) / 2) / (positive * (len(alike) - positive)))


def rank(values: Floats) -> NDArray[np.float64]:
    """From 0; equal values share the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts + 1) / 2)[inverse])


@dataclass(frozen=True, slots=True)
class Merge:
    first: int
    second: int
    likeness: float


def link_by_average(likeness: Floats) -> list[Merge]:
    """All merges of average linkage, the likest first; a cluster goes by its lowest member."""
    close = likeness.astype(np.float64).copy()
    np.fill_diagonal(close, -np.inf)
    sizes = np.ones(len(close))
    merges = []
    for _ in range(len(close) - 1):
        a, b = sorted(divmod(int(close.argmax()), len(close)))
        merges.append(Merge(a, b, float(close[a, b])))
        row = (sizes[a] * close[a] + sizes[b] * close[b]) / (sizes[a] + sizes[b])
        close[a], close[:, a] = row, row
        close[a, a] = -np.inf
        close[b], close[:, b] = -np.inf, -np.inf
        sizes[a] += sizes[b]
    return merges


def cut(merges: Sequence[Merge], count: int, threshold: float) -> list[int]:
    """The cluster of each of `count` members."""
    of = list(range(count))
    for merge in merges:
        if merge.likeness < threshold:
            break
        of = [merge.first if c == merge.second else c for c in of]
    return of


def b_cubed(gold: Sequence[object], found: Sequence[object]) -> float:
    """F1 over all members, single ones too."""
    both, theirs, ours = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision, recall = (
        sum(both[g, f] / sizes[g if sizes is theirs else f] for g, f in zip(gold, found, strict=True)) / len(gold)
        for sizes in (ours, theirs)
    )
    return 2 * precision * recall / (precision + recall)
