from __future__ import annotations

import pytest

from sourceline.attribute.quotations import take_marks, type_quotation
from sourceline.neural.quotation import quote_states


def quotation(text: str, *contents: str) -> str:
    ranges = [(text.index(c), text.index(c) + len(c)) for c in contents]
    return type_quotation(text, quote_states(text), ranges).value


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We will wait,” said Ruiz.", "“We will wait,”", "direct"),
        ("Ruiz said that they would wait.", "that they would wait", "indirect"),
        ("Ruiz said they would “wait and see”.", "they would “wait and see”", "mixed"),
        ("‘We will wait,’ said Ruiz.", "‘We will wait,’", "direct"),
        ("Ruiz said it’s the ministers’ job.", "it’s the ministers’ job", "indirect"),
    ],
)
def test_how_a_content_is_quoted(text: str, content: str, expected: str) -> None:
    assert quotation(text, content) == expected


def test_marks_come_along_with_their_words() -> None:
    text = "He said “we will wait” twice."
    start = text.index("we")
    assert take_marks(quote_states(text), start, start + len("we will wait")) == (start - 1, start + 13)


def test_a_mark_whose_words_stay_outside_stays_outside() -> None:
    text = "He said it was so. “We wait,” she said."
    end = text.index("“") + 1
    assert take_marks(quote_states(text), 8, end) == (8, end - 1)
