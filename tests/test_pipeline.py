"""What every reading holds to, whatever the text: spans, ownership, repeatability, boilerplate."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.clean.document import clean_record
from sourceline.model.reading import Failure, Reading
from sourceline.model.record import Record
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.pipeline import CloseReading, Pipeline, View
from sourceline.settings import Settings
from sourceline.show.json import reading_object
from training.markup import parse_markup

ARTICLES = sorted((Path(__file__).parent.parent / "evals" / "cases" / "articles").glob("*.txt"))
PIECES = st.sampled_from(
    [
        "Ana Ruiz said that exports fell.", "“We will wait,” said the minister.", "He denied it.", "\n", "\n\n",
        "“", "”", "'", '"', "according to a report", "The bridge reopened in May.", "Officials declined to comment.",
        "\u202e", "\x00", "مرحبا", "😀", "a" * 300, "  ", "-", "said", ":", "told the Harbor Ledger",
    ]
)  # fmt: skip


@cache
def pipeline() -> Pipeline:
    return Pipeline(Settings())


def read(text: str, clean: bool = False) -> Reading:
    return pipeline().read(clean_record(Record(id="x", text=text), Settings(clean=clean)))


def article(path: Path) -> str:
    return str(parse_markup(path.read_text("utf-8"))["text"])


def hold_invariants(reading: Reading) -> None:
    text = reading.document.text
    owner: dict[int, str] = {}
    for a in reading.attributions:
        assert a.cue
        assert a.content
        assert 0 <= a.confidence <= 1
        for span in (*a.source, *a.cue, *a.content):
            assert text[span.start : span.end] == span.text
            assert span.text == span.text.strip() != ""
        for span in (*a.cue, *a.content):
            for at in range(span.start, span.end):
                assert owner.setdefault(at, a.id) == a.id, "cue and content belong to one attribution"
    cues = [a.cue[0].start for a in reading.attributions]
    assert cues == sorted(cues)
    assert len({a.id for a in reading.attributions}) == len(cues)
    own = [u.span for u in reading.unattributed]
    assert own == sorted(own)
    for span in own:
        assert text[span.start : span.end] == span.text


@given(st.lists(PIECES, max_size=40).map(" ".join))
@settings(max_examples=30, deadline=None)
def test_spans_are_the_text_and_belong_to_one_attribution(text: str) -> None:
    reading = read(text)
    hold_invariants(reading)
    assert reading.document.text == text


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_articles_keep_the_invariants_and_read_twice_alike(path: Path) -> None:
    first, second = read(article(path)), read(article(path))
    hold_invariants(first)
    assert reading_object(first) == reading_object(second)


def test_a_batch_reads_like_one_by_one_and_keeps_its_order() -> None:
    texts = [article(path) for path in ARTICLES[:6]]
    documents = [clean_record(Record(id=str(i), text=text), Settings(clean=False)) for i, text in enumerate(texts)]
    failure = Failure(id="bad", kind="record", message="line 3 is no document")
    items: list[Document | Failure] = [*documents[:2], failure, *documents[2:]]
    batch = list(pipeline().read_many(items))
    assert batch[2] is failure
    alone = [pipeline().read(d) for d in documents]
    assert [reading_object(r) for r in batch if isinstance(r, Reading)] == [reading_object(r) for r in alone]


@pytest.mark.parametrize("path", ARTICLES[:8], ids=lambda p: p.stem)
def test_boilerplate_around_a_body_changes_none_of_its_attributions(path: Path) -> None:
    text = article(path)
    before = "Home | World | Business | Sport\nSign up to our newsletter\nShare this article\n\n"
    after = "\n\nFollow us on social media\nRead more: the ten best walks of the year\nAll rights reserved.\n"
    plain, dressed = read(text, clean=True), read(before + text + after, clean=True)

    def said(reading: Reading, shift: int) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
        return [
            (
                a.act.value,
                tuple(s.start - shift for s in (*a.source, *a.cue, *a.content)),
                tuple(s.text for s in a.content),
            )
            for a in reading.attributions
        ]

    assert said(dressed, len(before)) == said(plain, 0)


def test_a_line_of_boilerplate_within_a_quotation_parts_its_spans() -> None:
    text = "“The first half is over,” Mara Lind said. “And now\n\nAdvertisement\n\nwe wait for the second half.”"
    reading = read(text, clean=True)
    hold_invariants(reading)
    assert reading.attributions
    boilerplate = [r for r in reading.document.regions if r.kind is RegionKind.BOILERPLATE]
    for a in reading.attributions:
        assert boilerplate
        for span in a.content:
            assert not any(span.start < r.end and r.start < span.end for r in boilerplate)


def test_a_long_document_is_read_to_its_end() -> None:
    texts = [article(path) for path in ARTICLES[:5]]
    random.Random(7).shuffle(texts)
    long = "\n\n".join(texts)
    reading = read(long)
    hold_invariants(reading)
    apart = sum(len(read(text).attributions) for text in texts)
    assert abs(len(reading.attributions) - apart) <= 0.1 * apart
    assert reading.attributions[-1].cue[0].start > len(long) - len(texts[-1])


def test_a_language_that_is_not_read_gives_nothing_and_says_so() -> None:
    text = "Der Minister sagte am Montag, die Ausfuhren seien im Mai um vier Prozent gefallen. " * 4
    reading = read(text)
    assert reading.attributions == ()
    assert reading.unattributed == ()
    assert any("language de" in notice for notice in reading.notices)


FERRY = "Exports fell by four per cent in May, the trade ministry said."


def test_meanings_are_asked_for_by_spans_of_the_document() -> None:
    plain = clean_record(Record(id="x", text=FERRY), Settings(clean=False))
    read_plain = pipeline().read_closely(plain)
    content = read_plain.reading.attributions[0].content
    vectors = read_plain.meanings.vectors([content, (), content])
    assert vectors.shape == (3, 128)
    assert vectors[0].any()
    assert not vectors[1].any()
    assert np.array_equal(vectors[0], vectors[2])


def test_meanings_are_the_same_in_a_batch_and_on_one_thread() -> None:
    texts = [article(path) for path in ARTICLES[:3]]
    documents = [clean_record(Record(id=str(i), text=text), Settings(clean=False)) for i, text in enumerate(texts)]
    alone = Pipeline(Settings(threads=1))
    for document, read_there in zip(documents, pipeline().read_many_closely(documents), strict=True):
        assert isinstance(read_there, CloseReading)
        read_here = alone.read_closely(document)
        stretches = [a.content for a in read_here.reading.attributions]
        assert stretches
        assert np.array_equal(read_there.meanings.vectors(stretches), read_here.meanings.vectors(stretches))


def test_a_language_that_is_not_read_has_no_meanings() -> None:
    document = replace(
        clean_record(Record(id="x", text="Die Brücke ist seit Mai wieder offen."), Settings()), language="de"
    )
    span = Span.of(document.text, 0, 10)
    assert not pipeline().read_closely(document).meanings.vectors([[span]]).any()


@given(st.lists(st.sampled_from(list(RegionKind)), min_size=1, max_size=8), st.data())
def test_the_view_finds_again_what_it_has_placed(kinds: list[RegionKind], data: st.DataObject) -> None:
    lines = [f"Line {number} of it." for number in range(len(kinds))]
    text = "\n".join(lines)
    regions, at = [], 0
    for line, kind in zip(lines, kinds, strict=True):
        regions.append(Region(kind=kind, start=at, end=at + len(line)))
        at += len(line) + 1
    document = replace(clean_record(Record(id="x", text=text), Settings(clean=False)), regions=tuple(regions))
    view = View.of(document)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    spans = view.spans(document, start, end)
    found = "".join(view.text[low:high] for span in spans for low, high in view.ranges(span))
    assert found.replace("\n", "") == view.text[start:end].replace("\n", "")
