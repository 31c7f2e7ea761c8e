"""The article cut for showing: lines, and in them pieces throughout which the same marks hold.

Marks may nest and overlap (one source serves several attributions); pieces never do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sourceline.clean.lines import split_lines
from sourceline.model.reading import Reading
from sourceline.model.speech import Act
from sourceline.model.text import RegionKind, Span


class Role(StrEnum):
    """What a mark says of its characters, the most telling first."""

    CONTENT = "content"
    CUE = "cue"
    SOURCE = "source"
    OWN = "own"
    VALUE = "value"
    """A date, quantity or place; pieces keep these apart."""


_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span's part in the `number`-th attribution, own-voice assertion or value, from 1."""

    role: Role
    number: int
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one line under the same marks and in the same region."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    region: RegionKind | None
    ends: tuple[int, ...] = ()
    """The attributions whose number is set behind this piece: after the cue, or after the rest where there is none."""
    begins_own: int | None = None
    """The own-voice assertion that begins here."""
    values: tuple[int, ...] = ()
    """The values, from 1, that the piece belongs to. They cut pieces and change nothing of their marks."""

    @property
    def leading(self) -> Mark | None:
        """The mark that decides how the piece looks."""
        return self.marks[0] if self.marks else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the text that is not blank, or the lines of one hard-wrapped paragraph."""

    pieces: tuple[Piece, ...]
    region: RegionKind | None
    """The region, where the whole line has one."""
    after_gap: bool
    """Whether a blank line, or nothing at all, stands before it."""


def lay_out(reading: Reading, values: Sequence[Span] = ()) -> Iterator[Line]:
    """The lines of the article from first to last, a paragraph that was wrapped at a fixed width being one.

    What is left out is blank space between lines, nothing else. `values`: spans to be told apart beside the marks.
    """
    text = reading.document.text
    marking = _Marking(reading, values)
    end_before = 0
    for stretch in split_lines(text):
        pieces = tuple(marking.pieces(stretch.start, stretch.end))
        kinds = {piece.region for piece in pieces if piece.text.strip()}
        breaks = max(text.count(sign, end_before, stretch.start) for sign in "\n\r")
        gap = end_before == 0 or breaks > 1
        yield Line(pieces=pieces, region=kinds.pop() if len(kinds) == 1 else None, after_gap=gap)
        end_before = stretch.end


class _Marking:
    """A sweep over the text: which marks and which region hold at each cut. It only moves forward."""

    def __init__(self, reading: Reading, values: Sequence[Span]) -> None:
        self._text = reading.document.text
        self._opening: defaultdict[int, list[Mark]] = defaultdict(list)
        self._closing: defaultdict[int, list[Mark]] = defaultdict(list)
        self._numbers: defaultdict[int, list[int]] = defaultdict(list)
        self._regions: dict[int, RegionKind | None] = {}
        for number, attribution in enumerate(reading.attributions, 1):
            parts = (
                (Role.SOURCE, attribution.source),
                (Role.CUE, attribution.cue),
                (Role.CONTENT, attribution.content),
            )
            for role, spans in parts:
                self._add(Mark(role=role, number=number, act=attribution.act), spans)
            spans = (*attribution.source, *attribution.cue, *attribution.content)
            if spans:
                self._numbers[max(span.end for span in attribution.cue or spans)].append(number)
        for number, assertion in enumerate(reading.unattributed, 1):
            self._add(Mark(role=Role.OWN, number=number), (assertion.span,))
        for number, span in enumerate(values, 1):
            self._add(Mark(role=Role.VALUE, number=number), (span,))
        for region in reading.document.regions:
            self._regions[region.start] = region.kind
            self._regions.setdefault(region.end, None)
        cuts = {*self._opening, *self._closing, *self._regions, *self._numbers}
        self._cuts = [*sorted(cut for cut in cuts if 0 <= cut < len(self._text)), len(self._text)]
        self._next = 0
        self._holding: set[Mark] = set()
        self._region: RegionKind | None = None

    def _add(self, mark: Mark, spans: tuple[Span, ...]) -> None:
        for span in spans:
            if span.start < span.end:
                self._opening[span.start].append(mark)
                self._closing[span.end].append(mark)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of [start, end), which lies behind every stretch asked for before."""
        fresh: list[Mark] = self._pass_cuts(start)
        at = start
        while at < end:
            until = min(self._cuts[self._next], end) if self._next < len(self._cuts) else end
            yield self._piece(at, until, fresh)
            at, fresh = until, (self._pass_cuts(until) if until < end else [])

    def _pass_cuts(self, position: int) -> list[Mark]:
        """Take in every cut up to `position`, and give the marks that opened there."""
        opened: list[Mark] = []
        while self._next < len(self._cuts) and self._cuts[self._next] <= position:
            cut = self._cuts[self._next]
            self._holding.difference_update(self._closing.get(cut, ()))
            self._holding.update(self._opening.get(cut, ()))
            opened += self._opening.get(cut, ())
            self._region = self._regions.get(cut, self._region)
            self._next += 1
        return opened

    def _piece(self, start: int, end: int, opened: list[Mark]) -> Piece:
        holding = sorted(self._holding, key=lambda mark: (_ORDER[mark.role], mark.number))
        return Piece(
            start=start,
            text=self._text[start:end],
            marks=tuple(mark for mark in holding if mark.role is not Role.VALUE),
            values=tuple(mark.number for mark in holding if mark.role is Role.VALUE),
            region=self._region,
            ends=tuple(self._numbers.get(end, ())),
            begins_own=next((mark.number for mark in opened if mark.role is Role.OWN and mark in self._holding), None),
        )
