"""The terminal's view: complete without colour, narrow or wide, and deaf to what the article would order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from sourceline.model.reading import Reading
from sourceline.model.source import Source, SourceKind
from sourceline.model.value import Date, Place, PlaceUse, Quantity
from sourceline.show.terminal.reading import print_reading
from tests.resolved import resolved, with_speakers
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
@pytest.mark.parametrize("sample", [article, resolved])
def test_fits_its_width(width: int, sample: Callable[[], Reading]) -> None:
    text = shown(sample(), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "Friday" in text


def squeezed(text: str) -> str:
    return " ".join(text.split())


def row(text: str, number: int) -> str:
    """The row of the attribution, on one line."""
    after = text[re.search(rf"^ ?{number}  ", text, re.M).start() :]  # type: ignore[union-attr]
    return squeezed(re.split(r"\n\s*\n", after)[0])


def test_speaker_with_role_and_affiliation_stands_for_the_words() -> None:
    text = shown(resolved(), width=100)
    assert re.match(r"1 Marit Osei-Lund state mixed .*director-general · declared sites” inspectorate", row(text, 1))
    assert "“Marit" not in row(text, 1)


def test_other_words_for_a_speaker_stand_beside_the_name() -> None:
    text = shown(resolved(), width=100)
    assert row(text, 11).startswith("11 Marit Osei-Lund “She” warn")
    assert "Radek Vohl “The former" in row(text, 4)


def test_a_speaker_whom_nobody_can_tell_is_said_to_be_not_told() -> None:
    text = shown(resolved(), width=100)
    assert row(text, 8).startswith("8 “he”: not told")
    assert "Not told who speaks: 8" in text


@pytest.mark.parametrize("width", [40, 100])
def test_chain_stands_below_the_words(width: int) -> None:
    text = squeezed(shown(resolved(), width=width))
    assert "via Harbor Ledger ← statement" in text
    assert "upstream: Imre Kass" in text


@pytest.mark.parametrize("width", [60, 100])
def test_sources_say_who_as_what_how_often_and_through_whom(width: int) -> None:
    text = shown(resolved(), width=width)
    panel = squeezed(text[text.index("Sources" if width < 72 else "source  ") :])
    for words in (
        "3 times: state · warn · demand · in 1, 2, 11",
        "via Harbor Ledger, statement",
        "members: Marit Osei-Lund, Radek Vohl",
        "speaks for Aldemar Freight",
        "carries 3",
        "unnamed, 2 people",
        "name withheld “because they were not",
        "organisation",
    ):
        assert words in panel


def test_lineage_is_a_sentence_in_the_head() -> None:
    assert shown(resolved()).splitlines()[1] == "Credited to Continental Wire Service."
    assert "Where its words come from is not recorded." in shown(article())


@pytest.mark.parametrize("width", [60, 100])
def test_values_stand_with_their_words(width: int) -> None:
    lines = [squeezed(line) for line in shown(resolved(), width=width).splitlines()]
    panel = lines[next(n for n, line in enumerate(lines) if line.startswith("dates")) :]
    assert any("at least 11 containers [11, ∞) containers" in line for line in panel)
    assert any(line.endswith("19 February 2031-02-19") for line in panel)
    assert any(line.startswith("Some day not told: no day is meant") for line in panel)
    assert any("Karsova QK, as an actor" in line for line in panel)
    assert not any("Merrow" in line for line in panel)


def test_panels_with_nothing_in_them_are_left_out() -> None:
    text = shown(article())
    assert not re.search(r"^(source|dates|quantities|places)\b", text, re.M)


def test_a_thousand_sources_are_cut_with_a_word_on_it() -> None:
    sources = tuple(Source(id=f"s{n}", name=f"Witness {n}", named=True, kind=SourceKind.PERSON) for n in range(1, 1001))
    text = shown(replace(article(), sources=sources))
    assert "Witness 300" in text
    assert "Witness 301" not in text
    assert "(and 700 more sources)" in text


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


@pytest.mark.parametrize("width", [50, 100])
def test_orders_in_sources_and_values_are_shown_and_not_given(width: int) -> None:
    evil = "\x1b[31m\u202e\x9b2J\r\x07[bold]x[/bold]"
    reading = reading_of(f"<s 1>{evil}</s> <q 1>said</q> <c 1>no</c>")
    (span,) = reading.attributions[0].source
    hostile = Source(
        id="s1",
        name=f"{evil}{evil}",
        named=False,
        kind=SourceKind.ANONYMOUS,
        role=evil,
        affiliation=evil,
        anonymity_reason=span,
        members=("s1",),
        office_of="s1",
    )
    reading = replace(
        with_speakers(reading, {1: "s1"}, via={1: ("s1",)}, upstream={1: ("s1",)}),
        sources=(hostile,),
        dates=(Date(span=span, value=None, reason=evil),),
        quantities=(Quantity(span=span, low=1, high=1, unit=evil, counted=evil),),
        places=(Place(span=span, name=f"{evil}!", country=evil, use=PlaceUse.METONYMIC),),
    )
    text = shown(reading, width=width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert max(map(len, text.splitlines())) <= width


def test_signs_of_the_panels_have_stand_ins_in_ascii() -> None:
    text = shown(resolved(), encoding="ascii")
    assert "via Harbor Ledger <- statement" in text
    assert "[11, inf) containers" in text
    assert '"he": not told' in text
    assert "state - warn - demand" in text


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
