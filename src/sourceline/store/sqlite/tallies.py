"""Profiles, how often each speaks, and the identities they add up to: kept up to date, so that a dossier is quick."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

from sourceline.model.identity import Profile
from sourceline.model.reading import Reading
from sourceline.store.sqlite.claims.clusters import touch_counts
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import reads_back
from sourceline.store.sqlite.rows import Indexed
from sourceline.store.sqlite.schema import ACTS
from sourceline.store.standing import Standing

_COLUMN = {act: i for i, act in enumerate(ACTS)}
SPEAKS = " + ".join(f'"{act}"' for act in ACTS)
ACT_BITS = {act: 1 << i for i, act in enumerate(ACTS)}
_ADD_UP = f"""INSERT OR REPLACE INTO identities (id, speaks, acts)
    SELECT identity, -sum({SPEAKS}), {" + ".join(f'{bit} * (sum("{act}") > 0)' for act, bit in ACT_BITS.items())}
    FROM profiles WHERE identity = ? GROUP BY identity"""
_COUNT = f"""UPDATE profiles SET {", ".join(f'"{act}" = "{act}" + ?' for act in ACTS)} WHERE profile = ?"""
_COUNT_MORE = """INSERT INTO identities (id, speaks, acts) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET speaks = speaks + excluded.speaks, acts = acts | excluded.acts"""
_CHUNK = 400
_DROP_EMPTY = """DELETE FROM identities WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM profiles WHERE identity = ?1)"""


class Tallies:
    """Counts what versions come and go with, and writes the sums once a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, int] = {}
        """Rows of profiles met in this transaction."""
        self._identities: dict[int, str] = {}
        """What identity such a row has."""
        self._changes: dict[int, list[int]] = {}
        self._touched: set[str] = set()
        """Identities whose sums have to be made again."""
        self._new_names: list[tuple[int, str]] = []
        self._left: set[int] = set()
        """Profiles that a version ceased to have."""
        database.before_commit.append(self.flush)
        database.after_rollback.append(self._forget)

    @reads_back
    def profile_rows(self, profiles: Collection[Profile]) -> dict[str, int]:
        """The rows of profiles, by their ids; made where they are new, each an identity of its own."""
        self._look_up({profile.id for profile in profiles} - self._known.keys())
        for profile in profiles:
            if profile.id not in self._known:
                self._know(profile.id, self._insert(profile), profile.id)
        return {profile.id: self._known[profile.id] for profile in profiles}

    def _look_up(self, ids: Collection[str]) -> None:
        wanted = sorted(ids)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            for row in self._database.rows(f"SELECT id, profile, identity FROM profiles WHERE id IN ({marks})", chunk):
                self._know(*row)

    def _know(self, id: str, row: int, identity: str) -> None:
        self._known[id] = row
        self._identities[row] = identity

    def _insert(self, profile: Profile) -> int:
        row: int = self._database.run(
            """INSERT INTO profiles (id, key, name, kind, role, affiliation, ids, identity)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1)""",
            (
                profile.id,
                profile.key,
                profile.name,
                profile.kind.value,
                profile.role,
                profile.affiliation,
                json.dumps(dict(profile.ids), sort_keys=True) if profile.ids else "{}",
            ),
        )
        self._new_names.append((row, profile.name))
        self._changes[row] = [0] * len(ACTS)
        return row

    @reads_back
    def enter(self, version: int, document: int, day: int, indexed: Indexed) -> None:
        """A version's sources appear, and those who speak are counted."""
        self._database.run_many(
            "INSERT INTO appearances (profile, document, version, outlet, day) VALUES (?, ?, ?, ?, ?)",
            [(profile, document, version, indexed.outlet, day) for profile in _present(indexed)],
        )
        self.count(indexed, 1)

    @reads_back
    def leave(self, version: int, document: int, indexed: Indexed) -> None:
        present = _present(indexed)
        self._database.run_many(
            "DELETE FROM appearances WHERE profile = ? AND document = ? AND version = ?",
            [(profile, document, version) for profile in present],
        )
        self._left |= present
        self.count(indexed, -1)

    def count(self, indexed: Indexed, sign: int) -> None:
        profiles = dict(zip((s.id for s in indexed.reading.sources), indexed.profiles, strict=True))
        for stands in indexed.stands:
            profile = profiles.get(stands.attribution.speaker or "")
            if profile is not None:
                changes = self._changes.setdefault(profile, [0] * len(ACTS))
                changes[_COLUMN[stands.attribution.act]] += sign

    @reads_back
    def regroup(self, identities: Mapping[str, str]) -> None:
        """Gives profiles (by id) their identities."""
        self.flush()
        for profile, identity in identities.items():
            row = self._database.row("SELECT identity FROM profiles WHERE id = ?", (profile,))
            if row is not None and row[0] != identity:
                self._database.run("UPDATE profiles SET identity = ? WHERE id = ?", (identity, profile))
                self._touched |= {row[0], identity}
                touch_counts(self._database, profile)

    @reads_back
    def flush(self) -> None:
        """Writes the sums; what no version has any more goes."""
        self._database.run_many("INSERT INTO names (rowid, name) VALUES (?, ?)", self._new_names)
        changes = sorted(self._changes.items())
        self._database.run_many(_COUNT, ((*counts, profile) for profile, counts in changes if any(counts)))
        self._database.run_many(_COUNT_MORE, self._more(changes))
        self._drop_orphans()
        self._database.run_many(_ADD_UP, ((identity,) for identity in sorted(self._touched)))
        self._database.run_many(_DROP_EMPTY, ((identity,) for identity in sorted(self._touched)))
        self._forget()

    def _more(self, changes: list[tuple[int, list[int]]]) -> Iterator[tuple[str, int, int]]:
        """What identities gain; where one loses anything, its sum is made anew."""
        for profile, counts in changes:
            identity = self._identities.get(profile)
            if identity is not None and min(counts) >= 0:
                acts = sum(bit for bit, count in zip(ACT_BITS.values(), counts, strict=True) if count)
                yield identity, -sum(counts), acts
            elif any(counts):
                row = self._database.row("SELECT identity FROM profiles WHERE profile = ?", (profile,))
                self._touched |= set(row or ())

    def _drop_orphans(self) -> None:
        for profile in sorted(self._left):
            row = self._database.row(
                """SELECT name, identity FROM profiles p WHERE profile = ?
                   AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.profile = p.profile)""",
                (profile,),
            )
            if row is not None:
                name, identity = row
                self._database.run("INSERT INTO names (names, rowid, name) VALUES ('delete', ?, ?)", (profile, name))
                self._database.run("DELETE FROM profiles WHERE profile = ?", (profile,))
                self._touched.add(identity)

    def _forget(self) -> None:
        self._known, self._identities, self._changes, self._new_names = {}, {}, {}, []
        self._touched, self._left = set(), set()


def _present(indexed: Indexed) -> set[int]:
    return {profile for profile in indexed.profiles if profile is not None}


def unnamed_speakers(reading: Reading, stands: Iterable[Standing]) -> dict[str, int]:
    """Sources without a name (by id) and in how many attributions they speak; only those who do."""
    counts = {source.id: 0 for source in reading.sources if not source.named}
    for standing in stands:
        if (speaker := standing.attribution.speaker) in counts:
            counts[speaker] += 1
    return {id: count for id, count in counts.items() if count}
