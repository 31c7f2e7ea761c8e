"""Profiles, how often each speaks, and the identities they add up to: kept up to date, so that a dossier is quick."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

from sourceline.model.identity import Profile
from sourceline.model.reading import Reading
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
_COUNT_SUPERSEDED = f"""INSERT INTO superseded ({", ".join(f'"{act}"' for act in ACTS)}, profile)
    VALUES ({"?, " * len(ACTS)}?)
    ON CONFLICT (profile) DO UPDATE SET {", ".join(f'"{act}" = "{act}" + excluded."{act}"' for act in ACTS)}"""
_COUNT_MORE = """INSERT INTO identities (id, speaks, acts) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET speaks = speaks + excluded.speaks, acts = acts | excluded.acts"""
_COUNT_MORE_OF_ALL = """UPDATE superseded_identities SET speaks = speaks + ?2, acts = acts | ?3 WHERE id = ?1"""
_CHUNK = 400
_DROP_EMPTY = """DELETE FROM identities WHERE id = ?1 AND NOT EXISTS (
    SELECT 1 FROM profiles p JOIN appearances a ON a.profile = p.profile AND a.latest = 1 WHERE p.identity = ?1)"""
_DROP_ALL = "DELETE FROM superseded_identities WHERE id = ?"
OF_ALL = {act: f'(p."{act}" + coalesce(s."{act}", 0))' for act in ACTS}
"""How often a profile did an act in all versions."""
_ADD_UP_ALL = f"""INSERT INTO superseded_identities (id, speaks, acts)
    SELECT p.identity, -sum({" + ".join(OF_ALL.values())}),
        {" + ".join(f"{bit} * (sum({OF_ALL[act]}) > 0)" for act, bit in ACT_BITS.items())}
    FROM profiles p LEFT JOIN superseded s ON s.profile = p.profile
    WHERE p.identity = ?1 AND EXISTS (
        SELECT 1 FROM profiles q JOIN appearances a ON a.profile = q.profile AND a.latest = 0 WHERE q.identity = ?1)
    GROUP BY p.identity"""


class Tallies:
    """Counts what versions come and go with, and writes the sums once a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, int] = {}
        """Rows of profiles met in this transaction."""
        self._identities: dict[int, str] = {}
        """What identity such a row has."""
        self._changes: dict[int, list[int]] = {}
        self._superseded: dict[int, list[int]] = {}
        """The same for versions that are not the latest: of every profile that came or went with one."""
        self._shown: set[int] = set()
        """Profiles that a latest version came with, whether they speak or not."""
        self._touched: set[str] = set()
        """Identities whose sums have to be made again."""
        self._new_names: list[tuple[int, str]] = []
        self._left: set[int] = set()
        """Profiles that a version ceased to have."""
        database.before_commit.append(self.flush)
        database.after_rollback.append(self.forget)

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
            "INSERT INTO appearances (profile, latest, document, version, outlet, day) VALUES (?, ?, ?, ?, ?, ?)",
            [(profile, indexed.latest, document, version, indexed.outlet, day) for profile in _present(indexed)],
        )
        self._count(indexed, 1)

    @reads_back
    def leave(self, version: int, document: int, indexed: Indexed) -> None:
        present = _present(indexed)
        self._database.run_many(
            "DELETE FROM appearances WHERE profile = ? AND latest = ? AND document = ? AND version = ?",
            [(profile, indexed.latest, document, version) for profile in present],
        )
        self._left |= present
        self._count(indexed, -1)

    def _count(self, indexed: Indexed, sign: int) -> None:
        if not indexed.latest:
            for present in _present(indexed):
                self._superseded.setdefault(present, [0] * len(ACTS))
        elif sign > 0:
            self._shown |= _present(indexed)
        counts = self._changes if indexed.latest else self._superseded
        profiles = dict(zip((s.id for s in indexed.reading.sources), indexed.profiles, strict=True))
        for stands in indexed.stands:
            profile = profiles.get(stands.attribution.speaker or "")
            if profile is not None:
                changes = counts.setdefault(profile, [0] * len(ACTS))
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

    @reads_back
    def flush(self) -> None:
        """Writes the sums; what no version has any more goes."""
        self._database.run_many("INSERT INTO names (rowid, name) VALUES (?, ?)", self._new_names)
        changes = sorted(self._changes.items())
        self._database.run_many(_COUNT, ((*counts, profile) for profile, counts in changes if any(counts)))
        more = list(self._more(changes))
        self._database.run_many(_COUNT_MORE, more)
        self._database.run_many(_COUNT_MORE_OF_ALL, more)
        superseded = sorted(self._superseded.items())
        self._database.run_many(_COUNT_SUPERSEDED, ((*counts, profile) for profile, counts in superseded))
        self._touch({*self._superseded, *self._left, *self._only_superseded()})
        self._drop_orphans()
        touched = [(identity,) for identity in sorted(self._touched)]
        for statement in (_ADD_UP, _DROP_EMPTY, _DROP_ALL, _ADD_UP_ALL):
            self._database.run_many(statement, touched)
        self.forget()

    def _only_superseded(self) -> Iterator[int]:
        """Of the profiles shown now those that may not have been before: no latest version may have had them."""
        if self._database.row("SELECT 1 FROM superseded") is None:
            return
        for profile in sorted(self._shown):
            if self._database.row("SELECT 1 FROM superseded WHERE profile = ?", (profile,)) is not None:
                yield profile

    def _touch(self, profiles: Iterable[int]) -> None:
        """The sums of their identities are made anew."""
        for profile in profiles:
            row = self._database.row("SELECT identity FROM profiles WHERE profile = ?", (profile,))
            self._touched |= set(row or ())

    def _more(self, changes: list[tuple[int, list[int]]]) -> Iterator[tuple[str, int, int]]:
        """What identities gain; where one loses anything, its sum is made anew."""
        for profile, counts in changes:
            identity = self._identities.get(profile)
            if identity is not None and min(counts) >= 0:
                acts = sum(bit for bit, count in zip(ACT_BITS.values(), counts, strict=True) if count)
                yield identity, -sum(counts), acts
            elif any(counts):
                self._touch([profile])

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
                self._database.run("DELETE FROM superseded WHERE profile = ?", (profile,))
                self._database.run("DELETE FROM profiles WHERE profile = ?", (profile,))
                self._touched.add(identity)

    def forget(self) -> None:
        """Drops what is not written: the transaction is undone."""
        self._known, self._identities, self._changes, self._superseded, self._new_names = {}, {}, {}, {}, []
        self._touched, self._left, self._shown = set(), set(), set()


def _present(indexed: Indexed) -> set[int]:
    return {profile for profile in indexed.profiles if profile is not None}


def unnamed_speakers(reading: Reading, stands: Iterable[Standing]) -> dict[str, int]:
    """Sources without a name (by id) and in how many attributions they speak; only those who do."""
    counts = {source.id: 0 for source in reading.sources if not source.named}
    for standing in stands:
        if (speaker := standing.attribution.speaker) in counts:
            counts[speaker] += 1
    return {id: count for id, count in counts.items() if count}
