from __future__ import annotations

import pytest

from sourceline.attribute.boundaries import _trim_cue, _trim_separators
from sourceline.neural.quotation import quote_states


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("wrote in the", "wrote"),
        ("said in a tweet on Wednesday", "said"),
        ("said in a statement", "said in a statement"),
        ("said in a written statement", "said in a written statement"),
        ("told reporters", "told reporters"),
        ("said late on Friday evening", "said"),
        ("has called for", "has called for"),
        ("did not respond to", "did not respond to"),
        ("Wednesday", "Wednesday"),
    ],
)
def test_where_and_when_are_no_part_of_a_cue(cue: str, expected: str) -> None:
    start, end = _trim_cue(cue, 0, len(cue))
    assert cue[start:end] == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that the port would close.", "that the port would close"),
        ("— that the port would close,", "that the port would close"),
        ("“We will wait.”", "“We will wait.”"),
        ("troops of the U.S.", "troops of the U.S."),
        ("troops of NATO.", "troops of NATO"),
        ("it closed at 5 p.m.", "it closed at 5 p.m."),
        ("it closed...", "it closed"),
        ("-4 degrees", "-4 degrees"),
        (".", "."),
    ],
)
def test_separators_stay_outside_an_unquoted_content(content: str, expected: str) -> None:
    start, end = _trim_separators(content, quote_states(content), 0, len(content))
    assert content[start:end] == expected
