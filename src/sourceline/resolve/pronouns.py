"""Who "he" and "she" are where they speak: the clusters so far, ranked by where and how they were mentioned last.

A linear model over a few features of each candidate, one of them what the scorer of antecedents says, trained by
`python -m training.pronouns` on labelled speakers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sourceline.model.mention import MentionForm
from sourceline.resolve.agreement import PREPOSITIONS
from sourceline.resolve.mentions import Mentions
from sourceline.resolve.ranking import Ranker, load_ranker

Floats = NDArray[np.float32]
TABLE = "pronouns.json"

RECENT = 24
"""How many of the clusters mentioned last are looked at."""

FEATURES = (
    "same sentence", "sentence before", "two sentences before", "three to five before", "further",
    "same paragraph", "paragraph before", "further paragraph",
    "described in same sentence", "described in sentence before",
    "subject", "subject of same sentence", "subject of sentence before",
    "spoke last", "spoke last and near", "spoke before that", "has spoken",
    "in quotation", "both in one quotation", "possessor", "pronoun last", "named", "mentions", "agreement", "person",
    "place", "organisation", "scorer",
)  # fmt: skip

_CALLED_BACK = re.compile(
    r"(?:,? \(?(?:aged )?\d{1,3}\)?,?|,[^,.;:!?“”\"\n]{2,80},|\s\([^)\n]{1,40}\)|\s—[^—.\n]{2,80}—|,? who\b)?"
    r"\s([a-z][\w’'-]*)"
)
"""What stands behind a subject: perhaps an apposition, then a word in small letters."""
_POSSESSOR = re.compile(r"['’]s?(?!\w)")
_BEFORE = re.compile(r"([\w’'-]+)[^\w\n]{1,3}$")
_NO_VERBS = PREPOSITIONS | {"and", "or", "but", "nor"}
_NOMINATIVE = frozenset(("he", "she", "i", "we", "they"))
_NEAR = 400


class Observer(Protocol):
    """What training looks on with."""

    def note(self, mentions: Mentions, mention: int, roots: Sequence[int], rows: Floats) -> None:
        """Is told of each pronoun that is ranked: its number, the first mention of each candidate cluster, features."""
        ...


@dataclass(frozen=True, slots=True)
class Ranking:
    """How pronouns are ranked, and who looks on."""

    ranker: Ranker
    observer: Observer | None = None


def load_ranking() -> Ranking:
    return Ranking(load_ranker(TABLE, FEATURES))


@dataclass(slots=True)
class Seen:
    """What is known of a cluster up to some place of the text: mention numbers, counts and sums."""

    last: int
    described: int
    count: int = 0
    named: bool = False
    spoke: bool = False
    kinds: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    gender: list[float] = field(default_factory=lambda: [0.0, 0.0])


class Speakers:
    """The clusters of one text as they come by, and for a pronoun that speaks how probable each of them is."""

    def __init__(self, text: str, mentions: Mentions, genders: Floats, ranking: Ranking) -> None:
        self._text, self._mentions, self._ranking = text, mentions, ranking
        self._genders = genders[:, :2].tolist()
        self._sentences, self._paragraphs = mentions.sentences.tolist(), mentions.paragraphs.tolist()
        self._quotes, self._spoken = mentions.quotes.tolist(), mentions.spoken.tolist()
        self._kinds = mentions.kinds.tolist()
        self._seen: dict[int, Seen] = {}
        self._recent: dict[int, None] = {}
        self._spoke: list[tuple[int, int]] = []
        self._subjects: dict[int, bool] = {}

    def pass_by(self, mention: int, root: int) -> None:
        """Tells that the next mention of the text belongs to a cluster."""
        seen = self._seen.setdefault(root, Seen(mention, -1))
        placed = self._mentions.placed[mention]
        seen.last = mention
        if placed.form is not MentionForm.PRONOUN:
            seen.described = mention
            seen.count += 1
            seen.named |= placed.form is MentionForm.NAME
            for i, share in enumerate(self._kinds[mention]):
                seen.kinds[i] += share
        for i, share in enumerate(self._genders[mention]):
            seen.gender[i] += share if placed.form is not MentionForm.PRONOUN else 0.0
        self._recent.pop(root, None)
        self._recent[root] = None
        if len(self._recent) > 2 * RECENT:
            for old in list(self._recent)[:RECENT]:
                del self._recent[old]
        if self._spoken[mention] and (placed.form is MentionForm.PRONOUN or placed.kinds[0] > 0.5):
            seen.spoke = True
            self._spoke = [*self._spoke[-1:], (mention, root)]

    def join(self, own: int, other: int) -> None:
        """Tells that a cluster became part of another."""
        mine = self._seen.pop(own, None)
        self._recent.pop(own, None)
        if mine is None:
            return
        theirs = self._seen.setdefault(other, Seen(mine.last, mine.described))
        theirs.last, theirs.described = max(theirs.last, mine.last), max(theirs.described, mine.described)
        theirs.count += mine.count
        theirs.named |= mine.named
        theirs.spoke |= mine.spoke

    def candidates(self, mention: int, shares: Mapping[int, float]) -> tuple[list[int], Floats]:
        """The clusters that a pronoun may mean, and their features: (n, FEATURES). `shares`: what the scorer gives."""
        roots = [root for root in list(self._recent)[-RECENT:] if self._seen[root].described >= 0]
        roots += [root for root in shares if root not in self._recent and root in self._seen]
        roots = [root for root in dict.fromkeys(roots) if self._seen[root].described >= 0]
        rows = [self._features(mention, root, shares.get(root, 0.0)) for root in roots]
        return roots, np.array(rows, np.float32).reshape(len(roots), len(FEATURES))

    def rank(self, mention: int, shares: Mapping[int, float]) -> dict[int, float]:
        """How probably the pronoun means each cluster, summing to 1; empty without a candidate."""
        roots, rows = self.candidates(mention, shares)
        if self._ranking.observer is not None:
            self._ranking.observer.note(self._mentions, mention, roots, rows)
        return dict(zip(roots, self._ranking.ranker.shares(rows), strict=True))

    def _features(self, mention: int, root: int, share: float) -> list[float]:
        seen = self._seen[root]
        last, described = seen.last, seen.described
        gap = self._sentences[mention] - self._sentences[last]
        paragraphs = self._paragraphs[mention] - self._paragraphs[last]
        told = self._sentences[mention] - self._sentences[described]
        subject = self._is_subject(last)
        spoke = [root == r for _, r in reversed(self._spoke)]
        near = bool(spoke) and self._start(mention) - self._start(self._spoke[-1][0]) < _NEAR
        he = self._mentions.classes[mention] == 0
        agreement = seen.gender[0 if he else 1] / max(seen.count, 1)
        kinds = [kind / max(seen.count, 1) for kind in seen.kinds]
        return [
            gap == 0, gap == 1, gap == 2, 3 <= gap <= 5, gap > 5,
            paragraphs == 0, paragraphs == 1, paragraphs > 1,
            told == 0, told == 1,
            subject, subject and gap == 0, subject and gap == 1,
            spoke[:1] == [True], spoke[:1] == [True] and near, spoke[1:2] == [True], seen.spoke,
            self._quotes[last] >= 0, self._quotes[last] >= 0 and self._quotes[last] == self._quotes[mention],
            _POSSESSOR.match(self._text, self._mentions.placed[last].end) is not None,
            self._mentions.placed[last].form is MentionForm.PRONOUN,
            seen.named, math.log1p(seen.count), math.log(max(agreement, 0.03)),
            kinds[0], kinds[2], kinds[1], math.log(share + 0.01),
        ]  # fmt: skip

    def _start(self, mention: int) -> int:
        return self._mentions.placed[mention].start

    def _is_subject(self, mention: int) -> bool:
        """Whether a word in small letters that may be a verb follows, and no preposition leads to the mention."""
        known = self._subjects.get(mention)
        if known is None:
            placed = self._mentions.placed[mention]
            known = self._subjects[mention] = _is_subject(self._text, placed.start, placed.end)
        return known


def _is_subject(text: str, start: int, end: int) -> bool:
    if text[start:end].casefold() in _NOMINATIVE:
        return True
    after = _CALLED_BACK.match(text, end)
    if after is None or after[1] in _NO_VERBS:
        return False
    before = _BEFORE.search(text, max(0, start - 30), start)
    return before is None or before[1].casefold() not in PREPOSITIONS
