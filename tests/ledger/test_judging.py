"""Who is who, decided from the command line: by name, by profile, changed and taken back."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sourceline as sl
from sourceline import cli
from sourceline.errors import NotFound
from sourceline.model.reading import Reading
from sourceline.model.source import SourceKind
from sourceline.model.text import Document
from tests.ledger.by_hand import ByHand, pipeline_module

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


# ids that were absorbed -----------------------------------------------------------------------------------------------


@pytest.fixture
def absorbed(news: Path) -> str:
    """The id of an identity that is one with another since."""
    with sl.open(news) as ledger:
        one, other = sorted(ledger.source(name).identity for name in ("Ana Ruiz", "A. Ruiz"))
        ledger.judge("same", one, other, by="Kim")
        assert ledger.source(one).identity == one
    return other


def test_an_absorbed_id_leads_to_the_merged_source(
    news: Path, absorbed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with sl.open(news) as ledger:
        merged = ledger.source("Ana Ruiz")
        assert merged.identity != absorbed
        assert (ledger.source(absorbed), ledger.identity_of(absorbed)) == (merged, merged.identity)
        assert ledger.profiles(absorbed) == ledger.profiles(merged.identity)
        found = [f.attribution.id for f in ledger.search(identity=merged.identity)]
        assert len(found) == 3
        assert [f.attribution.id for f in ledger.search(identity=absorbed)] == found
        assert ledger.count(sl.Query(identity=absorbed)) == 3
    assert dossier(news, absorbed, capsys) == dossier(news, "Ana Ruiz", capsys)
    assert run(news, "search", "--source", absorbed, "--json") == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == found


def test_who_judges_with_an_absorbed_id_means_the_merged_source(news: Path, absorbed: str) -> None:
    with sl.open(news) as ledger:
        judged = ledger.judge("same", absorbed, ledger.source("Austwick").identity, by="Kim")
        assert all(named.role for named in judged.sources), "the merged source says more than its name"
    assert identities(news) == [["A. Ruiz", *MERGED, *AUSTWICK]]


def test_an_absorbed_id_parts_what_a_judgement_joined(news: Path, absorbed: str) -> None:
    with sl.open(news) as ledger:
        ledger.judge("different", absorbed, ledger.source(absorbed).identity, by="Kim")
    assert identities(news) == [["A. Ruiz"], MERGED, AUSTWICK]


def test_an_id_that_nobody_has_leads_nowhere(news: Path, absorbed: str) -> None:
    with sl.open(news) as ledger:
        assert ledger.identity_of("0" * 16) is None
        with pytest.raises(NotFound):
            ledger.source("0" * 16)
        assert list(ledger.search(identity="0" * 16)) == []


# one name, two kinds --------------------------------------------------------------------------------------------------


@pytest.fixture
def two_kinds(news: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of two sources of one name, once read as an agency of state and once as one that reports."""

    class Agencies(ByHand):
        def read(self, document: Document) -> Reading:
            kind = SourceKind.MEDIA if "reported" in document.text else SourceKind.GOVERNMENT
            reading = super().read(document)
            return replace(reading, sources=tuple(replace(s, kind=kind) for s in reading.sources))

    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module(Agencies))
    texts = news.parent / "agencies.jsonl"
    wordings = ("Veldan Press Bureau said the strait was open.", "Veldan Press Bureau said what others reported.")
    texts.write_text("".join(json.dumps({"id": f"k{n}", "text": text}) + "\n" for n, text in enumerate(wordings)))
    with sl.open(news) as ledger:
        ledger.add(texts)
        return [s.identity for s in ledger.sources("Veldan Press Bureau")]


def test_two_of_one_name_and_different_kinds_are_judged_by_their_ids(news: Path, two_kinds: list[str]) -> None:
    one, other = two_kinds
    with sl.open(news) as ledger:
        assert {one, other} in [{p.first, p.second} for p in ledger.proposals()]
        judged = ledger.judge("same", one, other, by="Kim")
        assert {(s.name, s.kind) for s in judged.sources} == {
            ("Veldan Press Bureau", SourceKind.MEDIA),
            ("Veldan Press Bureau", SourceKind.GOVERNMENT),
        }
        assert not ledger.conflicts()
        assert len(ledger.profiles(one)[0]) == 2 and ledger.identity_of(one) == ledger.identity_of(other)
        assert list(ledger.judgements()) == [judged], "it comes back as it was made"
        assert list(ledger.verify()) == []
        assert list(ledger.proposals()) == []


def test_two_of_one_name_and_different_kinds_stay_apart_when_somebody_says_so(news: Path, two_kinds: list[str]) -> None:
    with sl.open(news) as ledger:
        ledger.judge("different", *two_kinds, by="Kim")
        assert not ledger.conflicts()
        assert [s.identity for s in ledger.sources("Veldan Press Bureau")] == two_kinds
        assert not any({p.first, p.second} == set(two_kinds) for p in ledger.proposals())
    assert judge(news, "same", *two_kinds) == 0, "the later word on the very same pair counts"
    with sl.open(news) as ledger:
        assert len({ledger.identity_of(id) for id in two_kinds}) == 1


def test_kinds_are_shown_where_they_tell_two_apart(
    news: Path, two_kinds: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(news, "different", *two_kinds) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Veldan Press Bureau (government) / Veldan Press Bureau (media)" in shown
    assert run(news, "judge", "list", "--json") == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [source["kind"] for source in told["sources"]] == ["government", "media"]
