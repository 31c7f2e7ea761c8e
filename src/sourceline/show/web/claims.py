"""Claims as rows of a table: how many sources, in how many articles, and what is to be known before one is repeated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeGuard

from sourceline.ledger.ledger import Ledger
from sourceline.model.query import Page
from sourceline.model.trace import Interval

_MOST_SQUARES = 8
"""Squares of a bar; more are told in figures only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Origins as squares: filled, shown to be independent; outlined, possible."""

    filled: int
    outlined: int
    more: bool
    """Whether there are more than squares are drawn for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    id: str
    statement: str
    origins: Interval | None
    """None where it was not counted yet."""
    bar: Bar
    articles: int
    outlets: int
    first: datetime
    last: datetime
    marks: tuple[str, ...]


class KnowsClaims(Protocol):
    """A ledger with claims."""

    def find_claims(self, text: str | None = None, *, limit: int = 50, after: str | None = None) -> Page[Any]:
        """One page of `ClaimSummary`, of what is matched so far: a page that is read writes nothing."""

    def match(self) -> None:
        """Matches what was added since."""


def lists_claims(ledger: object) -> TypeGuard[KnowsClaims]:
    """Whether this ledger knows claims."""
    return hasattr(ledger, "find_claims") and hasattr(ledger, "match")


def match_claims(ledger: Ledger) -> None:
    """Finds which mentions put one claim, where documents were added since; the ledger is open for writing."""
    if lists_claims(ledger):
        ledger.match()


def claim_rows(ledger: Ledger, text: str | None, *, limit: int, after: str | None) -> Page[ClaimRow]:
    """One page of claims, in whose statements the words are. Raises UsageError for words or a cursor that cannot be
    understood."""
    if not lists_claims(ledger):
        return Page(items=(), next=None)
    page = ledger.find_claims(text, limit=limit, after=after)
    return Page(items=tuple(map(claim_row, page.items)), next=page.next)


def claim_row(summary: Any) -> ClaimRow:
    """A row of what the ledger tells of a claim (`ClaimSummary`)."""
    return ClaimRow(
        id=summary.id,
        statement=summary.statement,
        origins=summary.independent_origins,
        bar=bar_of(summary.independent_origins),
        articles=summary.articles,
        outlets=summary.outlets,
        first=summary.first,
        last=summary.last,
        marks=tuple(summary.marks),
    )


def bar_of(origins: Interval | None) -> Bar:
    """As many squares as there may be sources."""
    if origins is None:
        return Bar(filled=0, outlined=0, more=False)
    shown = min(origins.high, _MOST_SQUARES)
    filled = min(origins.low, shown)
    return Bar(filled=filled, outlined=shown - filled, more=origins.high > shown)
