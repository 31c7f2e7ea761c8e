"""Text to wordpieces, each with the features that an uncased vocabulary loses: case, layout, quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sourceline.neural.quotation import quote_states

CASES = 5
LAYOUTS = 4
QUOTES = 4
GLUED, SPACED, NEW_LINE, NEW_PARAGRAPH = 0, 1, 2, 3

_CHUNK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The wordpieces of a text. All arrays have shape (n,)."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    case: NDArray[np.int8]
    layout: NDArray[np.int8]
    quote: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.ids)


def tokenise(text: str, tokenizer: Tokenizer) -> Tokens:
    """Wordpieces of `text` with half-open code point offsets; no special pieces are added."""
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for base, encoding in _encode(text, tokenizer):
        ids.extend(encoding.ids)
        offsets.extend((base + s, base + e) for s, e in encoding.offsets)
    kept = [i for i, (s, e) in enumerate(offsets) if e > s]
    starts = np.array([offsets[i][0] for i in kept], np.int32)
    ends = np.array([offsets[i][1] for i in kept], np.int32)
    states = np.frombuffer(bytes(quote_states(text)), np.uint8)
    return Tokens(
        ids=np.array([ids[i] for i in kept], np.int32),
        starts=starts,
        ends=ends,
        case=np.array([_case(text[s:e]) for s, e in zip(starts, ends, strict=True)], np.int8),
        layout=_layout(text, starts, ends),
        quote=(states[starts] if len(starts) else states[:0]).astype(np.int8),
    )


def _encode(text: str, tokenizer: Tokenizer) -> Iterator[tuple[int, object]]:
    bases, chunks = [], []
    for start, end in _chunks(text):
        bases.append(start)
        chunks.append(text[start:end])
    return zip(bases, tokenizer.encode_batch(chunks, add_special_tokens=False), strict=True)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most 20,000 characters, cut at a line end or a blank where there is one."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _CHUNK)
        if end < len(text):
            cut = max(text.rfind("\n", start + 1, end), text.rfind(" ", start + _CHUNK // 2, end))
            end = cut if cut > start else end
        yield start, end
        start = end


def _case(piece: str) -> int:
    if piece.islower():
        return 0
    if piece.isdigit():
        return 4
    if piece.isupper():
        return 2 if len(piece) > 1 else 1
    if piece[0].isupper():
        return 1
    return 3 if any(c.isupper() for c in piece) else 0


def _layout(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int8]:
    layout = np.zeros(len(starts), np.int8)
    before = 0
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if i == 0:
            layout[i] = NEW_PARAGRAPH
        elif start > before:
            gap = text[before:start]
            lines = gap.count("\n")
            layout[i] = NEW_PARAGRAPH if lines > 1 else NEW_LINE if lines else SPACED if gap.isspace() else GLUED
        before = end
    return layout
