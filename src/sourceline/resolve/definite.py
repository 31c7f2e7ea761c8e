"""Whom a definite description that speaks stands for: "the senator", "the company", or nobody that the text names.

A linear model over a few features of each named entity near, with one more candidate for "none of them", trained by
`python -m training.definite` on labelled speakers.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sourceline.lexicon.nouns import NounClass, class_of, is_withheld, singular_of
from sourceline.lexicon.words import words_of
from sourceline.model.mention import Entity, EntityKind
from sourceline.model.source import SourceKind
from sourceline.resolve.known import KnownEntities
from sourceline.resolve.ranking import Floats, Ranker, load_ranker
from sourceline.resolve.source_phrases import Phrase

TABLE = "definite.json"
BEFORE, AFTER = 40, 8
"""How many mentions of named entities before and after a description are looked at."""
_NEAR = 400

FEATURES = (
    "person", "body", "same sentence", "sentence before", "two sentences before", "three to five before", "further",
    "only after", "same paragraph", "paragraph before", "further paragraph",
    "spoke last", "spoke last and near", "spoke before that", "has spoken", "foremost", "mentions", "reference",
    "function", "function alike", "another function", "noun in name", "kind", "another kind", "body spoke last",
    "body near", "modifier", "modifier elsewhere", "one fits",
    "none", "none for a body", "none for a document", "none withheld", "none introduced", "none modified",
    "none with a tail", "none possessed",
)  # fmt: skip

_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|[.!?][\"”’)]+\s+|\n+")
_LINE_END = re.compile(r"\n+")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BODY_NOUNS = (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA)
_PERSON_NOUNS = (NounClass.OFFICE, NounClass.PERSON)
_SETS = "candidates business lawmakers performers writers spokespeople companies groups agencies outlets"
_ALIKE = [words_of(f"alike {name}") for name in _SETS.split()]
_AGENCIES, _OUTLETS = words_of("alike agencies"), words_of("alike outlets")


class Observer(Protocol):
    """What training looks on with."""

    def note(self, phrase: Phrase, entities: Sequence[Entity], rows: Floats) -> None:
        """Is told of each description that is ranked; rows: (entities + 1, FEATURES), the last for none of them."""
        ...


@dataclass(frozen=True, slots=True)
class Ranking:
    """How descriptions are ranked, who looks on, and how sure an entity must be to be meant."""

    ranker: Ranker
    least: float = 0.6
    observer: Observer | None = None


def load_ranking() -> Ranking:
    return Ranking(load_ranker(TABLE, FEATURES))


class Descriptions:
    """The named entities of one text, as definite descriptions may mean them."""

    def __init__(self, text: str, known: KnownEntities, ranking: Ranking) -> None:
        self._text, self._known, self._ranking = text, known, ranking
        self._entities = [entity for entity, _ in known.named]
        found = sorted((m.start, i) for i, e in enumerate(self._entities) for m in e.mentions)
        self._starts, self._numbers = [start for start, _ in found], [i for _, i in found]
        self._sentences = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._lines = [match.end() for match in _LINE_END.finditer(text)]
        self._introduced: dict[str, int] | None = None

    def meant_by(self, phrase: Phrase, spoken: Sequence[tuple[int, Entity]], likely: Entity | None) -> Entity | None:
        """The entity that a description stands for, where one is sure enough. `spoken`: where who spoke before, in
        order; `likely`: what the reading of reference takes it for."""
        person = class_of(phrase.head) in _PERSON_NOUNS
        if phrase.is_plural or not (person or class_of(phrase.head) in (*_BODY_NOUNS, NounClass.DOCUMENT)):
            return None
        entities = [e for e in self._near(phrase.start) if (e.kind is EntityKind.PERSON) == person]
        rows = np.array([*self._rows(phrase, entities, spoken, likely, person), self._none(phrase)], np.float32)
        if self._ranking.observer is not None:
            self._ranking.observer.note(phrase, entities, rows)
        shares = self._ranking.ranker.shares(rows)
        best = max(range(len(shares)), key=shares.__getitem__)
        return entities[best] if best < len(entities) and shares[best] >= self._ranking.least else None

    def is_named_by(self, entity: Entity, phrase: Phrase) -> bool:
        """Whether the noun of a description stands in the entity's name."""
        return singular_of(phrase.head) in self._known.nouns_of(entity)

    def _near(self, at: int) -> list[Entity]:
        middle = bisect_left(self._starts, at)
        around = self._numbers[max(0, middle - BEFORE) : middle + AFTER]
        return [self._entities[i] for i in dict.fromkeys(around)]

    def _rows(
        self,
        phrase: Phrase,
        entities: Sequence[Entity],
        spoken: Sequence[tuple[int, Entity]],
        likely: Entity | None,
        person: bool,
    ) -> list[list[float]]:
        speakers = [entity for _, entity in spoken[-1:-12:-1]]
        near = bool(spoken) and phrase.start - spoken[-1][0] < _NEAR
        before = next((entity for entity in speakers[1:] if entity is not speakers[0]), None)
        counts = [sum(m.start < phrase.start for m in e.mentions[:60]) for e in entities]
        most = max(counts, default=0)
        fits = [self._fits(phrase, e, person) for e in entities]
        outlet = singular_of(phrase.head) in _OUTLETS
        tells = [fit[0] or fit[3] or (outlet and fit[4]) for fit in fits]
        alone = sum(tells) == 1
        rows = []
        for told, entity, count, (exact, alike, other, in_name, kind) in zip(
            tells, entities, counts, fits, strict=True
        ):
            last = self._last_before(entity, phrase.start)
            gap = 99 if last is None else self._between(self._sentences, last, phrase.start)
            lines = 99 if last is None else self._between(self._lines, last, phrase.start)
            spoke_last = bool(speakers) and speakers[0] is entity
            beside, elsewhere = self._modifiers(phrase, entity)
            rows.append([
                person, not person, gap == 0, gap == 1, gap == 2, 3 <= gap <= 5, 5 < gap < 99,
                last is None, lines == 0, lines == 1, 1 < lines < 99,
                spoke_last, spoke_last and near, before is entity, any(speaker is entity for speaker in speakers),
                count == most > 0, math.log1p(count), likely is entity,
                exact, alike, other, in_name, kind, not person and not kind, not person and spoke_last,
                not person and gap < 2, beside, elsewhere, told and alone,
                *(0.0,) * 8,
            ])  # fmt: skip
        return rows

    def _none(self, phrase: Phrase) -> list[float]:
        noun = class_of(phrase.head)
        modified = max(0, len(phrase.words) - 2)
        tail = [
            1.0, noun in _BODY_NOUNS, noun is NounClass.DOCUMENT, is_withheld(phrase.head),
            self._is_introduced(phrase), min(modified, 3),
            phrase.end > phrase.core[1] + 1, phrase.possessor is not None,
        ]  # fmt: skip
        return [*(0.0,) * (len(FEATURES) - len(tail)), *tail]

    def _fits(self, phrase: Phrase, entity: Entity, person: bool) -> tuple[bool, bool, bool, bool, bool]:
        """Whether the noun is the entity's function, is like it, is another than any; stands in its name; is of its
        kind."""
        noun = singular_of(phrase.head)
        functions = self._known.functions_of(entity)
        exact = noun in functions
        alike = not exact and any(noun in words and not words.isdisjoint(functions) for words in _ALIKE)
        in_name = not person and noun in self._known.nouns_of(entity)
        kind = not person and self._known.kind_of(entity) in _kinds_of(phrase)
        return exact, alike, bool(functions) and not exact and not alike, in_name, kind

    def _modifiers(self, phrase: Phrase, entity: Entity) -> tuple[float, float]:
        """The share of the noun's modifiers that stand beside the entity's names, and of those that do not."""
        core = self._text[phrase.core[0] : phrase.core[1]]
        words = {word.lower() for word in _WORD.findall(core)[:-1]}
        if not words:
            return 0.0, 0.0
        beside = len(words & self._known.words_beside(entity)) / len(words)
        return beside, 1.0 - beside

    def _is_introduced(self, phrase: Phrase) -> bool:
        """Whether the text has the noun with "a" before: "a judge ... the judge"."""
        if self._introduced is None:
            self._introduced = {}
            for match in re.finditer(r"\b[Aa]n?\s(?:[\w’'-]+\s){0,3}?([a-z][\w-]+)", self._text):
                for word in _WORD.findall(match[0])[1:]:
                    self._introduced.setdefault(word.lower(), match.start())
        return self._introduced.get(phrase.head.lower(), len(self._text)) < phrase.start

    def _last_before(self, entity: Entity, at: int) -> int | None:
        starts = self._known.starts_of(entity)
        place = bisect_left(starts, at)
        return starts[place - 1] if place else None

    def _between(self, ends: Sequence[int], start: int, end: int) -> int:
        return bisect_right(ends, end) - bisect_right(ends, start)


def _kinds_of(phrase: Phrase) -> tuple[SourceKind, ...]:
    """The kinds of names that a noun for a body may tell of: an agency may be the state's, a paper is an outlet."""
    noun = singular_of(phrase.head)
    if noun in _OUTLETS or "news" in (word.lower() for word in phrase.words):
        return (SourceKind.MEDIA,)
    if noun in _AGENCIES:
        return SourceKind.GOVERNMENT, SourceKind.ORGANISATION
    if class_of(noun) is NounClass.GOVERNMENT:
        return (SourceKind.GOVERNMENT,)
    return (SourceKind.ORGANISATION,)
