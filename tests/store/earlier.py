"""Ledgers as earlier programs would have written them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sourceline.model.speech import Act
from sourceline.store.sqlite.schema import MIGRATIONS, apply
from sourceline.store.sqlite.seals import add_seals

_FIRST = 4
"""Migrations that only added to what was there."""
_SPEAKS = " + ".join(f'"{act}"' for act in Act)
_DID = " + ".join(f'{1 << i} * (sum("{act}") > 0)' for i, act in enumerate(Act))
_ALL_COUNTED_ALIKE = ", ".join(
    f"""\"{act}" = "{act}" + coalesce((
        SELECT s."{act}" FROM today.superseded s WHERE s.profile = profiles.profile), 0)"""
    for act in Act
)


def write_as_before(today: Path, earlier: Path, name: str) -> None:
    """Makes `earlier` of all that `today` holds, by the migrations before the one of this name, which is none of the
    first four: what they have no place for, this program has to find out anew."""
    names = [migration.name for migration in MIGRATIONS]
    with closing(sqlite3.connect(earlier)) as connection:
        add_seals(connection)
        apply(connection, list(MIGRATIONS[:_FIRST]))
        connection.commit()
        connection.execute("ATTACH ? AS today", (str(today),))
        _copy(connection)
        _count(connection)
        apply(connection, list(MIGRATIONS[_FIRST : names.index(name)]))
        connection.commit()


def _copy(connection: sqlite3.Connection) -> None:
    tables = connection.execute(
        """SELECT name FROM main.sqlite_master
           WHERE type = 'table' AND name <> 'migrations' AND sql NOT LIKE 'CREATE VIRTUAL%'"""
    ).fetchall()
    for (table,) in tables:
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info ({table})"))
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")


def _count(connection: sqlite3.Connection) -> None:
    """As before 0006, when every profile kept an identity, and before 0007, when all versions counted alike."""
    connection.execute("UPDATE main.profiles SET identity = id WHERE identity = ''")
    connection.execute(f"UPDATE main.profiles SET {_ALL_COUNTED_ALIKE}")
    connection.execute("DELETE FROM main.identities")
    connection.execute(
        f"""INSERT INTO main.identities (id, speaks, acts)
            SELECT identity, -sum({_SPEAKS}), {_DID} FROM main.profiles GROUP BY identity"""
    )
