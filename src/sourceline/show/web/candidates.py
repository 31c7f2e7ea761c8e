"""Sources that may be one, with what a person needs to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourceline.errors import NotFound
from sourceline.ledger.ledger import Ledger
from sourceline.model.identity import Proposal
from sourceline.model.query import SourceSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A pair, as it is put to a person."""

    first: SourceSummary
    second: SourceSummary
    reasons: tuple[str, ...]
    score: float


def candidates_of(ledger: Ledger, proposals: Iterable[Proposal]) -> Iterator[Candidate]:
    """Those whose two sources are still there."""
    for proposal in proposals:
        try:
            first, second = ledger.source(proposal.first), ledger.source(proposal.second)
        except NotFound:
            continue
        yield Candidate(first=first, second=second, reasons=proposal.reasons, score=proposal.score)
