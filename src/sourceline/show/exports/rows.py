"""Attributions as rows of a table: what csv and parquet have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.model.text import Span
from sourceline.show.exports import Exported


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One attribution. Spans in pieces are joined by " … ", several names by "; "."""

    document: str
    version: int
    key: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    attribution: str
    act: str
    quote: str
    confidence: float
    source_text: str
    cue_text: str
    content_text: str
    start: int
    """Of the first character of the first of its spans, in code points of the document's text."""
    end: int
    speaker: str | None
    speaker_kind: str | None
    speaker_named: bool | None
    role: str | None
    affiliation: str | None
    via: str
    upstream: str


NAMES = tuple(field.name for field in fields(Row))


def rows_of(ledger: Exported) -> Iterator[Row]:
    for version, reading in ledger.readings():
        for attribution in reading.attributions:
            yield _row(version, reading, attribution)


def _row(version: Version, reading: Reading, attribution: Attribution) -> Row:
    speaker = reading.source_of(attribution)
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return Row(
        document=version.name,
        version=version.number,
        key=version.key,
        published=version.published,
        outlet=version.outlet,
        title=version.title,
        url=version.url,
        attribution=attribution.id,
        act=attribution.act.value,
        quote=attribution.quote.value,
        confidence=round(attribution.confidence, 4),
        source_text=_joined(attribution.source),
        cue_text=_joined(attribution.cue),
        content_text=attribution.wording,
        start=min(span.start for span in spans),
        end=max(span.end for span in spans),
        speaker=speaker.name if speaker else None,
        speaker_kind=speaker.kind.value if speaker else None,
        speaker_named=speaker.named if speaker else None,
        role=speaker.role if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        via=_names(reading, attribution.via),
        upstream=_names(reading, attribution.upstream),
    )


def _joined(spans: Iterable[Span]) -> str:
    return " … ".join(span.text for span in spans)


def _names(reading: Reading, ids: Iterable[str]) -> str:
    return "; ".join(source.name for source in map(reading.source, ids) if source)
