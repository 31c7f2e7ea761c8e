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
from sourceline.store.standing import Ruling, offsets_of, standing


def corrected(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading with what people said of its attributions."""
    rulings = [
        Ruling(verdict=judgement.verdict, attribution=judgement.attribution)
        for judgement in judgements
        if judgement.attribution is not None and not judgement.undone
    ]
    if not rulings:
        return reading
    return replace(reading, attributions=tuple(s.attribution for s in standing(reading, rulings)))


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
    spans, added where the machine's has none or has another act. With `confirm`, those in both are judged right.
    """
    theirs = {offsets_of(attribution): attribution for attribution in given}
    ours = {offsets_of(attribution): attribution for attribution in reading.attributions}
    for spans, attribution in ours.items():
        other = theirs.get(spans)
        if other is None:
            yield _judgement(version, attribution, Verdict.WRONG, by, at)
        elif other.act is not attribution.act:
            yield _judgement(version, replace(attribution, act=other.act), Verdict.ADDED, by, at)
        elif confirm:
            yield _judgement(version, attribution, Verdict.RIGHT, by, at)
    for spans, attribution in theirs.items():
        if spans not in ours:
            yield _judgement(version, attribution, Verdict.ADDED, by, at)


def _judgement(version: str, attribution: Attribution, verdict: Verdict, by: str, at: datetime) -> Judgement:
    id = content_id("judgement", by, verdict, version, offsets_of(attribution), attribution.act)
    return Judgement(id=id, at=at, by=by, verdict=verdict, version=version, attribution=attribution)
