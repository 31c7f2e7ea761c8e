"""Text made harmless keeps its length, so that every span keeps its place."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sourceline.show.safe import visible_in_terminal, visible_on_page

anything = st.text(alphabet=st.characters(exclude_categories=()))


@given(anything)
def test_each_character_stays_one_character(text: str) -> None:
    assert len(visible_in_terminal(text)) == len(visible_on_page(text)) == len(text)


@given(anything)
def test_nothing_is_left_for_a_terminal_to_obey(text: str) -> None:
    for character in visible_in_terminal(text):
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(anything)
def test_a_page_can_always_be_encoded(text: str) -> None:
    assert "\0" not in visible_on_page(text)
    visible_on_page(text).encode()


def test_control_characters_stay_visible() -> None:
    assert visible_in_terminal("a\x1b[2Jb\0\x9b") == "a␛[2Jb␀\N{REPLACEMENT CHARACTER}"


def test_harmless_text_is_left_alone() -> None:
    text = "“Naïve” — 5 € · 日本 👩‍🔬"
    assert visible_in_terminal(text) == visible_on_page(text) == text
