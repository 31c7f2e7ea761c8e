"""A small feed-forward classifier on vectors of the encoder, in plain numpy."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """Linear layers with GELU between (in its tanh form): weights[i] is (in, out), biases[i] (out,)."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    def probabilities(self, vectors: Floats) -> Floats:
        """(k, in) -> (k, out), each row summing to 1; with a single output, its sigmoid."""
        x = vectors
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = x @ weight + bias
            if i + 1 < len(self.weights):
                x = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * (x * x * x))))
        if x.shape[1] == 1:
            return np.asarray(1 / (1 + np.exp(-x)), np.float32)
        x = np.exp(x - x.max(1, keepdims=True))
        return np.asarray(x / x.sum(1, keepdims=True), np.float32)


def load_classifiers(raw: bytes) -> dict[str, Classifier]:
    """Classifiers by name from an .npz of arrays NAME.weight.I and NAME.bias.I."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        names = sorted({key.split(".")[0] for key in arrays.files})
        return {
            name: Classifier(
                weights=tuple(_stored(arrays, f"{name}.weight.{i}") for i in range(_depth(arrays.files, name))),
                biases=tuple(_stored(arrays, f"{name}.bias.{i}") for i in range(_depth(arrays.files, name))),
            )
            for name in names
        }


def _stored(arrays: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """They are stored in half precision."""
    return np.asarray(arrays[name], np.float32)


def _depth(files: list[str], name: str) -> int:
    return sum(file.startswith(f"{name}.weight.") for file in files)
