"""What changed from one version of an article to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.errors import NotFound
from sourceline.ledger.changes import Difference
from sourceline.show.web.answering import page
from sourceline.show.web.documents_named import version_named
from sourceline.show.web.text_changes import Changed, changed_lines
from sourceline.show.web.view import View
from sourceline.show.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(View):
    template: ClassVar[str] = "changes.html"
    here: ClassVar[str] = "/documents"

    difference: Difference
    lines: tuple[Changed, ...] | None
    """None where the texts are too long to be compared here."""


def changes_page(visit: Visit) -> ChangesPage:
    """From the version before it to this one. Raises NotFound where there is none before it."""
    version = version_named(visit.ledger, visit.parts["document"])
    for difference in visit.ledger.difference(version.key):
        if difference.after.id == version.id:
            before, after = (visit.ledger.reading(v.id).document.text for v in (difference.before, difference.after))
            heading = version.title or version.name
            return ChangesPage(heading=heading, difference=difference, lines=changed_lines(before, after))
    raise NotFound("there is no earlier version of this article to compare it with")


ROUTES = (Route("/articles/{document}/changes", page(changes_page)),)
