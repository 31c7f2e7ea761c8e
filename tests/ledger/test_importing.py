"""Corrections out of a ledger, changed, in again, and taken back by the file they were made from."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from tests.ledger.by_hand import pipeline_module

TEXT = "Ana Ruiz, the trade minister, said exports fell in May. Pell Austwick denied that any depot was shut."


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, TEXT)


def ledger_of(folder: Path, text: str) -> Path:
    given = folder / "given.jsonl"
    given.write_text(json.dumps({"id": "d01", "text": text}) + "\n", encoding="utf-8")
    path = folder / "news.db"
    with sl.open(path) as ledger:
        ledger.add(given)
    return path


def exported(news: Path, format: str = "jsonl") -> bytes:
    out = io.BytesIO()
    with sl.open(news) as ledger:
        ledger.export(format, out)
    return out.getvalue()


def brought_in(news: Path, content: bytes, *arguments: str) -> int:
    file = news.with_name("corrected.jsonl")
    file.write_bytes(content)
    return cli.main(["import-annotations", str(file), "--by", "Kim", "--ledger", str(news), *arguments])


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    reading = json.loads(content)
    change(reading["attributions"])
    return json.dumps(reading).encode()


def what_is_found(news: Path) -> list[tuple[str, str, str | None]]:
    with sl.open(news) as ledger:
        return [
            (f.attribution.wording, f.attribution.act.value, f.speaker.name if f.speaker else None)
            for f in ledger.search()
        ]


def test_the_original_takes_corrections_back_and_they_may_be_made_again(news: Path) -> None:
    original, before = exported(news), what_is_found(news)
    nothing = changed(original, lambda items: items.clear())
    other_act = changed(original, lambda items: items[1].update(act="warn"))
    for _ in range(2):
        assert brought_in(news, nothing) == 0 and what_is_found(news) == []
        assert brought_in(news, original) == 0 and what_is_found(news) == before
        assert brought_in(news, other_act) == 0 and [act for _, act, _ in what_is_found(news)] == ["state", "warn"]
        assert brought_in(news, original) == 0 and what_is_found(news) == before
        assert exported(news) == original


def test_the_same_file_twice_says_nothing_new(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (changed(exported(news), lambda items: items.pop()), exported(news)):
        brought_in(news, content, "--confirm")
        capsys.readouterr()
        assert brought_in(news, content, "--confirm", "--json") == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["known"], told["judgements"], told["speakers"]) == (True, 0, 0)


def test_a_speaker_in_a_file_is_not_taken_and_that_is_said(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original, before = exported(news), what_is_found(news)
    assert brought_in(news, original) == 0
    assert "speaker" not in capsys.readouterr().out
    other = changed(original, lambda items: items[1].update(speaker=items[0]["speaker"]))
    assert brought_in(news, other) == 0
    assert "1 attribution names another speaker, which was not taken" in capsys.readouterr().out
    assert what_is_found(news) == before


@pytest.mark.parametrize("format", ["jsonl", "brat"])
def test_own_exports_say_nothing_new(tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    news = ledger_of(
        tmp_path,
        "Ana Ruiz said exports\u2028Tumbled\x85Eastward\x0bAgain. Rain fell.\u2029Pell Austwick denied that\x1c too.",
    )
    assert len(what_is_found(news)) == 2
    assert brought_in(news, exported(news, format), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["known"], told["judgements"], told["speakers"]) == (True, 0, 0)


def brat_folder(tmp_path: Path) -> Path:
    """The ledger's text as a brat file in a folder of its own, so that it comes first, with no attribution left."""
    folder = tmp_path / "corrected"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "d01.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a" / "d01.ann").write_text("", encoding="utf-8")
    return folder


BROKEN = {
    "cut.ann": "T1\tCue 3",
    "far.ann": f"T1\tCue 0 {'9' * 5000}\tsaid",
    "torn.ann": "E1\tAttribution:T7 Content:T8",
    "alone.ann": None,
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_file_among_others_is_named_and_nothing_is_imported(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, packed: bool
) -> None:
    folder, before = brat_folder(tmp_path), what_is_found(news)
    (folder / "b").mkdir()
    (folder / "b" / name).write_text(BROKEN[name] or "", encoding="utf-8")
    if BROKEN[name] is not None:
        (folder / "b" / name).with_suffix(".txt").write_text("He said no.", encoding="utf-8")
    given = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder)) if packed else folder
    command = ["import-annotations", str(given), "--by", "Kim", "--ledger", str(news)]
    assert cli.main(command) != 0
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"b/{name}" in err
    assert "internal error" not in err
    assert what_is_found(news) == before
    with sl.open(news) as ledger:
        assert list(ledger.judgements()) == []
    (folder / "b" / name).unlink()
    assert cli.main([*command[:1], str(folder), *command[2:]]) == 0
    assert what_is_found(news) == []


def test_a_broken_line_after_good_ones_leaves_nothing_imported(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original, before = exported(news), what_is_found(news)
    nothing = changed(original, lambda items: items.clear())
    assert brought_in(news, nothing + b"\n" + b"{\n") == 1
    assert "corrected.jsonl:2 " in capsys.readouterr().err
    assert what_is_found(news) == before


def test_the_last_word_on_a_text_that_a_file_has_twice_counts(news: Path) -> None:
    original, before = exported(news), what_is_found(news)
    nothing = changed(original, lambda items: items.clear())
    assert brought_in(news, nothing + b"\n" + original) == 0
    assert what_is_found(news) == before
    assert brought_in(news, original + nothing) == 0
    assert what_is_found(news) == []


def test_a_zip_without_its_end_is_no_internal_error(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = exported(news, "brat")
    for cut in (whole[: len(whole) // 2], whole[200:], whole[:60] + b"\0" * 200 + whole[260:]):
        assert brought_in(news, cut) in (0, 1)
        assert "internal error" not in capsys.readouterr().err


def test_what_is_imported_from_python_is_done_at_once(news: Path, tmp_path: Path) -> None:
    with sl.open(news) as ledger:
        ledger.import_annotations(brat_folder(tmp_path), by="Kim")
        assert list(ledger.search()) == []
