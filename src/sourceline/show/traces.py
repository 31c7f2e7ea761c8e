"""Traces as objects of the stable format (format 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sourceline.model.lint import LintFinding
from sourceline.model.query import ClaimSummary
from sourceline.model.text import Span
from sourceline.model.trace import Dispute, Edge, Evidence, Figure, Interval, Origin, Step, Trace, Traced

Numbers = Mapping[str, int]
"""The number of a version among those of its document, by the version's id."""


def trace_object(trace: Trace, numbers: Numbers) -> dict[str, Any]:
    """A claim with all that was traced of it."""
    return {
        "id": trace.claim,
        "statement": trace.statement,
        "mentions": [_mention_object(mention, numbers) for mention in trace.mentions],
        "origins": [_origin_object(origin) for origin in trace.origins],
        "independent_origins": _interval_object(trace.independent_origins),
        "newsgathering_acts": _interval_object(trace.newsgathering_acts),
        "reasons": list(trace.reasons),
        "articles": trace.articles,
        "outlets": trace.outlets,
        "first_published": trace.first_published.isoformat() if trace.first_published else None,
        "circular": trace.circular,
        "recycled": None
        if trace.recycled is None
        else {"old_document": trace.recycled.old_document, "new_documents": list(trace.recycled.new_documents)},
        "background": list(trace.background),
        "reasserted": list(trace.reasserted),
        "reversed_by": list(trace.reversed_by),
        "withdrawn_by": list(trace.withdrawn_by) or None,
        "downstream": list(trace.downstream),
        "disputed_by": [_dispute_object(dispute) for dispute in trace.disputed_by],
        "drift": None
        if trace.drift is None
        else {
            "what": trace.drift.what,
            "unit": trace.drift.unit,
            "values": [_figure_object(figure) for figure in trace.drift.values],
        },
    }


def edge_object(edge: Edge, names: Mapping[str, str]) -> dict[str, Any]:
    """`names`: the ids given with the documents, by version."""
    return {
        "from": names[edge.earlier],
        "to": names[edge.later],
        "kind": edge.kind.value,
        "credited": edge.credited,
        "evidence": _evidence_objects(edge.evidence),
        "probability": round(edge.probability, 4),
    }


def claim_object(summary: ClaimSummary) -> dict[str, Any]:
    """A claim in a list."""
    origins = summary.independent_origins
    return {
        "id": summary.id,
        "statement": summary.statement,
        "articles": summary.articles,
        "outlets": summary.outlets,
        "independent_origins": None if origins is None else _interval_object(origins),
        "first": summary.first.isoformat(),
        "last": summary.last.isoformat(),
        "marks": list(summary.marks),
    }


def lint_object(finding: LintFinding) -> dict[str, Any]:
    """What a ledger has to say about one place of a draft."""
    return {
        "rule": finding.rule.value,
        "message": finding.message,
        "line": finding.line,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.span.text,
        "claim": finding.claim,
        "evidence": _evidence_objects(finding.evidence),
    }


def _mention_object(mention: Traced, numbers: Numbers) -> dict[str, Any]:
    return {
        "id": mention.mention,
        "document": mention.document,
        "version": numbers.get(mention.version),
        "attribution": mention.attribution,
        "unattributed": mention.unattributed,
        "spans": _span_objects(mention.spans),
        "source": mention.source,
        "stance": mention.stance.value,
        "origin": mention.origin,
        "parent": mention.parent,
        "lineage": [_step_object(step) for step in mention.lineage],
        "hedge_lost": mention.hedge_lost,
        "outlet": mention.outlet,
        "time": mention.time.isoformat(),
        "undated": mention.undated,
    }


def _step_object(step: Step) -> dict[str, Any]:
    return {
        "step": step.step,
        "evidence": _evidence_objects(step.evidence),
        "probability": round(step.probability, 4),
        "mention": step.mention,
    }


def _origin_object(origin: Origin) -> dict[str, Any]:
    return {
        "id": origin.id,
        "party": origin.party,
        "source": origin.source,
        "kind": origin.kind,
        "channel": origin.channel.value,
        "first_document": origin.first_document,
        "asserts": origin.asserts,
        "reasons": list(origin.reasons),
    }


def _dispute_object(dispute: Dispute) -> dict[str, Any]:
    return {
        "source": dispute.source,
        "document": dispute.document,
        "spans": _span_objects(dispute.spans),
        "kind": dispute.kind.value,
    }


def _figure_object(figure: Figure) -> dict[str, Any]:
    return {"document": figure.document, "low": figure.low, "high": figure.high, "as_of": figure.as_of}


def _interval_object(interval: Interval) -> dict[str, int]:
    return {"low": interval.low, "best": interval.best, "high": interval.high}


def _evidence_objects(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [{"document": e.document, "start": e.span.start, "end": e.span.end, "text": e.span.text} for e in evidence]


def _span_objects(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "text": span.text} for span in spans]
