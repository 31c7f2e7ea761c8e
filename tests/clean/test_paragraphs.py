from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.clean.paragraphs import PrintedLine, PrintedPage, join_paragraphs


def column(*lines: str, left: float = 72, top: float = 700, size: float = 11, step: float = 14) -> list[PrintedLine]:
    """Lines under one another, each letter half as wide as it is high."""
    return [
        PrintedLine(
            text=line.strip("@"),
            left=left + (size * 2 if line.startswith("@") else 0),
            right=left + size / 2 * len(line),
            bottom=top - step * place,
            top=top - step * place + size,
            size=size,
        )
        for place, line in enumerate(lines)
    ]


def joined(*lines: list[PrintedLine]) -> list[str]:
    return join_paragraphs([PrintedPage(height=842, lines=tuple(line for part in lines for line in part))])


LONG = "the inspectors came back to the depot and found it locked"


def test_an_indent_and_a_short_line_begin_a_paragraph() -> None:
    assert joined(column("@" + LONG, LONG, "and left.", LONG.capitalize(), "@" + LONG)) == [
        f"{LONG} {LONG} and left.",
        LONG.capitalize(),
        LONG,
    ]


def test_space_between_lines_begins_a_paragraph() -> None:
    first, second = column(LONG, LONG), column(LONG, LONG, top=660)
    assert joined(first, second) == [f"{LONG} {LONG}", f"{LONG} {LONG}"]


def test_bullets_are_paragraphs() -> None:
    assert joined(column("• " + LONG, LONG, "• " + LONG, "2) " + LONG)) == [
        f"• {LONG} {LONG}",
        f"• {LONG}",
        f"2) {LONG}",
    ]


def test_a_sentence_goes_on_in_the_next_column_and_a_heading_does_not() -> None:
    heading = column("DEPOT", size=18, top=740)
    assert joined(heading, column(LONG, LONG), column(LONG, "again.", left=350)) == [
        "DEPOT",
        f"{LONG} {LONG} {LONG} again.",
    ]
    assert joined(column(LONG, LONG + "."), column("Said so.", left=350)) == [f"{LONG} {LONG}.", "Said so."]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("the govern-", "ment", "the government"),
        ("a well-", "known man", "a well-known man"),
        ("a day-to-", "day thing", "a day-to-day thing"),
        ("the anti-", "Sarrow front", "the anti-Sarrow front"),
        ("from 20-", "30 people", "from 20-30 people"),
        ("he said —", "and left", "he said — and left"),
        ("he said—", "and left", "he said—and left"),
        ("soft\u00ad", "ened", "softened"),
        ("nobody -", "none", "nobody - none"),
    ],
)
def test_hyphens(before: str, after: str, text: str) -> None:
    assert joined(column(before, after)) == [text]


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "text"),
    [
        ("the under-", "secretary", "and the under-secretary met", "the under-secretary"),
        ("the under-", "secretary", "and the council met", "the undersecretary"),
        ("the co-", "operation", "and the cooperation began", "the cooperation"),
        ("the co-", "operation", "and the talks began", "the co-operation"),
    ],
)
def test_the_document_says_how_a_word_is_written(before: str, after: str, elsewhere: str, text: str) -> None:
    assert joined(column(before, after), column(elsewhere, size=20, top=300)) == [text, elsewhere]


def test_page_numbers_alone_are_left_out_and_years_are_not() -> None:
    for number in ("7", "- 7 -", "Page 7", "page 7 of 12", "7/12", "vii"):
        page = PrintedPage(height=842, lines=(*column("Said so."), *column(number, top=30)))
        assert join_paragraphs([page]) == ["Said so."]
    page = PrintedPage(height=842, lines=(*column("Said so."), *column("2031", top=30)))
    assert join_paragraphs([page]) == ["Said so.", "2031"]


def test_a_line_that_stands_in_the_middle_of_each_page_stays() -> None:
    pages = [PrintedPage(height=842, lines=tuple(column("Nobody knows."))) for _ in range(4)]
    assert join_paragraphs(pages) == ["Nobody knows."] * 4


def test_many_lines_take_linear_time() -> None:
    def seconds(count: int) -> float:
        pages = [PrintedPage(height=842, lines=tuple(column(*[LONG] * 200, step=2)))] * count
        start = time.process_time()
        join_paragraphs(pages)
        return time.process_time() - start

    seconds(1)
    assert seconds(40) < 40 * max(seconds(4), 0.02)


NUMBERS = st.floats(-1000, 1000, allow_nan=False)


@given(
    st.lists(
        st.builds(
            PrintedLine,
            text=st.text("ab -.•—", max_size=12).map(lambda text: f"word {text}".strip()),
            left=NUMBERS,
            right=NUMBERS,
            bottom=NUMBERS,
            top=NUMBERS,
            size=st.floats(0, 50),
            hyphen=st.booleans(),
        ),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_lines_keep_their_letters(lines: list[PrintedLine]) -> None:
    text = "".join(join_paragraphs([PrintedPage(height=100_000, lines=tuple(lines))]))
    kept = [c for c in "".join(line.text for line in lines) if c.isalnum()]
    assert [c for c in text if c.isalnum()] == kept
