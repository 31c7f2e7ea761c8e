"""Sources across documents, those that speak most first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.query import SourceSummary
from sourceline.model.speech import Act
from sourceline.show.web.answering import page
from sourceline.show.web.search_terms import parse_acts
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(View):
    template: ClassVar[str] = "sources.html"
    here: ClassVar[str] = "/sources"

    name: str
    """Words that names are asked for."""
    act: str
    acts: tuple[Act, ...]
    """All there are, to choose from."""
    sources: tuple[SourceSummary, ...]
    pager: Pager


def sources_page(visit: Visit) -> SourcesPage:
    """Raises UsageError for words, an act or a cursor that cannot be understood."""
    name, act = visit.get("name"), visit.get("act")
    found = visit.ledger.find_sources(name or None, acts=parse_acts(act), limit=ROWS, after=visit.after)
    return SourcesPage(
        heading="Sources",
        name=name,
        act=act,
        acts=tuple(Act),
        sources=found.items,
        pager=visit.pager(found, name=name, act=act),
    )


ROUTES = (Route("/sources", page(sources_page)),)
