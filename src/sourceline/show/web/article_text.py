"""An article's text, cut into what a template prints: blocks, paragraphs, and pieces that look alike throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sourceline.model.reading import Reading
from sourceline.model.speech import Act
from sourceline.model.text import RegionKind, Span
from sourceline.show.layout import Line, Piece, Role, lay_out
from sourceline.show.values import Value

_PLAIN = (None, RegionKind.BODY, RegionKind.BOILERPLATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """An attribution's number, set behind its cue."""

    number: int
    id: str
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that look alike."""

    start: int
    """Its first character's place in the document's text."""
    text: str
    classes: str
    numbers: str
    """Of the attributions it belongs to."""
    own: int | None
    """The own-voice assertion that begins here."""
    meaning: str
    """What a date, quantity or place was read as; "" for none."""
    lit: bool
    """Whether it was asked to be shown."""
    first_lit: bool
    ends: tuple[Number, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    classes: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Paragraphs that are read, or page furniture that is not."""

    furniture: bool
    paragraphs: tuple[Paragraph, ...]


def blocks_of(reading: Reading, values: Sequence[Value] = (), lit: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The article from first to last; `lit`: spans to be shown. Takes time in proportion to the text and its marks."""
    return _Cutting(reading, values, lit).blocks()


class _Cutting:
    def __init__(self, reading: Reading, values: Sequence[Value], lit: Sequence[Span]) -> None:
        self._reading = reading
        self._values = values
        self._lit = lit
        self._lit_before = False

    def blocks(self) -> tuple[Block, ...]:
        spans = [*(value.span for value in self._values), *self._lit]
        lines = lay_out(self._reading, spans)
        grouped = groupby(lines, key=lambda line: line.region is RegionKind.BOILERPLATE)
        return tuple(
            Block(furniture=furniture, paragraphs=tuple(map(self._paragraph, group))) for furniture, group in grouped
        )

    def _paragraph(self, line: Line) -> Paragraph:
        whole = line.region if line.region not in _PLAIN else None
        classes = " ".join(filter(None, ["gap" if line.after_gap else "", whole.value if whole else ""]))
        return Paragraph(classes=classes, runs=tuple(self._run(piece, whole) for piece in line.pieces))

    def _run(self, piece: Piece, around: RegionKind | None) -> Run:
        numbers = sorted({mark.number for mark in piece.marks if mark.role is not Role.OWN})
        classes = [mark.role.value for mark in piece.marks]
        if piece.region not in (*_PLAIN, around) and piece.region is not None:
            classes.append(piece.region.value)
        classes += [mark.act.value for mark in piece.marks if mark.act][:1]
        classes += [f"k{number}" for number in numbers]
        known = [self._values[n - 1] for n in piece.values if n <= len(self._values)]
        lit = len(known) < len(piece.values)
        first_lit = lit and not self._lit_before
        self._lit_before = self._lit_before or lit
        return Run(
            start=piece.start,
            text=piece.text,
            classes=" ".join(dict.fromkeys(classes)),
            numbers=" ".join(map(str, numbers)),
            own=piece.begins_own,
            meaning="; ".join(f"{v.kind.value}: {'' if v.told else 'not told: '}{v.meaning}" for v in known),
            lit=lit,
            first_lit=first_lit,
            ends=tuple(self._number(number) for number in piece.ends),
        )

    def _number(self, number: int) -> Number:
        attribution = self._reading.attributions[number - 1]
        return Number(number=number, id=attribution.id, act=attribution.act)
