"""Sources in the order of how often they speak, then of their ids.

Sources of one profile are indexed by how often they speak and not by id as well, so that new ones, who spoke once or
twice, come to stand at the end of many others instead of anywhere among them. The order by id is made when it is
asked for: of those who speak equally often, few are put in order at once, and many are met soon enough on a walk along
all ids.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sourceline.errors import UsageError
from sourceline.store.sqlite.connection import Database

_MOST_GATHERED = 4096
"""Sources that speak equally often and are put in order at once."""
_FIRST_OF_ALL = -(1 << 62)


class Rank(NamedTuple):
    """Where a source stands: the negative number of its attributions, and its id."""

    speaks: int
    id: str

    def cursor(self) -> str:
        return f"{-self.speaks}.{self.id}"

    @classmethod
    def of(cls, cursor: str) -> Rank:
        """Raises UsageError for what is no cursor."""
        speaks, _, id = cursor.partition(".")
        if not (speaks.isdecimal() and speaks.isascii() and len(speaks) < 18 and id):
            raise UsageError(f"{cursor[:40]!r} is no place in a list: pass on `next` as it was given, or begin anew")
        return cls(-int(speaks), id)


def ranking(database: Database, match: str | None, acts: int, limit: int, begin: Rank | None) -> list[Rank]:
    """The first sources after `begin`: those of whose names one says `match`, if it is given, and who did any of the
    acts in this set of bits, if it has any."""
    after = begin or Rank(_FIRST_OF_ALL, "")
    if match is not None:
        return _of_name(database, match, acts, limit, after)
    return list(islice(heapq.merge(_joined(database, acts, after), _alone(database, acts, after)), limit))


def _of_name(database: Database, match: str, acts: int, limit: int, after: Rank) -> list[Rank]:
    rows = database.rows(
        """SELECT DISTINCT coalesce(i.speaks, p.speaks) AS speaks, coalesce(i.id, p.id) AS id
            FROM names n JOIN profiles p ON p.profile = n.rowid LEFT JOIN identities i ON i.id = p.identity
            WHERE n.name MATCH :match AND (:acts = 0 OR coalesce(i.acts, p.acts) & :acts)
                AND (coalesce(i.speaks, p.speaks), coalesce(i.id, p.id)) > (:speaks, :id)
            ORDER BY 1, 2 LIMIT :limit""",
        {"match": match, "acts": acts, "speaks": after.speaks, "id": after.id, "limit": limit},
    )
    return [Rank(*row) for row in rows]


def _joined(database: Database, acts: int, after: Rank) -> Iterator[Rank]:
    """Sources of several profiles."""
    rows = database.stream(
        """SELECT speaks, id FROM identities
            WHERE (speaks, id) > (:speaks, :id) AND (:acts = 0 OR acts & :acts) ORDER BY speaks, id""",
        {"speaks": after.speaks, "id": after.id, "acts": acts},
    )
    return (Rank(*row) for row in rows)


def _alone(database: Database, acts: int, after: Rank) -> Iterator[Rank]:
    """Sources of one profile."""
    sql = "SELECT min(speaks) FROM profiles WHERE identity = '' AND speaks >= ?"
    (speaks,) = database.row(sql, (after.speaks,))
    while speaks is not None:
        yield from _equals(database, acts, speaks, after.id if speaks == after.speaks else "")
        (speaks,) = database.row(sql, (speaks + 1,))


def _equals(database: Database, acts: int, speaks: int, after: str) -> Iterator[Rank]:
    """Of those who speak equally often, the ones after this id."""
    values = {"speaks": speaks, "acts": acts, "id": after, "most": _MOST_GATHERED}
    wanted = "speaks = :speaks"
    if acts:
        wanted += f" AND acts IN ({', '.join(map(str, _mixtures(database, acts, speaks)))})"
    equals = f"profiles WHERE identity = '' AND {wanted}"
    (many,) = database.row(f"SELECT count(*) > :most FROM (SELECT 1 FROM {equals} LIMIT :most + 1)", values)
    if many:
        # the pluses keep SQLite from gathering them all the same
        sql = """SELECT id FROM profiles WHERE id > :id AND +identity = '' AND +speaks = :speaks
            AND (:acts = 0 OR acts & :acts) ORDER BY id"""
        yield from (Rank(speaks, id) for (id,) in database.stream(sql, values))
    else:
        ids = [id for (id,) in database.rows(f"SELECT id FROM {equals}", values)]
        yield from (Rank(speaks, id) for id in sorted(ids) if id > after)


def _mixtures(database: Database, acts: int, speaks: int) -> list[int]:
    """What sets of acts there are, among those who speak equally often, that hold one of these."""
    sql = "SELECT min(acts) FROM profiles WHERE identity = '' AND speaks = ? AND acts > ?"
    found = []
    (mixture,) = database.row(sql, (speaks, 0))
    while mixture is not None:
        if mixture & acts:
            found.append(mixture)
        (mixture,) = database.row(sql, (speaks, mixture))
    return found
