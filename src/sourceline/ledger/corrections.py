"""People's corrections of attributions: how they come in as judgements, and how a reading looks with them.

An attribution is recognised by its spans, so that a judgement holds when another model reads the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sourceline.ledger.annotated import Annotated
from sourceline.ledger.judgement_ids import attribution_id
from sourceline.ledger.standoff import joined
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.store.standing import Offsets, Ruling, offsets_of, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one text of a file of annotations."""

    place: str
    known: bool
    """Whether the ledger has the text."""
    judgements: int = 0
    """How many are new."""
    speakers: int = 0
    """How many attributions name another speaker than the ledger: that is not taken from files."""


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
    readings: tuple[Reading, Reading],
    given: Sequence[Attribution],
    *,
    by: str,
    at: datetime,
    confirm: bool = False,
) -> Iterator[Judgement]:
    """What somebody's own list of a text's attributions says of those that stand; `readings`: the machine's, and the
    same as corrected so far.

    Wrong where theirs has none on the same spans; where nothing stands there, or with another act, the machine's is
    right if it is the same, else theirs is added. With `confirm`, those in both are judged right.
    """
    text = readings[0].document.text
    theirs = _by_spans(text, given)
    read, stand = (_by_spans(text, reading.attributions) for reading in readings)
    for spans, attribution in stand.items():
        if spans not in theirs:
            yield _judgement(version, attribution, Verdict.WRONG, by, at)
    for spans, attribution in theirs.items():
        present, machine = stand.get(spans), read.get(spans)
        if present is not None and present.act is attribution.act:
            if confirm:
                yield _judgement(version, present, Verdict.RIGHT, by, at)
        elif present is None and machine is not None and machine.act is attribution.act:
            yield _judgement(version, machine, Verdict.RIGHT, by, at)
        else:
            known = present or machine
            added = attribution if known is None else replace(known, act=attribution.act)
            yield _judgement(version, added, Verdict.ADDED, by, at)


def speakers_passed_over(annotated: Annotated, reading: Reading) -> int:
    """How many attributions of a file name another speaker than they have in the corrected reading: who speaks is not
    taken from files."""
    names = {source.id: source.name for source in reading.sources}
    ours = _by_spans(reading.document.text, reading.attributions)
    count = 0
    for spans, stated in annotated.speakers.items():
        attribution = ours.get(spans)
        speaker = None if attribution is None else attribution.speaker
        count += stated != (None if speaker is None else names.get(speaker, speaker))
    return count


def _by_spans(text: str, attributions: Iterable[Attribution]) -> dict[Offsets, Attribution]:
    """By the spans that files have: pieces that only a line end parts are one."""
    return {
        offsets_of(
            replace(a, source=joined(text, a.source), cue=joined(text, a.cue), content=joined(text, a.content))
        ): a
        for a in attributions
    }


def _judgement(version: str, attribution: Attribution, verdict: Verdict, by: str, at: datetime) -> Judgement:
    id = attribution_id(by, verdict, version, attribution)
    return Judgement(id=id, at=at, by=by, verdict=verdict, version=version, attribution=attribution)
