"""Corrections out of a ledger, changed, in again, and taken back by the file they were made from."""

from __future__ import annotations

import io
import json
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
