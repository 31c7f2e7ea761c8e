"""When texts were seen, and which version of a document is the latest: the one that was seen last and not taken down.

Searches and dossiers show the latest versions alone unless more is asked for, so each version says whether it is one,
and what is counted of the others is counted apart (`tallies.py`). Both change in the transaction of the sighting.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sourceline.model.evidence import Sighting
from sourceline.store.days import moment
from sourceline.store.sqlite.claims.pending import mark_document
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import as_number, reads_back
from sourceline.store.sqlite.rows import Indexed
from sourceline.store.sqlite.tallies import Tallies
from sourceline.store.sqlite.versions import Kept, load_kept, unpack_hash

SERVERS_WORD = 0
"""In the place of a capture: the server said that the page is as it was."""
_TOGETHER = 200
"""Versions counted anew before the sums are written."""


class Site(NamedTuple):
    """Where a version stands among the others, and in the index."""

    document: int
    day: int
    outlet: int | None
    base: int
    latest: bool


@reads_back
def site_of(database: Database, version: int) -> Site:
    document, day, outlet, base, latest = database.row(
        "SELECT document, day, outlet, base, latest FROM versions WHERE version = ?", (version,)
    )
    return Site(as_number(document), as_number(day), outlet, base, bool(as_number(latest)))


def indexed(kept: Kept, site: Site) -> Indexed:
    return Indexed(
        reading=kept.reading, profiles=kept.profiles, stands=kept.stands, outlet=site.outlet, latest=site.latest
    )


class Sightings:
    """Writes sightings, and what follows from them; every method belongs inside a transaction."""

    def __init__(self, database: Database, tallies: Tallies) -> None:
        self._database = database
        self._tallies = tallies

    def add(self, version: int, at: int, capture: int) -> None:
        """Notes one; the same one noted again changes nothing. `settle` has to follow, where there is another version.

        `at`: microseconds, as `days.microseconds` has them.
        """
        self._database.run(
            "INSERT OR IGNORE INTO sightings (version, at, capture) VALUES (?, ?, ?)", (version, at, capture)
        )
        self._database.run("UPDATE versions SET seen = ?1 WHERE version = ?2 AND seen < ?1", (at, version))

    @reads_back
    def settle(self, document: int) -> bool:
        """Makes the version that was seen last the latest. Whether that was another one before."""
        rows = self._database.rows(
            """SELECT version, id, latest FROM versions WHERE document = ? AND removed_at IS NULL
               ORDER BY seen DESC, at DESC, id DESC""",
            (document,),
        )
        changed = [(row, id, number == 0) for number, (row, id, latest) in enumerate(rows) if latest != (number == 0)]
        for row, id, latest in changed:
            self._move(row, id, latest=latest)
        if changed:
            mark_document(self._database, document)
        return bool(changed)

    @reads_back
    def _move(self, row: int, id: str, *, latest: bool) -> None:
        kept = load_kept(self._database, id)
        before = site_of(self._database, row)
        self._database.run("UPDATE versions SET latest = ? WHERE version = ?", (latest, row))
        if kept is not None:
            self._tallies.leave(row, before.document, indexed(kept, before))
            self._tallies.enter(row, before.document, before.day, indexed(kept, before._replace(latest=latest)))


@reads_back
def iterate_sightings(database: Database, version: str) -> Iterator[Sighting]:
    rows = database.rows(
        """SELECT s.at, c.sha256 FROM versions v JOIN sightings s ON s.version = v.version
           LEFT JOIN captures c ON c.capture = s.capture WHERE v.id = ? ORDER BY s.at, c.sha256""",
        (version,),
    )
    for at, sha256 in rows:
        yield Sighting(version=version, at=moment(at), sha256=None if sha256 is None else unpack_hash(sha256))


@reads_back
def count_apart(database: Database) -> None:
    """Counts the versions that are not the latest apart: once, in a ledger that was made before they were."""
    tallies = Tallies(database)
    ids = iter(database.rows("SELECT id FROM versions WHERE latest = 0 AND removed_at IS NULL ORDER BY version"))
    while some := list(islice(ids, _TOGETHER)):
        for (id,) in some:
            kept = load_kept(database, id)
            if kept is not None:
                site = site_of(database, kept.row)
                tallies.leave(kept.row, site.document, indexed(kept, site._replace(latest=True)))
                tallies.enter(kept.row, site.document, site.day, indexed(kept, site))
        tallies.flush()
    database.before_commit.remove(tallies.flush)
    database.after_rollback.remove(tallies.forget)
