"""The verbs that read, joined to what really collects and cleans; only the model is left out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sourceline.read
from sourceline.clean.document import clean_record
from sourceline.errors import InputError, MissingInput, SourcelineError, UndecodableInput
from sourceline.model.reading import Failure, Reading
from sourceline.model.record import Record
from sourceline.model.text import Document, RegionKind
from sourceline.read import read_file, read_records, read_source, read_text, read_url
from sourceline.settings import Settings
from tests.carriers import printed
from tests.samples import bare_reading

ARTICLE = "Talks on the depot broke off on Tuesday.\n\n“Nobody was turned away,” the minister said.\n"


class Pipeline:
    """Stands where the pipeline stands: every document has a reading without attributions."""

    made = 0

    def __init__(self, settings: Settings) -> None:
        type(self).made += 1
        self.settings = settings

    def read(self, document: Document) -> Reading:
        return bare_reading(document, notices=document.notices)

    def read_many(self, items: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        for item in items:
            yield item if isinstance(item, Failure) else self.read(item)


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sourceline.read, "Pipeline", Pipeline)
    sourceline.read._pipeline.cache_clear()
    Pipeline.made = 0
    yield
    sourceline.read._pipeline.cache_clear()


def test_text_is_kept_as_it_is_with_what_is_said_of_it() -> None:
    document = read_text(
        ARTICLE, published="2031-03-06", outlet="The Standard", title="Depot talks", url="https://standard.example/x"
    ).document
    assert document.text == ARTICLE
    assert (document.published, document.outlet, document.title) == ("2031-03-06", "The Standard", "Depot talks")
    assert document.url == "https://standard.example/x"


def test_nothing_is_made_up_for_a_text() -> None:
    document = read_text(ARTICLE).document
    assert (document.published, document.outlet, document.url) == (None, None, None)


def test_text_that_is_not_cleaned_is_all_body() -> None:
    text = "Follow us on every network\n\n" + ARTICLE
    assert {region.kind for region in read_text(text, clean=False).document.regions} == {RegionKind.BODY}


@pytest.mark.parametrize("text", ["", " \n", "x", "\0", "<html>", "a" * 100_000])
def test_any_text_has_a_reading(text: str) -> None:
    assert read_text(text).document.text == text


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(UndecodableInput):
        read_text("He said \ud800 no.")


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    document = read_file(path, outlet="The Standard", published="2031-03-06").document
    assert (document.text, document.outlet, document.published) == (ARTICLE, "The Standard", "2031-03-06")
    assert read_source(str(path), Settings()).document == read_file(path).document


def test_pdf_and_mail_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed([["Nobody was turned away, the minister said."]]))
    assert read_file(tmp_path / "a.pdf").document.text == "Nobody was turned away, the minister said."
    (tmp_path / "a.eml").write_bytes(b"From: Ana Ruiz <a@s.example>\nSubject: Depot talks\n\nNobody was turned away.\n")
    document = read_file(tmp_path / "a.eml").document
    assert (document.title, document.text) == ("Depot talks", "Depot talks\n\nNobody was turned away.\n")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert read_source("-", Settings()).document.text == ARTICLE


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        read_file(tmp_path / "none.txt")


def test_private_address_is_refused_unless_asked() -> None:
    with pytest.raises(SourcelineError, match="private"):
        read_url("http://127.0.0.1:9/")
    with pytest.raises(SourcelineError, match="private"):
        read_source("HTTP://127.0.0.1:9/", Settings())


def records(*lines: bytes, settings: Settings | None = None) -> list[Reading | Failure]:
    return list(read_records(io.BytesIO(b"\n".join(lines)), settings or Settings()))


def test_records_in_order_with_their_ids_and_unknown_fields() -> None:
    given = [{"id": "b", "text": ARTICLE, "beat": "trade"}, {"id": "a", "text": "Second."}]
    first, second = records(*(json.dumps(record).encode() for record in given))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.document.id, second.document.id) == ("b", "a")
    assert first.document.extra == {"beat": "trade"}


def test_bad_lines_become_failures_that_keep_their_id_and_the_rest_goes_on() -> None:
    good = json.dumps({"id": "good", "text": ARTICLE}).encode()
    found = records(b"{", b'{"id": "no-text"}', b"[]", b"\xff\xfe", b'{"id": 7}', b'{"id": 7.5}', good)
    failures, last = found[:-1], found[-1]
    assert [failure.id for failure in failures if isinstance(failure, Failure)] == [
        None,
        "no-text",
        None,
        None,
        "7",
        None,
    ]
    assert isinstance(last, Reading)
    assert last.document.id == "good"


def test_blank_lines_are_no_documents() -> None:
    assert len(records(b"", b'{"text": "One."}', b"  ", b"")) == 1


def test_line_that_is_too_long_is_passed_over_whole() -> None:
    long = json.dumps({"id": "long", "text": "x" * 5_000}).encode()
    short = json.dumps({"id": "short", "text": "x"}).encode()
    settings = replace(Settings(), max_bytes=1_000)
    first, second, third = records(long, short, long, settings=settings)
    assert isinstance(first, Failure)
    assert "longer than 1,000 bytes" in first.message
    assert isinstance(second, Reading)
    assert isinstance(third, Failure)


def test_surprise_in_one_document_is_its_failure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(record: Record, settings: Settings) -> Document:
        if record.id == "odd":
            raise RuntimeError("a surprise")
        return clean_record(record, settings)

    monkeypatch.setattr(sourceline.read, "clean_record", clean)
    odd, even = records(b'{"id": "odd", "text": "x"}', b'{"id": "even", "text": "x"}')
    assert odd == Failure(id="odd", kind="internal", message="line 1: RuntimeError: a surprise")
    assert isinstance(even, Reading)


def test_model_is_loaded_once_whatever_the_way_of_reading() -> None:
    for _ in range(3):
        read_text(ARTICLE)
        read_text(ARTICLE, clean=False)
        records(b'{"text": "One."}', settings=Settings(allow_private=True, max_bytes=1_000))
    assert Pipeline.made == 1
    records(b'{"text": "One."}', settings=Settings(threads=1))
    assert Pipeline.made == 2


class Endless(io.BytesIO):
    """A first line, then one that goes on for ever."""

    def readline(self, size: int | None = -1, /) -> bytes:
        return super().readline(size) or b"\0" * max(size or 0, 1)


def test_line_without_an_end_ends_the_batch_when_all_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sourceline.read, "ENDLESS", 5_000)
    results = read_records(Endless(b'{"text": "One."}\n'), Settings(max_bytes=1_000))
    first, second = next(results), next(results)
    with pytest.raises(InputError, match="line 2 has no end within 5,000 bytes"):
        next(results)
    assert isinstance(first, Reading)
    assert isinstance(second, Failure)
    assert "line 2 is longer than 1,000 bytes" in second.message
