"""Text to wordpieces, each with the features that an uncased vocabulary loses: case, layout, quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
    """The wordpieces of a text. All arrays have shape (n,).

    states: one quotation state for each *character* of the text, see `quotation`.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    case: NDArray[np.int8]
    layout: NDArray[np.int8]
    quote: NDArray[np.int8]
    states: bytearray

    def __len__(self) -> int:
        return len(self.ids)


def tokenise(text: str, tokenizer: Tokenizer) -> Tokens:
    """Wordpieces of `text` with half-open code point offsets; no special pieces are added."""
    cases: dict[str, int] = {}
    parts = [_encode_chunk(text, start, end, tokenizer, cases) for start, end in _chunks(text)]
    ids, starts, ends = (_join([part[i] for part in parts], np.int32) for i in range(3))
    states = quote_states(text)
    return Tokens(
        ids=ids,
        starts=starts,
        ends=ends,
        case=_join([part[3] for part in parts], np.int8),
        layout=_layout(text, starts, ends),
        quote=np.frombuffer(states, np.int8)[starts],
        states=states,
    )


def _encode_chunk(
    text: str, start: int, end: int, tokenizer: Tokenizer, cases: dict[str, int]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """ids, starts, ends and cases of the chunk's pieces; `cases` remembers the pieces met before."""
    encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
    places = [(a + start, b + start) for a, b in encoding.offsets]
    pieces = (text[a:b] for a, b in places)
    case = [cases[p] if p in cases else cases.setdefault(p, _case(p)) for p in pieces]
    offsets = np.array(places, np.int32).reshape(-1, 2)
    real = offsets[:, 1] > offsets[:, 0]
    return np.array(encoding.ids, np.int32)[real], offsets[real, 0], offsets[real, 1], np.array(case, np.int8)[real]


def _join(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


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
    if not piece or piece.islower():
        return 0
    if piece.isdigit():
        return 4
    if piece.isupper():
        return 2 if len(piece) > 1 else 1
    if piece[0].isupper():
        return 1
    return 3 if any(c.isupper() for c in piece) else 0


def _layout(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int8]:
    layout = np.full(len(starts), GLUED, np.int8)
    layout[:1] = NEW_PARAGRAPH
    for i in np.flatnonzero(starts[1:] > ends[:-1]) + 1:
        gap = text[ends[i - 1] : starts[i]]
        if gap == " ":
            layout[i] = SPACED
            continue
        lines = gap.count("\n")
        layout[i] = NEW_PARAGRAPH if lines > 1 else NEW_LINE if lines else SPACED if gap.isspace() else GLUED
    return layout
