"""A ledger's file: how it is made, recognised, brought up to date and refused."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sourceline.errors import (
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerNewer,
    MissingInput,
    SourcelineError,
)
from sourceline.model.evidence import Problem, Removal
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.store.sqlite import connection, finding, open_store, schema
from sourceline.store.sqlite.schema import MIGRATIONS, Migration
from tests.store.earlier import write_as_before
from tests.store.world import (
    COMPANY,
    OFFICIAL,
    QUERIES,
    RUIZ,
    START,
    day,
    deposit,
    everything,
    pages,
    put,
    reading_of,
    version_of,
)

GIVEN = [deposit(f"d{i}", reading_of((RUIZ, OFFICIAL), published=f"2031-03-{i + 1:02}")) for i in range(12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of twelve articles, closed."""
    path = tmp_path / "news.db"
    store = open_store(path)
    put(store, *GIVEN)
    store.close()
    return path


def change(path: Path, *statements: str) -> None:
    """What another program does to the file."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def answers(path: Path) -> dict[str, object]:
    store = open_store(path)
    found = everything(store)
    store.close()
    return found


# made and recognised --------------------------------------------------------------------------------------------------


def test_a_new_file_is_a_ledger_at_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "news.db")
    assert list(store.schema()) == [migration.name for migration in MIGRATIONS]
    store.close()
    header = (tmp_path / "news.db").read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == schema.APPLICATION_ID


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "news.db").touch()
    store = open_store(tmp_path / "news.db")
    assert put(store, GIVEN[0]) == ["document"]
    store.close()


def test_nothing_is_made_where_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no ledger"):
        open_store(tmp_path / "news.db", readonly=True)
    with pytest.raises(LedgerFull):
        open_store(tmp_path / "no folder" / "news.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("content", [b"Dear reader,\n" * 200, b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, content: bytes, readonly: bool) -> None:
    (tmp_path / "news.db").write_bytes(content)
    with pytest.raises(LedgerDamaged, match="ledger"):
        open_store(tmp_path / "news.db", readonly=readonly)
    assert (tmp_path / "news.db").read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    change(tmp_path / "news.db", "CREATE TABLE birds (name TEXT)")
    content = (tmp_path / "news.db").read_bytes()
    with pytest.raises(LedgerDamaged, match="no ledger"):
        open_store(tmp_path / "news.db")
    assert (tmp_path / "news.db").read_bytes() == content


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerDamaged, match="folder"):
        open_store(tmp_path)


# migrations -----------------------------------------------------------------------------------------------------------


def test_a_file_of_a_later_program_is_refused(path: Path) -> None:
    change(path, "INSERT INTO migrations (name) VALUES ('0099 what is to come')")
    for readonly in (False, True):
        with pytest.raises(LedgerNewer, match="0099 what is to come"):
            open_store(path, readonly=readonly)


def test_a_file_of_an_earlier_program_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(path)
    later = Migration(name="0002 later", statements=("CREATE TABLE later (x)", "INSERT INTO later VALUES (1)"))
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, later))
    with pytest.raises(LedgerError, match="up to date"):
        open_store(path, readonly=True)
    store = open_store(path)
    assert list(store.schema()) == [*(m.name for m in MIGRATIONS), "0002 later"]
    store.close()
    assert answers(path) == before
    open_store(path, readonly=True).close()


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(path)
    broken = Migration(name="0002 broken", statements=("CREATE TABLE later (x)", "INSERT INTO nowhere VALUES (1)"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(LedgerError, match="nowhere"):
            open_store(path)
    assert answers(path) == before


@pytest.mark.parametrize("name", [migration.name for migration in MIGRATIONS[4:7]])
def test_an_earlier_ledger_is_sealed_and_tells_its_latest_versions(path: Path, tmp_path: Path, name: str) -> None:
    with closing(open_store(path)) as store:
        put(store, *(deposit(f"d{i}", reading_of((COMPANY,), published="2031-03-01"), at=day(1)) for i in range(5)))
        put(store, deposit("gone", reading_of((OFFICIAL,))), deposit("gone", reading_of((RUIZ,)), at=day(1)))
        with store.writing():
            store.remove(version_of(deposit("gone", reading_of((RUIZ,)))), Removal(at=START, by="Kim", reason="order"))
    before = answers(path)
    assert before["summaries"] != before["all summaries"]
    assert before["faults"] == []
    write_as_before(path, tmp_path / "earlier.db", name)
    assert answers(tmp_path / "earlier.db") == before


def test_a_ledger_without_claims_is_to_be_matched(path: Path) -> None:
    with closing(open_store(path)) as store:
        put(store, deposit("one", reading_of((RUIZ,))))
    before = answers(path)
    without_claims(path)
    assert answers(path) == before
    with closing(open_store(path)) as store:
        assert store.claims.unmatched() != []


def without_claims(path: Path) -> None:
    """Takes out what the last migration brought."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[-1].statements:
            made = re.match(r"CREATE (?:VIRTUAL )?TABLE (\w+)", statement)
            if made:
                connection.execute(f"DROP TABLE {made[1]}")
        connection.execute("DELETE FROM migrations WHERE name = ?", (MIGRATIONS[-1].name,))
        connection.commit()


