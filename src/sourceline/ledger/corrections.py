"""People's corrections of attributions: how they come in as judgements, and how a reading looks with them.

An attribution is recognised by its spans, so that a judgement holds when another model reads the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sourceline.model.ids import content_id
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution

Spans = tuple[tuple[tuple[int, int], ...], ...]
"""Source, cue and content of an attribution as offsets."""


def spans_of(attribution: Attribution) -> Spans:
    """What an attribution is recognised by."""
    return tuple(
        tuple((span.start, span.end) for span in spans)
        for spans in (attribution.source, attribution.cue, attribution.content)
    )


def corrected(reading: Reading, judgements: Iterable[Judgement]) -> tuple[Reading, frozenset[str]]:
    """The reading with what people said of its attributions, and the ids of those that they judged.

    Judged wrong: left out. Added, or judged right and missing since: put in. Of two words on the same spans the later
    counts.
    """
    last: dict[Spans, Judgement] = {}
    for judgement in judgements:
        if judgement.attribution is not None and not judgement.undone:
            last[spans_of(judgement.attribution)] = judgement
    if not last:
        return reading, frozenset()
    kept, judged = [], set()
    for attribution in reading.attributions:
        spans = spans_of(attribution)
        if spans not in last:
            kept.append(attribution)
            continue
        judgement = last.pop(spans)
        if judgement.verdict is not Verdict.WRONG and judgement.attribution is not None:
            kept.append(replace(attribution, act=judgement.attribution.act, confidence=1.0))
            judged.add(attribution.id)
    for judgement in last.values():
        if judgement.verdict is not Verdict.WRONG and judgement.attribution is not None:
            kept.append(_at_home(judgement.attribution, reading))
            judged.add(judgement.attribution.id)
    kept.sort(key=lambda a: (min(s.start for s in (*a.cue, *a.content)), a.id))
    return replace(reading, attributions=tuple(kept)), frozenset(judged)


def judge_attributions(
    version: str,
    reading: Reading,
    given: Sequence[Attribution],
    *,
    by: str,
    at: datetime,
    confirm: bool = False,
) -> Iterator[Judgement]:
    """What somebody's own list of a text's attributions says of the machine's: wrong where theirs has none on the same
    spans, added where the machine's has none. With `confirm`, those in both are judged right.
    """
    theirs = {spans_of(attribution): attribution for attribution in given}
    ours = {spans_of(attribution): attribution for attribution in reading.attributions}
    for spans, attribution in ours.items():
        other = theirs.get(spans)
        if other is None:
            yield _judgement(version, attribution, Verdict.WRONG, by, at)
        elif other.act is not attribution.act:
            yield _judgement(version, replace(attribution, act=other.act), Verdict.RIGHT, by, at)
        elif confirm:
            yield _judgement(version, attribution, Verdict.RIGHT, by, at)
    for spans, attribution in theirs.items():
        if spans not in ours:
            yield _judgement(version, attribution, Verdict.ADDED, by, at)


def _judgement(version: str, attribution: Attribution, verdict: Verdict, by: str, at: datetime) -> Judgement:
    id = content_id("judgement", by, verdict, version, spans_of(attribution), attribution.act)
    return Judgement(id=id, at=at, by=by, verdict=verdict, version=version, attribution=attribution)


def _at_home(attribution: Attribution, reading: Reading) -> Attribution:
    """A person's attribution with the speaker that the reading has at its source span: ids of another reading mean
    nothing in this one."""
    places = {(m.start, m.end): source.id for source in reading.sources for m in source.mentions}
    heads = (places.get((span.start, span.end)) for span in attribution.source)
    return replace(attribution, speaker=next((id for id in heads if id), None), via=(), upstream=())
