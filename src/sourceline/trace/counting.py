"""How many independent sources: the parties that assert a claim (S), and the acts of newsgathering (W).

low counts parties shown to be distinct, high those that nothing shows to be the same, best is the most probable.
A mention whose lineage is not recorded adds nothing to low and one to high.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sourceline.model.speech import Act
from sourceline.model.trace import Channel, Interval
from sourceline.trace.origins import Descent, Root
from sourceline.trace.doubts import Doubt, find_doubt
from sourceline.trace.parties import Parties, Party
from sourceline.trace.voices import Shape, is_party
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
    reasons = [f"{held[id].name} took it back: {withdrawn[id]}" for id in groups if id in withdrawn]
    own = [held[id] for id in groups if all(_is_own(root) for root in groups[id])]
    spoken = [held[id] for id in groups if held[id] not in own]
    standing = [p for p in spoken if p.id not in withdrawn]
    relation = _Relation(parties, groups)
    sure = [p for p in standing if any(_is_sure(root) for root in groups[p.id])]
    low, doubts = relation.told_apart(sure, possible=True)
    best, _ = relation.told_apart(standing, possible=False)
    high, _ = relation.told_apart(spoken, possible=False)
    unrecorded = _unrecorded(descent)
    own_words = 1 if own and not spoken else 0
    reasons += [doubt.reason for doubt in doubts]
    for testimony in unrecorded:
        where = testimony.article.outlet or testimony.article.name
        reasons.append(f"{where} gives no source: independence not established")
    reasons += [f"{p.name} gives it as its own reporting, which may rest on anybody" for p in own]
    reasons += _shared_roots(groups, held)
    shown = low or (own_words if not withdrawn else 0)
    most = high + len(own) + min(1, len(unrecorded))
    likely = min(max(best, shown), most)
    return Count(
        origins=Interval(low=min(shown, likely), best=likely, high=most),
        acts=_acts(asserting, withdrawn, min(1, len(unrecorded))),
        reasons=tuple(dict.fromkeys(reasons)),
    )


class _Relation:
    """Which of the parties that assert a claim are told apart."""

    def __init__(self, parties: Parties, groups: Mapping[int, Sequence[Root]]) -> None:
        self._parties = parties
        self._groups = groups

    def told_apart(self, parties: Sequence[Party], *, possible: bool) -> tuple[int, list[Doubt]]:
        """How many are told apart, named ones taken first, with why the others are not. `possible`: a mere
        possibility that two are one counts, too."""
        kept: list[Party] = []
        doubts: list[Doubt] = []
        for party in sorted(parties, key=_openness):
            found = [doubt for other in kept if (doubt := self._doubt(party, other)) is not None]
            found = [doubt for doubt in found if possible or doubt.probable]
            if found:
                doubts.append(found[0])
            else:
                kept.append(party)
        return len(kept), doubts

    def _doubt(self, a: Party, b: Party) -> Doubt | None:
        doubt = find_doubt(a, b)
        if doubt is not None:
            return doubt
        for one, other in ((a, b), (b, a)):
            if any(_is_own_act(root) for root in self._groups[one.id]):
                return Doubt(f"{other.name} may only repeat what {one.name} announced", True)
        return None


def _is_own_act(root: Root) -> bool:
    """Whether the claim is a promise, a demand or a threat of the party itself, which it alone can make."""
    return root.first.mention.act in (Act.INTEND, Act.DEMAND, Act.THREATEN)


def _is_own(root: Root) -> bool:
    """Whether it is a news outlet's own word, which may rest on anything."""
    if root.party.kind == "media":
        return True
    return root.channel is Channel.OBSERVATION and not is_party(root.first.article)


def _is_sure(root: Root) -> bool:
    return max(t.certainty for t in root.testimonies) >= _SURE


def _openness(party: Party) -> tuple[int, int]:
    """Those first whose names tell most."""
    order = (Shape.BODY, Shape.PERSON, Shape.DOCUMENT, Shape.UNNAMED, Shape.MEDIA)
    return order.index(party.shape), party.id


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
