"""A person's word on one attribution."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sourceline as sl
from sourceline.errors import NotFound, UsageError
from sourceline.ledger.ledger import Ledger
from sourceline.ledger.reviewing import Correction, correct_attribution, judge_attribution
from sourceline.model.judgement import Verdict
from sourceline.model.speech import Act, Attribution, Quotation
from tests.ledger.by_hand import pipeline_module

TEXT = "Ana Ruiz said the “depot” was shut. Pell Austwick denied any talks."


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    given = tmp_path / "given.jsonl"
    given.write_text(json.dumps({"id": "d1", "text": TEXT}) + "\n")
    with sl.open(tmp_path / "news.db") as opened:
        opened.add(given)
        yield opened


def version(ledger: Ledger) -> str:
    return next(ledger.versions()).id


def stands(ledger: Ledger) -> list[Attribution]:
    return list(ledger.reading(version(ledger)).attributions)


def at(words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(words), TEXT.index(words) + len(words))]


def test_wrong_ones_stand_no_more(ledger: Ledger) -> None:
    first, second = stands(ledger)
    judged = judge_attribution(ledger, version(ledger), first.id, "wrong", by="Kim")
    assert stands(ledger) == [second]
    assert (judged.by, judged.verdict, judged.attribution) == ("Kim", Verdict.WRONG, first)
    with pytest.raises(NotFound):
        judge_attribution(ledger, version(ledger), first.id, "right", by="Kim")
    ledger.undo(judged.id, by="Kim")
    assert stands(ledger) == [first, second]


def test_a_correction_keeps_the_speaker_and_can_be_taken_back(ledger: Ledger) -> None:
    before, other = stands(ledger)
    correction = Correction(source=at("Ana Ruiz"), cue=at("said"), content=at("“depot”"), act=Act.WARN)
    made = correct_attribution(ledger, version(ledger), before.id, correction, by="Kim")
    after = stands(ledger)[0]
    assert (after.wording, after.act, after.quote) == ("“depot”", Act.WARN, Quotation.DIRECT)
    assert after.speaker == before.speaker
    for judgement in made:
        ledger.undo(judgement.id, by="Kim")
    assert stands(ledger) == [before, other]


def test_another_source_is_another_speaker(ledger: Ledger) -> None:
    before = stands(ledger)[0]
    correction = Correction(source=at("Pell Austwick"), cue=at("said"), content=at("was shut"), act=Act.STATE)
    correct_attribution(ledger, version(ledger), before.id, correction, by="Kim")
    reading = ledger.reading(version(ledger))
    source = reading.source_of(reading.attributions[0])
    assert source is not None and source.name == "Pell Austwick"


def test_what_is_missing_is_added(ledger: Ledger) -> None:
    correction = Correction(source=[], cue=at("talks"), content=at("Pell"), act=Act.QUESTION)
    with pytest.raises(UsageError, match="belongs to another"):
        correct_attribution(ledger, version(ledger), None, correction, by="Kim")
    free = Correction(source=[], cue=at("Ana"), content=at("Pell"), act=Act.QUESTION)
    correct_attribution(ledger, version(ledger), None, free, by="Kim")
    assert len(stands(ledger)) == 3


@pytest.mark.parametrize(
    ("cue", "content", "by", "words"),
    [
        ([], [(0, 3)], "Kim", "needs the words"),
        ([(0, 3)], [], "Kim", "needs the words"),
        ([(0, 3)], [(2, 5)], "Kim", "given twice"),
        ([(0, 3)], [(5, 5)], "Kim", "does not lie"),
        ([(0, 3)], [(-1, 5)], "Kim", "does not lie"),
        ([(0, 3)], [(40, 4000)], "Kim", "does not lie"),
        ([(0, 3)], [(4, 8)], " ", "author"),
    ],
)
def test_what_cannot_be(
    ledger: Ledger, cue: list[tuple[int, int]], content: list[tuple[int, int]], by: str, words: str
) -> None:
    correction = Correction(source=[], cue=cue, content=content, act=Act.STATE)
    with pytest.raises(UsageError, match=words):
        correct_attribution(ledger, version(ledger), None, correction, by=by)
    assert list(ledger.judgements()) == []


@pytest.mark.parametrize("verdict", ["same", "maybe", ""])
def test_no_such_verdict(ledger: Ledger, verdict: str) -> None:
    with pytest.raises(UsageError, match="right or wrong"):
        judge_attribution(ledger, version(ledger), stands(ledger)[0].id, verdict, by="Kim")


def test_no_such_text(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        judge_attribution(ledger, "none", "none", "right", by="Kim")
