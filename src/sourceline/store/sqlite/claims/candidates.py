"""Where candidates are found: nodes by their keys, and the repeats of nodes."""

from __future__ import annotations

from collections.abc import Collection

from sourceline.store.sqlite.connection import Database

MOST_COUNTED = 1000
_CHUNK = 400


class Candidates:
    """Keys are written in the order of the nodes' numbers when a transaction ends: the index begins a new segment
    whenever a number is smaller than the last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._added: dict[int, str] = {}
        self._waiting: dict[str, set[int]] = {}
        """What is to be written, by key."""
        database.before_commit.append(self.flush)
        database.after_rollback.append(self._clear)

    def add(self, number: int, keys: Collection[str]) -> None:
        self._added[number] = " ".join(sorted(set(keys)))
        for key in keys:
            self._waiting.setdefault(key, set()).add(number)

    def drop(self, number: int, keys: Collection[str]) -> None:
        if self._added.pop(number, None) is not None:
            for key in keys:
                self._waiting[key].discard(number)
            return
        self._database.run(
            "INSERT INTO candidates (candidates, rowid, keys) VALUES ('delete', ?, ?)",
            (number, " ".join(sorted(set(keys)))),
        )

    def holders(self, key: str, limit: int) -> list[int]:
        rows = self._database.rows(
            "SELECT rowid FROM candidates WHERE candidates MATCH ? ORDER BY rowid LIMIT ?", (f'"{key}"', limit)
        )
        waiting = self._waiting.get(key)
        found = [number for (number,) in rows]
        return sorted({*found, *waiting})[:limit] if waiting else found

    def flush(self) -> None:
        if self._added:
            self._database.run_many("INSERT INTO candidates (rowid, keys) VALUES (?, ?)", sorted(self._added.items()))
            self._clear()

    def _clear(self) -> None:
        self._added.clear()
        self._waiting.clear()


def sizes(database: Database, nodes: Collection[int]) -> dict[int, int]:
    sql = "SELECT count(*) FROM (SELECT 1 FROM repeats WHERE node = ? LIMIT ?)"
    return {node: 1 + int(database.row(sql, (node, MOST_COUNTED - 1))[0]) for node in nodes}


def repeats(database: Database, nodes: Collection[int]) -> dict[int, list[int]]:
    wanted, found = sorted(nodes), dict[int, list[int]]()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        for node, mention in database.rows(
            f"SELECT node, mention FROM repeats WHERE node IN ({marks}) ORDER BY node, mention", chunk
        ):
            found.setdefault(node, []).append(mention)
    return found


def first_repeat(database: Database, node: int) -> int | None:
    row = database.row(
        """SELECT r.mention FROM repeats r JOIN articles a ON a.version = r.mention >> 20
           JOIN versions v ON v.version = a.version
           WHERE r.node = ? ORDER BY a.at, v.name, v.id, r.mention LIMIT 1""",
        (node,),
    )
    return None if row is None else int(row[0])
