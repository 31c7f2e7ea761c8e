"""What is wrong with a ledger's file: its pages, its rows, and whether the index says what the texts say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sourceline.errors import LedgerDamaged, LedgerError
from sourceline.model.address import same_address
from sourceline.store.sameness import text_sha256, version_id
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import damage_told
from sourceline.store.sqlite.latest import SERVERS_WORD
from sourceline.store.sqlite.rows import WHOLE_TEXT, day_number
from sourceline.store.sqlite.schema import ACTS
from sourceline.store.sqlite.seals import SEAL
from sourceline.store.sqlite.tallies import IDENTITY, IN_LATEST, IN_SUPERSEDED, OF_ALL, unnamed_speakers
from sourceline.store.sqlite.versions import load_kept

_INDEXES = ("search", "names", "candidates", "statements")
_MOST_TOLD = 100
"""Of damaged pages, and of rows of the index: one fault brings thousands."""
_NONE = (1 << 63, 0)
"""After the last row there can be."""
_OF_ALL = " + ".join(OF_ALL.values())
_ANY = f"facets : ({' OR '.join([WHOLE_TEXT, *(act.value for act in ACTS)])})"


def find_faults(database: Database) -> Iterator[str]:
    """One line a fault. What cannot be read any more is a fault, not an error."""
    for check in (_pages, _dangling, _sightings, _versions, _rows, _sums):
        try:
            with damage_told():
                yield from check(database)
        except LedgerDamaged as damage:
            yield str(damage)


def _pages(database: Database) -> Iterator[str]:
    for (fault,) in database.rows(f"PRAGMA integrity_check({_MOST_TOLD})"):
        if fault != "ok":
            yield f"damaged page: {fault}"
    if not database.readonly:
        yield from _indexes(database)


def _indexes(database: Database) -> Iterator[str]:
    for index in _INDEXES:
        try:
            with database.writing():
                database.run(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        except LedgerDamaged as damage:
            yield f"the index {index} is damaged: {damage}"


def _dangling(database: Database) -> Iterator[str]:
    for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to a row of {parent} that is not there"
    for (id,) in database.rows(
        """SELECT id FROM versions WHERE removed_at IS NULL AND (version NOT IN (SELECT version FROM texts)
               OR version NOT IN (SELECT version FROM readings)) ORDER BY id"""
    ):
        yield f"version {id} has no text and no removal"
    for (id,) in database.rows(
        """SELECT id FROM versions WHERE removed_at IS NOT NULL AND (base IS NOT NULL
               OR version IN (SELECT version FROM texts) OR version IN (SELECT version FROM readings)
               OR version IN (SELECT version FROM articles)
               OR version IN (SELECT version FROM captures WHERE record IS NOT NULL)) ORDER BY id"""
    ):
        yield f"version {id} was removed, but something of it is left"
    for (id,) in database.rows(
        "SELECT id FROM versions WHERE version NOT IN (SELECT version FROM captures) ORDER BY id"
    ):
        yield f"version {id} has no evidence"
    for (id,) in database.rows(
        """SELECT id FROM versions v WHERE removed_at IS NULL AND version IN (SELECT version FROM captures)
               AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.version = v.version AND c.sha256 = v.sha256)
           ORDER BY id"""
    ):
        yield f"the first bytes of version {id} are none of its captures"


def _sightings(database: Database) -> Iterator[str]:
    for (id,) in database.rows(
        """SELECT id FROM versions v WHERE (SELECT max(s.at) FROM sightings s WHERE s.version = v.version) IS NOT v.seen
               OR v.at NOT IN (SELECT s.at FROM sightings s WHERE s.version = v.version)
               OR EXISTS (SELECT 1 FROM captures c WHERE c.version = v.version AND (c.version, c.at, c.capture) NOT IN (
                   SELECT version, at, capture FROM sightings)) ORDER BY id"""
    ):
        yield f"the times of version {id} are not those when it was seen"
    for (id,) in database.rows(
        """SELECT DISTINCT v.id FROM sightings s JOIN versions v ON v.version = s.version WHERE s.capture <> ?
               AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.capture = s.capture AND c.version = s.version)
           ORDER BY v.id""",
        (SERVERS_WORD,),
    ):
        yield f"version {id} was seen in bytes that are none of its captures"
    for (id,) in database.rows(
        """SELECT id FROM versions v WHERE latest <> (removed_at IS NULL AND NOT EXISTS (
               SELECT 1 FROM versions o WHERE o.document = v.document AND o.removed_at IS NULL
               AND (o.seen, o.at, o.id) > (v.seen, v.at, v.id))) ORDER BY id"""
    ):
        yield f"whether version {id} is the latest is wrong"
    for (id,) in database.rows(
        """SELECT DISTINCT v.id FROM appearances a JOIN versions v ON v.version = a.version
           WHERE a.latest <> v.latest ORDER BY v.id"""
    ):
        yield f"the sources of version {id} are counted in the wrong place"


def _versions(database: Database) -> Iterator[str]:
    """Every version against its hashes, its text and its seal, and against what the index has of it."""
    for (id,) in database.rows(
        """SELECT id FROM (SELECT id, number, row_number() OVER (PARTITION BY document ORDER BY at, id) AS counted
           FROM versions) WHERE number IS NOT counted ORDER BY id"""
    ):
        yield f"version {id} is numbered out of order"
    broken = {id for (id,) in database.rows(f"SELECT v.id FROM versions v WHERE v.seal IS NOT {SEAL}")}
    for (id,) in database.rows("SELECT id FROM versions ORDER BY id"):
        try:
            told = list(_faults_of(database, id, sealed=id not in broken))
        except LedgerError as error:
            told = [f"version {id}: {error}"]
        if id in broken and not told:
            told = [f"something kept of version {id} is not what was put: its name, times, address, model or reading"]
        yield from told


def _faults_of(database: Database, id: str, *, sealed: bool) -> Iterator[str]:
    kept = load_kept(database, id)
    if kept is None:
        return
    version, document = kept.version, kept.packed.document
    if text_sha256(document.text) != version.text_sha256:
        yield f"the text of version {id} is not the one that was put: its hash differs"
    elif version_id(version.key, document) != id:
        yield f"what is stated about version {id} (outlet, title, byline or date) is not what was put"
    day, address, slots, unnamed = database.row("SELECT day, address, slots, unnamed FROM versions WHERE id = ?", (id,))
    columns = {
        "outlet": version.outlet == document.outlet,
        "kind of outlet": version.outlet_kind == document.outlet_kind,
        "title": version.title == document.title,
        "date of publication": version.published == document.published,
        "day": day == day_number(document.published),
        # the address is that of the first deposit, the text may be another's: it may differ where the seal is whole
        "url": sealed or version.url == document.url,
        "address": address == (same_address(version.url) if version.url else None),
    }
    for column, alike in columns.items():
        if not alike:
            yield f"the {column} of version {id} is not what was put"
    if slots != len(kept.stands):
        yield f"the index has {slots} attributions of version {id}, which has {len(kept.stands)}"
    if unnamed != len(unnamed_speakers(kept.reading, kept.stands)):
        yield f"the sum of speakers without a name in version {id} is wrong"


def _rows(database: Database) -> Iterator[str]:
    """The rows that the index has against those that there should be, as far as the first faults."""
    return islice(_misplaced(database), _MOST_TOLD)


def _misplaced(database: Database) -> Iterator[str]:
    wanted = (
        (row, id)
        for id, base, slots in database.stream(
            "SELECT id, base, slots FROM versions WHERE base IS NOT NULL ORDER BY base"
        )
        for row in range(base, base + slots + 1)
    )
    there = (row for (row,) in database.stream("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid", (_ANY,)))
    row = next(there, None)
    for expected, id in wanted:
        while row is not None and row < expected:
            yield f"the index has a row {row} that is of no version"
            row = next(there, None)
        if row == expected:
            row = next(there, None)
        else:
            yield f"the index lacks a row of version {id}"
    if row is not None:
        yield f"the index has a row {row} that is of no version"


def _sums(database: Database) -> Iterator[str]:
    for name, folded in database.rows("SELECT name, folded FROM outlets ORDER BY name"):
        if folded != name.casefold():
            yield f"the outlet {name} is found by another name"
    for (id,) in database.rows(
        "SELECT id FROM profiles WHERE profile NOT IN (SELECT profile FROM appearances) ORDER BY id"
    ):
        yield f"profile {id} is of no version"
    yield from _sums_of_identities(database)
    said = _said(database)
    next_row, times = next(said, _NONE)
    for row, identity, speaks in database.stream(
        f"""SELECT p.profile, {IDENTITY}, {_OF_ALL} FROM profiles p LEFT JOIN superseded s ON s.profile = p.profile
            ORDER BY 1"""
    ):
        while next_row < row:
            next_row, times = next(said, _NONE)
        if speaks != (times if next_row == row else 0):
            yield f"the sums of source {identity} are wrong: the index has other numbers"


def _sums_of_identities(database: Database) -> Iterator[str]:
    for (identity,) in database.rows(
        f"""SELECT id FROM (
                SELECT id, speaks FROM identities
                UNION ALL SELECT p.identity, -sum(p.speaks) FROM profiles p
                    WHERE p.identity <> '' GROUP BY p.identity HAVING max({IN_LATEST}))
            GROUP BY id HAVING count(*) <> 2 OR sum(speaks) <> 0 ORDER BY id"""
    ):
        yield f"the sums of source {identity} are wrong"
    for (identity,) in database.rows(
        f"""SELECT id FROM (
                SELECT id, speaks FROM superseded_identities
                UNION ALL SELECT {IDENTITY} AS identity, sum({_OF_ALL}) FROM profiles p
                    LEFT JOIN superseded s ON s.profile = p.profile GROUP BY 1 HAVING max({IN_SUPERSEDED}))
            GROUP BY id HAVING count(*) <> 2 OR sum(speaks) <> 0 ORDER BY id"""
    ):
        yield f"the sums of source {identity} in all versions are wrong"


def _said(database: Database) -> Iterator[tuple[int, int]]:
    """Rows of profiles and in how many attributions the index has them, in order."""
    database.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5vocab ('main', 'search', 'col')")
    yield from database.stream(
        """SELECT CAST(substr(term, 2) AS INTEGER), doc FROM temp.said
            WHERE term >= 'p' AND term < 'q' AND col = 'facets' AND term GLOB 'p[0-9]*' ORDER BY 1"""
    )
