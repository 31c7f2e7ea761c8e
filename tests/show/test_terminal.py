"""The terminal's view: complete without colour, narrow or wide, and deaf to what the article would order."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from sourceline.model.reading import Reading
from sourceline.show.terminal import print_reading
from tests.samples import article, reading_of


def shown(reading: Reading, *, width: int = 100, color: bool = False, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    console = Console(file=file, width=width, force_terminal=color, color_system="standard" if color else None)
    print_reading(reading, console)
    file.flush()
    return raw.getvalue().decode(encoding)


def test_says_who_did_what_in_which_words() -> None:
    text = shown(article(), width=100)
    row = next(line for line in text.splitlines() if line.startswith(" 4"))
    assert re.search(r"Two officials.*warn\s+indirect\s+that a second refusal.*0\.93", row)


def test_numbers_tie_the_cues_to_the_table() -> None:
    text = shown(article(), width=100)
    assert "insisted³" in text
    assert "plans¹¹" in text


def test_own_voice_and_what_is_not_read_are_marked_without_colour() -> None:
    text = shown(article(), width=100)
    assert "◦Talks on reopening" in text
    assert "│ Follow her at @inescalder" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [20, 40, 71, 72, 100, 200])
def test_fits_its_width(width: int) -> None:
    text = shown(article(), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "Friday" in text


def test_colours_by_act_and_dims_boilerplate() -> None:
    text = shown(article(), color=True)
    assert "\x1b[31m“Nobody was turned away,”" in text
    assert re.search(r"\x1b\[2m[^\n]*More on the depot", text)


def test_long_words_are_folded() -> None:
    text = shown(reading_of("<s 1>She</s> <q 1>said</q> <c 1>" + "x" * 10_000 + "</c>"), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("x") >= 10_000


def test_orders_to_the_terminal_are_shown_and_not_given() -> None:
    hostile = "<s 1>Eve\x1b[31m</s> <q 1>said</q> <c 1>\x1b]0;owned\x07 \x9b2J \u202egnp [bold]x[/bold] :smile:</c>"
    text = shown(reading_of(hostile, title="\x1b[2J", outlet="a\rb", notices=("\x1b]52;c;x\x07",)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "[bold]x[/bold] :smile:" in text


def test_an_ascii_terminal_gets_ascii_signs() -> None:
    text = shown(reading_of("<s 1>Ruiz</s> <q 1>said</q> <c 1>no</c>. <o>It rained.</o>"), encoding="ascii")
    assert "said[1]" in text
    assert "o It rained." in text
    assert "?" not in text


def test_an_empty_reading_says_so() -> None:
    text = shown(reading_of("", notices=("the text is empty",)))
    assert "note: the text is empty" in text
    assert "No attributions." in text


def test_a_source_that_is_not_given() -> None:
    assert "nobody named" in shown(reading_of("He <q 1>is believed</q> <c 1>to have fled</c>."))


def test_a_very_long_text_is_cut_with_a_word_on_it() -> None:
    text = shown(reading_of("word " * 100_000))
    assert "(cut here, with 100,000 characters left: --html and --json have them all)" in text
