"""The shipped int8 graphs against the checkpoint that they were made from."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.encoder import Encoder, place_windows
from training.markup import parse_markup

ROOT = Path(__file__).parent.parent.parent
REFERENCE = Path(__file__).parent / "reference.npz"


@cache
def encoder() -> Encoder:
    return Encoder()


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True))


def test_the_artefact_says_what_the_checkpoint_said() -> None:
    text = parse_markup((ROOT / "evals/cases/articles/01_river_talks.txt").read_text("utf-8"))["text"]
    tokens = encoder().tokenise(text)
    window = encoder().encode_window(tokens, place_windows(tokens)[0])
    with np.load(REFERENCE) as reference:
        hidden = reference["hidden"].astype(np.float32)
        scores = reference["scores"].astype(np.float32)
    likeness = (hidden * window.hidden).sum(1) / np.linalg.norm(hidden, axis=1) / np.linalg.norm(window.hidden, axis=1)
    assert likeness.min() > 0.9
    assert likeness.mean() > 0.99
    cues, ours = softmax(scores[:, :3]), softmax(window.scores[:, :3])
    assert (cues.argmax(1) == ours.argmax(1)).mean() > 0.99
    assert np.abs(cues - ours).mean() < 0.01


def test_a_cue_is_linked_to_its_source_and_its_content() -> None:
    text = "The bridge will open in May, said Ana Ruiz, the trade minister. Snow fell."
    tokens = encoder().tokenise(text)
    window = encoder().encode_window(tokens, place_windows(tokens)[0])
    cue = next(i for i in range(len(tokens)) if text[tokens.starts[i] : tokens.ends[i]] == "said")
    roles, pairs = encoder().link(window, [(cue, cue + 1)])
    assert roles.shape == (1, len(tokens), 5)
    assert pairs.shape == (1, 96)
    best = roles[0].argmax(1)
    assert best[0] >= 3
    assert best[cue + 1] in (1, 2)
    assert best[-2] == 0


def test_cores_lie_edge_to_edge() -> None:
    tokens = encoder().tokenise("Officials in Karsova said that the bridge would open again. " * 200)
    places = place_windows(tokens)
    assert len(places) > 3
    assert places[0][2] == 0
    assert places[-1][3] == len(tokens)
    for before, after in itertools.pairwise(places):
        assert before[3] == after[2]
        assert after[0] <= after[2] <= before[1]
