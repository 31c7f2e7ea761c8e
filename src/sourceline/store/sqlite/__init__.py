"""A ledger in one SQLite file: written by one program at a time, read by any number."""

from sourceline.store.sqlite.store import SqliteStore, open_store

__all__ = ["SqliteStore", "open_store"]
