"""Documents, the latest published first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.evidence import Version
from sourceline.show.web.answering import page
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit
from sourceline.store.days import first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(View):
    template: ClassVar[str] = "documents.html"
    here: ClassVar[str] = "/documents"

    versions: tuple[Version, ...]
    pager: Pager


def documents_page(visit: Visit) -> DocumentsPage:
    """Raises UsageError for a cursor that is none."""
    found = visit.ledger.latest(limit=ROWS, after=visit.after)
    return DocumentsPage(heading="Documents", versions=tuple(_by_time(found.items)), pager=visit.pager(found))


def _by_time(versions: Sequence[Version]) -> Iterator[Version]:
    """The ledger puts days in order; within one, the latest first."""
    for _, day in groupby(versions, key=lambda version: first_day(version.published)):
        yield from sorted(day, key=lambda version: version.published or "", reverse=True)


ROUTES = (Route("/documents", page(documents_page)),)
