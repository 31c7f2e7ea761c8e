"""Who disputes a claim: denials, doubts, and other values for the same quantity."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.model.claim import Stance
from sourceline.model.trace import Dispute, DisputeKind
from sourceline.trace.origins import Descent
from sourceline.trace.testimony import Testimony


def find_disputes(
    testimonies: Sequence[Testimony], descent: Descent, rivals: Sequence[Testimony]
) -> tuple[Dispute, ...]:
    """Each party that denies or doubts it, or gives another value, once: where it did so first."""
    asserting = {root.party.id for root in descent.roots if root.asserts}
    seen: set[object] = set()
    found: list[Dispute] = []
    for testimony in testimonies:
        if not testimony.against:
            continue
        root = descent.origin.get(testimony.id)
        key = ("party", root.party.id) if root else ("article", testimony.article.key)
        if key in seen:
            continue
        seen.add(key)
        kind = DisputeKind.DENIAL if testimony.stance is Stance.DENIES else DisputeKind.DOUBT
        found.append(_dispute(testimony, root.party.name if root else None, kind))
    for rival in rivals:
        if rival.stance is Stance.ASSERTS and ("rival", rival.article.key) not in seen:
            seen.add(("rival", rival.article.key))
            found.append(_dispute(rival, None, DisputeKind.CONFLICT))
    if not asserting and not found:
        return ()
    return tuple(found)


def _dispute(testimony: Testimony, party: str | None, kind: DisputeKind) -> Dispute:
    speaker = testimony.mention.speaker
    return Dispute(
        source=speaker.name if speaker else party or testimony.article.outlet or "",
        version=testimony.article.version,
        document=testimony.article.name,
        spans=testimony.mention.spans,
        kind=kind,
    )
