from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.lines import BoundedLines
from tests.carriers import collected, contents, problems


@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 30))
def test_short_lines_come_as_they_are_and_long_ones_are_passed_over(lines: list[bytes], limit: int) -> None:
    found = BoundedLines(io.BytesIO(b"".join(lines)), limit)
    # A line is as long as the limit without its end, or shorter.
    assert list(found) == [line if len(line) <= limit + 1 else None for line in lines]
    assert found.number == len(lines)
    assert not found.endless


def test_a_last_line_needs_no_end() -> None:
    assert list(BoundedLines(io.BytesIO(b"a\nb"), 9)) == [b"a\n", b"b"]
    assert list(BoundedLines(io.BytesIO(b"a\n" + b"b" * 20), 9)) == [b"a\n", None]


class Endless(io.BytesIO):
    """A first line, then one that goes on for ever."""

    def readline(self, size: int | None = -1, /) -> bytes:
        return super().readline(size) or b"\0" * max(size or 0, 1)


def test_a_line_without_an_end_is_the_last() -> None:
    lines = BoundedLines(Endless(b"a\n"), 10, 5_000_000)
    assert list(lines) == [b"a\n", None]
    assert lines.endless


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_of_jsonl_have_their_place_and_their_bytes(end: bytes) -> None:
    lines = [b'{"text": "a"}', b"", b"{", b'{"id": 7}', b'{"text": "b", "id": 7, "x": 2.50}']
    found = collected(end.join(lines), "docs.jsonl")
    assert problems(found) == [("docs.jsonl:3", "record"), ("docs.jsonl:4", "record")]
    assert contents([found[0], found[-1]]) == [("docs.jsonl:1", lines[0] + end), ("docs.jsonl:5", lines[-1])]
