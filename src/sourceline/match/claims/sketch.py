"""What comparing needs of a mention, made once: its words with their weights, figures, times, shingles and sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from sourceline.lexicon.fold import fold_name, plain_letters
from sourceline.lexicon.frequencies import rarity_of
from sourceline.lexicon.kinship import kin_of
from sourceline.match.claims.figures import Figure, figure_of
from sourceline.match.claims.times import Days, days_of
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Article, Mention, Stance, Voice
from sourceline.model.speech import Act

Weights = Mapping[str, float]
Vector = NDArray[np.float32]

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
    kin: Weights
    """The stems near in meaning to one of the words, with the likeness."""
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
    own: Weights
    """The words by how much they tell this mention from the others of its article."""
    own_mass: float
    vector: Vector | None
    """Its meaning, of length 1; None where there is none."""
    own_vector: Vector | None
    """What its meaning has beyond the mean of its article."""
    paragraph: Vector | None
    """The meaning of its paragraph."""

    @property
    def side(self) -> int:
        """1 or -1: what its wording and its stance make of the proposition together."""
        return -1 if self.negated != (self.stance is Stance.DENIES) else 1


_DOING = frozenset((Act.DEMAND, Act.INTEND, Act.THREATEN, Act.QUESTION))


def sketch_of(mention: Mention, article: Article) -> Sketch:
    """The sketch of a mention of this article."""
    return _sketch(mention, article, _setting_kept(_Same(article)))


def sketches_of(article: Article) -> tuple[Sketch, ...]:
    """The sketches of an article's mentions, in their order."""
    setting = _setting_of(article)
    return tuple(_sketch(mention, article, setting) for mention in article.mentions)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the mentions of an article have in common."""

    mentions: int
    counts: Mapping[str, int]
    """In how many of them a stem stands."""
    mean: Vector | None
    paragraphs: Mapping[int, Vector]
    """The sum of the vectors of each paragraph's mentions."""


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """An article that is known by being the same object: to compare all its words would take longer than they do."""

    article: Article

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.article is self.article

    def __hash__(self) -> int:
        return id(self.article)


@lru_cache(maxsize=16)
def _setting_kept(same: _Same) -> _Setting:
    return _setting_of(same.article)


def _setting_of(article: Article) -> _Setting:
    counts: Counter[str] = Counter()
    paragraphs: dict[int, Vector] = {}
    total: Vector | None = None
    for mention in article.mentions:
        counts.update(set(mention.words))
        vector = _unit(mention.vector)
        if vector is not None:
            total = vector if total is None else total + vector
            held = paragraphs.get(mention.paragraph)
            paragraphs[mention.paragraph] = vector if held is None else held + vector
    mean = None if total is None else total / np.float32(len(article.mentions))
    return _Setting(len(article.mentions), counts, mean, paragraphs)


def _sketch(mention: Mention, article: Article, setting: _Setting) -> Sketch:
    wording = _wording(mention)
    stems = [word for word in mention.words if not word[0].isdigit()]
    words = _weighed(stems)
    names = _weighed(name_words(mention.names))
    own = _own_words(words, setting)
    vector = _unit(mention.vector)
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
        kin=_kin(words),
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
        own=own,
        own_mass=sum(own.values()),
        vector=vector,
        own_vector=_scaled(None if vector is None or setting.mean is None else vector - setting.mean),
        paragraph=None if vector is None else _scaled(setting.paragraphs.get(mention.paragraph)),
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


def _kin(words: Weights) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in words:
        for near, likeness in kin_of(word).items():
            if likeness > found.get(near, 0.0):
                found[near] = likeness
    return found


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


def _own_words(words: Weights, setting: _Setting) -> dict[str, float]:
    """A word that all mentions of the article have weighs little, one that no other has weighs its rarity."""
    whole = log1p(setting.mentions)
    return {
        word: weight * (1 - log1p(max(0, setting.counts.get(word, 1) - 1)) / (whole or 1.0))
        for word, weight in words.items()
    }


def _unit(vector: bytes) -> Vector | None:
    return _scaled(np.frombuffer(vector, dtype=np.int8).astype(np.float32)) if vector else None


def _scaled(vector: Vector | None) -> Vector | None:
    """At length 1."""
    if vector is None:
        return None
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-6 else None
