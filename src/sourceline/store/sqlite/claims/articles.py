"""Articles as matching sees them. A mention's number: its version's row, and behind it its place in the article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sourceline.errors import InvalidRecord, NotFound
from sourceline.model.claim import Article
from sourceline.store.article_encoding import decode_article, decode_meanings, encode_article
from sourceline.store.days import microseconds
from sourceline.store.encoding import decode_document
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.versions import COLUMNS, TABLES, version_from

_PLACE_BITS = 20
_MOST = (1 << _PLACE_BITS) - 1
_CHUNK = 400

_LOAD = f"""SELECT {COLUMNS}, t.document, m.vectors, a.article
    FROM articles a JOIN {TABLES.replace("versions v", "versions v ON v.version = a.version", 1)}
    JOIN texts t ON t.version = a.version LEFT JOIN meanings m ON m.version = a.version"""


def row_of(number: int) -> int:
    """The version's row that a mention belongs to."""
    return number >> _PLACE_BITS


def first_number(row: int) -> int:
    """That of the article's first mention; the one before it is the article's own."""
    return (row << _PLACE_BITS) + 1


def matched_version(database: Database, key: str) -> str | None:
    row = database.row(
        """SELECT v.id FROM documents d JOIN versions v ON v.document = d.document
           JOIN articles a ON a.version = v.version WHERE d.key = ?""",
        (key,),
    )
    return None if row is None else str(row[0])


def put(database: Database, article: Article) -> int:
    row = database.row(
        "SELECT v.version, t.document FROM versions v JOIN texts t ON t.version = v.version WHERE v.id = ?",
        (article.version,),
    )
    if row is None:
        raise NotFound(f"the ledger has no text of version {article.version}: put it first")
    if len(article.mentions) > _MOST:
        raise InvalidRecord(f"an article holds at most {_MOST:,} mentions: cut it into several")
    drop(database, article.version)
    version, document = row
    blob = encode_article(article, decode_document(document).text)
    database.run("INSERT INTO articles VALUES (?, ?, ?)", (version, microseconds(article.time), blob))
    database.run_many(
        "INSERT OR IGNORE INTO addresses VALUES (?, ?)", sorted({(id, version) for id in _short_ids(article)})
    )
    return first_number(version)


def drop(database: Database, version: str) -> None:
    found = load(database, version)
    if found is None:
        return
    article, number = found
    row = row_of(number)
    database.run_many("DELETE FROM addresses WHERE id = ? AND version = ?", [(id, row) for id in _short_ids(article)])
    database.run("DELETE FROM articles WHERE version = ?", (row,))


def load(database: Database, version: str) -> tuple[Article, int] | None:
    return _article(database.row(f"{_LOAD} WHERE v.id = ?", (version,)))


def load_at(database: Database, number: int) -> tuple[Article, int] | None:
    return _article(database.row(f"{_LOAD} WHERE a.version = ?", (row_of(number),)))


def iterate(database: Database) -> Iterator[tuple[Article, int]]:
    for (row,) in database.rows("SELECT version FROM articles ORDER BY version"):
        found = load_at(database, first_number(row))
        if found is not None:
            yield found


def in_order(database: Database, numbers: Collection[int]) -> list[int]:
    rows = sorted({row_of(number) for number in numbers})
    order: dict[int, tuple[int, str, str]] = {}
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        for row, at, name, id in database.rows(
            f"""SELECT a.version, a.at, v.name, v.id FROM articles a JOIN versions v ON v.version = a.version
                WHERE a.version IN ({", ".join("?" * len(chunk))})""",
            chunk,
        ):
            order[row] = at, text_of(name) or "", id
    return sorted(numbers, key=lambda number: (order[row_of(number)], number))


def load_text(database: Database, version: str) -> str | None:
    row = database.row(
        "SELECT t.document FROM texts t JOIN versions v ON v.version = t.version WHERE v.id = ?", (version,)
    )
    return None if row is None else decode_document(row[0]).text


def mentions_with(database: Database, id: str) -> list[int]:
    short = _short(id)
    if short is None:
        return []
    found: list[int] = []
    for (row,) in database.rows("SELECT version FROM addresses WHERE id = ? ORDER BY version", (short,)):
        article, number = load_at(database, first_number(row)) or (None, 0)
        mentions = () if article is None else article.mentions
        found += [number + i for i, m in enumerate(mentions) if id in (m.id, m.attribution, m.unattributed)]
    return found


def _article(row: Sequence[Any] | None) -> tuple[Article, int] | None:
    if row is None:
        return None
    *columns, document, vectors, blob = row
    meanings = {} if vectors is None else decode_meanings(vectors)
    article = decode_article(blob, version_from(columns), decode_document(document).text, meanings)
    return article, first_number(columns[0])


def _short_ids(article: Article) -> Iterable[int]:
    ids = {id for m in article.mentions for id in (m.id, m.attribution, m.unattributed) if id is not None}
    return {short for id in ids if (short := _short(id)) is not None}


def _short(id: str) -> int | None:
    """Four bytes of a content id, with a sign, which is how they are stored in four."""
    try:
        return int.from_bytes(bytes.fromhex(id[:8]), "big", signed=True) if len(id) >= 8 else None
    except ValueError:
        return None
