"""One source across documents: what it asserted, denied and declined, through whom, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from starlette.routing import Route

from sourceline.errors import NotFound
from sourceline.model.identity import Profile
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.query import Finding, Query, SourceSummary
from sourceline.model.source import Source
from sourceline.show.web.addresses import dossier_of, source_address
from sourceline.show.web.answering import Answer, page, redirect
from sourceline.show.web.candidates import Candidate, candidates_of
from sourceline.show.web.search_terms import parse_acts
from sourceline.show.web.timeline import Timeline, timeline_of
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import ROWS, Visit

_LOOKED_AT = 120
"""Latest attributions that the timeline and the carriers are taken from."""
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Through whom a source's words came, and how often."""

    name: str
    address: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage(View):
    template: ClassVar[str] = "dossier.html"
    here: ClassVar[str] = "/sources"

    source: SourceSummary
    profiles: tuple[Profile, ...]
    reasons: tuple[str, ...]
    """Why the profiles are held to be one."""
    act: str
    """The acts that are shown, "" for all."""
    looked_at: int
    """How many attributions, the latest, the timeline and the carriers are taken from."""
    more: bool
    """Whether there are others."""
    carriers: tuple[Carrier, ...]
    timeline: Timeline | None
    findings: tuple[Finding, ...]
    pager: Pager
    candidates: tuple[Candidate, ...]
    judgements: tuple[Judgement, ...]
    """Of this source, those that stand."""


def dossier_page(visit: Visit) -> Answer:
    """Raises NotFound where there is no such source, UsageError for an act or a cursor that cannot be understood."""
    id = visit.parts["identity"]
    identity = visit.ledger.identity_of(id)
    if identity is None:
        raise NotFound("the ledger has no source with this id: the sources' page lists them")
    if identity != id:
        return redirect(source_address(identity))
    source = visit.ledger.source(identity)
    profiles, reasons = visit.ledger.profiles(identity)
    act = visit.get("act")
    acts = parse_acts(act)
    found = visit.ledger.find(Query(identity=identity, acts=acts), limit=ROWS, after=visit.after)
    latest = visit.ledger.find(Query(identity=identity), limit=_LOOKED_AT)
    proposals = (p for p in visit.proposals.of(visit.ledger) if identity in (p.first, p.second))
    return DossierPage(
        heading=source.name,
        source=source,
        profiles=profiles,
        reasons=reasons,
        act=act,
        looked_at=len(latest.items),
        more=latest.next is not None,
        carriers=_carriers(latest.items),
        timeline=timeline_of(latest.items),
        findings=found.items,
        pager=visit.pager(found, act=act),
        candidates=tuple(_others(identity, islice(candidates_of(visit.ledger, proposals), _MOST_CANDIDATES))),
        judgements=_judgements(visit, profiles),
    )


def _others(identity: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """With this source first, whose page it is."""
    for pair in candidates:
        yield pair if pair.first.identity == identity else replace(pair, first=pair.second, second=pair.first)


def _carriers(findings: Sequence[Finding]) -> tuple[Carrier, ...]:
    """Those nearest to the article first by count; what came through nobody is not counted."""
    counts: Counter[str] = Counter()
    known: dict[str, Source] = {}
    for finding in findings:
        for source in {source.name: source for source in finding.via}.values():
            counts[source.name] += 1
            known.setdefault(source.name, source)
    return tuple(
        Carrier(name=name, address=dossier_of(known[name]), count=count) for name, count in counts.most_common(12)
    )


def _judgements(visit: Visit, profiles: Sequence[Profile]) -> tuple[Judgement, ...]:
    names = {profile.name for profile in profiles}
    return tuple(
        judgement
        for judgement in visit.ledger.judgements()
        if judgement.verdict in (Verdict.SAME, Verdict.DIFFERENT)
        and not judgement.undone
        and any(named.name in names for named in judgement.sources)
    )


ROUTES = (Route("/sources/{identity}", page(dossier_page)),)
