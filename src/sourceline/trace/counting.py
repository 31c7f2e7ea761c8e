"""How many independent sources: the parties that assert a claim (S), and the acts of newsgathering (W).

low counts parties shown to be distinct, high those that nothing shows to be the same, best is the most probable.
A mention whose lineage is not recorded adds nothing to low and one to high.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sourceline.model.trace import Channel, Interval
from sourceline.trace.origins import Descent, Root
from sourceline.trace.parties import Parties, Party, Shape, is_party
from sourceline.trace.testimony import Testimony

_SURE = 0.5
"""Certainty that a mention belongs to the claim, from which its party counts as shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    origins: Interval
    acts: Interval
    reasons: tuple[str, ...]


def count_origins(descent: Descent, parties: Parties, withdrawn: Mapping[int, str]) -> Count:
    """S and W with the reasons. `withdrawn`: by the id of a party, who or what took its assertion back."""
    asserting = [root for root in descent.roots if root.asserts]
    groups: dict[int, list[Root]] = {}
    for root in asserting:
        groups.setdefault(root.party.id, []).append(root)
    held = {party.id: party for party in parties.all()}
    reasons: list[str] = []
    standing = [held[id] for id in groups if id not in withdrawn]
    for id in groups:
        if id in withdrawn:
            reasons.append(f"{held[id].name} took it back: {withdrawn[id]}")
    own = [p for p in standing if all(_is_own(root) for root in groups[p.id])]
    spoken = [p for p in standing if p not in own and any(_is_sure(root) for root in groups[p.id])]
    shown, doubts = _distinct(spoken, parties)
    reasons += doubts
    low = len(shown)
    if low == 0 and own and not spoken:
        low = 1 if any(_is_sure(root) for p in own for root in groups[p.id]) else 0
    unrecorded = _unrecorded(descent)
    for testimony in unrecorded:
        where = testimony.article.outlet or testimony.article.name
        reasons.append(f"{where} gives no source: independence not established")
    high = len(groups) + len(unrecorded)
    likely = _likely(spoken, parties) if spoken else low
    best = min(max(likely, low), high)
    reasons += _shared_roots(groups, held)
    return Count(
        origins=Interval(low=low, best=best, high=max(high, best)),
        acts=_acts(asserting, withdrawn, len(unrecorded)),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _is_own(root: Root) -> bool:
    """Whether it is a news outlet's own word, which may rest on anything."""
    return root.channel is Channel.OBSERVATION and not is_party(root.first.article)


def _is_sure(root: Root) -> bool:
    return max(t.certainty for t in root.testimonies) >= _SURE


def _distinct(parties: Sequence[Party], all_parties: Parties) -> tuple[list[Party], list[str]]:
    """As many parties as are shown to be distinct from each other, named ones first; with the doubts."""
    shown: list[Party] = []
    doubts: list[str] = []
    for party in sorted(parties, key=_openness):
        reason = next((r for other in shown if (r := all_parties.may_be_one(party, other)) is not None), None)
        if reason is None:
            shown.append(party)
        else:
            doubts.append(reason)
    return shown, doubts


def _openness(party: Party) -> tuple[int, int]:
    """Those first whose names tell most."""
    order = (Shape.BODY, Shape.PERSON, Shape.DOCUMENT, Shape.UNNAMED, Shape.MEDIA)
    return order.index(party.shape), party.id


def _likely(parties: Sequence[Party], all_parties: Parties) -> int:
    """How many there probably are: unnamed ones of one description are one, others are told apart."""
    kept: list[Party] = []
    for party in sorted(parties, key=_openness):
        if not any(_probably_one(party, other, all_parties) for other in kept):
            kept.append(party)
    return len(kept)


def _probably_one(party: Party, other: Party, all_parties: Parties) -> bool:
    return all_parties.may_be_one(party, other) is not None


def _unrecorded(descent: Descent) -> list[Testimony]:
    """One mention of each outlet that gives the claim without any source and has it from nobody we know."""
    known = {t.article.outlet or t.article.key for root in descent.roots for t in root.testimonies if root.asserts}
    found: dict[str, Testimony] = {}
    for testimony in descent.unrecorded:
        found.setdefault(testimony.article.outlet or testimony.article.key, testimony)
    return [t for where, t in found.items() if where not in known]


def _shared_roots(groups: Mapping[int, Sequence[Root]], parties: Mapping[int, Party]) -> list[str]:
    """Which outlets rest on one party."""
    told = []
    for id, roots in groups.items():
        outlets = list(dict.fromkeys(t.article.outlet or t.article.name for r in roots for t in r.testimonies))
        name = parties[id].name or "one source"
        if len(outlets) > 1:
            listed = ", ".join(outlets[:3]) + (f" and {len(outlets) - 3} more" if len(outlets) > 3 else "")
            told.append(f"{listed} all rest on {name}")
    return told


def _acts(roots: Sequence[Root], withdrawn: Mapping[int, str], unrecorded: int) -> Interval:
    """Roots that are derived from no other mention."""
    standing = [r for r in roots if r.party.id not in withdrawn]
    shown = len({(r.party.id, r.told or "", r.first.article.key) for r in standing if _is_sure(r) and not _is_own(r)})
    return Interval(low=min(shown, len(standing)), best=len(standing), high=len(roots) + unrecorded)
