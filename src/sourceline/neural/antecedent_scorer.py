"""The scorer of antecedents in plain numpy: mention vectors and pair features to probabilities."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.entity_heads import VECTOR

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CLASSES = 14
GENDERS = 4
PAIR_FEATURES = 24
MENTION_FEATURES = VECTOR + CLASSES + 3 + 3
HIDDEN = 48
DISTANCE_EDGES = np.array((2, 3, 5, 9, 17, 33))
"""Buckets of the distance in mentions; one more is for candidates that follow."""

ROWS = 256
"""Anaphors scored at a time, which bounds the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AntecedentScorer:
    """The arrays of the trained scorer, by their names in the artefact."""

    arrays: dict[str, Floats]

    def genders(self, vectors: Floats) -> Floats:
        """(k, 64) -> (k, 4) logits: an entity that "he", "she", "it", "they" would be said of."""
        w = self.arrays
        hidden = _gelu(vectors @ w["gender.0.weight"] + w["gender.0.bias"])
        return np.asarray(hidden @ w["gender.1.weight"] + w["gender.1.bias"], np.float32)

    def probabilities(
        self, mentions: Floats, genders: Floats, classes: Ints, anaphors: Ints, candidates: Ints,
        describe: Callable[[slice], tuple[Ints, Floats]],
    ) -> Floats:  # fmt: skip
        """(r, c + 1): how probably each candidate is meant, the last column that none of them is.

        mentions: (k, MENTION_FEATURES), the vector first; genders: (k, 4) summing to 1; classes: (k,);
        anaphors: (r,); candidates: (r, c); describe gives of some anaphors the bucket of each distance, (r, c), and the
        features of each pair, (r, c, PAIR_FEATURES): for all of a long text they would be large.
        """
        w = self.arrays
        as_anaphor = mentions @ w["anaphor.weight"] + w["anaphor.bias"]
        as_candidate = mentions @ w["candidate.weight"]
        none = _gelu(mentions[anaphors] @ w["none.0.weight"] + w["none.0.bias"]) @ w["none.1.weight"] + w["none.1.bias"]
        out = np.empty((len(anaphors), candidates.shape[1] + 1), np.float32)
        for at in range(0, len(anaphors), ROWS):
            part = slice(at, at + ROWS)
            m, a = anaphors[part], np.maximum(candidates[part], 0)
            agreement = np.einsum("rg,rcg->rc", genders[m], genders[a])
            distance, features = describe(part)
            given = np.concatenate((features, agreement_features(agreement)), -1)
            product = mentions[m, None, :VECTOR] * mentions[a, :VECTOR]
            x = product @ w["product.weight"] + given @ w["pair.weight"]
            x += as_anaphor[m, None]
            x += as_candidate[a]
            scores = (_gelu(x) @ w["score.weight"])[..., 0]
            scores += w["classes"][classes[m, None], classes[a]] + w["distances"][classes[m, None], distance]
            out[part, :-1] = np.where(candidates[part] < 0, -np.inf, scores)
        out[:, -1] = none[:, 0]
        out = np.exp(out - out.max(1, keepdims=True))
        return np.asarray(out / out.sum(1, keepdims=True), np.float32)


def agreement_features(agreement: Floats) -> Floats:
    """(r, c) how probably both agree in gender and number -> (r, c, 2)."""
    return np.stack((agreement, np.log(np.maximum(agreement, 0.02)) / 4), -1).astype(np.float32)


def _gelu(x: Floats) -> Floats:
    """In its tanh form."""
    cubed = x * x
    cubed *= x
    cubed *= 0.044715
    cubed += x
    cubed *= 0.7978845608
    np.tanh(cubed, cubed)
    cubed += 1
    cubed *= x
    cubed *= 0.5
    return cubed


def load_scorer(raw: bytes) -> AntecedentScorer:
    """From an .npz of the arrays."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
        return AntecedentScorer(arrays={name: stored[name].astype(np.float32) for name in stored.files})
