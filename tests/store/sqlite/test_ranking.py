"""Sources by how often they speak: alone or joined, gathered or walked, kept now or by an earlier program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sourceline.model.evidence import Removal
from sourceline.model.query import Query
from sourceline.model.speech import Act
from sourceline.store.contract import Deposit, Store
from sourceline.store.sqlite import open_store, ranking, schema
from sourceline.store.sqlite.schema import ACT_BITS, ACTS, MIGRATIONS, SPEAKS
from tests.store.world import COMPANY, OFFICIAL, RUIZ, RUIZ_DENIES, START, deposit, everything, pages, put, reading_of

SPEAKERS = [replace(RUIZ_DENIES if i % 3 else RUIZ, who=f"Ana Ruiz the {i}th") for i in range(30)]
GIVEN = [
    deposit(f"d{i}", reading_of([*[speaker] * (1 + i % 4), OFFICIAL], published=f"2031-03-{i + 1:02}"))
    for i, speaker in enumerate(SPEAKERS)
]
ALONE = "0006 profiles that stand alone"


def ids_of(*deposits: Deposit) -> list[str]:
    return sorted(profile.id for given in deposits for profile in given.profiles.values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Thirty sources, of whom three are one and two are another, and one is called what nobody is."""
    store = open_store(path)
    put(store, *GIVEN)
    with store.writing():
        store.set_identities(dict.fromkeys(ids_of(*GIVEN[:3]), ids_of(*GIVEN[:3])[0]))
        store.set_identities(dict.fromkeys(ids_of(*GIVEN[8:10]), ids_of(*GIVEN[8:10])[1]))
        store.set_identities({ids_of(GIVEN[20])[0]: "ffffffffffffffff"})
    yield store
    store.close()


@pytest.mark.parametrize("most", [0, 1, 4096])
@pytest.mark.parametrize("limit", [1, 4, 50])
def test_who_speaks_most_comes_first_and_of_equals_the_lower_id(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int, limit: int
) -> None:
    monkeypatch.setattr(ranking, "_MOST_GATHERED", most)
    found = pages(lambda **page: store.summaries(**page), limit=limit)
    assert len(found) == 30 - 2 - 1
    assert found == sorted(found, key=lambda s: (-sum(s.acts.values()), s.identity))
    for acts in ((Act.DENY,), (Act.STATE,), (Act.STATE, Act.WARN), (Act.DECLINE,)):
        did = [summary for summary in found if not summary.acts.keys().isdisjoint(acts)]
        assert pages(lambda acts=acts, **page: store.summaries(acts=acts, **page), limit=limit) == did
        assert pages(lambda acts=acts, **page: store.summaries("ruiz", acts=acts, **page), limit=limit) == did


def test_a_source_that_comes_back_is_one_with_those_that_have_its_id(store: Store) -> None:
    first, *others = sorted(GIVEN[:3], key=ids_of)
    (id,) = ids_of(first)
    again = deposit("again", reading_of([*[SPEAKERS[GIVEN.index(first)]] * 5, COMPANY]))
    version = next(v.id for v in store.versions() if v.name == first.name)
    with store.writing():
        store.remove(version, Removal(at=START, by="Ines Calder", reason="a court order"))
    assert [p.id for p in store.identity_profiles(id)] == ids_of(*others)
    put(store, again)
    assert [p.id for p in store.identity_profiles(id)] == [id, *ids_of(*others)]
    said = 5 + sum(len(given.reading.attributions) - 1 for given in others)
    (summary,) = (s for s in store.summaries().items if s.identity == id)
    assert sum(summary.acts.values()) == store.count(Query(identity=id)) == said
    assert store.summaries().items[0] == summary
    assert list(store.faults()) == []


def test_a_source_that_is_left_alone_counts_for_itself(store: Store) -> None:
    ids = ids_of(*GIVEN[:3])
    before = store.summaries().items
    with store.writing():
        store.set_identities({id: id for id in ids})
    apart = store.summaries().items
    assert len(apart) == len(before) + 2 and {s.identity for s in apart} >= set(ids)
    put(store, deposit("more", reading_of([SPEAKERS[0]] * 7)))
    assert sum(store.summaries().items[0].acts.values()) == 8
    with store.writing():
        store.set_identities(dict.fromkeys(ids, ids[0]))
    assert len(store.summaries().items) == len(before)
    assert list(store.faults()) == []


def test_sums_that_differ_from_the_index_are_told(store: Store, path: Path) -> None:
    (id,) = ids_of(GIVEN[25])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE profiles SET "warn" = "warn" + 1 WHERE id = ?', (id,))
    connection.close()
    opened = open_store(path)
    assert [fault for fault in opened.faults() if "sums" in fault] == [
        f"the sums of source {id} are wrong: the index has other numbers"
    ]
    opened.close()


def test_a_ledger_in_which_every_profile_kept_an_identity_is_brought_up_to_date(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(store)
    store.close()
    earlier = tmp_path / "earlier.db"
    with monkeypatch.context() as patch:
        names = [migration.name for migration in MIGRATIONS]
        patch.setattr(schema, "MIGRATIONS", MIGRATIONS[: names.index(ALONE)])
        open_store(earlier).close()
    _fill(earlier, path)
    opened = open_store(earlier)
    assert ALONE in opened.schema()
    assert everything(opened) == before
    assert before["faults"] == []
    opened.close()


def _fill(earlier: Path, path: Path) -> None:
    """Everything in a ledger of today as an earlier program would have written it."""
    connection = sqlite3.connect(earlier)
    connection.execute("ATTACH ? AS today", (str(path),))
    tables = connection.execute(
        """SELECT name FROM main.sqlite_master
            WHERE type = 'table' AND name <> 'migrations' AND sql NOT LIKE 'CREATE VIRTUAL%'"""
    ).fetchall()
    for (table,) in tables:
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info ({table})"))
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    connection.execute("UPDATE main.profiles SET identity = id WHERE identity = ''")
    acts = " + ".join(f'{ACT_BITS[act]} * (sum("{act}") > 0)' for act in ACTS)
    connection.execute("DELETE FROM main.identities")
    connection.execute(
        f"""INSERT INTO main.identities (id, speaks, acts)
            SELECT identity, -sum({SPEAKS}), {acts} FROM main.profiles GROUP BY identity"""
    )
    connection.commit()
    connection.close()
