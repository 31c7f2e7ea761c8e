"""The real model on short texts of ours, where the answer is not in doubt."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

import pytest

import sourceline
from sourceline.clean.document import clean_record
from sourceline.model.reading import Reading
from sourceline.model.record import Record
from sourceline.model.speech import Act
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings
from training.markup import parse_markup

CASES = Path(__file__).parent.parent.parent / "evals" / "cases" / "articles"


@cache
def pipeline() -> Pipeline:
    return Pipeline(Settings())


def read(text: str, name: str = "x") -> Reading:
    return pipeline().read(clean_record(Record(id=name, text=text), Settings()))


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry has not denied the report.",
        "The ministry did not deny that it had paid.",
        "The ministry didn’t deny that it had paid.",
    ],
)
def test_who_does_not_deny_is_never_said_to_deny(sentence: str) -> None:
    text = f"Nobody in Karsova expected the letter to be published on Monday.\n\n{sentence} It was sent in May."
    acts = [a.act for a in read(text).attributions if "den" in a.cue[0].text]
    assert acts
    assert Act.DENY not in acts


def test_a_denial_a_refusal_and_the_outlets_own_voice() -> None:
    text = (
        "The port of Saltreach closed for two days in March.\n\n"
        "Its director, Mara Lind, denied that the cranes had failed.\n\n"
        "The harbour police declined to comment on the closure.\n"
    )
    reading = read(text)
    assert [(a.act, a.source[0].text) for a in reading.attributions] == [
        (Act.DENY, "Its director, Mara Lind,"),
        (Act.DECLINE, "The harbour police"),
    ]
    assert [u.span.text for u in reading.unattributed] == ["The port of Saltreach closed for two days in March."]


def test_a_hard_wrapped_paragraph_reads_like_an_unbroken_one() -> None:
    text = parse_markup((CASES / "03_pension_vote.txt").read_text("utf-8"))["text"]
    wrapped = "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in text.split("\n\n"))

    def said(reading: Reading) -> list[tuple[str, str, str]]:
        return [(a.act.value, a.quote.value, " ".join(a.wording.split())) for a in reading.attributions]

    assert said(read(wrapped)) == said(read(text))


def test_the_same_place_with_other_words_has_another_id() -> None:
    one, other = (read(f"Mara Lind said the {word} would close.", "d1") for word in ("port", "park"))
    assert one.attributions[0].id != other.attributions[0].id


def test_the_readme_example_reads() -> None:
    reading = sourceline.read_text("“Exports fell 4% in May,” said Ana Ruiz, the trade minister.")
    assert [(a.act.value, a.quote.value, a.wording) for a in reading.attributions] == [
        ("state", "direct", "“Exports fell 4% in May,”")
    ]
    assert reading.attributions[0].source[0].text == "Ana Ruiz, the trade minister"
