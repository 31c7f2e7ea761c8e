from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.evidence import Collected, Problem, Unchanged
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from tests.carriers import PAGE, collected, contents, problems, response, warc

A, B, C = "https://standard.example/a", "https://standard.example/b", "https://standard.example/c"


def snapshot(found: list[Collected | Problem | Unchanged]) -> Snapshot:
    (item,) = found
    assert isinstance(item, Collected)
    assert isinstance(item.content, Snapshot)
    assert item.raw == item.content.raw
    return item.content


@pytest.mark.parametrize("packed", [False, True])
def test_pages_with_what_the_crawl_says_of_them(packed: bool) -> None:
    first, second = collected(warc((A, PAGE), (B, b"Said so."), packed=packed), "crawl.warc.gz")
    assert (first.place, second.place) == ("crawl.warc.gz#1", "crawl.warc.gz#2")
    page = snapshot([first])
    assert (page.raw, page.url, page.content_type, page.charset) == (PAGE, A, "text/html", "utf-8")
    assert page.retrieved == datetime(2031, 3, 6, 9, 15, tzinfo=UTC)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_one_gzip_member_around_all_is_a_crawl_too() -> None:
    raw = gzip.compress(warc((A, PAGE), (B, PAGE)))
    assert [place for place, _ in contents(collected(raw, "x.gz"))] == ["x.gz#1", "x.gz#2"]


def test_only_answers_that_may_be_articles_are_taken() -> None:
    html = [("Content-Type", "text/html")]
    records = [
        response(A, PAGE, headers=html, warc_type="request"),
        response(A, PAGE, headers=html, warc_type="revisit"),
        response(A, PAGE, headers=html, status="404 Not Found"),
        response(A, b"", headers=html),
        response(A, b"\x89PNG\r\n", headers=[("Content-Type", "image/png")]),
        response(A, b"\x89PNG\r\n", headers=html),
        response(A, b"a { }", headers=[("Content-Type", "text/css")]),
        response("https://standard.example/robots.txt", b"User-agent: *", headers=[("Content-Type", "text/plain")]),
        response("urn:text:a", b"Said so.", headers=[("Content-Type", "text/plain")], warc_type="resource"),
        response(A, b"software: x", headers=[("Content-Type", "application/warc-fields")], warc_type="metadata"),
    ]
    assert collected(b"".join(records)) == []


def test_resources_conversions_and_pdfs_are_taken() -> None:
    found = collected(
        response(A, PAGE, headers=[("Content-Type", "text/html")], warc_type="resource")
        + response(B, b"Said so.", headers=[("Content-Type", "text/plain")], warc_type="conversion")
        + response(C, b"%PDF-1.7 x", headers=[("Content-Type", "application/pdf")])
        + response(C, PAGE)
    )
    assert [raw for _, raw in contents(found)] == [PAGE, b"Said so.", b"%PDF-1.7 x", PAGE]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("GZIP ", gzip.compress(PAGE)),
        ("gzip", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("identity", PAGE),
    ],
)
def test_content_encodings_are_taken_off(encoding: str, body: bytes) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding)]
    assert snapshot(collected(response(A, body, headers=headers))).raw == PAGE


def test_chunks_are_put_together() -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (PAGE[:7], PAGE[7:])) + b"0\r\n\r\n"
    headers = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]
    assert snapshot(collected(response(A, chunks, headers=headers))).raw == PAGE
    assert snapshot(collected(response(A, PAGE, headers=headers))).raw == PAGE


def test_a_page_packed_to_a_bomb_is_a_problem_and_the_rest_goes_on() -> None:
    bomb = gzip.compress(b"\n" * 5_000_000)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    raw = response(A, bomb, headers=headers) + warc((B, PAGE))
    first, second = collected(raw, "c", settings=Settings(max_bytes=1_000_000))
    assert problems([first]) == [("c#1", "oversized")]
    assert contents([second]) == [("c#2", PAGE)]


