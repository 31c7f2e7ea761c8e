"""What is known of what was collected: bytes and places met before, pages visited, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sourceline.model.evidence import Problem
from sourceline.store.contract import Known, Visit
from sourceline.store.days import microseconds, moment
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.damage import as_text, reads_back
from sourceline.store.sqlite.versions import pack_hash, unpack_hash

_CHUNK = 400


@reads_back
def captured(database: Database, hashes: Collection[str]) -> dict[str, str]:
    wanted = sorted(set(hashes))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = [pack_hash(digits) for digits in wanted[start : start + _CHUNK]]
        rows = database.rows(
            f"""SELECT c.sha256, min(d.key) FROM captures c
                JOIN versions v ON v.version = c.version JOIN documents d ON d.document = v.document
                WHERE c.sha256 IN ({", ".join("?" * len(chunk))}) GROUP BY c.sha256""",
            chunk,
        )
        found |= {unpack_hash(sha256): as_text(key) for sha256, key in rows}
    return found


@reads_back
def known(database: Database, sha256: str, key: str) -> Known | None:
    since, standing = database.row(
        """SELECT min(c.at), sum(v.removed_at IS NULL) FROM captures c
           JOIN versions v ON v.version = c.version JOIN documents d ON d.document = v.document
           WHERE c.sha256 = ? AND d.key = ?""",
        (pack_hash(sha256), key),
    )
    return None if since is None else Known(since=moment(since), removed=not standing)


@reads_back
def seen(database: Database, sha256: str, key: str, at: datetime) -> bool:
    row = database.row(
        """SELECT 1 FROM captures c JOIN sightings s ON s.version = c.version AND s.at = ?3 AND s.capture = c.capture
           JOIN versions v ON v.version = c.version JOIN documents d ON d.document = v.document
           WHERE c.sha256 = ?1 AND d.key = ?2""",
        (pack_hash(sha256), key, microseconds(at)),
    )
    return row is not None


@reads_back
def bytes_at(database: Database, place: str) -> str | None:
    row = database.row(
        """SELECT c.sha256 FROM captures c JOIN sightings s ON s.version = c.version AND s.capture = c.capture
           WHERE c.place = ? ORDER BY s.at DESC, c.sha256 DESC LIMIT 1""",
        (place,),
    )
    return None if row is None else unpack_hash(row[0])


@reads_back
def key_at(database: Database, place: str) -> str | None:
    row = database.row(
        """SELECT d.key FROM captures c
           JOIN versions v ON v.version = c.version JOIN documents d ON d.document = v.document
           WHERE c.place = ? ORDER BY c.at DESC, c.retrieved DESC, c.sha256 DESC, d.key LIMIT 1""",
        (place,),
    )
    return None if row is None else as_text(row[0])


def add_problem(database: Database, problem: Problem, at: datetime) -> None:
    database.run(
        "INSERT OR IGNORE INTO problems (place, kind, message, at) VALUES (?, ?, ?, ?)",
        (problem.place, problem.kind, problem.message, microseconds(at)),
    )


def solve_problem(database: Database, place: str) -> None:
    database.run("DELETE FROM problems WHERE place = ?", (place,))


@reads_back
def iterate_problems(database: Database) -> Iterator[tuple[Problem, datetime]]:
    for place, kind, message, at in database.rows(
        "SELECT place, kind, message, at FROM problems ORDER BY place, kind, message"
    ):
        yield Problem(place=text_of(place) or "", kind=as_text(kind), message=text_of(message) or ""), moment(at)


@reads_back
def load_visit(database: Database, url: str) -> Visit | None:
    row = database.row("SELECT at, etag, last_modified FROM visits WHERE url = ?", (url,))
    return (
        None if row is None else Visit(url=url, at=moment(row[0]), etag=text_of(row[1]), last_modified=text_of(row[2]))
    )


def set_visit(database: Database, visit: Visit) -> None:
    database.run(
        """INSERT INTO visits (url, at, etag, last_modified) VALUES (?, ?, ?, ?)
           ON CONFLICT (url) DO UPDATE
           SET at = excluded.at, etag = excluded.etag, last_modified = excluded.last_modified
           WHERE excluded.at >= visits.at""",
        (visit.url, microseconds(visit.at), visit.etag, visit.last_modified),
    )
