"""Learned from: sentences and clauses of many texts, events told several times, and pairs that people rated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.data import DATA, read_fiction, read_polnear
from training.worlds import LONGEST, SHORTEST, Member, Range, Stretch, World, cut_text, find_clauses, read_rows

HELD_OUT_YEARS = (2015, 2016)
"""News pairs of these years are for measuring."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and how alike people found them, 0 to 1."""

    first: str
    second: str
    score: float
    news: bool
    year: int


def read_stretches(storylines: Iterable[Path]) -> Iterator[Stretch]:
    """What the teacher is asked about: no text that serves measuring."""
    for folder in storylines:
        for file in sorted(folder.glob("*/documents.jsonl")):
            for row in read_rows(file):
                yield from cut_text(row["text"])
    for document in read_polnear("train"):
        for spoken in document.layers[0]:
            yield Stretch(document.text, tuple(spoken.content))
        yield from cut_text(document.text)
    for document in read_fiction():
        yield from cut_text(document.text)
    for name in ("ecbplus/train", "meantime/train", "wikinews_raw/articles"):
        for row in read_rows(DATA / f"{name}.jsonl"):
            yield from cut_text(row["text"])
    for row in read_rows(DATA / "gum" / "train.jsonl"):
        if "NC" not in row["text_license"].upper():
            yield from cut_text(row["text"])
    for row in read_rows(DATA / "factuality" / "uds_ih2_train.jsonl"):
        yield from cut_text(row["text"])
    for pair in read_pairs():
        if pair.year not in HELD_OUT_YEARS:
            yield from (Stretch(text, ((0, len(text)),)) for text in (pair.first, pair.second))


def read_pairs() -> list[Pair]:
    rows = read_rows(DATA / "pairs" / "sts_2012_2016.jsonl")
    return [Pair(row["a"], row["b"], row["score"] / 5, row["news"], row["year"]) for row in rows]


def read_event_worlds(split: str) -> list[World]:
    """ECB+: sentences and clauses by the events they tell of, in the sentences that were validated."""
    topics: dict[str, list[Member]] = {}
    for row in read_rows(DATA / "ecbplus" / f"{split}.jsonl"):
        validated = set(row["validated_sents"])
        events = [
            (span, m["chain"])
            for m in row["mentions"]
            if m["kind"] == "event" and m["chain"] and m["sent"] in validated
            for span in m["spans"][:1]
        ]
        sentences = [(s, e) for s, e, number in row["sents"] if number in validated]
        topics.setdefault(str(row["topic"]), []).extend(_members(row["text"], row["id"], sentences, events))
    return [World(name, tuple(members)) for name, members in sorted(topics.items())]


def read_meantime_worlds() -> list[World]:
    topics: dict[str, list[Member]] = {}
    for row in read_rows(DATA / "meantime" / "train.jsonl"):
        sentences = [tuple(span) for span in row["sents"][: row["last_annotated_sent"] + 1]]
        events = [
            (m["spans"][0], m["chain"]) for m in row["mentions"] if m["tag"].startswith("EVENT") and m.get("chain")
        ]
        topics.setdefault(row["topic"], []).extend(_members(row["text"], row["id"], sentences, events))
    return [World(name, tuple(members)) for name, members in sorted(topics.items())]


def _members(
    text: str, document: str, sentences: Iterable[Range], events: Sequence[tuple[Range, str]]
) -> Iterator[Member]:
    for start, end in sentences:
        for low, high in dict.fromkeys([(start, end), *find_clauses(text, start, end)]):
            about = frozenset(chain for (s, e), chain in events if low <= s and e <= high)
            if about and high - low >= SHORTEST:
                yield Member(Stretch(text, ((low, high),)), document, about, (low, high) == (start, end))


def draw_stretches(count: int, storylines: Iterable[Path] = ()) -> list[Stretch]:
    """`count` of them, drawn by the digests of their wordings, so that a larger draw holds a smaller one."""
    by_wording = {s.wording: s for s in read_stretches(storylines) if SHORTEST <= len(s.wording) <= LONGEST}
    order = sorted(by_wording, key=lambda wording: hashlib.sha256(wording.encode()).digest())
    return [by_wording[wording] for wording in order[:count]]
