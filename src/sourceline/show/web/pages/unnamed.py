"""Sources without a name, and why they have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.evidence import Version
from sourceline.model.source import Source, SourceKind
from sourceline.show.web.answering import page
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit

_PEOPLE = frozenset({SourceKind.ANONYMOUS, SourceKind.PERSON, SourceKind.GROUP})
_LOOKED_AT = 2 * ROWS
"""Sources of one page, of which those are shown that are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """One of a document, and in how many attributions it speaks there."""

    version: Version
    source: Source
    speaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnamedPage(View):
    template: ClassVar[str] = "unnamed.html"
    here: ClassVar[str] = "/unnamed"

    show: str
    """"all" where bodies and documents without a name are shown beside people."""
    sources: tuple[Unnamed, ...]
    pager: Pager


def unnamed_page(visit: Visit) -> UnnamedPage:
    """Raises UsageError for a cursor that is none."""
    show = "all" if visit.get("show") == "all" else ""
    found = visit.ledger.find_unnamed(limit=_LOOKED_AT, after=visit.after)
    sources = tuple(
        Unnamed(version=version, source=source, speaks=times)
        for version, source, times in found.items
        if show or source.kind in _PEOPLE
    )
    return UnnamedPage(heading="Unnamed", show=show, sources=sources, pager=visit.pager(found, show=show))


ROUTES = (Route("/unnamed", page(unnamed_page)),)
