"""Tables: CSV and TSV, with a line of column names, and GDELT's, which have none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from sourceline.collect.columns import Columns
from sourceline.collect.lines import BoundedLines
from sourceline.collect.member import Found, Means, Member
from sourceline.collect.names import shown
from sourceline.collect.rows import collect_fields
from sourceline.errors import InvalidRecord
from sourceline.model.evidence import Problem

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"?')
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""The line that Excel writes before the names."""
_GDELT = {
    27: (re.compile(r"\d{14}-T?\d+"), 4),  # knowledge graph 2
    16: (re.compile(r"\d+"), 5),  # mentions
    58: (re.compile(r"\d+"), 57),  # events 1
    61: (re.compile(r"\d+"), 60),  # events 2
}
"""How many columns GDELT's tables have, what the first holds, and which one the address."""
_LONGEST_NAME = 40
_REMEMBERED = 1 << 16


def looks_like_table(head: str, columns: Columns) -> bool:
    """Whether the first line names columns, one of them for texts or addresses."""
    first = head.partition("\n")[0].strip("\r")
    delimiter = _delimiter(first)
    if not first or delimiter not in first or len(first) > 4096:
        return False
    try:
        names = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return False
    if any(not name.strip() or name != name.strip() or len(name) > _LONGEST_NAME for name in names):
        return False  # words with commas
    return len(names) > 1 and (columns.know(names, "text") or columns.know(names, "url"))


def read_table(member: Member, stream: BinaryIO, means: Means) -> Found:
    """A document, or a problem, for each row. Rows of which only the address is known are fetched."""
    lines = _Lines(stream, means.settings.max_bytes)
    text = iter(lines)
    first = next(text, "")
    if (said := _SEPARATOR.fullmatch(first)) is not None:
        delimiter, first = said[1], next(text, "")
    else:
        delimiter = _delimiter(first)
    lines.put_back(first)
    names: list[str] | None = None
    address: int | None = None
    fetched: set[int] = set()
    for row in _rows(lines, delimiter):
        place, where = f"{member.place}:{lines.begun}", f"line {lines.begun}"
        if isinstance(row, str):
            yield Problem(place=place, kind=InvalidRecord.kind, message=f"{where} {row}")
        elif not any(row):
            continue
        elif names is None and (address is not None or (address := _gdelt(row)) is not None):
            url = row[address] if address < len(row) else ""
            if hash(url) not in fetched:  # an article has a row for each of its events
                yield from collect_fields({"url": url}, lines.raw, place, where, means)
            if len(fetched) >= _REMEMBERED:
                fetched.clear()
            fetched.add(hash(url))
        elif names is None:
            names = _names(row, means.columns)
        elif any(row[len(names) :]):
            message = f"{where} has more cells than there are columns: quote cells that hold {delimiter!r}"
            yield Problem(place=place, kind=InvalidRecord.kind, message=message)
        else:
            fields = means.columns.own(dict(zip(names, row, strict=False)))
            yield from collect_fields(fields, lines.raw, place, where, means)


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | str]:
    """Each row's cells, or what is wrong with it."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        before = csv.field_size_limit(lines.limit)  # the module's own, 128 KiB, is less than a long article
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, InvalidRecord) as error:
            yield f"is no row ({error}): is a quotation mark missing?"
            continue
        finally:
            csv.field_size_limit(before)
        yield row


def _names(row: list[str], columns: Columns) -> list[str]:
    """The names of the columns. Raises InvalidRecord where the documents' texts cannot be found by them."""
    names = [name.strip() for name in row]
    there = shown(", ".join(names))
    if missing := columns.missing(names):
        raise InvalidRecord(f"the table has no column {shown(missing[0])!r}: it has {there}")
    if not columns.know(names, "text") and not columns.know(names, "url"):
        raise InvalidRecord(f"no column is known to hold the text (there are {there}): say which one does")
    return names


def _gdelt(row: list[str]) -> int | None:
    """Which column holds the address in a table of GDELT's, None for all other tables."""
    first, address = _GDELT.get(len(row), (None, 0))
    known = first is not None and first.fullmatch(row[0]) and row[address].lower().startswith("http")
    return address if known else None


def _delimiter(line: str) -> str:
    bare = _QUOTED.sub("", line)
    return max(_DELIMITERS, key=bare.count)


class _Lines:
    """Decoded lines, and the bytes of those that the row at hand is made of.

    Raises InvalidRecord where the row grows beyond `limit` bytes: the next row begins after that line.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.limit = limit
        self.begun = 0
        self._lines = BoundedLines(stream, limit)
        self._source = iter(self._lines)
        self._held: list[bytes] = []
        self._size = 0
        self._waiting: str | None = None
        self._utf8 = False

    @property
    def raw(self) -> bytes:
        """The bytes of the row."""
        return b"".join(self._held)

    def begin(self) -> None:
        """A row begins."""
        self._size = 0
        if self._waiting is None:
            self._held = []
        self.begun = self._lines.number + (self._waiting is None)

    def put_back(self, line: str) -> None:
        self._waiting = line

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._waiting is not None:
            line, self._waiting = self._waiting, None
            return line
        raw = next(self._source)
        if raw is None:
            raise InvalidRecord(f"it is longer than {self.limit:,} bytes")
        self._size += len(raw)
        if self._size > self.limit:
            raise InvalidRecord(f"its row is larger than {self.limit:,} bytes")
        self._held.append(raw)
        return self._decoded(raw)

    def _decoded(self, raw: bytes) -> str:
        """The line as UTF-8; if it is none, and no line before it was plainly that, as Windows-1252."""
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("utf-8" if self._utf8 else "cp1252", "replace")
        self._utf8 = self._utf8 or len(line) < len(raw)
        return line
