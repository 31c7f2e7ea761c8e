"""`sourceline read`, with readings made by hand: what goes in, what comes out, what is refused."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest

from sourceline import cli
from sourceline.cli import read
from sourceline.collect.files import read_source
from sourceline.errors import MissingInput
from sourceline.model.reading import Failure, Reading
from sourceline.settings import Settings
from tests.samples import article, reading_of


@dataclass
class Reader:
    """Stands where `sourceline.read` stands: gives one article, and remembers how it was asked."""

    calls: list[tuple[str, Settings, dict[str, Any]]] = field(default_factory=list)
    before_each: Callable[[int], None] = lambda number: None

    def read_source(self, source: str, settings: Settings, **rest: Any) -> Reading:
        self.calls.append((source, settings, rest))
        return article()

    def read_records(self, lines: BinaryIO, settings: Settings) -> Iterator[Reading | Failure]:
        for number, line in enumerate(lines, 1):
            self.before_each(number)
            if line.startswith(b"{"):
                yield reading_of("Text.", id=json.loads(line)["id"])
            else:
                yield Failure(id=None, kind="record", message=f"line {number} is no object")


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    module: Any = ModuleType("sourceline.read")
    module.read_source, module.read_records = reader.read_source, reader.read_records
    monkeypatch.setitem(sys.modules, "sourceline.read", module)
    return reader


def test_shows_the_article_and_its_attributions(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "article.txt"]) == 0
    out, err = capsys.readouterr()
    assert "“Nobody was turned away,”" in out
    assert re.search(r"Two officials .*warn", out)
    assert err == ""


def test_json_is_the_format(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--json", "article.txt"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["format"] == 1
    assert len(reading["attributions"]) == 11


def test_html_goes_into_its_file(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "reading.html"
    assert cli.main(["read", "article.txt", "--html", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr() == ("", f"wrote {out}\n")


def test_html_to_standard_output(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "article.txt", "--html", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_html_that_cannot_be_written(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "article.txt", "--html", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_options_reach_the_reader(reader: Reader) -> None:
    options = ["--published", "2031-03-06", "--outlet", "The Standard", "--no-clean", "--allow-private"]
    assert cli.main(["read", "https://standard.example/x", *options]) == 0
    ((source, settings, rest),) = reader.calls
    assert source == "https://standard.example/x"
    assert (settings.clean, settings.allow_private) == (False, True)
    assert rest == {"published": "2031-03-06", "outlet": "The Standard"}


def test_unless_asked_it_cleans_and_keeps_off_private_addresses(reader: Reader) -> None:
    cli.main(["read", "article.txt"])
    ((_, settings, rest),) = reader.calls
    assert (settings.clean, settings.allow_private) == (True, False)
    assert rest == {"published": None, "outlet": None}


@pytest.mark.parametrize(
    "options",
    [
        ["--json", "--html", "out.html"],
        ["--jsonl", "--json"],
        ["--jsonl", "--html", "out.html"],
        ["--jsonl", "--published", "2031-03-06"],
        ["--jsonl", "--outlet", "The Standard"],
        ["--published", "yesterday"],
        ["--published", ""],
        ["--published", "2031-02-30"],
        ["--html", ""],
        ["--html", " "],
        ["--json", "--html", ""],
        ["--jsonl", "--html", ""],
        ["--jsonl", "--outlet", ""],
        ["--outlet", " "],
    ],
)
def test_options_that_make_no_sense_are_refused(
    reader: Reader, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert cli.main(["read", "x", *options]) == 2
    assert reader.calls == []
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize("date", ["2031-03-06", "2031-03", "2031-W10", "2031-03-06T09:15:00Z"])
def test_any_date_of_iso_8601_may_be_given(reader: Reader, date: str) -> None:
    assert cli.main(["read", "x", "--published", date]) == 0


def test_the_page_never_takes_the_place_of_what_is_read(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text("<p>She said so.</p>", encoding="utf-8")
    Path("other.html").write_text("an older page", encoding="utf-8")
    assert cli.main(["read", "page.html", "--html", str(tmp_path / "page.html")]) == 2
    assert "would overwrite page.html" in capsys.readouterr().err
    assert Path("page.html").read_text(encoding="utf-8") == "<p>She said so.</p>"
    assert cli.main(["read", "page.html", "--html", "other.html"]) == 0
    assert cli.main(["read", "https://standard.example/x", "--html", "other.html"]) == 0


@pytest.mark.parametrize("options", [[], ["--json"], ["--jsonl"], ["--html", "-"]])
def test_output_that_is_closed_is_said_before_anything_is_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert cli.main(["read", "article.txt", *options]) == 2
    assert reader.calls == []
    assert capsys.readouterr().err == "sourceline: standard output is closed: redirect it to a file\n"


def test_a_page_needs_no_standard_output(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert cli.main(["read", "article.txt", "--html", str(tmp_path / "reading.html")]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("options", [[], ["--json"], ["--html", "-"], ["--jsonl"]])
def test_output_that_takes_no_more_is_one_line(
    reader: Reader, batch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as stream:  # noqa: PTH123  (as the interpreter opens it)
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.main(["read", str(batch), *options]) == 1
    err = capsys.readouterr().err
    assert err.startswith("sourceline: No space left on device")
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [[], ["--jsonl"]])
def test_input_that_is_closed(
    monkeypatch: pytest.MonkeyPatch, reader: Reader, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    def read_it(source: str, settings: Settings, **_: Any) -> Reading:
        read_source(source, settings)
        return article()

    monkeypatch.setattr(sys.modules["sourceline.read"], "read_source", read_it)
    monkeypatch.setattr("sys.stdin", None)
    assert cli.main(["read", "-", *options]) == 2
    assert capsys.readouterr().err == "sourceline: standard input is closed: name a file, or pipe a text in\n"


def test_nothing_for_a_closed_standard_error_gets_into_the_output(
    reader: Reader, batch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    assert cli.main(["read", "--jsonl", str(batch)]) == 0
    assert cli.main(["read", "--jsonl", str(batch), "--json"]) == 2
    sys.stderr.close()  # what stood in for it
    assert all(json.loads(line)["format"] == 1 for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    "name", ["", "file:///articles/a.jsonl", "ftp://outlet.example/a", "https://ana:geheim@a.example"]
)
def test_batch_from_what_is_no_file_is_one_line(reader: Reader, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert cli.main(["read", "--jsonl", name]) == 2
    err = capsys.readouterr().err
    assert "geheim" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("lines", "count"),
    [(b"", 0), (b"a", 1), (b"a\n\n \nb\n", 2), (b" " * 50 + b"a" * 50 + b"\nb", 2), (b" " * 100 + b"\nb\n", 1)],
)
def test_lines_are_counted_in_pieces(lines: bytes, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_PIECE", 7)
    path = tmp_path / "documents.jsonl"
    path.write_bytes(lines)
    assert read._count_lines(str(path)) == count


def test_missing_file(reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def missing(*_: Any, **__: Any) -> Reading:
        raise MissingInput("x is not there")

    monkeypatch.setattr(sys.modules["sourceline.read"], "read_source", missing)
    assert cli.main(["read", "x"]) == 2
    assert capsys.readouterr().err == "sourceline: x is not there\n"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    path.write_text('{"id": "b"}\nnonsense\n{"id": "a"}\n', encoding="utf-8")
    return path


def test_batch_keeps_the_order_and_puts_an_error_record_where_a_line_is_bad(
    reader: Reader, batch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", "--jsonl", str(batch)]) == 0
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["document"]["id"] for record in records] == ["b", None, "a"]
    assert records[1]["error"] == {"kind": "record", "message": "line 2 is no object"}
    assert err == "sourceline: 1 could not be read: see the error records\n"


def test_batch_from_standard_input(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "x"}\n')))
    assert cli.main(["read", "--jsonl", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["id"] == "x"


def test_batch_writes_each_line_before_it_reads_the_next(
    reader: Reader, batch: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    finished: list[int] = []
    reader.before_each = lambda number: finished.append(out.read_bytes().count(b"\n"))
    with out.open("w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.main(["read", "--jsonl", str(batch)]) == 0
    assert finished == [0, 1, 2]


def test_batch_file_that_is_not_there(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--jsonl", str(tmp_path / "none.jsonl")]) == 2
    assert cli.main(["read", "--jsonl", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize("options", [[], ["--json"], ["--html", "-"], ["--jsonl"]])
def test_reader_who_leaves_is_no_error(
    reader: Reader, batch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as stream:  # noqa: PTH123  (a descriptor, not a path)
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.main(["read", str(batch), *options]) == 0
    assert capsys.readouterr().err == ""


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "options", "coloured"),
    [
        ({}, [], True),
        ({"NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"TERM": "dumb"}, [], False),
        ({}, ["--color", "never"], False),
    ],
)
def test_colour_only_where_it_is_wanted(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], options: list[str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", Terminal(raw, encoding="utf-8"))
    assert cli.main(["read", "article.txt", *options]) == 0
    assert (b"\x1b[" in raw.getvalue()) is coloured


def test_progress_goes_to_a_terminal_and_to_standard_error(
    reader: Reader, batch: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    error = io.BytesIO()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Terminal(error, encoding="utf-8"))
    with (tmp_path / "out.jsonl").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.main(["read", "--jsonl", str(batch)]) == 0
    sys.stderr.flush()
    assert b"3/3" in error.getvalue()
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 3
