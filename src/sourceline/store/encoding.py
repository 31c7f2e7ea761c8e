"""Documents and readings as small compressed bytes, and back without loss.

A reading is kept without the words of its spans, which are its document's; the document without its raw bytes, which
are in the capture's record. What a reading repeats of the text costs next to nothing, because it is compressed with
the text as its dictionary.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from sourceline.errors import InvalidRecord, LedgerDamaged, UndecodableInput
from sourceline.model.reading import ModelVersion, Reading
from sourceline.model.record import Number
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.speech import Act, Assertion, Attribution, Quotation
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity

FORMAT = 1
LEVEL = 6
_DICTIONARY = 32 * 1024
"""What zlib looks back on."""
_NUMBER = "\x1fnumber"
"""The key of an object that stands for a Number; a key that begins with such a sign already gets one more."""
_SIGN = "\\u001f"
"""The sign as JSON has it."""

_SpanRows = list[tuple[int, int, str]]
_JudgedRow = tuple[Any, _SpanRows, _SpanRows, _SpanRows, str, str, float, str | None, tuple[str, ...], tuple[str, ...]]
"""An attribution with its words."""
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder().decode


def encode_document(document: Document) -> bytes:
    """Everything but the raw bytes. Raises UndecodableInput where a text has no UTF-8."""
    return zlib.compress(
        _packed(
            [
                FORMAT,
                document.text,
                document.id,
                document.sha256,
                document.url,
                document.outlet,
                document.outlet_kind,
                document.title,
                document.byline,
                document.published,
                document.language,
                _encode_extra(document.extra),
                [(region.kind, region.start, region.end) for region in document.regions],
                document.notices,
            ]
        ),
        LEVEL,
    )


def decode_document(data: bytes) -> Document:
    """Raises LedgerDamaged for bytes that are no document's."""
    with _readable("document"):
        _, text, id, sha256, url, outlet, outlet_kind, title, byline, published, language, extra, regions, notices = (
            _unpack(zlib.decompress(data))
        )
        return Document(
            id=id,
            text=text,
            sha256=sha256,
            url=url,
            outlet=outlet,
            outlet_kind=outlet_kind,
            title=title,
            byline=byline,
            published=published,
            language=language,
            extra=_decode_extra(extra),
            regions=tuple(Region(kind=RegionKind(kind), start=start, end=end) for kind, start, end in regions),
            notices=tuple(notices),
        )


def encode_reading(reading: Reading) -> bytes:
    """Everything but the document. Raises InvalidRecord where a span's words are not those of the text."""
    text = reading.document.text
    spans = _SpanWriter(text)
    packed = _packed(
        [
            FORMAT,
            [_attribution_fields(a, spans) for a in reading.attributions],
            [_source_fields(s, spans) for s in reading.sources],
            [(short_id(a.id), spans.write((a.span,))) for a in reading.unattributed],
            reading.lineage,
            [(spans.write((d.span,)), d.value, d.reason) for d in reading.dates],
            [
                (spans.write((q.span,)), short_number(q.low), short_number(q.high), q.unit, q.counted)
                for q in reading.quantities
            ],
            [(spans.write((p.span,)), p.name, p.country, p.use) for p in reading.places],
            reading.notices,
            (reading.model.name, reading.model.version),
        ]
    )
    squeezed = zlib.compressobj(LEVEL, zdict=dictionary_of(text))
    return squeezed.compress(packed) + squeezed.flush()


