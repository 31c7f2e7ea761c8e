"""Claims of articles held in memory, kept up to date as articles come and go.

A wording is compared once, as its earliest mention has it; what repeats it follows. Links join wordings to parts, and a
part is grouped anew only when something in it changed: what comes out depends on the set of articles alone, not on the
order in which they came.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sourceline.match.claims.decision import Likeness, compare_many
from sourceline.match.claims.gather import JOINING, Clustering, Judged, Key, Node, cluster, with_rivals
from sourceline.match.claims.keys import MOST_ARTICLES, MOST_NODES, keys_of_sketch, story_keys
from sourceline.match.claims.sketch import Sketch, sketches_of
from sourceline.model.claim import Article, Claim, Relation

_BATCH = 20_000

Part = frozenset[str]
"""Wordings that hang together."""


def match_claims(articles: Iterable[Article], judged: Sequence[Judged] = ()) -> Clustering:
    """The claims that the articles' mentions make. Their order makes no difference."""
    index = ClaimIndex()
    for article in articles:
        index.add(article)
    return index.claims(judged)


class ClaimIndex:
    """Articles by their versions, with what their mentions have to do with each other."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}
        self._nodes: dict[str, list[Node]] = {}
        """The mentions of each wording, in the order of time."""
        self._sketches: dict[str, Sketch] = {}
        """Of each mention."""
        self._wordings: dict[str, str] = {}
        """Of each mention."""
        self._keys: dict[str, tuple[str, ...]] = {}
        """Of each wording."""
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        """The wordings that have a key."""
        self._tellers: defaultdict[str, set[str]] = defaultdict(set)
        """The versions that have a story key."""
        self._links: defaultdict[str, dict[str, Likeness]] = defaultdict(dict)
        """Of each wording, by the other."""
        self._stories: dict[str, tuple[str, ...]] = {}
        """The story keys of each version."""
        self._order: dict[str, Key] = {}
        """Of each mention."""
        self._touched: set[str] = set()
        self._made: dict[Part, tuple[list[Judged], Clustering]] = {}

    def add(self, article: Article) -> None:
        """Takes a version in; nothing where it is there already."""
        if article.version in self._articles:
            return
        self._articles[article.version] = article
        self._stories[article.version] = story_keys(article)
        for key in self._stories[article.version]:
            self._tellers[key].add(article.version)
            self._touch_tellers(key, MOST_ARTICLES + 1)
        for mention, sketch in zip(article.mentions, sketches_of(article), strict=True):
            self._sketches[mention.id] = sketch
            wording, *keys = keys_of_sketch(sketch)
            self._wordings[mention.id] = wording
            self._touched.add(wording)
            nodes = self._nodes.setdefault(wording, [])
            node = Node(mention=mention, article=article)
            self._order[mention.id] = node.order
            insort(nodes, node, key=lambda held: held.order)
            if len(nodes) == 1:
                self._keys[wording] = tuple(keys)
                for key in keys:
                    self._holders[key].add(wording)
                    self._touch_holders(key, MOST_NODES + 1)

    def remove(self, version: str) -> None:
        """Takes a version out; nothing where it is not there."""
        article = self._articles.pop(version, None)
        if article is None:
            return
        for key in self._stories.pop(version):
            self._tellers[key].discard(version)
            self._touch_tellers(key, MOST_ARTICLES)
        for mention in article.mentions:
            del self._sketches[mention.id], self._order[mention.id]
            wording = self._wordings.pop(mention.id)
            self._touched.add(wording)
            self._nodes[wording] = [node for node in self._nodes[wording] if node.mention.id != mention.id]
            if not self._nodes[wording]:
                del self._nodes[wording]
                for key in self._keys.pop(wording):
                    self._holders[key].discard(wording)
                    self._touch_holders(key, MOST_NODES)

    def claims(self, judged: Sequence[Judged] = ()) -> Clustering:
        """All claims, in the order of their first mentions. Judgements of what is not here are passed over."""
        self._relink()
        words = self._judged_wordings(judged)
        made = [self._grouped(part, words) for part in self._parts(words)]
        self._made = {part: (own, found) for part, own, found in made}
        claims = [claim for _, _, found in made for claim in found.claims]
        conflicts = [conflict for _, _, found in made for conflict in found.conflicts]
        conflicts += [word for word in judged if not word.same and self._is_one_wording(word)]
        return Clustering(
            claims=with_rivals(sorted(claims, key=lambda claim: self._order[claim.id]), self._rivals()),
            conflicts=tuple(sorted(conflicts, key=lambda word: (self._order[word.first], self._order[word.second]))),
        )

    def _rivals(self) -> dict[tuple[str, str], Likeness]:
        """By the earliest mentions of two wordings."""
        return {
            (self._nodes[one][0].mention.id, self._nodes[other][0].mention.id): likeness
            for one, others in self._links.items()
            for other, likeness in others.items()
            if one < other and likeness.relation is Relation.RIVAL
        }

    def _judged_wordings(self, judged: Sequence[Judged]) -> dict[tuple[str, str], set[bool]]:
        """What people said of two wordings."""
        words: dict[tuple[str, str], set[bool]] = defaultdict(set)
        for word in judged:
            one, other = self._wordings.get(word.first), self._wordings.get(word.second)
            if one is not None and other is not None and one != other:
                words[min(one, other), max(one, other)].add(word.same)
        return words

    def _is_one_wording(self, word: Judged) -> bool:
        one = self._wordings.get(word.first)
        return one is not None and one == self._wordings.get(word.second)

    def _parts(self, words: Mapping[tuple[str, str], set[bool]]) -> list[Part]:
        """Wordings that hang together by links, by taking each other up or by people's words."""
        joined: defaultdict[str, set[str]] = defaultdict(set)
        for wording, nodes in self._nodes.items():
            taken_up = self._wordings.get(nodes[0].mention.refers_to or "")
            if taken_up is not None:
                joined[wording].add(taken_up)
                joined[taken_up].add(wording)
        for one, other in words:
            joined[one].add(other)
            joined[other].add(one)
        parts: list[Part] = []
        seen: set[str] = set()
        for start in self._nodes:
            if start in seen:
                continue
            part, waiting = {start}, [start]
            while waiting:
                at = waiting.pop()
                following = {other for other, likeness in self._links[at].items() if _hangs_together(likeness)}
                following = (following | joined[at]) - part
                part |= following
                waiting.extend(following)
            seen |= part
            parts.append(frozenset(part))
        return parts

    def _grouped(self, part: Part, words: Mapping[tuple[str, str], set[bool]]) -> tuple[Part, list[Judged], Clustering]:
        """The claims of one part, as they were made before where nothing in it changed."""
        firsts = {wording: self._nodes[wording][0].mention.id for wording in part}
        own = [
            Judged(first=firsts[one], second=firsts[other], same=same)
            for (one, other), verdicts in sorted(words.items())
            if one in part
            for same in sorted(verdicts)
        ]
        held = self._made.get(part)
        if held is not None and held[0] == own:
            return part, own, held[1]
        nodes = [replace(self._nodes[wording][0], repeats=len(self._nodes[wording]) - 1) for wording in part]
        links = {
            (firsts[one], firsts[other]): likeness
            for one in part
            for other, likeness in self._links[one].items()
            if one < other and other in part
        }
        found = cluster(nodes, links, own)
        return part, own, replace(found, claims=tuple(self._with_repeats(claim) for claim in found.claims))

    def _with_repeats(self, claim: Claim) -> Claim:
        """The claim with what repeats the wordings of its members, in the order of time again."""
        members = [
            replace(member, mention=node.mention.id, version=node.article.version)
            for member in claim.members
            for node in self._nodes[self._wordings[member.mention]]
        ]
        return replace(claim, members=tuple(sorted(members, key=lambda member: self._order[member.mention])))

    def _touch_holders(self, key: str, count: int) -> None:
        """A key that just became too common, or is so no longer, changes what all that have it are compared with."""
        if len(self._holders[key]) == count:
            self._touched |= self._holders[key]

    def _touch_tellers(self, key: str, count: int) -> None:
        if len(self._tellers[key]) == count:
            for version in self._tellers[key] & self._articles.keys():
                self._touched.update(self._wordings_of(self._articles[version]))

    def _wordings_of(self, article: Article) -> Iterator[str]:
        return (self._wordings[mention.id] for mention in article.mentions if mention.id in self._wordings)

    def _relink(self) -> None:
        """Compares what was touched with all that it may be like."""
        changed = set(self._touched)
        for wording in self._touched:
            for other in self._links.pop(wording, {}):
                del self._links[other][wording]
                changed.add(other)
        pairs = sorted(
            {
                (min(wording, other), max(wording, other))
                for wording in self._touched & self._nodes.keys()
                for other in self._candidates(wording)
            }
        )
        self._touched.clear()
        for start in range(0, len(pairs), _BATCH):
            part = pairs[start : start + _BATCH]
            sketches = [(self._first(one), self._first(other)) for one, other in part]
            for (one, other), likeness in zip(part, compare_many(sketches), strict=True):
                if likeness is not None:
                    self._links[one][other] = self._links[other][one] = likeness
                    changed |= {one, other}
        self._made = {part: made for part, made in self._made.items() if part.isdisjoint(changed)}

    def _first(self, wording: str) -> Sketch:
        return self._sketches[self._nodes[wording][0].mention.id]

    def _candidates(self, wording: str) -> set[str]:
        found: set[str] = set()
        for key in self._keys[wording]:
            if len(self._holders[key]) <= MOST_NODES:
                found |= self._holders[key]
        related: set[str] = set()
        for node in self._nodes[wording]:
            related.add(node.article.version)
            for key in self._stories[node.article.version]:
                if len(self._tellers[key]) <= MOST_ARTICLES:
                    related |= self._tellers[key]
        for version in related:
            found.update(self._wordings_of(self._articles[version]))
        found.discard(wording)
        return found


def _hangs_together(likeness: Likeness) -> bool:
    return likeness.relation is not Relation.RIVAL and likeness.probability >= JOINING
