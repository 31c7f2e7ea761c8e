"""Storylines with gold: documents read and seen as articles, gold mentions found among their mentions.

A storyline is a folder with `documents.jsonl` and `gold.json` (FORMATS, "Gold storylines"). A gold mention is found as
the ledger's scorer finds it: character IoU of at least a half, or inside a mention at most three times as long.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sourceline.clean.document import clean_record
from sourceline.match.mentions import article_of
from sourceline.model.claim import Article, Claim, Member, Mention, Stance
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.record import Record
from sourceline.model.text import Document
from sourceline.pipeline import DocumentMeanings, Pipeline
from sourceline.resolve.identity import profile_of
from sourceline.settings import Settings

OURS = Path(__file__).resolve().parent.parent / "training" / "storylines"
_FIELDS = ("id", "url", "outlet", "outlet_kind", "published", "title", "byline", "text")


@dataclass(frozen=True, slots=True)
class GoldMention:
    claim: str
    number: int
    document: str
    start: int
    end: int
    stance: Stance
    origin: str | None
    source: str | None


@dataclass(frozen=True)
class Storyline:
    """A storyline as read. Articles by the id given with the document, which is their version's id too."""

    name: str
    articles: dict[str, Article]
    texts: dict[str, str]
    gold: dict[str, Any]

    @cached_property
    def wanted(self) -> list[GoldMention]:
        return [
            GoldMention(
                claim=claim["id"],
                number=number,
                document=mention["doc"],
                start=(at := find_nth(self.texts[mention["doc"]], mention["text"], mention.get("n") or 0)),
                end=at + len(mention["text"]),
                stance=Stance(mention["stance"]),
                origin=mention["origin"],
                source=mention["source"],
            )
            for claim in self.gold["claims"]
            for number, mention in enumerate(claim["mentions"])
        ]

    @cached_property
    def found(self) -> dict[GoldMention, Mention]:
        """Gold mentions with the mention that covers each: one to one, the best cover first."""
        candidates = []
        for gold in self.wanted:
            for mention in self.articles[gold.document].mentions:
                cover = _cover(gold, mention)
                if cover > 0:
                    candidates.append((cover, gold.claim, gold.number, mention.id, gold, mention))
        found: dict[GoldMention, Mention] = {}
        taken: set[str] = set()
        for *_, gold, mention in sorted(candidates, key=lambda c: (-c[0], *c[1:4])):
            if gold not in found and mention.id not in taken:
                found[gold] = mention
                taken.add(mention.id)
        return found

    def gold_claims(self) -> Iterator[tuple[dict[str, Any], Claim]]:
        """Each gold claim with the claim that its found mentions make, as a matcher without fault would give it."""
        by_claim: dict[str, list[GoldMention]] = defaultdict(list)
        for gold in self.found:
            by_claim[gold.claim].append(gold)
        for claim in self.gold["claims"]:
            held = sorted(by_claim[claim["id"]], key=lambda g: (self.articles[g.document].time, g.document, g.start))
            if held:
                members = tuple(
                    Member(mention=self.found[g].id, version=g.document, stance=g.stance, certainty=1.0) for g in held
                )
                drift = claim.get("drift")
                yield (
                    claim,
                    Claim(
                        id=members[0].mention,
                        statement=claim["statement"],
                        members=members,
                        quantity=drift["what"] if drift else None,
                    ),
                )


def storyline_folders(data: Path | None) -> list[Path]:
    """Those to measure on that are there: the shared ones, which nothing is trained on."""
    folder = (data or Path()) / "ledger_dev"
    return sorted(path.parent for path in folder.glob("*/gold.json")) if data else []


def read_storyline(
    folder: Path,
    read: Callable[[Document], Reading],
    article: Callable[[Version, Reading], Article] | None = None,
) -> Storyline:
    """Reads a storyline's documents. `article`: how a version and its reading become an article, `article_of` with the
    profiles of its sources if none is given."""
    lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    return make_storyline(folder.name, records, gold, read, article)


def make_storyline(
    name: str,
    records: Iterable[dict[str, Any]],
    gold: dict[str, Any],
    read: Callable[[Document], Reading],
    article: Callable[[Version, Reading], Article] | None = None,
) -> Storyline:
    """A storyline of documents given as records."""
    make = article or make_article
    articles, texts = {}, {}
    for record in records:
        reading = read(clean_record(Record(**{f: record[f] for f in _FIELDS if f in record}), Settings()))
        version = version_of(record, reading)
        articles[version.name] = make(version, reading)
        texts[version.name] = reading.document.text
    return Storyline(name, articles, texts, gold)


def make_article(version: Version, reading: Reading) -> Article:
    """`article_of` with the profiles of the sources."""
    profiles = {source.id: profile_of(source) for source in reading.sources}
    return article_of(version, reading, profiles={id: p.id for id, p in profiles.items() if p is not None})


def version_of(record: dict[str, Any], reading: Reading) -> Version:
    """The version that a document would be in a ledger, named by the document's id."""
    return Version(
        id=record["id"],
        key=record["id"],
        name=record["id"],
        number=1,
        at=datetime(2000, 1, 1, tzinfo=UTC),
        text_sha256="",
        sha256=reading.document.sha256,
        url=record.get("url"),
        outlet=record.get("outlet"),
        outlet_kind=record.get("outlet_kind"),
        title=record.get("title"),
        published=record.get("published"),
    )


def find_nth(text: str, words: str, number: int) -> int:
    """Where words stand in a text for the n-th time, from 0. Raises ValueError where they do not."""
    at = -1
    for _ in range(number + 1):
        at = text.index(words, at + 1)
    return at


def b_cubed(gold: Sequence[object], made: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F of one grouping against another, both given as a label for each item (Bagga & Baldwin
    1998)."""
    groups, clusters = defaultdict[object, set[int]](set), defaultdict[object, set[int]](set)
    for place, (g, m) in enumerate(zip(gold, made, strict=True)):
        groups[g].add(place)
        clusters[m].add(place)
    if not gold:
        return 0.0, 0.0, 0.0
    pairs = list(zip(gold, made, strict=True))
    precision = sum(len(groups[g] & clusters[m]) / len(clusters[m]) for g, m in pairs) / len(pairs)
    recall = sum(len(groups[g] & clusters[m]) / len(groups[g]) for g, m in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _cover(gold: GoldMention, mention: Mention) -> float:
    shared = sum(max(0, min(gold.end, s.end) - max(gold.start, s.start)) for s in mention.spans)
    if not shared:
        return 0.0
    length, wanted = sum(s.end - s.start for s in mention.spans), gold.end - gold.start
    overlap = shared / (length + wanted - shared)
    return overlap if overlap >= 0.5 or (shared == wanted and length <= 3 * wanted) else 0.0


class CloseReader:
    """Reads documents, and makes articles whose mentions have their meaning vectors."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._meanings: dict[str, DocumentMeanings] = {}

    def read(self, document: Document) -> Reading:
        close = self._pipeline.read_closely(document)
        self._meanings[close.reading.document.sha256] = close.meanings
        return close.reading

    def article(self, version: Version, reading: Reading) -> Article:
        """Of a reading that this reader gave."""
        article = make_article(version, reading)
        vectors = self._meanings[reading.document.sha256].vectors([mention.spans for mention in article.mentions])
        mentions = (replace(m, vector=v.tobytes()) for m, v in zip(article.mentions, vectors, strict=True))
        return replace(article, mentions=tuple(mentions))
