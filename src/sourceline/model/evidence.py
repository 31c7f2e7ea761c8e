"""The nouns of evidence: what was collected, when, from where, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sourceline.model.record import Record
from sourceline.model.text import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One article's input as a collector found it: an untouched snapshot, or a record whose text is decoded already."""

    place: str
    """Where it was found, for people: a file, an address, or a place in one (`crawl.warc.gz#1204`, `docs.jsonl:12`)."""
    content: Snapshot | Record
    raw: bytes = field(repr=False)
    """The bytes that are evidence: those of the file or response, or the line or row that held the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A page that is as it was at the last visit, on the server's word (304)."""

    place: str
    url: str
    """The address that answered, after redirects."""
    retrieved: datetime
    """When it said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the last answer from an address said of its version, word for word."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An input that could not be read, and why. It never ends what was begun."""

    place: str
    kind: str
    """The `kind` of the error: `SourcelineError.kind`, or "internal"."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one version as they were had at one time. Identical bytes are one capture, however often had."""

    sha256: str
    """Of the bytes."""
    place: str
    url: str | None = None
    retrieved: datetime | None = None
    """When they were fetched, where the carrier tells; None for a file."""
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
