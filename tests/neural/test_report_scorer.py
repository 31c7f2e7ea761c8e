from __future__ import annotations

import io

import numpy as np
import pytest

from sourceline.neural.artefact import load_artefact
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.report_scorer import FILE, ReportScorer, load_scorer, pack_scorer

SCORER = ReportScorer(
    words={"said": 5, "told": 4},
    features={"who name": 1.5, "plain": -0.5},
    bias=-1.0,
    threshold=0.4,
    tokens=np.ones((1152, 2), np.float32) * np.float32(0.001),
    offsets=np.array((0.25, -0.25), np.float32),
)


def test_features_that_are_not_known_count_nothing() -> None:
    assert SCORER.probability(["who name", "unheard of"]) == SCORER.probability(["who name"])
    assert SCORER.probability(["who name", "plain"]) == pytest.approx(0.5)


@pytest.mark.parametrize("standing", [1e9, -1e9])
def test_any_score_gives_a_probability(standing: float) -> None:
    assert 0 <= SCORER.probability([], standing) <= 1


def test_it_comes_back_as_it_was_packed() -> None:
    stored = io.BytesIO()
    np.savez(stored, allow_pickle=False, **pack_scorer(SCORER))
    loaded = load_scorer(stored.getvalue())
    assert loaded.words == SCORER.words
    assert loaded.features == SCORER.features
    assert (loaded.bias, loaded.threshold) == (-1.0, 0.4)
    assert np.allclose(loaded.tokens, SCORER.tokens, atol=1e-5)


def test_tokens_are_scored_over_the_core_alone_and_differ_by_what_they_are() -> None:
    encoder = Encoder()
    tokens = encoder.tokenise("Ana Ruiz said that Ivo Brand had told her the dam was safe. " * 60)
    windows = [encoder.encode_window(tokens, place) for place in place_windows(tokens)]
    scorer = load_scorer(load_artefact().read(FILE))
    scores = [scorer.score_tokens(window) for window in windows]
    assert len(windows) > 1
    assert sum(len(part) for part in scores) == len(tokens)
    assert all(part.dtype == np.float16 and part.shape[1] == 2 for part in scores)
    assert float(np.concatenate(scores).astype(np.float32).std()) > 0.01
