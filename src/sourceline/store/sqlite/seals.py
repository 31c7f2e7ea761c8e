"""A seal on every version: a hash of all that the tables say of it, its text and its reading among it. What is changed
in them by other hands breaks it."""

from __future__ import annotations

import hashlib
import sqlite3

import msgspec

_BYTES = 8

SEAL = """seal_of(v.id, (SELECT key FROM documents d WHERE d.document = v.document), v.name, v.at, v.text_sha256,
    v.sha256, v.url, v.address, (SELECT name FROM outlets o WHERE o.outlet = v.outlet), v.outlet_kind, v.title,
    v.published, v.day, v.model, v.read_at, v.read_sha256, v.removed_at, v.removed_by, v.removed_reason,
    (SELECT document FROM texts t WHERE t.version = v.version),
    (SELECT profiles FROM readings r WHERE r.version = v.version),
    (SELECT reading FROM readings r WHERE r.version = v.version))"""
"""The seal of a row `v` of `versions`. The number is not in it, which changes when other versions come, nor what the
index and the sums know of it, which is checked by itself."""


def seal_of(*values: str | bytes | int | float | None) -> bytes:
    """The first bytes of the SHA-256 of values."""
    return hashlib.sha256(msgspec.msgpack.encode(values)).digest()[:_BYTES]


def add_seals(connection: sqlite3.Connection) -> None:
    """Lets a connection take seals: without it `SEAL` is no expression."""
    connection.create_function("seal_of", -1, seal_of, deterministic=True)
