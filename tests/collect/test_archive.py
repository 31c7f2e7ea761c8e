from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest

from sourceline.model.evidence import Problem
from sourceline.settings import Settings
from tests.carriers import PAGE, collected, contents, problems, warc, zipped

LINE = b'{"text": "Said so."}\n'


def test_members_are_read_like_files_in_their_order() -> None:
    raw = zipped(
        {
            "b.txt": b"Said so.",
            "a/page.html": PAGE,
            "docs.jsonl": LINE,
            "crawl.warc.gz": warc(("https://a.example/", PAGE), packed=True),
        }
    )
    assert contents(collected(raw, "x.zip")) == [
        ("x.zip#b.txt", b"Said so."),
        ("x.zip#a/page.html", PAGE),
        ("x.zip#docs.jsonl:1", LINE),
        ("x.zip#crawl.warc.gz#1", PAGE),
    ]


def test_names_are_only_names() -> None:
    raw = zipped({"../../etc/passwd.txt": b"Said so.", "/abs/no\nlines.txt": b"Said more."})
    assert contents(collected(raw, "x.zip")) == [
        ("x.zip#../../etc/passwd.txt", b"Said so."),
        ("x.zip#/abs/no\N{REPLACEMENT CHARACTER}lines.txt", b"Said more."),
    ]


def test_hidden_members_and_folders_are_passed_over_and_the_rest_are_problems() -> None:
    raw = zipped({"a/": b"", ".git/x.txt": b"x", "__MACOSX/a.txt": b"x", "a/b.png": b"\x89PNG\r\n", "e.txt": b" "})
    assert problems(collected(raw, "x")) == [("x#a/b.png", "format"), ("x#e.txt", "empty")]


def test_of_a_wacz_the_crawls_are_read_alone() -> None:
    raw = zipped(
        {
            "datapackage.json": b"{}",
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
            "archive/data.warc.gz": warc(("https://a.example/", PAGE), packed=True),
        }
    )
    assert contents(collected(raw, "x.wacz")) == [("x.wacz#archive/data.warc.gz#1", PAGE)]


@pytest.mark.parametrize(
    ("member", "advice"),
    [
        ("[Content_Types].xml", "Office"),
        ("META-INF/manifest.xml", "Office"),
        ("META-INF/container.xml", "EPUB"),
        ("META-INF/MANIFEST.MF", "program"),
    ],
)
def test_what_is_a_zip_by_its_make_only_is_a_problem(member: str, advice: str) -> None:
    (problem,) = collected(zipped({member: b"x", "word/document.xml": b"x"}), "report.docx")
    assert isinstance(problem, Problem)
    assert problem.kind == "format"
    assert advice in problem.message


def test_archives_within_archives_to_a_depth() -> None:
    raw = b"Said so."
    name = "a.txt"
    for _ in range(3):
        raw, name = zipped({name: raw}), "in.zip"
    assert [text for _, text in contents(collected(raw, "x.zip"))] == [b"Said so."]
    for _ in range(3):
        raw = zipped({name: raw})
    assert [kind for _, kind in problems(collected(raw, "x.zip"))] == ["oversized"]


def test_a_bomb_is_defused_and_what_came_before_is_kept() -> None:
    bomb = zipped({"a.txt": b"Said so.", **{f"{n}.txt": b"\n" * 900_000 for n in range(40)}})
    found = collected(bomb, "x.zip", settings=Settings(max_bytes=1_000_000))
    assert contents(found[:1]) == [("x.zip#a.txt", b"Said so.")]
    assert len(found) < 15
    assert found[-1] == Problem(
        place=f"x.zip#{len(found) - 2}.txt",
        kind="oversized",
        message="it unpacks to more than 200 times its size: unpack what is wanted of it and give that",
    )


def test_a_bomb_of_layers_is_measured_by_the_outermost() -> None:
    inner = zipped({f"{n}.txt": b"\n" * 900_000 for n in range(30)})
    outer = zipped({f"{n}.zip": inner for n in range(30)})
    found = collected(outer, "x.zip", settings=Settings(max_bytes=1_000_000))
    assert {kind for _, kind in problems(found)} == {"empty", "oversized"}


def test_one_damaged_member_costs_no_other() -> None:
    raw = bytearray(zipped({"a.txt": b"Said so, and so, and so.", "b.txt": b"Said more."}))
    raw[40:44] = b"\xff" * 4
    found = collected(bytes(raw), "x.zip")
    assert problems(found) == [("x.zip#a.txt", "damaged")]
    assert contents(found[1:]) == [("x.zip#b.txt", b"Said more.")]


def test_locked_and_rarely_packed_members_say_what_to_do() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"Said so.", compress_type=zipfile.ZIP_LZMA)
        archive.writestr("b.txt", b"Said so.")
    raw = bytearray(out.getvalue())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    first, second = collected(bytes(raw), "x.zip")
    assert isinstance(first, Problem)
    assert isinstance(second, Problem)
    assert "rare way" in first.message
    assert "password" in second.message


@pytest.mark.parametrize("cut", [10, 100, -5, -30])
def test_a_zip_that_is_cut_off_is_a_problem(cut: int) -> None:
    assert [kind for _, kind in problems(collected(zipped({"a.txt": b"x" * 500})[:cut], "x.zip"))] == ["damaged"]


def test_a_directory_of_too_many_members_is_not_read() -> None:
    raw = bytearray(zipped({"a.txt": b"x"}) + bytes(20_000_000))
    end = raw.rindex(b"PK\x05\x06")
    directory = b"PK\x05\x06" + bytes(8) + (20_000_000).to_bytes(4, "little") + bytes(6)
    assert [kind for _, kind in problems(collected(bytes(raw[:end] + bytes(20_000_000) + directory)))] == ["oversized"]


def test_gzip_of_any_file() -> None:
    assert contents(collected(gzip.compress(PAGE), "a.html.gz")) == [("a.html.gz", PAGE)]
    assert contents(collected(gzip.compress(LINE) + gzip.compress(LINE), "a.jsonl.gz")) == [
        ("a.jsonl.gz:1", LINE),
        ("a.jsonl.gz:2", LINE),
    ]


def test_gzip_that_is_cut_off_keeps_the_lines_before() -> None:
    engine = zlib.compressobj(wbits=31)
    raw = engine.compress(LINE * 3) + engine.flush(zlib.Z_FULL_FLUSH) + engine.compress(LINE) + engine.flush()
    found = collected(raw[:-12], "a.jsonl.gz")
    assert contents(found[:3]) == [(f"a.jsonl.gz:{number}", LINE) for number in (1, 2, 3)]
    assert problems(found[3:]) == [("a.jsonl.gz", "damaged")]


def test_a_gzip_bomb_is_defused() -> None:
    found = collected(gzip.compress(LINE + b" " * 200_000_000), "a.jsonl.gz", settings=Settings(max_bytes=1_000_000))
    assert contents(found[:1]) == [("a.jsonl.gz:1", LINE)]
    assert problems(found[1:]) == [("a.jsonl.gz", "oversized")]


def test_padding_and_junk_after_gzip_are_passed_over() -> None:
    assert contents(collected(gzip.compress(PAGE) + bytes(700) + b"junk", "a.html.gz")) == [("a.html.gz", PAGE)]