class PackedReading:
    """A kept reading of this document, unpacked but not yet made into nouns: single parts of it are had quickly.

    Raises LedgerDamaged for bytes that are no reading's of the document's text.
    """

    def __init__(self, data: bytes, document: Document) -> None:
        self.document = document
        with _readable("reading"):
            expanded = zlib.decompressobj(zdict=dictionary_of(document.text))
            fields = _unpack(expanded.decompress(data) + expanded.flush())
            _, self._attributions, self._sources, *self._rest = fields
            self._source_rows = {row[0]: row for row in self._sources}

    @property
    def source_ids(self) -> list[str]:
        return list(self._source_rows)

    def places(self) -> list[tuple[int, str]]:
        """For each attribution, in the order it was put: where it begins in the text, and its id."""
        with _readable("reading"):
            return [(_first_start(row[1:4]), long_id(row[0])) for row in self._attributions]

    def attribution(self, number: int) -> Attribution:
        with _readable("reading"):
            return _attribution(self._attributions[number], _SpanReader(self.document.text))

    def source(self, id: str | None) -> Source | None:
        row = self._source_rows.get(id)
        with _readable("reading"):
            return None if row is None else _source(row, _SpanReader(self.document.text))

    def whole(self) -> Reading:
        """The reading as it was put."""
        spans = _SpanReader(self.document.text)
        with _readable("reading"):
            unattributed, lineage, dates, quantities, places, notices, model = self._rest
            return Reading(
                document=self.document,
                attributions=tuple(_attribution(row, spans) for row in self._attributions),
                sources=tuple(_source(row, spans) for row in self._sources),
                unattributed=tuple(Assertion(id=long_id(id), span=spans.one(at)) for id, at in unattributed),
                lineage=Lineage(lineage),
                dates=tuple(Date(span=spans.one(at), value=value, reason=reason) for at, value, reason in dates),
                quantities=tuple(
                    Quantity(
                        span=spans.one(at), low=long_number(low), high=long_number(high), unit=unit, counted=counted
                    )
                    for at, low, high, unit, counted in quantities
                ),
                places=tuple(
                    Place(span=spans.one(at), name=name, country=country, use=PlaceUse(use))
                    for at, name, country, use in places
                ),
                notices=tuple(notices),
                model=ModelVersion(name=model[0], version=model[1]),
            )


@contextmanager
def _readable(what: str) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise LedgerDamaged(
            f"a kept {what} cannot be read back ({error}): restore a copy; sourceline verify names what differs"
        ) from error


def _first_start(parts: Iterable[Sequence[int]]) -> int:
    """Where the first of an attribution's spans begins; 0 if it has none."""
    at, first = 0, None
    for numbers in parts:
        for step in numbers[::2]:
            at += step
            first = at if first is None or at < first else first
    return first or 0


def encode_attribution(attribution: Attribution) -> tuple[Any, ...]:
    """An attribution with its words, for a judgement: it has to be whole though the text is read anew."""
    return _attribution_fields(attribution, _Words())


def decode_attribution(row: Sequence[Any]) -> Attribution:
    """Raises LedgerDamaged for what is none."""
    with _readable("judgement"):
        return _attribution(msgspec.convert(row, _JudgedRow), _Words())


def without_words(row: Sequence[Any]) -> tuple[Any, ...]:
    """An encoded attribution that keeps its offsets alone."""
    id, source, cue, content, *rest = row
    return id, *([(start, end, "") for start, end, _ in part] for part in (source, cue, content)), *rest


