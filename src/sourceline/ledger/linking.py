"""Which nodes are held against each other, and what that comes to."""

from __future__ import annotations

from itertools import combinations, islice, product

from sourceline.ledger.matcher import Matcher
from sourceline.ledger.nodes import Nodes
from sourceline.match.claims import Sketch
from sourceline.model.link import Link
from sourceline.store.claim_contract import ClaimStore

_COMPARED = 4096
"""Pairs that are compared at a time."""


class Linking:
    """Links after nodes came and went: all of the new ones, and of the others where a key began or ceased to tell."""

    def __init__(self, claims: ClaimStore, matcher: Matcher, nodes: Nodes) -> None:
        self._claims = claims
        self._matcher = matcher
        self._nodes = nodes
        self._held: dict[str, list[int]] = {}
        self._related: dict[int, set[int]] = {}
        """The nodes of an article and of those that tell its story, by the number of its first mention."""

    def compare(self) -> None:
        pairs: set[tuple[int, int]] = set()
        for number in sorted(self._nodes.fresh):
            pairs |= {_ordered(number, other) for other in self._candidates(number) if other != number}
        for key, change in self._nodes.changes.items():
            if change < 0 and self._began_to_tell(key, change):
                pairs |= self._pairs_of(key)
        for key, change in self._nodes.changes.items():
            if change > 0 and self._ceased_to_tell(key, change):
                self._look_again(key, change)
        remaining = iter(sorted(pairs))
        while chunk := list(islice(remaining, _COMPARED)):
            self._link(chunk)

    def _candidates(self, number: int) -> set[int]:
        """The nodes with a key that tells something, and those of its own article and of others of its story."""
        article, first = self._nodes.article(number)
        if first not in self._related:
            articles = {own + 1 for key in self._nodes.story_keys(article) for own in self._holders(key)} | {first}
            self._related[first] = {node for other in articles for node in self._nodes.of_article(other)}
        found = set(self._related[first])
        for key in self._nodes.keys(number):
            found.update(self._holders(key))
        return found

    def _holders(self, key: str) -> list[int]:
        """What has the key, nothing where it tells nothing."""
        found = self._held.get(key)
        if found is None:
            most = self._most(key)
            found = self._claims.holders(key, most + 1)
            found = self._held[key] = found if len(found) <= most else []
        return found

    def _most(self, key: str) -> int:
        return self._matcher.most_articles if key.startswith("s") else self._matcher.most_nodes

    # keys that began or ceased to tell --------------------------------------------------------------------------------

    def _began_to_tell(self, key: str, change: int) -> bool:
        holders = self._holders(key)
        return bool(holders) and len(holders) - change > self._most(key)

    def _ceased_to_tell(self, key: str, change: int) -> bool:
        if self._holders(key):
            return False
        most = self._most(key)
        return most < len(self._claims.holders(key, most + change + 1)) <= most + change

    def _pairs_of(self, key: str) -> set[tuple[int, int]]:
        holders = self._holders(key)
        if not key.startswith("s"):
            return set(combinations(holders, 2))
        stories = [self._nodes.of_article(own + 1) for own in holders]
        return {_ordered(*pair) for one, other in combinations(stories, 2) for pair in product(one, other)}

    def _look_again(self, key: str, change: int) -> None:
        """Drops links that nothing else told."""
        holders = self._claims.holders(key, self._most(key) + change)
        if key.startswith("s"):
            holders = [number for own in holders for number in self._nodes.of_article(own + 1)]
        among = set(holders)
        for link in self._claims.links(holders):
            pair = link.first, link.second
            if among.issuperset(pair) and not self._is_told(*pair):
                self._claims.drop_links([pair])
                self._nodes.touched.update(pair)

    def _is_told(self, first: int, second: int) -> bool:
        """Whether the two are candidates of each other."""
        nodes = self._nodes
        articles = nodes.article(first)[0], nodes.article(second)[0]
        return (
            articles[0].version == articles[1].version
            or any(self._holders(key) for key in set(nodes.keys(first)).intersection(nodes.keys(second)))
            or any(self._holders(key) for key in set.intersection(*(set(nodes.story_keys(a)) for a in articles)))
        )

    def _sketches(self, first: int, second: int) -> tuple[Sketch, Sketch]:
        """In an order that tells nothing of when the two came: sums of fractions depend on it in their last digits."""
        one, other = self._nodes.sketch(first), self._nodes.sketch(second)
        return (one, other) if (one.id, one.version) <= (other.id, other.version) else (other, one)

    def _link(self, pairs: list[tuple[int, int]]) -> None:
        nodes = self._nodes
        found = self._matcher.compare([self._sketches(first, second) for first, second in pairs])
        links = [
            Link(
                first=first,
                second=second,
                relation=likeness.relation,
                probability=likeness.probability,
                opposite=likeness.opposite,
                reasons=int(likeness.reasons),
            )
            for (first, second), likeness in zip(pairs, found, strict=True)
            if likeness is not None
        ]
        self._claims.put_links(links)
        nodes.touched |= {end for link in links for end in (link.first, link.second)}


def _ordered(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)
