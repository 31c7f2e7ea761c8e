"""Sources without a name, and why they have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.evidence import Version
from sourceline.model.source import Source
from sourceline.show.web.answering import page
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit


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

    sources: tuple[Unnamed, ...]
    pager: Pager


def unnamed_page(visit: Visit) -> UnnamedPage:
    """Raises UsageError for a cursor that is none."""
    found = visit.ledger.find_unnamed(limit=ROWS, after=visit.after)
    sources = tuple(Unnamed(version=version, source=source, speaks=times) for version, source, times in found.items)
    return UnnamedPage(heading="Unnamed", sources=sources, pager=visit.pager(found))


ROUTES = (Route("/unnamed", page(unnamed_page)),)
