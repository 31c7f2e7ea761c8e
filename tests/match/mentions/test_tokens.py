"""Sentences, also inside quotation marks and in digests."""

from __future__ import annotations

import pytest

from sourceline.match.mentions.tokens import LONGEST, find_paragraphs, find_sentences
from sourceline.model.text import Document, Region, RegionKind


def sentences(text: str) -> list[str]:
    return [text[found[0].start : found[-1].end] for found in find_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We have a log. It is empty,” she said.", ["“We have a log.", "It is empty,” she said."]),
        ("Dr. Ames left on Feb. 3. Nobody saw him.", ["Dr. Ames left on Feb. 3.", "Nobody saw him."]),
        ("It began at 3.10 a.m. The guard slept.", ["It began at 3.10 a.m.", "The guard slept."]),
        ("It began at 3.10 a.m. (0110 GMT) and ended.", ["It began at 3.10 a.m. (0110 GMT) and ended."]),
        ("Crates: 40. (Marle Post) Seals: six.", ["Crates: 40.", "(Marle Post)", "Seals: six."]),
        ("“Why?” he asked.", ["“Why?” he asked."]),
        ("i didnt see it. my cousin did.", ["i didnt see it.", "my cousin did."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut() -> None:
    lengths = [len(found) for found in find_sentences("word " * 1000, 0, 5000)]
    assert lengths == [LONGEST, LONGEST, 200]


def test_paragraphs_are_lines_of_the_body_alone() -> None:
    text = "A TITLE\n\nMARLE (HP) - The mill\nburnt.\n\nNobody came."
    ends = [(0, 7, "title"), (9, 21, "dateline"), (21, 37, "body"), (39, 51, "body")]
    regions = tuple(Region(kind=RegionKind(kind), start=start, end=end) for start, end, kind in ends)
    found = list(find_paragraphs(Document(id="d", text=text, sha256="", regions=regions)))
    assert [(number, [t.text for s in sentences for t in s]) for number, sentences in found] == [
        (2, ["The", "mill", "burnt", "."]),
        (5, ["Nobody", "came", "."]),
    ]


def test_a_text_that_was_not_cleaned_has_a_paragraph_a_line() -> None:
    text = "The mill burnt.\nNobody came."
    document = Document(id="d", text=text, sha256="", regions=(Region(kind=RegionKind.BODY, start=0, end=len(text)),))
    assert [number for number, _ in find_paragraphs(document)] == [0, 1]
