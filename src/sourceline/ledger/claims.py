"""Claims as a ledger answers for them: brought up to date, listed, traced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sourceline.errors import LedgerFull, LedgerLocked
from sourceline.ledger.articles import make_article
from sourceline.ledger.gathering import Gathering
from sourceline.ledger.matcher import Matcher
from sourceline.ledger.matching import Matching
from sourceline.ledger.tracing import Tracing
from sourceline.model.query import ClaimSummary, Page
from sourceline.model.trace import Edge, Trace
from sourceline.store.claim_contract import Counted
from sourceline.store.contract import Store
from sourceline.store.terms import Terms, is_in, parse_terms

Tell = Callable[[int, int], None]
"""Hears how many documents are done, and how many are left."""


class Claims:
    """The claims of a store."""

    def __init__(self, store: Store, matcher: Matcher | None = None) -> None:
        self._store = store
        self._claims = store.claims
        self.matching = Matching(store, matcher or Matcher(), lambda key: make_article(store, key))
        self.gathering = Gathering(store)
        self.tracing = Tracing(store, self.gathering)

    def bring_up_to_date(self, tell: Tell | None = None) -> None:
        """Matches what changed since. Raises LedgerError where something did and it may not be written to."""
        if self.matching.is_current:
            return
        try:
            self.matching.bring_up_to_date(tell)
        except (LedgerFull, LedgerLocked) as error:
            left = self._claims.count_unmatched()
            raise type(error)(f"{left:,} documents are not matched with the others yet: {error}") from error

    def follow(self) -> None:
        """Brings up to date after something was added, unless another program is at it: then that, or the next one to
        ask, does it."""
        with suppress(LedgerLocked):
            self.bring_up_to_date()

    def trace(self, id: str, *, without: Sequence[str] = (), as_of: datetime | None = None) -> Trace:
        """Raises NotFound where nothing has this id."""
        return self.tracing.trace(self.gathering.by_id(id), without=without, as_of=as_of)

    def traces(self) -> Iterator[Trace]:
        """Every claim once."""
        return map(self.tracing.trace, self.gathering.all())

    def edges(self) -> tuple[Edge, ...]:
        return self.tracing.edges()

    # lists ------------------------------------------------------------------------------------------------------------

    def summaries(self, text: str | None, *, min_outlets: int) -> Iterator[ClaimSummary]:
        """Those that several mentions put, in most articles first; then those of single ones, the latest first."""
        after: str | None = None
        while True:
            page = self._claims.claims(text, min_outlets=min_outlets, after=after)
            for summary in page.items:
                yield summary if summary.independent_origins is not None else self._counted(summary)
            if (after := page.next) is None:
                break
        if min_outlets <= 1:
            yield from self._singles(None if text is None else parse_terms(text), min_outlets)

    def page(self, text: str | None, *, limit: int, after: str | None) -> Page[ClaimSummary]:
        """One page of the claims that several mentions put, as far as matched; nothing is written."""
        found = self._claims.claims(text, limit=limit, after=after)
        items = (s if s.independent_origins is not None else self._with_trace(s) for s in found.items)
        return Page(items=tuple(items), next=found.next)

    def _with_trace(self, summary: ClaimSummary) -> ClaimSummary:
        trace = self.trace(summary.id)
        return replace(summary, independent_origins=trace.independent_origins, marks=marks_of(trace))

    def _counted(self, summary: ClaimSummary) -> ClaimSummary:
        """With what tracing finds, which is kept for the next time where it may be written."""
        trace = self.trace(summary.id)
        counted = Counted(origins=trace.independent_origins, marks=marks_of(trace))
        with suppress(LedgerFull, LedgerLocked), self._store.writing():
            self._claims.put_counted(summary.id, counted)
        return replace(summary, independent_origins=counted.origins, marks=counted.marks)

    def _singles(self, terms: Terms | None, min_outlets: int) -> Iterator[ClaimSummary]:
        for version in reversed(list(self._store.versions())):
            kept = self._claims.article(version.id)
            if kept is None or (min_outlets and kept[0].outlet is None):
                continue
            article, number = kept
            for place, mention in enumerate(article.mentions):
                if terms is not None and not is_in(" ".join(span.text for span in mention.spans), terms):
                    continue
                gathered = self.gathering.of_mention(number + place)
                if len(gathered.claim.members) == 1:
                    trace = self.tracing.trace(gathered)
                    yield ClaimSummary(
                        id=mention.id,
                        statement=gathered.claim.statement,
                        articles=1,
                        outlets=int(article.outlet is not None),
                        first=article.time,
                        last=article.time,
                        independent_origins=trace.independent_origins,
                        marks=marks_of(trace),
                    )


def marks_of(trace: Trace) -> tuple[str, ...]:
    """What is to be known of a claim before it is repeated."""
    marks = {
        "disputed": trace.disputed_by,
        "recycled": trace.recycled,
        "circular": trace.circular,
        "withdrawn": trace.withdrawn_by,
        "drift": trace.drift,
    }
    return tuple(mark for mark, found in marks.items() if found)
