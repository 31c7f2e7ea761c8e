"""How much room words take, and how they are cut to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.show.picture.measure import fitted, plain_line, text_width, wrapped


def test_broad_signs_are_wider() -> None:
    assert text_width("il", 10) < text_width("mw", 10) < text_width("漢漢", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)


@pytest.mark.parametrize(("text", "line"), [("short", "short"), ("  two\n words ", "two words"), ("", "")])
def test_what_fits_stays(text: str, line: str) -> None:
    assert fitted(text, 10, 100) == line


def test_what_does_not_fit_ends_in_dots() -> None:
    assert fitted("Ministry of External Affairs", 10, 100) == "Ministry of Extern…"
    assert fitted("x" * 10_000, 1, 10_000).endswith("…")


def test_long_texts_go_on_in_the_next_line() -> None:
    assert wrapped("Ministry of External Affairs of Karsova", 10, 120, 2) == [
        "Ministry of External",
        "Affairs of Karsova",
    ]
    assert wrapped("Ministry of External Affairs of Karsova", 10, 70, 2) == ["Ministry of", "External Aff…"]
    assert wrapped("", 10, 100, 2) == []


def test_directions_are_shown_and_not_followed() -> None:
    assert "\u202e" not in plain_line("a\u202eb")


@given(st.text(max_size=80), st.floats(12, 300), st.integers(1, 4))
def test_lines_never_take_more_room_than_there_is(text: str, room: float, lines: int) -> None:
    made = wrapped(text, 10, room, lines)
    assert len(made) <= lines
    assert all(text_width(line, 10) <= room + 0.001 for line in made)
    if not made or not made[-1].endswith("…"):
        assert "".join(made).replace(" ", "") == "".join(plain_line(text).split())
