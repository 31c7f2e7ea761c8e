"""Trains the decision on same claims: `python -m training.claims [--check]`.

On pairs of mentions of our storylines: those found for one gold claim put the same claim, those found for two, or for
one and for none, do not. Three forests: on a pair alone; on a link among the links around it, as forests that did not
see the storyline give them; and on the sides of pairs that put the same claim. With --check each storyline is judged by
forests that did not see it, and nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from evals.storylines import OURS, CloseReader, Storyline, b_cubed, read_storyline
from sourceline.match.claims import decision
from sourceline.match.claims.decision import KEPT
from sourceline.match.claims.features import NAMES, features_of
from sourceline.match.claims.forest import Floats, Forest, pack_forests
from sourceline.match.claims.linkage import link_groups
from sourceline.match.claims.sketch import sketches_of
from sourceline.match.claims.surroundings import surroundings_of
from sourceline.model.claim import Stance
from sourceline.neural.meaning import load_head
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings

OUT = Path(decision.__file__).parent / decision.FILE
FOLDS = 4
DEPTH = 6
OUTSIDERS = 0.35
"""The share of the pairs of a gold mention with one that is none that is learned from."""
STRANGERS = 0.06
"""The share of the pairs of mentions that are no gold: a few of them put the same claim, and nobody has said which."""
THRESHOLDS = (0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5)
TWO_SIDED = frozenset(
    "sides negations negated denies speaker profile alike contained article owned figure meaning meaning_own".split()
)
"""What may tell whether two are on opposite sides."""
_CLEAR = (Stance.ASSERTS, Stance.DENIES)

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of mentions of one storyline."""

    name: str
    articles: list[str]
    """Of each mention."""
    claims: list[str | None]
    """Of each mention: its gold claim."""
    places: list[tuple[int, int]]
    rows: Floats
    same: Flags
    gold: NDArray[np.int8]
    """How many of the two are gold mentions; -1 where one overlaps a gold mention that another one was found for."""
    learned: Flags
    opposite: Floats
    """Whether the two are on opposite sides; nan where there are no two sides."""


def pairs_of(storyline: Storyline, seed: int = 1) -> Pairs:
    draws = np.random.default_rng(seed)
    found = {mention.id: wanted for wanted, mention in storyline.found.items()}
    listed = [(mention, article) for _, article in sorted(storyline.articles.items()) for mention in article.mentions]
    sketches = [sketch for _, article in sorted(storyline.articles.items()) for sketch in sketches_of(article)]
    golds = [found.get(mention.id) for mention, _ in listed]
    doubtful = [
        golds[at] is None
        and any(
            g.document == article.name and any(s.start < g.end and g.start < s.end for s in mention.spans)
            for g in storyline.wanted
        )
        for at, (mention, article) in enumerate(listed)
    ]
    places = list(combinations(range(len(listed)), 2))
    same, gold, opposite = [], [], []
    for a, b in places:
        one, other = golds[a], golds[b]
        alike = one is not None and other is not None and one.claim == other.claim
        same.append(alike)
        gold.append(-1 if doubtful[a] or doubtful[b] else (one is not None) + (other is not None))
        clear = alike and one.stance in _CLEAR and other.stance in _CLEAR  # type: ignore[union-attr]
        opposite.append(float(one.stance != other.stance) if clear else np.nan)  # type: ignore[union-attr]
    counts = np.array(gold, np.int8)
    share = np.choose(counts + 1, (0.0, STRANGERS, OUTSIDERS, 1.0))
    return Pairs(
        name=storyline.name,
        articles=[article.key for _, article in listed],
        claims=[None if g is None else g.claim for g in golds],
        places=places,
        rows=features_of([(sketches[a], sketches[b]) for a, b in places]),
        same=np.array(same),
        gold=counts,
        learned=draws.random(len(places)) < share,
        opposite=np.array(opposite, np.float32),
    )


def train_same(parts: Iterable[Pairs]) -> Forest:
    rows, labels = zip(*((p.rows[p.learned], p.same[p.learned]) for p in parts), strict=True)
    return grow(np.concatenate(rows), np.concatenate(labels), trees=120, leaves=12)


def train_opposite(parts: Iterable[Pairs]) -> Forest:
    """On few of the numbers: there are few claims with two sides, and each makes many pairs."""
    parts = list(parts)
    rows = np.concatenate([p.rows[~np.isnan(p.opposite)] for p in parts])
    opposite = np.concatenate([p.opposite[~np.isnan(p.opposite)] for p in parts])
    blind = [at for at, name in enumerate(NAMES) if name not in TWO_SIDED]
    rows[:, blind] = 0
    return grow(rows, opposite > 0.5, trees=40, leaves=5)


def train_around(parts: Iterable[tuple[Pairs, Floats]]) -> Forest:
    """parts: pairs with the probabilities of forests that did not see them."""
    rows, labels = [], []
    for part, probabilities in parts:
        around, kept = look_around(part, probabilities)
        learned = part.gold[kept] > 0
        rows.append(around[learned])
        labels.append(part.same[kept][learned])
    return grow(np.concatenate(rows), np.concatenate(labels), trees=80, leaves=8)


