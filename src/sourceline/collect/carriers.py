"""What a file is, told by its content and then by its name, and handed to who reads that."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, TypeAlias, cast

from sourceline.collect.archive import read_zip
from sourceline.collect.json_items import read_json
from sourceline.collect.jsonl import read_jsonl
from sourceline.collect.member import Found, Means, Member, guarded
from sourceline.collect.rows import one_for_all
from sourceline.collect.streams import LOOKED_AT, Gunzip, as_utf8, look, read_up_to, read_whole, utf8_head
from sourceline.collect.table import looks_like_table, read_table
from sourceline.collect.warc import read_warc
from sourceline.errors import EmptyInput, OversizedInput
from sourceline.model.evidence import Collected
from sourceline.model.format import Format, is_binary, sniff_format, unread
from sourceline.model.text import Snapshot

MAX_DEPTH = 4
"""Carriers within one another."""
_CONTENT_TYPES = {Format.PDF: "application/pdf", Format.MAIL: "message/rfc822"}
_JSONL = re.compile(r"\.(?:jsonl|ndjson|jsonlines|ldjson)$", re.IGNORECASE)
_JSON = re.compile(r"\.(?:json|geojson)$", re.IGNORECASE)
_TABLE = re.compile(r"\.(?:csv|tsv|tab)$", re.IGNORECASE)
_PROSE = re.compile(r"\.(?:txt|text|md|x?html?|shtml|xht|xml)$", re.IGNORECASE)
_PACKED = re.compile(r"\.gz$", re.IGNORECASE)
_EMPTY = "nothing is in it: give the text, or leave it out"
_OBJECT = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\{\]])")
_OBJECT_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def collect_member(member: Member, means: Means) -> Found:
    """Everything in a file, one after another. What goes wrong is a Problem, and the end of this file alone."""
    return guarded(member.place, _collect(member, means))


def _collect(member: Member, means: Means) -> Found:
    if member.depth > MAX_DEPTH:
        raise OversizedInput(f"it lies within more than {MAX_DEPTH} archives: unpack them and give the folder")
    head, stream = look(member.stream)
    if not head.strip() and len(head) < LOOKED_AT:
        read_up_to(stream, LOOKED_AT)  # to the damage, if it is that which ends it
        raise EmptyInput(_EMPTY)
    format = sniff_format(head, name=member.name)
    match format:
        case Format.GZIP:
            yield from _packed(head, stream, member, means)
        case Format.WARC:
            yield from read_warc(member, stream, means, packed=False)
        case Format.ZIP:
            yield from read_zip(member, stream, means, lambda inner: collect_member(inner, means))
        case Format.PDF | Format.MAIL:
            yield _snapshot(member, stream, means, _CONTENT_TYPES[format])
        case None:
            yield from _text(head, stream, member, means)
        case _:
            raise unread(format)


def _packed(head: bytes, stream: BinaryIO, member: Member, means: Means) -> Found:
    """What is in gzip: a WARC, or any single file."""
    try:
        start = zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        start = b""
    if start.startswith(b"WARC/"):
        yield from read_warc(member, stream, means, packed=True)
        return
    inner = Member(
        place=member.place,
        name=_PACKED.sub("", member.name),
        stream=cast(BinaryIO, Gunzip(stream, member.budget)),  # unbuffered: what precedes damage is to come through
        budget=member.budget,
        depth=member.depth + 1,
    )
    yield from collect_member(inner, means)


def _text(head: bytes, stream: BinaryIO, member: Member, means: Means) -> Found:
    """What is in a file that is text of some kind."""
    read = _reader(utf8_head(head), member.name, means)
    if read is None:
        if is_binary(head):
            raise unread(Format.BINARY)
        yield _snapshot(member, stream, means)
    else:
        yield from one_for_all(read(member, as_utf8(head, stream), means), member.place)


_Reader: TypeAlias = Callable[[Member, BinaryIO, Means], Found]


def _reader(head: bytes, name: str, means: Means) -> _Reader | None:
    """Who takes a text apart that holds several documents, None for one that is a document itself."""
    if _PROSE.search(name):
        return None
    if _JSONL.search(name):
        return read_jsonl
    if _JSON.search(name) or (_OBJECT.match(head) and not _TABLE.search(name)):
        return read_jsonl if _OBJECT_LINES.match(head) else read_json
    if _TABLE.search(name):
        return read_table
    # A text without a name that says what it is, as from standard input.
    named = "." in name.rpartition("/")[2]
    return read_table if not named and looks_like_table(head.decode("utf-8", "replace"), means.columns) else None


def _snapshot(member: Member, stream: BinaryIO, means: Means, content_type: str | None = None) -> Collected:
    raw = read_whole(stream, means.settings.max_bytes)
    if not raw.strip():
        raise EmptyInput(_EMPTY)
    snapshot = Snapshot(raw=raw, path=member.name or None, content_type=content_type)
    return Collected(place=member.place, content=snapshot, raw=raw)
