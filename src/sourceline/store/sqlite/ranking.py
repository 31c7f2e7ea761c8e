"""Sources in the order of how often they speak, then of their ids.

Sources of one profile are indexed by how often they speak and not by id as well, so that new ones, who spoke once or
twice, come to stand at the end of many others instead of anywhere among them. The order by id is made when it is
asked for: of those who speak equally often, few are put in order at once, and many are met soon enough on a walk along
all ids.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sourceline.errors import UsageError
from sourceline.model.speech import Act
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.matching import names_match
from sourceline.store.sqlite.schema import ACT_BITS

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which sources are to be listed."""

    text: str | None
    """What one of their names has to match."""
    acts: frozenset[Act]
    """They did one of these, if there are any."""
    all_versions: bool

    @property
    def bits(self) -> int:
        return sum(ACT_BITS[act] for act in self.acts)


def ranking(database: Database, asked: Asked, limit: int, begin: Rank | None) -> list[Rank]:
    """The first sources after `begin`."""
    after = begin or Rank(_FIRST_OF_ALL, "")
    if asked.text is not None:
        return _of_name(database, names_match(asked.text), asked, limit, after)
    # those who stand alone are in latest versions alone
    sums = ["identities WHERE TRUE"]
    if asked.all_versions:
        sums = ["identities WHERE id NOT IN (SELECT id FROM superseded_identities)", "superseded_identities WHERE TRUE"]
    ranked = (_joined(database, rows, asked.bits, after) for rows in sums)
    return list(islice(heapq.merge(*ranked, _alone(database, asked.bits, after)), limit))


def _of_name(database: Database, match: str, asked: Asked, limit: int, after: Rank) -> list[Rank]:
    sums = "coalesce(s.{0}, i.{0}, p.{0})"
    rows = database.rows(
        f"""SELECT DISTINCT {sums.format("speaks")}, {sums.format("id")}
            FROM names n JOIN profiles p ON p.profile = n.rowid LEFT JOIN identities i ON i.id = p.identity
                LEFT JOIN superseded_identities s ON :all AND s.id = p.identity
            WHERE n.name MATCH :match AND (:acts = 0 OR {sums.format("acts")} & :acts)
                AND ({sums.format("speaks")}, {sums.format("id")}) > (:speaks, :id)
                AND (p.identity = '' OR i.id IS NOT NULL OR s.id IS NOT NULL)
            ORDER BY 1, 2 LIMIT :limit""",
        {
            "match": match,
            "acts": asked.bits,
            "all": asked.all_versions,
            "speaks": after.speaks,
            "id": after.id,
            "limit": limit,
        },
    )
    return [Rank(*row) for row in rows]


def _joined(database: Database, sums: str, acts: int, after: Rank) -> Iterator[Rank]:
    """Sources that have sums of their own."""
    rows = database.stream(
        f"""SELECT speaks, id FROM {sums}
            AND (speaks, id) > (:speaks, :id) AND (:acts = 0 OR acts & :acts) ORDER BY speaks, id""",
        {"speaks": after.speaks, "id": after.id, "acts": acts},
    )
    return (Rank(*row) for row in rows)


def _alone(database: Database, acts: int, after: Rank) -> Iterator[Rank]:
    """Sources of one profile that latest versions alone have."""
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
