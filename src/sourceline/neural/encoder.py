"""Text to Encoded: the one pass of the encoder that every later stage feeds on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sourceline.neural.artefact import Artefact, load_artefact
from sourceline.neural.tokens import NEW_LINE, Tokens, tokenise
from sourceline.neural.windows import cut_windows

Floats = NDArray[np.float32]

WINDOW = 384
OVERLAP = 64
DISTANCES = np.array((1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128))


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedWindow:
    """Tokens [start, end) of a text, n of them; what is decided here is decided for [core_start, core_end) only.

    hidden: (n, 384); scores: (n, 7), logits of cue (O, B, I), role (O, source, content) and own voice;
    projected: (n, 192), what the tokens bring to the linker; breaks: (n,), True where a line begins.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    hidden: Floats
    scores: Floats
    projected: Floats
    breaks: NDArray[np.bool_]


class Encoder:
    """The encoder and the linker on onnxruntime. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact | None = None) -> None:
        self.artefact = artefact or load_artefact()
        self.tokenizer = Tokenizer.from_buffer(self.artefact.read("tokenizer.json"))
        self._encoder = _session(self.artefact.read("encoder.onnx"))
        self._linker = _session(self.artefact.read("linker.onnx"))

    def tokenise(self, text: str) -> Tokens:
        return tokenise(text, self.tokenizer)

    def encode_window(self, tokens: Tokens, window: tuple[int, int, int, int]) -> EncodedWindow:
        start, end, core_start, core_end = window
        part = slice(start, end)
        hidden, scores, projected = self._encoder.run(
            None,
            {
                "ids": tokens.ids[None, part].astype(np.int64),
                "case": tokens.case[None, part].astype(np.int64),
                "layout": tokens.layout[None, part].astype(np.int64),
                "quote": tokens.quote[None, part].astype(np.int64),
            },
        )
        return EncodedWindow(
            start=start,
            end=end,
            core_start=core_start,
            core_end=core_end,
            hidden=hidden,
            scores=scores,
            projected=projected,
            breaks=np.greater_equal(tokens.layout[part], NEW_LINE),
        )

    def link(self, window: EncodedWindow, cues: list[tuple[int, int]]) -> tuple[Floats, Floats]:
        """Role scores (k, n, 5) and pair features (k, n, 96) for k cues, given as token ranges within the window.

        Roles: 0 none, 1 and 2 first and further tokens of a source span, 3 and 4 the same of a content span.
        """
        n = window.end - window.start
        starts, ends = np.array([c[0] for c in cues]), np.array([c[1] for c in cues])
        at = np.arange(n)[None, :]
        mine = np.logical_and(at >= starts[:, None], at < ends[:, None])
        status = np.where(mine, 1, np.where(mine.any(axis=0, keepdims=True), 2, 0))
        before = np.maximum(starts[:, None] - at, 0)
        after = np.maximum(at - ends[:, None] + 1, 0)
        distance = len(DISTANCES) + 1 + _bucket(after) - _bucket(before)
        roles, pairs = self._linker.run(
            None,
            {
                "projected": window.projected,
                "cue": np.stack([window.hidden[a:b].mean(0) for a, b in cues]),
                "distance": distance.astype(np.int64),
                "status": status.astype(np.int64),
            },
        )
        return roles, pairs


def _bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(DISTANCES, distance, side="right")


def place_windows(tokens: Tokens) -> list[tuple[int, int, int, int]]:
    """(start, end, core_start, core_end) of each window; the cores lie edge to edge, cut amid the overlaps."""
    spans = cut_windows(tokens.layout, WINDOW, OVERLAP) if len(tokens) else []
    cuts = [0, *((spans[i][1] + spans[i + 1][0]) // 2 for i in range(len(spans) - 1)), len(tokens)]
    return [(start, end, cuts[i], cuts[i + 1]) for i, (start, end) in enumerate(spans)]


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
