from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.resolve.mentions import place_name, place_nominal, place_pronoun

Place = Callable[[str, int, int], tuple[int, int] | None]


def placed(place: Place, text: str, part: str) -> str | None:
    start = text.index(part)
    found = place(text, start, start + len(part))
    return None if found is None else text[found[0] : found[1]]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("Sen. Ana Ruiz's", "Ana Ruiz"),
        ("Former Deputy Prime Minister Ana Ruiz", "Ana Ruiz"),
        ("Mr. O’Dorn", "O’Dorn"),
        ("the Harbour Trust", "Harbour Trust"),
        ("“Ana Ruiz,”", "Ana Ruiz"),
        ("Moro-Vance", "Moro-Vance"),
        ("U.S.", "U.S."),
        ("Tom Hall Jr.", "Tom Hall Jr."),
        ("Karsova.", "Karsova"),
        ("ANA RUIZ", "ANA RUIZ"),
        ("Ольга Снег", "Ольга Снег"),
        ("President", "President"),
        ("\u200bRuiz\u200b", "Ruiz"),
        ("---", None),
    ],
)
def test_a_name_stands_without_titles_and_marks(part: str, name: str | None) -> None:
    assert placed(place_name, f"Then {part} and more", part) == name


def test_a_name_is_of_whole_words() -> None:
    assert placed(place_name, "Then Karsova spoke", "arsov") == "Karsova"


def test_pronouns_are_those_of_the_list() -> None:
    assert placed(place_pronoun, "and she said", "she") == "she"
    assert placed(place_pronoun, "the US said", "US") is None
    assert placed(place_pronoun, "and who said", "who") is None


def test_a_possessive_ending_is_no_part_of_a_nominal() -> None:
    assert placed(place_nominal, "then Karsova's foreign minister said", "'s foreign minister") == "foreign minister"


def test_a_nominal_is_no_pronoun_and_runs_over_no_line() -> None:
    assert placed(place_nominal, "then the envoy said", "the envoy") == "the envoy"
    assert placed(place_nominal, "so he said", "he") is None
    assert placed(place_nominal, "the\nenvoy said", "the\nenvoy") is None


@given(st.text("aB .'’s-\u200b\n", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_every_place_lies_in_the_text(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    for place in (place_name, place_nominal, place_pronoun):
        found = place(text, start, end)
        assert found is None or 0 <= found[0] < found[1] <= len(text)
