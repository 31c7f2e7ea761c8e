"""One article: the text beside the list of who said what, its versions, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from starlette.routing import Route

from sourceline.model.evidence import Capture, Version
from sourceline.model.judgement import Judgement
from sourceline.model.reading import Reading
from sourceline.model.source import Source
from sourceline.model.speech import Act, Attribution
from sourceline.show.standings import Standing, Standings, lineage_sentence, other_words, source_words
from sourceline.show.values import Value, gathered, values_of
from sourceline.show.web.addresses import article_address
from sourceline.show.web.answering import Answer, page, redirect
from sourceline.show.web.article_text import Block, blocks_of
from sourceline.show.web.documents_named import parse_spans, version_named
from sourceline.show.web.view import View
from sourceline.show.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One attribution of the list."""

    number: int
    attribution: Attribution
    speaker: Source | None
    said_as: str
    """The words of the source span, where they are others than the speaker's name."""
    carriers: tuple[Source, ...]
    credited: tuple[Source, ...]
    judged_by: str
    """Who confirmed or put it in, "" where nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A value with how often the article has it."""

    value: Value
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCount:
    act: Act
    count: int
    first: str
    """Id of the first attribution with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(View):
    template: ClassVar[str] = "article.html"
    here: ClassVar[str] = "/documents"

    version: Version
    versions: tuple[Version, ...]
    """All of the document's, the first first."""
    reading: Reading
    lineage: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    acts: tuple[ActCount, ...]
    standings: tuple[Standing, ...]
    values: tuple[Gathered, ...]
    captures: tuple[Capture, ...]
    judgements: tuple[Judgement, ...]
    """Those that stand, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedPage(View):
    template: ClassVar[str] = "removed.html"
    here: ClassVar[str] = "/documents"

    version: Version


def article_page(visit: Visit) -> Answer:
    """Raises NotFound where there is no such document, UsageError for words that do not lie in it."""
    name = visit.parts["document"]
    version = version_named(visit.ledger, name)
    if version.id != name:
        return redirect(article_address(version.id))
    if version.removal is not None:
        return RemovedPage(heading="Taken down", version=version)
    reading = visit.ledger.reading(version.id)
    standings = Standings(reading)
    values = values_of(reading)
    judgements = [j for j in visit.ledger.judgements(version.id) if not j.undone]
    return ArticlePage(
        heading=title_of(version, reading),
        version=version,
        versions=tuple(sorted(visit.ledger.versions(version.key), key=lambda v: v.number)),
        reading=reading,
        lineage=lineage_sentence(reading, standings),
        blocks=blocks_of(reading, values, parse_spans(visit.get("words"), reading.document.text)),
        entries=tuple(_entries(reading, standings, judgements)),
        acts=tuple(_acts(reading)),
        standings=tuple(standings.ordered()),
        values=tuple(Gathered(value=value, times=len(places)) for value, places in gathered(values)),
        captures=tuple(visit.ledger.captures(version.id)),
        judgements=tuple(reversed(judgements)),
    )


def title_of(version: Version, reading: Reading) -> str:
    """Its title; where it has none its first words, or its name."""
    if version.title:
        return version.title
    words = reading.document.text[:500].split()
    return " ".join(words[:9])[:120] + (" …" if len(words) > 9 else "") if words else version.name


def _entries(reading: Reading, standings: Standings, judgements: list[Judgement]) -> Iterator[Entry]:
    judged = {j.attribution.id: j.by for j in judgements if j.attribution is not None}
    for number, attribution in enumerate(reading.attributions, 1):
        standing = standings.of(attribution.speaker)
        speaker = standing.source if standing else None
        yield Entry(
            number=number,
            attribution=attribution,
            speaker=speaker,
            said_as=other_words(attribution, speaker) if speaker else source_words(attribution),
            carriers=tuple(s.source for s in standings.those(attribution.via)),
            credited=tuple(s.source for s in standings.those(attribution.upstream)),
            judged_by=judged.get(attribution.id, ""),
        )


def _acts(reading: Reading) -> Iterator[ActCount]:
    for act in Act:
        those = [attribution.id for attribution in reading.attributions if attribution.act is act]
        if those:
            yield ActCount(act=act, count=len(those), first=those[0])


ROUTES = (Route("/articles/{document}", page(article_page)),)
