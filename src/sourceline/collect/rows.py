"""A record in the file of some tool, as JSON object or table row: a document, or where one is to be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sourceline.collect.columns import is_cut
from sourceline.collect.member import Found, Means
from sourceline.collect.records import parse_object, record_of
from sourceline.errors import InvalidRecord, SourcelineError
from sourceline.model.evidence import Collected, Problem

_HELD = 1_000
"""Problems that are held back at most."""


def one_for_all(found: Found, place: str) -> Found:
    """Items that are no articles are held back until one is; where none of many is, one problem stands for all: the
    file holds something else."""
    held: list[Problem] = []
    try:
        for item in found:
            if isinstance(item, Problem) and item.kind == InvalidRecord.kind and len(held) < _HELD:
                held.append(item)
                continue
            yield from held
            held.clear()
            yield item
            yield from found
            return
    except SourcelineError:
        yield from held
        raise
    if len(held) > 1:
        message = f"none of its {len(held):,} items is an article ({held[0].message})"
        yield Problem(place=place, kind=held[0].kind, message=message)
    else:
        yield from held


def collect_object(line: bytes, place: str, where: str, means: Means) -> Found:
    """The document of a JSON object. One with a field "text" is taken as it is, as FORMATS has it."""
    try:
        fields = parse_object(line, where)
        foreign = "text" not in fields
    except SourcelineError as error:
        yield Problem(place=place, kind=error.kind, message=str(error))
        return
    yield from collect_fields(means.columns.own(fields, foreign=foreign), line, place, where, means)


def collect_fields(fields: Mapping[str, Any], raw: bytes, place: str, where: str, means: Means) -> Found:
    """The document of fields under our names. Where there is an address and no text, or only the beginning of one, what
    is at the address is fetched."""
    text, url = fields.get("text"), fields.get("url")
    wanting = text is None or (isinstance(text, str) and (not text.strip() or is_cut(text)))
    address = url.strip() if isinstance(url, str) else ""
    if wanting and address.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in address):
        yield from means.addresses(address)
        return
    try:
        yield Collected(place=place, content=record_of(fields, where), raw=raw)
    except SourcelineError as error:
        yield Problem(place=place, kind=error.kind, message=str(error))
