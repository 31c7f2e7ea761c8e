"""Meaning vectors: how alike two propositions are, from what the one pass of the encoder gives anyway.

Each token becomes a small state, beside what its wordpiece means anywhere; those of a stretch are pooled by learned
weights and mixed into one vector, whose cosine with another's is high where both put the same. The head is trained
after the vectors that a sentence encoder gives for the stretch alone (Reimers and Gurevych, EMNLP 2019), and on
stretches known to tell of the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.artefact import Artefact
from sourceline.neural.encoder import EncodedWindow
from sourceline.neural.tokens import Tokens

FILE = "meaning.npz"

STATE, PIECE, POOLS, VECTOR = 64, 96, 4, 128
"""Dimensions of a token's state and of its wordpiece, ways of weighing the tokens of a stretch, dimensions of its
vector."""

SHARPEST = 8.0
"""The greatest pooling score; a token with it weighs e^16 times one with the least."""

Floats = NDArray[np.float32]
States = NDArray[np.int8]
Vectors = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningHead:
    """tokens: (1152, STATE + POOLS) over the last, the second and the fourth layer, offsets: (STATE + POOLS,); pieces:
    (30522, PIECE), -127 to 127, what a wordpiece means anywhere; rarity: (30522,), what it adds to its pooling scores;
    direct: (POOLS * (STATE + PIECE), VECTOR), inner: (POOLS * (STATE + PIECE), h), outer: (h, VECTOR), with their
    biases: what is pooled to the vector."""

    tokens: Floats
    offsets: Floats
    pieces: NDArray[np.int8]
    rarity: Floats
    direct: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def read_states(self, window: EncodedWindow, tokens: Tokens) -> States:
        """(n, STATE + POOLS) for the n tokens of the window's core, -127 to 127."""
        core = slice(window.core_start - window.start, window.core_end - window.start)
        layers = (window.hidden, window.second, window.fourth)
        raw = sum(
            (layer[core] @ part for layer, part in zip(layers, np.split(self.tokens, 3), strict=True)), self.offsets
        )
        raw[:, STATE:] += self.rarity[tokens.ids[window.core_start : window.core_end], None]
        np.clip(raw, -1, 1, raw)
        raw *= 127
        return np.rint(raw, raw).astype(np.int8)

    def make_vector(self, states: States, ids: NDArray[np.int32]) -> Vectors:
        """(k, STATE + POOLS) and (k,) of a stretch's tokens -> (VECTOR,); nothing but 0 where there are none."""
        if not len(states):
            return np.zeros(VECTOR, np.int8)
        scores = np.exp(states[:, STATE:] * np.float32(SHARPEST / 127) - SHARPEST)
        joined = np.concatenate((states[:, :STATE], self.pieces[ids]), 1).astype(np.float32) / 127
        pooled = ((scores / scores.sum(0)).T @ joined).ravel()
        vector = pooled @ self.direct + _gelu(pooled @ self.inner + self.inner_bias) @ self.outer + self.outer_bias
        return np.asarray(np.rint(vector * (127 / max(float(np.abs(vector).max()), 1e-6))), np.int8)


def _gelu(x: Floats) -> Floats:
    """In its tanh form."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * (x * x * x)))), np.float32)


def pack_head(head: MeaningHead) -> dict[str, NDArray[np.generic]]:
    """As arrays for an .npz, in half precision or int8."""
    return {
        name: getattr(head, name).astype(np.int8 if name == "pieces" else np.float16) for name in MeaningHead.__slots__
    }


def load_head(raw: bytes) -> MeaningHead:
    """From an .npz of the arrays that `pack_head` gives."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        return MeaningHead(
            **{name: arrays[name].astype(np.int8 if name == "pieces" else np.float32) for name in arrays.files}
        )


class MeaningReader:
    """Reads token states from the encoder's windows. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact) -> None:
        self._head = load_head(artefact.read(FILE))

    def read_window(self, window: EncodedWindow, tokens: Tokens) -> States:
        """(n, STATE + POOLS): the states of the tokens of the window's core."""
        return self._head.read_states(window, tokens)

    def join(self, tokens: Tokens, windows: Iterable[States]) -> Meanings:
        """For one text, from all its windows in their order."""
        states = list(windows)
        joined = np.concatenate(states) if states else np.zeros((0, STATE + POOLS), np.int8)
        return Meanings(self._head, tokens, joined)


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of any stretches of one text. states: 68 bytes for each of its tokens."""

    head: MeaningHead
    tokens: Tokens
    states: States

    def vector(self, ranges: Iterable[tuple[int, int]]) -> Vectors:
        """(VECTOR,) of the tokens that the half-open character ranges touch, of each once; they may lie anywhere in the
        text. A vector depends on the text and the ranges alone."""
        parts = []
        for start, end in ranges:
            first = int(np.searchsorted(self.tokens.ends, start, side="right"))
            last = int(np.searchsorted(self.tokens.starts, end, side="left"))
            parts.append(np.arange(first, last))
        touched = np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int64)
        return self.head.make_vector(self.states[touched], self.tokens.ids[touched])


def compare_vectors(first: Vectors, second: Vectors) -> Floats:
    """(k, VECTOR) and (m, VECTOR) -> (k, m) cosines; 0 where one is of nothing."""
    return np.asarray(_unit(first) @ _unit(second).T, np.float32)


def _unit(vectors: Vectors) -> Floats:
    floats = vectors.astype(np.float32)
    return np.asarray(floats / np.maximum(np.linalg.norm(floats, axis=-1, keepdims=True), 1e-6), np.float32)
