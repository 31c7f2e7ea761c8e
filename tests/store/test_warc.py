"""Evidence as WARC records."""

from __future__ import annotations

import gzip
import hashlib
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sourceline.errors import LedgerDamaged
from sourceline.model.evidence import Capture
from sourceline.store.warc import decode_record, encode_record

NOW = datetime(2031, 3, 6, 9, 15, tzinfo=UTC)


def capture(raw: bytes, **fields: object) -> Capture:
    given = {"sha256": hashlib.sha256(raw).hexdigest(), "place": "d01.html", **fields}
    return Capture(**given)  # type: ignore[arg-type]


@given(
    raw=st.binary(max_size=300) | st.sampled_from([b"HTTP/1.1 404 Not Found\r\n\r\nx", b"\r\n\r\n", b"WARC/1.1\r\n"]),
    url=st.sampled_from([None, "https://harbor.example/a", "https://harbor.example/ü?q=ä b", "urn:x"]),
    headers=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3),
    place=st.text(max_size=20),
)
def test_any_bytes_come_back(raw: bytes, url: str | None, headers: dict[str, str], place: str) -> None:
    kept = capture(raw, url=url, headers=headers, place=place)
    assert decode_record(encode_record(kept, raw, NOW)) == raw
    assert encode_record(kept, raw, NOW) == encode_record(kept, raw, NOW)


def test_records_in_a_row_are_an_archive_that_others_read() -> None:
    pages = [b"<html>one</html>", b"<html>two</html>"]
    archive = b"".join(
        encode_record(capture(raw, url=f"https://harbor.example/{i}", headers={"Content-Type": "text/html"}), raw, NOW)
        for i, raw in enumerate(pages)
    )
    found = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(archive))
    ]
    assert found == [("response", f"https://harbor.example/{i}", raw) for i, raw in enumerate(pages)]


def test_headers_of_the_transfer_are_kept_under_another_name() -> None:
    raw = b"<html>unpacked</html>"
    kept = capture(raw, url="https://harbor.example/", headers={"Content-Encoding": "gzip", "ETag": '"1"'})
    text = gzip.decompress(encode_record(kept, raw, NOW)).decode()
    assert "X-Archive-Orig-Content-Encoding: gzip" in text
    assert '\r\nETag: "1"\r\n' in text


@pytest.mark.parametrize("record", [b"", b"no archive", gzip.compress(b"no record"), b"\x1f\x8b\x08"])
def test_broken_records_say_so(record: bytes) -> None:
    with pytest.raises(LedgerDamaged):
        decode_record(record)
