"""A reading as the object of the stable format (format 1): every key present, `None` for what is not built yet."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sourceline.model.reading import Failure, Reading
from sourceline.model.record import Number
from sourceline.model.source import Source
from sourceline.model.speech import Assertion, Attribution
from sourceline.model.text import Document, Span
from sourceline.model.value import Date, Place, Quantity
from sourceline.show.safe import OBEYED

FORMAT = 1
_HELD = os.urandom(16).hex()


def reading_object(reading: Reading) -> dict[str, Any]:
    """The reading as plain dicts and lists, keys in the order of the format."""
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in _sections(reading)}


def encode_reading(reading: Reading) -> Iterator[bytes]:
    """The line of a reading in pieces, the bytes of `encode_json(reading_object(reading))`: a long text has far
    more objects than should be in memory at once."""
    opening = b"{"
    for key, value in _sections(reading):
        yield opening + json.dumps(key).encode() + b": "
        opening = b", "
        if isinstance(value, Iterator):
            yield b"["
            for number, item in enumerate(value):
                yield (b", " if number else b"") + encode_json(item)
            yield b"]"
        else:
            yield encode_json(value)
    yield b"}"


def _sections(reading: Reading) -> Iterator[tuple[str, Any]]:
    """Keys and values of a reading's object; what there may be very many of comes one by one."""
    yield "format", FORMAT
    yield "document", _document_object(reading.document)
    yield "attributions", map(attribution_object, reading.attributions)
    yield "sources", map(source_object, reading.sources)
    yield "unattributed", map(_assertion_object, reading.unattributed)
    yield "lineage", reading.lineage.value
    yield "dates", map(_date_object, reading.dates)
    yield "quantities", map(_quantity_object, reading.quantities)
    yield "places", map(_place_object, reading.places)
    yield "notices", list(reading.notices)
    yield "model", {"name": reading.model.name, "version": reading.model.version}


def failure_object(failure: Failure) -> dict[str, Any]:
    """The record of a document that could not be read, in a batch."""
    return {
        "format": FORMAT,
        "document": {"id": failure.id},
        "error": {"kind": failure.kind, "message": failure.message},
    }


def encode_json(value: Any, *, indent: int | None = None) -> bytes:
    """UTF-8 without a final line feed; one line unless `indent` is given, and always valid JSON.

    What a terminal might obey (controls, overrides of the direction of writing) is written as an escape. Lone
    surrogates (a record may hold them) have no UTF-8, so that value is written in ASCII, where they are escapes.
    """
    try:
        written = _written(value, indent=indent, ensure_ascii=False)
        return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", written).encode()
    except UnicodeEncodeError:
        return _written(value, indent=indent, ensure_ascii=True).encode("ascii")


def _written(value: Any, **options: Any) -> str:
    """`value` as JSON, each Number in its own digits: a string that nobody can guess holds its place at first."""
    numbers: list[str] = []

    def hold(item: object) -> str:
        if not isinstance(item, Number):
            raise TypeError(f"{type(item).__name__} has no form in JSON")
        numbers.append(item.written)
        return _HELD

    try:
        text = json.dumps(value, allow_nan=False, default=hold, **options)
    except ValueError:
        numbers.clear()
        text = json.dumps(_finite(value), allow_nan=False, default=hold, **options)
    first, *rest = text.split(f'"{_HELD}"')
    return first + "".join(number + piece for number, piece in zip(numbers, rest, strict=True))


def _document_object(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "url": document.url,
        "outlet": document.outlet,
        "outlet_kind": document.outlet_kind,
        "title": document.title,
        "byline": document.byline,
        "published": document.published,
        "language": document.language,
        "text": document.text,
        "sha256": document.sha256,
        "extra": dict(document.extra),
        "regions": [
            {"kind": region.kind.value, "start": region.start, "end": region.end} for region in document.regions
        ],
    }


def attribution_object(attribution: Attribution) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "source": _span_objects(attribution.source),
        "cue": _span_objects(attribution.cue),
        "content": _span_objects(attribution.content),
        "quote": attribution.quote.value,
        "act": attribution.act.value,
        "speaker": attribution.speaker,
        "via": list(attribution.via),
        "upstream": list(attribution.upstream),
        "confidence": round(attribution.confidence, 4),
    }


def source_object(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "named": source.named,
        "kind": source.kind.value,
        "role": source.role,
        "affiliation": source.affiliation,
        "mentions": _span_objects(source.mentions),
        "members": list(source.members),
        "office_of": source.office_of,
        "anonymity_reason": _span_object(source.anonymity_reason) if source.anonymity_reason else None,
        "count": source.count,
        "ids": dict(source.ids),
    }


def _date_object(date: Date) -> dict[str, Any]:
    return {**_span_object(date.span), "value": date.value, "reason": date.reason}


def _quantity_object(quantity: Quantity) -> dict[str, Any]:
    return {
        **_span_object(quantity.span),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "counted": quantity.counted,
    }


def _place_object(place: Place) -> dict[str, Any]:
    return {**_span_object(place.span), "name": place.name, "country": place.country, "use": place.use.value}


def _assertion_object(assertion: Assertion) -> dict[str, Any]:
    return {"id": assertion.id, "start": assertion.span.start, "end": assertion.span.end, "text": assertion.span.text}


def _span_objects(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_span_object(span) for span in spans]


def _span_object(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _finite(value: Any) -> Any:
    """`value` with the numbers that JSON has no word for (NaN, infinities) as None."""
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
