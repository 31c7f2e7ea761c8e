"""Time stamps, and the hashes that they are of."""

from __future__ import annotations

from collections.abc import Iterator

from sourceline.model.evidence import Stamp
from sourceline.store.days import microseconds, moment
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import as_text, as_text_or_none, reads_back
from sourceline.store.sqlite.versions import unpack_hash

_DIGEST = 32
"""Bytes of a SHA-256."""


@reads_back
def iterate_hashes(database: Database) -> Iterator[str]:
    """Of every capture, each once, in order."""
    return iter(sorted({unpack_hash(sha256) for (sha256,) in database.rows("SELECT DISTINCT sha256 FROM captures")}))


def append(database: Database, stamp: Stamp) -> None:
    database.run(
        "INSERT INTO stamps (digest, at, authority, previous, hashes, token) VALUES (?, ?, ?, ?, ?, ?)",
        (
            stamp.digest,
            microseconds(stamp.at),
            stamp.authority,
            stamp.previous,
            b"".join(bytes.fromhex(sha256) for sha256 in stamp.hashes),
            stamp.token,
        ),
    )


@reads_back
def iterate_stamps(database: Database) -> Iterator[Stamp]:
    """In the order they were added."""
    for digest, at, authority, previous, hashes, token in database.rows(
        "SELECT digest, at, authority, previous, hashes, token FROM stamps ORDER BY stamp"
    ):
        yield Stamp(
            digest=as_text(digest),
            at=moment(at),
            authority=as_text(authority),
            previous=as_text_or_none(previous),
            hashes=tuple(hashes[i : i + _DIGEST].hex() for i in range(0, len(hashes), _DIGEST)),
            token=bytes(memoryview(token)),
        )
