"""The nouns of a text: span, region, document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Half-open code points [start, end) of a document's text, with the words there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, document_text: str, start: int, end: int) -> Span:
        return cls(start=start, end=end, text=document_text[start:end])


class RegionKind(StrEnum):
    BODY = "body"
    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A typed stretch [start, end) of a document's text."""

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was collected, untouched: the raw bytes, where they came from, and what the carrier said of them."""

    raw: bytes
    url: str | None = None
    path: str | None = None
    content_type: str | None = None
    charset: str | None = None
    retrieved: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
    """What a feed or sitemap said of it: `title`, `byline`, `outlet`, `published`. What the page says outranks it."""
    notices: tuple[str, ...] = ()
    """What was out of the ordinary on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One snapshot of one article. Regions do not overlap and stand in order; what no region covers is blank space."""

    id: str
    text: str
    sha256: str
    """Of the raw bytes."""
    url: str | None = None
    outlet: str | None = None
    outlet_kind: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    """ISO 639-1, or None where there is too little text to tell."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    notices: tuple[str, ...] = ()
    raw: bytes = field(default=b"", repr=False)
