"""JSON that is one array of articles, or an object around one, as news tools' answers are: item by item.

The standard library's parser wants the whole text, and its objects take ten to thirty times the bytes. Here only the
structure is followed, in pieces, and each item's own bytes are given, to be parsed and kept as evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from sourceline.collect.member import Found, Means, Member
from sourceline.collect.rows import collect_object
from sourceline.errors import DamagedInput, InvalidRecord
from sourceline.model.evidence import Problem

AROUND = frozenset(b"articles results documents docs items stories news data hits response".split())
"""Keys under which NewsAPI, GNews, Guardian, NYT, Event Registry, mediastack and tools like these put articles."""
_TEXT = frozenset(b"text body content".split())
"""An object with one of these is an article itself."""
_PIECE = 1 << 16
_LONGEST_KEY = 64
_DEEPEST = 4
_OUTSIDE = re.compile(rb'["{}\[\]:]')
_WITHIN = re.compile(rb'["{}\[\]]')
_STRING_END = re.compile(rb'["\\]')
_WHOLE_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


def read_json(member: Member, stream: BinaryIO, means: Means) -> Found:
    """A document, or a problem, for each article. Raises InvalidRecord where there is none, DamagedInput where the JSON
    ends too early."""
    number = 0
    limit = means.settings.max_bytes
    for number, item in enumerate(json_items(stream, limit), 1):
        place, where = f"{member.place}#{number}", f"item {number}"
        if item is None:
            message = f"{where} is larger than {limit:,} bytes: split the document"
            yield Problem(place=place, kind=InvalidRecord.kind, message=message)
        else:
            yield from collect_object(item, place, where, means)
    if not number:
        raise InvalidRecord('it holds no articles: give JSON objects with a field "text"')


def json_items(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The bytes of each article's object, None for one larger than `limit`.

    Articles are the objects in an array that stands alone or under keys of AROUND, or the objects that stand alone. The
    structure is followed, not checked: what is no JSON within an item shows when that is parsed. Raises DamagedInput
    where the text ends before its structure does, or the structure is broken.
    """
    scanner = _Scanner(limit)
    while piece := stream.read(_PIECE):
        yield from scanner.feed(piece)
    if scanner.open:
        raise DamagedInput("the JSON ends in the middle: get the file again")


@dataclass(slots=True)
class _Scanner:
    """Where in the structure one is. `around` are the containers that are no items; `depth` counts those within an item
    or within a value that is passed over."""

    limit: int
    around: list[bytes] = field(default_factory=list)
    depth: int = 0
    in_string: bool = False
    escaped: bool = False
    key: bytes = b""
    string: bytearray | None = None
    kept: list[bytes] | None = None
    """The pieces of the item, or of an outer object that may be one."""
    size: int = 0
    start: int = 0
    is_item: bool = False
    alone: bool = False
    """The outer object is an article itself."""
    wrapped: bool = False

    @property
    def open(self) -> bool:
        return bool(self.around or self.depth or self.in_string)

    def feed(self, piece: bytes) -> Iterator[bytes | None]:
        at = self.start = 0
        while at < len(piece):
            if self.in_string:
                at = self._string(piece, at)
                continue
            sign = (_WITHIN if self.depth else _OUTSIDE).search(piece, at)
            if sign is None:
                break
            at = sign.end()
            match sign[0]:
                case b'"':
                    at = self._open_string(piece, at)
                case b":":
                    self._name()
                case b"{" | b"[" as bracket:
                    self._open(bracket, at - 1)
                case bracket:
                    if self._close(bracket):
                        yield self._take(piece, at)
        self._keep(piece, len(piece))

    def _open_string(self, piece: bytes, at: int) -> int:
        whole = _WHOLE_STRING.match(piece, at - 1)
        if whole is not None:
            if not self.depth:
                self.string = bytearray(whole[0][1 : _LONGEST_KEY + 1].removesuffix(b'"'))
            return whole.end()
        self.in_string = True
        self.string = None if self.depth else bytearray()
        return at

    def _string(self, piece: bytes, at: int) -> int:
        """On in a string that goes over pieces."""
        if self.escaped:
            self.escaped = False
            return at + 1
        end = _STRING_END.search(piece, at)
        stop = end.start() if end else len(piece)
        if self.string is not None and len(self.string) < _LONGEST_KEY:
            self.string += piece[at : min(stop, at + _LONGEST_KEY)]
        if end is None:
            return len(piece)
        if end[0] == b"\\":
            self.escaped = True
        else:
            self.in_string = False
        return end.end()

    def _name(self) -> None:
        self.key = bytes(self.string or b"")
        if len(self.around) == 1 and self.key in _TEXT:
            self.alone = True

    def _open(self, bracket: bytes, at: int) -> None:
        top = self.around[-1] if self.around else b""
        if self.depth:
            self.depth += 1
        elif not top:
            self.around.append(bracket)
            self.alone = self.wrapped = False
            if bracket == b"{":
                self._begin(at)
        elif top == b"[":
            self.depth = 1
            self.is_item = bracket == b"{"
            if self.is_item:
                self._begin(at)
        elif not self.alone and self.key in AROUND and len(self.around) < _DEEPEST:
            self.around.append(bracket)
            if bracket == b"[":
                self.wrapped = True
                self._forget()
        else:
            self.depth, self.is_item = 1, False

    def _close(self, bracket: bytes) -> bool:
        """Whether what ends here is an item."""
        if self.depth:
            self.depth -= 1
            return not self.depth and self.is_item
        if not self.around or (self.around.pop() == b"{") != (bracket == b"}"):
            raise DamagedInput("the JSON's brackets do not fit: get the file again")
        return not self.around and bracket == b"}" and not self.wrapped

    def _begin(self, at: int) -> None:
        self.kept, self.size, self.start = [], 0, at

    def _forget(self) -> None:
        self.kept, self.size = None, 0

    def _keep(self, piece: bytes, end: int) -> None:
        if self.kept is None:
            return
        self.size += end - self.start
        if self.size > self.limit:
            self.kept.clear()
        else:
            self.kept.append(piece[self.start : end])

    def _take(self, piece: bytes, end: int) -> bytes | None:
        self._keep(piece, end)
        item = b"".join(self.kept or ()) if self.size <= self.limit else None
        self._forget()
        self.is_item = False
        return item
