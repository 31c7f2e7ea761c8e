"""The encoder's layers in fewer dimensions, kept on disk: a third of the work at each step of training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.entity_features import FeatureCache

Floats = NDArray[np.float32]

REDUCED = 320
_SAMPLE = 60_000
_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Basis:
    """Principal components of the layers, each dimension scaled to a spread of 1 before: (layers - mean) @ weights.

    mean: (1152,); weights: (1152, REDUCED).
    """

    mean: Floats
    weights: Floats


def read_reduced(cache: FeatureCache, folder: Path) -> tuple[Basis, NDArray[np.float16]]:
    """The basis and (n, REDUCED) of all tokens in `cache`; what is missing in `folder` is computed."""
    layers = cache.all_layers()
    basis = _read_basis(layers, folder / "basis.npz")
    file = folder / "reduced.f16"
    done = file.stat().st_size // (2 * REDUCED) if file.exists() else 0
    with file.open("ab") as out:
        for at in range(done, len(layers), _ROWS):
            part = layers[at : at + _ROWS].astype(np.float32)
            out.write(((part - basis.mean) @ basis.weights).astype(np.float16).tobytes())
    return basis, np.memmap(file, np.float16, "r").reshape(-1, REDUCED)


def _read_basis(layers: NDArray[np.float16], file: Path) -> Basis:
    if file.exists():
        with np.load(file) as stored:
            return Basis(stored["mean"], stored["weights"])
    sample = layers[:: max(1, len(layers) // _SAMPLE)].astype(np.float32)
    mean, spread = sample.mean(0), sample.std(0) + 1e-3
    scaled = (sample - mean) / spread
    values, vectors = np.linalg.eigh(scaled.T @ scaled / len(scaled))
    print(f"{REDUCED} dimensions hold {values[-REDUCED:].sum() / values.sum():.3f} of the variance", flush=True)
    basis = Basis(mean, (vectors[:, ::-1][:, :REDUCED] / spread[:, None]).astype(np.float32))
    np.savez(file, mean=basis.mean, weights=basis.weights)
    return basis
