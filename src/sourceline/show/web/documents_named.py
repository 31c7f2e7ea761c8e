"""Which version of which document an address means."""

from __future__ import annotations

import re

from sourceline.errors import NotFound, UsageError
from sourceline.ledger.ledger import Ledger
from sourceline.model.evidence import Version
from sourceline.model.text import Span

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_MOST_SPANS = 100


def version_named(ledger: Ledger, name: str) -> Version:
    """The version with this id, or the last one of the document with this name, key or address.

    Raises NotFound where there is none, or where several documents are meant.
    """
    found = list(ledger.versions(name))
    exact = next((version for version in found if version.id == name), None)
    if exact is not None:
        return exact
    keys = dict.fromkeys(version.key for version in found)
    if not keys:
        raise NotFound(f"the ledger has no document {name[:80]!r}: the search box finds what there is")
    if len(keys) > 1:
        raise NotFound(f"{len(keys)} documents are called {name[:80]!r}: find the one you mean by its words")
    return max(ledger.versions(next(iter(keys))), key=lambda version: version.number)


def parse_spans(given: str, text: str) -> tuple[Span, ...]:
    """Spans of a text, written `12-30,45-60`. Raises UsageError for what is none, or lies outside."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", given) if piece.strip()]
    if len(pieces) > _MOST_SPANS:
        raise UsageError(f"more than {_MOST_SPANS} stretches: give fewer")
    spans = []
    for piece in pieces:
        found = _SPAN.fullmatch(piece.replace("–", "-").replace(" ", ""))
        if found is None:
            raise UsageError(f"{piece[:40]!r} is no stretch of the text: write 120-134, or 120-134, 150-160")
        start, end = int(found[1]), int(found[2])
        if not start < end <= len(text):
            raise UsageError(f"{piece[:40]} does not lie in the text, which has {len(text):,} characters")
        spans.append(Span.of(text, start, end))
    return tuple(sorted(spans))


def write_spans(spans: tuple[Span, ...]) -> str:
    """As `parse_spans` reads them."""
    return ", ".join(f"{span.start}-{span.end}" for span in spans)
