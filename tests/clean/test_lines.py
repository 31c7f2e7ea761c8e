from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourceline.clean.lines import split_lines

WRAPPED = """\
The inspectors' return to Halvenia, agreed with some ceremony in
March, now looks unlikely before the autumn, diplomats in Genvara
say, and nobody there sounds surprised.

A second paragraph.
"""


def test_a_line_is_trimmed_and_blank_ones_are_none() -> None:
    lines = split_lines("  a b \r\n\r\n\tc\n   \n")
    assert [(line.start, line.end, line.text) for line in lines] == [(2, 5, "a b"), (11, 12, "c")]


def test_a_paragraph_wrapped_at_a_fixed_width_is_one_line() -> None:
    assert [line.text.split()[0] for line in split_lines(WRAPPED)] == ["The", "A"]


def test_headlines_of_like_width_stay_apart() -> None:
    listed = "Minister quits hours before a vote of no confidence\nWolves return to the suburbs of the capital city\n"
    assert len(split_lines(listed)) == 2


@given(st.text(alphabet=st.sampled_from(" \t\n\r\x0b\x0c\x1c\x85\u2028\xa0ab.A"), max_size=120))
def test_lines_cover_all_that_is_not_blank_in_order(text: str) -> None:
    lines = split_lines(text)
    covered = [False] * len(text)
    last = 0
    for line in lines:
        assert last <= line.start < line.end
        assert text[line.start : line.end] == line.text
        covered[line.start : line.end] = [True] * (line.end - line.start)
        last = line.end
    assert all(covered[place] or character.isspace() for place, character in enumerate(text))