def look_around(part: Pairs, probabilities: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """What is around the links, and which of the pairs these are."""
    kept = np.flatnonzero(probabilities >= KEPT)
    links = {part.places[at]: float(probabilities[at]) for at in kept}
    order, rows = surroundings_of(links, part.articles)
    assert order == [part.places[at] for at in kept]
    return rows, kept


def grow(rows: Floats, labels: Flags, trees: int, leaves: int) -> Forest:
    """Boosted trees, as plain arrays."""
    empty = np.isnan(rows).all(0)
    grown = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.08,
        max_leaf_nodes=leaves,
        max_depth=DEPTH,
        min_samples_leaf=40,
        l2_regularization=5,
        random_state=0,
    ).fit(np.where(empty, np.float32(0), rows), labels)
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


def judge_unseen(parts: Sequence[Pairs]) -> list[Floats]:
    """For each storyline the probabilities of its pairs, by a forest that did not see it."""
    judged: list[Floats] = [np.zeros(0, np.float32)] * len(parts)
    for fold in range(FOLDS):
        forest = train_same(part for at, part in enumerate(parts) if at % FOLDS != fold)
        for at in range(fold, len(parts), FOLDS):
            judged[at] = forest.probabilities(parts[at].rows)
    return judged


def check(parts: Sequence[Pairs], judged: Sequence[Floats]) -> None:
    """Average precision of the decisions on each storyline, and B-cubed of the claims at several thresholds, all by
    forests that saw other storylines."""
    table: list[Scores] = []
    for fold in range(FOLDS):
        others = [at for at in range(len(parts)) if at % FOLDS != fold]
        around = train_around((parts[at], judged[at]) for at in others)
        sides = train_opposite(parts[at] for at in others)
        table += [check_one(parts[at], judged[at], around, sides) for at in range(fold, len(parts), FOLDS)]
    alone, among, sided = (float(np.mean([row[at] for row in table])) for at in range(3))
    print(f"mean: AP alone {alone:.3f}, among others {among:.3f}; sides {sided:.3f}")
    for threshold, figures in zip(THRESHOLDS, np.mean([row[3] for row in table], 0), strict=True):
        print(f"  {threshold:<5} P {figures[0]:.1f}  R {figures[1]:.1f}  F {figures[2]:.1f}  strict P {figures[3]:.1f}")


Scores = tuple[float, float, float, list[list[float]]]


def check_one(part: Pairs, alone: Floats, around: Forest, sides: Forest) -> Scores:
    rows, kept = look_around(part, alone)
    among = np.zeros_like(alone)
    among[kept] = around.probabilities(rows)
    inner, sided = part.gold == 2, ~np.isnan(part.opposite)
    scores = (
        average_precision_score(part.same[inner], alone[inner]),
        average_precision_score(part.same[inner], among[inner]),
        float(np.mean((sides.probabilities(part.rows[sided]) >= 0.5) == (part.opposite[sided] > 0.5))),
    )
    print(f"{part.name:<16} AP alone {scores[0]:.3f}, among others {scores[1]:.3f}; sides {scores[2]:.3f}")
    links = {part.places[at]: float(among[at]) for at in kept}
    return (*scores, [score_groups(part, links, threshold) for threshold in THRESHOLDS])


def score_groups(part: Pairs, links: dict[tuple[int, int], float], threshold: float) -> list[float]:
    """B-cubed precision, recall and F over the gold mentions, and the precision if all others count as wrong."""
    groups = link_groups([1] * len(part.claims), links, least=threshold)
    of = {node: number for number, group in enumerate(groups) for node in group}
    gold = [at for at, claim in enumerate(part.claims) if claim is not None]
    figures = b_cubed([part.claims[at] for at in gold], [of[at] for at in gold])
    strict = [
        sum(part.claims[other] == part.claims[at] for other in groups[of[at]]) / len(groups[of[at]]) for at in gold
    ]
    return [100 * figure for figure in (*figures, float(np.mean(strict)))]


def train(parts: Sequence[Pairs], judged: Sequence[Floats]) -> dict[str, Forest]:
    return {
        "same": train_same(parts),
        "around": train_around(zip(parts, judged, strict=True)),
        "opposite": train_opposite(parts),
    }


def read_ours(heads: Sequence[Sequence[str]] = ()) -> list[Storyline]:
    """Our storylines, with the shipped meaning vectors, or with those of the head that a storyline is named with."""
    pipeline = Pipeline(Settings())
    unseen = {name: Path(head) for head, *names in heads for name in names}
    read = []
    for path in sorted(OURS.glob("*/gold.json")):
        head = unseen.get(path.parent.name)
        reader = CloseReader(pipeline if head is None else with_head(head))
        read.append(read_storyline(path.parent, reader.read, reader.article))
    return read


@cache
def with_head(path: Path) -> Pipeline:
    pipeline = Pipeline(Settings())
    pipeline._meaning._head = load_head(path.read_bytes())
    return pipeline


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say how good it is on storylines not seen")
    parser.add_argument(
        "--head",
        nargs="+",
        action="append",
        default=[],
        metavar=("FILE", "STORYLINE"),
        help="a head of meaning, and storylines that it was not trained on: the shipped one knows them all by heart",
    )
    a = parser.parse_args()
    parts = [pairs_of(storyline) for storyline in read_ours(a.head)]
    judged = judge_unseen(parts)
    if a.check:
        check(parts, judged)
        return
    np.savez_compressed(OUT, **pack_forests(train(parts, judged)))
    print(f"{len(NAMES)} features, {sum(len(p.rows) for p in parts)} pairs: {OUT.name}, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
