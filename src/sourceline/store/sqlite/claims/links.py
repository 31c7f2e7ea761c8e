"""Links between mentions, kept from both ends, and what people said of pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sourceline.model.claim import Relation
from sourceline.model.link import Constraint, Link
from sourceline.store.sqlite.connection import Database

_RELATIONS = tuple(Relation)
_PARTS = 10_000
"""Probabilities are kept in parts of this."""
_CHUNK = 400


def put(database: Database, links: Iterable[Link]) -> None:
    rows = []
    for link in links:
        shares = [round(share * _PARTS) for share in (link.probability, link.opposite, link.weighed)]
        rest = (_RELATIONS.index(link.relation), *shares, link.reasons)
        rows += [(link.first, link.second, *rest), (link.second, link.first, *rest)]
    database.run_many("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def drop(database: Database, pairs: Iterable[tuple[int, int]]) -> None:
    both = [pair for first, second in pairs for pair in ((first, second), (second, first))]
    database.run_many("DELETE FROM links WHERE mention = ? AND other = ?", both)


def load(database: Database, numbers: Collection[int]) -> list[Link]:
    rows = set(_rows(database, "links", "mention, other, relation, probability, opposite, weighed, reasons", numbers))
    found = {(min(row[:2]), max(row[:2])): row for row in rows}
    return [
        Link(
            first=pair[0],
            second=pair[1],
            relation=_RELATIONS[row[2]],
            probability=row[3] / _PARTS,
            opposite=row[4] / _PARTS,
            weighed=row[5] / _PARTS,
            reasons=row[6],
        )
        for pair, row in sorted(found.items())
    ]


def put_ties(database: Database, pairs: Iterable[tuple[int, int]]) -> None:
    both = [pair for first, second in pairs for pair in ((first, second), (second, first))]
    database.run_many("INSERT OR IGNORE INTO ties VALUES (?, ?)", both)


def drop_ties(database: Database, number: int) -> list[int]:
    ends = [end for (end,) in database.rows("SELECT other FROM ties WHERE mention = ? ORDER BY other", (number,))]
    database.run("DELETE FROM ties WHERE mention = ?", (number,))
    database.run_many("DELETE FROM ties WHERE mention = ? AND other = ?", [(end, number) for end in ends])
    return ends


def tied(database: Database, numbers: Collection[int]) -> set[int]:
    return {other for _, other in _rows(database, "ties", "mention, other", numbers)}


def put_constraints(database: Database, judgement: str, constraints: Sequence[Constraint]) -> None:
    database.run("DELETE FROM constraints WHERE judgement = ?", (judgement,))
    rows = [
        (judgement, *pair, constraint.same)
        for constraint in constraints
        for pair in ((constraint.first, constraint.second), (constraint.second, constraint.first))
    ]
    database.run_many("INSERT INTO constraints VALUES (?, ?, ?, ?)", rows)


def constraints_of(database: Database, judgement: str) -> list[Constraint]:
    return _constraints(database.rows("SELECT mention, other, same FROM constraints WHERE judgement = ?", (judgement,)))


def load_constraints(database: Database, numbers: Collection[int]) -> list[Constraint]:
    return _constraints(_rows(database, "constraints", "mention, other, same", numbers))


def _constraints(found: Iterable[tuple[int, int, int]]) -> list[Constraint]:
    rows = {(min(a, b), max(a, b), same) for a, b, same in found}
    return [Constraint(first=first, second=second, same=bool(same)) for first, second, same in sorted(rows)]


def _rows(database: Database, table: str, columns: str, numbers: Collection[int]) -> Iterator[tuple[Any, ...]]:
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        yield from database.rows(f"SELECT {columns} FROM {table} WHERE mention IN ({marks})", chunk)
