"""What one article used of another's text: the same words in a row, found by prints and verified in the words.

Shared prints are places to begin; from each the shared words are followed in both directions, over a changed word here
and there, as a desk changes them. What stands in quotation marks is told apart: it may have been heard by both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sourceline.match.prints import Prints, Word, find_prints, split_words
from sourceline.model.claim import Reuse, ReuseKind
from sourceline.model.text import Span

_CHANGED = 3
"""Words that may be changed, added or left out between two stretches of shared ones."""
_AGAIN = 3
"""Words in a row that must be shared after a change."""
_QUOTE = 6
"""Words in a row that two quotations must share."""
_SETTLED = 60
"""A run of so many words is not looked for again elsewhere in the first text."""
_MOST_SEEDS = 2000
_COPY, _EDITED = 0.9, 0.45
"""Shares of the later text's own words from which it is a copy, or an edited one."""


@dataclass(frozen=True)
class Worded:
    """A version's text, ready to be compared. What is asked for is made once."""

    version: str
    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(split_words(self.text))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(word.start for word in self.words)

    @cached_property
    def prints(self) -> Prints:
        return find_prints(self.text)

    @cached_property
    def own(self) -> int:
        """Words outside of quotation marks."""
        return sum(not word.quoted for word in self.words)

    def place(self, start: int) -> int:
        """The place of the word that begins at this character, or that it stands in."""
        return max(0, bisect_right(self.starts, start) - 1)


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """Words [first, first_end) of the one text and [second, second_end) of the other, alike but for small changes."""

    second: int
    second_end: int
    first: int
    first_end: int


def find_reuse(first: Worded, second: Worded) -> Reuse | None:
    """What the second text shares with the first; None where that is too little to tell, in no more than a quotation of
    five words or own words fewer than eight in a row."""
    runs = _without_overlap(_runs(first, second))
    quotes = [] if runs else _without_overlap(_quote_runs(first, second))
    if not runs and not quotes:
        return None
    used = sum(not word.quoted for run in runs for word in second.words[run.second : run.second_end])
    given = sum(not word.quoted for run in runs for word in first.words[run.first : run.first_end])
    share = used / second.own if second.own else 0.0
    spans = [(_span(first, r.first, r.first_end), _span(second, r.second, r.second_end)) for r in runs or quotes]
    return Reuse(
        first=first.version,
        second=second.version,
        kind=_kind(share, given / first.own if first.own else 0.0) if runs else ReuseKind.QUOTE,
        share=round(share, 4),
        spans=tuple(sorted(spans, key=lambda pair: (-(pair[1].end - pair[1].start), pair[1].start))),
    )


def _kind(share: float, given: float) -> ReuseKind:
    if share >= _COPY and given >= _COPY:
        return ReuseKind.COPY
    return ReuseKind.EDITED_COPY if share >= _EDITED else ReuseKind.EXCERPT


def _runs(first: Worded, second: Worded) -> list[_Run]:
    """From every shared print as far as the words go together."""
    places: dict[int, list[int]] = {}
    for number, start in zip(first.prints.hashes.tolist(), first.prints.starts.tolist(), strict=True):
        places.setdefault(number, []).append(start)
    runs: list[_Run] = []
    reached: dict[int, int] = {}
    settled = seeds = 0
    for number, start in zip(second.prints.hashes.tolist(), second.prints.starts.tolist(), strict=True):
        for other in places.get(number, ())[:4]:
            a, b = first.place(other), second.place(start)
            if b < max(settled, reached.get(b - a, 0)) or seeds >= _MOST_SEEDS:
                continue
            seeds += 1
            run = _follow(first.words, second.words, a, b)
            if run is not None:
                reached[run.second_end - run.first_end] = reached[b - a] = run.second_end
                runs.append(run)
                if run.second_end - run.second >= _SETTLED:
                    settled = max(settled, run.second_end)
    return runs


def _quote_runs(first: Worded, second: Worded) -> Iterable[_Run]:
    """The same words within quotation marks, six or more in a row."""
    places: dict[tuple[str, ...], int] = {}
    for at in _quoted(first.words):
        places.setdefault(_forms(first.words, at), at)
    reached = -1
    for at in _quoted(second.words):
        a = places.get(_forms(second.words, at))
        if a is None or at < reached:
            continue
        length = 0
        while (
            a + length < len(first.words)
            and at + length < len(second.words)
            and first.words[a + length].quoted
            and second.words[at + length].quoted
            and first.words[a + length].form == second.words[at + length].form
        ):
            length += 1
        reached = at + length
        yield _Run(at, at + length, a, a + length)


def _quoted(words: Sequence[Word]) -> Iterable[int]:
    """Where six words within quotation marks begin."""
    length = 0
    for end, word in enumerate(words, 1):
        length = length + 1 if word.quoted else 0
        if length >= _QUOTE:
            yield end - _QUOTE


def _forms(words: Sequence[Word], at: int) -> tuple[str, ...]:
    return tuple(word.form for word in words[at : at + _QUOTE])


def _follow(first: Sequence[Word], second: Sequence[Word], a: int, b: int) -> _Run | None:
    """The run around a seed; None where the words at the seed are not the same (a hash that two share by chance)."""
    if any(
        i + a >= len(first) or i + b >= len(second) or first[a + i].form != second[b + i].form for i in range(_AGAIN)
    ):
        return None
    a_end, b_end = _extend(first, second, a, b, 1)
    a_start, b_start = _extend(first, second, a, b, -1)
    return _Run(b_start + 1, b_end, a_start + 1, a_end)


def _extend(first: Sequence[Word], second: Sequence[Word], a: int, b: int, way: int) -> tuple[int, int]:
    """The first words, going this way, that belong to the run no longer."""
    while True:
        while 0 <= a < len(first) and 0 <= b < len(second) and first[a].form == second[b].form:
            a, b = a + way, b + way
        onward = _after_change(first, second, a, b, way)
        if onward is None:
            return a, b
        a, b = onward


def _after_change(first: Sequence[Word], second: Sequence[Word], a: int, b: int, way: int) -> tuple[int, int] | None:
    """Where the words go together again after at most `_CHANGED` others on either side."""
    for changed in range(1, 2 * _CHANGED + 1):
        for left in range(max(0, changed - _CHANGED), min(changed, _CHANGED) + 1):
            i, j = a + way * left, b + way * (changed - left)
            if all(_same(first, second, i + way * k, j + way * k) for k in range(_AGAIN)):
                return i, j
    return None


def _same(first: Sequence[Word], second: Sequence[Word], a: int, b: int) -> bool:
    return 0 <= a < len(first) and 0 <= b < len(second) and first[a].form == second[b].form


def _without_overlap(runs: Iterable[_Run]) -> list[_Run]:
    """The longest runs, no word of the second text in two of them, in the order of that text."""
    kept: list[_Run] = []
    covered: set[int] = set()
    for run in sorted(runs, key=lambda r: (r.second - r.second_end, r)):
        if not covered.intersection((run.second, run.second_end - 1)):
            kept.append(run)
            covered.update(range(run.second, run.second_end))
    return sorted(kept)


def _span(worded: Worded, start: int, end: int) -> Span:
    return Span.of(worded.text, worded.words[start].start, worded.words[end - 1].end)
