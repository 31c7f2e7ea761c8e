"""Printed lines to paragraphs: running heads and page numbers left out, lines joined, hyphenation mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_EDGE = 0.15
"""Share of a page's height, above and below, where heads and page numbers stand."""
_EDGE_LINES = 3
_FEW = 3
"""Lines that are too few to show by themselves how wide their column is."""
_STEP = 8.0
"""Points that a running head may stand higher or lower from page to page."""
_NUMBER = re.compile(
    r"(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—•|\s]*\d{1,3}[-–—•|\s]*|\d{1,3}\s*(?:of|/)\s*\d{1,3}|[ivxl]{1,6}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"(?:[•·▪●◦‣*]|[-–—]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")
_ENDS = re.compile(r"[.!?:…][\"'”’)\]»]*\d{0,3}$")
"""A sentence's end, with the mark of a footnote perhaps."""
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BEFORE = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_AFTER = re.compile(r"[^\W\d_]+")
_HYPHENS = "-‐\u00ad"
_COMPOUND_TEXT = (
    "all anti co counter cross ex far first full half high ill inter long low mid multi near non now off old one post "
    "pre pro second self semi short single so third three two vice well"
)
_COMPOUND = frozenset(_COMPOUND_TEXT.split())
"""First parts that keep their hyphen, where the document does not show otherwise."""
_WIDER = 1.4
"""Times the usual distance of lines from which on a paragraph ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of a page, where it stands in points from the lower left corner, and how large its letters are."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    hyphen: bool = False
    """A hyphen at its end has been taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    height: float
    lines: tuple[PrintedLine, ...]


def join_paragraphs(pages: Sequence[PrintedPage]) -> list[str]:
    """The paragraphs of all pages, each on one line. Linear in the number of lines."""
    blocks = [block for lines in _without_furniture(pages) for block in _blocks(_same_line_joined(lines))]
    words, edges = _words(blocks), _columns(blocks)
    paragraphs: list[str] = []
    last: PrintedLine | None = None
    edge = 0.0
    for block in blocks:
        edge_before, edge = edge, max(line.right for line in block)
        if len(block) <= _FEW:
            edge = max(edge, edges[_column(block)])
        for parts in _paragraphs(block, edge):
            goes_on = parts[0] is block[0] and last is not None and _goes_on(last, parts[0], edge_before)
            text = parts[0].text
            if goes_on and last is not None:
                text = _joined(paragraphs.pop(), last.hyphen, text, words)
            for before, line in pairwise(parts):
                text = _joined(text, before.hyphen, line.text, words)
            paragraphs.append(text)
            last = parts[-1]
    return [" ".join(paragraph.replace("\u00ad", "").split()) for paragraph in paragraphs]


def _without_furniture(pages: Sequence[PrintedPage]) -> Iterator[list[PrintedLine]]:
    """The lines of each page but for those that stand at the same edge of several pages, and page numbers."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines.values()})
    enough = max(2, min(3, len(pages) - 1))
    for page, lines in zip(pages, edges, strict=True):
        outer = {place for place, line in lines.items() if seen[_key(line)] >= enough or _NUMBER.fullmatch(line.text)}
        yield [line for place, line in enumerate(page.lines) if place not in outer]


def _edges(page: PrintedPage) -> dict[int, PrintedLine]:
    """The outermost lines of a page, by their place in it."""
    ordered = sorted(range(len(page.lines)), key=lambda place: page.lines[place].bottom)
    low, high = _EDGE * page.height, (1 - _EDGE) * page.height
    outermost = ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
    found = {place: page.lines[place] for place in outermost}
    return {place: line for place, line in found.items() if line.bottom < low or line.bottom > high}


def _key(line: PrintedLine) -> tuple[str, int, int]:
    return _DIGITS.sub("#", line.text).casefold(), round(line.bottom / _STEP), round(line.size)


def _same_line_joined(lines: list[PrintedLine]) -> list[PrintedLine]:
    """With pieces that follow one another on the same line put together."""
    joined: list[PrintedLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and not before.hyphen and _follows(before, line):
            text = f"{before.text} {line.text}"
            size = max(before.size, line.size)
            joined[-1] = replace(before, text=text, right=line.right, size=size, hyphen=line.hyphen)
        else:
            joined.append(line)
    return joined


def _follows(before: PrintedLine, line: PrintedLine) -> bool:
    size = max(before.size, 1.0)
    return abs(before.bottom - line.bottom) < 0.4 * size and -0.5 * size <= line.left - before.right < 3 * size


def _blocks(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Stretches of lines of one size, each below the one before: a column, a heading, a caption."""
    block: list[PrintedLine] = []
    for line in lines:
        if block and not _is_below(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_below(before: PrintedLine, line: PrintedLine) -> bool:
    same = abs(before.size - line.size) <= 0.08 * max(before.size, line.size)
    overlap = line.left < before.right and before.left < line.right
    return same and overlap and line.bottom < before.bottom and before.bottom - line.bottom < 6 * max(before.size, 1.0)


def _paragraphs(block: list[PrintedLine], edge: float) -> Iterator[list[PrintedLine]]:
    distances = sorted(a.bottom - b.bottom for a, b in pairwise(block))
    usual = distances[len(distances) // 3] if distances else 0.0  # paragraphs of one line each should not be the rule
    paragraph = block[:1]
    for before, line in pairwise(block):
        if _begins(before, line, usual, edge, first=len(paragraph) == 1):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _begins(before: PrintedLine, line: PrintedLine, usual: float, edge: float, *, first: bool) -> bool:
    """Whether a line begins a paragraph; `first`: the one before began one."""
    if before.hyphen:
        return False
    indent = 0.8 * max(line.size, 1.0)
    if before.bottom - line.bottom > _WIDER * usual or _BULLET.match(line.text):
        return True
    if line.left - before.left > indent:
        return not (first and _BULLET.match(before.text))
    if before.left - line.left > indent and not first:
        return True
    return _is_short(before, line, edge)


def _is_short(before: PrintedLine, line: PrintedLine, edge: float) -> bool:
    """Whether the next line's first word would have had room: then the line ended on purpose. In the middle of a
    sentence there has to be more room: code and figures may be wider than the text."""
    letter = (before.right - before.left) / max(1, len(before.text))
    word = len(line.text.split(maxsplit=1)[0]) + 2
    share = 0.0 if _ENDS.search(before.text) else 0.4 if line.text[0].islower() else 0.15
    return before.right + word * letter < edge - share * (edge - before.left)


def _goes_on(before: PrintedLine, line: PrintedLine, edge: float) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if abs(before.size - line.size) > 0.08 * max(before.size, line.size):
        return False
    if before.hyphen or line.text[0].islower():
        return before.hyphen or not _ENDS.search(before.text)
    return not _ENDS.search(before.text) and not _is_short(before, line, edge) and not _BULLET.match(line.text)


def _column(block: list[PrintedLine]) -> tuple[int, int]:
    return round(min(line.left for line in block) / _STEP), round(block[0].size)


def _columns(blocks: list[list[PrintedLine]]) -> dict[tuple[int, int], float]:
    """How far the lines go that begin at the same place, in letters of the same size."""
    edges: dict[tuple[int, int], float] = {}
    for block in blocks:
        edges[_column(block)] = max(edges.get(_column(block), 0.0), *(line.right for line in block))
    return edges


def _words(blocks: list[list[PrintedLine]]) -> frozenset[str]:
    """The words that the document has within its lines."""
    within = (word for block in blocks for line in block for word in _WORD.findall(line.text)[1:-1])
    return frozenset(word.replace("‐", "-").casefold() for word in within)


def _joined(before: str, hyphen: bool, after: str, words: frozenset[str]) -> str:
    """Two lines as one."""
    if not hyphen and before[-1:] in _HYPHENS and before[-2:-1].isalpha():
        hyphen, before = True, before[:-1]
    if not hyphen:
        closed = re.search(r"(?:\d[-–]|\S—)$", before[-2:]) and (after[0].isdigit() or before.endswith("—"))
        return before + after if closed else f"{before} {after}"
    stem, head = _BEFORE.search(before[-80:]), _AFTER.match(after)
    if stem is None or head is None or not head[0][0].islower():
        return f"{before}-{after}"
    first, second = stem[0].casefold(), head[0].casefold()
    if first + second in words:
        return before + after
    if f"{first}-{second}" in words or first in _COMPOUND or "-" in first:
        return f"{before}-{after}"
    return before + after
