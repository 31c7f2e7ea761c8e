"""The stages in order: a document in, a reading out. The one file that joins the stages."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from sourceline.attribute.attributions import Attributor, Found, WindowFindings
from sourceline.errors import SourcelineError
from sourceline.model.ids import content_id
from sourceline.model.mention import EntityKind
from sourceline.model.reading import Failure, ModelVersion, Reading
from sourceline.model.source import Lineage, Source
from sourceline.model.speech import Assertion, Attribution
from sourceline.model.text import Document, RegionKind, Span
from sourceline.model.value import Date, Place, Quantity
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import EntityFindings
from sourceline.neural.meaning import VECTOR, MeaningReader, Meanings, States, Vectors
from sourceline.neural.tokens import Tokens
from sourceline.normalise.dates.find import find_dates
from sourceline.normalise.places.find import find_places
from sourceline.normalise.quantities.find import find_quantities
from sourceline.resolve.chains import find_chains
from sourceline.resolve.coreference import EntityReader
from sourceline.resolve.entities import Entities
from sourceline.resolve.found_source import FoundSource
from sourceline.resolve.lineage import find_lineage
from sourceline.resolve.naming import credited_source, ids_of, is_media
from sourceline.resolve.sources import resolve_sources
from sourceline.resolve.upstream import TokenScores, UpstreamFinder, UpstreamReader
from sourceline.settings import Settings

READ = frozenset({RegionKind.BODY, RegionKind.TITLE, RegionKind.CAPTION})
"""The regions that attributions are read from."""

LONG = 100
"""Windows (about 30,000 wordpieces) from which a batch reads a single document on all threads."""

_BLANKS = str.maketrans("\r\n", "  ")

_IN = TypeVar("_IN")
_OUT = TypeVar("_OUT")


class Pipeline:
    """Reads documents. Threads share one encoder; `read` spreads a document's windows, `read_many` the documents,
    and the windows of a long one."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._encoder = Encoder()
        self._attributor = Attributor(self._encoder)
        self._entities = EntityReader(self._encoder.artefact)
        self._upstream = UpstreamReader(self._encoder.artefact)
        self._meaning = MeaningReader(self._encoder.artefact)
        artefact = self._encoder.artefact
        self.model = ModelVersion(name=artefact.name, version=artefact.version)

    def read(self, document: Document) -> Reading:
        """The reading of one document; a language that is not read gives an empty one with a notice."""
        return self.read_closely(document).reading

    def read_closely(self, document: Document) -> CloseReading:
        """As `read`, with what the same pass tells of the meaning of the document's stretches."""
        threads = self.settings.thread_count()
        if threads == 1:
            return self._read(document, map)
        with ThreadPoolExecutor(threads) as pool:
            return self._read(document, lambda work, items: map_in_order(pool, work, items, threads * 2))

    def read_many(self, items: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        """One reading, or one failure, for each item and in its order."""
        for read in self.read_many_closely(items):
            yield read if isinstance(read, Failure) else read.reading

    def read_many_closely(self, items: Iterable[Document | Failure]) -> Iterator[CloseReading | Failure]:
        """As `read_many`; meanings take 70 bytes a token for as long as they are held."""
        threads = self.settings.thread_count()
        with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(threads) as window_pool:

            def window_map(work: Callable[[_IN], _OUT], places: Sequence[_IN]) -> Iterable[_OUT]:
                if threads == 1 or len(places) < LONG:
                    return map(work, places)
                return map_in_order(window_pool, work, places, threads * 2)

            yield from map_in_order(pool, lambda item: self._read_or_fail(item, window_map), items, threads * 2)

    def _read_or_fail(
        self, item: Document | Failure, window_map: Callable[..., Iterable[Any]]
    ) -> CloseReading | Failure:
        if isinstance(item, Failure):
            return item
        try:
            return self._read(item, window_map)
        except SourcelineError as failure:
            return Failure(id=item.id, kind=failure.kind, message=str(failure))
        except Exception as surprise:  # one document never ends the batch
            return Failure(id=item.id, kind="internal", message=f"{type(surprise).__name__}: {surprise}")

    def _read(self, document: Document, window_map: Callable[..., Iterable[Any]]) -> CloseReading:
        view = View.of(document)
        if document.language not in (None, "en"):
            nothing = self._meaning.join(self._encoder.tokenise(""), ())
            empty = Reading(
                document=document,
                attributions=(),
                sources=(),
                unattributed=(),
                lineage=Lineage.NOT_RECORDED,
                dates=(),
                quantities=(),
                places=(),
                notices=document.notices,
                model=self.model,
            )
            return CloseReading(empty, DocumentMeanings(view, nothing))
        tokens = self._encoder.tokenise(view.text)
        spoken: list[WindowFindings] = []
        referring: list[EntityFindings] = []
        crediting: list[TokenScores] = []
        meaning: list[States] = []
        for windowed in window_map(lambda place: self._read_window(tokens, place), place_windows(tokens)):
            spoken.append(windowed[0])
            referring.append(windowed[1])
            crediting.append(windowed[2])
            meaning.append(windowed[3])
        found, own = self._attributor.find_attributions(view.text, tokens, spoken)
        speakers = [r for attribution in found for r in attribution.source]
        entities = self._entities.find_entities(view.text, tokens, referring, speakers)
        upstream = self._upstream.finder(tokens.starts, crediting)
        sources, attributions, lineage = place_sources(document, view, found, entities, upstream)
        reading = Reading(
            document=document,
            attributions=attributions,
            sources=sources,
            unattributed=tuple(_place_assertions(document, view, own)),
            lineage=lineage,
            dates=tuple(_place_values(document, view, find_dates(view.text, document.published))),
            quantities=tuple(_place_values(document, view, find_quantities(view.text))),
            places=tuple(_place_values(document, view, _places(view.text, entities, speakers))),
            notices=document.notices,
            model=self.model,
        )
        return CloseReading(reading, DocumentMeanings(view, self._meaning.join(tokens, meaning)))

    def _read_window(
        self, tokens: Tokens, place: tuple[int, int, int, int]
    ) -> tuple[WindowFindings, EntityFindings, TokenScores, States]:
        """All that one pass of the encoder over a window serves."""
        window = self._encoder.encode_window(tokens, place)
        return (
            self._attributor.read_window(window),
            self._entities.read_window(window),
            self._upstream.read_window(window),
            self._meaning.read_window(window, tokens),
        )


@dataclass(frozen=True, slots=True)
class View:
    """The text of the regions that are read, and where its stretches stand in the document.

    Unread lines in between leave a blank line and nothing else.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> View:
        """Where cleaning found regions, each is one paragraph, and a line end within it is a blank."""
        wrapped = len(document.regions) > 1
        parts: list[str] = []
        starts, places, lengths = [], [], []
        length, end = 0, None
        for region in document.regions:
            if region.kind not in READ:
                continue
            if end is not None:
                gap = document.text[end : region.start]
                gap = gap if not gap.strip() else "\n\n"
                parts.append(gap)
                length += len(gap)
            stretch = document.text[region.start : region.end]
            if wrapped:
                stretch = stretch.translate(_BLANKS)
            parts.append(stretch)
            starts.append(length)
            places.append(region.start)
            lengths.append(len(stretch))
            length += len(stretch)
            end = region.end
        return cls("".join(parts), tuple(starts), tuple(places), tuple(lengths))

    def spans(self, document: Document, start: int, end: int) -> tuple[Span, ...]:
        """The view's [start, end) in the document: several spans where something unread stands between."""
        spans: list[Span] = []
        at = max(0, bisect_right(self.starts, start) - 1)
        while at < len(self.starts) and self.starts[at] < end:
            low = max(start, self.starts[at])
            high = min(end, self.starts[at] + self.lengths[at])
            if low < high:
                shift = self.places[at] - self.starts[at]
                if spans and not document.text[spans[-1].end : low + shift].strip():
                    spans[-1] = Span.of(document.text, spans[-1].start, high + shift)
                else:
                    spans.append(Span.of(document.text, low + shift, high + shift))
            at += 1
        return tuple(spans)

    def ranges(self, span: Span) -> Iterator[tuple[int, int]]:
        """The characters of the view that stand for a span of the document; what is not read is left out."""
        at = max(0, bisect_right(self.places, span.start) - 1)
        while at < len(self.places) and self.places[at] < span.end:
            low = max(span.start, self.places[at])
            high = min(span.end, self.places[at] + self.lengths[at])
            if low < high:
                shift = self.starts[at] - self.places[at]
                yield low + shift, high + shift
            at += 1


@dataclass(frozen=True, slots=True)
class DocumentMeanings:
    """The meaning vectors of any stretches of one document."""

    view: View
    meanings: Meanings

    def vectors(self, stretches: Sequence[Sequence[Span]]) -> Vectors:
        """(k, 128) for k stretches, each given as one or several spans of the document; compared by
        `neural.meaning.compare_vectors`. One that holds nothing that is read is all 0."""
        out = np.zeros((len(stretches), VECTOR), np.int8)
        for row, spans in zip(out, stretches, strict=True):
            row[:] = self.meanings.vector(r for span in spans for r in self.view.ranges(span))
        return out


@dataclass(frozen=True, slots=True)
class CloseReading:
    """A reading, and what its document's stretches mean."""

    reading: Reading
    meanings: DocumentMeanings


def place_sources(
    document: Document, view: View, found: Sequence[Found], entities: Entities, upstream: UpstreamFinder | None = None
) -> tuple[tuple[Source, ...], tuple[Attribution, ...], Lineage]:
    """The sources, the attributions with the ids of theirs, both as the document has them, and its lineage."""
    names = entities.names
    chains = find_chains(view.text, found, is_media=is_media, names=names, upstream=upstream)
    resolved = resolve_sources(
        view.text,
        [f.source for f in found],
        entities,
        [chain.via for chain in chains],
        [chain.upstream for chain in chains],
    )
    lineage = find_lineage(document, is_media=is_media)
    drafts = list(resolved.sources)
    order = sorted(range(len(drafts)), key=lambda i: (min(drafts[i].mentions, default=(len(view.text), 0)), i))
    ids = {place: f"s{number}" for number, place in enumerate(order, 1)}
    sources = tuple(_place_source(document, view, drafts[place], ids[place], ids) for place in order)
    credits = tuple(
        credited_source(f"s{len(sources) + number}", outlet) for number, outlet in enumerate(lineage.credited, 1)
    )
    attributions = []
    for number, attribution in enumerate(found):
        speaker = resolved.speakers[number]
        placed = _place_attribution(
            document,
            view,
            attribution,
            None if speaker is None else ids[speaker],
            tuple(ids[place] for place in resolved.via[number]),
            tuple(ids[place] for place in resolved.upstream[number]),
        )
        if placed is not None:
            attributions.append(placed)
    return sources + credits, tuple(attributions), lineage.lineage


def _place_source(document: Document, view: View, found: FoundSource, name: str, ids: Mapping[int, str]) -> Source:
    reason = view.spans(document, *found.reason) if found.reason else ()
    return Source(
        id=name,
        name=found.name,
        named=found.named,
        kind=found.kind,
        role=found.role,
        affiliation=found.affiliation,
        mentions=tuple(span for start, end in sorted(found.mentions) for span in view.spans(document, start, end)[:1]),
        members=tuple(ids[place] for place in found.members),
        office_of=None if found.office_of is None else ids[found.office_of],
        anonymity_reason=reason[0] if reason else None,
        count=found.count,
        ids=ids_of(found.entry),
    )


def _place_attribution(
    document: Document,
    view: View,
    found: Found,
    speaker: str | None,
    via: tuple[str, ...],
    upstream: tuple[str, ...],
) -> Attribution | None:
    source, cue, content = (
        tuple(span for start, end in ranges for span in view.spans(document, start, end))
        for ranges in (found.source, found.cue, found.content)
    )
    if not cue or not content:
        return None
    return Attribution(
        id=content_id(document.id, document.sha256, *((s.start, s.end) for s in (*cue, *content))),
        source=source,
        cue=cue,
        content=content,
        quote=found.quote,
        act=found.act,
        confidence=found.confidence,
        speaker=speaker,
        via=via,
        upstream=upstream,
    )


def _place_assertions(document: Document, view: View, own: Iterable[tuple[int, int]]) -> Iterator[Assertion]:
    titles = [r for r in document.regions if r.kind is RegionKind.TITLE]
    for start, end in own:
        for span in view.spans(document, start, end)[:1]:
            if not any(r.start <= span.start < r.end for r in titles):  # a heading asserts nothing of its own
                yield Assertion(id=content_id(document.id, document.sha256, "own", span.start, span.end), span=span)


_VALUE = TypeVar("_VALUE", Date, Quantity, Place)


def _place_values(document: Document, view: View, found: Iterable[_VALUE]) -> Iterator[_VALUE]:
    """Values of the view as the document has them; one that runs over something unread is left out."""
    for value in found:
        spans = view.spans(document, value.span.start, value.span.end)
        if len(spans) == 1:
            yield replace(value, span=spans[0])


def _places(text: str, entities: Entities, speakers: Sequence[tuple[int, int]]) -> Iterable[Place]:
    names = [(name.start, name.end) for name in entities.names if name.kind is EntityKind.PLACE]
    return find_places(text, names, speakers)


def map_in_order(
    pool: ThreadPoolExecutor, work: Callable[[_IN], _OUT], items: Iterable[_IN], ahead: int
) -> Iterator[_OUT]:
    """`work` over `items` on the pool's threads, results in order, at most `ahead` items taken in advance."""
    waiting: deque[Future[_OUT]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            while waiting and (len(waiting) >= ahead or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
