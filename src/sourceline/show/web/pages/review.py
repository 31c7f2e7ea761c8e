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


def judge_sources(visit: Visit) -> Answer:
    """Raises NotFound for a source that is not known, UsageError without an author."""
    form = visit.form
    visit.ledger.judge(form.get("verdict"), form.get("first"), form.get("second"), by=form.get("author"))
    return _back(visit)


def judge_one(visit: Visit) -> Answer:
    """Raises NotFound for an attribution that does not stand, UsageError without an author."""
    form = visit.form
    judge_attribution(
        visit.ledger, form.get("version"), form.get("attribution"), form.get("verdict"), by=form.get("author")
    )
    return _back(visit)


def undo(visit: Visit) -> Answer:
    """Raises NotFound where no such judgement stands, UsageError without an author."""
    if not visit.form.get("author"):
        raise UsageError("taking a judgement back needs an author: give a name")
    visit.ledger.undo(visit.form.get("judgement"), by=visit.form.get("author"))
    return _back(visit)


def _back(visit: Visit) -> Answer:
    """To the page that the form stood on."""
    wanted = visit.form.get("back")
    return redirect(wanted if is_inner(wanted) else "/review")


ROUTES = (
    Route("/review", page(review_page), methods=["GET"]),
    Route("/judge/sources", change(judge_sources), methods=["POST"]),
    Route("/judge/attribution", change(judge_one), methods=["POST"]),
    Route("/judge/undo", change(undo), methods=["POST"]),
)
