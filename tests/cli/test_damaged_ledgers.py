"""A ledger over which other bytes were written: every command ends in what to do next, whatever was hit."""

from __future__ import annotations

import json
import random
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sourceline as sl
from sourceline import cli
from tests.ledger.by_hand import ByHand, Newer, pipeline_module

HEADER = 100
"""Bytes of a SQLite file that say what it is: they stay."""
COMMANDS = (
    "search depot --json",
    "search --source Ruiz --act state,deny --since 2031-03-02",
    "search depot --texts",
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
OTHERS = (
    "judge same 'Ana Ruiz' 'Pell Austwick' --by Kim",
    "judge different Marden 'A. Ruiz' --by Kim",
    "import-annotations given.jsonl --by Kim",
    "reread",
    "diff d3",
    "remove d3 --by Kim --reason r",
)
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
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module(ByHand))
    more = {"id": "more", "text": "Ana Ruiz, the trade minister, said nothing new. Pell Austwick denied it."}
    again = {"id": "d2", "url": "https://packet.example/2", "text": "Pell Austwick said the depot was sold."}
    Path("more.jsonl").write_text(json.dumps(more) + "\n" + json.dumps(again) + "\n")
    given = {"document": {"text": "Ana Ruiz said the depot was sold."}, "attributions": []}
    Path("given.jsonl").write_text(json.dumps(given) + "\n")
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


class Broken:
    """A ledger of these bytes, and what commands say of it."""

    def __init__(self, folder: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._content = content
        self._capsys = capsys

    def said(self, command: str) -> tuple[int, str]:
        """The exit code, and the last line on standard error."""
        for old in self._folder.glob("news.db*"):
            old.unlink()
        (self._folder / "news.db").write_bytes(self._content)
        code = cli.main([*shlex.split(command), "--ledger", "news.db"])
        err = self._capsys.readouterr().err
        assert "internal error" not in err and "Traceback" not in err, (command, err)
        return code, (err.splitlines() or [""])[-1]


def tells_of_damage(line: str) -> bool:
    """Whether a line is that of a broken ledger, which says what to do; what is locked, full or later says other."""
    return line.startswith("sourceline: ") and "restore" in line


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("overwrite", OVERWRITES, ids=lambda overwrite: overwrite.__name__)
def test_every_command_does_its_work_or_says_that_the_ledger_is_broken(
    sound: bytes, folder: Path, capsys: pytest.CaptureFixture[str], overwrite: Overwrite, seed: int
) -> None:
    content = bytearray(sound)
    overwrite(content, random.Random(f"{overwrite.__name__} {seed}"))
    ledger = Broken(folder, bytes(content), capsys)
    for command in COMMANDS:
        code, line = ledger.said(command)
        faults = command == "verify" and line.endswith("restore what differs from a copy")
        assert code == 0 or (code == 1 and (tells_of_damage(line) or faults)), (command, code, line)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("overwrite", OVERWRITES, ids=lambda overwrite: overwrite.__name__)
def test_the_other_commands_never_end_in_an_internal_error(
    sound: bytes,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    overwrite: Overwrite,
    seed: int,
) -> None:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module(Newer))
    content = bytearray(sound)
    overwrite(content, random.Random(f"others {overwrite.__name__} {seed}"))
    ledger = Broken(folder, bytes(content), capsys)
    for command in OTHERS:
        code, line = ledger.said(command)
        assert code == 0 or line.startswith("sourceline: "), (command, code, line)


def test_what_is_sound_ends_every_command_in_its_work(
    sound: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Broken(folder, sound, capsys)
    assert [ledger.said(command)[0] for command in (*COMMANDS, *OTHERS)] == [0] * len((*COMMANDS, *OTHERS))


@pytest.mark.parametrize("left", [0.1, 0.3, 0.6, 0.9])
def test_a_file_cut_short_is_told_by_everything_that_reads_all_of_it(
    sound: bytes, folder: Path, capsys: pytest.CaptureFixture[str], left: float
) -> None:
    ledger = Broken(folder, sound[: int(len(sound) * left)], capsys)
    for command in ("verify", "export jsonl --out out.jsonl", "add more.jsonl"):
        code, line = ledger.said(command)
        assert code == 1 and "restore" in line, (command, code, line)
