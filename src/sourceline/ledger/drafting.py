"""A text that is not in the ledger, and which of the ledger's claims it puts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from sourceline.clean.document import clean_page, clean_record
from sourceline.collect.files import read_source
from sourceline.ledger.matcher import Matcher
from sourceline.ledger.nodes import short_key
from sourceline.match.claims import Sketch
from sourceline.model.claim import Article, Mention, Relation
from sourceline.model.record import Record
from sourceline.model.text import Document
from sourceline.settings import Settings
from sourceline.store.claim_contract import ClaimStore

_SURE = 0.5
"""Probability from which a mention of the draft and one of the ledger are held to put the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A mention of a draft, and the ledger's mention (by its number) that is most like it."""

    mention: Mention
    number: int
    relation: Relation
    probability: float


def draft_document(draft: str | os.PathLike[str], settings: Settings, published: str | None = None) -> Document:
    """The document of a text, or of the file at a path (- for standard input). Raises InputError."""
    if isinstance(draft, str):
        return clean_record(Record(text=draft, published=published), settings)
    return clean_page(read_source(os.fspath(draft), settings), settings, published=published)


def relate_draft(draft: Article, claims: ClaimStore, matcher: Matcher) -> Iterator[Related]:
    """Each mention of the draft that the ledger knows, with the likeliest of the ledger's mentions; and with the
    likeliest of those that give another figure."""
    finder = _Finder(draft, claims, matcher)
    for mention, sketch in zip(draft.mentions, matcher.sketches(draft), strict=True):
        yield from finder.relate(mention, sketch)


class _Finder:
    def __init__(self, draft: Article, claims: ClaimStore, matcher: Matcher) -> None:
        self._draft = draft
        self._claims = claims
        self._matcher = matcher
        self._kept: dict[int, tuple[Article, int]] = {}
        self._sketches: dict[int, Sketch] = {}
        self._stories = sorted(self._of_story())

    def relate(self, mention: Mention, sketch: Sketch) -> Iterator[Related]:
        wording, *keys = self._matcher.keys(sketch)
        if same := self._claims.holders(f"w{wording}", 1):
            yield Related(mention=mention, number=same[0], relation=Relation.SAME, probability=1.0)
            return
        numbers = set(self._stories)
        for key in keys:
            held = self._claims.holders(short_key("k", key), self._matcher.most_nodes + 1)
            numbers.update(held if len(held) <= self._matcher.most_nodes else ())
        ordered = sorted(numbers)
        found = self._matcher.compare([(sketch, self._sketch(number)) for number in ordered])
        alike = [
            Related(mention=mention, number=number, relation=likeness.relation, probability=likeness.probability)
            for number, likeness in zip(ordered, found, strict=True)
            if likeness is not None and likeness.probability >= _SURE
        ]
        for rivals in (False, True):
            of_kind = [r for r in alike if (r.relation is Relation.RIVAL) is rivals]
            if of_kind:
                yield max(of_kind, key=lambda r: (r.probability, -r.number))

    def _of_story(self) -> Iterator[int]:
        """The nodes of articles that tell the same story."""
        for key in self._matcher.story_keys(self._draft):
            held = self._claims.holders(short_key("s", key), self._matcher.most_articles + 1)
            for own in held if len(held) <= self._matcher.most_articles else ():
                article, first = self._article(own + 1)
                numbers = range(first, first + len(article.mentions))
                yield from (number for number in numbers if self._claims.node_of(number) is None)

    def _sketch(self, number: int) -> Sketch:
        sketch = self._sketches.get(number)
        if sketch is None:
            article, first = self._article(number)
            self._sketches |= {first + i: made for i, made in enumerate(self._matcher.sketches(article))}
            sketch = self._sketches[number]
        return sketch

    def _article(self, number: int) -> tuple[Article, int]:
        found = self._kept.get(number)
        if found is None:
            found = self._claims.article_at(number)
            assert found is not None, "a mention has an article"
            for place in range(max(1, len(found[0].mentions))):
                self._kept[found[1] + place] = found
        return found
