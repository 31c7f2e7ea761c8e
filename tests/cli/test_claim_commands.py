"""`claims`, `trace`, `lint` and `judge` on a ledger, as a person at a terminal runs them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from tests.ledger.by_hand import pipeline_module

SHUT = "Ana Ruiz, the trade minister, said the Tolvin depot was shut on 5 March after an inspection."
LATER = "Pell Austwick, director of the works, said 1,200 containers at Kestrel Harbour had no counterpart in any book."
FEWER = "Pell Austwick, director of the works, said 900 containers at Kestrel Harbour had no counterpart in any book."
RECORDS = (
    {"id": "d1", "outlet": "Harbor Ledger", "published": "2031-03-06T09:00:00+00:00", "text": SHUT},
    {"id": "d2", "outlet": "The Packet", "published": "2031-03-07T09:00:00+00:00", "text": f"{SHUT}\n\n{LATER}"},
    {"id": "d3", "outlet": "Vellin Post", "published": "2031-03-08T09:00:00+00:00", "text": LATER},
    {"id": "d4", "text": "An official warned of a shortage of blue seals in the western stores."},
)

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a ledger of the records, in a terminal of 100 columns without colour."""
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    monkeypatch.setenv("COLUMNS", "100")
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    ledger = tmp_path / "news.db"
    with sl.open(ledger) as opened:
        opened.add(texts)
    return lambda *arguments: cli.main([*map(str, arguments), "--ledger", str(ledger)])


@pytest.fixture
def objects(run: Run, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[dict[str, Any]]]:
    def listed(*arguments: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        run(*arguments, "--json")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return listed


def test_claims_are_listed_with_their_counts_apart(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("claims", "--min-outlets", "2") == 0
    out = capsys.readouterr().out
    assert "the Tolvin depot was shut on 5 March after" in out
    assert "origins" in out and "articles" in out and "outlets" in out
    assert "2031-03-06" in out and "blue seals" not in out
    assert run("claims", "zeppelin") == 0
    assert "No claim found" in capsys.readouterr().out


def test_claims_as_objects(objects: Callable[..., list[dict[str, Any]]]) -> None:
    first, *_ = objects("claims")
    assert list(first) == [
        "id", "statement", "articles", "outlets", "independent_origins", "first", "last", "marks",
    ]  # fmt: skip
    assert first["articles"] == 2 and first["outlets"] == 2
    assert first["independent_origins"]["low"] <= first["independent_origins"]["best"]
    assert len(objects("claims", "--limit", "2")) == 2
    (only,) = objects("claims", "blue seals")
    assert only["articles"] == 1 and only["outlets"] == 0 and "of blue seals" in only["statement"]


def test_a_trace_is_drawn(
    run: Run, objects: Callable[..., list[dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    (claim,) = (c for c in objects("claims", "depot") if c["articles"] == 2)
    assert run("trace", claim["id"]) == 0
    out = capsys.readouterr().out
    assert "One source" in out and "2 articles" in out and "2 outlets" in out
    assert "Ana Ruiz" in out and "Harbor Ledger" in out and "The Packet" in out
    assert all(len(line) <= 100 for line in out.splitlines())
    assert run("trace", claim["id"], "--without", "The Packet") == 0
    assert "The Packet" not in capsys.readouterr().out
    assert run("trace", claim["id"], "--as-of", "2031-03-06") == 0
    out = capsys.readouterr().out
    assert "The Packet" not in out and "1 article " in out
    assert run("trace", claim["id"], "--as-of", "2030") == 0
    assert "Nothing is left" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("trace", "0123456789abcdef"), 1, "there is no claim"),
        (("trace", "x", "--as-of", "soon"), 2, "--as-of takes a date"),
        (("trace", "x", "--as-of", "2031-03-06T99"), 2, "--as-of takes a date"),
        (("claims", "OR"), 2, "OR stands between"),
        (("claims", "--min-outlets", "-1"), 2, "--min-outlets"),
        (("lint", "missing.txt"), 2, "missing.txt"),
        (("lint", "draft.txt", "--min-origins", "0"), 2, "--min-origins"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    assert run(*arguments) == code
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and words in captured.err


def test_a_trace_as_an_object_has_the_keys_of_the_export(
    run: Run, objects: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    id = objects("claims")[0]["id"]
    (trace,) = objects("trace", id)
    out = tmp_path / "ledger.json"
    assert run("export", "json", "--out", out) == 0
    exported = json.loads(out.read_text("utf-8"))
    assert trace in exported["claims"]
    keys = "id statement mentions origins independent_origins newsgathering_acts articles outlets first_published"
    assert set(f"{keys} circular recycled withdrawn_by disputed_by drift".split()) <= set(trace)
    texts = {record["id"]: record["text"] for record in RECORDS}
    for claim in exported["claims"]:
        for mention in claim["mentions"]:
            for span in mention["spans"]:
                assert texts[mention["document"]][span["start"] : span["end"]] == span["text"]
    assert isinstance(exported["edges"], list)


def test_a_draft_that_copies_and_has_another_figure(
    run: Run, objects: Callable[..., list[dict[str, Any]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"Books\n\n{SHUT}\n\n{FEWER}\n", "utf-8")
    found = objects("lint", str(draft), "--min-origins", "2", "--published", "2031-03-09")
    rules = {finding["rule"] for finding in found}
    assert "copy-uncredited" in rules and "origins" in rules
    assert "recycled-as-new" not in rules
    later = objects("lint", str(draft), "--published", "2031-06-01")
    assert "recycled-as-new" in {finding["rule"] for finding in later}
    text = draft.read_text("utf-8")
    assert all(text[f["start"] : f["end"]] == f["text"] for f in found)
    assert all(f["line"] == text.count("\n", 0, f["start"]) + 1 for f in found)
    copied = next(f for f in found if f["rule"] == "copy-uncredited")
    assert copied["evidence"][0]["document"] in ("d1", "d2")
    assert run("lint", str(draft)) == 1
    assert "line 3" in capsys.readouterr().out


def test_a_draft_about_something_else_is_left_in_peace(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Bela Orrin said nine puffins had been painted by a lighthouse keeper.", "utf-8")
    assert run("lint", str(draft)) == 0
    assert "nothing to say" in capsys.readouterr().out


def test_two_mentions_are_judged_and_listed(
    run: Run, objects: Callable[..., list[dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    (claim,) = (c for c in objects("claims", "depot") if c["articles"] == 2)
    one, other = (m["id"] for m in objects("trace", claim["id"])[0]["mentions"])
    assert run("judge", "different", one, other, "--by", "Kim") == 0
    assert "Tolvin depot" in capsys.readouterr().out
    assert all(c["articles"] == 1 for c in objects("claims", "depot"))
    (word,) = objects("judge", "list")
    assert [m["spans"][0]["text"][:10] for m in word["mentions"]] == ["the Tolvin", "the Tolvin"]
    assert run("judge", "undo", word["id"], "--by", "Kim") == 0
    assert any(c["articles"] == 2 for c in objects("claims", "depot"))
