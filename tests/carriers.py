"""Carriers made by hand: WARCs, ZIPs, PDFs, as the collectors meet them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sourceline.collect.carriers import collect_member
from sourceline.collect.columns import Columns
from sourceline.collect.member import Means, Member
from sourceline.collect.streams import Budget
from sourceline.model.evidence import Collected, Problem, Unchanged
from sourceline.settings import Settings

PAGE = b"<html><head><title>Depot talks</title></head><body><p>Nobody was turned away, she said.</p></body></html>"


def nothing_fetched(address: str) -> Iterator[Collected | Problem | Unchanged]:
    """Stands where the web half stands: says which address it was given."""
    yield Problem(place=address, kind="fetched", message="")


def collected(
    raw: bytes,
    name: str = "",
    *,
    settings: Settings | None = None,
    columns: Mapping[str, str] | None = None,
) -> list[Collected | Problem | Unchanged]:
    """What is found in a file of these bytes and this name."""
    settings = settings or Settings()
    means = Means(settings=settings, columns=Columns(columns), addresses=nothing_fetched)
    budget = Budget(len(raw), settings.max_bytes)
    return list(collect_member(Member(place=name or "-", name=name, stream=io.BytesIO(raw), budget=budget), means))


def contents(found: Iterable[Collected | Problem | Unchanged]) -> list[tuple[str, bytes]]:
    """Place and bytes of what was collected; nothing else may have been found."""
    articles = []
    for item in found:
        assert isinstance(item, Collected), item
        articles.append((item.place, item.raw))
    return articles


def problems(found: Iterable[Collected | Problem | Unchanged]) -> list[tuple[str, str]]:
    """Place and kind of each problem."""
    return [(item.place, item.kind) for item in found if isinstance(item, Problem)]


def warc(*pages: tuple[str, bytes], packed: bool = False, kind: str = "text/html; charset=utf-8") -> bytes:
    """A crawl with a response for each address and body."""
    return b"".join(response(url, body, packed=packed, headers=[("Content-Type", kind)]) for url, body in pages)


def response(
    url: str,
    body: bytes,
    *,
    packed: bool = False,
    headers: Sequence[tuple[str, str]] = (),
    status: str = "200 OK",
    warc_type: str = "response",
    warc_headers: Mapping[str, str] | None = None,
) -> bytes:
    """One record, as warcio writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer._create_temp_file = io.BytesIO  # its own is left open
    is_http = warc_type in ("response", "revisit", "request")
    said = {"WARC-Date": "2031-03-06T09:15:00Z", **(warc_headers or {})}
    record = writer.create_warc_record(
        url,
        warc_type,
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if is_http else None,
        warc_content_type="" if is_http else dict(headers).get("Content-Type", "text/html"),
        warc_headers_dict=said,
    )
    writer.write_record(record)
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


Placed = tuple[float, float, float, str]
"""Left, bottom, size and text of a line on a page."""


def printed(pages: Sequence[Sequence[str | Placed]], metadata: Mapping[str, str] | None = None) -> bytes:
    """A PDF with these lines. Those without a place stand under one another, in letters of 11 points."""
    return pdf_of([_drawn(page) for page in pages], metadata=metadata)


def pdf_of(streams: Sequence[bytes], *, metadata: Mapping[str, str] | None = None, filters: int = 0) -> bytes:
    """A PDF whose pages have these content streams, deflated `filters` times."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(streams)))
    info = b"".join(b"/%s (%s)" % (name.encode(), value.encode()) for name, value in (metadata or {}).items())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(streams)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<<%s>>" % info,
    ]
    for number, stream in enumerate(streams):
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Contents %d 0 R>>" % (resources, 6 + 2 * number)
        )
        for _ in range(filters):
            stream = zlib.compress(stream, 9)
        named = b"/Filter[%s]" % (b"/FlateDecode" * filters) if filters else b""
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (named, len(stream), stream))
    return _file(objects)


def _drawn(page: Sequence[str | Placed]) -> bytes:
    drawn = []
    below = 780.0
    for line in page:
        left, bottom, size, text = (72.0, below, 11.0, line) if isinstance(line, str) else line
        below = bottom - 14
        escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn.append(b"BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET" % (size, left, bottom, escaped))
    return b"\n".join(drawn)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
