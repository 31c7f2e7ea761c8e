"""A seal on every version: a hash of all that the tables say of it, its text and its reading among it. What is changed
in them by other hands breaks it."""

from __future__ import annotations

import hashlib
import sqlite3

import msgspec

_BYTES = 8

_PARTS = {
    "id": "v.id",
    "key": "(SELECT key FROM documents d WHERE d.document = v.document)",
    "name": "v.name",
    "at": "v.at",
    "text_sha256": "v.text_sha256",
    "sha256": "v.sha256",
    "url": "v.url",
    "address": "v.address",
    "outlet": "(SELECT name FROM outlets o WHERE o.outlet = v.outlet)",
    "outlet_kind": "v.outlet_kind",
    "title": "v.title",
    "published": "v.published",
    "day": "v.day",
    "model": "v.model",
    "read_at": "v.read_at",
    "read_sha256": "v.read_sha256",
    "removed_at": "v.removed_at",
    "removed_by": "v.removed_by",
    "removed_reason": "v.removed_reason",
    "text": "(SELECT document FROM texts t WHERE t.version = v.version)",
    "profiles": "(SELECT profiles FROM readings r WHERE r.version = v.version)",
    "reading": "(SELECT reading FROM readings r WHERE r.version = v.version)",
}
"""Not the number, which changes when other versions come, nor what the index and the sums know of a version, which is
checked by itself."""

SEAL = f"seal_of({', '.join(_PARTS.values())})"
"""The seal of a row `v` of `versions`."""
SEAL_OF_NEW = f"seal_of({', '.join(f':{name}' for name in _PARTS)})"
"""The seal of a row that is just put, of named values."""
UNREAD_AND_STANDING = dict.fromkeys(("read_at", "read_sha256", "removed_at", "removed_by", "removed_reason"))
"""What a row that is just put has none of."""


def seal_of(*values: str | bytes | int | float | None) -> bytes:
    """The first bytes of the SHA-256 of values."""
    return hashlib.sha256(msgspec.msgpack.encode(values)).digest()[:_BYTES]


def add_seals(connection: sqlite3.Connection) -> None:
    """Lets a connection take seals: without it `SEAL` is no expression."""
    connection.create_function("seal_of", -1, seal_of, deterministic=True)
