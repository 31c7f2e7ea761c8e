"""A person's word on one attribution: right, wrong, or how it should be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from sourceline.errors import NotFound, UsageError
from sourceline.ledger.judgement_ids import attribution_id
from sourceline.ledger.ledger import Ledger
from sourceline.ledger.standoff import person_attribution
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Span
from sourceline.neural.quotation import quote_states

Offsets = Sequence[tuple[int, int]]
"""[start, end) of spans, in code points of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How an attribution should be."""

    source: Offsets
    cue: Offsets
    content: Offsets
    act: Act


def find_attribution(reading: Reading, id: str) -> Attribution:
    """Raises NotFound where the reading, as it stands, has none with this id."""
    found = next((attribution for attribution in reading.attributions if attribution.id == id), None)
    if found is None:
        raise NotFound(f"no attribution {id} stands in this text: it may have been judged meanwhile")
    return found


def judge_attribution(ledger: Ledger, version: str, id: str, verdict: Verdict | str, *, by: str) -> Judgement:
    """Somebody's word that an attribution that stands is right, or wrong.

    Raises NotFound where there is no such text or attribution, UsageError without an author or for another verdict.
    """
    decided = _verdict(verdict)
    _check_author(by)
    attribution = find_attribution(ledger.reading(version), id)
    judgement = _judgement(version, attribution, decided, by)
    ledger.add_judgements([judgement])
    return judgement


def correct_attribution(
    ledger: Ledger, version: str, id: str | None, correction: Correction, *, by: str
) -> tuple[Judgement, ...]:
    """Puts an attribution in the place of the one with this id, or beside the others where none is given.

    Raises NotFound where there is no such text or attribution, UsageError without an author and for spans that do not
    lie in the text or take words that belong to another attribution.
    """
    _check_author(by)
    reading = ledger.reading(version)
    before = None if id is None else find_attribution(reading, id)
    text = reading.document.text
    source, cue, content = (_spans(text, part) for part in (correction.source, correction.cue, correction.content))
    if not cue or not content:
        raise UsageError("an attribution needs the words that attribute (the cue) and those attributed (the content)")
    _check_free((*cue, *content), [a for a in reading.attributions if before is None or a.id != before.id])
    after = person_attribution(text, quote_states(text), (source, cue, content), correction.act)
    if before is not None and before.source == after.source:
        after = replace(after, speaker=before.speaker, via=before.via, upstream=before.upstream)
    made = [_judgement(version, after, Verdict.ADDED, by)]
    if before is not None:
        made.insert(0, _judgement(version, before, Verdict.WRONG, by))
    ledger.add_judgements(made)
    return tuple(made)


def _verdict(given: Verdict | str) -> Verdict:
    if given not in (Verdict.RIGHT, Verdict.WRONG):
        raise UsageError(f"an attribution is judged right or wrong, not {given!r}")
    return Verdict(given)


def _check_author(by: str) -> None:
    if not by.strip():
        raise UsageError("a judgement needs its author: give a name")


def _spans(text: str, offsets: Offsets) -> tuple[Span, ...]:
    for start, end in offsets:
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{start}-{end} does not lie in the text, which has {len(text):,} characters")
    return tuple(sorted(Span.of(text, start, end) for start, end in offsets))


def _check_free(wanted: Sequence[Span], others: Iterable[Attribution]) -> None:
    """Cue and content characters belong to one attribution."""
    mine = sorted(wanted)
    for before, after in pairwise(mine):
        if after.start < before.end:
            raise UsageError(f"“{after.text[:60]}” is given twice: cue and content do not overlap")
    taken = sorted(span for other in others for span in (*other.cue, *other.content))
    at = 0
    for span in taken:
        while at < len(mine) and mine[at].end <= span.start:
            at += 1
        if at < len(mine) and mine[at].start < span.end:
            raise UsageError(f"“{span.text[:60]}” belongs to another attribution: correct that one first")


def _judgement(version: str, attribution: Attribution, verdict: Verdict, by: str) -> Judgement:
    id = attribution_id(by, verdict, version, attribution)
    return Judgement(id=id, at=datetime.now(UTC), by=by, verdict=verdict, version=version, attribution=attribution)
