"""Claims of several mentions, what their nodes are in them, and lists of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sourceline.errors import UsageError
from sourceline.model.claim import Stance
from sourceline.model.query import ClaimSummary, Page
from sourceline.model.trace import Interval
from sourceline.store.claim_contract import Cluster, Counted, Placed
from sourceline.store.days import moment
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.matching import names_match

_STANCES = tuple(Stance)
_CHUNK = 400
_PARTS = 10_000
"""Certainties are kept in parts of this."""
_SUMS = """SELECT count(DISTINCT v.document), count(DISTINCT v.outlet), min(a.at), max(a.at) FROM (
        SELECT node AS mention FROM members WHERE claim = ?1
        UNION ALL SELECT r.mention FROM members m JOIN repeats r ON r.node = m.node WHERE m.claim = ?1) p
    JOIN articles a ON a.version = p.mention >> 20 JOIN versions v ON v.version = a.version"""


def replace(database: Database, nodes: Collection[int], clusters: Iterable[Cluster]) -> None:
    made = {cluster.members: cluster for cluster in clusters}
    for claim in sorted(_held(database, nodes)):
        before = _load(database, claim)
        if made.get(before.members) == before:
            del made[before.members]
        else:
            _forget(database, claim)
    for cluster in sorted(made.values(), key=lambda c: c.members[0].node):
        _insert(database, cluster)


def touch(database: Database, nodes: Collection[int]) -> None:
    database.run_many(
        "UPDATE claims SET articles = NULL, counted = NULL WHERE claim = ?", [(c,) for c in _held(database, nodes)]
    )


def touch_counts(database: Database, profile: str) -> None:
    """The claims of articles in which the profile (by its id) appears have to be traced again."""
    within = "BETWEEN p.version << 20 AND ((p.version + 1) << 20) - 1"
    database.run(
        f"""UPDATE claims SET counted = NULL WHERE claim IN (
               SELECT m.claim FROM profiles f JOIN appearances p ON p.profile = f.profile
                   JOIN members m ON m.node {within} WHERE f.id = ?1
               UNION SELECT m.claim FROM profiles f JOIN appearances p ON p.profile = f.profile
                   JOIN repeats r ON r.mention {within} JOIN members m ON m.node = r.node WHERE f.id = ?1)""",
        (profile,),
    )


def load_with(database: Database, node: int) -> Cluster | None:
    row = database.row("SELECT claim FROM members WHERE node = ?", (node,))
    return None if row is None else _load(database, row[0])


def iterate(database: Database) -> Iterator[Cluster]:
    for (claim,) in database.rows("SELECT claim FROM claims ORDER BY id"):
        yield _load(database, claim)


def put_counted(database: Database, id: str, counted: Counted) -> None:
    origins = counted.origins
    body = msgspec.msgpack.encode((origins.low, origins.best, origins.high, counted.marks))
    database.run("UPDATE claims SET counted = ? WHERE id = ?", (body, id))


def page(database: Database, text: str | None, min_outlets: int, limit: int, after: str | None) -> Page[ClaimSummary]:
    add_up(database)
    begin = _cursor(after)
    match = None if text is None else names_match(text)
    found = "" if match is None else "AND claim IN (SELECT rowid FROM statements WHERE statements MATCH :match)"
    rows = database.rows(
        f"""SELECT id, statement, articles, outlets, first, last, counted FROM claims
            WHERE outlets >= :outlets {found} {"AND (-articles, id) > (:size, :id)" if begin else ""}
            ORDER BY articles DESC, id LIMIT :limit""",
        {
            "outlets": min_outlets, "match": match, "limit": limit + 1,
            "size": begin and begin[0], "id": begin and begin[1],
        },
    )  # fmt: skip
    items = tuple(_summary(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next=f"{-items[-1].articles}.{items[-1].id}" if more else None)


def add_up(database: Database) -> None:
    """Counts the articles and outlets of claims that were touched, where it may be written."""
    stale = database.rows("SELECT claim FROM claims WHERE articles IS NULL ORDER BY claim")
    if not stale or database.readonly:
        return
    sums = [(*database.row(_SUMS, (claim,)), claim) for (claim,) in stale]
    sql = "UPDATE claims SET articles = ?, outlets = ?, first = ?, last = ? WHERE claim = ?"
    if database.in_transaction():
        database.run_many(sql, sums)
        return
    with database.writing():
        database.run_many(sql, sums)


_DIGITS = 18
"""Of a cursor's number at most: SQLite's whole numbers hold it."""


def _cursor(after: str | None) -> tuple[int, str] | None:
    if after is None:
        return None
    size, _, id = after.partition(".")
    if not (size.isascii() and size.lstrip("-").isdigit() and len(size) < _DIGITS):
        raise UsageError(f"{after[:40]!r} is no place in a list: pass on `next` as it was given, or begin anew")
    return int(size), id


def _summary(row: Sequence[Any]) -> ClaimSummary:
    id, statement, articles, outlets, first, last, counted = row
    low = best = high = None
    marks: Sequence[str] = ()
    if counted is not None:
        low, best, high, marks = msgspec.msgpack.decode(counted)
    return ClaimSummary(
        id=id,
        statement=statement,
        articles=articles,
        outlets=outlets,
        first=moment(first),
        last=moment(last),
        independent_origins=None
        if low is None or best is None or high is None
        else Interval(low=low, best=best, high=high),
        marks=tuple(marks),
    )


def _held(database: Database, nodes: Collection[int]) -> set[int]:
    wanted, found = sorted(nodes), set[int]()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        found |= {c for (c,) in database.rows(f"SELECT claim FROM members WHERE node IN ({marks})", chunk)}
    return found


def _forget(database: Database, claim: int) -> None:
    (statement,) = database.row("SELECT statement FROM claims WHERE claim = ?", (claim,))
    database.run("INSERT INTO statements (statements, rowid, statement) VALUES ('delete', ?, ?)", (claim, statement))
    database.run("DELETE FROM members WHERE claim = ?", (claim,))
    database.run("DELETE FROM claims WHERE claim = ?", (claim,))


def _insert(database: Database, cluster: Cluster) -> None:
    claim = database.run(
        "INSERT INTO claims (id, statement, quantity) VALUES (?, ?, ?)",
        (cluster.id, cluster.statement, cluster.quantity),
    )
    database.run("INSERT INTO statements (rowid, statement) VALUES (?, ?)", (claim, cluster.statement))
    words = dict(database.rows("SELECT words, reason FROM reasons"))
    for told in {given for member in cluster.members for given in member.reasons} - words.keys():
        words[told] = database.run("INSERT INTO reasons (words) VALUES (?)", (told,))
    database.run_many(
        "INSERT INTO members VALUES (?, ?, ?)",
        [
            (
                m.node,
                claim,
                msgspec.msgpack.encode(
                    (_STANCES.index(m.stance), round(m.certainty * _PARTS), *(words[told] for told in m.reasons))
                ),
            )
            for m in cluster.members
        ],
    )


def _load(database: Database, claim: int) -> Cluster:
    id, statement, quantity = database.row("SELECT id, statement, quantity FROM claims WHERE claim = ?", (claim,))
    members = []
    words = dict(database.rows("SELECT reason, words FROM reasons"))
    for node, part in database.rows("SELECT node, part FROM members WHERE claim = ? ORDER BY node", (claim,)):
        stance, certainty, *reasons = msgspec.msgpack.decode(part)
        told = tuple(words[reason] for reason in reasons)
        members.append(Placed(node=node, stance=_STANCES[stance], certainty=certainty / _PARTS, reasons=told))
    return Cluster(id=id, statement=statement, quantity=quantity, members=tuple(members))
