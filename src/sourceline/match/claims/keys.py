"""The keys under which a mention is found by others that may put the same claim.

Exact routes first: the same wording, words in the same order, a telling figure, rare words or names together, a name
and a day. A key says nothing by itself: pairs that share one are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

from sourceline.lexicon.frequencies import rarity_of
from sourceline.match.claims.figures import Figure
from sourceline.match.claims.sketch import Sketch, name_words, sketch_of
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Article, Mention

MOST_NODES = 100
"""Wordings that may have a key: one that more have in common tells nothing, and is passed over."""
MOST_ARTICLES = 60
"""Articles that may have a story key."""

_SHINGLE = 4
_MOST_SHINGLES = 8
_MOST_RARE = 6
_MOST_STORY = 10
_MOST_MENTIONS = 200
_RARE = 0.35


def keys_of(mention: Mention, article: Article) -> tuple[str, ...]:
    """The keys of a mention, each once; the first is that of its wording, which all that repeat it share."""
    return keys_of_sketch(sketch_of(mention, article))


def keys_of_sketch(sketch: Sketch) -> tuple[str, ...]:
    """`keys_of` where the sketch is there already."""
    return tuple(dict.fromkeys([wording_key(sketch), *_exact(sketch), *_figures(sketch), *_rare(sketch)]))


def story_keys(article: Article) -> tuple[str, ...]:
    """The keys under which an article is found by others that tell the same story: pairs of its rare words, each once.

    All mentions of two articles that share one are compared: what puts the same claim often has no word in common.
    """
    return tuple(_key("story", *sorted(pair)) for pair in combinations(story_words(article), 2))


def story_words(article: Article) -> list[str]:
    """The words that tell what an article is about, names before others, those that many mentions have first."""
    counts: Counter[str] = Counter()
    named: set[str] = set()
    for mention in article.mentions[:_MOST_MENTIONS]:
        names = set(name_words(mention.names))
        named |= names
        counts.update(names.union(word for word in mention.words if not word[0].isdigit()))
    title = (article.title or "")[:300]
    counts.update(word for word in content_words(find_tokens(title, 0, len(title))) if not word[0].isdigit())
    weighed = ((w, n**0.7 * rarity_of(w) ** 3 * (2 if w in named else 1)) for w, n in counts.items())
    return _rarest(weighed, _MOST_STORY)


def wording_key(sketch: Sketch) -> str:
    """The same for mentions that comparing cannot tell apart but by when and where they stand: one wording, said by one
    speaker of the same days. A wording that tells little is the same only in the same surroundings."""
    telling = sketch.mass >= _TELLING and (sketch.names or sketch.figures)
    return _key(
        "wording",
        *sketch.wording,
        "by",
        *sorted(sketch.speaker),
        sketch.stance,
        sketch.negated,
        sketch.doing,
        *(f"{days.first}-{days.last}" for days in sketch.days),
        *(() if telling else sorted(sketch.context)),
        sketch.refers_to,
    )


_TELLING = 4.0


def _exact(sketch: Sketch) -> Iterator[str]:
    words = sketch.wording
    shingles = {_key("words", *words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    yield from sorted(shingles)[:_MOST_SHINGLES]


def _figures(sketch: Sketch) -> Iterator[str]:
    names = _rarest(sketch.names.items(), 3)
    for figure in sketch.figures[:4]:
        value = f"{figure.value:.4g}"
        if figure.telling >= 0.6:
            yield _key("figure", value)
        for scale in _scales(figure):
            yield _key("counted", value, scale)
            yield from (_key("count", scale, name) for name in names)


def _scales(figure: Figure) -> Iterator[str]:
    for scale in (figure.fate, figure.unit, figure.counted):
        if scale is not None:
            yield scale


def _rare(sketch: Sketch) -> Iterator[str]:
    words = {**sketch.words, **sketch.names}
    rare = _rarest(((word, weight) for word, weight in words.items() if weight >= _RARE), _MOST_RARE)
    yield from (_key("words", *sorted(pair)) for pair in combinations(rare, 2))
    names = _rarest(sketch.names.items(), 2)
    yield from (_key("day", name, days.first) for name in names for days in sketch.days[:2] if days.length == 1)


def _rarest(words: Iterable[tuple[str, float]], most: int) -> list[str]:
    return [word for word, _ in sorted(words, key=lambda entry: (-entry[1], entry[0]))[:most]]


def _key(*parts: object) -> str:
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
