"""The whole ledger as one JSON object, format 1. Equal ledgers give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.show.exports import Exported
from sourceline.show.json import FORMAT, attribution_object, encode_json, source_object
from sourceline.show.traces import edge_object, trace_object


def write(ledger: Exported, out: BinaryIO) -> None:
    out.write(b'{"format": ' + str(FORMAT).encode() + b',\n "documents": ')
    _write_list(out, map(_document_object, ledger.versions()))
    for name, of_reading in (("attributions", _attributions), ("sources", _sources)):
        out.write(f',\n "{name}": '.encode())
        _write_list(out, _objects(ledger, of_reading))
    versions = {version.id: version for version in ledger.versions()}
    numbers = {id: version.number for id, version in versions.items()}
    out.write(b',\n "claims": ')
    _write_list(out, (trace_object(trace, numbers) for trace in ledger.traces()))
    names = {id: version.name for id, version in versions.items()}
    out.write(b',\n "edges": ')
    _write_list(out, sorted((edge_object(edge, names) for edge in ledger.edges()), key=_direction))
    out.write(b"}\n")


def _direction(edge: dict[str, Any]) -> tuple[str, str]:
    return edge["from"], edge["to"]


def _write_list(out: BinaryIO, items: Iterable[dict[str, Any]]) -> None:
    out.write(b"[")
    for number, item in enumerate(items):
        out.write((b",\n  " if number else b"\n  ") + encode_json(item))
    out.write(b"]")


def _document_object(version: Version) -> dict[str, Any]:
    removal = version.removal
    return {
        "id": version.name,
        "url": version.url,
        "outlet": version.outlet,
        "published": version.published,
        "version": version.number,
        "sha256": version.sha256,
        "key": version.key,
        "title": version.title,
        "latest": version.latest,
        "removed": {"by": removal.by, "reason": removal.reason} if removal else None,
    }


_OfReading = Callable[[Reading], Iterator[dict[str, Any]]]


def _objects(ledger: Exported, of_reading: _OfReading) -> Iterator[dict[str, Any]]:
    for version, reading in ledger.readings():
        for item in of_reading(reading):
            yield {**item, "document": version.name, "version": version.number, "key": version.key}


def _attributions(reading: Reading) -> Iterator[dict[str, Any]]:
    return map(attribution_object, reading.attributions)


def _sources(reading: Reading) -> Iterator[dict[str, Any]]:
    return map(source_object, reading.sources)
