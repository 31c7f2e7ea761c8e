"""What a store does for a ledger. A store keeps and finds; it reads no text, decides no merge and knows no clock.

All writes happen inside `writing()`: one transaction, one writer at a time, all or nothing, durable when it is left.
Every answer is in a stated order that does not depend on the order of writing. A suite of tests (`tests/store/`) is
written against this file alone and every store passes it.

Times come back in UTC; one without an offset counts as UTC. A store is for the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sourceline.model.evidence import Capture, Problem, Removal, Sighting, Stamp, Version
from sourceline.model.identity import Profile
from sourceline.model.judgement import Judgement
from sourceline.model.query import Finding, Page, Passage, Query, SourceSummary
from sourceline.model.reading import Reading
from sourceline.model.source import Source
from sourceline.model.speech import Act
from sourceline.store.claim_contract import ClaimStore


class Outcome(StrEnum):
    """What putting a deposit changed."""

    DOCUMENT = "document"
    """A new article."""
    VERSION = "version"
    """Another text of a known article."""
    CAPTURE = "capture"
    """Other bytes of a known text."""
    RETURNED = "returned"
    """A known text that was there again after another one: the document's latest version once more."""
    READING = "reading"
    """A known text, read anew by another model."""
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    """A text that was taken down: it does not come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A version to be kept: whose it is, its evidence, and what was read in it (its document included)."""

    key: str
    name: str
    at: datetime
    capture: Capture
    record: bytes
    """The capture's bytes and headers as one compressed WARC record; the store does not look inside."""
    reading: Reading
    profiles: Mapping[str, Profile]
    """For each named source of the reading, by its id ("s1")."""
    meanings: Mapping[str, bytes] = field(default_factory=dict)
    """The meaning vectors of the reading's mentions, by their ids; all of one length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is remembered of an address, for conditional requests."""

    url: str
    at: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Bytes of one document that are known."""

    since: datetime
    """The `at` of their earliest deposit."""
    removed: bool
    """Whether what was read in them was taken down."""


class Store(Protocol):
    """A ledger's store. Methods raise LedgerError where it is locked, full, damaged or newer than this program."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction: committed when left, undone by any exception. Raises UsageError in another one; so does every
        method that writes outside of one."""

    def close(self) -> None: ...

    def files(self) -> frozenset[str]:
        """The real paths of the store's own files, which are no input and nobody's output; none for a server."""

    # evidence ---------------------------------------------------------------------------------------------------------

    def captured(self, hashes: Collection[str]) -> dict[str, str]:
        """Of these SHA-256 of raw bytes, the known ones, with the key of the document (the least, where there are
        several) that they belong to."""

    def known(self, sha256: str, key: str) -> Known | None:
        """What is known of these bytes for the document with this key; None where they are not."""

    def seen(self, sha256: str, key: str, at: datetime) -> bool:
        """Whether a sighting of these bytes, for the document with this key, is noted at this very time."""

    def key_at(self, place: str) -> str | None:
        """The key of the document whose latest capture was found at this place."""

    def put(self, deposit: Deposit) -> Outcome:
        """Keeps a version with its evidence and reading; what is known already changes nothing.

        A version is told by `sameness.version_id`. Of several readings of it the later model's is kept, of equal ones
        that of the earliest deposit, whatever was written first; so with name, address, and the captures of the same
        bytes. Every deposit is a sighting of its version at its time.

        Raises UndecodableInput for a text without UTF-8, InvalidRecord for spans that are not of the text.
        """

    def see(self, key: str, sha256: str, at: datetime) -> Outcome:
        """Notes that bytes which are known were had again for the document with this key: UNCHANGED, or RETURNED where
        their version is the latest again; REMOVED, and nothing noted, where it was taken down."""

    def see_unchanged(self, key: str, *, since: datetime, at: datetime) -> Outcome:
        """The same for a server's word, at a time, that the document is as it was when it was last seen until `since`;
        UNCHANGED where it never was."""

    def sightings(self, version: str) -> Iterator[Sighting]:
        """Of the version with this id, in the order of times, those on a server's word first. A removed version's
        stay."""

    def bytes_at(self, place: str) -> str | None:
        """The SHA-256 of the bytes that were seen last of those first found at this place."""

    def replace_reading(
        self,
        version: str,
        reading: Reading,
        profiles: Mapping[str, Profile],
        meanings: Mapping[str, bytes] | None = None,
    ) -> None:
        """Puts another reading of the same text in the place of the one that is kept, by whatever model.

        Raises NotFound where there is no such version or its text was removed, UsageError for another text.
        """

    def versions(self, document: str | None = None) -> Iterator[Version]:
        """All versions, or those of the documents with this name, key or address (as `same_address` compares them); in
        the order of the day of publication (none: last), name, key, number. What is written meanwhile may be in it or
        not."""

    def version(self, id: str) -> Version | None: ...

    def latest(self, *, limit: int = 50, after: str | None = None) -> Page[Version]:
        """The last version of each document; the latest day of publication first and those without one last, then by
        id. Raises UsageError for what is no cursor."""

    def reading(self, version: str) -> Reading | None:
        """What was read in a version, as it was put; None where there is no such version or its text was removed."""

    def meanings(self, version: str) -> dict[str, bytes]:
        """The meaning vectors of a version's mentions, as they were put with its reading; none where there are none."""

    def captures(self, version: str | None = None) -> Iterator[tuple[Version, Capture, bytes]]:
        """Captures with their records, in the order of versions, then of retrieval (none: first), then hash."""

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every capture, those of removed versions too; each once, in order."""

    def add_stamp(self, stamp: Stamp) -> None:
        """Appends an authority's stamp."""

    def stamps(self) -> Iterator[Stamp]:
        """All stamps, in the order they were added."""

    def remove(self, version: str, removal: Removal) -> None:
        """Forgets text, title, reading, bytes and what was derived from them, down to the last trace in the store; of
        judged attributions the offsets stay, not the words. The version stays, with hashes and reason. Raises NotFound
        where there is no such version; one that is removed stays as it is."""

    # what could not be read, and what was fetched ---------------------------------------------------------------------

    def add_problem(self, problem: Problem, at: datetime) -> None:
        """Notes a problem; one that is noted already stays as it is."""

    def solve_problem(self, place: str) -> None:
        """Drops the problems of a place that has been read since."""

    def problems(self) -> Iterator[tuple[Problem, datetime]]:
        """In the order of places."""

    def visit(self, url: str) -> Visit | None: ...

    def set_visit(self, visit: Visit) -> None:
        """Remembers a visit, unless a later one of the same address is remembered."""

    # finding ----------------------------------------------------------------------------------------------------------

    def find(self, query: Query, *, limit: int = 50, after: str | None = None) -> Page[Finding]:
        """Attributions, the latest day of publication first and those without one last; then by the version's id, by
        where an attribution begins in the text, and by its id. Those that stand (`standing.py`): judged wrong ones are
        left out, added ones are in. A cursor stays good while others are written. Raises UsageError for a text query,
        date or cursor that cannot be understood."""

    def count(self, query: Query, *, limit: int = 10_000) -> int:
        """How many `find` would give in all, counted up to `limit`."""

    def passages(
        self, text: str, *, limit: int = 50, after: str | None = None, all_versions: bool = False
    ) -> Page[Passage]:
        """Where the texts (and titles) of the latest versions (or of all) hold the words: in each the first place of
        any that was asked for, [0, 0) where only the title holds them. Order as in `find`."""

    # sources across documents: of the latest versions, unless all are asked for ------------------------------------

    def profiles(self, keys: Collection[str]) -> Sequence[Profile]:
        """The profiles with these keys that any kept reading has, in the order of their ids."""

    def profile(self, id: str) -> Profile | None:
        """The profile with this id, if any kept reading has it."""

    def profile_keys(self) -> Iterator[tuple[str, int]]:
        """Every key and in how many attributions of latest versions its profiles speak; most first, then by key."""

    def set_identities(self, identities: Mapping[str, str]) -> None:
        """Profile id to identity id; until then a profile is an identity of its own, with its own id."""

    def identity_of(self, id: str) -> str | None:
        """The identity that the profile with this id belongs to, None where there is none. It is so with every id that
        an identity had before it was absorbed by another."""

    def identity_profiles(self, identity: str) -> Sequence[Profile]:
        """In the order of their ids."""

    def summaries(
        self,
        text: str | None = None,
        *,
        acts: Collection[Act] = (),
        limit: int = 50,
        after: str | None = None,
        all_versions: bool = False,
    ) -> Page[SourceSummary]:
        """Sources of whose names one holds the words (all, if none are given) and who did any of the acts (if any are
        given); those that speak most often first, then by id. Raises UsageError."""

    def summary(self, identity: str, *, all_versions: bool = False) -> SourceSummary | None: ...

    def unnamed(
        self, *, limit: int = 50, after: str | None = None, all_versions: bool = False
    ) -> Page[tuple[Version, Source, int]]:
        """Sources without a name who speak, with in how many attributions; order as in `find`, within a version that of
        its reading."""

    # judgements -------------------------------------------------------------------------------------------------------

    def add_judgement(self, judgement: Judgement) -> bool:
        """Appends a judgement; False where the very same stands already and would outrank nothing by being said again:
        no later word on that pair or those spans stands, or it was not made later itself. Its version may be unknown
        yet."""

    def undo_judgement(self, id: str, *, at: datetime, by: str) -> bool:
        """Appends that it is taken back; False where there is none that stands."""

    def judgements(
        self, *, version: str | None = None, about_sources: bool = False, about_mentions: bool = False
    ) -> Iterator[Judgement]:
        """All judgements, or those of one version, or those that are about sources across documents or about pairs of
        mentions (at a cost that does not grow with the others); those taken back too, in the order of the times they
        were made (equal ones: of ids)."""

    # claims -----------------------------------------------------------------------------------------------------------

    @property
    def claims(self) -> ClaimStore:
        """What was made of the latest version of each document when it was matched with the others."""

    # soundness --------------------------------------------------------------------------------------------------------

    def faults(self) -> Iterator[str]:
        """What is wrong with the store itself: damaged pages, rows that hang in the air, indexes that disagree."""

    def schema(self) -> Iterable[str]:
        """The migrations that were applied, in order."""
