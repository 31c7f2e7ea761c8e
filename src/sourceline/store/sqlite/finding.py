"""Finding attributions and passages: one walk over the index in the order of publication, which stops when a page is
full.

Row ids are in the order of days. Within a day its matches are gathered and put in order; where a day has so many that
this would take long (articles without a date are all of one day), its versions are asked one after the other, which is
quick just because the words are frequent.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import NamedTuple, TypeVar

from sourceline.errors import UsageError
from sourceline.model.evidence import Version
from sourceline.model.query import Finding, Page, Passage, Query
from sourceline.store.days import asked_days
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import as_text_or_none, reads_back
from sourceline.store.sqlite.matching import attributions_match, texts_match
from sourceline.store.sqlite.rows import UNDATED, day_of_row, first_row, number_of_day
from sourceline.store.sqlite.tallies import IDENTITY, IN_IDENTITY
from sourceline.store.sqlite.versions import COLUMNS, TABLES, Kept, load_kept, version_from
from sourceline.store.standing import Standing
from sourceline.store.terms import first_place, parse_terms

_Answer = TypeVar("_Answer")
_Row = tuple[int, str, int]
"""Day, version, and which of its attributions; -1 for its whole text."""

_MOST_GATHERED = 4096
"""Matches of one day that are put in order at once; of a very full day, more."""
_END_OF_SUPERSEDED = """coalesce((SELECT base + slots FROM versions INDEXED BY versions_superseded
    WHERE latest = 0 AND base <= search.rowid ORDER BY base DESC LIMIT 1), -1)"""
"""Of the versions that are not the latest the last one that begins up to a row: where it ends."""
_SHARE = 128
"""Of a day's rows, one in so many may be gathered: else the words are frequent enough to walk."""


