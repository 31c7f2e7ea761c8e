"""Boosted trees in plain numpy."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

_BATCH = 4096
"""Rows that are walked at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees whose leaves are summed to a log-odds (Friedman 2001). All nodes of all trees are in one list.

    feature: (n,) the number that a node asks for, -1 at a leaf; threshold: (n,) up to which it goes left; left, right:
    (n,) the node after; missing: (n,) whether nan goes left; value: (n,) of a leaf; roots: (trees,).
    """

    feature: Numbers
    threshold: Floats
    left: Numbers
    right: Numbers
    missing: NDArray[np.bool_]
    value: Floats
    roots: Numbers
    bias: float
    depth: int

    def probabilities(self, rows: Floats) -> Floats:
        """(k, features) -> (k,)."""
        parts = [self._log_odds(rows[start : start + _BATCH]) for start in range(0, len(rows), _BATCH)]
        odds = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def _log_odds(self, rows: Floats) -> NDArray[np.float64]:
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        across = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            feature = self.feature[at]
            asked = rows[across, np.maximum(feature, 0)]
            lesser = np.where(np.isnan(asked), self.missing[at], asked <= self.threshold[at])
            at = np.where(feature < 0, at, np.where(lesser, self.left[at], self.right[at]))
        return np.asarray(self.value[at].sum(1, dtype=np.float64) + self.bias)


FIELDS = ("feature", "threshold", "left", "right", "missing", "value", "roots")


def pack_forests(forests: Mapping[str, Forest]) -> dict[str, NDArray[Any]]:
    """As arrays for an .npz."""
    return {
        f"{name}.{field}": np.asarray(getattr(forest, field))
        for name, forest in forests.items()
        for field in (*FIELDS, "bias", "depth")
    }


def load_forests(raw: bytes) -> dict[str, Forest]:
    """From an .npz of the arrays that `pack_forests` gives."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        names = sorted({key.split(".")[0] for key in arrays.files})
        return {
            name: Forest(
                **{field: arrays[f"{name}.{field}"] for field in FIELDS},
                bias=float(arrays[f"{name}.bias"]),
                depth=int(arrays[f"{name}.depth"]),
            )
            for name in names
        }
