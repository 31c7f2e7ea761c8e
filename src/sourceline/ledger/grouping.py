"""Claims from nodes and links: the connected parts that something changed in are clustered anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sourceline.ledger.matcher import Matcher
from sourceline.ledger.nodes import Nodes
from sourceline.match.claims import Judged, Likeness, Node, Reason
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
        changed = self._weigh(set(changed) - self._nodes.gone)
        made: list[Cluster] = []
        nodes: set[int] = set()
        for part in self._parts(changed):
            nodes |= part.nodes
            made += self._clusters(part)
        self._claims.replace_claims(nodes | self._nodes.gone, made)
        self._claims.touch(changed)

    def _weigh(self, changed: Collection[int]) -> set[int]:
        """Weighs the links of these nodes again, which the links around them bear on; with the ends of those that weigh
        something else now."""
        near = [link for link in self._claims.links(changed) if _joins(link)]
        ends = {end for link in near for end in (link.first, link.second)}.union(changed)
        around = [link for link in self._claims.links(ends) if _joins(link)]
        ordered = self._claims.in_order({end for link in around for end in (link.first, link.second)})
        places = {number: place for place, number in enumerate(ordered)}
        pairs = {link: _pair(places[link.first], places[link.second]) for link in around}
        weighed = self._matcher.weigh(
            {pair: link.probability for link, pair in pairs.items()},
            [str(self._claims.article_number(number)) for number in ordered],
            [pairs[link] for link in near],
        )
        fresh = [replace(link, weighed=round(weighed[pairs[link]], 4)) for link in near]
        other = [link for link, before in zip(fresh, near, strict=True) if link.weighed != before.weighed]
        self._claims.put_links(other)
        return {end for link in other for end in (link.first, link.second)}.union(changed)

    def _parts(self, start: Collection[int]) -> Iterator[_Part]:
        left = set(start)
        while left:
            nodes, frontier = set[int](), {left.pop()}
            links: dict[tuple[int, int], Link] = {}
            while frontier:
                nodes |= frontier
                found = self._claims.links(frontier)
                links |= {(link.first, link.second): link for link in found}
                joining = [k for k in found if _joins(k) and k.weighed >= self._matcher.joining]
                reached = {end for link in joining for end in (link.first, link.second)}
                bound = [c for c in self._claims.constraints(frontier) if c.same]
                reached |= {end for c in bound for end in (c.first, c.second)} | self._claims.tied(frontier)
                frontier = reached - nodes
            left -= nodes
            within = tuple(link for pair, link in sorted(links.items()) if nodes.issuperset(pair))
            yield _Part(nodes=frozenset(nodes), links=within)

    def _clusters(self, part: _Part) -> Iterator[Cluster]:
        """The part's claims of more than one mention. Nodes go by their places in time: ids need not be unique."""
        sizes = self._claims.sizes(part.nodes)
        if len(part.nodes) == 1 and set(sizes.values()) == {1}:
            return
        ordered = self._claims.in_order(part.nodes)
        names = {number: f"{place:08}" for place, number in enumerate(ordered)}
        links = {
            (names[link.first], names[link.second]): Likeness(
                relation=link.relation,
                probability=link.weighed if _joins(link) else link.probability,
                opposite=link.opposite,
                reasons=Reason(link.reasons),
            )
            for link in part.links
        }
        words = [
            Judged(first=names[c.first], second=names[c.second], same=c.same)
            for c in self._claims.constraints(part.nodes)
            if part.nodes.issuperset((c.first, c.second))
        ]
        nodes = [self._node(number, sizes[number], names) for number in ordered]
        for claim in self._matcher.cluster(nodes, links, words):
            members = [ordered[int(member.mention)] for member in claim.members]
            if len(members) > 1 or sizes[members[0]] > 1:
                yield self._cluster(claim, members, ordered[int(claim.id)])

    def _node(self, number: int, size: int, names: Mapping[int, str]) -> Node:
        article, first = self._nodes.article(number)
        referent = self._nodes.referent(number)
        mention = replace(
            article.mentions[number - first],
            id=names[number],
            refers_to=None if referent is None else names.get(referent),
        )
        return Node(mention=mention, article=article, repeats=size - 1)

    def _cluster(self, claim: Claim, members: Sequence[int], first: int) -> Cluster:
        placed = [
            Placed(node=node, stance=m.stance, certainty=round(m.certainty, 4), reasons=m.reasons)
            for node, m in zip(members, claim.members, strict=True)
        ]
        return Cluster(
            id=self._nodes.mention(first).id,
            statement=claim.statement,
            quantity=claim.quantity,
            members=tuple(sorted(placed, key=lambda p: p.node)),
        )


def _joins(link: Link) -> bool:
    """Whether it speaks for one claim."""
    return link.relation is not Relation.RIVAL


def _pair(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)
