from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.records import given_id, parse_record
from sourceline.errors import InvalidRecord
from sourceline.show.json import encode_json


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
        (b'{"text": "a", "id": 7.5}', '"id" that is no string or whole number'),
        (b'{"text": "a", "id": 1e999}', '"id" that is no string or whole number'),
        (b'{"text": "a", "id": true}', '"id" that is no string or whole number'),
        (b'{"text": "a", "id": ["a"]}', '"id" that is no string or whole number'),
        (b'{"text": "a", "title": 7}', '"title" that is not a string'),
        (b'{"text": "a", "published": ["2031"]}', '"published" that is not a string'),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b'{"text": "a", "x": {"\\udfff": 1}}', "surrogate"),
        (b'{"text": "a\\u0000b"}', "NUL"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "a", "x": NaN}', "not JSON"),
        (b'{"text": "a", "x": Infinity}', "not JSON"),
        (b'{"text": "a", "x": 01}', "not JSON"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_its_fault(line: bytes, words: str) -> None:
    with pytest.raises(InvalidRecord, match=words) as failure:
        parse_record(line, 42)
    assert "line 42" in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("digits", ["7", "0", "-3", "12345678901234567890123", "9" * 5000])
def test_an_id_that_is_a_whole_number_is_its_digits(digits: str) -> None:
    line = f'{{"text": "a", "id": {digits}}}'.encode()
    assert parse_record(line, 1).id == digits
    assert given_id(line) == digits


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'{"id": "d1"}', "d1"),
        (b'{"id": 7, "text": null}', "7"),
        (b'{"id": "d1", "text": "\\ud800"}', "d1"),
        (b'{"id": 7.5}', None),
        (b'{"id": {"a": 1}}', None),
        (b'[{"id": "d1"}]', None),
        (b'{"id": "d1"', None),
        (b"\xff", None),
        (b"[" * 100_000, None),
    ],
)
def test_a_line_that_is_no_document_may_have_an_id(line: bytes, name: str | None) -> None:
    assert given_id(line) == name


NUMBERS = [
    "0", "-0", "7", "-12", "1.5", "1.50", "2e3", "1E5", "1e999", "-1e999", "1e-999", "-0.0", "3.14159265358979323846",
    "0.1", "12345678901234567890123", "9" * 5000, "1e99999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("digits", NUMBERS)
def test_a_number_of_an_unknown_field_is_written_as_it_was(digits: str) -> None:
    line = f'{{"text": "a", "x": {digits}, "y": [{{"z": {digits}}}, "\\"{digits}"]}}'
    written = encode_json(parse_record(line, 1).extra).decode()
    assert written == f'{{"x": {digits}, "y": [{{"z": {digits}}}, "\\"{digits}"]}}'


def test_a_number_that_is_written_as_it_was_is_an_ordinary_one() -> None:
    assert parse_record('{"text": "a", "x": [1, 2.5]}', 1).extra == {"x": [1, 2.5]}


def test_a_record_that_is_accepted_however_nested_can_be_written() -> None:
    accepted = 0
    for depth in range(400, 1000, 7):
        try:
            extra = parse_record('{"text": "a", "x": ' + "[" * depth + "1.50" + "]" * depth + "}", 1).extra
        except InvalidRecord:
            continue
        accepted += 1
        assert b"1.50" in encode_json({"document": {"extra": extra}})
    assert 0 < accepted < 86


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
