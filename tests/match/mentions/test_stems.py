"""Words that inflection alone tells apart have one stem."""

from __future__ import annotations

import pytest

from sourceline.match.mentions.stems import content_words, stem
from sourceline.match.mentions.tokens import find_tokens


@pytest.mark.parametrize(
    "words",
    [
        "lorry lorries",
        "leave leaves leaving left",
        "close closed closes closing",
        "stop stopped stopping",
        "carry carried carries",
        "die died dies dead",
        "church churches",
        "official officials",
        "city cities",
    ],
)
def test_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_words_apart_stay_apart() -> None:
    stems = [stem(word) for word in "mine minister ministry mill million".split()]
    assert len(set(stems)) == len(stems)


def test_content_words_leave_function_words_out_and_keep_figures() -> None:
    text = "The café’s owner said that 1,200 of its long-lost spoons were back."
    assert content_words(find_tokens(text, 0, len(text))) == ["cafe", "owner", "1,200", "long", "lose", "spoon", "back"]
