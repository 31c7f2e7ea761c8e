"""Versions with what belongs to them, as the tables hold them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from sourceline.model.address import same_address
from sourceline.model.evidence import Capture, Removal, Version
from sourceline.model.reading import Reading
from sourceline.store.article_encoding import decode_meanings
from sourceline.store.days import microseconds, moment
from sourceline.store.encoding import PackedReading, decode_document
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.damage import as_number, as_text, as_text_or_none, as_texts, reads_back
from sourceline.store.sqlite.judgements import rulings_of
from sourceline.store.sqlite.rows import UNDATED
from sourceline.store.standing import Ruling, Standing, standing

_CHUNK = 400
"""Rows asked for at once: SQLite takes at least 999 values."""

COLUMNS = """v.version, v.id, d.key, v.name, v.number, v.at, v.text_sha256, v.sha256, v.url, o.name, v.outlet_kind,
    v.title, v.published, v.model, v.seen, v.latest, v.removed_at, v.removed_by, v.removed_reason"""
TABLES = "versions v JOIN documents d ON d.document = v.document LEFT JOIN outlets o ON o.outlet = v.outlet"


_NAMED = """SELECT version FROM versions WHERE name = :document
    UNION SELECT version FROM versions WHERE address = :address
    UNION SELECT v.version FROM documents d JOIN versions v ON v.document = d.document WHERE d.key = :document"""
"""Each of the three from an index of its own."""


def pack_hash(digits: str) -> bytes | str:
    """A SHA-256 in half its length; what is none as it is."""
    try:
        packed = bytes.fromhex(digits)
    except ValueError:
        return digits
    return packed if packed.hex() == digits else digits


def unpack_hash(packed: bytes | str) -> str:
    """Raises TypeError for what is neither."""
    return packed.hex() if isinstance(packed, bytes) else as_text(packed)


def version_from(row: Sequence[Any]) -> Version:
    """Raises TypeError or ValueError for what is no version's row."""
    (_, id, key, name, number, at, text_sha256, sha256, url, outlet, outlet_kind, title, published, *more) = row
    model, seen, latest, *removed = more
    removal = None
    if removed[0] is not None:
        removal = Removal(at=moment(removed[0]), by=text_of(removed[1]) or "", reason=text_of(removed[2]) or "")
    return Version(
        id=as_text(id),
        key=as_text(key),
        name=text_of(name) or "",
        number=as_number(number),
        at=moment(at),
        text_sha256=unpack_hash(text_sha256),
        sha256=unpack_hash(sha256),
        url=text_of(url),
        outlet=as_text_or_none(outlet),
        outlet_kind=as_text_or_none(outlet_kind),
        title=as_text_or_none(title),
        published=as_text_or_none(published),
        model=as_text_or_none(model),
        removal=removal,
        seen=moment(seen),
        latest=bool(as_number(latest)),
    )


class Kept:
    """A version with its text, and what is asked of it: parts are made when they are wanted."""

    def __init__(
        self, row: int, version: Version, packed: PackedReading, profiles: tuple[int | None, ...], rulings: list[Ruling]
    ) -> None:
        self.row = row
        self.version = version
        self.packed = packed
        self.profiles = profiles
        """For each source of the reading."""
        self._rulings = rulings

    @cached_property
    def reading(self) -> Reading:
        return self.packed.whole()

    @cached_property
    def stands(self) -> list[Standing]:
        return standing(self.reading, self._rulings)

    @cached_property
    def places(self) -> list[tuple[int, str]]:
        """For each attribution that stands, in the order of the index: its place."""
        return (
            [self._places[number] for number in self._numbers] if not self._rulings else [s.place for s in self.stands]
        )

    def at(self, slot: int) -> Standing:
        """The attribution that stands in this place of the index. Raises IndexError where there is none."""
        if slot < 0:
            raise IndexError(f"there is no attribution {slot}")
        if self._rulings:
            return self.stands[slot]
        return Standing(attribution=self.packed.attribution(self._numbers[slot]), judged=False)

    def profile_of(self, source: str) -> int | None:
        return self.profiles[self.packed.source_ids.index(source)]

    @cached_property
    def _places(self) -> list[tuple[int, str]]:
        return self.packed.places()

    @cached_property
    def _numbers(self) -> list[int]:
        return sorted(range(len(self._places)), key=self._places.__getitem__)


