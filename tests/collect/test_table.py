from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.columns import Columns
from sourceline.collect.table import looks_like_table
from sourceline.model.evidence import Collected, Problem
from sourceline.model.record import Record
from sourceline.settings import Settings
from tests.carriers import collected, problems


def records(raw: bytes | str, name: str = "a.csv", **columns: str) -> list[Record]:
    found = collected(raw.encode() if isinstance(raw, str) else raw, name, columns=columns)
    assert not problems(found), found
    return [item.content for item in found if isinstance(item, Collected) and isinstance(item.content, Record)]


def test_our_own_columns() -> None:
    raw = "id,text,outlet,published,beat\n7,Said so.,The Standard,2031-03-06,trade\n,Said more.,,,\n"
    assert records(raw) == [
        Record(text="Said so.", id="7", outlet="The Standard", published="2031-03-06", extra={"beat": "trade"}),
        Record(text="Said more.", extra={"beat": ""}),
    ]


def test_a_row_has_its_line_and_its_bytes() -> None:
    raw = b'text,title\r\n"Said\r\nso.",T\r\n\r\nSaid more.,U\r\n'
    first, second = collected(raw, "a.csv")
    assert isinstance(first, Collected)
    assert isinstance(second, Collected)
    assert (first.place, first.raw) == ("a.csv:2", b'"Said\r\nso.",T\r\n')
    assert (second.place, second.raw) == ("a.csv:5", b"Said more.,U\r\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_by_the_names(delimiter: str) -> None:
    raw = delimiter.join(("title", "text", "beat")) + "\n" + delimiter.join(("T", "Said so.", "trade")) + "\n"
    assert records(raw) == [Record(text="Said so.", title="T", extra={"beat": "trade"})]
    assert records(f"sep={delimiter}\n{raw}") == records(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    raw = f"{mark}text,title\nÉl dijo “no”.,T\nSaid so.,U\n".encode(encoding)
    assert [record.text for record in records(raw)] == ["Él dijo “no”.", "Said so."]


def test_an_export_of_media_cloud_is_fetched_by_its_addresses() -> None:
    raw = (
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        "a1,2031-03-07,en,standard.example,standard.example,2031-03-06,Depot talks,https://standard.example/a\n"
    )
    assert problems(collected(raw.encode(), "a.csv")) == [("https://standard.example/a", "fetched")]


def test_an_export_with_texts_is_not() -> None:
    raw = (
        "stories_id,publish_date,title,url,story_text,media_name\n1,2031-03-06,T,https://s.example/a,Said so.,Standard"
    )
    assert records(raw) == [
        Record(text="Said so.", id="1", url="https://s.example/a", outlet="Standard", published="2031-03-06", title="T")
    ]


def test_gdelt_tables_have_no_names_and_an_article_many_rows() -> None:
    event = "\t".join(["1234"] + [""] * 59 + ["https://standard.example/a"])
    other = "\t".join(["1235"] + [""] * 59 + ["https://standard.example/b"])
    raw = f"{event}\n{event}\n{other}\n".encode()
    assert [place for place, _ in problems(collected(raw, "20310306.export.CSV"))] == [
        "https://standard.example/a",
        "https://standard.example/b",
    ]
    article = "\t".join(["20310306091500-12", "20310306091500", "1", "standard.example", "https://standard.example/c"])
    graph = article + "\t" * 22
    assert problems(collected(graph.encode(), "x.gkg.csv")) == [("https://standard.example/c", "fetched")]


def test_chosen_columns_go_before_all_else() -> None:
    raw = "text,story,date\nteaser,Said so.,2031-03-06\n"
    assert records(raw, text="story", published="date") == [
        Record(text="Said so.", published="2031-03-06", extra={"original_text": "teaser"})
    ]


def test_columns_that_are_not_there_are_a_problem_that_names_those_that_are() -> None:
    (problem,) = collected(b"a,b\n1,2\n", "a.csv", columns={"text": "story"})
    assert isinstance(problem, Problem)
    assert "no column 'story': it has a, b" in problem.message
    (problem,) = collected(b"a,b\n1,2\n", "a.csv")
    assert isinstance(problem, Problem)
    assert "no column is known to hold the text (there are a, b)" in problem.message


def test_bad_rows_cost_no_others() -> None:
    raw = b"text,title\nSaid so.,T,more\n,\nSaid,T\nA NUL \0 here,T\nLast.,T\n"
    found = collected(raw, "a.csv")
    assert problems(found) == [("a.csv:2", "record"), ("a.csv:5", "record")]
    assert [
        item.content.text for item in found if isinstance(item, Collected) and isinstance(item.content, Record)
    ] == [
        "Said",
        "Last.",
    ]


def test_a_missing_quotation_mark_and_an_endless_line_are_bounded() -> None:
    raw = b'text,title\nFirst.,T\n"No end,T\n' + b"Said so.,T\n" * 200 + b"x" * 5000 + b",T\nLast.,T\n"
    found = collected(raw, "a.csv", settings=Settings(max_bytes=1000))
    assert ("a.csv:3", "record") in problems(found)
    assert found[0].place == "a.csv:2"
    assert isinstance(found[-1], Collected)
    assert isinstance(found[-1].content, Record)
    assert found[-1].content.text == "Last."


def test_a_cell_longer_than_the_modules_own_limit_is_read_and_that_is_left_alone() -> None:
    before = csv.field_size_limit()
    text = "Said so. " * 30_000
    assert [record.text for record in records(f"text,title\n{text},T\n")] == [text]
    assert csv.field_size_limit() == before


def test_a_table_is_told_by_its_first_line() -> None:
    columns = Columns()
    assert looks_like_table("title,text\na,b\n", columns)
    assert looks_like_table("url\ttitle\n", columns)
    assert looks_like_table("story;by\n", Columns({"text": "story"}))
    assert not looks_like_table("The text, she said, was long.\n", columns)
    assert not looks_like_table("text\n", columns)
    assert not looks_like_table("", columns)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELL.filter(str.strip), CELL), min_size=1, max_size=6))
def test_what_is_written_comes_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("text", "note"), *rows])
    found = records(out.getvalue())
    assert [(record.text, record.extra["note"]) for record in found] == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_problems(raw: bytes) -> None:
    for item in collected(b"text,title\n" + raw, "a.csv"):
        assert not isinstance(item, Problem) or item.kind != "internal", item