def test_an_encoding_that_is_not_known_is_a_problem_that_names_it() -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "br")]
    (problem,) = collected(response(A, b"\x0b\x02", headers=headers))
    assert isinstance(problem, Problem)
    assert "packed with br" in problem.message


def lying(length: int, *, packed: bool = False) -> bytes:
    """A crawl of three whose second says that it is `length` bytes longer than it is."""
    record = response(B, PAGE, headers=[("Content-Type", "text/html")])
    head, _, rest = record.partition(b"Content-Length: ")
    stated, _, rest = rest.partition(b"\r\n")
    second = head + b"Content-Length: %d\r\n" % (int(stated) + length) + rest
    return (
        warc((A, PAGE), packed=packed) + (gzip.compress(second) if packed else second) + warc((C, PAGE), packed=packed)
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("length", [-50, 7, 60, 300, 500, 10**6, 10**9, 10**17])
def test_a_record_that_lies_about_its_length_costs_no_other(length: int, packed: bool) -> None:
    first, *wrong, last = collected(lying(length, packed=packed), "c")
    assert contents([first, last]) == [("c#1", PAGE), ("c#3", PAGE)]
    assert problems(wrong) == [("c#2", "damaged")]


@pytest.mark.parametrize("stated", [b"-5", b"x", b"", b"1e3", "٣".encode(), b"9" * 400])
def test_a_length_that_is_no_number(stated: bytes) -> None:
    record = response(B, PAGE, headers=[("Content-Type", "text/html")])
    head, _, rest = record.partition(b"Content-Length: ")
    raw = head + b"Content-Length: " + stated + rest[rest.index(b"\r\n") :] + warc((C, PAGE))
    *wrong, last = collected(raw, "c")
    assert problems(wrong) == [("c#1", "damaged")]
    assert contents([last]) == [("c#2", PAGE)]


@pytest.mark.parametrize("left", [30, 200, -20])
def test_what_comes_before_a_gzip_stream_is_cut_off_is_kept(left: int) -> None:
    whole = warc((A, PAGE), packed=True)
    found = collected(whole + warc((B, PAGE), packed=True)[:left], "c")
    assert contents(found[:1]) == [("c#1", PAGE)]
    assert {kind for _, kind in problems(found[1:])} == {"damaged"}


def test_what_comes_after_a_damaged_gzip_member_is_found() -> None:
    broken = bytearray(warc((B, PAGE), packed=True))
    broken[60:90] = b"\xff" * 30
    found = collected(warc((A, PAGE), packed=True) + bytes(broken) + warc((C, PAGE), packed=True), "c")
    urls = [item.content.url for item in found if isinstance(item, Collected) and isinstance(item.content, Snapshot)]
    assert urls == [A, C]
    assert {kind for _, kind in problems(found)} == {"damaged"}


def test_a_record_beyond_the_limit_is_passed_over() -> None:
    large = response(A, b"x" * 3_000_000, headers=[("Content-Type", "text/html")])
    first, second = collected(large + warc((B, PAGE)), "c", settings=Settings(max_bytes=500_000))
    assert problems([first]) == [("c#1", "oversized")]
    assert contents([second]) == [("c#2", PAGE)]


def test_headers_without_an_end_are_bounded() -> None:
    raw = b"WARC/1.0\r\n" + b"X-Y: z\r\n" * 300_000 + b"\r\n\r\n" + warc((B, PAGE))
    *wrong, last = collected(raw, "c")
    assert {kind for _, kind in problems(wrong)} == {"damaged"}
    assert contents([last])[0][1] == PAGE


@given(st.binary(max_size=300), st.integers(0, 1200))
def test_any_bytes_anywhere_never_stop_the_run(noise: bytes, at: int) -> None:
    raw = warc((A, PAGE), (B, PAGE))
    for item in collected(raw[:at] + noise + raw[at:], "c.warc"):
        assert not isinstance(item, Problem) or item.kind != "internal", item
