from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.records import parse_record
from sourceline.errors import InvalidRecord


def test_only_the_text_is_required() -> None:
    record = parse_record(b'{"text": "She said so."}', 1)
    assert record.text == "She said so."
    assert record.id is None
    assert record.extra == {}


def test_known_fields_are_named_and_unknown_ones_kept_untouched() -> None:
    line = json.dumps({"text": "T", "id": "d1", "outlet": "Courier", "title": None, "tags": ["a", {"b": 1.5}]})
    record = parse_record(line, 1)
    assert (record.id, record.outlet, record.title) == ("d1", "Courier", None)
    assert record.extra == {"tags": ["a", {"b": 1.5}]}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"", "not JSON"),
        (b"said", "not JSON"),
        (b'{"text": "a"', "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"{}", "has no text"),
        (b'{"text": null}', "has no text"),
        (b'{"text": 5}', "not a string"),
        (b'{"text": "a", "id": 7}', '"id" that is not a string'),
        (b'{"text": "a", "published": ["2031"]}', '"published" that is not a string'),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b'{"text": "a", "x": {"\\udfff": 1}}', "surrogate"),
        (b'{"text": "a\\u0000b"}', "NUL"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "a", "x": NaN}', "not JSON"),
        (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_its_fault(line: bytes, words: str) -> None:
    with pytest.raises(InvalidRecord, match=words) as failure:
        parse_record(line, 42)
    assert "line 42" in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_line_that_is_too_large_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="larger than 10 bytes"):
        parse_record(b'{"text": "far too long"}', 1, max_size=10)


def test_a_byte_order_mark_before_the_first_line_is_passed_over() -> None:
    assert parse_record(b'\xef\xbb\xbf{"text": "a"}', 1).text == "a"


@given(st.binary(max_size=200))
def test_any_bytes_give_a_record_or_an_invalid_record(line: bytes) -> None:
    try:
        parse_record(line, 1)
    except InvalidRecord as failure:
        assert "line 1" in str(failure)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_the_text_comes_back_as_it_was(text: str) -> None:
    assert parse_record(json.dumps({"text": text}), 1).text == text
    assert parse_record(json.dumps({"text": text}, ensure_ascii=False).encode(), 1).text == text
