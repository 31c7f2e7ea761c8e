"""What is fitted on top of the finished encoder: acts, confidence, and the decoding figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sourceline.attribute.links import Decoding, Evidence, Link, link_window
from sourceline.neural.encoder import Encoder, place_windows
from training.data import Marked, Spoken
from training.network import Network

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Linked:
    """A link found in a document, with the characters of its cue and of its roles."""

    document: Marked
    link: Link
    evidence: Evidence
    spans: dict[str, list[tuple[int, int]]]


def find_links(encoder: Encoder, documents: list[Marked], decoding: Decoding) -> Iterator[Linked]:
    for document in documents:
        tokens = encoder.tokenise(document.text)
        for place in place_windows(tokens):
            window = encoder.encode_window(tokens, place)
            for link, evidence in link_window(encoder, window, decoding):
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


def take_acts(network: Network) -> dict[str, Floats]:
    """The act head that was trained with the encoder, as arrays."""
    layers = [layer for layer in network.linker.acts if isinstance(layer, torch.nn.Linear)]
    arrays: dict[str, Floats] = {}
    for i, layer in enumerate(layers):
        arrays[f"act.weight.{i}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"act.bias.{i}"] = layer.bias.detach().numpy().astype(np.float32)
    return arrays


def agreement(linked: Linked) -> float:
    """The share of the annotators who mark an attribution that overlaps in cue, content and source."""
    hits = 0
    for layer in linked.document.layers:
        gold = best_match(linked, layer)
        if gold is None or not overlap(linked.spans["content"], gold.content):
            continue
        hits += not gold.source or not linked.spans["source"] or overlap(linked.spans["source"], gold.source)
    return hits / len(linked.document.layers)


def fit_confidence(encoder: Encoder, documents: list[Marked], decoding: Decoding) -> dict[str, Floats]:
    """A logistic calibration of the decoder's own probabilities on held-out documents."""
    features, right = [], []
    for linked in find_links(encoder, documents, decoding):
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
