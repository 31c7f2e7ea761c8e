"""How many independent sources: the parties that assert a claim (S), and the acts of newsgathering (W).

low counts parties shown to be distinct, high those that nothing shows to be the same, best is the most probable.
A mention whose lineage is not recorded adds nothing to low and one to high.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sourceline.model.trace import Channel, Interval
from sourceline.trace.distinct import Asserting, describe, doubt_between, probability
from sourceline.trace.doubts import Doubt
from sourceline.trace.links import speaker_of
from sourceline.trace.origins import Descent, Root
from sourceline.trace.parties import Parties, Party
from sourceline.trace.testimony import Testimony
from sourceline.trace.voices import Shape, is_party

_SURE = 0.5
"""Certainty that a mention belongs to the claim, from which its party counts as shown."""
_SHOWN, _LIKELY, _POSSIBLE = 0.42, 0.42, 0.395
"""Probability that a party adds a source, from which it counts in low, in best and in high."""
_FRESH = 1 / 3
"""How probably a party's words are not another's, from which it may be shown as a source of its own."""
_MOST_TOLD, _TOLD = 12, 3
"""Reasons that are given in all, and of one sort."""
_COMPARED = 200
"""Parties that are told apart; more than these count as possible only."""


Row = tuple[Asserting, dict[str, float], list[Doubt]]
"""A party, what tells whether it adds a source, and why it may be none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    origins: Interval
    acts: Interval
    reasons: tuple[str, ...]


def count_origins(descent: Descent, parties: Parties, withdrawn: Mapping[int, str]) -> Count:
    """S and W with the reasons. `withdrawn`: by the id of a party, who or what took its assertion back."""
    asserting = find_asserting(descent, parties)
    reasons = [f"{a.party.name} took it back: {withdrawn[a.party.id]}" for a in asserting if a.party.id in withdrawn]
    own = [a for a in asserting if is_own_reporting(a)]
    spoken = [a for a in asserting if not is_own_reporting(a)]
    rows = list(rows_of(spoken))
    standing = [row for row in rows if row[0].party.id not in withdrawn]
    low, doubts = _count(standing, _SHOWN, shown=True)
    best, _ = _count(standing, _LIKELY)
    high, _ = _count(rows, _POSSIBLE)
    unrecorded = _unrecorded(descent)
    own_words = 1 if own and not spoken else 0
    reasons += list(dict.fromkeys(doubt.reason for doubt in doubts))[:_TOLD]
    reasons += _without_source(unrecorded)
    reasons += [f"{a.party.name} gives it as its own reporting, which may rest on anybody" for a in own[:_TOLD]]
    reasons += _shared_roots(asserting)[:_TOLD]
    shown = low or (own_words if not withdrawn else 0)
    most = high + len(own) + min(1, len(unrecorded))
    likely = min(max(best, shown), most)
    return Count(
        origins=Interval(low=min(shown, likely), best=likely, high=most),
        acts=_acts(descent, withdrawn, min(1, len(unrecorded))),
        reasons=tuple(dict.fromkeys(reasons))[:_MOST_TOLD],
    )


def find_asserting(descent: Descent, parties: Parties) -> list[Asserting]:
    """The parties of the origins, and those of mentions that name another speaker than their origin does."""
    found: dict[int, Asserting] = {}
    for root in descent.roots:
        if not root.asserts:
            continue
        held = found.setdefault(root.party.id, Asserting(root.party))
        held.roots.append(root)
        for testimony in root.testimonies:
            if (parent := descent.parent.get(testimony.id)) is not None and parent.copied:
                continue
            party = parties.of(testimony)
            if party is root.party or speaker_of(testimony) is None:
                held.testimonies.append(testimony)
            elif not party.news:
                found.setdefault(party.id, Asserting(party)).testimonies.append(testimony)
    crediting = {
        t.article.version
        for root in descent.roots
        for t in root.testimonies
        if (parent := descent.parent.get(t.id)) is not None and parent.credited and not parent.inside
    }
    for held in found.values():
        held.beside = any(t.article.version in crediting for t in held.testimonies)
        held.fresh = max((descent.fresh.get(t.id, 0.0) for t in held.testimonies), default=0.0)
    return list(found.values())


def _count(rows: Sequence[Row], least: float, *, shown: bool = False) -> tuple[int, list[Doubt]]:
    """How many parties add a source at least so probably, with why others do not. `shown`: one that may repeat
    another does not."""
    count = 0
    found: list[Doubt] = []
    for one, features, doubts in rows:
        if shown and not any(t.certainty >= _SURE for t in one.testimonies):
            continue
        sound = (least < _LIKELY or not doubts) and (not shown or one.fresh >= _FRESH)
        if not count or (sound and probability(features) >= least):
            count += 1
        else:
            found += doubts[:1]
    return count, found


def rows_of(asserting: Sequence[Asserting]) -> Iterator[Row]:
    """The parties, named ones first, each with what tells whether it adds a source to those that probably do."""
    before: list[Asserting] = []
    for one in sorted(asserting, key=lambda a: _openness(a.party))[:_COMPARED]:
        doubts = [doubt for other in before if (doubt := doubt_between(one, other)) is not None]
        yield one, describe(one, before, doubts), doubts
        if not any(doubt.probable for doubt in doubts):
            before.append(one)


def is_own_reporting(asserting: Asserting) -> bool:
    """Whether it is only a news outlet's own word, which may rest on anything."""
    return bool(asserting.roots) and all(_is_own(root) for root in asserting.roots)


def _without_source(unrecorded: Sequence[Testimony]) -> list[str]:
    """Which outlets give no source."""
    outlets = [t.article.outlet or t.article.name for t in unrecorded]
    if len(outlets) > 2:
        return [f"{_listed(outlets)} give no source: independence not established"]
    return [f"{outlet} gives no source: independence not established" for outlet in outlets]


def _listed(names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _is_own(root: Root) -> bool:
    """Whether it is a news outlet's own word, which may rest on anything."""
    if root.party.news:
        return True
    return root.channel is Channel.OBSERVATION and not is_party(root.first.article)


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


def _shared_roots(asserting: Sequence[Asserting]) -> list[str]:
    """Which outlets rest on one party."""
    told = []
    for held in asserting:
        outlets = list(dict.fromkeys(t.article.outlet or t.article.name for r in held.roots for t in r.testimonies))
        name = held.party.name or "one source"
        if len(outlets) > 1:
            told.append(f"{_listed(outlets)} {'both' if len(outlets) == 2 else 'all'} rest on {name}")
    return told


def _acts(descent: Descent, withdrawn: Mapping[int, str], unrecorded: int) -> Interval:
    """Roots that are derived from no other mention."""
    roots = [root for root in descent.roots if root.asserts]
    standing = [r for r in roots if r.party.id not in withdrawn]
    sure = [r for r in standing if max(t.certainty for t in r.testimonies) >= _SURE and not _is_own(r)]
    shown = len({(r.party.id, r.told or "", r.first.article.key) for r in sure})
    return Interval(low=min(shown, len(standing)), best=len(standing), high=len(roots) + unrecorded)
