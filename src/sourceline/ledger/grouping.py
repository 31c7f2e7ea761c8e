"""Claims from nodes and links: the connected parts that something changed in are clustered anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from sourceline.ledger.matcher import Likeness, Matcher, Node, Word
from sourceline.ledger.nodes import Nodes
from sourceline.model.claim import Claim, Relation
from sourceline.model.link import Link
from sourceline.store.claim_contract import ClaimStore, Cluster, Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    nodes: frozenset[int]
    links: tuple[Link, ...]
    """All links between the nodes, rivals too."""


class Grouping:
    """Claims after links changed."""

    def __init__(self, claims: ClaimStore, matcher: Matcher, nodes: Nodes) -> None:
        self._claims = claims
        self._matcher = matcher
        self._nodes = nodes

    def cluster(self, changed: Collection[int]) -> None:
        """Makes anew the claims of the parts that hold any of these."""
        changed = set(changed) - self._nodes.gone
        made: list[Cluster] = []
        nodes: set[int] = set()
        for part in self._parts(changed):
            nodes |= part.nodes
            made += self._clusters(part)
        self._claims.replace_claims(nodes | self._nodes.gone, made)
        self._claims.touch(changed)

    def _parts(self, start: Collection[int]) -> Iterator[_Part]:
        left = set(start)
        while left:
            nodes, frontier = set[int](), {left.pop()}
            links: dict[tuple[int, int], Link] = {}
            while frontier:
                nodes |= frontier
                found = self._claims.links(frontier)
                links |= {(link.first, link.second): link for link in found}
                reached = {end for link in found if self._joins(link) for end in (link.first, link.second)}
                bound = [c for c in self._claims.constraints(frontier) if c.same]
                reached |= {end for c in bound for end in (c.first, c.second)} | self._claims.tied(frontier)
                frontier = reached - nodes
            left -= nodes
            within = tuple(link for pair, link in sorted(links.items()) if nodes.issuperset(pair))
            yield _Part(nodes=frozenset(nodes), links=within)

    def _joins(self, link: Link) -> bool:
        return link.relation is not Relation.RIVAL and link.probability >= self._matcher.joining

    def _clusters(self, part: _Part) -> Iterator[Cluster]:
        """The part's claims of more than one mention. Nodes go by their numbers: ids need not be unique."""
        sizes = self._claims.sizes(part.nodes)
        if len(part.nodes) == 1 and set(sizes.values()) == {1}:
            return
        links = {
            (str(link.first), str(link.second)): Likeness(
                relation=link.relation, probability=link.probability, opposite=link.opposite, reasons=link.reasons
            )
            for link in part.links
        }
        words = [
            Word(first=str(c.first), second=str(c.second), same=c.same)
            for c in self._claims.constraints(part.nodes)
            if part.nodes.issuperset((c.first, c.second))
        ]
        nodes = [self._node(number, sizes[number]) for number in self._claims.in_order(part.nodes)]
        for claim in self._matcher.cluster(nodes, links, words):
            if len(claim.members) > 1 or sizes[int(claim.members[0].mention)] > 1:
                yield self._cluster(claim)

    def _node(self, number: int, size: int) -> Node:
        article, first = self._nodes.article(number)
        referent = self._nodes.referent(number)
        mention = replace(
            article.mentions[number - first], id=str(number), refers_to=None if referent is None else str(referent)
        )
        return Node(mention=mention, article=article, repeats=size - 1)

    def _cluster(self, claim: Claim) -> Cluster:
        placed = [
            Placed(node=int(m.mention), stance=m.stance, certainty=round(m.certainty, 4), reasons=m.reasons)
            for m in claim.members
        ]
        return Cluster(
            id=self._nodes.mention(int(claim.id)).id,
            statement=claim.statement,
            quantity=claim.quantity,
            members=tuple(sorted(placed, key=lambda p: p.node)),
        )
