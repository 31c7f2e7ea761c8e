"""Text to Encoded: the one pass of the encoder that every later stage feeds on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sourceline.neural.artefact import Artefact, load_artefact
from sourceline.neural.tokens import NEW_LINE, SPACED, Tokens, tokenise
from sourceline.neural.windows import cut_windows

Floats = NDArray[np.float32]

WINDOW = 384
OVERLAP = 64
REACH = 256
"""How many tokens about a cue the linker looks at."""

_SLOW_HERE = ("SkipLayerNormFusion",)
"""On the linker's narrow rows the fused normalisation takes four times as long as addition and normalisation."""

ROLES = 5
FAR = -20.0
"""The score of every role but none for tokens out of reach."""

DISTANCES = np.array((1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128))
_FARTHEST = int(DISTANCES[-1])


def _bucket_signed_distances() -> NDArray[np.int64]:
    """The bucket of every distance from -_FARTHEST to _FARTHEST, all of which share one scale."""
    buckets = np.searchsorted(DISTANCES, np.arange(_FARTHEST + 1), side="right")
    return np.concatenate((-buckets[:0:-1], buckets)) + len(DISTANCES) + 1


_BUCKETS = _bucket_signed_distances()


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedWindow:
    """Tokens [start, end) of a text, n of them; what is decided here is decided for [core_start, core_end) only.

    hidden: (n, 384); scores: (n, 7), logits of cue (O, B, I), role (O, source, content) and own voice;
    projected: (n, 192), what the tokens bring to the linker; second, fourth: (n, 384), what these layers give;
    breaks: (n,), True where a line begins.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    hidden: Floats
    scores: Floats
    projected: Floats
    second: Floats
    fourth: Floats
    breaks: NDArray[np.bool_]


class Encoder:
    """The encoder and the linker on onnxruntime. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact | None = None) -> None:
        self.artefact = artefact or load_artefact()
        self.tokenizer = Tokenizer.from_buffer(self.artefact.read("tokenizer.json"))
        self._encoder = _session(self.artefact.read("encoder.onnx"))
        self._linker = _session(self.artefact.read("linker.onnx"), without=_SLOW_HERE)

    def tokenise(self, text: str) -> Tokens:
        return tokenise(text, self.tokenizer)

    def encode_window(self, tokens: Tokens, window: tuple[int, int, int, int]) -> EncodedWindow:
        start, end, core_start, core_end = window
        part = slice(start, end)
        hidden, scores, projected, second, fourth = self._encoder.run(
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
            second=second,
            fourth=fourth,
            breaks=np.greater_equal(tokens.layout[part], NEW_LINE),
        )

    def link(self, window: EncodedWindow, cues: list[tuple[int, int]]) -> tuple[Floats, Floats]:
        """Role scores (k, n, 5) and the mean pair features (k, 96) of k cues, given as token ranges within the window.

        Roles: 0 none, 1 and 2 first and further tokens of a source span, 3 and 4 the same of a content span.
        Only REACH tokens around a cue are looked at: further away nothing is linked to it.
        """
        n = window.end - window.start
        reach = min(n, REACH)
        starts, ends = (np.array(edges)[:, None] for edges in zip(*cues, strict=True))
        first = np.clip((starts + ends - reach) // 2, 0, n - reach)
        at = first + np.arange(reach)
        any_cue = np.zeros(n, np.int64)
        for a, b in cues:
            any_cue[a:b] = 2
        status = any_cue[at]
        status[(at >= starts) & (at < ends)] = 1
        # Where the signed distance is measured from the cue's edge, one of the two terms is 0.
        signed = np.maximum(at - ends + 1, 0) - np.maximum(starts - at, 0)
        firsts = first[:, 0].tolist()
        near, pairs = self._linker.run(
            None,
            {
                "projected": np.stack([window.projected[f : f + reach] for f in firsts]),
                "cue": np.stack([np.add.reduce(window.hidden[a:b]) / (b - a) for a, b in cues]),
                "distance": _BUCKETS[np.clip(signed, -_FARTHEST, _FARTHEST) + _FARTHEST],
                "status": status,
            },
        )
        roles = np.full((len(cues), n, ROLES), FAR, np.float32)
        roles[:, :, 0] = 0
        for i, f in enumerate(firsts):
            roles[i, f : f + reach] = near[i]
        own = [pairs[i, max(0, a - f) : b - f] for i, ((a, b), f) in enumerate(zip(cues, firsts, strict=True))]
        return roles, np.stack([np.add.reduce(rows) / len(rows) for rows in own])


def place_windows(tokens: Tokens) -> list[tuple[int, int, int, int]]:
    """(start, end, core_start, core_end) of each window; the cores lie edge to edge, cut amid the overlaps before a
    word."""
    spans = cut_windows(tokens.layout, WINDOW, OVERLAP) if len(tokens) else []
    words = np.flatnonzero(tokens.layout >= SPACED)
    cuts = [0]
    for (_, end), (start, _) in itertools.pairwise(spans):
        word = int(words[np.searchsorted(words, (start + end) // 2, side="right") - 1])
        cuts.append(word if start <= word else (start + end) // 2)
    cuts.append(len(tokens))
    return [(start, end, cuts[i], cuts[i + 1]) for i, (start, end) in enumerate(spans)]


def _session(model: bytes, without: tuple[str, ...] = ()) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )
