"""Sentence ranges of a text."""

from __future__ import annotations

from collections.abc import Iterator

import sentencex

_LONGEST = 20_000


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences, without the blanks around them; a line end always ends one."""
    line_start = 0
    while line_start < len(text):
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        for start in range(line_start, line_end, _LONGEST):
            yield from _sentences_of_line(text, start, min(line_end, start + _LONGEST))
        line_start = line_end + 1


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = text[start:end]
    if not line.strip():
        return
    at = 0
    for sentence in sentencex.segment("en", line):
        found = line.find(sentence, at)
        if found < 0:
            continue
        at = found + len(sentence)
        bare = sentence.strip()
        if bare:
            lead = found + sentence.index(bare[0])
            yield start + lead, start + lead + len(bare)
