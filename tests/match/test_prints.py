"""Fingerprints: what shares them, and that a batch gives what each text gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sourceline.match.print_index import PrintIndex
from sourceline.match.prints import WINDOW, WORDS, Hashes, Prints, find_prints, winnow

TEXTS = st.lists(st.lists(st.integers(0, 12), max_size=90), max_size=6)


def numbers(words: list[int]) -> Hashes:
    return np.array(words, dtype=np.uint64)


@given(TEXTS)
def test_a_batch_has_the_prints_of_each_text(texts: list[list[int]]) -> None:
    together = winnow([numbers(text) for text in texts])
    for text, (hashes, places) in zip(texts, together, strict=True):
        ((alone, at),) = winnow([numbers(text)])
        assert hashes.tolist() == alone.tolist()
        assert places.tolist() == at.tolist()


@given(
    st.lists(st.integers(1, 10**6), min_size=WORDS + WINDOW - 1, max_size=60),
    st.lists(st.integers(1, 10**6), max_size=40),
    st.lists(st.integers(1, 10**6), max_size=40),
)
def test_nineteen_words_in_a_row_share_a_print(shared: list[int], before: list[int], after: list[int]) -> None:
    ((first, _), (second, _)) = winnow([numbers(before + shared), numbers(shared + after)])
    assert set(first.tolist()) & set(second.tolist())


@given(st.lists(st.integers(1, 9), min_size=WORDS, max_size=WORDS + 30))
def test_eight_words_without_a_break_have_a_print(words: list[int]) -> None:
    ((found, _),) = winnow([numbers(words)])
    assert len(found)


def test_a_break_is_in_no_print() -> None:
    ((found, _),) = winnow([numbers([1, 2, 3, 4, 5, 6, 7, 0, 8, 9, 10, 11, 12, 13, 14])])
    assert not len(found)


def test_a_quotation_has_no_prints() -> None:
    words = "“We counted the drums on the quay twice and we counted them again before the tide came in,” he said."
    assert not len(find_prints(words))
    assert len(find_prints(words.strip("“").replace("”", "")))


@given(st.text(alphabet="ab c“”\n'.", max_size=400))
def test_packing_keeps_them(text: str) -> None:
    prints = find_prints(text * 3)
    again = Prints.unpack(prints.pack())
    assert again.hashes.tolist() == prints.hashes.tolist()
    assert again.starts.tolist() == prints.starts.tolist()


@given(st.lists(st.lists(st.integers(0, 30), max_size=12), max_size=12), st.randoms(use_true_random=False))
def test_the_index_counts_what_is_shared_in_any_order(articles: list[list[int]], order) -> None:  # type: ignore[no-untyped-def]
    numbered = list(enumerate(articles))
    order.shuffle(numbered)
    index = PrintIndex(boilerplate=5)
    for number, prints in numbered:
        index.add([number], [numbers(prints)])
        index.find([numbers([1])])  # sorts in what waits
    often = {p for p in range(31) if sum(p in a for a in articles) > 5}
    found = index.find([numbers(a) for a in articles], least=2)
    expected = {
        (i, j): len(shared)
        for i, a in enumerate(articles)
        for j, b in enumerate(articles)
        if len(shared := set(a) & set(b) - often) >= 2
    }
    pairs = zip(found.query.tolist(), found.article.tolist(), found.prints.tolist(), strict=True)
    assert {(i, j): n for i, j, n in pairs} == expected