class Place(NamedTuple):
    """Where an answer stands in the order of all answers."""

    day: int
    version: str
    start: int = -1
    id: str = ""

    def cursor(self) -> str:
        return f"{self.day}.{self.version}.{self.start}.{self.id}"

    @classmethod
    def of(cls, cursor: str) -> Place:
        """Raises UsageError for what is no cursor."""
        day, _, rest = cursor.partition(".")
        version, _, rest = rest.partition(".")
        start, _, id = rest.partition(".")
        if not (day.isdecimal() and day.isascii() and version and start.lstrip("-").isdecimal() and start.isascii()):
            raise UsageError(f"{cursor!r} is no place in a list: pass on `next` as it was given, or begin anew")
        if len(day) > 8 or len(start) > 18:
            raise UsageError(f"{cursor[:40]!r} is no place in a list: pass on `next` as it was given, or begin anew")
        return cls(int(day), version, int(start), id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """Which rows: those that match (all, if nothing is asked), from one day to another, of one version or all."""

    match: str | None
    first_day: int
    last_day: int
    version: str | None = None
    all_versions: bool = False
    """Also those that are not the latest; one that is asked for always counts."""

    @property
    def least(self) -> int:
        """What `latest` has to be at least."""
        return 0 if self.all_versions or self.version is not None else 1


@reads_back
def find(database: Database, query: Query, limit: int, after: str | None) -> Page[Finding]:
    begin = None if after is None else Place.of(after)
    walk = _walk(database, query)
    if walk is None:
        return Page(items=(), next=None)
    found: list[tuple[Place, Finding]] = []
    for (day, version), rows in groupby(_rows(database, walk, begin), key=lambda row: row[:2]):
        kept = load_kept(database, version)
        if kept is None:
            continue
        for *_, slot in rows:
            stands = kept.at(slot)
            place = Place(day, version, *kept.places[slot])
            if begin is None or place > begin:
                found.append((place, _finding(database, kept, stands)))
            if len(found) > limit:
                return _page(found, limit)
    return _page(found, limit)


@reads_back
def count(database: Database, query: Query, limit: int) -> int:
    walk = _walk(database, query)
    if walk is None:
        return 0
    if walk.match is not None and walk.version is None:
        others = "" if walk.all_versions else f"AND rowid > {_END_OF_SUPERSEDED}"
        (number,) = database.row(
            f"""SELECT count(*) FROM (
                    SELECT 1 FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? {others} LIMIT ?)""",
            (walk.match, first_row(walk.first_day), first_row(walk.last_day + 1), limit),
        )
        return int(number)
    return sum(1 for _ in islice(_rows(database, walk, None), limit))


@reads_back
def passages(
    database: Database, text: str, limit: int, after: str | None, *, all_versions: bool = False
) -> Page[Passage]:
    terms = parse_terms(text)
    begin = None if after is None else Place.of(after)
    walk = _Walk(match=texts_match(terms), first_day=0, last_day=UNDATED, all_versions=all_versions)
    found: list[tuple[Place, Passage]] = []
    for day, version, _ in _rows(database, walk, begin):
        place = Place(day, version)
        kept = None if begin is not None and place <= begin else load_kept(database, version)
        if kept is None:
            continue
        words = kept.packed.document.text
        start, end = first_place(words, terms) or (0, 0)
        found.append((place, Passage.of(kept.version, words, start, end)))
        if len(found) > limit:
            break
    return _page(found, limit)


@reads_back
def latest(database: Database, limit: int, after: str | None) -> Page[Version]:
    begin = (0, "") if after is None else Place.of(after)[:2]
    rows = database.rows(
        f"""SELECT v.day, {COLUMNS} FROM {TABLES}
            WHERE (v.day, v.id) > (?, ?) AND v.latest = 1
            ORDER BY v.day, v.id LIMIT ?""",
        (*begin, limit + 1),
    )
    return _page([(Place(day, version.id), version) for day, *row in rows for version in (version_from(row),)], limit)


def _page(found: list[tuple[Place, _Answer]], limit: int) -> Page[_Answer]:
    """The first `limit` answers; one more shows that there are others."""
    items = tuple(answer for _, answer in found[:limit])
    return Page(items=items, next=found[limit - 1][0].cursor() if len(found) > limit else None)


def _finding(database: Database, kept: Kept, stands: Standing) -> Finding:
    attribution = stands.attribution
    speaker = kept.packed.source(attribution.speaker)
    via, upstream = (
        tuple(source for id in ids if (source := kept.packed.source(id)) is not None)
        for ids in (attribution.via, attribution.upstream)
    )
    profile = None if speaker is None else kept.profile_of(speaker.id)
    identity = None
    if profile is not None:
        (identity,) = database.row(f"SELECT {IDENTITY} FROM profiles p WHERE p.profile = ?", (profile,))
    return Finding(
        version=kept.version,
        attribution=attribution,
        speaker=speaker,
        identity=as_text_or_none(identity),
        via=via,
        upstream=upstream,
        judged=stands.judged,
    )


def _walk(database: Database, query: Query) -> _Walk | None:
    """None where nothing can be found, because nobody of those who are asked about has been met."""
    outlets: tuple[int, ...] = ()
    profiles: tuple[int, ...] = ()
    if query.outlet is not None:
        rows = database.rows("SELECT outlet FROM outlets WHERE folded = ?", (query.outlet.casefold(),))
        outlets = tuple(outlet for (outlet,) in rows)
    if query.identity is not None:
        row = database.row(f"SELECT {IDENTITY} FROM profiles p WHERE p.id = ?", (query.identity,))
        sql = f"SELECT p.profile FROM profiles p WHERE {IN_IDENTITY} ORDER BY p.profile"
        rows = database.rows(sql, {"identity": query.identity if row is None else row[0]})
        profiles = tuple(profile for (profile,) in rows)
    match = attributions_match(query, outlets, profiles)
    if (query.outlet is not None and not outlets) or (query.identity is not None and not profiles):
        return None
    days = asked_days(query.since, query.until)
    return _Walk(
        match=match,
        first_day=0 if days is None else number_of_day(days[1]),
        last_day=UNDATED if days is None else number_of_day(days[0]),
        version=query.version,
        all_versions=query.all_versions,
    )


def _rows(database: Database, walk: _Walk, begin: Place | None) -> Iterator[_Row]:
    """In the order of answers, from the beginning of the version that `begin` names."""
    if begin is not None:
        walk = replace(walk, first_day=max(walk.first_day, begin.day))
    if walk.match is None or walk.version is not None:
        yield from _walked(database, walk, begin)
        return
    day: int | None = walk.first_day
    while day is not None and day <= walk.last_day:
        full = yield from _gathered(database, replace(walk, first_day=day), begin)
        if full is not None:
            yield from _walked(database, replace(walk, first_day=full, last_day=full), begin)
        day = None if full is None else full + 1


def _gathered(database: Database, walk: _Walk, begin: Place | None) -> Generator[_Row, None, int | None]:
    """Day by day; ends at a day that has too many matches to gather, and tells it."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
    values = (walk.match, first_row(walk.first_day), first_row(walk.last_day + 1))
    rows: list[int] = []
    most = 0
    for (row,) in database.stream(sql, values):
        if rows and day_of_row(rows[0]) != day_of_row(row):
            yield from _in_order(database, rows, begin, walk.least)
            rows = []
        if not rows:
            most = _MOST_GATHERED
        rows.append(row)
        if len(rows) > most:
            day = day_of_row(row)
            most = max(_MOST_GATHERED, _size_of(database, day) // _SHARE)
            if len(rows) > most:
                return day
    yield from _in_order(database, rows, begin, walk.least)
    return None


def _in_order(database: Database, rows: list[int], begin: Place | None, least: int) -> Iterator[_Row]:
    """The matches of one day: by version, then by place."""
    found: list[tuple[str, int]] = []
    base, end, id, latest = 0, -1, "", 1
    for row in rows:
        if row > end:
            base, slots, id, latest = database.row(
                "SELECT base, slots, id, latest FROM versions WHERE base <= ? ORDER BY base DESC LIMIT 1", (row,)
            )
            end = base + slots
        if latest >= least:
            found.append((id, row - base - 1))
    for id, slot in sorted(found):
        if begin is None or (day_of_row(rows[0]), id) >= begin[:2]:
            yield day_of_row(rows[0]), id, slot


def _walked(database: Database, walk: _Walk, begin: Place | None) -> Iterator[_Row]:
    """Version by version, each asked for its matches."""
    first = (walk.first_day, "") if begin is None else max((walk.first_day, ""), begin[:2])
    only = "" if walk.version is None else "AND id = :version"
    versions = database.stream(
        f"""SELECT day, id, base, slots FROM versions
            WHERE (day, id) >= (:day, :id) AND day <= :last AND base IS NOT NULL AND latest >= :least {only}
            ORDER BY day, id""",
        {"day": first[0], "id": first[1], "last": walk.last_day, "version": walk.version, "least": walk.least},
    )
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid"
    for day, id, base, slots in versions:
        if walk.match is None:
            yield from ((day, id, slot) for slot in range(slots))
        else:
            yield from ((day, id, row - base - 1) for (row,) in database.rows(sql, (walk.match, base, base + slots)))


def _size_of(database: Database, day: int) -> int:
    """How many rows of the index a day has."""
    last = database.row(
        "SELECT base, slots FROM versions WHERE base < ? ORDER BY base DESC LIMIT 1", (first_row(day + 1),)
    )
    return 0 if last is None else int(last[0] + last[1] - first_row(day))
