"""Which mentions put one claim, kept up to date in the store: a changed document touches what it has to do with, and
nothing else.

What stands in the store follows from the articles alone, in whatever order they came. Mentions of one wording are one
node, which the earliest of them stands for. Nodes that share a key, or whose articles share a story, are held against
each other, unless so many have the key that it tells nothing. A connected part of the graph of links is clustered as a
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from sourceline.ledger.grouping import Grouping
from sourceline.ledger.linking import Linking
from sourceline.ledger.matcher import Matcher
from sourceline.ledger.nodes import Nodes
from sourceline.ledger.pairs import Pairs
from sourceline.model.claim import Article
from sourceline.store.contract import Store

BATCH = 32
"""Documents that are matched in one transaction: others that write wait for its end."""

MakeArticle = Callable[[str], Article | None]
"""The article of a document (by its key) as it stands now; None where it has no text any more."""


class Matching:
    """Brings the store's claims up to date."""

    def __init__(self, store: Store, matcher: Matcher, make_article: MakeArticle) -> None:
        self._store = store
        self._claims = store.claims
        self.matcher = matcher
        self._make_article = make_article

    @property
    def is_current(self) -> bool:
        return self._claims.matcher() == self.matcher.label and not self._claims.count_unmatched()

    def bring_up_to_date(self, tell: Callable[[int, int], None] | None = None) -> int:
        """Matches what changed, some documents a transaction; how many those were. `tell` hears how many are done and
        how many are left."""
        if self._claims.matcher() != self.matcher.label:
            with self._store.writing():
                self._begin()
        done = 0
        while self._claims.count_unmatched():
            with self._store.writing():
                keys = self._claims.unmatched(BATCH)
                self.match(keys)
            done += len(keys)
            if tell is not None:
                tell(done, self._claims.count_unmatched())
        return done

    def match(self, keys: Collection[str]) -> None:
        """Matches these documents anew. Inside `writing()`."""
        self._exchange({key: self._make_article(key) for key in keys})
        for key in keys:
            self._claims.mark_matched(key)

    def forget(self, keys: Collection[str]) -> None:
        """Takes these documents out, until they are matched again. Inside `writing()`."""
        self._begin()
        self._exchange(dict.fromkeys(keys))

    def _begin(self) -> None:
        """What another matcher made cannot be taken up."""
        if self._claims.matcher() != self.matcher.label:
            self._claims.begin_anew(self.matcher.label)

    def _exchange(self, articles: Mapping[str, Article | None]) -> None:
        """Has these articles in the place of those that the documents had."""
        claims, pairs = self._claims, Pairs(self._store)
        nodes = Nodes(claims, self.matcher, pairs)
        before = {key: self._kept(key) for key in articles}
        changed = [key for key in sorted(articles) if articles[key] != (before[key] or (None,))[0]]
        nodes.leave(_numbers(before[key] for key in changed))
        for key in changed:
            if (old := before[key]) is not None:
                nodes.drop_article(*old)
        joining: list[int] = []
        for key in changed:
            if (new := articles[key]) is not None:
                number = nodes.put_article(new)
                joining += _numbers([(new, number)])
        moved = pairs.refresh(articles, changed, nodes.leave)
        nodes.join(claims.in_order(moved.union(joining)))
        Linking(claims, self.matcher, nodes).compare()
        Grouping(claims, self.matcher, nodes).cluster(nodes.touched | pairs.touched)

    def _kept(self, key: str) -> tuple[Article, int] | None:
        version = self._claims.matched_version(key)
        return None if version is None else self._claims.article(version)


def _numbers(kept: Iterable[tuple[Article, int] | None]) -> list[int]:
    return [found[1] + i for found in kept if found is not None for i in range(len(found[0].mentions))]
