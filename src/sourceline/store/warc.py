"""Evidence as WARC 1.1 records (ISO 28500:2017), each compressed on its own: strung together they are a .warc.gz file.

A record says what was had, from where, when, and with which headers. It can be checked without this program.
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sourceline.errors import LedgerDamaged
from sourceline.model.evidence import Capture

_UNPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers of the transfer that no longer hold of the bytes kept, which were unpacked: kept under another name, as
web archives do."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BROKEN = (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error, AttributeError, LookupError, TypeError)
"""What bytes that are no record bring about in their reader."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A header's name (RFC 9110): one that is none cannot be written."""


def encode_record(capture: Capture, raw: bytes, at: datetime) -> bytes:
    """One compressed record: a response where there are HTTP headers, a resource otherwise.

    `at` dates what has no time of retrieval. The same input gives the same bytes.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    headers = _response(capture.headers) if (capture.url or "").startswith(("http://", "https://")) else None
    record = writer.create_warc_record(
        capture.url or f"urn:sha256:{capture.sha256}",
        "response" if headers is not None else "resource",
        payload=io.BytesIO(raw),
        length=len(raw),
        http_headers=headers,
        warc_content_type="" if headers is not None else capture.content_type or "application/octet-stream",
        warc_headers_dict=_labels(capture, at),
    )
    writer.write_record(record)
    return out.getvalue()


def decode_record(record: bytes) -> bytes:
    """The raw bytes of a record. Raises LedgerDamaged where it is broken."""
    try:
        for found in ArchiveIterator(io.BytesIO(record)):
            raw: bytes = found.raw_stream.read()
            return raw
    except _BROKEN as failure:
        raise LedgerDamaged(f"kept bytes cannot be unpacked ({failure}): restore the ledger from a copy") from failure
    raise LedgerDamaged("the kept bytes are no record: restore the ledger from a copy")


def differing(record: bytes, capture: Capture, at: datetime | None) -> tuple[str, ...]:
    """What a record says otherwise than the capture: of `url`, `time`, `content type` and `headers`, without its bytes.

    `at` is as in `encode_record`; None where it is not known, so that only a time of retrieval is compared. Raises
    LedgerDamaged where the record is broken.
    """
    expected = _stated(encode_record(capture, b"", at or _EPOCH))
    if at is None and capture.retrieved is None:
        del expected["time"]
    stated = _stated(record)
    return tuple(name for name in expected if expected[name] != stated[name])


def _stated(record: bytes) -> dict[str, object]:
    try:
        for found in ArchiveIterator(io.BytesIO(record)):
            labels, headers = found.rec_headers, found.http_headers
            return {
                "url": labels.get_header("WARC-Target-URI"),
                "time": labels.get_header("WARC-Date"),
                "content type": (labels.get_header("WARC-Type"), labels.get_header("Content-Type")),
                "headers": None if headers is None else headers.headers,
            }
    except _BROKEN as failure:
        raise LedgerDamaged(f"a record cannot be unpacked ({failure}): restore the ledger from a copy") from failure
    raise LedgerDamaged("the kept bytes are no record: restore the ledger from a copy")


def _labels(capture: Capture, at: datetime) -> dict[str, str]:
    moment = (capture.retrieved or at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    identity = hashlib.sha256(f"{capture.sha256}\x1f{capture.place}\x1f{moment}".encode("utf-8", "replace")).digest()
    labels = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(bytes=identity[:16], version=5)}>",
        "WARC-Date": moment,
        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
    }
    if capture.url is None:
        labels["WARC-Filename"] = " ".join(capture.place.encode("ascii", "backslashreplace").decode().split())
    return labels


def _response(headers: Mapping[str, str]) -> StatusAndHeaders | None:
    if not headers:
        return None
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _UNPACKED else name, " ".join(value.split()))
        for name, value in headers.items()
        if _NAME.fullmatch(name)
    ]
    return StatusAndHeaders("200 OK", kept, protocol="HTTP/1.1")
