"""Who denied, and who would not say or could not be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.query import Finding, Query, SourceSummary
from sourceline.model.speech import Act
from sourceline.show.web.answering import page
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit

_ACTS = {"declined": (Act.DECLINE,), "denied": (Act.DENY,)}
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SilencePage(View):
    template: ClassVar[str] = "silence.html"
    here: ClassVar[str] = "/silence"

    show: str
    """What is shown: "", "declined" or "denied"."""
    sources: tuple[SourceSummary, ...]
    """Who did it, those that speak most first."""
    more_sources: bool
    findings: tuple[Finding, ...]
    pager: Pager


def silence_page(visit: Visit) -> SilencePage:
    """Raises UsageError for a cursor that is none."""
    show = visit.get("show") if visit.get("show") in _ACTS else ""
    acts = _ACTS.get(show, (Act.DECLINE, Act.DENY))
    found = visit.ledger.find(Query(acts=acts), limit=ROWS, after=visit.after)
    sources = visit.ledger.find_sources(acts=acts, limit=_MOST_NAMES)
    return SilencePage(
        heading="Silence",
        show=show,
        sources=sources.items,
        more_sources=sources.next is not None,
        findings=found.items,
        pager=visit.pager(found, show=show),
    )


ROUTES = (Route("/silence", page(silence_page)),)
