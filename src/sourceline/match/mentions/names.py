"""Capitalised names in a text, as they stand: who is credited in passing is often told by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sourceline.model.claim import Naming
from sourceline.model.text import Document, RegionKind, Span

_LONGEST = 90
_MOST = 2000
_NAME = re.compile(
    r"[A-Z][\w.]*(?:['’][A-Za-z]+)?"
    r"(?:[ -](?:(?:of|for|and|the|in|de|du|la|&|on) ){0,2}(?:[A-Z0-9][\w.]*(?:['’][A-Za-z]+)?)){0,9}"
)
_READ = frozenset({RegionKind.BODY, RegionKind.BYLINE, RegionKind.CREDIT, RegionKind.CAPTION})


def find_names(document: Document) -> tuple[Naming, ...]:
    """The names of the regions that say something, the first of each wording in each paragraph."""
    return tuple(_unique(_found(document)))[:_MOST]


def _found(document: Document) -> Iterator[Naming]:
    text = document.text
    lines, line = 0, 0
    for region in document.regions:
        if region.kind not in _READ:
            continue
        for found in _NAME.finditer(text, region.start, region.end):
            start, end = found.start(), min(found.end(), found.start() + _LONGEST)
            lines += text.count("\n", line, start)
            line = start
            yield Naming(span=Span.of(text, start, end), paragraph=lines)


def _unique(names: Iterator[Naming]) -> Iterator[Naming]:
    seen: set[tuple[int, str]] = set()
    for naming in names:
        key = naming.paragraph, naming.span.text
        if key not in seen:
            seen.add(key)
            yield naming
