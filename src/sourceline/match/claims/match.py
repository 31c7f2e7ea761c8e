"""Claims of a set of articles that are all at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from sourceline.match.claims.decision import Likeness, compare_many
from sourceline.match.claims.gather import Clustering, Judged, Node, cluster
from sourceline.match.claims.keys import MOST_ARTICLES, MOST_NODES, keys_of_sketch, story_keys
from sourceline.match.claims.sketch import Sketch, sketch_of
from sourceline.model.claim import Article, Claim, Member

_BATCH = 20_000


def match_claims(articles: Iterable[Article], judged: Sequence[Judged] = ()) -> Clustering:
    """The claims that the articles' mentions make. Their order makes no difference."""
    sketches: dict[str, Sketch] = {}
    wordings: dict[str, list[Node]] = defaultdict(list)
    keys: dict[str, tuple[str, ...]] = {}
    of: dict[str, str] = {}
    listed = sorted(articles, key=lambda article: (article.time, article.name, article.version))
    for article in listed:
        for mention in article.mentions:
            sketch = sketch_of(mention, article)
            wording, *others = keys_of_sketch(sketch)
            of[mention.id] = wording
            wordings[wording].append(Node(mention=mention, article=article))
            if len(wordings[wording]) == 1:
                sketches[wording], keys[wording] = sketch, tuple(others)
    pairs = sorted(candidates(keys, listed, of))
    links = dict(_linked(pairs, sketches))
    judged_apart = {id for word in judged for id in (word.first, word.second)}
    nodes, repeats = _nodes(wordings, judged_apart)
    clustering = cluster(nodes, links, judged)
    return replace(clustering, claims=tuple(_with_repeats(claim, repeats) for claim in clustering.claims))


def candidates(
    keys: Mapping[str, Sequence[str]], articles: Iterable[Article], of: Mapping[str, str]
) -> set[tuple[str, str]]:
    """Pairs of wordings that share a key that is not too common, or stand in two articles of one story.

    keys: those of each wording; of: the wording of each mention.
    """
    sharing: dict[str, list[str]] = defaultdict(list)
    for wording, own in keys.items():
        for key in own:
            sharing[key].append(wording)
    telling: dict[str, list[Article]] = defaultdict(list)
    pairs: set[tuple[str, str]] = set()
    for article in articles:
        for key in story_keys(article):
            telling[key].append(article)
        pairs |= _pairs(of[mention.id] for mention in article.mentions)
    for group in sharing.values():
        if len(group) <= MOST_NODES:
            pairs |= _pairs(group)
    related = {
        (first.version, second.version): (first, second)
        for group in telling.values()
        if len(group) <= MOST_ARTICLES
        for first, second in combinations(group, 2)
    }
    for first, second in related.values():
        pairs |= {_ordered(of[a.id], of[b.id]) for a in first.mentions for b in second.mentions}
    return {(a, b) for a, b in pairs if a != b}


def _pairs(wordings: Iterable[str]) -> set[tuple[str, str]]:
    return {(a, b) for a, b in combinations(sorted(set(wordings)), 2)}


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _linked(
    pairs: Sequence[tuple[str, str]], sketches: Mapping[str, Sketch]
) -> Iterator[tuple[tuple[str, str], Likeness]]:
    for start in range(0, len(pairs), _BATCH):
        part = [(sketches[a], sketches[b]) for a, b in pairs[start : start + _BATCH]]
        for (a, b), likeness in zip(part, compare_many(part), strict=True):
            if likeness is not None:
                yield (a.id, b.id), likeness


def _nodes(wordings: Mapping[str, list[Node]], judged: set[str]) -> tuple[list[Node], dict[str, list[Node]]]:
    """A node for each wording, with what repeats it; what people have judged stands for itself."""
    nodes: list[Node] = []
    repeats: dict[str, list[Node]] = {}
    for group in wordings.values():
        first, *others = group
        apart = [node for node in others if node.mention.id in judged]
        rest = [node for node in others if node.mention.id not in judged]
        nodes += [replace(first, repeats=len(rest)), *apart]
        if rest:
            repeats[first.mention.id] = rest
    return nodes, repeats


def _with_repeats(claim: Claim, repeats: Mapping[str, list[Node]]) -> Claim:
    if not any(member.mention in repeats for member in claim.members):
        return claim
    members: list[tuple[object, Member]] = []
    for member in claim.members:
        members.append((None, member))
        members += [
            (None, replace(member, mention=node.mention.id, version=node.article.version))
            for node in repeats.get(member.mention, ())
        ]
    return replace(claim, members=tuple(member for _, member in members))
