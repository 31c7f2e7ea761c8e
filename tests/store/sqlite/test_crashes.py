"""What a crash leaves: every transaction that was committed, and nothing of the others."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourceline.errors import LedgerFull
from sourceline.store.contract import Deposit
from sourceline.store.sqlite import SqliteStore, open_store
from tests.store.world import COMPANY, OFFICIAL, RUIZ, deposit, everything, put, reading_of

ROOT = Path(__file__).resolve().parents[3]
BATCH = 4
COUNT = 160

WRITER = """
import sys
from sourceline.store.sqlite import open_store
from tests.store.sqlite.test_crashes import write_all
write_all(open_store(sys.argv[1]), reverse=len(sys.argv) > 2)
"""


def deposits() -> list[Deposit]:
    return [
        deposit(f"d{i:03}", reading_of((RUIZ, OFFICIAL, COMPANY)[: i % 3 + 1], published=f"2031-03-{i % 28 + 1:02}"))
        for i in range(COUNT)
    ]


def write_all(store: SqliteStore, *, reverse: bool = False) -> None:
    """Puts everything in, batch by batch, and says after each commit how many are safe."""
    given = deposits()[:: -1 if reverse else 1]
    for start in range(0, COUNT, BATCH):
        put(store, *given[start : start + BATCH])
        print(start + BATCH, flush=True)
    store.close()


def writer(path: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    command = [sys.executable, "-c", WRITER, str(path), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a ledger answers that was written without a break."""
    store = open_store(tmp_path_factory.mktemp("whole") / "news.db")
    put(store, *deposits())
    found = everything(store)
    store.close()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_it_loses_no_committed_document(
    tmp_path: Path, whole: dict[str, object], seed: int
) -> None:
    path = tmp_path / "news.db"
    moment = random.Random(seed).randrange(COUNT // BATCH - 2)
    with writer(path) as process:
        assert process.stdout is not None
        safe = [int(process.stdout.readline()) for _ in range(moment)]
        process.kill()
        safe += [int(line) for line in process.stdout]
    store = open_store(path)
    names = [version.name for version in store.versions()]
    assert len(names) % BATCH == 0, "half a transaction"
    assert sorted(names) == [f"d{i:03}" for i in range(len(names))]
    assert len(names) >= max(safe, default=0)
    assert list(store.faults()) == []
    put(store, *deposits())
    assert everything(store) == whole
    store.close()


def test_two_processes_write_at_once(tmp_path: Path, whole: dict[str, object]) -> None:
    path = tmp_path / "news.db"
    both = [writer(path), writer(path, "reverse")]
    outputs = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [output.split()[-1] for output in outputs] == [str(COUNT)] * 2
    store = open_store(path)
    assert everything(store) == whole
    store.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_log_cut_short_gives_the_transactions_before_the_cut(tmp_path: Path, seed: int) -> None:
    """As after a power cut: the file as it was, and a part of the log."""
    path, copy = tmp_path / "news.db", tmp_path / "copy.db"
    store = open_store(path)
    for start in range(0, 40, BATCH):
        put(store, *deposits()[start : start + BATCH])
    log = (tmp_path / "news.db-wal").read_bytes()
    shutil.copy(path, copy)
    store.close()
    rng = random.Random(seed)
    (tmp_path / "copy.db-wal").write_bytes(log[: rng.randrange(len(log))] + rng.randbytes(rng.choice((0, 500, 20_000))))
    copied = open_store(copy)
    names = [version.name for version in copied.versions()]
    assert len(names) % BATCH == 0
    assert sorted(names) == [f"d{i:03}" for i in range(len(names))]
    assert list(copied.faults()) == []
    assert set(put(copied, *deposits()[:40])) <= {"document", "unchanged"}
    assert len(list(copied.versions())) == 40
    copied.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_loses_nothing_and_the_rest_goes_on_with_more_room(
    small_disk: Path, whole: dict[str, object]
) -> None:
    store = open_store(small_disk / "news.db")
    done: list[Deposit] = []
    given = deposits()
    with pytest.raises(LedgerFull, match="make room"):
        for start in range(0, COUNT, BATCH):
            put(store, *given[start : start + BATCH])
            done += given[start : start + BATCH]
    assert 0 < len(done) < COUNT
    assert sorted(v.name for v in store.versions()) == [d.name for d in done]
    with pytest.raises(LedgerFull):
        for start in range(len(done), COUNT, BATCH):
            put(store, *given[start : start + BATCH])
    store.close()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    again = open_store(small_disk / "news.db")
    assert len(list(again.versions())) >= len(done)
    assert list(again.faults()) == []
    put(again, *given)
    assert everything(again) == whole
    again.close()
