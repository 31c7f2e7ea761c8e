"""What is fitted on top of the finished encoder: acts, confidence, and the decoding figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from sourceline.attribute.links import Evidence, Link, link_window
from sourceline.neural.encoder import Encoder, place_windows
from training.data import ACTS, Marked, Spoken

LABELS = Path(__file__).parent / "acts" / "polnear_train.jsonl"

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Linked:
    """A link found in a document, with the characters of its cue and of its roles."""

    document: Marked
    link: Link
    evidence: Evidence
    spans: dict[str, list[tuple[int, int]]]


def find_links(encoder: Encoder, documents: list[Marked], cue_prior: float, fragment_cost: float) -> Iterator[Linked]:
    for document in documents:
        tokens = encoder.tokenise(document.text)
        for place in place_windows(tokens):
            window = encoder.encode_window(tokens, place)
            for link, evidence in link_window(encoder, window, cue_prior, fragment_cost):
                spans = {
                    role: [(int(tokens.starts[a]), int(tokens.ends[b - 1])) for a, b in ranges]
                    for role, ranges in (("source", link.source), ("cue", (link.cue,)), ("content", link.content))
                }
                yield Linked(document, link, evidence, spans)


def overlap(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> bool:
    return any(s < y and e > x for s, e in a for x, y in b)


def best_match(linked: Linked, spoken: list[Spoken]) -> Spoken | None:
    for gold in spoken:
        if overlap(linked.spans["cue"], gold.cue):
            return gold
    return None


def label_acts(polnear: list[Marked]) -> list[Marked]:
    """The PolNeAR documents that carry act labels, with those attributions only."""
    labels: dict[str, list[dict]] = {}
    with LABELS.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            labels.setdefault(row["doc"], []).append(row)
    marked = []
    for document in polnear:
        rows = labels.get(document.name, [])
        spoken = [Spoken([], [tuple(s) for s in r["cue"]], [tuple(s) for s in r["content"]], r["act"]) for r in rows]
        if spoken:
            marked.append(Marked(document.name, document.text, [spoken]))
    return marked


def fit_acts(encoder: Encoder, documents: list[Marked], cue_prior: float, fragment_cost: float) -> dict[str, Floats]:
    """An act classifier from the documents whose attributions carry acts; prints its cross-validated accuracy."""
    vectors, acts = [], []
    for linked in find_links(encoder, documents, cue_prior, fragment_cost):
        gold = best_match(linked, linked.document.layers[0])
        if gold is not None and gold.act:
            vectors.append(linked.evidence.act_vector)
            acts.append(ACTS.index(gold.act))
    x, y = np.array(vectors), np.array(acts)
    scaler = StandardScaler().fit(x)
    z = scaler.transform(x)
    for strength in (0.001, 0.003, 0.01):
        guess = cross_val_predict(LogisticRegression(C=strength, max_iter=500), z, y, cv=5)
        print(f"acts: {len(y)} labelled, linear C={strength}: cross-validated accuracy {100 * np.mean(guess == y):.1f}")
    network = MLPClassifier((96,), alpha=3.0, early_stopping=True, random_state=7, learning_rate_init=5e-4, max_iter=60)
    guess = cross_val_predict(network, z, y, cv=5)
    print(f"acts: network: cross-validated accuracy {100 * np.mean(guess == y):.1f}")
    model = LogisticRegression(C=0.003, max_iter=1000).fit(z, y)
    weight = np.full((x.shape[1], len(ACTS)), 0.0)
    bias = np.full(len(ACTS), -30.0)
    weight[:, model.classes_] = (model.coef_ / scaler.scale_).T
    bias[model.classes_] = model.intercept_ - model.coef_ @ (scaler.mean_ / scaler.scale_)
    return {"act.weight.0": weight.astype(np.float16), "act.bias.0": bias.astype(np.float32)}


def agreement(linked: Linked) -> float:
    """The share of the annotators who mark an attribution that overlaps in cue, content and source."""
    hits = 0
    for layer in linked.document.layers:
        gold = best_match(linked, layer)
        if gold is None or not overlap(linked.spans["content"], gold.content):
            continue
        hits += not gold.source or not linked.spans["source"] or overlap(linked.spans["source"], gold.source)
    return hits / len(linked.document.layers)


def fit_confidence(
    encoder: Encoder, documents: list[Marked], cue_prior: float, fragment_cost: float
) -> dict[str, Floats]:
    """A logistic calibration of the decoder's own probabilities on held-out documents."""
    features, right = [], []
    for linked in find_links(encoder, documents, cue_prior, fragment_cost):
        features.append(linked.evidence.features)
        right.append(agreement(linked))
    x, y = np.array(features), np.array(right)
    doubled = np.concatenate((x, x))
    target = np.concatenate((np.ones(len(x)), np.zeros(len(x))))
    weights = np.concatenate((y, 1 - y))
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.1, max_iter=1000).fit(scaler.transform(doubled), target, sample_weight=weights)
    sure = model.predict_proba(scaler.transform(x))[:, 1]
    print(
        f"confidence: {len(x)} links, overlap {y.mean():.3f}, calibration error {calibration_error(sure, y):.3f}, "
        f"at 0.9 and above: {np.mean(sure >= 0.9):.2f} of them, precision {y[sure >= 0.9].mean():.3f}"
    )
    return {
        "confidence.weight.0": (model.coef_ / scaler.scale_).T.astype(np.float32),
        "confidence.bias.0": (model.intercept_ - model.coef_ @ (scaler.mean_ / scaler.scale_)).astype(np.float32),
    }


def calibration_error(sure: Floats, right: Floats, bins: int = 10) -> float:
    """Expected calibration error over equally wide bins."""
    at = np.minimum((sure * bins).astype(int), bins - 1)
    filled = [at == b for b in range(bins) if (at == b).any()]
    return float(sum(abs(sure[b].mean() - right[b].mean()) * b.mean() for b in filled))
