"""Upstream: marked sentences (`<s>` source, `<q>` cue, `<c>` content), and whom their speaker credits."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.neural.encoder import Encoder, place_windows
from sourceline.resolve.chains import find_chains
from sourceline.resolve.upstream import UpstreamReader
from tests.resolve.test_chains import Marked, is_media, read

ENCODER = Encoder()
READER = UpstreamReader(ENCODER.artefact)


def upstreams(marked: str) -> list[str]:
    text, sayings = read(marked)
    tokens = ENCODER.tokenise(text)
    windows = [READER.read_window(ENCODER.encode_window(tokens, place)) for place in place_windows(tokens)]
    chains = find_chains(text, sayings, is_media=is_media, upstream=READER.finder(tokens.starts, windows))
    return [text[start:end] for chain in chains for start, end in chain.upstream]


@pytest.mark.parametrize(
    ("marked", "upstream"),
    [
        ("<s>Corran Wire</s> <q>reported</q> <c>that Ivo Brand said the dam would go</c>.", "Ivo Brand"),
        ("<s>Corran media</s> <q>reported</q> <c>Ivo Brand had delayed a decision about the dam</c>.", "Ivo Brand"),
        ("<s>Ruiz</s> <q>said</q> <c>that the hospital director had said there was no bread</c>.",
         "the hospital director"),
        ("<c>“Remember when she said she was poor?”</c> <s>Brand</s> <q>asked</q>.", "she"),
        ("<s>A poll</s> <q>showed</q> <c>that 75 percent of Corranians said they were hungry</c>.",
         "75 percent of Corranians"),
        ("<c>“Ana Ruiz told us the dam was safe,”</c> <s>Brand</s> <q>said</q>.", "Ana Ruiz"),
        ("<c>“The dam is safe,” Ana Ruiz said on Monday</c>, <q>according to</q> <s>Corran Wire</s>.", "Ana Ruiz"),
        ("<s>Corran Wire</s> <q>reported</q> <c>that the chairman, Ivo Brand, told investigators he knew</c>.",
         "Ivo Brand"),
        ("<s>Brand</s> <q>recalled</q> <c>“She looked at me and said, ‘Thank you.’”</c>", "She"),
    ],
)  # fmt: skip
def test_upstream_is_whom_the_speaker_credits(marked: str, upstream: str) -> None:
    assert upstreams(marked)[:1] == [upstream]


@pytest.mark.parametrize(
    ("marked", "upstream"),
    [
        ("<s>Corran Wire</s>, citing two officials, <q>reported</q> <c>that the dam would go</c>.", "two officials"),
        ("<s>Corran Wire</s> <q>reported</q> <c>the dam would go</c>, citing data from the River Institute.",
         "the River Institute"),
        ("<s>Corran Wire</s>, which quoted a ministry official, <q>reported</q> <c>that the dam would go</c>.",
         "a ministry official"),
        ("<s>Corran Wire</s>, attributing the account to two aides, <q>reported</q> <c>that the dam would go</c>.",
         "two aides"),
        ("<s>Corran Wire</s> <q>reported</q> <c>that the dam would go</c>, based on interviews with three miners.",
         "three miners"),
        ("<s>Ruiz</s>, who had been told by the harbour minister, <q>said</q> <c>the dam would go</c>.",
         "the harbour minister"),
    ],
)  # fmt: skip
def test_who_is_cited_beside_the_content_is_upstream(marked: str, upstream: str) -> None:
    assert upstreams(marked) == [upstream]


@pytest.mark.parametrize(
    "marked",
    [
        "<s>Ruiz</s> <q>said</q> <c>the mayor had gone home</c>.",
        "<c>“I said no, and we told you so,”</c> <s>Ruiz</s> <q>said</q>.",
        "<s>Brand</s> <q>said</q> <c>that nobody said a word</c>.",
        "<s>Corran media</s> <q>reported</q> <c>Ivo Brand would not have delayed a decision about the dam</c>.",
        "<s>Ruiz</s> <q>closed</q> <c>the dam</c>, citing bad weather.",
        "<s>Ruiz</s>, who was quoted by Corran Wire, <q>said</q> <c>the dam would go</c>.",
        "<s>Ana Ruiz</s> <q>told</q> reporters <c>that Ruiz had said so before</c>.",
    ],
)
def test_who_is_only_talked_about_is_none(marked: str) -> None:
    assert upstreams(marked) == []


def test_without_a_finder_nobody_is_looked_for() -> None:
    text, sayings = read("<s>Ruiz</s> <q>said</q> <c>that Ivo Brand said no</c>.")
    assert find_chains(text, sayings, is_media=is_media)[0].upstream == ()


def test_the_scores_of_the_two_tokens_that_matter_decide_with_the_words() -> None:
    text, sayings = read("<s>Ruiz</s> <q>said</q> <c>that Brand said no</c>.")
    starts = np.array([0, 5, 10, 15, 21, 26], np.int32)  # Ruiz said that Brand said no

    def find(word: float, head: float, elsewhere: float = 0.0) -> int:
        scores = np.full((6, 2), elsewhere, np.float16)
        scores[4, 0], scores[3, 1] = word, head
        chain = find_chains(text, sayings, is_media=is_media, upstream=READER.finder(starts, [scores[:3], scores[3:]]))
        return len(chain[0].upstream)

    assert find(20, 0) == find(0, 20) == 1
    assert find(-20, 0) == find(0, -20) == 0
    assert find(20, 20, elsewhere=-20) == 1


def test_many_long_contents_take_time_in_proportion() -> None:
    unit = "Ana said “" + "One man in Corran, a clerk, who came and said that Brand's claim by him said " * 20 + "” "

    def seconds(count: int) -> float:
        places = range(0, count * len(unit), len(unit))
        sayings = [Marked([(at, at + 3)], [(at + 4, at + 8)], [(at + 9, at + len(unit) - 2)]) for at in places]
        started = time.process_time()
        find_chains(unit * count, sayings, is_media=is_media, upstream=READER.finder())
        return time.process_time() - started

    seconds(2)
    assert seconds(160) < 16 * seconds(20) + 0.2  # eight times the text; a square would be sixty-four


def test_a_content_of_a_million_characters_is_read_up_to_a_bound() -> None:
    text = "Ana said " + "One man in Corran said that he said " * 30_000
    started = time.process_time()
    find_chains(text, [Marked([(0, 3)], [(4, 8)], [(9, len(text))])], is_media=is_media, upstream=READER.finder())
    assert time.process_time() - started < 2


_PIECES = st.sampled_from(
    [
        "told ", "said ", " by ", "who ", "according to ", "citing ", "that ", "“", "”", ", ", ". ", "Ana ",
        "’s claim ", "they ", "of ", "in ", "the ", "and ", "it ", "O’Mara ", "\n", "\x00", "é", "'", "75 percent ",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=4), max_size=50), st.data())
def test_any_text_and_any_ranges_give_spans_of_the_text(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: (min(p), max(p)))
    ranges = st.lists(place, max_size=3)
    sayings = [Marked(data.draw(ranges), data.draw(ranges), data.draw(ranges)) for _ in range(3)]
    for chain in find_chains(text, sayings, is_media=is_media, upstream=READER.finder()):
        assert len(set(chain.upstream)) == len(chain.upstream)
        for start, end in chain.upstream:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
