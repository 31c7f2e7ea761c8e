"""The scorer of reports inside what is said, in plain numpy: named features and two scores a token to a probability."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.encoder import EncodedWindow

FILE = "reports.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScorer:
    """A logistic regression over the words of a report and what the encoder gives for two of its tokens.

    words: how surely each word reports, 1 to 5; features: the weights of the named features; tokens: (1152, 2) over the
    last, the second and the fourth layer, and offsets: (2,): the linear scores of a token as the word that reports and
    as the head of who is credited. They are 0 on average, so that without tokens the words alone decide.
    """

    words: Mapping[str, int]
    features: Mapping[str, float]
    bias: float
    threshold: float
    tokens: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def score_tokens(self, window: EncodedWindow) -> NDArray[np.float16]:
        """(n, 2) for the n tokens of the window's core."""
        core = slice(window.core_start - window.start, window.core_end - window.start)
        layers = (window.hidden, window.second, window.fourth)
        parts = (layer[core] @ part for layer, part in zip(layers, np.split(self.tokens, 3), strict=True))
        return (sum(parts, self.offsets)).astype(np.float16)

    def probability(self, features: Iterable[str], standing: float = 0.0) -> float:
        """How probably somebody is credited. `standing`: the sum of both tokens' scores; unknown features are 0."""
        score = self.bias + standing + sum(self.features.get(name, 0.0) for name in features)
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def pack_scorer(scorer: ReportScorer) -> dict[str, NDArray[np.generic]]:
    """As arrays for an .npz; weights of features are rounded to what a float16 holds."""
    return {
        "words": np.array(list(scorer.words)),
        "strengths": np.array(list(scorer.words.values()), np.int8),
        "features": np.array(list(scorer.features)),
        "weights": np.array(list(scorer.features.values()), np.float16),
        "tokens": scorer.tokens.astype(np.float16),
        "offsets": scorer.offsets.astype(np.float32),
        "figures": np.array((scorer.bias, scorer.threshold), np.float64),
    }


def load_scorer(raw: bytes) -> ReportScorer:
    """From an .npz of the arrays that `pack_scorer` gives."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        bias, threshold = arrays["figures"].tolist()
        return ReportScorer(
            words=dict(zip(arrays["words"].tolist(), arrays["strengths"].tolist(), strict=True)),
            features=dict(zip(arrays["features"].tolist(), arrays["weights"].tolist(), strict=True)),
            bias=bias,
            threshold=threshold,
            tokens=arrays["tokens"].astype(np.float32),
            offsets=arrays["offsets"],
        )
