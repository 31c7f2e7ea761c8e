"""Quotation marks: `_` outside, `.` inside, `<` opening, `>` closing, one a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.neural.quotation import quote_states

SIGNS = "_.<>"


def states(text: str) -> str:
    return "".join(SIGNS[state] for state in quote_states(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said.", "<....>__________"),
        ('"Yes," she said.', "<....>__________"),
        ("‘Yes,’ she said.", "<....>__________"),
        ("'Yes,' she said.", "<....>__________"),
        ("''Yes,'' she said.", "<<....>>__________"),
        ("it's the dogs' own", "__________________"),
        ("‘It’s over,’ he said", "<..........>________"),
        ("“He said ‘no’ twice”", "<..................>"),
        ('a 5" pipe and a door', "____________________"),
        ("“Stray mark here", "________________"),
    ],
)
def test_marks_are_paired(text: str, expected: str) -> None:
    assert states(text) == expected


def test_a_quote_runs_over_paragraphs_that_open_again() -> None:
    assert states("“One.\n\n“Two.”") == "<....__<....>"


def test_a_stray_mark_derails_nothing_in_the_next_paragraph() -> None:
    text = "He said “it was.\nThen “no,” she said."
    second = text.index("\n")
    assert states(text)[:second] == "_" * second
    assert states(text)[second:] == states("\nThen “no,” she said.")


@given(st.text(alphabet="ab \n\"'“”‘’«»„.", max_size=200))
def test_every_character_has_a_state_and_openings_are_closed_or_run_on(text: str) -> None:
    marked = states(text)
    assert len(marked) == len(text)
    for line, signs in zip(text.split("\n"), _lines(text, marked), strict=True):
        assert len(line) == len(signs)
        if ">" in signs:
            assert "<" in signs[: signs.index(">")]


def _lines(text: str, marked: str) -> list[str]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(marked[at : at + len(line)])
        at += len(line) + 1
    return lines