class _SpanWriter:
    """Spans as distances: from the last span's start to the next one's, and how long each is. An attribution and a
    source begin from the text's start again, so that they can be read apart from the others."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = 0

    def begin(self) -> None:
        self._last = 0

    def write(self, spans: Iterable[Span]) -> list[int]:
        numbers: list[int] = []
        text, last = self._text, self._last
        for span in spans:
            start, end = span.start, span.end
            if text[start:end] != span.text or not 0 <= start <= end:
                raise InvalidRecord(f"characters {start} to {end} of the text are not {span.text!r}")
            numbers.append(start - last)
            numbers.append(end - start)
            last = start
        self._last = last
        return numbers


class _SpanReader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._last = 0

    def begin(self) -> None:
        self._last = 0

    def read(self, numbers: Iterable[int]) -> tuple[Span, ...]:
        return tuple(self._spans(numbers))

    def one(self, numbers: Iterable[int]) -> Span:
        (span,) = self._spans(numbers)
        return span

    def _spans(self, numbers: Iterable[int]) -> Iterator[Span]:
        pairs = iter(numbers)
        for step, length in zip(pairs, pairs, strict=True):
            start = self._last = self._last + step
            yield Span(start=start, end=start + length, text=self._text[start : start + length])


class _Words:
    """Spans with their words, where there is no text to take them from."""

    def begin(self) -> None:
        pass

    def write(self, spans: Iterable[Span]) -> list[tuple[int, int, str]]:
        return [(span.start, span.end, span.text) for span in spans]

    def read(self, rows: Iterable[tuple[int, int, str]]) -> tuple[Span, ...]:
        return tuple(_span_with_words(*row) for row in rows)


def _span_with_words(start: int, end: int, text: str) -> Span:
    """Raises ValueError where the words are not as long as the span, but those that were taken out."""
    if not (0 <= start <= end and len(text) in (0, end - start)):
        raise ValueError(f"{end - start} characters at {start} are {len(text)}")
    return Span(start=start, end=end, text=text)


def _attribution_fields(a: Attribution, spans: _SpanWriter | _Words) -> tuple[Any, ...]:
    spans.begin()
    source, cue, content = (spans.write(part) for part in (a.source, a.cue, a.content))
    return (
        short_id(a.id), source, cue, content, a.quote, a.act, a.confidence, a.speaker, a.via, a.upstream,
    )  # fmt: skip


def _attribution(row: Sequence[Any], spans: _SpanReader | _Words) -> Attribution:
    id, source, cue, content, quote, act, confidence, speaker, via, upstream = row
    spans.begin()
    return Attribution(
        id=long_id(id),
        source=spans.read(source),
        cue=spans.read(cue),
        content=spans.read(content),
        quote=Quotation(quote),
        act=Act(act),
        confidence=confidence,
        speaker=speaker,
        via=tuple(via),
        upstream=tuple(upstream),
    )


def _source_fields(s: Source, spans: _SpanWriter) -> tuple[Any, ...]:
    spans.begin()
    reason = None if s.anonymity_reason is None else spans.write((s.anonymity_reason,))
    return (
        s.id, s.name, s.named, s.kind, s.role, s.affiliation, spans.write(s.mentions), s.members, s.office_of, reason,
        short_number(s.count), dict(s.ids),
    )  # fmt: skip


def _source(row: Sequence[Any], spans: _SpanReader) -> Source:
    id, name, named, kind, role, affiliation, mentions, members, office_of, reason, count, ids = row
    spans.begin()
    anonymity_reason = None if reason is None else spans.one(reason)
    return Source(
        id=id,
        name=name,
        named=named,
        kind=SourceKind(kind),
        role=role,
        affiliation=affiliation,
        mentions=spans.read(mentions),
        members=tuple(members),
        office_of=office_of,
        anonymity_reason=anonymity_reason,
        count=_whole(count),
        ids=ids,
    )


def short_id(id: str) -> str | bytes:
    """A content id in half its length; any other as it is."""
    try:
        short = bytes.fromhex(id)
    except ValueError:
        return id
    return short if short.hex() == id else id


def long_id(id: str | bytes) -> str:
    return id if isinstance(id, str) else id.hex()


def short_number(number: int | float | None) -> int | float | str | None:
    """A whole number of more than 64 bits as its hexadecimal digits."""
    return hex(number) if isinstance(number, int) and number.bit_length() > 63 else number


def long_number(number: int | float | str | None) -> int | float | None:
    return int(number, 16) if isinstance(number, str) else number


def _whole(number: int | str | None) -> int | None:
    return int(number, 16) if isinstance(number, str) else number


def _packed(fields: list[Any]) -> bytes:
    try:
        return _pack(fields)
    except UnicodeEncodeError:
        raise UndecodableInput("the text holds half a surrogate pair: decode it again from its bytes") from None


def dictionary_of(text: str) -> bytes:
    """The text's end in UTF-8, as much of it as zlib can look back on."""
    return text[-_DICTIONARY:].encode()[-_DICTIONARY:]


def _encode_extra(extra: Any) -> str | None:
    """The unknown fields as JSON in ASCII: their whole numbers may be longer than others hold."""
    if not extra:
        return None
    text = json.dumps(dict(extra), default=_number_object)
    return json.dumps(_guarded(dict(extra)), default=_number_object) if _SIGN in text else text


def _number_object(item: object) -> dict[str, str]:
    if not isinstance(item, Number):
        raise InvalidRecord(f"a field of the document is {type(item).__name__}, which has no form in JSON")
    return {_NUMBER: item.written}


def _guarded(item: Any) -> Any:
    """The same with one more sign before every key that could be taken for the mark of a Number."""
    if isinstance(item, dict):
        return {f"\x1f{k}" if k.startswith("\x1f") else k: _guarded(v) for k, v in item.items()}
    return [_guarded(part) for part in item] if isinstance(item, list) else item


def _decode_extra(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    found: dict[str, Any] = json.loads(text, object_hook=_unguarded if _SIGN in text else None)
    return found


def _unguarded(item: dict[str, Any]) -> Any:
    if len(item) == 1 and _NUMBER in item:
        return Number(item[_NUMBER])
    return {k.removeprefix("\x1f"): v for k, v in item.items()}


BROKEN = (
    zlib.error,
    msgspec.MsgspecError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What bytes that are something else bring about."""
