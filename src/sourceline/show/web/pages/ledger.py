"""The ledger: its claims, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.query import Finding, Passage
from sourceline.show.web.addresses import address
from sourceline.show.web.answering import Answer, page
from sourceline.show.web.claims import ClaimRow, claim_rows, lists_claims
from sourceline.show.web.pages.documents import documents_page
from sourceline.show.web.search_terms import Asked, parse_search
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit

_MANY = 10_000
"""More are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One way to look at a search, with how much it finds where that is known."""

    name: str
    label: str
    address: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage(View):
    template: ClassVar[str] = "claims.html"
    here: ClassVar[str] = "/"

    tabs: tuple[Tab, ...]
    claims: tuple[ClaimRow, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(View):
    """What was said, or where texts hold the words."""

    template: ClassVar[str] = "search.html"
    here: ClassVar[str] = "/"

    tabs: tuple[Tab, ...]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    pager: Pager


def ledger_page(visit: Visit) -> Answer:
    """Claims, or what the words of the search box find. Raises UsageError for a search that cannot be understood."""
    given = visit.get("q")
    if not given:
        return _claims(visit, None, ()) if lists_claims(visit.ledger) else documents_page(visit)
    asked = _with_identity(visit, parse_search(given))
    tabs = _tabs(visit, asked)
    match next((tab.name for tab in tabs if tab.chosen), ""):
        case "claims":
            return _claims(visit, asked.words, tabs)
        case "texts":
            found = visit.ledger.find_passages(asked.words or "", limit=ROWS, after=visit.after)
            pager = visit.pager(found, q=given, show="texts")
            return SearchPage(heading=given, tabs=tabs, findings=(), passages=found.items, pager=pager)
    page = visit.ledger.find(asked.query, limit=ROWS, after=visit.after)
    pager = visit.pager(page, q=given, show="said")
    return SearchPage(heading=given, tabs=tabs, findings=page.items, passages=(), pager=pager)


def _claims(visit: Visit, words: str | None, tabs: tuple[Tab, ...]) -> ClaimsPage:
    page = claim_rows(visit.ledger, words, limit=ROWS, after=visit.after)
    given = visit.get("q")
    pager = visit.pager(page, q=given, show="claims" if given else "")
    return ClaimsPage(heading=given or "Ledger", tabs=tabs, claims=page.items, pager=pager)


def _with_identity(visit: Visit, asked: Asked) -> Asked:
    """A source may be named by its id, as on the command line."""
    name = asked.query.source
    identity = None if name is None else visit.ledger.identity_of(name)
    if identity is None:
        return asked
    return replace(asked, query=replace(asked.query, source=None, identity=identity))


def _tabs(visit: Visit, asked: Asked) -> tuple[Tab, ...]:
    """Only those that can answer what is asked: claims and whole texts know words alone."""
    names = {"said": "said"}
    if asked.words and not asked.narrowed and asked.query.identity is None:
        names = {"claims": "claims", **names} if lists_claims(visit.ledger) else names
        names["texts"] = "in whole texts"
    chosen = visit.get("show")
    chosen = chosen if chosen in names else next(iter(names))
    count = visit.ledger.count(asked.query)
    counted = {"said": f"{count:,}" if count < _MANY else f"over {_MANY:,}"}
    given = visit.get("q")
    return tuple(
        Tab(
            name=name,
            label=label,
            address=address("/", q=given, show=name),
            count=counted.get(name, ""),
            chosen=name == chosen,
        )
        for name, label in names.items()
    )


ROUTES = (Route("/", page(ledger_page)),)