def test_a_migration_is_not_left_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Migration(name="0000 forgotten", statements=())
    monkeypatch.setattr(schema, "MIGRATIONS", (first, *MIGRATIONS))
    with pytest.raises(LedgerError, match="forgotten"):
        open_store(path)


# reading only, locked -------------------------------------------------------------------------------------------------


def test_a_ledger_opened_for_reading_is_not_written(path: Path) -> None:
    store = open_store(path, readonly=True)
    with pytest.raises(LedgerFull, match="reading only"), store.writing():
        pass
    assert len(list(store.versions())) == len(GIVEN)
    assert list(store.faults()) == []
    store.close()


def test_readers_go_on_while_another_writes_and_see_what_is_committed(path: Path) -> None:
    writer, reader = open_store(path), open_store(path, readonly=True)
    before = everything(reader)
    with writer.writing():
        writer.put(deposit("late", reading_of((RUIZ,))))
        assert everything(reader) == before
    assert len(list(reader.versions())) == len(GIVEN) + 1
    writer.close()
    reader.close()


def test_a_locked_ledger_says_so(path: Path) -> None:
    first, second = open_store(path), open_store(path, patience=0.05)
    with first.writing():
        first.put(deposit("late", reading_of((RUIZ,))))
        with pytest.raises(LedgerLocked, match="another program"):
            put(second, GIVEN[0])
    assert put(second, deposit("later", reading_of((RUIZ,)))) == ["document"]
    first.close()
    second.close()


