"""A ledger written out: each format, read back by somebody else's reader where there is one."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from sourceline.errors import UsageError
from sourceline.model.evidence import Removal, Version
from sourceline.model.reading import Reading
from sourceline.model.trace import Edge, Trace
from sourceline.show.exports import FORMATS, writer_of
from tests.samples import article, reading_of

MOMENT = datetime(2031, 3, 9, tzinfo=UTC)
HOSTILE = reading_of(
    '<s 1>=HYPERLINK("http://evil.example")</s> <q 1>said</q> <c 1>“a, b\n"c"”, @d \u202e\ud800</c>',
    title="-1+2",
    outlet="+evil",
)


@dataclass(frozen=True)
class Kept:
    """A ledger of readings made by hand, and one version that was taken down."""

    given: tuple[Reading, ...]

    def versions(self) -> Iterator[Version]:
        for number, reading in enumerate(self.given, 1):
            document = reading.document
            yield Version(
                id=f"v{number}",
                key=f"k{number}",
                name=document.id,
                number=1,
                at=MOMENT,
                text_sha256=document.sha256,
                sha256=document.sha256,
                url=document.url,
                outlet=document.outlet,
                title=document.title,
                published=document.published,
            )
        gone = Removal(at=MOMENT, by="Kim", reason="a court's order")
        yield Version(id="v9", key="k9", name="gone", number=1, at=MOMENT, text_sha256="", sha256="", removal=gone)

    def readings(self) -> Iterator[tuple[Version, Reading]]:
        yield from zip(self.versions(), self.given, strict=False)

    def traces(self) -> Iterator[Trace]:
        yield from ()

    def edges(self) -> tuple[Edge, ...]:
        return ()

    def records(self) -> Iterator[bytes]:
        yield from (gzip.compress(b"one"), gzip.compress(b"two"))


def exported(format: str, *readings: Reading) -> bytes:
    out = io.BytesIO()
    writer_of(format)(Kept(readings or (article(), HOSTILE)), out)
    return out.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_equal_ledgers_give_equal_bytes(format: str) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow")
    assert exported(format) == exported(format) != b""


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"jsonl", "warc"}))
def test_an_empty_ledger_is_no_special_case(format: str) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow")
    out = io.BytesIO()
    writer_of(format)(Kept(()), out)
    assert out.getvalue()


def test_json_has_the_keys_of_the_format() -> None:
    found = json.loads(exported("json"))
    assert list(found) == ["format", "documents", "attributions", "sources", "claims", "edges"]
    assert (found["format"], found["claims"], found["edges"]) == (1, [], [])
    assert [d["id"] for d in found["documents"]] == ["d01", "d01", "gone"]
    assert found["documents"][2]["removed"] == {"by": "Kim", "reason": "a court's order"}
    number = len(article().attributions)
    assert len(found["attributions"]) == number + 1
    for attribution in found["attributions"][:number]:
        assert (attribution["document"], attribution["version"]) == ("d01", 1)
        for span in attribution["content"]:
            assert article().document.text[span["start"] : span["end"]] == span["text"]


def test_jsonl_is_one_reading_a_line() -> None:
    lines = [json.loads(line) for line in exported("jsonl").splitlines()]
    assert [line["document"]["id"] for line in lines] == ["d01", "d01"]
    assert lines[0]["document"]["text"] == article().document.text
    assert lines[0]["ledger"] == {"key": "k1", "version": 1, "version_id": "v1"}


def table(*readings: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported("csv", *readings).decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_each_attribution() -> None:
    rows = table(article())
    assert [row["content_text"] for row in rows] == [a.wording for a in article().attributions]
    assert {row["act"] for row in rows} == {a.act.value for a in article().attributions}


def test_csv_holds_nothing_that_a_spreadsheet_runs() -> None:
    (row,) = table(HOSTILE)
    assert row["source_text"] == '\'=HYPERLINK("http://evil.example")'
    assert (row["title"], row["outlet"]) == ("'-1+2", "'+evil")
    assert all(not value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())


def test_parquet_is_the_same_table() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(io.BytesIO(exported("parquet", article()))).to_pylist()
    assert [row["content_text"] for row in found] == [a.wording for a in article().attributions]
    assert found[0]["confidence"] == article().attributions[0].confidence


def test_web_annotations_find_their_words_twice() -> None:
    page = json.loads(exported("webannotation", article()))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    text = article().document.text
    spans = [s for a in article().attributions for s in (*a.source, *a.cue, *a.content)]
    assert len(page["items"]) == len(spans) == len({item["id"] for item in page["items"]})
    for item, span in zip(page["items"], spans, strict=True):
        quoted, placed = item["target"]["selector"]
        assert text[placed["start"] : placed["end"]] == quoted["exact"] == span.text
        around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
        assert around in text


def test_brat_is_a_text_and_its_spans() -> None:
    with zipfile.ZipFile(io.BytesIO(exported("brat", article()))) as archive:
        assert archive.namelist() == ["d01-v1.txt", "d01-v1.ann"]
        assert archive.read("d01-v1.txt").decode() == article().document.text
        text_bound = [line for line in archive.read("d01-v1.ann").decode().splitlines() if line.startswith("T")]
    for line in text_bound:
        _, place, words = line.split("\t")
        pieces = [piece.split() for piece in place.partition(" ")[2].split(";")]
        assert " ".join(article().document.text[int(a) : int(b)] for a, b in pieces) == words


def test_names_of_files_are_only_names() -> None:
    reading = reading_of("<q 1>said</q> <c 1>it</c>", id="../../etc/passwd\n")
    with zipfile.ZipFile(io.BytesIO(exported("brat", reading))) as archive:
        assert archive.namelist() == ["etc_passwd-v1.txt", "etc_passwd-v1.ann"]


def test_warc_is_the_records_in_a_row() -> None:
    assert gzip.decompress(exported("warc")) == b"onetwo"


def test_a_format_that_is_none() -> None:
    with pytest.raises(UsageError, match="xml"):
        writer_of("xml")


def test_parquet_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    missing: dict[str, Any] = {"pyarrow": None, "pyarrow.parquet": None}
    for name, module in missing.items():
        monkeypatch.setitem(sys.modules, name, module)
    with pytest.raises(UsageError, match="pip install"):
        exported("parquet")
