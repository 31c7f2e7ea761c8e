from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sourceline.neural.artefact import load_artefact
from sourceline.neural.tokens import GLUED, NEW_LINE, NEW_PARAGRAPH, SPACED, Tokens, tokenise


@cache
def shipped_tokenizer() -> Tokenizer:
    return Tokenizer.from_buffer(load_artefact().read("tokenizer.json"))


@pytest.fixture
def tokenizer() -> Tokenizer:
    return shipped_tokenizer()


def words(text: str, tokens: Tokens) -> list[str]:
    return [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]


def test_pieces_stand_where_they_say(tokenizer: Tokenizer) -> None:
    text = "The Élysée said: “No.”\n\nUN AGREED"
    tokens = tokenise(text, tokenizer)
    assert "".join(words(text, tokens)) == "".join(text.split())
    by_word = dict(zip(words(text, tokens), tokens.layout.tolist(), strict=True))
    assert by_word["The"] == NEW_PARAGRAPH
    assert by_word["said"] == SPACED
    assert by_word[":"] == GLUED
    assert by_word["UN"] == NEW_PARAGRAPH


def test_case_is_kept_beside_the_uncased_pieces(tokenizer: Tokenizer) -> None:
    text = "A Man in IRAQ of 1961"
    tokens = tokenise(text, tokenizer)
    assert dict(zip(words(text, tokens), tokens.case.tolist(), strict=True)) == {
        "A": 1, "Man": 1, "in": 0, "IRAQ": 2, "of": 0, "1961": 4,
    }  # fmt: skip


def test_a_line_end_is_no_paragraph(tokenizer: Tokenizer) -> None:
    tokens = tokenise("one\ntwo", tokenizer)
    assert tokens.layout.tolist() == [NEW_PARAGRAPH, NEW_LINE]


def test_nothing_gives_nothing(tokenizer: Tokenizer) -> None:
    assert len(tokenise("", tokenizer)) == 0
    assert len(tokenise(" \n\t", tokenizer)) == 0


def test_a_long_text_is_the_sum_of_its_chunks(tokenizer: Tokenizer) -> None:
    sentence = "Officials in Karsova said that the bridge would open again in May. "
    text = sentence * 1000
    many = tokenise(text, tokenizer)
    one = tokenise(sentence, tokenizer)
    assert len(many) == 1000 * len(one)
    assert np.array_equal(many.ids[-len(one) :], one.ids)
    assert int(many.ends[-1]) == len(text) - 1


@given(st.text(max_size=300))
@settings(deadline=None)
def test_offsets_rise_and_stay_within_the_text(text: str) -> None:
    tokens = tokenise(text, shipped_tokenizer())
    assert (tokens.ends > tokens.starts).all()
    assert (np.diff(tokens.starts) >= 0).all()
    assert not len(tokens) or tokens.ends.max() <= len(text)
