"""What comparing needs of a mention, made once: its words with their weights, figures, times, shingles and sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sourceline.lexicon.fold import fold_name, plain_letters
from sourceline.lexicon.frequencies import rarity_of
from sourceline.match.claims.figures import Figure, figure_of
from sourceline.match.claims.times import Days, days_of
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Article, Mention, Stance, Voice
from sourceline.model.speech import Act

Weights = Mapping[str, float]

MOST_CONTEXT = 60
_ROOT = 5
"""Letters that words of one family share: "detain", "detention"."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sketch:
    """A mention of an article, as comparing sees it."""

    id: str
    version: str
    article: str
    """Key of the article."""
    place: tuple[int, int]
    """Paragraph and first character."""
    time: float
    """Of the article, in days."""
    outlet: str | None
    wording: tuple[str, ...]
    """The words in order, in lower case."""
    words: Weights
    """The stems without figures, each with its rarity."""
    mass: float
    """The sum of their weights."""
    roots: Weights
    names: Weights
    """The words of the names in it."""
    around: frozenset[str]
    """The stems of the mention and of its context, and the words of its speaker's name."""
    context: Weights
    context_mass: float
    shingles: frozenset[tuple[str, ...]]
    """Pairs of stems next to each other."""
    figures: tuple[Figure, ...]
    days: tuple[Days, ...]
    speaker: frozenset[str]
    """The words of the speaker's name, office and affiliation."""
    profile: str | None
    owned: bool
    """Whether it stands in the outlet's own voice."""
    direct: bool
    stance: Stance
    negated: bool
    doing: bool
    """Whether it wants or means to do something rather than says that it is so."""
    refers_to: str | None
    vector: NDArray[np.float32] | None
    """Of length 1; None where there is none."""

    @property
    def side(self) -> int:
        """1 or -1: what its wording and its stance make of the proposition together."""
        return -1 if self.negated != (self.stance is Stance.DENIES) else 1


_DOING = frozenset((Act.DEMAND, Act.INTEND, Act.THREATEN, Act.QUESTION))


def sketch_of(mention: Mention, article: Article) -> Sketch:
    """The sketch of a mention of this article."""
    wording = _wording(mention)
    stems = [word for word in mention.words if not word[0].isdigit()]
    words = _weighed(stems)
    names = _weighed(name_words(mention.names))
    context = _weighed(word for word in mention.context[:MOST_CONTEXT] if not word[0].isdigit())
    speaker = _speaker_words(mention.speaker)
    return Sketch(
        id=mention.id,
        version=article.version,
        article=article.key,
        place=(mention.paragraph, mention.spans[0].start),
        time=article.time.timestamp() / 86400,
        outlet=None if article.outlet is None else article.outlet.casefold(),
        wording=wording,
        words=words,
        mass=sum(words.values()),
        roots=_weighed_roots(words),
        names=names,
        around=frozenset(words) | frozenset(context) | frozenset(names) | speaker,
        context=context,
        context_mass=sum(context.values()),
        shingles=frozenset(pairwise(stems)),
        figures=tuple(figure_of(quantity, mention) for quantity in mention.quantities[:8]),
        days=tuple(days for date in mention.dates[:4] if (days := days_of(date)) is not None),
        speaker=speaker,
        profile=None if mention.speaker is None else mention.speaker.profile,
        owned=mention.attribution is None,
        direct=mention.direct,
        stance=mention.stance,
        negated=mention.negated,
        doing=mention.act in _DOING,
        refers_to=mention.refers_to,
        vector=_unit(mention.vector),
    )


def _wording(mention: Mention) -> tuple[str, ...]:
    return tuple(
        plain_letters(token.lower).replace("’", "'")
        for span in mention.spans
        for token in find_tokens(span.text, 0, min(len(span.text), 4000))
        if token.is_word
    )


def _weighed(stems: Iterable[str]) -> dict[str, float]:
    return {word: max(0.05, rarity_of(word)) for word in stems}


def _weighed_roots(words: Weights) -> dict[str, float]:
    roots: dict[str, float] = {}
    for word, weight in words.items():
        root = word[:_ROOT]
        roots[root] = max(weight, roots.get(root, 0.0))
    return roots


def name_words(names: Iterable[str]) -> Iterable[str]:
    """The stems of the words of names, without figures."""
    return (word for name in names for word in _stems_of_name(name) if not word[0].isdigit())


def _speaker_words(speaker: Voice | None) -> frozenset[str]:
    if speaker is None:
        return frozenset()
    parts = [speaker.name, speaker.affiliation or "", speaker.office_of or "", *speaker.members[:8]]
    return frozenset(word for part in parts for word in _stems_of_name(fold_name(part)))


@lru_cache(maxsize=1 << 14)
def _stems_of_name(name: str) -> tuple[str, ...]:
    return tuple(content_words(find_tokens(name, 0, len(name))))


def _unit(vector: bytes) -> NDArray[np.float32] | None:
    if not vector:
        return None
    floats = np.frombuffer(vector, dtype=np.int8).astype(np.float32)
    length = float(np.linalg.norm(floats))
    return floats / length if length else None
