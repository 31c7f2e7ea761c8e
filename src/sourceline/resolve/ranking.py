"""A linear ranking of what may be meant: features of each candidate times trained weights, made to sum to 1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """weights: (features,)."""

    weights: Floats

    def shares(self, rows: Floats) -> list[float]:
        """(candidates, features) -> how probably each candidate is meant."""
        if not len(rows):
            return []
        scores = rows @ self.weights
        shares = np.exp(scores - scores.max())
        return [float(share) for share in shares / shares.sum()]


@cache
def load_ranker(table: str, features: Sequence[str]) -> Ranker:
    """The trained weights of `features`, from resolve/tables."""
    stored = json.loads(files("sourceline.resolve").joinpath("tables", table).read_text("utf-8"))
    return Ranker(weights=np.array([stored["weights"][name] for name in features], np.float32))
