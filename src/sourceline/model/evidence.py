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
    """The bytes of one version as they were had at one time. Identical bytes are one capture."""

    sha256: str
    """Of the bytes."""
    place: str
    """Where they were found; of a whole file its name with all folders."""
    url: str | None = None
    retrieved: datetime | None = None
    """When they were fetched, where the carrier tells; None for a file."""
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A takedown: the text is gone, its hash and the reason stay."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """That a version was there at one time: its bytes were had then, or the server said that they are as they were."""

    version: str
    """The version's id."""
    at: datetime
    sha256: str | None
    """Of the bytes; None on the server's word (304)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of one article in the ledger. An edited article is another version of the same document."""

    id: str
    """Content id of the document's key, its text and what is stated about it: outlet, title, byline, publication."""
    key: str
    """Of the article: content id of its given id and address, or of its first bytes. Versions share it."""
    name: str
    """The id that was given with the document, else its file's name, else `key`: for people, not always unique."""
    number: int
    """From 1, in the order of `at` (equal times: of `id`)."""
    at: datetime
    """When this text was there first: fetched, stated by the record (`updated`), or else when it was first added."""
    text_sha256: str
    """Of the text in UTF-8; what stays of it when it is removed."""
    sha256: str
    """Of the raw bytes it was read from first."""
    url: str | None = None
    outlet: str | None = None
    outlet_kind: str | None = None
    title: str | None = None
    published: str | None = None
    model: str | None = None
    """Name and version of the model that read it (`name/version`); None where nothing was read."""
    removal: Removal | None = None
    seen: datetime | None = None
    """When it was there last; None where nobody asked a ledger."""
    latest: bool = True
    """Whether it is the one of its document's versions that was there last (equal times: the one numbered last), of
    those that were not removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An authority's word (RFC 3161) that a ledger's evidence was there at a time."""

    digest: str
    """SHA-256 of the stamp before this one's digest, if there is one, and of the hashes, each in hexadecimal on a line
    of its own."""
    at: datetime
    """As the authority says."""
    authority: str
    """Its web address."""
    previous: str | None
    """The digest of the stamp before this one."""
    hashes: tuple[str, ...]
    """SHA-256 of the captures that no earlier stamp covers, in order."""
    token: bytes = field(repr=False)
    """The authority's whole response, DER."""
