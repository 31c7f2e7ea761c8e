"""Claims put together again from a store: all members with their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sourceline.errors import NotFound
from sourceline.model.claim import Article, Claim, Member, Mention, Relation
from sourceline.store.claim_contract import Cluster, Placed
from sourceline.store.contract import Store
from sourceline.trace.testimony import Testimony

_ALONE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A claim with the articles of its members, by version, and the numbers of its nodes."""

    claim: Claim
    articles: dict[str, Article]
    nodes: tuple[int, ...]


class Gathering:
    """Reads claims from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claims = store.claims

    def by_id(self, id: str) -> Gathered:
        """The claim that has this id, or holds the mention, or the first mention of the attribution or own-voice
        assertion, with it. Raises NotFound where there is none."""
        numbers = self._claims.mentions_with(id)
        if not numbers:
            raise NotFound(f"there is no claim, mention or attribution {id}: sourceline claims lists what there is")
        return self.of_mention(numbers[0])

    def of_mention(self, number: int) -> Gathered:
        """The claim that holds the mention with this number."""
        node = self._claims.node_of(number) or number
        cluster = self._claims.cluster_with(node)
        return self._alone(node) if cluster is None else self.of_cluster(cluster)

    def of_cluster(self, cluster: Cluster) -> Gathered:
        repeats = self._claims.repeats([placed.node for placed in cluster.members])
        places = {n: placed for placed in cluster.members for n in (placed.node, *repeats.get(placed.node, ()))}
        articles: dict[str, Article] = {}
        members = []
        kept: tuple[Article, int] | None = None
        for number in self._claims.in_order(places):
            kept = self._article(number, kept)
            article, mention = kept[0], _mention(kept, number)
            articles[article.version] = article
            members.append(_member(places[number], article, mention))
        claim = Claim(id=cluster.id, statement=cluster.statement, members=tuple(members), quantity=cluster.quantity)
        return Gathered(claim=claim, articles=articles, nodes=tuple(placed.node for placed in cluster.members))

    def all(self) -> Iterator[Gathered]:
        """Every claim once, in the order of the first article's version, then of the place in its text."""
        for version in self._store.versions():
            kept = self._claims.article(version.id)
            if kept is None:
                continue
            article, first = kept
            for number in range(first, first + len(article.mentions)):
                if self._claims.node_of(number) is not None:
                    continue
                cluster = self._claims.cluster_with(number)
                if cluster is None:
                    yield self._alone(number, kept)
                elif self._claims.in_order([placed.node for placed in cluster.members])[0] == number:
                    yield self.of_cluster(cluster)

    def rivals(self, gathered: Gathered) -> list[Testimony]:
        """Mentions of other claims that give another value for the same quantity."""
        own = set(gathered.nodes)
        links = [link for link in self._claims.links(own) if link.relation is Relation.RIVAL]
        others = {end for link in links for end in (link.first, link.second)} - own
        repeats = self._claims.repeats(others)
        found = []
        kept: tuple[Article, int] | None = None
        for number in self._claims.in_order({n for node in others for n in (node, *repeats.get(node, ()))}):
            kept = self._article(number, kept)
            mention = _mention(kept, number)
            found.append(Testimony(article=kept[0], mention=mention, stance=mention.stance))
        return found

    def _alone(self, number: int, kept: tuple[Article, int] | None = None) -> Gathered:
        """The claim of a mention that nobody else puts."""
        kept = self._article(number, kept)
        article, mention = kept[0], _mention(kept, number)
        placed = Placed(node=number, stance=mention.stance, certainty=_ALONE)
        claim = Claim(
            id=mention.id,
            statement=" … ".join(span.text.strip() for span in mention.spans),
            members=(_member(placed, article, mention),),
        )
        return Gathered(claim=claim, articles={article.version: article}, nodes=(number,))

    def _article(self, number: int, kept: tuple[Article, int] | None) -> tuple[Article, int]:
        """The article of a mention, which often is the one that is at hand."""
        if kept is not None and 0 <= number - kept[1] < len(kept[0].mentions):
            return kept
        found = self._claims.article_at(number)
        assert found is not None, "a mention has an article"
        return found


def _mention(kept: tuple[Article, int], number: int) -> Mention:
    return kept[0].mentions[number - kept[1]]


def _member(placed: Placed, article: Article, mention: Mention) -> Member:
    return Member(
        mention=mention.id,
        version=article.version,
        stance=placed.stance,
        certainty=placed.certainty,
        reasons=placed.reasons,
    )
