from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from sourceline.collect.files import read_source
from sourceline.errors import InputError, MissingInput
from sourceline.settings import Settings

SETTINGS = Settings()


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(b"\xff\xfe\r\n\0 said")
    assert read_source(str(path), SETTINGS).raw == b"\xff\xfe\r\n\0 said"
    assert read_source(str(path), SETTINGS).path == str(path)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"she said so")))
    snapshot = read_source("-", SETTINGS)
    assert snapshot.raw == b"she said so"
    assert snapshot.path is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent.txt", "no file"),
        (".", "is a folder"),
        ("a\0b", "name is not valid"),
        ("x" * 5000, "so long a name"),
        ("", "no input is named"),
        (" \n", "no input is named"),
        ("file:///articles/a%20b.txt", "the name of the file alone, /articles/a b.txt"),
        ("FILE://localhost/a.txt", "the name of the file alone, /a.txt"),
        ("ftp://outlet.example/a.txt", "only http:// and https:// can"),
        (" https://outlet.example/a", "save the page as a file"),
        ("ftp://ana:geheim@outlet.example/a", "ftp://outlet.example/a cannot"),
    ],
)
def test_what_is_no_file_is_missing_and_the_message_says_what_to_do(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingInput, match=words) as failure:
        read_source(name, SETTINGS)
    assert "\n" not in str(failure.value)
    assert "\0" not in str(failure.value)


def test_a_name_with_line_breaks_keeps_the_message_on_one_line() -> None:
    with pytest.raises(MissingInput) as failure:
        read_source("no\nsuch\nfile", SETTINGS)
    assert "\n" not in str(failure.value)


def test_more_than_the_limit_is_refused_and_the_limit_itself_is_not(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_source(str(path), Settings(max_bytes=100)).raw) == 100
    with pytest.raises(InputError, match="larger than 99 bytes"):
        read_source(str(path), Settings(max_bytes=99))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_file_ends_at_the_limit() -> None:
    with pytest.raises(InputError, match="larger than"):
        read_source("/dev/zero", Settings(max_bytes=1000))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(MissingInput, match="permissions"):
        read_source(str(path), SETTINGS)


def test_a_file_of_the_name_of_an_address_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ftp:").mkdir()
    (tmp_path / "ftp:" / "a.txt").write_bytes(b"She said so.")
    assert read_source("ftp://a.txt", SETTINGS).raw == b"She said so."


def test_standard_input_that_is_closed_or_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(MissingInput, match="standard input is closed"):
        read_source("-", SETTINGS)
    with (tmp_path / "out").open("wb") as writing:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.FileIO(writing.fileno(), "wb", closefd=False)))
        with pytest.raises(MissingInput, match="standard input cannot be read"):
            read_source("-", SETTINGS)
