"""Measures the meaning vectors: python -m evals.meaning [--teacher CACHE] [--storylines FOLDER...].

Side by side with tf-idf of the words and, where its cache is named, with the sentence encoder that taught them, on

- sts: news pairs of 2015 and 2016, correlation with how alike people found them;
- ecbplus: dev, pairs of sentences of one topic and different documents, alike where they tell of the same event;
- storylines: gold mentions, alike where they put the same claim. Average precision over all pairs of a storyline, and
  B-cubed F1 of clusters by average linkage: at the best threshold, and at the one that is best over all storylines.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals.likeness import area_under_curve, average_precision, b_cubed, cut, link_by_average, rank
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.meaning import MeaningReader, Meanings, compare_vectors
from tests.example_world import GOLD, texts
from training.meaning_data import HELD_OUT_YEARS, read_event_worlds, read_pairs
from training.worlds import Stretch, World, place_mentions, read_storyline, read_storylines

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
THRESHOLDS = np.arange(0.02, 0.95, 0.01)

Floats = NDArray[np.float32]
Compare = Callable[[Sequence[Stretch]], Floats]
"""k stretches to their (k, k) likeness."""


class Meaning:
    """The vectors that ship, each stretch within its text."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._reader = MeaningReader(self._encoder.artefact)
        self._read: dict[str, Meanings] = {}

    def __call__(self, stretches: Sequence[Stretch]) -> Floats:
        vectors = np.stack([self._meanings(s.text).vector(s.ranges) for s in stretches])
        return compare_vectors(vectors, vectors)

    def _meanings(self, text: str) -> Meanings:
        if text not in self._read:
            tokens = self._encoder.tokenise(text)
            windows = (self._encoder.encode_window(tokens, place) for place in place_windows(tokens))
            self._read[text] = self._reader.join(tokens, (self._reader.read_window(w, tokens) for w in windows))
        return self._read[text]


def compare_words(stretches: Sequence[Stretch]) -> Floats:
    """tf-idf over the words of these stretches."""
    bags = [Counter(re.findall(r"\w+", s.wording.lower())) for s in stretches]
    seen = Counter(word for bag in bags for word in bag)
    number = {word: i for i, word in enumerate(seen)}
    rows = np.zeros((len(bags), len(seen)), np.float32)
    for row, bag in zip(rows, bags, strict=True):
        for word, count in bag.items():
            row[number[word]] = (1 + math.log(count)) * math.log((1 + len(bags)) / seen[word])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows @ rows.T, np.float32)


def compare_by_teacher(folder: Path) -> Compare:
    from training.teacher import read_cached  # torch, which measuring does without otherwise

    def compare(stretches: Sequence[Stretch]) -> Floats:
        vectors = read_cached([s.wording for s in stretches], folder).astype(np.float32)
        return vectors @ vectors.T

    return compare


def measure_sts(compare: Compare) -> str:
    pairs = [p for p in read_pairs() if p.news and p.year in HELD_OUT_YEARS]
    stretches = [Stretch(text, ((0, len(text)),)) for p in pairs for text in (p.first, p.second)]
    likeness = compare(stretches)[np.arange(0, len(stretches), 2), np.arange(1, len(stretches), 2)]
    scores = np.array([p.score for p in pairs], np.float32)
    pearson, spearman = np.corrcoef(likeness, scores)[0, 1], np.corrcoef(rank(likeness), rank(scores))[0, 1]
    return f"{len(pairs)} pairs, Pearson {100 * pearson:.1f}, Spearman {100 * spearman:.1f}"


def measure_events(compare: Compare) -> str:
    likeness, alike = [], []
    for world in read_event_worlds("dev"):
        members = [m for m in world.members if m.whole]
        close = compare([m.stretch for m in members])
        pairs = [(i, j) for i in range(len(members)) for j in range(i) if members[i].document != members[j].document]
        likeness += [close[i, j] for i, j in pairs]
        alike += [bool(members[i].about & members[j].about) for i, j in pairs]
    values, labels = np.array(likeness, np.float32), np.array(alike)
    return (
        f"{len(labels)} pairs, {labels.sum()} alike, AUC {100 * area_under_curve(values, labels):.1f}, "
        f"AP {100 * average_precision(values, labels):.1f}"
    )


def measure_stories(compare: Compare, worlds: Sequence[World]) -> str:
    parts, curves = [], []
    for world in worlds:
        close = compare([m.stretch for m in world.members])
        below = np.tril_indices(len(close), -1)
        alike = np.array([[bool(a.about & b.about) for b in world.members] for a in world.members])
        gold = [min(m.about) for m in world.members]
        merges = link_by_average(close)
        curve = [100 * b_cubed(gold, cut(merges, len(gold), t)) for t in THRESHOLDS]
        curves.append(curve)
        parts.append((world.name, 100 * average_precision(close[below], alike[below]), max(curve)))
    one = int(np.mean(curves, 0).argmax())
    lines = [
        f"  {name}: AP {ap:.1f}, B3 {best:.1f} at best, {curve[one]:.1f} at {THRESHOLDS[one]:.2f}"
        for (name, ap, best), curve in zip(parts, curves, strict=True)
    ]
    means = np.mean([p[1:] for p in parts], 0)
    lines.append(
        f"  mean: AP {means[0]:.1f}, B3 {means[1]:.1f} at best, {np.mean(curves, 0)[one]:.1f} at one threshold"
    )
    return "\n".join(lines)


def read_world() -> World:
    return World("world", tuple(place_mentions(texts(), GOLD["claims"])))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--teacher", type=Path, metavar="CACHE", help="also the teacher; needs sourceline[train]")
    p.add_argument("--storylines", type=Path, nargs="*", default=[], help="further folders of storylines")
    a = p.parse_args()
    systems: dict[str, Compare] = {"meaning": Meaning(), "tf-idf": compare_words}
    if a.teacher:
        systems["teacher"] = compare_by_teacher(a.teacher)
    worlds = [read_world(), *read_storylines(a.storylines)]
    if (DATA / "ledger_dev").exists():
        worlds += [read_storyline(DATA / "ledger_dev" / name) for name in ("dam", "declarations")]
    for name, compare in systems.items():
        print(name)
        if DATA.exists():
            print(f"  sts: {measure_sts(compare)}\n  ecbplus: {measure_events(compare)}")
        print(measure_stories(compare, worlds), flush=True)


if __name__ == "__main__":
    main()
