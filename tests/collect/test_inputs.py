"""Files, folders, patterns, standard input and addresses, as a command line names them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourceline.collect.inputs import collect_inputs
from sourceline.errors import UsageError
from sourceline.model.evidence import Collected, Problem, Unchanged
from sourceline.model.record import Record
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from tests.carriers import PAGE, contents, nothing_fetched, printed, problems, warc, zipped

MAIL = b"From: Ana <ana@standard.example>\r\nMIME-Version: 1.0\r\nSubject: Talks\r\n\r\nNobody was turned away.\r\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: bytes | str) -> None:
    """Files by name, `__` for a slash and `_` for the dot."""
    for name, content in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def collect(*sources: str, settings: Settings | None = None) -> list[Collected | Problem | Unchanged]:
    return list(collect_inputs(sources, settings or Settings(), addresses=nothing_fetched))


def places(*sources: str) -> list[str]:
    return [item.place for item in collect(*sources)]


def test_a_file_is_a_snapshot_of_its_bytes() -> None:
    write(a_txt=b"\xff\xfes\0a\0")
    (found,) = collect("a.txt")
    path = str(Path("a.txt").resolve())
    assert found == Collected(place="a.txt", content=Snapshot(raw=b"\xff\xfes\0a\0", path=path), raw=b"\xff\xfes\0a\0")


def test_sources_keep_their_order_and_what_is_not_there_is_a_problem() -> None:
    write(b_txt="Said so.", a_txt="Said more.")
    assert places("b.txt", "none.txt", "a.txt") == ["b.txt", "none.txt", "a.txt"]
    assert problems(collect("none.txt", "", "a\0b", "file:///a")) == [
        ("none.txt", "missing"),
        ("", "missing"),
        ("a\N{REPLACEMENT CHARACTER}b", "missing"),
        ("file:///a", "missing"),
    ]


def test_a_folder_is_walked_in_order_without_hidden_files() -> None:
    write(in__b_txt="x", in__a__z_txt="x", in__a__b_txt="x", in___hid_txt="x", in___git__x_txt="x", in__c_html=PAGE)
    Path("in/.hidden").write_text("x")
    assert places("in") == ["in/a/b.txt", "in/a/z.txt", "in/b.txt", "in/c.html"]
    assert places("in/") == ["in/a/b.txt", "in/a/z.txt", "in/b.txt", "in/c.html"]


def test_what_is_no_article_in_a_folder_is_a_problem() -> None:
    write(
        in__a_png=b"\x89PNG\r\n\x1a\n", in__b_txt="", in__c_txt=" \n", in__d_bin=b"a\0\0\0b" * 9, in__e_txt="Said so."
    )
    os.mkfifo("in/pipe")
    assert problems(collect("in")) == [
        ("in/a.png", "format"),
        ("in/b.txt", "empty"),
        ("in/c.txt", "empty"),
        ("in/d.bin", "format"),
        ("in/pipe", "input"),
    ]


def test_links_go_in_no_circles_and_out_of_no_folder() -> None:
    write(in__a__x_txt="Said so.", secret_txt="secret", out__y_txt="secret")
    Path("in/a/loop").symlink_to("..")
    Path("in/a/self").symlink_to("self")
    Path("in/a/inside.txt").symlink_to("x.txt")
    Path("in/a/outside.txt").symlink_to("../../secret.txt")
    Path("in/a/outer").symlink_to("../../out")
    Path("in/a/nowhere").symlink_to("none")
    found = collect("in")
    assert [item.place for item in found if isinstance(item, Collected)] == ["in/a/inside.txt", "in/a/x.txt"]
    assert problems(found) == [
        ("in/a/nowhere", "missing"),
        ("in/a/outer", "input"),
        ("in/a/outside.txt", "input"),
        ("in/a/self", "missing"),
    ]


def test_a_link_that_is_named_is_followed() -> None:
    write(in__x_txt="Said so.")
    Path("link").symlink_to("in")
    assert places("link") == ["link/x.txt"]


def test_names_with_line_breaks_stay_on_one_line() -> None:
    Path("in").mkdir()
    Path("in/a\nb\x1b[31m.txt").write_text("Said so.")
    (found,) = collect("in")
    assert isinstance(found, Collected)
    assert found.place == "in/a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m.txt"
    assert isinstance(found.content, Snapshot)
    assert found.content.path == str(Path("in/a\nb\x1b[31m.txt").resolve())


def test_a_name_that_is_no_text_can_be_read() -> None:
    Path("in").mkdir()
    Path(os.fsdecode(b"in/\xff.txt")).write_text("Said so.")
    assert places("in") == ["in/\N{REPLACEMENT CHARACTER}.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may look everywhere")
def test_a_folder_that_may_not_be_looked_into_is_a_problem() -> None:
    write(in__a__x_txt="x", in__b_txt="x")
    Path("in/a").chmod(0)
    assert problems(collect("in")) == [("in/a", "input")]
    Path("in/a").chmod(0o700)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.html", ["in/a.html"]),
        ("in/?.html", ["in/a.html"]),
        ("*/*.html", ["in/a.html"]),
        ("in/**/*.html", ["in/a.html", "in/b/c.html", "in/b/d/e.html"]),
        ("**/*.html", ["in/a.html", "in/b/c.html", "in/b/d/e.html"]),
        ("in/**/**/d/*", ["in/b/d/e.html"]),
        ("in/b/**", ["in/b/c.html", "in/b/d/e.html"]),
        ("in/[ab].html", ["in/a.html"]),
        ("in/.*/*.html", ["in/.h/f.html"]),
        ("./in/*.html", ["./in/a.html"]),
    ],
)
def test_patterns(pattern: str, found: list[str]) -> None:
    write(in__a_html=PAGE, in__b__c_html=PAGE, in__b__d__e_html=PAGE)
    Path("in/.h").mkdir()
    Path("in/.h/f.html").write_bytes(PAGE)
    assert [str(place).removeprefix("./") for place in places(pattern)] == [name.removeprefix("./") for name in found]


def test_an_absolute_pattern(folder: Path) -> None:
    write(in__a_html=PAGE)
    assert places(f"{folder}/in/*.html") == [f"{folder}/in/a.html"]


def test_a_pattern_that_matches_nothing_is_a_problem_and_a_file_of_its_name_is_read() -> None:
    assert problems(collect("in/*.html")) == [("in/*.html", "missing")]
    Path("a[1].txt").write_text("Said so.")
    assert places("a[1].txt") == ["a[1].txt"]


def test_addresses_are_handed_on() -> None:
    assert problems(collect("https://standard.example/feed.xml", "HTTP://a.example")) == [
        ("https://standard.example/feed.xml", "fetched"),
        ("HTTP://a.example", "fetched"),
    ]


def test_what_goes_wrong_with_an_address_is_its_problem_alone() -> None:
    def addresses(address: str) -> Iterator[Collected | Problem | Unchanged]:
        yield Problem(place=address, kind="first", message="")
        raise RuntimeError("a surprise")

    write(a_txt="Said so.")
    first, second, third = collect_inputs(["http://a.example", "a.txt"], Settings(), addresses=addresses)
    assert problems([first, second]) == [("http://a.example", "first"), ("http://a.example", "internal")]
    assert third.place == "a.txt"


class Piped(io.RawIOBase):
    """A pipe: it cannot seek, and gives a few bytes at a time."""

    def __init__(self, raw: bytes) -> None:
        self._raw = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        piece = self._raw.read(min(len(buffer), 700))
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"Said so.", ["standard input"]),
        (PAGE, ["standard input"]),
        (MAIL, ["standard input"]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["standard input:1", "standard input:2"]),
        (b'{\n "text": "a"\n}\n', ["standard input#1"]),
        (b'[{"text": "a"}, {"text": "b"}]', ["standard input#1", "standard input#2"]),
        (b"title,text\nT,a\nT,b\n", ["standard input:2", "standard input:3"]),
        ("title\ttext\nT\ta\n".encode("utf-16"), ["standard input:2"]),
        ('{"text": "é"}\n{"text": "b"}\n'.encode("utf-16"), ["standard input:1", "standard input:2"]),
        (warc(("http://a.example/", PAGE), packed=True), ["standard input#1"]),
        (zipped({"a.txt": b"Said so."}), ["standard input#a.txt"]),
        (b"[Photo by Ana Ruiz]\nSaid so.", ["standard input"]),
        (b"Yes, text, she said,\nand so on.", ["standard input"]),
    ],
)
def test_standard_input_is_told_by_looking_at_it(raw: bytes, found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Piped(raw))))
    assert places("-") == found


def test_content_outranks_the_name() -> None:
    write(
        a_txt=printed([["Said so."]]), b_html=warc(("http://a.example/", PAGE)), c_csv=MAIL, d_txt=zipped({"e": b"x"})
    )
    assert places("a.txt", "b.html", "c.csv", "d.txt") == ["a.txt", "b.html#1", "c.csv", "d.txt#e"]
    kinds = [
        f.content.content_type
        for f in collect("a.txt", "c.csv")
        if isinstance(f, Collected) and isinstance(f.content, Snapshot)
    ]
    assert kinds == ["application/pdf", "message/rfc822"]


def test_the_limit_is_for_each_article() -> None:
    write(a_txt="x" * 100, b_txt="x" * 101)
    assert problems(collect("a.txt", "b.txt", settings=Settings(max_bytes=100))) == [("b.txt", "oversized")]


def test_a_device_without_an_end_is_a_problem() -> None:
    assert problems(collect("/dev/zero", settings=Settings(max_bytes=1_000_000))) == [("/dev/zero", "format")]


def test_a_line_of_500_megabytes_is_passed_over_and_never_held(folder: Path) -> None:
    path = folder / "a.jsonl"
    with path.open("wb") as out:
        out.write(b'{"text": "a"}\n{"text": "' + b"x" * 100_000)
        out.seek(500_000_000, io.SEEK_CUR)  # a hole: no disk is filled
        out.write(b'"}\n{"text": "b"}\n')
    found = collect("a.jsonl", settings=Settings(max_bytes=1_000_000))
    assert [item.place for item in found] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]
    assert problems(found) == [("a.jsonl:2", "record")]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    write(a_txt="Said so.")
    found = collect_inputs(["a.txt", "b.txt"], Settings(), addresses=nothing_fetched)
    assert next(found).place == "a.txt"
    write(b_txt="Written later.")
    assert contents([next(found)]) == [("b.txt", b"Written later.")]


def test_columns_are_checked_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="no field 'body'"):
        collect_inputs(["a.csv"], Settings(), addresses=nothing_fetched, columns={"body": "text"})


def test_columns_reach_tables_and_objects() -> None:
    write(a_csv="story,by\nSaid so.,Ana\n", b_jsonl='{"story": "Said more.", "by": "Ana"}')
    found = collect_inputs(
        ["a.csv", "b.jsonl"], Settings(), addresses=nothing_fetched, columns={"text": "story", "byline": "by"}
    )
    assert [item.content for item in found if isinstance(item, Collected)] == [
        Record(text="Said so.", byline="Ana"),
        Record(text="Said more.", byline="Ana"),
    ]
