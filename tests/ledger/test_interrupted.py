"""What comes between: an interruption, another program, a full disk, a folder that may not be written to."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from sourceline.errors import InvalidRecord
from sourceline.ledger.ledger import Ledger
from sourceline.model.reading import Reading
from sourceline.model.text import Document
from sourceline.store.contract import Deposit, Outcome
from sourceline.store.sqlite import SqliteStore, open_store
from tests.ledger.by_hand import ByHand, pipeline_module, start
from tests.ledger.killing import DOCUMENTS, add_all, exported, write_documents

FEW = 60


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "documents.jsonl"
    write_documents(path)
    return path


@pytest.fixture(scope="module")
def whole(documents: Path) -> bytes:
    add_all(documents, documents.with_name("whole.db"))
    return exported(documents.with_name("whole.db"))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """So few articles that all of them are one transaction."""
    path = tmp_path / "few.jsonl"
    write_documents(path, number=FEW, seed=5)
    return path


def add(documents: Path, ledger: Path) -> int:
    return cli.main(["add", str(documents), "--ledger", str(ledger)])


def names(ledger: Path) -> list[str]:
    with sl.open(ledger, create=False) as opened:
        assert [fault.message for fault in opened.verify()] == []
        return [version.name for version in opened.versions()]


# interrupted ----------------------------------------------------------------------------------------------------------


def test_an_interruption_from_outside_keeps_what_was_told(tmp_path: Path, documents: Path, whole: bytes) -> None:
    ledger = tmp_path / "news.db"
    with start("add", documents, "--ledger", ledger, "--json", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        process.send_signal(signal.SIGINT)
        lines += process.stdout.readlines()
    assert process.returncode == cli.INTERRUPTED
    told = [event for event in map(json.loads, lines) if event.get("outcome") in ("document", "version")]
    assert max(1, len(told)) <= len(names(ledger)) < DOCUMENTS
    assert add(documents, ledger) == 0
    assert exported(ledger) == whole


def test_an_interruption_while_reading_keeps_what_was_read(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(ByHand):
        def read(self, document: Document) -> Reading:
            if document.id == "d0030":
                raise KeyboardInterrupt
            return super().read(document)

    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module(Interrupted))
    ledger = tmp_path / "news.db"
    assert add(few, ledger) == cli.INTERRUPTED
    assert capsys.readouterr().out == ""
    assert 20 <= len(set(names(ledger))) <= 30
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    assert add(few, ledger) == 0
    assert len(set(names(ledger))) == FEW


def test_an_interruption_while_writing_keeps_what_was_read(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    puts: list[str] = []

    def put(self: SqliteStore, deposit: Deposit) -> Outcome:
        puts.append(deposit.name)
        if len(puts) == 10:
            raise KeyboardInterrupt
        return whole_put(self, deposit)

    whole_put = SqliteStore.put
    monkeypatch.setattr(SqliteStore, "put", put)
    ledger = tmp_path / "news.db"
    assert add(few, ledger) == cli.INTERRUPTED
    assert puts[9] in names(ledger)


def test_a_document_that_the_store_refuses_costs_no_other(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def put(self: SqliteStore, deposit: Deposit) -> Outcome:
        if deposit.name == "d0011":
            raise InvalidRecord("a span that is not of the text")
        return whole_put(self, deposit)

    whole_put = SqliteStore.put
    monkeypatch.setattr(SqliteStore, "put", put)
    ledger = tmp_path / "news.db"
    assert add(few, ledger) == 0
    assert "a span that is not of the text" in capsys.readouterr().err
    assert set(names(ledger)) == {f"d{i:04}" for i in range(FEW)} - {"d0011"}


# another program ------------------------------------------------------------------------------------------------------


def test_two_at_once_end_in_the_same_ledger_as_one_after_the_other(
    tmp_path: Path, documents: Path, whole: bytes
) -> None:
    lines = documents.read_bytes().splitlines(keepends=True)
    documents.with_name("backwards.jsonl").write_bytes(b"".join(reversed(lines)))
    ledger = tmp_path / "news.db"
    both = [
        start("add", documents.with_name(name), "--ledger", ledger, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in ("documents.jsonl", "backwards.jsonl")
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert len(names(ledger)) >= DOCUMENTS
    found = exported(ledger)
    assert found[: found.rindex(b"}\n")] == whole[: whole.rindex(b"}\n")]


def test_a_ledger_that_another_program_holds_is_said_in_one_line(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "news.db"
    holder = open_store(ledger)
    monkeypatch.setattr("sourceline.store.sqlite.open_store", partial(open_store, patience=0.01))
    with holder.writing():
        assert add(few, ledger) == 1
        out, err = capsys.readouterr()
        complaints = [line for line in err.splitlines() if line.startswith("sourceline: ")]
        assert (out, len(complaints)) == ("", 1)
        assert "another program is writing" in complaints[0]
        assert cli.main(["search", "--ledger", str(ledger)]) == 0
    holder.close()
    assert add(few, ledger) == 0
    assert len(set(names(ledger))) == FEW


@pytest.mark.parametrize("command", ["add", "judge", "remove", "reread", "import-annotations"])
def test_who_writes_says_that_it_waits_and_goes_on_when_it_may(tmp_path: Path, few: Path, command: str) -> None:
    ledger = tmp_path / "news.db"
    assert add(few, ledger) == 0
    with sl.open(ledger) as opened:
        sources = [source.name for source in opened.sources()][:2]
        (tmp_path / "corrected.jsonl").write_bytes(exported_readings(opened))
    arguments: dict[str, list[str]] = {
        "add": [str(few)],
        "judge": ["different", *sources, "--by", "Kim"],
        "remove": [names(ledger)[0], "--by", "Kim", "--reason", "a court's order"],
        "reread": [],
        "import-annotations": [str(tmp_path / "corrected.jsonl"), "--by", "Kim"],
    }
    holder = open_store(ledger)
    with holder.writing():
        process = start(command, *arguments[command], "--ledger", ledger, stderr=subprocess.PIPE)
        assert process.stderr is not None
        line = process.stderr.readline()
        assert re.fullmatch(rb"another program is writing to .*news\.db: waiting for it, (29|30) s at most\n", line), (
            line
        )
        assert process.poll() is None
    holder.close()
    assert b"another program" not in process.communicate(timeout=60)[1]
    assert process.returncode == 0


def exported_readings(ledger: Ledger) -> bytes:
    out = io.BytesIO()
    ledger.export("jsonl", out)
    return out.getvalue()


# the disk -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def test_a_full_disk_is_said_in_one_line_and_with_more_room_it_goes_on(
    disk: Path, documents: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sourceline.ledger.adding._BATCH", 20)
    ledger = disk / "news.db"
    assert add(documents, ledger) == 1
    out, err = capsys.readouterr()
    complaints = [line for line in err.splitlines() if line.startswith("sourceline: ")]
    assert (out, len(complaints)) == ("", 1)
    assert "make room on the disk" in complaints[0]
    remount(disk, "size=64m")
    assert 0 < len(names(ledger)) < DOCUMENTS
    assert add(documents, ledger) == 0
    assert exported(ledger) == whole


@pytest.fixture
def lockable(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, Callable[[bool], None]]]:
    """A folder, and what says whether it may be written to. Whom no permission stops needs a file system for that."""
    if os.name != "nt" and os.geteuid() == 0:
        disk: Path = request.getfixturevalue("disk")
        remount(disk, "size=16m")
        yield disk, lambda writable: remount(disk, "rw" if writable else "ro")
        return
    folder = tmp_path / "folder"
    folder.mkdir()
    yield folder, lambda writable: folder.chmod(0o755 if writable else 0o555)
    folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_to_can_be_searched_and_nothing_else(
    lockable: tuple[Path, Callable[[bool], None]], few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, let_write = lockable
    ledger = folder / "news.db"
    (few.parent / "some.jsonl").write_bytes(b"".join(few.read_bytes().splitlines(keepends=True)[:20]))
    assert add(few.parent / "some.jsonl", ledger) == 0
    there = names(ledger)
    let_write(False)
    capsys.readouterr()
    wanted: dict[tuple[str, ...], Any] = {
        ("add", str(few)): 1,
        ("add", str(few), "--ledger", str(folder / "other.db")): 1,
        ("judge", "same", "Ana Ruiz", "Ilse Marden", "--by", "Kim"): 1,
        ("remove", "d0000", "--by", "Kim", "--reason", "an order"): 1,
        ("search", "counted"): 0,
        ("sources",): 0,
        ("verify",): 0,
        ("export", "csv", "--out", str(few.parent / "out.csv")): 0,
    }
    for arguments, code in wanted.items():
        ledger_option = () if "--ledger" in arguments else ("--ledger", str(ledger))
        assert cli.main([*arguments, *ledger_option]) == code, arguments
        err = capsys.readouterr().err
        complaints = [line for line in err.splitlines() if line.startswith("sourceline: ")]
        assert len(complaints) == (code == 1), arguments
        assert "written to" in err if code else True
    let_write(True)
    assert names(ledger) == there
