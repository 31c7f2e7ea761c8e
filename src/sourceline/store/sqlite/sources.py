"""Sources across documents: profiles, their identities, and those without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sourceline.errors import UsageError
from sourceline.model.evidence import Version
from sourceline.model.identity import Profile
from sourceline.model.query import Page, SourceSummary
from sourceline.model.source import Source, SourceKind
from sourceline.model.speech import Act
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import as_number, as_text, as_text_or_none, as_texts, reads_back
from sourceline.store.sqlite.finding import Place
from sourceline.store.sqlite.matching import names_match
from sourceline.store.sqlite.rows import UNDATED, day_from_number
from sourceline.store.sqlite.schema import ACTS
from sourceline.store.sqlite.tallies import ACT_BITS, SPEAKS, unnamed_speakers
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
    row = database.row("SELECT identity FROM profiles WHERE id = ?", (id,))
    return None if row is None else as_text(row[0])


@reads_back
def profiles_of(database: Database, identity: str) -> list[Profile]:
    sql = f"SELECT {_COLUMNS} FROM profiles WHERE identity = ? ORDER BY id"
    return [_profile(row) for row in database.rows(sql, (identity,))]


@reads_back
def profile_keys(database: Database) -> list[tuple[str, int]]:
    rows = database.rows(f"SELECT key, sum({SPEAKS}) AS speaks FROM profiles GROUP BY key ORDER BY speaks DESC, key")
    return [(as_text(key), speaks) for key, speaks in rows]


@reads_back
def summarise(database: Database, identity: str) -> SourceSummary | None:
    counts = ", ".join(f'p."{act}"' for act in ACTS)
    rows = database.rows(
        f"""SELECT p.name, p.kind, p.role, p.affiliation,
                (SELECT count(DISTINCT a.document) FROM appearances a WHERE a.profile = p.profile), {counts}
            FROM profiles p WHERE p.identity = ?""",
        (identity,),
    )
    if not rows:
        return None
    # days are numbered from the latest
    documents, outlets, last, first = database.row(
        """SELECT count(DISTINCT a.document), count(DISTINCT a.outlet),
                min(CASE WHEN a.day < ?1 THEN a.day END), max(CASE WHEN a.day < ?1 THEN a.day END)
            FROM profiles p JOIN appearances a ON a.profile = p.profile WHERE p.identity = ?2""",
        (UNDATED, identity),
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
def summaries(
    database: Database, text: str | None, acts: Collection[Act], limit: int, after: str | None
) -> Page[SourceSummary]:
    begin = None if after is None else _position(after)
    conditions: list[str] = ["TRUE"]
    values: dict[str, str | int] = {"limit": limit + 1}
    if text is not None:
        conditions.append(
            "id IN (SELECT p.identity FROM names n JOIN profiles p ON p.profile = n.rowid WHERE n.name MATCH :match)"
        )
        values["match"] = names_match(text)
    if acts:
        conditions.append("acts & :acts")
        values["acts"] = sum(ACT_BITS[act] for act in set(acts))
    if begin is not None:
        conditions.append("(speaks, id) > (:speaks, :id)")
        values["speaks"], values["id"] = begin
    rows = database.rows(
        f"SELECT speaks, id FROM identities WHERE {' AND '.join(conditions)} ORDER BY speaks, id LIMIT :limit", values
    )
    found = [summary for _, id in rows[:limit] if (summary := summarise(database, id)) is not None]
    more = len(rows) > limit
    return Page(items=tuple(found), next=f"{-rows[limit - 1][0]}.{rows[limit - 1][1]}" if more else None)


@reads_back
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


def _position(cursor: str) -> tuple[int, str]:
    speaks, _, id = cursor.partition(".")
    if not (speaks.isdecimal() and speaks.isascii() and len(speaks) < 18 and id):
        raise UsageError(f"{cursor[:40]!r} is no place in a list: pass on `next` as it was given, or begin anew")
    return -int(speaks), id
