"""Which of very many articles share prints with one: sorted runs in memory, twelve bytes for a print.

Runs are merged as they grow, so that adding costs little and looking up touches few of them. What is found depends on
the set of articles alone, not on the order in which they came. A print of more articles than a cap is boilerplate: it
shows nothing, and what it would have shown is not given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.match.prints import Hashes

Numbers = NDArray[np.int32]

_RUN = 1 << 18
"""Prints that wait before they are sorted into a run."""
_FAN = 6
"""Runs of about one size that are merged into one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many prints pairs of articles share: three arrays of one length, ordered by `query`, then `article`."""

    query: Numbers
    """The place of the article that was asked for."""
    article: Numbers
    """The number of an article of the index."""
    prints: Numbers


@dataclass(frozen=True, slots=True)
class _Run:
    hashes: Hashes
    articles: Numbers


class PrintIndex:
    """Prints of articles, each article given by a number of the caller's that is below 2^31."""

    def __init__(self, *, boilerplate: int = 500) -> None:
        self._most = boilerplate
        self._runs: list[_Run] = []
        self._waiting: list[tuple[Hashes, Numbers]] = []
        self._count = 0

    def add(self, articles: Sequence[int], prints: Sequence[Hashes]) -> None:
        """Takes articles in, each once."""
        for article, hashes in zip(articles, prints, strict=True):
            own = np.unique(hashes)
            self._waiting.append((own, np.full(len(own), article, dtype=np.int32)))
            self._count += len(own)
        if self._count >= _RUN:
            self._sort_in()

    def find(self, prints: Sequence[Hashes], *, least: int = 1) -> Shared:
        """The articles that share at least so many prints with each of these."""
        self._sort_in()
        queries = [np.unique(hashes) for hashes in prints]
        asked = np.concatenate(queries or [np.zeros(0, dtype=np.uint64)])
        asker = np.repeat(np.arange(len(queries), dtype=np.int64), [len(q) for q in queries])
        order = np.argsort(asked, kind="stable")
        asked, asker = asked[order], asker[order]
        places = [
            (np.searchsorted(run.hashes, asked, "left"), np.searchsorted(run.hashes, asked, "right"))
            for run in self._runs
        ]
        total = sum((high - low for low, high in places), np.zeros(len(asked), dtype=np.int64))
        telling = (total > 0) & (total <= self._most)
        found = [_pairs(run, low, high, telling, asker) for run, (low, high) in zip(self._runs, places, strict=True)]
        pairs = np.concatenate(found or [np.zeros(0, dtype=np.int64)])
        codes, counts = np.unique(pairs, return_counts=True)
        enough = counts >= least
        codes, counts = codes[enough], counts[enough]
        return Shared(
            query=(codes >> 32).astype(np.int32),
            article=(codes & 0xFFFFFFFF).astype(np.int32),
            prints=counts.astype(np.int32),
        )

    def _sort_in(self) -> None:
        if not self._waiting:
            return
        hashes = np.concatenate([hashes for hashes, _ in self._waiting])
        articles = np.concatenate([articles for _, articles in self._waiting])
        self._waiting, self._count = [], 0
        self._runs.append(_sorted(hashes, articles))
        while len(self._runs) >= _FAN and len(self._runs[-_FAN].hashes) <= 2 * len(self._runs[-1].hashes) * _FAN:
            merged, self._runs[-_FAN:] = self._runs[-_FAN:], []
            hashes = np.concatenate([run.hashes for run in merged])
            articles = np.concatenate([run.articles for run in merged])
            del merged
            self._runs.append(_sorted(hashes, articles))


def _sorted(hashes: Hashes, articles: Numbers) -> _Run:
    order = np.argsort(hashes, kind="stable")
    return _Run(hashes[order], articles[order])


def _pairs(
    run: _Run, low: NDArray[np.intp], high: NDArray[np.intp], telling: NDArray[np.bool_], asker: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Who asked and what was found, in one number each."""
    low, counts = low[telling], (high - low)[telling]
    total = int(counts.sum())
    before = np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(low, counts) + (np.arange(total) - before)
    found: NDArray[np.int64] = np.repeat(asker[telling], counts) << 32 | run.articles[places].astype(np.int64)
    return found
