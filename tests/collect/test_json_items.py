from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.json_items import AROUND, json_items
from sourceline.errors import DamagedInput
from sourceline.model.evidence import Collected
from sourceline.model.record import Record
from sourceline.settings import Settings
from tests.carriers import collected, problems


class Dripping(io.BytesIO):
    """Gives `size` bytes at a time, so that everything stands across two pieces once."""

    def __init__(self, raw: bytes, size: int) -> None:
        super().__init__(raw)
        self.size = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.size)


def items(raw: bytes | str, *, limit: int = 10_000, size: int = 1 << 16) -> list[Any]:
    found = json_items(Dripping(raw.encode() if isinstance(raw, str) else raw, size), limit)
    return [None if item is None else json.loads(item) for item in found]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ('[{"a": 1}, {"b": [{"c": 2}]}]', [{"a": 1}, {"b": [{"c": 2}]}]),
        ('{"status": "ok", "articles": [{"a": "}]"}, {"b": "\\"{"}], "n": 2}', [{"a": "}]"}, {"b": '"{'}]),
        ('{"response": {"docs": [{"a": 1}], "meta": {"hits": 1}}}', [{"a": 1}]),
        ('{"articles": {"results": [{"a": 1}]}}', [{"a": 1}]),
        ('{"hits": {"hits": [{"_source": {"text": "a"}}]}}', [{"_source": {"text": "a"}}]),
        ('{"text": "a", "data": [{"b": 1}]}', [{"text": "a", "data": [{"b": 1}]}]),
        ('{"a": {"articles": [1]}, "b": [{}]}', [{"a": {"articles": [1]}, "b": [{}]}]),
        ('{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        ('{"articles": []}', []),
        ('["a", 1, [{"a": 1}]]', []),
        ("", []),
        ('{"a": "\\\\"} {"b": "\\\\\\""}', [{"a": "\\"}, {"b": '\\"'}]),
    ],
)
def test_the_articles_of_a_text(raw: str, found: list[Any], size: int) -> None:
    assert items(raw, size=size) == found


def test_an_item_beyond_the_limit_is_passed_over() -> None:
    raw = json.dumps([{"a": "x" * 90}, {"a": 1}, {"a": "x" * 200_000}, {"b": 2}])
    assert items(raw, limit=50, size=1000) == [None, {"a": 1}, None, {"b": 2}]
    assert items(json.dumps({"x": "y" * 100}), limit=50) == [None]
    assert items(json.dumps({"x": "y" * 100, "articles": [{"a": 1}]}), limit=50) == [{"a": 1}]


@pytest.mark.parametrize("raw", ["[", '{"a', '{"articles": [{"a": 1}', '[{"a": 1}, {"b": "', "]", "[}", '{"a": 1}}'])
def test_a_text_that_is_broken_says_so(raw: str) -> None:
    with pytest.raises(DamagedInput):
        items(raw)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=4).filter(lambda name: name.encode() not in AROUND), JSON, max_size=4)


@given(st.lists(OBJECTS), st.integers(1, 40), st.booleans())
def test_every_object_comes_back(objects: list[dict[str, Any]], size: int, ascii: bool) -> None:
    assert items(json.dumps(objects, ensure_ascii=ascii), size=size) == objects
    around = {"total": len(objects), "articles": objects}
    assert items(json.dumps(around, ensure_ascii=ascii, indent=1), size=size) == objects


@given(st.text('{}[]":,\\ax1 \n', max_size=60), st.integers(1, 9))
def test_any_structure_ends_in_items_or_damage(raw: str, size: int) -> None:
    def run(piece: int) -> list[bytes | None] | str:
        found: list[bytes | None] = []
        try:
            found.extend(json_items(Dripping(raw.encode(), piece), 1000))
        except DamagedInput:
            return "damaged"
        return found

    assert run(size) == run(1 << 16)


def article(raw: str) -> Record:
    (found,) = collected(raw.encode(), "a.json")
    assert isinstance(found, Collected)
    assert isinstance(found.content, Record)
    return found.content


def test_an_answer_of_a_news_tool() -> None:
    answer = {
        "status": "ok",
        "articles": [
            {
                "source": {"id": None, "name": "The Standard"},
                "author": "Ana Ruiz",
                "title": "Depot talks stall",
                "description": "Short.",
                "url": "https://standard.example/a",
                "publishedAt": "2031-03-06T09:15:00Z",
                "content": "Nobody was turned away.",
            },
            {"url": "https://standard.example/b", "content": "Nobody was… [+2041 chars]"},
        ],
    }
    first, second = collected(json.dumps(answer).encode(), "a.json")
    assert isinstance(first, Collected)
    assert first.place == "a.json#1"
    assert json.loads(first.raw) == answer["articles"][0]
    assert first.content == Record(
        text="Nobody was turned away.",
        url="https://standard.example/a",
        outlet="The Standard",
        published="2031-03-06T09:15:00Z",
        title="Depot talks stall",
        byline="Ana Ruiz",
        extra={"description": "Short."},
    )
    assert problems([second]) == [("https://standard.example/b", "fetched")]


def test_a_file_without_articles_is_a_problem() -> None:
    assert problems(collected(b'{"articles": []}', "a.json")) == [("a.json", "record")]
    assert problems(collected(b'{"name": "x"}', "a.json")) == [("a.json#1", "record")]
    assert problems(collected(b'[{"text": "a"}', "a.json")) == [("a.json", "damaged")]


def test_lines_under_the_name_of_json_are_lines() -> None:
    raw = b'{"text": "a"}\n{"text": \n{"text": "b"}\n'
    assert [item.place for item in collected(raw, "a.json")] == ["a.json:1", "a.json:2", "a.json:3"]


def test_names_of_other_tools_in_an_object() -> None:
    record = article('{"headline": {"main": "T"}, "body": "Said so.", "authors": ["Ana", {"name": "Ben"}], "beat": 7}')
    assert record == Record(text="Said so.", title="T", byline="Ana, Ben", extra={"beat": 7})


def test_an_object_with_our_text_is_left_as_it_is() -> None:
    record = article('{"text": "Said so.", "author": "Ana", "body": "b", "url": ""}')
    assert record == Record(text="Said so.", url="", extra={"author": "Ana", "body": "b"})


def test_bounds_hold_for_items(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = json.dumps([{"text": "x" * 2000}, {"text": "a"}]).encode()
    found = collected(raw, "a.json", settings=Settings(max_bytes=1000))
    assert problems(found) == [("a.json#1", "record")]
    assert found[1].place == "a.json#2"
