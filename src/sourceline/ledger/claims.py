"""Claims as a ledger answers for them: listed, traced back, and what documents took from each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sourceline.errors import LedgerError, NotFound
from sourceline.ledger.articles import make_article
from sourceline.ledger.matcher import Matcher
from sourceline.ledger.matching import Matching
from sourceline.ledger.sharing import Sharing
from sourceline.model.claim import Article, Claim, Member, Relation, Voice
from sourceline.model.query import ClaimSummary
from sourceline.model.trace import Edge, Trace
from sourceline.store.claim_contract import Cluster, Counted
from sourceline.store.contract import Store
from sourceline.store.terms import parse_terms, words_of
from sourceline.trace.edges import find_edges
from sourceline.trace.testimony import Setting, Testimony
from sourceline.trace.tracing import trace_claim

Tell = Callable[[int, int], None]
"""Hears how many documents are done, and how many are left."""
Articles = Mapping[str, Article]
"""By version."""


class Claims:
    """The claims of a store."""

    def __init__(self, store: Store, matcher: Matcher | None = None) -> None:
        self._store = store
        self._claims = store.claims
        self.matching = Matching(store, matcher or Matcher(), lambda key: make_article(store, key))
        self._sharing = Sharing(store.claims.text)

    def bring_up_to_date(self, tell: Tell | None = None) -> None:
        """Matches what changed since. Raises LedgerError where it may not be written to and something did."""
        if self.matching.is_current:
            return
        try:
            self.matching.bring_up_to_date(tell)
        except LedgerError as error:
            left = self._claims.count_unmatched()
            raise type(error)(f"{left:,} documents are not matched with the others yet: {error}") from error

    # lists ------------------------------------------------------------------------------------------------------------

    def summaries(self, text: str | None, *, min_outlets: int) -> Iterator[ClaimSummary]:
        """Those that several mentions put, then those of single ones, the latest first."""
        after: str | None = None
        while True:
            page = self._claims.claims(text, min_outlets=min_outlets, after=after)
            for summary in page.items:
                yield summary if summary.independent_origins is not None else self._counted(summary)
            if (after := page.next) is None:
                break
        if min_outlets <= 1:
            yield from self._singles(text, min_outlets)

    def _counted(self, summary: ClaimSummary) -> ClaimSummary:
        """With what tracing finds, which is kept for the next time where it may be written."""
        cluster = self._cluster(summary.id)
        trace = self._trace(self._claim(cluster) if isinstance(cluster, Cluster) else cluster)
        counted = Counted(origins=trace.independent_origins, marks=marks_of(trace))
        try:
            with self._store.writing():
                self._claims.put_counted(summary.id, counted)
        except LedgerError:
            pass  # what may only be read is counted again the next time
        return _with(summary, counted)

    def _singles(self, text: str | None, min_outlets: int) -> Iterator[ClaimSummary]:
        terms = None if text is None else parse_terms(text)
        for version in reversed(list(self._store.versions())):
            kept = self._claims.article(version.id)
            if kept is None or (min_outlets == 1 and not kept[0].outlet):
                continue
            article, number = kept
            for place, mention in enumerate(article.mentions):
                words = " ".join(span.text for span in mention.spans)
                if terms is not None and not terms_hold(terms, words):
                    continue
                if self._claims.node_of(number + place) is None and self._claims.cluster_with(number + place) is None:
                    trace = self._trace(_single(article, number + place, place)[0])
                    yield ClaimSummary(
                        id=mention.id,
                        statement=words,
                        articles=1,
                        outlets=int(article.outlet is not None),
                        first=article.time,
                        last=article.time,
                        independent_origins=trace.independent_origins,
                        marks=marks_of(trace),
                    )

    # traces -----------------------------------------------------------------------------------------------------------

    def trace(self, id: str, *, without: Sequence[str] = (), as_of: datetime | None = None) -> Trace:
        """Raises NotFound where nothing has this id."""
        return self._trace(self.claim(id), without=tuple(without), as_of=as_of)
