from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.neural.artefact import load_artefact
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.meaning import (
    FILE,
    POOLS,
    STATE,
    VECTOR,
    MeaningReader,
    Meanings,
    compare_vectors,
    load_head,
    pack_head,
)

ENCODER = Encoder()
READER = MeaningReader(ENCODER.artefact)
HEAD = load_head(load_artefact().read(FILE))


def read(text: str) -> Meanings:
    tokens = ENCODER.tokenise(text)
    windows = [ENCODER.encode_window(tokens, place) for place in place_windows(tokens)]
    return READER.join(tokens, [READER.read_window(window, tokens) for window in windows])


def likeness(text: str, first: str, second: str) -> float:
    meanings = read(text)
    vectors = [meanings.vector([(text.index(part), text.index(part) + len(part))]) for part in (first, second)]
    return float(compare_vectors(vectors[0][None], vectors[1][None])[0, 0])


STORY = (
    "The Lorvane ferry sank off Castrel on Monday night, the coastguard said.\n\n"
    "Bakers in Minton want cheaper flour before the winter.\n\n"
    "Shipping agents in the port confirmed that the vessel from Lorvane had gone down near Castrel."
)


def test_the_same_in_other_words_is_closer_than_something_else() -> None:
    sank = "The Lorvane ferry sank off Castrel on Monday night"
    down = "the vessel from Lorvane had gone down near Castrel"
    flour = "Bakers in Minton want cheaper flour before the winter"
    assert likeness(STORY, sank, down) > likeness(STORY, sank, flour) + 0.2
    assert likeness(STORY, sank, down) > likeness(STORY, down, flour) + 0.2


def test_a_stretch_is_most_like_itself() -> None:
    vector = read(STORY).vector([(0, 50)])
    assert compare_vectors(vector[None], vector[None])[0, 0] == pytest.approx(1)
    assert vector.dtype == np.int8
    assert np.abs(vector.astype(int)).max() == 127


def test_ranges_count_each_token_once_and_in_any_order() -> None:
    meanings = read(STORY)
    whole = meanings.vector([(0, 72)])
    assert np.array_equal(whole, meanings.vector([(30, 72), (0, 40), (10, 20)]))
    assert not np.array_equal(whole, meanings.vector([(0, 30)]))


def test_what_touches_no_token_is_nothing_and_like_nothing() -> None:
    meanings = read(STORY)
    nothing = meanings.vector([])
    assert not nothing.any()
    assert not meanings.vector([(900, 950)]).any()
    assert not read("").vector([(0, 10)]).any()
    assert compare_vectors(nothing[None], meanings.vector([(0, 20)])[None])[0, 0] == 0


def test_a_long_text_has_one_state_for_each_token() -> None:
    text = STORY * 40
    meanings = read(text)
    assert len(meanings.states) == len(meanings.tokens) > 1000
    assert meanings.states.shape[1] == STATE + POOLS
    assert meanings.vector([(0, len(text))]).shape == (VECTOR,)


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=20, deadline=None)
def test_a_vector_depends_on_the_text_and_the_range_alone(start: int, end: int) -> None:
    assert np.array_equal(read(STORY).vector([(start, end)]), SHARED.vector([(start, end)]))


SHARED = read(STORY)


def test_the_head_comes_back_as_it_was_packed() -> None:
    stored = io.BytesIO()
    np.savez(stored, allow_pickle=False, **pack_head(HEAD))
    loaded = load_head(stored.getvalue())
    for name in ("tokens", "offsets", "pieces", "rarity", "direct", "inner", "outer"):
        assert np.allclose(getattr(loaded, name), getattr(HEAD, name), atol=1e-3)
