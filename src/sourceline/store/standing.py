"""Which attributions of a version stand: those that the machine read, less what people judged wrong, with what they
added, or judged right and another model no longer finds.

The latest verdict on an attribution outranks those before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sourceline.model.judgement import Verdict
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.model.text import Span

ABOUT_ATTRIBUTIONS = frozenset({Verdict.RIGHT, Verdict.WRONG, Verdict.ADDED})

Offsets = tuple[tuple[tuple[int, int], ...], ...]
"""Source, cue and content of an attribution: [start, end) of each of their spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A verdict that stands, on an attribution of one version."""

    verdict: Verdict
    attribution: Attribution
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that its sources' ids stood for when it was made: another reading may number them otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    attribution: Attribution
    judged: bool
    """Whether a person confirmed, corrected or added it."""

    @property
    def place(self) -> tuple[int, str]:
        """Where it begins in the text, and its id: the order of a version's attributions."""
        return _place(self.attribution)


def _place(attribution: Attribution) -> tuple[int, str]:
    starts = [span.start for span in (*attribution.source, *attribution.cue, *attribution.content)]
    return min(starts) if starts else 0, attribution.id


def standing(reading: Reading, rulings: Sequence[Ruling]) -> list[Standing]:
    """The attributions that stand, in the order of the text; rulings in the order they were made."""
    if not rulings:
        return [Standing(attribution=a, judged=False) for a in sorted(reading.attributions, key=_place)]
    latest: dict[Offsets, Verdict] = {}
    added: dict[Offsets, Ruling] = {}
    judged: dict[Offsets, Ruling] = {}
    for ruling in rulings:
        offsets = offsets_of(ruling.attribution)
        if ruling.verdict is Verdict.ADDED:
            added[offsets] = ruling
        if ruling.verdict is Verdict.WRONG:
            added.pop(offsets, None)
        latest[offsets] = ruling.verdict
        judged[offsets] = ruling
    read = {offsets_of(attribution) for attribution in reading.attributions}
    for offsets, last in latest.items():
        if last is Verdict.RIGHT and offsets not in read:
            added.setdefault(offsets, judged[offsets])
    covered = _Covered(ruling.attribution for ruling in added.values())
    kept = []
    for attribution in reading.attributions:
        offsets = offsets_of(attribution)
        verdict = latest.get(offsets)
        if offsets in added:
            continue
        if verdict is Verdict.RIGHT or (verdict is None and not covered.stands_for(attribution)):
            kept.append(Standing(attribution=attribution, judged=verdict is not None))
    kept += [Standing(attribution=_placed(r, reading), judged=True) for r in added.values()]
    return sorted(kept, key=lambda s: s.place)


class _Covered:
    """Attributions that people put in: a machine's with the same cue and of the same content is the same saying."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self._by_cue: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            for at in _characters(attribution.cue):
                self._by_cue.setdefault(at, []).append(attribution)

    def stands_for(self, attribution: Attribution) -> bool:
        if not self._by_cue:
            return False
        rivals = {r.id: r for at in _characters(attribution.cue) for r in self._by_cue.get(at, ())}
        return any(_overlap(attribution.content, rival.content) for rival in rivals.values())


def _placed(ruling: Ruling, reading: Reading) -> Attribution:
    """An added attribution with the ids that this reading gives its sources."""
    attribution = ruling.attribution
    known = {s.id: s.name for s in reading.sources}
    by_name = {name: id for id, name in reversed(known.items())}

    def id_of(id: str | None) -> str | None:
        if id is None:
            return None
        name = ruling.names.get(id)
        if name is None or known.get(id) == name:
            return id if id in known else None
        return by_name.get(name)

    speaker = id_of(attribution.speaker)
    if speaker is None:
        speaker = next((s.id for s in reading.sources if _overlap(s.mentions, attribution.source)), None)
    via, upstream = (
        tuple(found for id in ids if (found := id_of(id)) is not None)
        for ids in (attribution.via, attribution.upstream)
    )
    return replace(attribution, speaker=speaker, via=via, upstream=upstream)


def offsets_of(attribution: Attribution) -> Offsets:
    """What an attribution is recognised by, whatever model read it."""
    parts = (attribution.source, attribution.cue, attribution.content)
    return tuple(tuple((span.start, span.end) for span in part) for part in parts)


def _characters(spans: Iterable[Span]) -> Iterable[int]:
    return (at for span in spans for at in range(span.start, span.end))


def _overlap(first: Sequence[Span], second: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in first for b in second)
