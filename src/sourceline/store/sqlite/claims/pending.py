"""Which documents are to be matched, and by whom the rest was."""

from __future__ import annotations

from sourceline.store.sqlite.connection import Database

_MADE = ("articles", "addresses", "repeats", "links", "ties", "constraints", "members", "reasons", "claims", "matcher")
_INDEXES = ("candidates", "statements")


def matcher(database: Database) -> str | None:
    row = database.row("SELECT label FROM matcher")
    return None if row is None else str(row[0])


def begin_anew(database: Database, label: str) -> None:
    for table in _MADE:
        database.run(f"DELETE FROM {table}")
    for index in _INDEXES:
        database.run(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    database.run("INSERT INTO matcher VALUES (?)", (label,))
    database.run("INSERT OR IGNORE INTO unmatched SELECT document FROM documents")


def unmatched(database: Database, limit: int | None) -> list[str]:
    rows = database.rows(
        "SELECT d.key FROM unmatched u JOIN documents d ON d.document = u.document ORDER BY d.key LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [key for (key,) in rows]


def count_unmatched(database: Database) -> int:
    return int(database.row("SELECT count(*) FROM unmatched")[0])


def mark(database: Database, key: str) -> None:
    database.run("INSERT OR IGNORE INTO unmatched SELECT document FROM documents WHERE key = ?", (key,))


def mark_document(database: Database, document: int) -> None:
    database.run("INSERT OR IGNORE INTO unmatched VALUES (?)", (document,))


def settle(database: Database, key: str) -> None:
    database.run("DELETE FROM unmatched WHERE document IN (SELECT document FROM documents WHERE key = ?)", (key,))
