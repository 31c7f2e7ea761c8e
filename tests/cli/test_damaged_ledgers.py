"""A ledger over which other bytes were written: every command ends in what to do next, whatever was hit."""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from sourceline.model.source import SourceKind
from tests.ledger.by_hand import pipeline_module

HEADER = 100
"""Bytes of a SQLite file that say what it is: they stay."""
COMMANDS = (
    "search depot --json",
    "search --source Ruiz --act state --since 2031-03-02",
    "search reservoir OR depot --texts",
    "sources",
    "sources Ruiz --json",
    "sources --unnamed",
    "sources --proposals",
    "judge list",
    "problems",
    "verify",
    "export jsonl --out out.jsonl",
    "export json --out out.json",
    "export csv --out out.csv",
    "export warc --out out.warc.gz",
    "add more.jsonl",
)
WRITING = ("judge same --by Kim", "reread", "remove d3 --by Kim --reason r")
Overwrite = Callable[[bytearray, random.Random], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a small ledger that has something of everything."""
    folder = tmp_path_factory.mktemp("sound")
    kinds = ("said the depot was empty", "denied any talks", "warned of a shortage", "declined to say more")
    names = ("Ana Ruiz, the trade minister,", "Pell Austwick", "A. Ruiz", "An official", "Ilse Marden, a clerk,")
    records = [
        {
            "id": f"d{n}",
            "url": f"https://{'harbor' if n % 2 else 'packet'}.example/{n}",
            "outlet": ("The Packet", "Harbor Ledger")[n % 2],
            "title": f"The depot, part {n}",
            "published": f"2031-03-{n + 1:02}",
            "text": " ".join(f"{names[(n + k) % 5]} {kinds[(n * k) % 4]} {'again ' * k}on day {n}." for k in range(4)),
        }
        for n in range(14)
    ]
    (folder / "texts.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records) + '{"id": "none"}\n')
    (folder / "edited.jsonl").write_text(json.dumps({**records[3], "text": "Ana Ruiz said the depot was sold."}) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
        with sl.open(folder / "news.db") as ledger:
            ledger.add(folder / "texts.jsonl")
            ledger.add(folder / "edited.jsonl")
            ledger.judge("same", "Ana Ruiz", "A. Ruiz", by="Kim", note="one minister")
            with (folder / "brat.zip").open("wb") as out:
                ledger.export("brat", out)
            list(ledger.import_annotations(folder / "brat.zip", by="Kim", confirm=True))
            ledger.remove("d5", by="Kim", reason="a court's order")
            assert list(ledger.verify()) == []
    return (folder / "news.db").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCELINE_LEDGER", raising=False)
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    more = {"id": "more", "text": "Ana Ruiz, the trade minister, said nothing new. Pell Austwick denied it."}
    again = {"id": "d2", "url": "https://packet.example/2", "text": "Pell Austwick said the depot was sold."}
    Path("more.jsonl").write_text(json.dumps(more) + "\n" + json.dumps(again) + "\n")
    return tmp_path


def page_of(content: bytearray) -> int:
    return int.from_bytes(content[16:18], "big")


def scattered(content: bytearray, chance: random.Random) -> None:
    """Single bytes anywhere."""
    for _ in range(chance.choice((1, 5, 40, 400))):
        content[chance.randrange(HEADER, len(content))] = chance.randrange(256)


def stretch(content: bytearray, chance: random.Random) -> None:
    """A run of random bytes, or of noughts, anywhere."""
    length = chance.choice((16, 200, 3000, 20000))
    start = chance.randrange(HEADER, len(content))
    noise = chance.randbytes(length) if chance.random() < 0.8 else bytes(length)
    content[start : start + length] = noise[: len(content) - start]


def pages(content: bytearray, chance: random.Random) -> None:
    """Whole pages: noise, or other pages of the same file."""
    size = page_of(content)
    count = len(content) // size
    for _ in range(chance.choice((1, 3))):
        at = chance.randrange(1, count) * size
        other = chance.randrange(1, count) * size
        content[at : at + size] = chance.randbytes(size) if chance.random() < 0.5 else content[other : other + size]


def heads(content: bytearray, chance: random.Random) -> None:
    """The heads of pages, where it says what kind they are of and where their cells lie."""
    size = page_of(content)
    for _ in range(chance.choice((1, 4))):
        at = chance.randrange(1, len(content) // size) * size + chance.randrange(12)
        content[at : at + 2] = chance.randbytes(2)


def cut(content: bytearray, chance: random.Random) -> None:
    """The end is gone."""
    del content[chance.randrange(HEADER, len(content)) :]


def first_page(content: bytearray, chance: random.Random) -> None:
    """Where it says which tables there are."""
    for _ in range(chance.choice((1, 20))):
        content[chance.randrange(HEADER, page_of(content))] = chance.randrange(256)


OVERWRITES: tuple[Overwrite, ...] = (scattered, stretch, pages, heads, cut, first_page)


def outcome(command: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What a command says on standard error, where it does not do what it is to do."""
    code = cli.main([*command.split(), *more, "--ledger", "news.db"])
    err = capsys.readouterr().err
    assert "internal error" not in err, (command, err)
    assert "Traceback" not in err, (command, err)
    if code == 0:
        return ""
    assert code == 1, (command, code, err)
    return err.splitlines()[-1]


def tells_of_damage(line: str) -> bool:
    """Whether a line names the damage and says what to do."""
    return line.startswith("sourceline: ") and ("broken" in line or "cannot" in line or "lacks" in line) and "copy" in line


@pytest.mark.parametrize("overwrite", OVERWRITES, ids=lambda overwrite: overwrite.__name__)
@pytest.mark.parametrize("seed", range(4))
def test_every_command_ends_in_one_line(
    sound: bytes, folder: Path, capsys: pytest.CaptureFixture[str], overwrite: Overwrite, seed: int
) -> None:
    chance = random.Random(f"{overwrite.__name__} {seed}")
    content = bytearray(sound)
    overwrite(content, chance)
    for command in COMMANDS:
        for old in folder.glob("news.db*"):
            old.unlink()
        (folder / "news.db").write_bytes(content)
        line = outcome(command, capsys)
        assert line == "" or tells_of_damage(line) or (command == "verify" and "restore" in line), (command, line)
