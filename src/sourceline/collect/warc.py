"""WARC: the pages, texts and PDFs of a crawl, record by record.

ISO 28500:2017. The headers are parsed by warcio; the frame is followed here, since a record may lie about its length:
then it is a problem, and reading goes on at the next line that begins a record.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from sourceline.collect.member import Found, Means, Member
from sourceline.collect.names import shown
from sourceline.collect.streams import Gunzip, inflate
from sourceline.errors import DamagedInput, OversizedInput, SourcelineError, UnknownFormat
from sourceline.model.evidence import Collected, Problem
from sourceline.model.format import Format, is_binary, sniff_format
from sourceline.model.text import Snapshot

_PIECE = 1 << 16
_LONGEST_HEADERS = 1 << 20
_FIRST_LINE = 16
_BEGINS = b"WARC/"
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d+\r?\n)")
_RECORDS = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"], verify=False)
_RESPONSES = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
_TAKEN = frozenset({"response", "resource", "conversion"})
_READ_TYPES = ("text/html", "application/xhtml", "text/plain", "application/pdf", "text/markdown")
_LIES = "it is not as long as it says: crawl the page again"
_SCHEMES = ("", "http", "https", "ftp", "file")
"""Not urn: crawlers keep their own notes, screenshots and a page's text once more under such names."""
_ROBOTS = re.compile(r"://[^/]*/robots\.txt(?:$|\?)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(slots=True)
class _Records:
    """A WARC's bytes. In gzip each member is a stretch of its own, which no record leaves."""

    stream: BinaryIO
    gunzip: Gunzip | None
    before: list[bytes] = field(default_factory=list)
    """What was read too far, the last piece first."""
    lost: bool = False
    """No record is known to begin here, and that has been said."""

    def take(self, size: int) -> bytes:
        """So many bytes, fewer only where the member ends."""
        pieces = []
        while size and (piece := self._piece(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def pass_over(self, size: int) -> bool:
        """Whether a record that is too long to be held ends as it says. If not, and the stream can go back, all of it
        is there again."""
        back = self.stream.tell() - sum(map(len, self.before)) if self._can_go_back() else None
        while size and (piece := self._piece(size)):
            size -= len(piece)
        ends = not size and self.ends()
        if not ends and back is not None:
            self.stream.seek(back)
            self.before.clear()
        return ends

    def ends(self) -> bool:
        """Whether a record may end here: blank lines, then the next one or nothing."""
        while line := self.line():
            if line.strip():
                self.put_back(line)
                return line.startswith(_BEGINS)
        return True

    def _piece(self, size: int) -> bytes:
        if self.before:
            piece = self.before.pop()
            self.put_back(piece[size:])
            return piece[:size]
        return self.stream.read(min(size, _PIECE))

    def _can_go_back(self) -> bool:
        return self.gunzip is None and self.stream.seekable()

    def line(self) -> bytes:
        """The next line, or a piece of it where it is long."""
        if not self.before:
            return self.stream.readline(_PIECE)
        piece = self.before.pop()
        end = piece.find(b"\n") + 1
        if not end:
            return piece + (self.line() if len(piece) < _PIECE else b"")
        if end < len(piece):
            self.before.append(piece[end:])
        return piece[:end]

    def put_back(self, piece: bytes) -> None:
        if piece:
            self.before.append(piece)

    def next_member(self) -> bool:
        return self.gunzip is not None and self.gunzip.next_member()


def read_warc(member: Member, stream: BinaryIO, means: Means, *, packed: bool) -> Found:
    """What the crawl's responses, resources and conversions hold that may be an article; what else it holds is passed
    over. With `packed` the stream is gzip.

    Raises DamagedInput, when all before it is found, where gzip data are cut off or broken.
    """
    gunzip = Gunzip(stream, member.budget, stops=True) if packed else None
    records = _Records(stream if gunzip is None else io.BufferedReader(gunzip, _PIECE), gunzip)
    number = 0
    while True:
        place = f"{member.place}#{number}"
        try:
            line = records.line()
            if not line and not records.next_member():
                return
        except DamagedInput as error:  # of gzip: there may be sound members behind
            yield Problem(place=place, kind=error.kind, message=str(error))
            continue
        if line.startswith(_BEGINS):
            number += 1
            yield from _record(records, line, f"{member.place}#{number}", means.settings.max_bytes)
        elif line.strip() and not records.lost:
            records.lost = True
            message = f"after record {number} there are bytes of no record: they are passed over"
            yield Problem(place=place, kind=DamagedInput.kind, message=message)


def _record(records: _Records, line: bytes, place: str, limit: int) -> Found:
    try:
        headers = _headers(records, line)
        body = _body(records, headers, limit)
        records.lost = False
        found = _snapshot(headers, body, limit) if body else None
    except SourcelineError as error:
        records.lost = isinstance(error, DamagedInput)
        yield Problem(place=place, kind=error.kind, message=str(error))
        return
    if found is not None:
        yield Collected(place=place, content=found, raw=found.raw)


def _headers(records: _Records, line: bytes) -> StatusAndHeaders:
    block, size = [line], len(line)
    while (line := records.line()).strip():
        block.append(line)
        size += len(line)
        if size > _LONGEST_HEADERS:
            raise DamagedInput("its headers do not end: get the file again")
    return _RECORDS.parse(io.BytesIO(b"".join(block)))


def _body(records: _Records, headers: StatusAndHeaders, limit: int) -> bytes | None:
    """The bytes of the record, None where it is of no kind that is read.

    Raises DamagedInput where its length is not the one that it states, OversizedInput where it is too large.
    """
    stated = headers.get_header("Content-Length") or ""
    if not (stated.isascii() and stated.isdigit() and len(stated) < 19):
        raise DamagedInput("it does not say how long it is: crawl the page again")
    length = int(stated)
    taken = (headers.get_header("WARC-Type") or "").lower() in _TAKEN
    if length > limit + _LONGEST_HEADERS:
        if not records.pass_over(length):
            raise DamagedInput(_LIES)
        if taken:
            raise OversizedInput(f"it is larger than {limit:,} bytes: save the part to be read as a file")
        return None
    body = records.take(length)
    if len(body) < length or not records.ends():
        beyond = records.take(_FIRST_LINE)
        cut = _NEXT.search(body + beyond)
        # It goes on where this record ends indeed, if that can be seen.
        records.put_back((body + beyond)[cut.end() :] if cut is not None else beyond)
        raise DamagedInput(_LIES)
    return body if taken else None


def _snapshot(headers: StatusAndHeaders, body: bytes, limit: int) -> Snapshot | None:
    """What a record holds, None for what is no page, text or PDF, or no answer to be read."""
    url = (headers.get_header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    if _scheme(url) not in _SCHEMES or _ROBOTS.search(url):
        return None
    said = dict(_said(headers, ("WARC-Truncated",)))
    kind = headers.get_header("Content-Type") or ""
    if kind.lower().startswith("application/http"):
        block, payload = _split(body)
        response = _RESPONSES.parse(io.BytesIO(block))
        if not response.statusline.startswith("2"):
            return None
        said.update((name, value) for name, value in response.headers)
        kind = response.get_header("Content-Type") or ""
        if not _is_read(kind, payload, packed=True):
            return None
        payload = _unpacked(_dechunked(payload, response), response, limit)
    else:
        payload = body
    if not payload.strip() or not _is_read(kind, payload):
        return None
    charset = _CHARSET.search(kind)
    return Snapshot(
        raw=payload,
        url=url or None,
        content_type=kind.partition(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
        retrieved=_time(headers.get_header("WARC-Date")),
        headers=said,
    )


def _is_read(kind: str, payload: bytes, *, packed: bool = False) -> bool:
    """Whether a type is read, and, unless they are `packed` still, the bytes belie it not."""
    named = kind.partition(";")[0].strip().lower()
    if named and not named.startswith(_READ_TYPES):
        return False
    return packed or (sniff_format(payload) in (None, Format.PDF) and not is_binary(payload))


def _split(body: bytes) -> tuple[bytes, bytes]:
    """The headers of a response and what follows them."""
    end = _BLANK.search(body, 0, _LONGEST_HEADERS)
    if end is None:
        raise DamagedInput("the headers of its response do not end: crawl the page again")
    return body[: end.end()], body[end.end() :]


def _dechunked(payload: bytes, response: StatusAndHeaders) -> bytes:
    if (response.get_header("Transfer-Encoding") or "").strip().lower() != "chunked":
        return payload
    pieces = []
    reader = ChunkedDataReader(io.BytesIO(payload))  # what was said to be in chunks, and is not, is given as it is
    while piece := reader.read(_PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(payload: bytes, response: StatusAndHeaders, limit: int) -> bytes:
    """The content of a response without its content encoding. Raises UnknownFormat for one that is not known."""
    encoding = (response.get_header("Content-Encoding") or "").strip().lower()
    if encoding in ("", "identity", "none", "utf-8"):
        return payload
    if encoding in ("gzip", "x-gzip"):
        return inflate(payload, 31, limit) if payload.startswith(b"\x1f\x8b") else payload
    if encoding == "deflate":
        wrapped = payload[:1] == b"\x78" and int.from_bytes(payload[:2], "big") % 31 == 0
        return inflate(payload, 15 if wrapped else -15, limit)
    raise UnknownFormat(f"its content is packed with {shown(encoding)}: crawl the page without that")


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower() if ":" in url else ""


def _said(headers: StatusAndHeaders, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, value) for name in names if (value := headers.get_header(name))]


def _time(stated: str | None) -> datetime | None:
    """A WARC-Date, None for what is none."""
    try:
        time = datetime.fromisoformat((stated or "").strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
