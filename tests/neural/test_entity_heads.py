from __future__ import annotations

import numpy as np

from sourceline.neural.antecedent_scorer import CLASSES, load_scorer
from sourceline.neural.artefact import load_artefact
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import TAGS, VECTOR, EntityHeads, Priors, decode_mentions
from sourceline.resolve import mentions


def tags(names: list[int], nominals: list[int] | None = None) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    scores = np.zeros((len(names), TAGS), np.float32)
    scores[np.arange(len(names)), names] = 9
    scores[np.arange(len(names)), 7 + np.array(nominals or [0] * len(names))] = 9
    scores[:, 14] = -9
    return scores


def spans(names: list[int], breaks: tuple[int, ...] = (), core: tuple[int, int] | None = None) -> list[tuple[int, int]]:
    lines = np.isin(np.arange(len(names)), breaks)
    halves = np.zeros((len(names), VECTOR), np.float32)
    found = decode_mentions(tags(names), halves, halves, lines, 100, core or (0, len(names)), Priors())
    return list(zip((found.starts - 100).tolist(), (found.ends - 100).tolist(), strict=True))


def test_tags_to_spans() -> None:
    assert spans([0, 0]) == []
    assert spans([0, 1, 2, 0, 3]) == [(1, 3), (4, 5)]
    assert spans([1, 1, 2]) == [(0, 3)]  # two of one kind do not touch
    assert spans([1, 3, 4]) == [(0, 1), (1, 3)]
    assert spans([2, 2, 4]) == [(0, 3)]  # an inside tag goes on with what stands before it
    assert spans([1, 2, 2, 2], breaks=(2,)) == [(0, 2), (2, 4)]
    assert spans([1, 2, 0, 1, 2], core=(2, 4)) == [(3, 5)]


def test_the_shipped_heads_have_the_shapes_that_are_written_down() -> None:
    encoder = Encoder()
    tokens = encoder.tokenise("Ana Ruiz, the trade minister, said that she would go to Karsova.")
    window = encoder.encode_window(tokens, place_windows(tokens)[0])
    heads = EntityHeads(encoder.artefact)
    scores, lead, tail = heads.score_tokens(window)
    n = len(tokens)
    assert scores.shape == (n, TAGS)
    assert lead.shape == tail.shape == (n, VECTOR)
    found = heads.find_mentions(window)
    k = len(found.starts)
    assert k >= 3
    assert found.vectors.shape == (k, VECTOR)
    assert found.kinds.shape == (k, 3)


def test_probabilities_sum_to_one_and_leave_out_who_is_not_there() -> None:
    scorer = load_scorer(load_artefact().read("antecedents.npz"))
    assert mentions.CLASSES == CLASSES
    rng = np.random.default_rng(0)
    k = 6
    shares = scorer.probabilities(
        rng.normal(size=(k, scorer.arrays["candidate.weight"].shape[0])).astype(np.float32),
        np.full((k, 4), 0.25, np.float32),
        np.zeros(k, np.int64),
        np.array([2, 5]),
        np.array([[1, 0, -1], [4, -1, -1]]),
        lambda part: (np.zeros((2, 3), np.int64)[part], np.zeros((2, 3, 24), np.float32)[part]),
    )
    assert shares.shape == (2, 4)
    assert np.allclose(shares.sum(1), 1, atol=1e-5)
    assert shares[0, 2] == 0
    assert shares[1, 1] == shares[1, 2] == 0
