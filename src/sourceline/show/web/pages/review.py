"""Review: what is worth a person's word, most useful first; and the words that were given, with undo."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from starlette.routing import Route

from sourceline.errors import UsageError
from sourceline.ledger.reviewing import judge_attribution
from sourceline.model.identity import JudgementConflict
from sourceline.model.judgement import Judgement
from sourceline.model.query import Finding, Query
from sourceline.show.web.addresses import is_inner
from sourceline.show.web.answering import Answer, change, page, redirect
from sourceline.show.web.candidates import Candidate, candidates_of
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import Visit

_WINDOW = 400
"""Attributions of which the least certain are shown."""
_SHOWN = 15
_PAIRS = 10
_LATEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(View):
    template: ClassVar[str] = "review.html"
    here: ClassVar[str] = "/review"

    findings: tuple[Finding, ...]
    """Those that nobody judged, the least certain first."""
    window: int
    pager: Pager
    candidates: tuple[Candidate, ...]
    more_candidates: int
    judgements: tuple[Judgement, ...]
    """The latest first, those taken back too."""
    conflicts: tuple[JudgementConflict, ...]


def review_page(visit: Visit) -> ReviewPage:
    """Raises UsageError for a cursor that is none."""
    page = visit.ledger.find(Query(), limit=_WINDOW, after=visit.after)
    open_ones = sorted((f for f in page.items if not f.judged), key=lambda f: f.attribution.confidence)
    proposals = visit.proposals.of(visit.ledger)
    return ReviewPage(
        heading="Review",
        findings=tuple(open_ones[:_SHOWN]),
        window=len(page.items),
        pager=visit.pager(page),
        candidates=tuple(islice(candidates_of(visit.ledger, proposals), _PAIRS)),
        more_candidates=max(0, len(proposals) - _PAIRS),
        judgements=tuple(reversed(deque(visit.ledger.judgements(), maxlen=_LATEST))),
        conflicts=visit.ledger.conflicts(),
    )


def judge(visit: Visit) -> Answer:
    """Does what the button that was pressed stands for: a verdict and the ids it is about, with spaces between them.

    Raises NotFound for what is not there any more, UsageError without an author, or for no verdict.
    """
    author = visit.form.get("author")
    if not author:
        raise UsageError("a judgement needs its author: give a name")
    match visit.form.get("judge").split():
        case ["same" | "different" as verdict, first, second]:
            visit.ledger.judge(verdict, first, second, by=author)
        case ["same" | "different" as verdict]:  # of a source that is named by hand
            visit.ledger.judge(verdict, visit.form.get("first"), visit.form.get("second"), by=author)
        case ["right" | "wrong" as verdict, version, attribution]:
            judge_attribution(visit.ledger, version, attribution, verdict, by=author)
        case ["undo", judgement]:
            visit.ledger.undo(judgement, by=author)
        case _:
            raise UsageError("no verdict was given: press one of the buttons")
    return _back(visit)


def _back(visit: Visit) -> Answer:
    """To the page that the form stood on."""
    wanted = visit.form.get("back")
    return redirect(wanted if is_inner(wanted) else "/review")


ROUTES = (
    Route("/review", page(review_page), methods=["GET"]),
    Route("/judge", change(judge), methods=["POST"]),
)
