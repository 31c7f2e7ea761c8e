"""Profiles, how often each speaks, and the identities they add up to: kept up to date, so that a dossier is quick.

A profile that is alone in an identity of its own id, and in latest versions alone, keeps no identity, and its counts
are the sums. Only other identities have rows: in `identities` those that a latest version has, with the sums of the
latest; in `superseded_identities` those that another version has, with the sums of all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

from sourceline.model.identity import Profile
from sourceline.model.reading import Reading
from sourceline.store.sqlite.claims.clusters import touch_counts
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import reads_back
from sourceline.store.sqlite.rows import Indexed
from sourceline.store.sqlite.schema import ACT_BITS, ACTS
from sourceline.store.standing import Standing

IDENTITY = "CASE p.identity WHEN '' THEN p.id ELSE p.identity END"
"""Of a profile p, the identity it belongs to."""
_JOINED = "SELECT profile FROM profiles WHERE identity = :identity AND identity <> ''"
IN_IDENTITY = f"p.profile IN ({_JOINED} UNION ALL SELECT profile FROM profiles WHERE id = :identity AND identity = '')"
"""Whether a profile p belongs to an identity; each half has an index."""

_COLUMN = {act: i for i, act in enumerate(ACTS)}
_COLUMNS = ", ".join(f'"{act}"' for act in ACTS)
_INSERT = f"""INSERT INTO profiles (profile, id, key, name, kind, role, affiliation, ids, identity, {_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', {", ".join("?" * len(ACTS))})"""
_COUNT = f"""UPDATE profiles SET {", ".join(f'"{act}" = "{act}" + ?' for act in ACTS)} WHERE profile = ?"""
_COUNT_SUPERSEDED = f"""INSERT INTO superseded ({_COLUMNS}, profile) VALUES ({"?, " * len(ACTS)}?)
    ON CONFLICT (profile) DO UPDATE SET {", ".join(f'"{act}" = "{act}" + excluded."{act}"' for act in ACTS)}"""
_COUNT_MORE = tuple(
    f"UPDATE {table} SET speaks = speaks + ?, acts = acts | ? WHERE id = ?"
    for table in ("identities", "superseded_identities")
)
OF_ALL = {act: f'(p."{act}" + coalesce(s."{act}", 0))' for act in ACTS}
"""How often a profile p did an act in all versions, s being its row of `superseded`, if it has one."""
_IN_VERSIONS = "EXISTS (SELECT 1 FROM appearances a WHERE a.profile = p.profile AND a.latest = {latest})"
IN_LATEST = _IN_VERSIONS.format(latest=1)
"""Whether a profile p is in the latest version of a document."""
IN_SUPERSEDED = _IN_VERSIONS.format(latest=0)
"""Whether a profile p is in a version that is not the latest."""
_ANY_OF_IT = "EXISTS (SELECT 1 FROM profiles p WHERE p.identity = :identity AND p.identity <> '' AND {wanted})"
_SETTLE = (
    f"""UPDATE profiles AS p SET identity = id WHERE id = :identity AND identity = ''
        AND (EXISTS ({_JOINED}) OR {IN_SUPERSEDED})""",
    f"""UPDATE profiles AS p SET identity = '' WHERE id = :identity AND identity = :identity
        AND NOT EXISTS ({_JOINED} AND id <> :identity) AND NOT {IN_SUPERSEDED}""",
    "DELETE FROM identities WHERE id = :identity",
    f"""INSERT INTO identities (id, speaks, acts)
        SELECT identity, sum(speaks), {" + ".join(f'{bit} * (sum("{act}") > 0)' for act, bit in ACT_BITS.items())}
        FROM profiles WHERE profile IN ({_JOINED}) AND {_ANY_OF_IT.format(wanted=IN_LATEST)} GROUP BY identity""",
    "DELETE FROM superseded_identities WHERE id = :identity",
    f"""INSERT INTO superseded_identities (id, speaks, acts)
        SELECT p.identity, -sum({" + ".join(OF_ALL.values())}),
            {" + ".join(f"{bit} * (sum({OF_ALL[act]}) > 0)" for act, bit in ACT_BITS.items())}
        FROM profiles p LEFT JOIN superseded s ON s.profile = p.profile
        WHERE p.profile IN ({_JOINED}) AND {_ANY_OF_IT.format(wanted=IN_SUPERSEDED)} GROUP BY p.identity""",
)
"""What an identity needs whose profiles came, went or said less: who is alone and in latest versions alone keeps no
identity, who is not keeps it even if it is its own; and then the sums."""
_CHUNK = 400
_MOST_HELD = 20_000
"""Rows kept back until they are written in the order of their ids."""


class Tallies:
    """Counts what versions come and go with, and writes the sums once a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.forget()
        database.before_commit.append(self.flush)
        database.after_rollback.append(self.forget)

    def forget(self) -> None:
        """Drops what is not written: the transaction is undone."""
        self._known: dict[str, int] = {}
        """Rows of profiles met since the last writing."""
        self._new: dict[int, Profile] = {}
        """Those of them that are still to be written."""
        self._last: int | None = None
        """The last row of profiles, once a new one is needed."""
        self._identities: dict[int, str] = {}
        """What identity such a row has; empty for one that is alone."""
        self._changes: dict[int, list[int]] = {}
        self._superseded: dict[int, list[int]] = {}
        """The same for versions that are not the latest: of every profile that came or went with one."""
        self._shown: set[int] = set()
        """Profiles that a latest version came with, whether they speak or not."""
        self._appearances: list[tuple[int, bool, int, int, int | None, int]] = []
        self._touched: set[str] = set()
        """Identities whose sums have to be made again."""
        self._left: set[int] = set()
        """Profiles that a version ceased to have."""

    @reads_back
    def profile_rows(self, profiles: Collection[Profile]) -> dict[str, int]:
        """The rows of profiles, by their ids; dealt out where they are new, each an identity of its own."""
        self._look_up({profile.id for profile in profiles} - self._known.keys())
        for profile in profiles:
            if profile.id not in self._known:
                row = self._next_row()
                self._new[row] = profile
                self._know(profile.id, row, "")
        return {profile.id: self._known[profile.id] for profile in profiles}

    def _look_up(self, ids: Collection[str]) -> None:
        for chunk, marks in _chunks(sorted(ids)):
            for row in self._database.rows(f"SELECT id, profile, identity FROM profiles WHERE id IN ({marks})", chunk):
                self._know(*row)

    def _know(self, id: str, row: int, identity: str) -> None:
        self._known[id] = row
        self._identities[row] = identity

    def _next_row(self) -> int:
        if self._last is None:
            (self._last,) = self._database.row("SELECT coalesce(max(profile), 0) FROM profiles")
        self._last += 1
        return self._last

    @reads_back
    def enter(self, version: int, document: int, day: int, indexed: Indexed) -> None:
        """A version's sources appear, and those who speak are counted."""
        self._appearances += [
            (profile, indexed.latest, document, version, indexed.outlet, day) for profile in _present(indexed)
        ]
        self._count(indexed, 1)
        if len(self._appearances) > _MOST_HELD:
            self._write_new()

    @reads_back
    def leave(self, version: int, document: int, indexed: Indexed) -> None:
        self._write_new()
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
            row = self._database.row(f"SELECT p.profile, {IDENTITY} FROM profiles p WHERE p.id = ?", (profile,))
            if row is not None and row[1] != identity:
                self._database.run("UPDATE profiles SET identity = ? WHERE profile = ?", (identity, row[0]))
                self._touched |= {row[1], identity}
                touch_counts(self._database, profile)

    @reads_back
    def flush(self) -> None:
        """Writes the sums; what no version has any more goes."""
        self._write_new()
        changes = sorted(self._changes.items())
        self._database.run_many(_COUNT, ((*counts, profile) for profile, counts in changes if any(counts)))
        more = list(self._more(changes))
        for statement in _COUNT_MORE:
            self._database.run_many(statement, more)
        superseded = sorted(self._superseded.items())
        self._database.run_many(_COUNT_SUPERSEDED, ((*counts, profile) for profile, counts in superseded))
        self._touch(self._superseded)
        self._touch_joined(self._left | self._only_superseded())
        self._drop_orphans()
        touched = [{"identity": identity} for identity in sorted(self._touched)]
        for statement in _SETTLE:
            self._database.run_many(statement, touched)
        self.forget()

    def _write_new(self) -> None:
        """Profiles and where they appear, in the order of their rows: in any other each costs a page."""
        none = (0,) * len(ACTS)
        self._database.run_many(
            _INSERT, ((row, *_columns(profile), *self._changes.pop(row, none)) for row, profile in self._new.items())
        )
        names = [(row, profile.name) for row, profile in self._new.items()]
        self._database.run_many("INSERT INTO names (rowid, name) VALUES (?, ?)", names)
        for chunk, marks in _chunks([profile.id for profile in self._new.values()]):
            # other profiles may have its id for their identity, from a time when it was there before
            self._touched |= {
                identity
                for (identity,) in self._database.rows(
                    f"SELECT identity FROM profiles WHERE identity IN ({marks}) AND identity <> ''", chunk
                )
            }
        self._database.run_many(
            "INSERT INTO appearances (profile, latest, document, version, outlet, day) VALUES (?, ?, ?, ?, ?, ?)",
            sorted(self._appearances),
        )
        self._new, self._appearances = {}, []

    def _only_superseded(self) -> set[int]:
        """Of the profiles shown now those that may not have been before: no latest version may have had them."""
        if self._database.row("SELECT 1 FROM superseded") is None:
            return set()
        # one that keeps no identity was in latest versions alone
        return {
            profile
            for profile in self._shown
            if self._identities.get(profile) != ""
            and self._database.row("SELECT 1 FROM superseded WHERE profile = ?", (profile,)) is not None
        }

    def _touch(self, profiles: Iterable[int]) -> None:
        """The sums of their identities are made anew."""
        for profile in profiles:
            row = self._database.row(f"SELECT {IDENTITY} FROM profiles p WHERE p.profile = ?", (profile,))
            self._touched |= set(row or ())

    def _touch_joined(self, profiles: Iterable[int]) -> None:
        """The same of those that have sums beside their own counts."""
        for profile in profiles:
            row = self._database.row("SELECT identity FROM profiles WHERE profile = ?", (profile,))
            self._touched |= set(row or ()) - {""}

    def _more(self, changes: list[tuple[int, list[int]]]) -> Iterator[tuple[int, int, str]]:
        """What identities of several gain; where one loses anything, its sum is made anew."""
        for profile, counts in changes:
            identity = self._identities.get(profile)
            if identity is None or min(counts) < 0:
                self._touch_joined([profile])
            elif identity:
                acts = sum(bit for bit, count in zip(ACT_BITS.values(), counts, strict=True) if count)
                yield -sum(counts), acts, identity

    def _drop_orphans(self) -> None:
        for profile in sorted(self._left):
            row = self._database.row(
                f"""SELECT p.name, {IDENTITY} FROM profiles p WHERE p.profile = ?
                    AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.profile = p.profile)""",
                (profile,),
            )
            if row is not None:
                name, identity = row
                self._database.run("INSERT INTO names (names, rowid, name) VALUES ('delete', ?, ?)", (profile, name))
                self._database.run("DELETE FROM superseded WHERE profile = ?", (profile,))
                self._database.run("DELETE FROM profiles WHERE profile = ?", (profile,))
                self._touched.add(identity)


def _columns(profile: Profile) -> tuple[object, ...]:
    return (
        profile.id,
        profile.key,
        profile.name,
        profile.kind.value,
        profile.role,
        profile.affiliation,
        json.dumps(dict(profile.ids), sort_keys=True) if profile.ids else "{}",
    )


def _chunks(values: list[str]) -> Iterator[tuple[list[str], str]]:
    """So many values as a statement takes, with a mark for each."""
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        yield chunk, ", ".join("?" * len(chunk))


def _present(indexed: Indexed) -> set[int]:
    return {profile for profile in indexed.profiles if profile is not None}


def unnamed_speakers(reading: Reading, stands: Iterable[Standing]) -> dict[str, int]:
    """Sources without a name (by id) and in how many attributions they speak; only those who do."""
    counts = {source.id: 0 for source in reading.sources if not source.named}
    for standing in stands:
        if (speaker := standing.attribution.speaker) in counts:
            counts[speaker] += 1
    return {id: count for id, count in counts.items() if count}
