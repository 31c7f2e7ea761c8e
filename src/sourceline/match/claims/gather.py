"""Claims from mentions and links: groups by average linkage, what takes them up, a statement and stances for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sourceline.match.claims.decision import Likeness, Reason, reasons_in_words, weigh_among
from sourceline.match.claims.linkage import Pair, link_groups
from sourceline.match.claims.orient import orient
from sourceline.match.claims.statements import clearest, quantity_of
from sourceline.model.claim import Article, Claim, Member, Mention, Relation

JOINING = 0.1
"""The average probability that joins two groups, and that of a link, as `compare` gives it, by which two mentions hang
together: parts that no such link, no taking up and no person's word joins are clustered apart."""

Key = tuple[datetime, str, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A mention with the article it stands in, and how many repeat its wording."""

    mention: Mention
    article: Article
    repeats: int = 0

    @property
    def order(self) -> Key:
        """Time of the article, its name, place in the text."""
        first = self.mention.spans[0].start
        return self.article.time, self.article.name, self.mention.paragraph, first, self.mention.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A person's word on two mentions, by their ids: they put the same claim, or they do not."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    claims: tuple[Claim, ...]
    """In the order of their ids' mentions."""
    conflicts: tuple[Judged, ...]
    """Judgements that two are different, though others together make them one: those others were followed."""


def cluster(
    nodes: Iterable[Node],
    links: Mapping[tuple[str, str], Likeness],
    judged: Sequence[Judged] = (),
    *,
    is_weighed: bool = False,
) -> Clustering:
    """The claims of one or several connected parts. Every node is a member of one; the order in which nodes, links and
    judgements are given makes no difference.

    links: by the ids of two mentions, in either order; what has none is not alike. Links and judgements of mentions
    that are not among the nodes are passed over. is_weighed: whether their probabilities are those among the links
    around them already.
    """
    ordered = sorted(nodes, key=lambda node: node.order)
    places = {node.mention.id: place for place, node in enumerate(ordered)}
    known: dict[Pair, Likeness] = {}
    for (first, second), likeness in links.items():
        if first in places and second in places and first != second:
            a, b = sorted((places[first], places[second]))
            known[a, b] = likeness
    together, apart = _constraints(judged, places)
    alike = {pair: x.probability for pair, x in known.items() if x.relation is not Relation.RIVAL}
    weighed = alike if is_weighed else weigh_among(alike, [node.article.key for node in ordered])
    known |= {pair: replace(known[pair], probability=p) for pair, p in weighed.items()}
    groups = _groups(ordered, weighed, together, apart, places)
    number = {at: place for place, group in enumerate(groups) for at in group}
    inner = _inner(groups, known, number)
    claims = [_claim([ordered[at] for at in group], held) for group, held in zip(groups, inner, strict=True)]
    of = {at: claims[place].id for at, place in number.items()}
    conflicts = sorted(pair for pair in apart if of[pair[0]] == of[pair[1]])
    return Clustering(
        claims=tuple(claims),
        conflicts=tuple(
            Judged(first=ordered[a].mention.id, second=ordered[b].mention.id, same=False) for a, b in conflicts
        ),
    )


def _constraints(judged: Iterable[Judged], places: Mapping[str, int]) -> tuple[set[Pair], set[Pair]]:
    together: set[Pair] = set()
    apart: set[Pair] = set()
    for word in judged:
        if word.first in places and word.second in places and word.first != word.second:
            a, b = sorted((places[word.first], places[word.second]))
            (together if word.same else apart).add((a, b))
    return together, apart


def _groups(
    nodes: Sequence[Node],
    weighed: Mapping[Pair, float],
    together: set[Pair],
    apart: set[Pair],
    places: Mapping[str, int],
) -> list[list[int]]:
    """What takes up another mention of its article goes where that goes; the others are grouped by their links."""
    judged = {at for pair in together | apart for at in pair}
    leaders = {at: _leader(at, nodes, places, judged) for at in range(len(nodes))}
    free = [at for at, leader in leaders.items() if at == leader]
    number = {at: place for place, at in enumerate(free)}

    def of_free(pairs: Iterable[Pair]) -> list[Pair]:
        return [(number[a], number[b]) for a, b in pairs]

    alike = {(number[a], number[b]): p for (a, b), p in weighed.items() if a in number and b in number}
    sizes = [1 + nodes[at].repeats for at in free]
    found = link_groups(sizes, alike, least=JOINING, together=of_free(together), apart=of_free(apart))
    groups = [[free[at] for at in group] for group in found]
    where = {at: place for place, group in enumerate(groups) for at in group}
    for at, leader in leaders.items():
        if at != leader:
            groups[where[leader]].append(at)
    return sorted(sorted(group) for group in groups)


def _leader(at: int, nodes: Sequence[Node], places: Mapping[str, int], judged: set[int]) -> int:
    """The mention that this one takes up in the end; itself where it stands for itself or people have judged it."""
    seen = {at}
    while at not in judged:
        referent = nodes[at].mention.refers_to
        following = None if referent is None else places.get(referent)
        if following is None or following in seen:
            break
        seen.add(following)
        at = following
    return at


def _inner(
    groups: Sequence[Sequence[int]], links: Mapping[Pair, Likeness], of: Mapping[int, int]
) -> list[dict[Pair, Likeness]]:
    """The links within each group, by the places of the two in it."""
    at = {node: place for group in groups for place, node in enumerate(group)}
    inner: list[dict[Pair, Likeness]] = [{} for _ in groups]
    for (a, b), likeness in sorted(links.items()):
        if of[a] == of[b] and likeness.relation is not Relation.RIVAL:
            inner[of[a]][at[a], at[b]] = likeness
    return inner


def _claim(nodes: Sequence[Node], inner: Mapping[Pair, Likeness]) -> Claim:
    """nodes: in the order of time; inner: their links, by their places."""
    stances = orient([node.mention for node in nodes], inner)
    support: dict[int, list[float]] = defaultdict(list)
    reasons: Counter[tuple[int, Reason]] = Counter()
    for (a, b), likeness in inner.items():
        for at in (a, b):
            support[at].append(likeness.probability)
            reasons.update((at, reason) for reason in likeness.reasons)
    members = tuple(
        Member(
            mention=node.mention.id,
            version=node.article.version,
            stance=stances[at],
            certainty=round(_certainty(node, support[at]), 3),
            reasons=reasons_in_words(_commonest(at, reasons)),
        )
        for at, node in enumerate(nodes)
    )
    mentions = [node.mention for node in nodes]
    return Claim(
        id=members[0].mention,
        statement=clearest(mentions, stances),
        members=members,
        quantity=quantity_of(mentions, stances),
    )


def _certainty(node: Node, support: list[float]) -> float:
    """Its likeness to those it is most like; one alone is what it is."""
    if not support:
        return 0.5 if node.mention.refers_to else 1.0
    best = sorted(support, reverse=True)[:3]
    return sum(best) / len(best)


def _commonest(at: int, reasons: Counter[tuple[int, Reason]]) -> Reason:
    found = Reason(0)
    for reason in Reason:
        if reasons[at, reason]:
            found |= reason
    return found


def with_rivals(claims: Sequence[Claim], links: Mapping[tuple[str, str], Likeness]) -> tuple[Claim, ...]:
    """The claims with those of them that give another value for the same quantity. links: by the ids of two members."""
    of = {member.mention: claim.id for claim in claims for member in claim.members}
    rivals: dict[str, set[str]] = defaultdict(set)
    for (first, second), likeness in links.items():
        if likeness.relation is Relation.RIVAL and of[first] != of[second]:
            rivals[of[first]].add(of[second])
            rivals[of[second]].add(of[first])
    return tuple(replace(c, rivals=tuple(sorted(rivals[c.id]))) if c.id in rivals else c for c in claims)
