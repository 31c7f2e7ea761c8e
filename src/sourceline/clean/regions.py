"""Regions of a plain text: every stretch that is not blank space gets a kind, and nothing is deleted."""

from __future__ import annotations

import re

from sourceline.clean.classifier import line_classifier
from sourceline.clean.dateline import dateline_length
from sourceline.clean.lines import Line, split_lines
from sourceline.model.text import Region, RegionKind

_AFTER_DATELINE = 30
"""A dateline stands before at least so many characters of body, or alone on its line."""
_DATELINED = 3
"""Among how many first lines of the body a dateline is looked for."""


def find_regions(text: str, *, title: str | None = None, byline: str | None = None) -> tuple[Region, ...]:
    """The regions of a text in order: one a line or hard-wrapped paragraph, and datelines apart from their line.

    `title` and `byline` are what the page's metadata state, if they do. Regions never overlap and cover every
    character that is not blank space at the edge of a line.
    """
    lines = split_lines(text)
    kinds = line_classifier().classify([line.text for line in lines], title=title)
    regions: list[Region] = []
    bodies = 0
    for line, kind in zip(lines, kinds, strict=True):
        if byline is not None and kind is not RegionKind.BODY and _same(line.text, byline):
            kind = RegionKind.BYLINE
        if kind is RegionKind.BODY:
            bodies += 1
        regions.extend(_line_regions(line, kind, bodies <= _DATELINED))
    return tuple(regions)


def _line_regions(line: Line, kind: RegionKind, early: bool) -> list[Region]:
    length = dateline_length(line.text) if early else 0
    alone = length and length == len(line.text)
    if alone and kind is not RegionKind.BODY:
        return [Region(kind=RegionKind.DATELINE, start=line.start, end=line.end)]
    if kind is not RegionKind.BODY or not length or len(line.text) - length < _AFTER_DATELINE:
        return [Region(kind=kind, start=line.start, end=line.end)]
    rest = line.start + length + len(line.text[length:]) - len(line.text[length:].lstrip())
    return [
        Region(kind=RegionKind.DATELINE, start=line.start, end=line.start + length),
        Region(kind=kind, start=rest, end=line.end),
    ]


def _same(line: str, byline: str) -> bool:
    return re.sub(r"\W+", " ", line).strip().casefold() == re.sub(r"\W+", " ", byline).strip().casefold()
