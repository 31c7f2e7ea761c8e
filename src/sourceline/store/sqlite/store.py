"""The store in one SQLite file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from os import PathLike
from pathlib import Path

from sourceline.model.evidence import Capture, Problem, Removal, Sighting, Stamp, Version
from sourceline.model.identity import Profile
from sourceline.model.judgement import Judgement
from sourceline.model.query import Finding, Page, Passage, Query, SourceSummary
from sourceline.model.reading import Reading
from sourceline.model.source import Source
from sourceline.model.speech import Act
from sourceline.store.contract import Deposit, Known, Outcome, Visit
from sourceline.store.days import microseconds
from sourceline.store.sqlite import collected, faults, finding, judgements, latest, sources, stamps, versions
from sourceline.store.sqlite.claims.store import SqliteClaims
from sourceline.store.sqlite.connection import PATIENCE, Database
from sourceline.store.sqlite.depositing import Depositor
from sourceline.store.sqlite.judgements import About
from sourceline.store.sqlite.ranking import Asked
from sourceline.store.sqlite.rows import WordIndex
from sourceline.store.sqlite.schema import SIGHTINGS
from sourceline.store.sqlite.tallies import Tallies
from sourceline.store.standing import ABOUT_ATTRIBUTIONS


class SqliteStore:
    """See `sourceline.store.contract.Store`. For one thread; others open the file anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        words = WordIndex(database)
        self._tallies = Tallies(database)
        self._depositor = Depositor(database, words, self._tallies)
        self._claims = SqliteClaims(database)

    @property
    def claims(self) -> SqliteClaims:
        return self._claims

    def close(self) -> None:
        self._database.close()

    def files(self) -> frozenset[str]:
        path = os.path.realpath(self._database.path)
        return frozenset(path + ending for ending in ("", "-wal", "-shm", "-journal"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._database.writing():
            yield

    # evidence ---------------------------------------------------------------------------------------------------------

    def captured(self, hashes: Collection[str]) -> dict[str, str]:
        return collected.captured(self._database, hashes)

    def known(self, sha256: str, key: str) -> Known | None:
        return collected.known(self._database, sha256, key)

    def seen(self, sha256: str, key: str, at: datetime) -> bool:
        return collected.seen(self._database, sha256, key, at)

    def key_at(self, place: str) -> str | None:
        return collected.key_at(self._database, place)

    def put(self, deposit: Deposit) -> Outcome:
        self._database.need_transaction()
        return self._depositor.put(deposit)

    def see(self, key: str, sha256: str, at: datetime) -> Outcome:
        self._database.need_transaction()
        return self._depositor.see(key, sha256, microseconds(at))

    def see_unchanged(self, key: str, *, since: datetime, at: datetime) -> Outcome:
        self._database.need_transaction()
        return self._depositor.see_unchanged(key, since=microseconds(since), at=microseconds(at))

    def sightings(self, version: str) -> Iterator[Sighting]:
        return latest.iterate_sightings(self._database, version)

    def bytes_at(self, place: str) -> str | None:
        return collected.bytes_at(self._database, place)

    def replace_reading(
        self,
        version: str,
        reading: Reading,
        profiles: Mapping[str, Profile],
        meanings: Mapping[str, bytes] | None = None,
    ) -> None:
        self._database.need_transaction()
        self._depositor.replace_reading(version, reading, profiles, meanings or {})

    def versions(self, document: str | None = None) -> Iterator[Version]:
        return versions.iterate_versions(self._database, document)

    def version(self, id: str) -> Version | None:
        return versions.load_version(self._database, id)

    def latest(self, *, limit: int = 50, after: str | None = None) -> Page[Version]:
        with self._database.reading():
            return finding.latest(self._database, max(1, limit), after)

    def reading(self, version: str) -> Reading | None:
        return versions.load_reading(self._database, version)

    def meanings(self, version: str) -> dict[str, bytes]:
        return versions.load_meanings(self._database, version)

    def captures(self, version: str | None = None) -> Iterator[tuple[Version, Capture, bytes]]:
        return versions.iterate_captures(self._database, version)

    def hashes(self) -> Iterator[str]:
        return stamps.iterate_hashes(self._database)

    def add_stamp(self, stamp: Stamp) -> None:
        self._database.need_transaction()
        stamps.append(self._database, stamp)

    def stamps(self) -> Iterator[Stamp]:
        return stamps.iterate_stamps(self._database)

    def remove(self, version: str, removal: Removal) -> None:
        self._database.need_transaction()
        self._depositor.remove(version, removal)

    # what could not be read, and what was fetched ---------------------------------------------------------------------

    def add_problem(self, problem: Problem, at: datetime) -> None:
        self._database.need_transaction()
        collected.add_problem(self._database, problem, at)

    def solve_problem(self, place: str) -> None:
        self._database.need_transaction()
        collected.solve_problem(self._database, place)

    def problems(self) -> Iterator[tuple[Problem, datetime]]:
        return collected.iterate_problems(self._database)

    def visit(self, url: str) -> Visit | None:
        return collected.load_visit(self._database, url)

    def set_visit(self, visit: Visit) -> None:
        self._database.need_transaction()
        collected.set_visit(self._database, visit)

    # finding ----------------------------------------------------------------------------------------------------------

    def find(self, query: Query, *, limit: int = 50, after: str | None = None) -> Page[Finding]:
        with self._database.reading():
            return finding.find(self._database, query, max(1, limit), after)

    def count(self, query: Query, *, limit: int = 10_000) -> int:
        with self._database.reading():
            return finding.count(self._database, query, limit)

    def passages(
        self, text: str, *, limit: int = 50, after: str | None = None, all_versions: bool = False
    ) -> Page[Passage]:
        with self._database.reading():
            return finding.passages(self._database, text, max(1, limit), after, all_versions=all_versions)

    # sources across documents -----------------------------------------------------------------------------------------

    def profiles(self, keys: Collection[str]) -> Sequence[Profile]:
        with self._database.reading():
            return sources.profiles_with(self._database, keys)

    def profile(self, id: str) -> Profile | None:
        with self._database.reading():
            return sources.profile_with(self._database, id)

    def profile_keys(self) -> Iterator[tuple[str, int]]:
        with self._database.reading():
            return iter(sources.profile_keys(self._database))

    def set_identities(self, identities: Mapping[str, str]) -> None:
        self._database.need_transaction()
        self._tallies.regroup(identities)

    def identity_of(self, id: str) -> str | None:
        with self._database.reading():
            return sources.identity_of(self._database, id)

    def identity_profiles(self, identity: str) -> Sequence[Profile]:
        with self._database.reading():
            return sources.profiles_of(self._database, identity)

    def summaries(
        self,
        text: str | None = None,
        *,
        acts: Collection[Act] = (),
        limit: int = 50,
        after: str | None = None,
        all_versions: bool = False,
    ) -> Page[SourceSummary]:
        with self._database.reading():
            asked = Asked(text=text, acts=frozenset(acts), all_versions=all_versions)
            return sources.summaries(self._database, asked, max(1, limit), after)

    def summary(self, identity: str, *, all_versions: bool = False) -> SourceSummary | None:
        with self._database.reading():
            return sources.summarise(self._database, identity, all_versions=all_versions)

    def unnamed(
        self, *, limit: int = 50, after: str | None = None, all_versions: bool = False
    ) -> Page[tuple[Version, Source, int]]:
        with self._database.reading():
            return sources.unnamed(self._database, max(1, limit), after, all_versions=all_versions)

    # judgements -------------------------------------------------------------------------------------------------------

    def add_judgement(self, judgement: Judgement) -> bool:
        self._database.need_transaction()
        if judgements.is_known(self._database, judgement):
            return False
        names: dict[str, str] = {}
        if judgement.version is not None and judgement.attribution is not None:
            reading = self.reading(judgement.version)
            known = {} if reading is None else {source.id: source.name for source in reading.sources}
            names = judgements.names_in(judgement.attribution, known)
        with self._judging(judgement.version if judgement.verdict in ABOUT_ATTRIBUTIONS else None):
            judgements.append(self._database, judgement, names)
        if judgement.version is not None and versions.is_removed(self._database, judgement.version):
            judgements.forget_words(self._database, judgement.version)  # a takedown holds for what is said later, too
        return True

    def undo_judgement(self, id: str, *, at: datetime, by: str) -> bool:
        self._database.need_transaction()
        if not judgements.stands(self._database, id):
            return False
        with self._judging(judgements.judged_version(self._database, id)):
            judgements.append_undoing(self._database, id, at, by)
        return True

    @contextmanager
    def _judging(self, version: str | None) -> Iterator[None]:
        """What is found of a version is made anew from the judgements that stand after the block."""
        if version is not None:
            self._depositor.withdraw(version)
        yield
        if version is not None:
            self._depositor.judge_anew(version)

    def judgements(
        self, *, version: str | None = None, about_sources: bool = False, about_mentions: bool = False
    ) -> Iterator[Judgement]:
        wanted = About.SOURCES if about_sources else About.MENTIONS if about_mentions else None
        return judgements.iterate_judgements(self._database, version, about=wanted)

    # soundness --------------------------------------------------------------------------------------------------------

    def faults(self) -> Iterator[str]:
        return faults.find_faults(self._database)

    def schema(self) -> Iterable[str]:
        return [name for (name,) in self._database.rows("SELECT name FROM migrations ORDER BY number")]


def open_store(
    path: str | PathLike[str],
    *,
    readonly: bool = False,
    patience: float = PATIENCE,
    tell_wait: Callable[[float], None] | None = None,
) -> SqliteStore:
    """The ledger in this file, made where there is none unless `readonly`.

    `patience`: seconds to wait for another program that is writing; `tell_wait` hears of them when they begin to be
    long. Raises MissingInput where there is nothing to read, LedgerDamaged for a file that is no ledger, LedgerNewer
    for one of a later program, LedgerLocked, LedgerFull.
    """
    told = tell_wait or (lambda _: None)
    fills = {SIGHTINGS.name: latest.count_apart}
    return SqliteStore(Database(Path(path), readonly=readonly, patience=patience, tell_wait=told, fills=fills))
