"""Sources across documents: profiles, their identities, and those without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sourceline.model.evidence import Version
from sourceline.model.identity import Profile
from sourceline.model.query import Page, SourceSummary
from sourceline.model.source import Source, SourceKind
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import as_number, as_text, as_text_or_none, as_texts, reads_back
from sourceline.store.sqlite.finding import Place
from sourceline.store.sqlite.ranking import Asked, Rank, ranking
from sourceline.store.sqlite.rows import UNDATED, day_from_number
from sourceline.store.sqlite.schema import ACTS
from sourceline.store.sqlite.tallies import IDENTITY, IN_IDENTITY, OF_ALL, unnamed_speakers
from sourceline.store.sqlite.versions import load_kept

_COLUMNS = "id, key, name, kind, role, affiliation, ids"
_CHUNK = 400


@reads_back
def profiles_with(database: Database, keys: Collection[str]) -> list[Profile]:
    wanted = sorted(set(keys))
    rows: list[Any] = []
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        rows += database.rows(f"SELECT {_COLUMNS} FROM profiles WHERE key IN ({', '.join('?' * len(chunk))})", chunk)
    return sorted(map(_profile, rows), key=lambda profile: profile.id)


@reads_back
def profile_with(database: Database, id: str) -> Profile | None:
    row = database.row(f"SELECT {_COLUMNS} FROM profiles WHERE id = ?", (id,))
    return None if row is None else _profile(row)


@reads_back
def identity_of(database: Database, id: str) -> str | None:
    row = database.row(f"SELECT {IDENTITY} FROM profiles p WHERE p.id = ?", (id,))
    return None if row is None else as_text(row[0])


@reads_back
def profiles_of(database: Database, identity: str) -> list[Profile]:
    sql = f"SELECT {_COLUMNS} FROM profiles p WHERE {IN_IDENTITY} ORDER BY id"
    return [_profile(row) for row in database.rows(sql, {"identity": identity})]


@reads_back
def profile_keys(database: Database) -> list[tuple[str, int]]:
    rows = database.rows("SELECT key, -sum(speaks) AS speaks FROM profiles GROUP BY key ORDER BY 2 DESC, key")
    return [(as_text(key), as_number(speaks)) for key, speaks in rows]


@reads_back
def summarise(database: Database, identity: str, *, all_versions: bool = False) -> SourceSummary | None:
    least = 0 if all_versions else 1
    counts = ", ".join(OF_ALL[act] if all_versions else f'p."{act}"' for act in ACTS)
    others = "LEFT JOIN superseded s ON s.profile = p.profile" if all_versions else ""
    rows = database.rows(
        f"""SELECT p.name, p.kind, p.role, p.affiliation,
                (SELECT count(DISTINCT a.document) FROM appearances a
                    WHERE a.profile = p.profile AND a.latest >= :least),
                {counts}
            FROM profiles p {others} WHERE {IN_IDENTITY}""",
        {"identity": identity, "least": least},
    )
    rows = [row for row in rows if row[4]]
    if not rows:
        return None
    # days are numbered from the latest
    documents, outlets, last, first = database.row(
        f"""SELECT count(DISTINCT a.document), count(DISTINCT a.outlet),
                min(CASE WHEN a.day < :undated THEN a.day END), max(CASE WHEN a.day < :undated THEN a.day END)
            FROM profiles p JOIN appearances a ON a.profile = p.profile AND a.latest >= :least WHERE {IN_IDENTITY}""",
        {"undated": UNDATED, "identity": identity, "least": least},
    )
    names, kinds, roles, affiliations = (_weighed(rows, column) for column in range(4))
    acts = {act: total for i, act in enumerate(ACTS, 5) if (total := sum(as_number(row[i]) for row in rows))}
    return SourceSummary(
        identity=identity,
        name=min(names, key=lambda name: (-names[name], -len(name), name)),
        kind=SourceKind(_most_first(kinds)[0]).value,
        roles=_most_first(roles),
        affiliations=_most_first(affiliations),
        documents=documents,
        outlets=outlets,
        acts=acts,
        first=None if first is None else day_from_number(first),
        last=None if last is None else day_from_number(last),
    )


@reads_back
def summaries(database: Database, asked: Asked, limit: int, after: str | None) -> Page[SourceSummary]:
    begin = None if after is None else Rank.of(after)
    ranked = ranking(database, asked, limit + 1, begin)
    summarised = (summarise(database, id, all_versions=asked.all_versions) for _, id in ranked[:limit])
    found = [summary for summary in summarised if summary is not None]
    return Page(items=tuple(found), next=ranked[limit - 1].cursor() if len(ranked) > limit else None)


@reads_back
def unnamed(
    database: Database, limit: int, after: str | None, *, all_versions: bool = False
) -> Page[tuple[Version, Source, int]]:
    begin = None if after is None else Place.of(after)
    first = (0, "") if begin is None else begin[:2]
    found: list[tuple[Place, tuple[Version, Source, int]]] = []
    versions = database.stream(
        "SELECT day, id FROM versions WHERE unnamed > 0 AND (day, id) >= (?, ?) AND latest >= ? ORDER BY day, id",
        (*first, 0 if all_versions else 1),
    )
    for day, version in versions:
        if len(found) > limit:
            break
        kept = load_kept(database, version)
        if kept is None:
            continue
        speakers = unnamed_speakers(kept.reading, kept.stands)
        for number, source in enumerate(kept.reading.sources):
            place = Place(day, version, number)
            if source.id in speakers and (begin is None or place[:3] > begin[:3]):
                found.append((place, (kept.version, source, speakers[source.id])))
    items = tuple(answer for _, answer in found[:limit])
    return Page(items=items, next=found[limit - 1][0].cursor() if len(found) > limit else None)


def _profile(row: Any) -> Profile:
    id, key, name, kind, role, affiliation, ids = row
    return Profile(
        id=as_text(id),
        key=as_text(key),
        name=as_text(name),
        kind=SourceKind(kind),
        role=as_text_or_none(role),
        affiliation=as_text_or_none(affiliation),
        ids=as_texts(ids),
    )


def _weighed(rows: Sequence[Any], column: int) -> Counter[str]:
    """The values of a column with the number of documents behind each."""
    weights: Counter[str] = Counter()
    for row in rows:
        if row[column] is not None:
            weights[as_text(row[column])] += as_number(row[4])
    return weights


def _most_first(weights: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda value: (-weights[value], value)))
