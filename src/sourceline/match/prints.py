"""Fingerprints of an article's own words: hashes of eight words in a row, thinned by winnowing (Schleimer, Wilkerson
& Aiken, SIGMOD 2003). Two texts that share 19 words in a row outside of quotation marks share a print.

What stands in quotation marks is left out: two reporters at one press conference share its words without having copied
from each other. A batch of texts has the same prints as each text has by itself.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.quotation import OUTSIDE, quote_states

WORDS = 8
"""In a row, in one print."""
WINDOW = 12
"""Of so many prints in a row the least is kept."""
_START_BITS = 24
_MOST_START = (1 << _START_BITS) - 1
_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)

_WORD = re.compile(r"\w+(?:['’]\w+)*")

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints in the order of the text, and the character at which the eight words of each begin."""

    hashes: Hashes
    """40 bits each."""
    starts: Places

    def __len__(self) -> int:
        return len(self.hashes)

    def pack(self) -> bytes:
        """Eight bytes for each print: its hash, and where it begins (as far as 24 bits tell)."""
        starts = np.minimum(self.starts, _MOST_START).astype(np.uint64)
        return (self.hashes << np.uint64(_START_BITS) | starts).astype("<u8").tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Prints:
        """What `pack` wrote. Raises ValueError for anything else than eight bytes each."""
        numbers = np.frombuffer(packed, "<u8").astype(np.uint64)
        return cls(numbers >> np.uint64(_START_BITS), (numbers & np.uint64(_MOST_START)).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Word:
    """A word folded, and its characters [start, end) in the text."""

    form: str
    start: int
    end: int
    quoted: bool


def split_words(text: str) -> Iterator[Word]:
    """The words of a text, letters and digits in a row."""
    states = quote_states(text)
    for found in _WORD.finditer(text):
        start, end = found.span()
        form = found.group().casefold().replace("’", "'")
        yield Word(form, start, end, states[start] != OUTSIDE)


def find_prints(text: str) -> Prints:
    """The prints of one text."""
    hashes, starts = own_words(text)
    ((found, places),) = winnow([hashes])
    return Prints(found, starts[places])


def own_words(text: str) -> tuple[Hashes, Places]:
    """A number for each word outside of quotation marks, with where it begins; 0 where a quotation was left out."""
    numbers: list[int] = []
    starts: list[int] = []
    quoted = False
    for word in split_words(text):
        if word.quoted:
            quoted = True
            continue
        if quoted and numbers:
            numbers.append(0)
            starts.append(word.start)
        quoted = False
        numbers.append(zlib.crc32(word.form.encode("utf-8", "surrogatepass")) + 1)
        starts.append(word.start)
    return np.array(numbers, dtype=np.uint64), np.array(starts, dtype=np.int64)


def winnow(texts: Sequence[Hashes]) -> list[tuple[Hashes, Places]]:
    """For each text, given as numbers of words with 0 for a break: its prints and the word at which each begins."""
    if not texts:
        return []
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    gap = np.zeros(WORDS + WINDOW, dtype=np.uint64)
    joined = np.concatenate([part for text in texts for part in (text, gap)])
    starts = np.concatenate(([0], np.cumsum(lengths + len(gap))[:-1]))
    grams = _grams(joined)
    chosen = np.flatnonzero(_is_least(grams, starts, lengths))
    cuts = np.searchsorted(chosen, starts)
    ends = np.append(cuts[1:], len(chosen))
    return [
        (grams[chosen[a:b]] >> np.uint64(_START_BITS), chosen[a:b] - start)
        for a, b, start in zip(cuts, ends, starts, strict=True)
    ]


def _grams(words: Hashes) -> Hashes:
    """A hash for the words at each place and the next seven; `_NONE` where a break is among them."""
    count = len(words) - WORDS + 1
    hashes = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=np.bool_)
    for i in range(WORDS):
        hashes *= _BASE
        hashes += words[i : i + count]
        whole &= words[i : i + count] != 0
    hashes ^= hashes >> np.uint64(30)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(27)
    hashes[~whole] = _NONE
    return hashes


def _is_least(grams: Hashes, starts: Places, lengths: Places) -> NDArray[np.bool_]:
    """Whether a hash is the least of some window of its text; a text shorter than a window has one window."""
    least = _slide(grams, np.minimum)
    windows = np.zeros(len(least), dtype=np.bool_)
    for start, length in zip(starts, lengths, strict=True):
        windows[start : start + max(1, length - WORDS - WINDOW + 2)] = True
    least[~windows] = 0
    padded = np.concatenate((np.zeros(WINDOW - 1, dtype=np.uint64), least, np.zeros(WINDOW - 1, dtype=np.uint64)))
    reach = _slide(padded, np.maximum)[: len(grams)]
    found: NDArray[np.bool_] = (grams == reach) & (grams != _NONE)
    return found


def _slide(values: Hashes, pick: np.ufunc) -> Hashes:
    """The least or greatest of each WINDOW values in a row, by doubling."""
    width, made = 1, values
    while width * 2 <= WINDOW:
        made = pick(made[:-width], made[width:])
        width *= 2
    rest = WINDOW - width
    return made if rest == 0 else pick(made[: len(made) - rest], made[rest:])
