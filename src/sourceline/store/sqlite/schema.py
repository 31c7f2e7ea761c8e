"""The tables of a SQLite ledger and the migrations that made them, in order. A migration that was released is never
edited: what comes later is another one.

A search is answered from `search` alone, whose row ids stand in the order of publication by day (`rows.py`). What is
read in an article is one compressed row of `readings`; there is no row for each attribution.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from sourceline.errors import LedgerDamaged, LedgerNewer
from sourceline.model.speech import Act
from sourceline.store.sqlite.claims.tables import STATEMENTS
from sourceline.store.sqlite.seals import SEAL

APPLICATION_ID = 0x534C4544
"""Tells our files from other SQLite ones ("SLED")."""
PAGE_SIZE = 8192
"""Of two compressed kilobytes a row, so many more fit than into pages of 4096."""
ACTS = tuple(Act)
"""The order of the columns that count acts."""
_NAME = re.compile("[0-9]{4} [ -~]+")
"""What a migration is called."""
ACT_BITS = {act: 1 << i for i, act in enumerate(ACTS)}
SPEAKS = " + ".join(f'"{act}"' for act in ACTS)
"""In how many attributions a profile speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    name: str
    statements: tuple[str, ...]


_FIRST = Migration(
    name="0001 a ledger",
    statements=(
        "CREATE TABLE outlets (outlet INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL)",
        "CREATE INDEX outlets_by_name ON outlets (folded)",
        "CREATE TABLE documents (document INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
        # day: days left until the last there is, so that the latest come first; base: its first row of `search`;
        # slots: how many attributions stand; read_at and read_sha256: of the deposit that the reading came with, where
        # it is not the one that at and sha256 are of
        """CREATE TABLE versions (
            version INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            document INTEGER NOT NULL REFERENCES documents,
            name TEXT NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            text_sha256 NOT NULL,
            sha256 NOT NULL,
            url TEXT,
            outlet INTEGER REFERENCES outlets,
            outlet_kind TEXT,
            title TEXT,
            published TEXT,
            day INTEGER NOT NULL,
            model TEXT,
            read_at INTEGER,
            read_sha256,
            base INTEGER,
            slots INTEGER NOT NULL DEFAULT 0,
            unnamed INTEGER NOT NULL DEFAULT 0,
            removed_at INTEGER,
            removed_by TEXT,
            removed_reason TEXT)""",
        "CREATE INDEX versions_by_document ON versions (document)",
        "CREATE INDEX versions_by_name ON versions (name)",
        "CREATE INDEX versions_by_day ON versions (day, id)",
        "CREATE INDEX versions_by_base ON versions (base, id) WHERE base IS NOT NULL",
        "CREATE INDEX versions_with_unnamed ON versions (day, id) WHERE unnamed > 0",
        # two tables, because rows half as long leave less of a page empty
        "CREATE TABLE texts (version INTEGER PRIMARY KEY REFERENCES versions, document BLOB NOT NULL)",
        # profiles: for each source of the reading its profile, or nothing
        """CREATE TABLE readings (
            version INTEGER PRIMARY KEY REFERENCES versions, profiles BLOB NOT NULL, reading BLOB NOT NULL)""",
        """CREATE TABLE captures (
            capture INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions,
            sha256 NOT NULL,
            at INTEGER NOT NULL,
            place TEXT NOT NULL,
            url TEXT,
            retrieved INTEGER,
            content_type TEXT,
            headers TEXT NOT NULL,
            record BLOB)""",
        "CREATE UNIQUE INDEX captures_by_bytes ON captures (sha256, version)",
        "CREATE INDEX captures_by_version ON captures (version)",
        "CREATE INDEX captures_by_place ON captures (place)",
        f"""CREATE TABLE profiles (
            profile INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            role TEXT,
            affiliation TEXT,
            ids TEXT NOT NULL,
            identity TEXT NOT NULL,
            {", ".join(f'"{act}" INTEGER NOT NULL DEFAULT 0' for act in ACTS)})""",
        "CREATE INDEX profiles_by_key ON profiles (key)",
        "CREATE INDEX profiles_by_identity ON profiles (identity)",
        """CREATE TABLE appearances (
            profile INTEGER NOT NULL REFERENCES profiles,
            document INTEGER NOT NULL REFERENCES documents,
            version INTEGER NOT NULL REFERENCES versions,
            outlet INTEGER,
            day INTEGER NOT NULL,
            PRIMARY KEY (profile, document, version)) WITHOUT ROWID""",
        # speaks: less than nothing, so that those who speak most come first; acts: a bit for each
        """CREATE TABLE identities (
            id TEXT PRIMARY KEY, speaks INTEGER NOT NULL, acts INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX identities_by_speaking ON identities (speaks, id, acts)",
        """CREATE TABLE problems (
            place TEXT NOT NULL,
            kind TEXT NOT NULL,
            message TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (place, kind, message)) WITHOUT ROWID""",
        """CREATE TABLE visits (
            url TEXT PRIMARY KEY, at INTEGER NOT NULL, etag TEXT, last_modified TEXT) WITHOUT ROWID""",
        """CREATE TABLE judgements (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            at INTEGER NOT NULL,
            author TEXT NOT NULL,
            undoes INTEGER NOT NULL,
            version TEXT,
            verdict TEXT,
            body BLOB)""",
        "CREATE INDEX judgements_by_id ON judgements (id)",
        "CREATE INDEX judgements_by_version ON judgements (version) WHERE version IS NOT NULL",
        """CREATE VIRTUAL TABLE search USING fts5 (
            words, speaker, facets, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')""",
        "INSERT INTO search (search, rank) VALUES ('automerge', 8)",
        """CREATE VIRTUAL TABLE names USING fts5 (
            name, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')""",
    ),
)

_STAMPS = Migration(
    name="0002 stamps",
    statements=(
        # hashes: 32 bytes each
        """CREATE TABLE stamps (
            stamp INTEGER PRIMARY KEY,
            digest TEXT NOT NULL,
            at INTEGER NOT NULL,
            authority TEXT NOT NULL,
            previous TEXT,
            hashes BLOB NOT NULL,
            token BLOB NOT NULL)""",
    ),
)

_ADDRESSES = Migration(
    name="0003 addresses",
    statements=(
        "ALTER TABLE versions ADD COLUMN address TEXT",  # as `same_address` has it
        "CREATE INDEX versions_by_address ON versions (address) WHERE address IS NOT NULL",
    ),
)

_JUDGED_SOURCES = Migration(
    name="0004 judgements of sources",
    statements=(
        # few among many that are of attributions, and asked for whenever documents are added
        """CREATE INDEX judgements_of_sources ON judgements (at, id, number)
            WHERE verdict IN ('same', 'different')""",
    ),
)

_SEALS = Migration(
    name="0005 seals",
    statements=(
        "ALTER TABLE versions ADD COLUMN seal BLOB",
        f"UPDATE versions AS v SET seal = {SEAL}",  # as it was then: who changes it, copies it here
    ),
)

_LONE_PROFILES = Migration(
    name="0006 profiles that stand alone",
    statements=(
        # identity is empty where a profile is alone in an identity that has its own id, as nearly all are: an index by
        # these ids, which are as good as drawn by lot, is written all over by every transaction
        """UPDATE profiles SET identity = '' WHERE identity = id AND NOT EXISTS (
            SELECT 1 FROM profiles p WHERE p.identity = profiles.id AND p.profile <> profiles.profile)""",
        "DROP INDEX profiles_by_identity",
        "CREATE INDEX profiles_joined ON profiles (identity) WHERE identity <> ''",
        # as in identities, which has only those sources that are left
        f"ALTER TABLE profiles ADD COLUMN speaks INTEGER AS (-({SPEAKS})) VIRTUAL",
        f"""ALTER TABLE profiles ADD COLUMN acts INTEGER
            AS ({" + ".join(f'{bit} * ("{act}" > 0)' for act, bit in ACT_BITS.items())}) VIRTUAL""",
        "CREATE INDEX profiles_by_speaking ON profiles (speaks, acts) WHERE identity = ''",
        "DELETE FROM identities WHERE id NOT IN (SELECT identity FROM profiles WHERE identity <> '')",
        # one index by day for both
        "DROP INDEX versions_with_unnamed",
        "DROP INDEX versions_by_day",
        "CREATE INDEX versions_by_day ON versions (day, id, unnamed)",
    ),
)

_COUNTS = ", ".join(f'"{act}" INTEGER NOT NULL DEFAULT 0' for act in ACTS)

SIGHTINGS = Migration(
    name="0007 sightings and the latest version",
    statements=(
        # capture: whose bytes were seen; 0: on the server's word that they are the same
        """CREATE TABLE sightings (
            version INTEGER NOT NULL REFERENCES versions,
            at INTEGER NOT NULL,
            capture INTEGER NOT NULL,
            PRIMARY KEY (version, at, capture)) WITHOUT ROWID""",
        "INSERT INTO sightings SELECT version, at, capture FROM captures",
        # seen: the last sighting; latest: of the document's versions that were not removed the one seen last
        "ALTER TABLE versions ADD COLUMN seen INTEGER",
        "ALTER TABLE versions ADD COLUMN latest INTEGER NOT NULL DEFAULT 1",
        """UPDATE versions SET seen = max(at, coalesce(
            (SELECT max(s.at) FROM sightings s WHERE s.version = versions.version), at))""",
        """UPDATE versions SET latest = 0 WHERE removed_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM versions o WHERE o.document = versions.document AND o.removed_at IS NULL
            AND (o.seen, o.at, o.id) > (versions.seen, versions.at, versions.id))""",
        "CREATE INDEX versions_superseded ON versions (base, slots) WHERE latest = 0",
        "ALTER TABLE appearances RENAME TO former_appearances",
        """CREATE TABLE appearances (
            profile INTEGER NOT NULL REFERENCES profiles,
            latest INTEGER NOT NULL,
            document INTEGER NOT NULL REFERENCES documents,
            version INTEGER NOT NULL REFERENCES versions,
            outlet INTEGER,
            day INTEGER NOT NULL,
            PRIMARY KEY (profile, latest, document, version)) WITHOUT ROWID""",
        """INSERT INTO appearances SELECT profile, 1, document, version, outlet, day FROM former_appearances
            ORDER BY profile, document, version""",
        "DROP TABLE former_appearances",
        # what the columns of profiles and identities count of the latest versions: of the others, and of all of an
        # identity's where there are others
        f"CREATE TABLE superseded (profile INTEGER PRIMARY KEY REFERENCES profiles, {_COUNTS})",
        """CREATE TABLE superseded_identities (
            id TEXT PRIMARY KEY, speaks INTEGER NOT NULL, acts INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX superseded_identities_by_speaking ON superseded_identities (speaks, id, acts)",
    ),
)
"""What the tables count of versions that are not the latest is counted anew after it: `latest.py`."""

_CLAIMS = Migration(name="0008 claims", statements=STATEMENTS)

MIGRATIONS: tuple[Migration, ...] = (
    _FIRST,
    _STAMPS,
    _ADDRESSES,
    _JUDGED_SOURCES,
    _SEALS,
    _LONE_PROFILES,
    SIGHTINGS,
    _CLAIMS,
)


def applied(connection: sqlite3.Connection) -> list[str]:
    """The names of the migrations that were applied, in order; none in an empty file."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    if known is None:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY number")]


def missing(connection: sqlite3.Connection, path: str) -> list[Migration]:
    """The migrations that the file still lacks. Raises LedgerNewer where others follow on all that this program knows,
    LedgerDamaged where one of them is left out, or where it is no list of migrations."""
    done = applied(connection)
    ours = [migration.name for migration in MIGRATIONS]
    unknown = [name for name in done if name not in ours]
    if unknown and done[: len(ours)] == ours and _NAME.fullmatch(str(unknown[0])):
        raise LedgerNewer(
            f"{path} was written by a later version of sourceline (it has {unknown[0]!r}): update sourceline to open it"
        )
    if unknown:
        raise LedgerDamaged(f"{path} is a broken ledger (it has {str(unknown[0])[:40]!r}): restore a copy")
    if done != ours[: len(done)]:
        left_out = next((name for name in ours if name not in done), ours[0])
        raise LedgerDamaged(f"{path} lacks {left_out!r} but has what comes after it: restore a copy")
    return list(MIGRATIONS[len(done) :])


def apply(connection: sqlite3.Connection, migrations: list[Migration]) -> None:
    """Brings a file up to date; the transaction is the caller's."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
    for migration in migrations:
        for statement in migration.statements:
            connection.execute(statement)
        connection.execute("INSERT INTO migrations (name) VALUES (?)", (migration.name,))
