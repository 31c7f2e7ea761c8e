"""From an encoded window to its mentions: names, nominals and pronouns as token ranges, each with a small vector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from sourceline.neural.artefact import Artefact
from sourceline.neural.encoder import EncodedWindow

Floats = NDArray[np.float32]

TAGS, VECTOR = 15, 64
"""Tags: 0-6 names (O, then B and I of person, organisation, place), 7-13 nominals likewise, 14 pronoun."""

NAME, NOMINAL, PRONOUN = 0, 1, 2
"""Forms as numbers, in the order of `model.mention.MentionForm`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFindings:
    """The k mentions that begin in one window's core: a few kilobytes, so that a long text's can all be kept.

    starts, ends: (k,) half-open tokens of the text; forms: (k,); kinds: (k, 3), how probably a person, an
    organisation, a place; certainty: (k,); vectors: (k, 64).
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    forms: NDArray[np.int8]
    kinds: NDArray[np.float16]
    certainty: NDArray[np.float16]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """What is added to the scores of names and of nominals, and the least share of a pronoun."""

    name: float = 0.0
    nominal: float = 0.0
    pronoun_floor: float = 0.05


class EntityHeads:
    """The token head on onnxruntime. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            artefact.read("entities.onnx"), options, providers=["CPUExecutionProvider"]
        )
        parameters = artefact.parameters["entities"]
        self._priors = Priors(
            name=float(parameters["name_prior"]),
            nominal=float(parameters["nominal_prior"]),
            pronoun_floor=float(parameters["pronoun_floor"]),
        )

    def score_tokens(self, window: EncodedWindow) -> tuple[Floats, Floats, Floats]:
        """Of the window's n tokens: tag scores (n, 15), and what each brings to the vector of a mention that begins
        with it (n, 64) and that ends with it (n, 64)."""
        tags, lead, tail = self._session.run(
            None, {"hidden": window.hidden, "second": window.second, "fourth": window.fourth}
        )
        return tags, lead, tail

    def find_mentions(self, window: EncodedWindow) -> EntityFindings:
        tags, lead, tail = self.score_tokens(window)
        core = (window.core_start - window.start, window.core_end - window.start)
        return decode_mentions(tags, lead, tail, window.breaks, window.start, core, self._priors)


def decode_mentions(
    tags: Floats,
    lead: Floats,
    tail: Floats,
    breaks: NDArray[np.bool_],
    start: int,
    core: tuple[int, int],
    priors: Priors,
) -> EntityFindings:
    """The mentions that begin in the core (tokens of the window, whose first is the text's token `start`).

    tags: (n, 15) scores; lead, tail: (n, 64), what a first and a last token bring to a mention's vector.
    """
    parts = [
        _spans(tags[:, :7], priors.name, breaks, core),
        _spans(tags[:, 7:14], priors.nominal, breaks, core),
        _pronouns(tags[:, 14], priors.pronoun_floor, core),
    ]
    starts = np.concatenate([p[0] for p in parts])
    ends = np.concatenate([p[1] for p in parts])
    return EntityFindings(
        starts=(starts + start).astype(np.int32),
        ends=(ends + start).astype(np.int32),
        forms=np.repeat(np.array((NAME, NOMINAL, PRONOUN), np.int8), [len(p[0]) for p in parts]),
        kinds=np.concatenate([p[2] for p in parts]).astype(np.float16),
        certainty=np.concatenate([p[3] for p in parts]).astype(np.float16),
        vectors=(lead[starts] + tail[ends - 1]).astype(np.float16),
    )


Spans = tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]


def _spans(scores: Floats, prior: float, breaks: NDArray[np.bool_], core: tuple[int, int]) -> Spans:
    """Starts, ends, kinds and certainties of the spans that (n, 7) scores of O, B, I, B, I, B, I mark in the core.

    A span runs on until a token that is outside, begins a line, or begins a span of another kind (in running text two
    names of one kind never touch); its kind is that of all its tokens.
    """
    raised = np.exp(scores - scores.max(1, keepdims=True))
    raised[:, 1:] *= np.float32(np.exp(prior))
    shares = raised / raised.sum(1, keepdims=True)
    best = shares.argmax(1)
    inside = best > 0
    before = np.concatenate(([False], inside[:-1]))
    kind = (best + 1) // 2
    begins = inside & (~before | breaks | ((best % 2 == 1) & (kind != np.concatenate(([0], kind[:-1])))))
    starts = np.flatnonzero(begins)
    stops = np.flatnonzero(begins | ~inside)
    stops = np.append(stops, len(inside))
    ends = stops[np.searchsorted(stops, starts, side="right")]
    kept = (starts >= core[0]) & (starts < core[1])
    starts, ends = starts[kept], ends[kept]
    sums = np.concatenate((np.zeros((1, 3), np.float32), np.cumsum(shares[:, 1::2] + shares[:, 2::2], 0)))
    within = (sums[ends] - sums[starts]) / np.maximum(ends - starts, 1)[:, None]
    certainty = within.sum(1)
    return starts, ends, within / np.maximum(certainty, 1e-6)[:, None], certainty


def _pronouns(scores: Floats, floor: float, core: tuple[int, int]) -> Spans:
    shares = 1 / (1 + np.exp(-scores[core[0] : core[1]]))
    starts = np.flatnonzero(shares > floor)
    kinds = np.full((len(starts), 3), 1 / 3, np.float32)
    return starts + core[0], starts + core[0] + 1, kinds, shares[starts].astype(np.float32)
