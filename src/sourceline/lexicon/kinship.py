"""Which words are near in meaning ("arrested", "detained"; "resignation", "quit"), by a fixed table of stems.

Built by `python -m training.kinship` from the vectors that a sentence encoder gives for single words.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

TABLE = "kinship.npz"

SCALE = 255
"""A likeness of 1 as it is stored."""

_NONE: Mapping[str, float] = {}


def kin_of(stem: str) -> Mapping[str, float]:
    """The stems near to this one with their likeness, 0 to 1, the nearest first; empty where the table has none."""
    return _kin().get(stem, _NONE)


@cache
def _kin() -> dict[str, dict[str, float]]:
    raw = files("sourceline.lexicon").joinpath("tables", TABLE).read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        stems = bytes(arrays["stems"]).decode("ascii").split("\n")
        near = arrays["near"].tolist()
        likeness = (arrays["likeness"].astype(np.float32) / SCALE).tolist()
    return {
        stem: {stems[at]: alike for at, alike in zip(row, values, strict=True) if alike > 0}
        for stem, row, values in zip(stems, near, likeness, strict=True)
    }