def test_who_waits_for_another_writer_is_told_once_and_for_how_long(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sourceline.store.sqlite.connection._UNTOLD", 0.01)
    told: list[float] = []
    first, second = open_store(path), open_store(path, patience=0.1, tell_wait=told.append)
    assert put(second, deposit("before", reading_of((RUIZ,)))) == ["document"]
    assert told == []
    with first.writing(), pytest.raises(LedgerLocked, match=r"not done in 0\.1 s"):
        put(second, GIVEN[0])
    assert len(told) == 1
    assert 0 < told[0] <= 0.1
    first.close()
    second.close()


def test_nobody_waits_long_before_it_is_told() -> None:
    assert connection._UNTOLD <= 0.5 < connection.PATIENCE


@pytest.fixture
def readonly_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a ledger that may not be written to; for root, who may write anywhere, a file system."""
    folder = tmp_path / "folder"
    folder.mkdir()
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "none", folder], capture_output=True).returncode:
        pytest.skip("root may write anywhere, and no file system can be mounted here")
    store = open_store(folder / "news.db")
    put(store, *GIVEN)
    store.close()
    if os.geteuid() == 0:
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        yield folder
        subprocess.run(["umount", folder], check=True)
    else:
        (folder / "news.db").chmod(0o400)
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)


def test_a_ledger_in_a_read_only_folder_is_read_and_not_written(readonly_folder: Path) -> None:
    path = readonly_folder / "news.db"
    store = open_store(path, readonly=True)
    assert len(everything(store)["versions"]) == len(GIVEN)  # type: ignore[arg-type]
    store.close()
    with pytest.raises(LedgerFull, match="may not be written"), closing(open_store(path)) as store:
        put(store, deposit("late", reading_of((RUIZ,))))
    with pytest.raises(LedgerFull, match="may not be written"):
        open_store(readonly_folder / "other.db")


# damage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0.2, 0.4, 0.6, 0.8])
def test_damaged_pages_are_told_and_never_crash(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    start = int(len(content) * place) // schema.PAGE_SIZE * schema.PAGE_SIZE
    content[start : start + schema.PAGE_SIZE] = os.urandom(schema.PAGE_SIZE)
    path.write_bytes(content)
    try:
        store = open_store(path)
    except LedgerError:
        return
    assert list(store.faults()) != []
    for ask in (lambda: everything(store), lambda: put(store, *GIVEN)):
        try:
            ask()
        except SourcelineError as error:
            assert "\n" not in str(error)
    store.close()


@pytest.mark.parametrize("name", ["x'9d'", "'Ü'", "7", "'0001 a ledges'"])
def test_a_list_of_migrations_that_is_none_is_damage(path: Path, name: str) -> None:
    change(path, f"UPDATE migrations SET name = {name} WHERE number = {len(MIGRATIONS)}")
    with pytest.raises(LedgerDamaged, match="restore a copy"):
        open_store(path)


@pytest.mark.parametrize("readonly", [False, True])
def test_a_ledger_whose_tables_are_gone_is_not_begun_anew(tmp_path: Path, readonly: bool) -> None:
    change(tmp_path / "news.db", f"PRAGMA application_id = {schema.APPLICATION_ID}")
    content = (tmp_path / "news.db").read_bytes()
    with pytest.raises(LedgerDamaged, match="restore a copy"):
        open_store(tmp_path / "news.db", readonly=readonly)
    change(tmp_path / "news.db", "PRAGMA journal_mode = DELETE")
    assert (tmp_path / "news.db").read_bytes()[100:] == content[100:]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET at = 'soon' WHERE version = 3",
        "UPDATE versions SET title = x'ff' WHERE version = 3",
        "UPDATE versions SET text_sha256 = 3.5 WHERE version = 3",
        "UPDATE versions SET slots = 1 << 40 WHERE version = 3",
        "UPDATE profiles SET kind = 'bird'",
        "UPDATE profiles SET ids = '[1]'",
        "UPDATE profiles SET \"deny\" = 'often'",
        "UPDATE captures SET headers = '{\"a\": 1}'",
        "UPDATE captures SET headers = '{'",
        "UPDATE readings SET profiles = x'c1'",
        "UPDATE readings SET profiles = x'9101'",
        "UPDATE problems SET kind = x'00'",
    ],
)
def test_values_that_nobody_put_are_damage(path: Path, statement: str) -> None:
    store = open_store(path)
    with store.writing():
        store.add_problem(Problem(place="a.txt", kind="empty", message="nothing is in it"), START)
    store.close()
    change(path, statement)
    with closing(open_store(path)) as store, pytest.raises(LedgerDamaged, match="restore a copy"):
        everything(store)
        list(store.problems())


def test_a_file_cut_short_is_damaged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(LedgerDamaged):
        store = open_store(path)
        faults = list(store.faults())
        store.close()
        raise LedgerDamaged(faults[0])


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM texts WHERE version = 3", "has no text"),
        ("DELETE FROM readings WHERE version = 3", "has no text"),
        ("UPDATE versions SET text_sha256 = x'00' WHERE version = 3", "its hash differs"),
        ("UPDATE readings SET reading = x'00' WHERE version = 3", "cannot be read back"),
        (
            "UPDATE texts SET document = (SELECT document FROM texts WHERE version = 4) WHERE version = 3",
            "is not what was put",
        ),
        ("UPDATE versions SET slots = 1 WHERE version = 3", "the index has 1 attributions"),
        ("DELETE FROM versions WHERE version = 3", "is not there"),
        ("DELETE FROM captures WHERE version = 3", "no evidence"),
        ("UPDATE versions SET sha256 = x'00' WHERE version = 3", "none of its captures"),
        ("DELETE FROM appearances", "of no version"),
        ('UPDATE profiles SET "deny" = 7', "sums"),
        ("INSERT INTO identities (id, speaks, acts) VALUES ('nobody', -1, 1)", "sums of source nobody"),
        ("INSERT INTO superseded_identities VALUES ('nobody', -1, 1)", "nobody in all versions"),
        ("UPDATE versions SET latest = 0 WHERE version = 3", "is the latest is wrong"),
        ("UPDATE appearances SET latest = 0", "in the wrong place"),
        ("DELETE FROM sightings WHERE version = 3", "when it was seen"),
        ("UPDATE captures SET at = at - 1 WHERE version = 3", "when it was seen"),
        ("UPDATE sightings SET capture = 4 WHERE version = 3", "none of its captures"),
        ("UPDATE versions SET removed_at = 1 WHERE version = 3", "something of it is left"),
        ("INSERT INTO search (rowid, words, facets) VALUES (9, 'stray', 'whole')", "of no version"),
        ("INSERT INTO search (search) VALUES ('delete-all')", "lacks a row"),
    ],
)
def test_what_does_not_fit_together_is_told(path: Path, statement: str, fault: str) -> None:
    change(path, statement)
    store = open_store(path)
    assert any(fault in told for told in store.faults())
    store.close()


def test_a_removed_text_leaves_no_trace_in_the_file(path: Path) -> None:
    """Neither in pages that are free now, nor in the index, nor in the log."""
    secret = replace(RUIZ, who="Zyxwarda Quorl", what="the quixotrope hums", role="vumbledine")
    given = deposit("secret", reading_of((secret,), title="On quixotropes", published="2031-03-01"))
    words = (b"quixotrope", b"zyxwarda", b"Zyxwarda", b"vumbledine", given.record)
    store = open_store(path)
    put(store, given)
    assert all(word in _bytes_of(path) for word in words)
    with store.writing():
        store.remove(version_of(given), Removal(at=START, by="Ines Calder", reason="a court order"))
    assert [word for word in words if word in _bytes_of(path)] == []
    store.close()
    assert [word for word in words if word in _bytes_of(path)] == []


def _bytes_of(path: Path) -> bytes:
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


# judgements -----------------------------------------------------------------------------------------------------------


def test_who_asks_for_judgements_of_sources_does_not_read_the_others(path: Path) -> None:
    wrong = Judgement(
        id="wrong",
        at=START,
        by="Ines Calder",
        verdict=Verdict.WRONG,
        version=version_of(GIVEN[0]),
        attribution=GIVEN[0].reading.attributions[0],
    )
    pair = (Named(name="Ana Ruiz"), Named(name="A. Ruiz"))
    same = Judgement(id="same", at=START, by="Ines Calder", verdict=Verdict.SAME, sources=pair)
    store = open_store(path)
    with store.writing():
        assert store.add_judgement(wrong) and store.add_judgement(same)
    store.close()
    change(path, "UPDATE judgements SET body = x'c1' WHERE id = 'wrong'")
    store = open_store(path)
    assert list(store.judgements(about_sources=True)) == [same]
    with pytest.raises(LedgerDamaged):
        list(store.judgements())
    store.close()


# days with very many matches ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [0, 1, 5])
def test_a_full_day_gives_the_same_answers(path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    store = open_store(path)
    put(store, *(deposit(f"more{i}", reading_of((OFFICIAL, RUIZ), published="2031-03-05")) for i in range(9)))
    put(store, *(deposit(f"undated{i}", reading_of((RUIZ, OFFICIAL))) for i in range(9)))
    before = [pages(lambda query=query, **page: store.find(query, **page)) for query in QUERIES]
    passages = pages(lambda **page: store.passages("depot", **page))
    monkeypatch.setattr(finding, "_MOST_GATHERED", most)
    assert [pages(lambda query=query, **page: store.find(query, **page)) for query in QUERIES] == before
    assert pages(lambda **page: store.passages("depot", **page)) == passages
    store.close()
