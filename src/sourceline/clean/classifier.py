"""The line classifier: what kind of line each line of a text is, by its own words first and by its place second.

Two logistic regressions over named features, a third for stretches of prose far from the article, all trained by
`training/regions.py`. The order of decisions makes sure that lines put around a body do not change it:

1. A line is looked at alone. If it reads as prose of an article it is *settled*.
2. Settled stretches that stand apart from the article (teasers, comments, notices) are given up again. Only what lies
   between them and the article counts.
3. Every other line gets its kind from itself and its place. Only between two settled lines may it become body, and
   then nothing beyond those two lines counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sourceline.clean.features import line_features
from sourceline.clean.placement import Placed, island_features, islands, place_features
from sourceline.model.text import RegionKind

OWN_KINDS = ("body", "headline", "byline", "caption", "credit", "boilerplate")
"""What a line can be by its own words: a title and the title of another article look alike."""
PLACED_KINDS = ("body", "title", "byline", "caption", "credit", "boilerplate")
_BODY, _TITLE, _FURNITURE = 0, 1, 2
_BATCH = 512
"""Lines scored at a time."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """One multinomial logistic regression: `rows[name]` is the row of `matrix` (features, kinds); `bias` (kinds,)."""

    rows: dict[str, int]
    matrix: Floats
    bias: Floats

    @classmethod
    def load(cls, stored: dict[str, Any]) -> Weights:
        names: dict[str, list[float]] = stored["features"]
        matrix = np.array(list(names.values()), dtype=np.float32).reshape(len(names), -1)
        return cls(
            rows={name: row for row, name in enumerate(names)},
            matrix=matrix / stored["scale"],
            bias=np.array(stored["bias"], dtype=np.float32),
        )

    def probabilities(self, feature_lists: Iterable[Sequence[str]]) -> Floats:
        """(lists, kinds): the softmax for each list of feature names; unknown names count nothing.

        The lists are taken up a batch at a time, so that a generator of them needs little memory.
        """
        waiting = iter(feature_lists)
        blocks = [np.empty((0, len(self.bias)), dtype=np.float32)]
        while batch := list(islice(waiting, _BATCH)):
            blocks.append(self._block(batch))
        return np.concatenate(blocks)

    def _block(self, feature_lists: list[Sequence[str]]) -> Floats:
        rows = self.rows
        known: list[int] = []
        ends = [0]
        for names in feature_lists:
            known += [row for row in map(rows.get, names) if row is not None]
            ends.append(len(known))
        sums = np.vstack([np.zeros_like(self.bias), self.matrix[known]]).cumsum(axis=0, dtype=np.float64)
        scores = self.bias + np.diff(sums[ends], axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores)
        return np.asarray(exponents / exponents.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class LineClassifier:
    own: Weights
    titles: Weights
    placed: Weights
    island: Weights
    settled_at: float
    """Probability of body from which on a line is settled by its own words."""
    apart_at: float
    """Probability from which on a settled stretch is given up."""
    titled_at: float
    """Probability from which on the likeliest line is taken for the title."""

    def classify(self, texts: Sequence[str], *, title: str | None = None) -> list[RegionKind]:
        """The kind of each line, in order. Linear in the number of lines."""
        if not texts:
            return []
        own = self.own_probabilities(texts)
        settled = self.settle(texts, own)
        if not settled.any() and len(texts) == 1 and own[0].argmax() < _FURNITURE:
            return [RegionKind.BODY]  # a lone line that could be a headline is what somebody wants read
        kinds = [RegionKind.BODY] * len(texts)
        if settled.all():
            return kinds
        placed = Placed.of(texts, own, settled, title)
        placed = replace(placed, title_line=self.title_line(placed))
        open_lines = [line for line in range(len(texts)) if not settled[line]]
        chosen = self.placed.probabilities(place_features(placed, line) for line in open_lines)
        for line, row in zip(open_lines, chosen, strict=True):
            if placed.zones[line] != "inside":
                row[_BODY] = 0.0
            if line == placed.title_line and placed.is_title(line):
                row[_TITLE] = 1.0  # the page says so
            kinds[line] = RegionKind(PLACED_KINDS[int(row.argmax())])
        return kinds

    def title_line(self, placed: Placed) -> int:
        """The line in front of the article that is its title, -1 where none is likely to be."""
        lines = [line for line, zone in enumerate(placed.zones) if zone == "before" and placed.letters[line] != "S"]
        if not lines:
            return -1
        stated = [line for line in lines if placed.is_title(line)]
        if stated:
            return stated[-1]
        chances = self.titles.probabilities(place_features(placed, line) for line in lines)[:, 1]
        best = int(chances.argmax())
        return lines[best] if chances[best] >= self.titled_at else -1

    def own_probabilities(self, texts: Sequence[str]) -> Floats:
        """(lines, OWN_KINDS), each line looked at alone."""
        distinct = list(Counter(texts))
        found = self.own.probabilities(line_features(text) for text in distinct)
        where = {text: row for row, text in enumerate(distinct)}
        return np.asarray(found[[where[text] for text in texts]], dtype=np.float32)

    def settle(self, texts: Sequence[str], own: Floats) -> NDArray[np.bool_]:
        """Which lines are body: those that read so by themselves, without the stretches that stand apart."""
        settled: NDArray[np.bool_] = own[:, _BODY] >= self.settled_at
        apart = islands(texts, own, settled)
        if apart:
            chances = self.island.probabilities(island_features(island) for island in apart)
            for island, row in zip(apart, chances, strict=True):
                if row[1] >= self.apart_at:
                    settled[island.first : island.last + 1] = False
        return settled


@lru_cache(maxsize=1)
def line_classifier() -> LineClassifier:
    """The trained classifier that ships with the package."""
    stored = json.loads((files("sourceline.clean") / "regions.json").read_text("utf-8"))
    return LineClassifier(
        own=Weights.load(stored["own"]),
        titles=Weights.load(stored["titles"]),
        placed=Weights.load(stored["placed"]),
        island=Weights.load(stored["island"]),
        settled_at=stored["settled_at"],
        apart_at=stored["apart_at"],
        titled_at=stored["titled_at"],
    )
