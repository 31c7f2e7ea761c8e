"""Trains the decision on same claims: `python -m training.claims [--check]`.

On pairs of mentions of our storylines: those found for one gold claim put the same claim, those found for two, or for
one and for none, do not. With --check each storyline is judged by a forest that did not see it, and nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from evals.storylines import OURS, Storyline, read_storyline
from sourceline.match.claims import decision
from sourceline.match.claims.features import NAMES, features_of
from sourceline.match.claims.forest import Floats, Forest, pack_forests
from sourceline.match.claims.sketch import sketch_of
from sourceline.model.claim import Stance
from sourceline.model.reading import Reading
from sourceline.model.text import Document
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings

OUT = Path(decision.__file__).parent / decision.FILE
OUTSIDERS = 0.4
"""The share of the pairs of a gold mention with one that is none that is learned from."""
_CLEAR = (Stance.ASSERTS, Stance.DENIES)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of mentions of one storyline; `opposite` is nan where the pair has no two sides."""

    name: str
    rows: Floats
    same: NDArray[np.bool_]
    weights: Floats
    opposite: Floats
    inner: NDArray[np.bool_]
    """Whether both are of the gold."""


def pairs_of(storyline: Storyline, seed: int = 1) -> Pairs:
    """All pairs of gold mentions, and a part of those with others."""
    draws = np.random.default_rng(seed)
    gold = {mention.id: wanted for wanted, mention in storyline.found.items()}
    sketches, doubtful = {}, set()
    for article in storyline.articles.values():
        marked = [(g.start, g.end) for g in storyline.wanted if g.document == article.name]
        for mention in article.mentions:
            sketches[mention.id] = sketch_of(mention, article)
            touched = any(s.start < end and start < s.end for s in mention.spans for start, end in marked)
            if touched and mention.id not in gold:
                doubtful.add(mention.id)
    listed = sorted(set(sketches) - doubtful)
    rows, same, weights, opposite, inner = [], [], [], [], []
    for at, first in enumerate(listed):
        for second in listed[at + 1 :]:
            one, other = gold.get(first), gold.get(second)
            both = one is not None and other is not None
            if not both and ((one is None and other is None) or draws.random() > OUTSIDERS):
                continue
            alike = both and one.claim == other.claim  # type: ignore[union-attr]
            clear = alike and one.stance in _CLEAR and other.stance in _CLEAR  # type: ignore[union-attr]
            rows.append(features_of(sketches[first], sketches[second]))
            same.append(alike)
            weights.append(1.0 if both else 0.8)
            opposite.append(float(one.stance != other.stance) if clear else np.nan)  # type: ignore[union-attr]
            inner.append(both)
    return Pairs(
        storyline.name,
        np.array(rows, np.float32),
        np.array(same),
        np.array(weights, np.float32),
        np.array(opposite, np.float32),
        np.array(inner),
    )


def train_same(parts: Iterable[Pairs]) -> Forest:
    parts = list(parts)
    return grow(
        np.concatenate([p.rows for p in parts]),
        np.concatenate([p.same for p in parts]),
        np.concatenate([p.weights for p in parts]),
        trees=120,
        leaves=12,
    )


def train_opposite(parts: Iterable[Pairs]) -> Forest:
    parts = list(parts)
    rows = np.concatenate([p.rows[~np.isnan(p.opposite)] for p in parts])
    opposite = np.concatenate([p.opposite[~np.isnan(p.opposite)] for p in parts])
    return grow(rows, opposite > 0.5, np.ones(len(rows), np.float32), trees=60, leaves=8)


def grow(rows: Floats, labels: NDArray[np.bool_], weights: Floats, trees: int, leaves: int) -> Forest:
    """Boosted trees, as plain arrays."""
    empty = np.isnan(rows).all(0)
    rows = np.where(empty, np.float32(0), rows)
    grown = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.08,
        max_leaf_nodes=leaves,
        min_samples_leaf=40,
        l2_regularization=5,
        random_state=0,
    ).fit(rows, labels, weights)
    return export(grown)


def export(grown: HistGradientBoostingClassifier) -> Forest:
    """The trees of scikit-learn in one list of nodes."""
    nodes, roots, start, depth = [], [], 0, 0
    for (predictor,) in grown._predictors:
        own = predictor.nodes.copy()
        roots.append(start)
        own["left"] += start
        own["right"] += start
        nodes.append(own)
        start += len(own)
        depth = max(depth, int(own["depth"].max()))
    joined = np.concatenate(nodes)
    leaf = joined["is_leaf"].astype(bool)
    return Forest(
        feature=np.where(leaf, -1, joined["feature_idx"]).astype(np.int32),
        threshold=joined["num_threshold"].astype(np.float32),
        left=np.where(leaf, 0, joined["left"]).astype(np.int32),
        right=np.where(leaf, 0, joined["right"]).astype(np.int32),
        missing=joined["missing_go_to_left"].astype(bool),
        value=np.where(leaf, joined["value"], 0).astype(np.float32),
        roots=np.array(roots, np.int32),
        bias=float(grown._baseline_prediction.ravel()[0]),
        depth=depth,
    )


def check(parts: Sequence[Pairs]) -> None:
    """Average precision of both decisions on each storyline, by forests that saw the others."""
    figures = []
    for at, part in enumerate(parts):
        others = [*parts[:at], *parts[at + 1 :]]
        same = train_same(others).probabilities(part.rows[part.inner])
        two_sided = ~np.isnan(part.opposite)
        against = train_opposite(others).probabilities(part.rows[two_sided]) >= 0.5
        figures.append(
            (
                average_precision_score(part.same[part.inner], same),
                float(np.mean(against == (part.opposite[two_sided] > 0.5))),
            )
        )
        print(f"{part.name:<16} same: AP {figures[-1][0]:.3f}   opposite: accuracy {figures[-1][1]:.3f}")
    print(
        f"{'mean':<16} same: AP {np.mean([f[0] for f in figures]):.3f}   "
        f"opposite: accuracy {np.mean([f[1] for f in figures]):.3f}"
    )


def read_ours(read: Callable[[Document], Reading]) -> list[Storyline]:
    return [read_storyline(path.parent, read) for path in sorted(OURS.glob("*/gold.json"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say how good it is on storylines not seen")
    a = parser.parse_args()
    parts = [pairs_of(storyline) for storyline in read_ours(Pipeline(Settings()).read)]
    if a.check:
        check(parts)
        return
    np.savez_compressed(OUT, **pack_forests({"same": train_same(parts), "opposite": train_opposite(parts)}))
    print(f"{len(NAMES)} features, {sum(len(p.rows) for p in parts)} pairs: {OUT.name}, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
