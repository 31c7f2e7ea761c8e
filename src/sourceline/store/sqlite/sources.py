"""Sources across documents: profiles, their identities, and those without a name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sourceline.model.evidence import Version
from sourceline.model.identity import Profile
from sourceline.model.query import Page, SourceSummary
from sourceline.model.source import Source, SourceKind
from sourceline.model.speech import Act
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.finding import Place
from sourceline.store.sqlite.matching import names_match
from sourceline.store.sqlite.ranking import Rank, ranking
from sourceline.store.sqlite.rows import UNDATED, day_from_number
from sourceline.store.sqlite.schema import ACT_BITS, ACTS
from sourceline.store.sqlite.tallies import IN_IDENTITY, unnamed_speakers
from sourceline.store.sqlite.versions import load_kept

_COLUMNS = "id, key, name, kind, role, affiliation, ids"
_CHUNK = 400


def profiles_with(database: Database, keys: Collection[str]) -> list[Profile]:
    wanted = sorted(set(keys))
    rows: list[Any] = []
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        rows += database.rows(f"SELECT {_COLUMNS} FROM profiles WHERE key IN ({', '.join('?' * len(chunk))})", chunk)
    return sorted(map(_profile, rows), key=lambda profile: profile.id)


def profile_with(database: Database, id: str) -> Profile | None:
    row = database.row(f"SELECT {_COLUMNS} FROM profiles WHERE id = ?", (id,))
    return None if row is None else _profile(row)


def profiles_of(database: Database, identity: str) -> list[Profile]:
    sql = f"SELECT {_COLUMNS} FROM profiles p WHERE {IN_IDENTITY} ORDER BY id"
    return [_profile(row) for row in database.rows(sql, {"identity": identity})]


def profile_keys(database: Database) -> list[tuple[str, int]]:
    return database.rows("SELECT key, -sum(speaks) AS speaks FROM profiles GROUP BY key ORDER BY 2 DESC, key")


def summarise(database: Database, identity: str) -> SourceSummary | None:
    counts = ", ".join(f'p."{act}"' for act in ACTS)
    rows = database.rows(
        f"""SELECT p.name, p.kind, p.role, p.affiliation,
                (SELECT count(DISTINCT a.document) FROM appearances a WHERE a.profile = p.profile), {counts}
            FROM profiles p WHERE {IN_IDENTITY}""",
        {"identity": identity},
    )
    if not rows:
        return None
    # days are numbered from the latest
    documents, outlets, last, first = database.row(
        f"""SELECT count(DISTINCT a.document), count(DISTINCT a.outlet),
                min(CASE WHEN a.day < :undated THEN a.day END), max(CASE WHEN a.day < :undated THEN a.day END)
            FROM profiles p JOIN appearances a ON a.profile = p.profile WHERE {IN_IDENTITY}""",
        {"undated": UNDATED, "identity": identity},
    )
    names, kinds, roles, affiliations = (_weighed(rows, column) for column in range(4))
    acts = {act: total for i, act in enumerate(ACTS, 5) if (total := sum(row[i] for row in rows))}
    return SourceSummary(
        identity=identity,
        name=min(names, key=lambda name: (-names[name], -len(name), name)),
        kind=_most_first(kinds)[0],
        roles=_most_first(roles),
        affiliations=_most_first(affiliations),
        documents=documents,
        outlets=outlets,
        acts=acts,
        first=None if first is None else day_from_number(first),
        last=None if last is None else day_from_number(last),
    )


def summaries(
    database: Database, text: str | None, acts: Collection[Act], limit: int, after: str | None
) -> Page[SourceSummary]:
    begin = None if after is None else Rank.of(after)
    match = None if text is None else names_match(text)
    ranked = ranking(database, match, sum(ACT_BITS[act] for act in set(acts)), limit + 1, begin)
    found = [summary for _, id in ranked[:limit] if (summary := summarise(database, id)) is not None]
    return Page(items=tuple(found), next=ranked[limit - 1].cursor() if len(ranked) > limit else None)


def unnamed(database: Database, limit: int, after: str | None) -> Page[tuple[Version, Source, int]]:
    begin = None if after is None else Place.of(after)
    first = (0, "") if begin is None else begin[:2]
    found: list[tuple[Place, tuple[Version, Source, int]]] = []
    versions = database.stream(
        "SELECT day, id FROM versions WHERE unnamed > 0 AND (day, id) >= (?, ?) ORDER BY day, id", first
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
        id=id, key=key, name=name, kind=SourceKind(kind), role=role, affiliation=affiliation, ids=json.loads(ids)
    )


def _weighed(rows: Sequence[Any], column: int) -> Counter[str]:
    """The values of a column with the number of documents behind each."""
    weights: Counter[str] = Counter()
    for row in rows:
        if row[column] is not None:
            weights[row[column]] += row[4]
    return weights


def _most_first(weights: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda value: (-weights[value], value)))