@reads_back
def load_kept(database: Database, id: str) -> Kept | None:
    """The version with its text; None where there is none or its text was removed."""
    row = database.row(
        f"""SELECT {COLUMNS}, t.document, r.reading, r.profiles
            FROM {TABLES} JOIN texts t ON t.version = v.version JOIN readings r ON r.version = v.version
            WHERE v.id = ?""",
        (id,),
    )
    if row is None:
        return None
    *columns, document, reading, profiles = row
    return Kept(
        columns[0],
        version_from(columns),
        PackedReading(reading, decode_document(document)),
        decode_profiles(profiles),
        rulings_of(database, id),
    )


@reads_back
def load_reading(database: Database, id: str) -> Reading | None:
    row = database.row(
        """SELECT t.document, r.reading FROM versions v
           JOIN texts t ON t.version = v.version JOIN readings r ON r.version = v.version WHERE v.id = ?""",
        (id,),
    )
    return None if row is None else PackedReading(row[1], decode_document(row[0])).whole()


@reads_back
def load_meanings(database: Database, id: str) -> dict[str, bytes]:
    row = database.row(
        "SELECT m.vectors FROM meanings m JOIN versions v ON v.version = m.version WHERE v.id = ?", (id,)
    )
    return {} if row is None else decode_meanings(row[0])


@reads_back
def load_version(database: Database, id: str) -> Version | None:
    row = database.row(f"SELECT {COLUMNS} FROM {TABLES} WHERE v.id = ?", (id,))
    return None if row is None else version_from(row)


@reads_back
def is_removed(database: Database, id: str) -> bool:
    return database.row("SELECT 1 FROM versions WHERE id = ? AND removed_at IS NOT NULL", (id,)) is not None


@reads_back
def in_order(database: Database, document: str | None) -> list[int]:
    """The rows of all versions, or of those with this name, key or address, in the order of `Store.versions`."""
    where = "" if document is None else f"WHERE v.version IN ({_NAMED})"
    # days are numbered from the latest, and those without one come last both ways
    rows = database.rows(
        f"SELECT v.version FROM {TABLES} {where} ORDER BY v.day = :undated, v.day DESC, v.name, d.key, v.number",
        {"document": document, "address": document and same_address(document), "undated": UNDATED},
    )
    return [row for (row,) in rows]


@reads_back
def iterate_versions(database: Database, document: str | None) -> Iterator[Version]:
    rows = in_order(database, document)
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        found = {
            row[0]: row for row in database.rows(f"SELECT {COLUMNS} FROM {TABLES} WHERE v.version IN ({marks})", chunk)
        }
        yield from (version_from(found[row]) for row in chunk if row in found)


@reads_back
def iterate_captures(database: Database, version: str | None) -> Iterator[tuple[Version, Capture, bytes]]:
    if version is None:
        rows = in_order(database, None)
    else:
        rows = [row for (row,) in database.rows("SELECT version FROM versions WHERE id = ?", (version,))]
    for row in rows:
        known = database.row(f"SELECT {COLUMNS} FROM {TABLES} WHERE v.version = ?", (row,))
        captures = database.rows(
            """SELECT sha256, place, url, retrieved, content_type, headers, record FROM captures
               WHERE version = ? AND record IS NOT NULL
               ORDER BY retrieved IS NOT NULL, retrieved, sha256""",
            (row,),
        )
        for *columns, record in captures:
            yield version_from(known), capture_from(columns), record


def capture_from(row: Sequence[Any]) -> Capture:
    sha256, place, url, retrieved, content_type, headers = row
    return Capture(
        sha256=unpack_hash(sha256),
        place=text_of(place) or "",
        url=text_of(url),
        retrieved=None if retrieved is None else moment(retrieved),
        content_type=text_of(content_type),
        headers=as_texts(headers),
    )


def capture_columns(capture: Capture) -> tuple[Any, ...]:
    """All but the hash, in the order of the table."""
    return (
        capture.place,
        capture.url,
        None if capture.retrieved is None else microseconds(capture.retrieved),
        capture.content_type,
        json.dumps(dict(capture.headers)),
    )


def encode_profiles(profiles: Sequence[int | None]) -> bytes:
    return msgspec.msgpack.encode(profiles)


def decode_profiles(data: bytes) -> tuple[int | None, ...]:
    """Raises msgspec's errors for bytes that are none."""
    return msgspec.msgpack.decode(data, type=tuple[int | None, ...])
