"""Documents, the latest published first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.evidence import Version
from sourceline.show.web.answering import page
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(View):
    template: ClassVar[str] = "documents.html"
    here: ClassVar[str] = "/documents"

    versions: tuple[Version, ...]
    pager: Pager


def documents_page(visit: Visit) -> DocumentsPage:
    """Raises UsageError for a cursor that is none."""
    found = visit.ledger.latest(limit=ROWS, after=visit.after)
    return DocumentsPage(heading="Documents", versions=found.items, pager=visit.pager(found))


ROUTES = (Route("/documents", page(documents_page)),)
