"""Who is who, decided from the command line: by name, by profile, changed and taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from tests.ledger.by_hand import pipeline_module

TEXTS = (
    "Ana Ruiz, the trade minister, said exports fell in May.",
    "Ana Ruiz, minister of trade, denied that the depot was shut.",
    "A. Ruiz said the harbour was closed.",
    "Pell Austwick, director of the works, warned of a shortage.",
)


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A ledger in which the machine took the two trade ministers for one."""
    texts = tmp_path / "texts.jsonl"
    records = ({"id": f"d{n}", "text": text, "outlet": "Harbor Ledger"} for n, text in enumerate(TEXTS))
    texts.write_text("".join(json.dumps(record) + "\n" for record in records))
    path = tmp_path / "news.db"
    with sl.open(path) as ledger:
        ledger.add(texts)
    return path


def run(news: Path, *arguments: str) -> int:
    return cli.main([*arguments, "--ledger", str(news)])


def judge(news: Path, *arguments: str) -> int:
    return run(news, "judge", *arguments, "--by", "Kim")


def identities(news: Path) -> list[list[str]]:
    """The names and roles of each identity's profiles."""
    with sl.open(news) as ledger:
        found = (ledger.profiles(summary.identity)[0] for summary in ledger.sources())
        return sorted(sorted(f"{p.name}, {p.role}" if p.role else p.name for p in profiles) for profiles in found)


def dossier(news: Path, name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run(news, "sources", name, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


MERGED = ["Ana Ruiz, minister of trade", "Ana Ruiz, the trade minister"]
AUSTWICK = ["Pell Austwick, director of the works"]


def test_what_the_machine_merged_is_parted_by_the_ids_in_the_dossier(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert identities(news) == [["A. Ruiz"], MERGED, AUSTWICK]
    found = dossier(news, "Ana Ruiz", capsys)
    assert [sorted(p["role"] for p in found["profiles"])] == [["minister of trade", "the trade minister"]]
    assert any("Ana Ruiz" in reason for reason in found["reasons"])
    ids = [profile["id"] for profile in found["profiles"]]
    assert run(news, "sources", "Ana Ruiz") == 0
    shown = capsys.readouterr().out
    assert all(id in shown for id in ids) and "because" in shown
    assert judge(news, "different", *ids) == 0
    assert identities(news) == [["A. Ruiz"], *([one] for one in MERGED), AUSTWICK]


def test_what_a_person_merged_is_parted_by_the_names_that_merged_it(news: Path) -> None:
    assert judge(news, "same", "Ana Ruiz", "A. Ruiz") == 0
    assert identities(news) == [["A. Ruiz", *MERGED], AUSTWICK]
    assert judge(news, "different", "Ana Ruiz", "A. Ruiz") == 0
    assert identities(news) == [["A. Ruiz"], MERGED, AUSTWICK]
    assert judge(news, "same", "Ana Ruiz", "A. Ruiz") == 0
    assert identities(news) == [["A. Ruiz", *MERGED], AUSTWICK]


def test_a_name_is_kept_as_given_and_a_part_of_one_means_the_source_that_has_it(news: Path) -> None:
    with sl.open(news) as ledger:
        judged = ledger.judge("same", "ana RUIZ", "Austwick", by="Kim")
    assert {(s.name, s.role) for s in judged.sources} == {
        ("ana RUIZ", None),
        ("Pell Austwick", "director of the works"),
    }


def test_the_id_of_an_identity_means_one_of_its_profiles_that_says_who_it_is(news: Path) -> None:
    with sl.open(news) as ledger:
        one, other = (ledger.source(name).identity for name in ("Ana Ruiz", "A. Ruiz"))
        judged = ledger.judge("same", one, other, by="Kim")
    assert sorted((s.name, s.role is not None) for s in judged.sources) == [("A. Ruiz", False), ("Ana Ruiz", True)]
    assert identities(news) == [["A. Ruiz", *MERGED], AUSTWICK]


@pytest.mark.parametrize("pair", [("Ana Ruiz", "Ana Ruiz"), ("Ana Ruiz", "Nobody Atall"), ("Ana Ruiz", "0" * 16)])
def test_two_that_nothing_tells_apart_and_one_that_is_not_there(news: Path, pair: tuple[str, str]) -> None:
    assert judge(news, "different", *pair) != 0
    with sl.open(news) as ledger:
        assert list(ledger.judgements()) == []


def test_undoing_what_does_not_stand_names_the_command_that_lists(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(news, "undo", "unknown") != 0
    assert "sourceline judge list shows them" in capsys.readouterr().err


def test_what_cannot_be_followed_is_said_when_it_is_made_and_in_the_list(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(news, "same", "Ana Ruiz", "A. Ruiz") == 0
    assert judge(news, "same", "A. Ruiz", "Pell Austwick") == 0
    assert "cannot be followed" not in capsys.readouterr().out
    assert judge(news, "different", "Ana Ruiz", "Pell Austwick") == 0
    told = capsys.readouterr().out
    assert "cannot be followed" in told and "judged different" in told
    assert run(news, "judge", "list", "--json") == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [judgement["conflict"] is not None for judgement in listed] == [False, True, False]
    assert listed[1]["conflict"]["against"] == [listed[2]["id"]]
    assert judge(news, "undo", listed[2]["id"]) == 0
    capsys.readouterr()
    assert run(news, "judge", "list") == 0
    assert "cannot be followed" not in capsys.readouterr().out


def test_a_judgement_that_cannot_be_followed_from_the_first_says_so(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(news, "different", "Ana Ruiz", "Pell Austwick") == 0
    assert judge(news, "same", "Ana Ruiz", "A. Ruiz") == 0
    capsys.readouterr()
    assert judge(news, "same", "A. Ruiz", "Pell Austwick", "--json") == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert "judged different" in told["conflict"]["reason"]
