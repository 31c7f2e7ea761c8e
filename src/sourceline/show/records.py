"""What a ledger answers, as objects for `--json`: one each line. Keys are added, never renamed."""

from __future__ import annotations

from typing import Any

from sourceline.ledger.adding import Event, Summary
from sourceline.ledger.changes import Change, Difference
from sourceline.ledger.soundness import Fault
from sourceline.model.evidence import Problem, Removal, Sighting, Version
from sourceline.model.identity import JudgementConflict, Profile, Proposal
from sourceline.model.judgement import Judgement
from sourceline.model.query import Finding, Passage, SourceSummary
from sourceline.model.source import Source
from sourceline.show.json import attribution_object, source_object


def version_object(version: Version) -> dict[str, Any]:
    return {
        **_place(version),
        "at": version.at.isoformat(),
        "sha256": version.sha256,
        "text_sha256": version.text_sha256,
        "model": version.model,
        "removal": removal_object(version.removal) if version.removal else None,
        "seen": version.seen.isoformat() if version.seen else None,
        "latest": version.latest,
    }


def sighting_object(sighting: Sighting, version: Version) -> dict[str, Any]:
    """`sha256` is that of the bytes, null where the server said that they are as they were."""
    return {"at": sighting.at.isoformat(), "sha256": sighting.sha256, "latest": version.latest, **_place(version)}


def removal_object(removal: Removal) -> dict[str, Any]:
    return {"at": removal.at.isoformat(), "by": removal.by, "reason": removal.reason}


def finding_object(finding: Finding) -> dict[str, Any]:
    return {
        **attribution_object(finding.attribution),
        "speaker": source_object(finding.speaker) if finding.speaker else None,
        "identity": finding.identity,
        "via": [source_object(source) for source in finding.via],
        "upstream": [source_object(source) for source in finding.upstream],
        "judged": finding.judged,
        **_place(finding.version),
    }


def passage_object(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "before": passage.before,
        "after": passage.after,
        **_place(passage.version),
    }


def unnamed_object(version: Version, source: Source, times: int) -> dict[str, Any]:
    return {**source_object(source), "attributions": times, **_place(version)}


def summary_object(summary: SourceSummary) -> dict[str, Any]:
    return {
        "identity": summary.identity,
        "name": summary.name,
        "kind": summary.kind,
        "roles": list(summary.roles),
        "affiliations": list(summary.affiliations),
        "documents": summary.documents,
        "outlets": summary.outlets,
        "acts": {act.value: count for act, count in summary.acts.items()},
        "first": summary.first,
        "last": summary.last,
    }


def profile_object(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "name": profile.name,
        "kind": profile.kind.value,
        "role": profile.role,
        "affiliation": profile.affiliation,
    }


def proposal_object(proposal: Proposal, names: tuple[str, str]) -> dict[str, Any]:
    return {
        "first": proposal.first,
        "first_name": names[0],
        "second": proposal.second,
        "second_name": names[1],
        "score": round(proposal.score, 4),
        "reasons": list(proposal.reasons),
    }


def judgement_object(judgement: Judgement, conflict: JudgementConflict | None = None) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "at": judgement.at.isoformat(),
        "by": judgement.by,
        "verdict": judgement.verdict.value,
        "sources": [
            {"name": s.name, "role": s.role, "affiliation": s.affiliation, "kind": s.kind and s.kind.value}
            for s in judgement.sources
        ],
        "mentions": [
            {
                "key": m.document,
                "version_id": m.version,
                "spans": [{"start": s.start, "end": s.end, "text": s.text} for s in m.spans],
            }
            for m in judgement.mentions
        ],
        "version": judgement.version,
        "attribution": attribution_object(judgement.attribution) if judgement.attribution else None,
        "note": judgement.note,
        "undone": judgement.undone,
        "conflict": {"against": list(conflict.against), "reason": conflict.reason} if conflict else None,
    }


def difference_object(difference: Difference) -> dict[str, Any]:
    return {
        "before": version_object(difference.before),
        "after": version_object(difference.after),
        "text_changed": difference.text_changed,
        "kept": difference.kept,
        "stated": [{"what": s.what, "before": s.before, "after": s.after} for s in difference.stated],
        "changes": [_change_object(change) for change in difference.changes],
        "at": difference.at.isoformat() if difference.at else None,
        "returned": difference.returned,
    }


def problem_object(problem: Problem, noted: str) -> dict[str, Any]:
    return {"place": problem.place, "kind": problem.kind, "message": problem.message, "noted": noted}


def fault_object(fault: Fault) -> dict[str, Any]:
    version = fault.version
    return {
        "document": version.name if version else None,
        "version_id": version.id if version else None,
        "place": fault.place,
        "message": fault.message,
    }


def event_object(event: Event) -> dict[str, Any]:
    return {
        "place": event.place,
        "outcome": event.outcome.value if event.outcome else "problem",
        "problem": {"kind": event.problem.kind, "message": event.problem.message} if event.problem else None,
        "removal": removal_object(event.removal) if event.removal else None,
    }


def summary_of_add(summary: Summary) -> dict[str, Any]:
    return {
        "outcomes": {outcome.value: count for outcome, count in sorted(summary.outcomes.items())},
        "problems": summary.problems,
        "changed": summary.changed,
    }


def _change_object(change: Change) -> dict[str, Any]:
    return {
        "before": attribution_object(change.before) if change.before else None,
        "after": attribution_object(change.after) if change.after else None,
        "what": list(change.what),
    }


def _place(version: Version) -> dict[str, Any]:
    return {
        "document": version.name,
        "key": version.key,
        "version": version.number,
        "version_id": version.id,
        "url": version.url,
        "outlet": version.outlet,
        "title": version.title,
        "published": version.published,
    }
