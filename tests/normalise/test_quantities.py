from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.normalise.quantities import find
from sourceline.normalise.quantities.find import find_quantities
from sourceline.normalise.quantities.lexemes import Lexemes
from sourceline.normalise.quantities.other_figures import word_before

Read = tuple[str, float | None, float | None, str | None, str | None]


def read(text: str) -> list[Read]:
    """Each quantity as (wording, low, high, unit, counted); None is unbounded, or no unit, or no noun."""
    return [(q.span.text, q.low, q.high, q.unit, q.counted) for q in find_quantities(text)]


def interval(text: str) -> tuple[float | None, float | None]:
    [(_, low, high, _, _)] = read(text)
    return low, high


def test_the_words_from_the_modifier_to_the_noun_counted_are_the_span() -> None:
    text = "It has four military bases and at least 11 facilities near the coast."
    assert read(text) == [
        ("four military bases", 4, 4, None, "military bases"),
        ("at least 11 facilities", 11, None, None, "facilities"),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("eight", 8, 8),
        ("at least 11", 11, None),
        ("no fewer than 11", 11, None),
        ("more than 40", 40, None),  # closed, as all intervals of the design
        ("40 or more", 40, None),
        ("200-plus", 200, None),
        ("up to 9", None, 9),
        ("as many as 9", None, 9),
        ("fewer than 9", None, 9),
        ("9 or fewer", None, 9),
        ("between 40 and 60", 40, 60),
        ("40 to 60", 40, 60),
        ("from 40 to 60", 40, 60),
        ("three or four", 3, 4),
        ("two to three million", 2_000_000, 3_000_000),
        ("at least 14 but no more than 20", 14, 20),
        ("about 10", 9, 11),
        ("10 or so", 9, 11),
        ("forty-odd", 36, 44),
        ("nearly 10", 9, 10),
        ("just over 10", 10, 11),
        ("dozens", 24, 99),
        ("scores of them", 40, 99),
        ("hundreds", 200, 999),
        ("several hundred", 200, 999),
        ("thousands", 2_000, 9_999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("at least two dozen", 24, None),
        ("a couple of dozen", 24, 36),
        ("half a million", 500_000, 500_000),
        ("a quarter of a million", 250_000, 250_000),
        ("roughly a third of the 1,200", 360, 440),
        ("two and a half", 2.5, 2.5),
        ("3 million and a half", 3_500_000, 3_500_000),
        ("one hundred and twelve", 112, 112),
        ("two hundred and two thousand", 202_000, 202_000),
        ("3 hundred and 21", 321, 321),
        ("three lakh crore", 3e12, 3e12),
        ("12,34,567.89", 1_234_567.89, 1_234_567.89),
        ("40\u202f000", 40_000, 40_000),
        ("minus one", -1, -1),
        ("-9.5", -9.5, -9.5),
        ("1e9", 10**9, 10**9),
        ("10^6", 10**6, 10**6),
        ("2½", 2.5, 2.5),
        ("١٢", 12, 12),
        ("１２", 12, 12),
    ],
)
def test_an_expression_is_an_interval(text: str, low: float | None, high: float | None) -> None:
    assert interval(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("4%", 4, 4, "%"),
        ("four per cent", 4, 4, "%"),
        ("70% to 75%", 70, 75, "%"),
        ("4 percentage points", 4, 4, "percentage points"),
        ("$3.5bn", 3.5e9, 3.5e9, "USD"),
        ("$2-3bn", 2e9, 3e9, "USD"),
        ("between $2m and $3m", 2e6, 3e6, "USD"),
        ("A$40 million", 4e7, 4e7, "AUD"),
        ("€40m", 4e7, 4e7, "EUR"),
        ("40m euros", 4e7, 4e7, "EUR"),
        ("USD 200", 200, 200, "USD"),
        ("5,000 Swiss francs", 5000, 5000, "CHF"),
        ("three dollars and 50 cents", 3.5, 3.5, "USD"),
        ("12 km", 12, 12, "km"),
        ("a 40-kilometre convoy", 40, 40, "km"),
        ("nearly 2m cubic metres", 1.8e6, 2e6, "m³"),
        ("a wall 4m high", 4, 4, "m"),
        ("half a mile", 0.5, 0.5, "mi"),
        ("five feet 6 inches", 5.5, 5.5, "ft"),
        ("30C", 30, 30, "°C"),
        ("minus 12 degrees Celsius", -12, -12, "°C"),
        ("five years old", 5, 5, "years"),
        ("a ten-year-old boy", 10, 10, "years"),
        ("aged 87", 87, 87, "years"),
        ("Ana Ruiz, 51, said", 51, 51, "years"),
        ("two- to three-week delays", 2, 3, "weeks"),
    ],
)
def test_what_is_measured_has_a_unit(text: str, low: float, high: float, unit: str) -> None:
    [(_, found_low, found_high, found_unit, counted)] = read(text)
    assert (found_low, found_high, found_unit, counted) == (low, high, unit, None)


@pytest.mark.parametrize("text", ["600 pesos", "600 pounds", "600 rupees"])
def test_a_unit_that_several_share_is_counted_instead(text: str) -> None:
    [(_, _, _, unit, counted)] = read(text)
    assert (unit, counted) == (None, text.removeprefix("600 "))


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("half of the fleet", 50),
        ("two-thirds of voters", 200 / 3),
        ("fell by a fifth", 20),
        ("one in five", 20),
        ("three out of ten", 30),
        ("3/4", 75),
    ],
)
def test_a_share_of_something_is_a_percentage(text: str, percent: float) -> None:
    low, high = interval(text)
    assert low == high == pytest.approx(percent)
    assert find_quantities(text)[0].unit == "%"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("23 dock workers were hurt", "dock workers"),
        ("20 missing people", "missing people"),
        ("dozens of protesters", "protesters"),
        ("three more bodies", "bodies"),
        ("17 dead and", "dead"),
        ("six crew on board", "crew"),
        ("one woman died", "woman"),
        ("309 electoral votes", "electoral votes"),
        ("two dozen ex-soldiers", "ex-soldiers"),
        ("a nine-member panel", "member"),
        ("nine were released", None),
        ("It named 21. Police said", None),
        ("12 of the men", None),
    ],
)
def test_the_noun_counted(text: str, counted: str | None) -> None:
    assert find_quantities(text)[0].counted == counted


def test_what_became_of_a_figure_is_two_quantities() -> None:
    assert read("It rose from 4% to 6%.") == [("4%", 4, 4, "%", None), ("6%", 6, 6, "%", None)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2031",
        "until at least 2031",
        "from 2031 to 2035",
        "the 2031 census",
        "the 1990s",
        "nineteen eighty-four",
        "May 3",
        "3 May 2031",
        "2031-05-03",
        "04/05/2031",
        "at 9:30 a.m.",
        "at 9am",
        "nine o'clock",
        "half past nine",
        "two weeks ago",
        "the last 12 months",
        "the third attempt",
        "the 21st",
        "her twenty-first birthday",
        "one of them",
        "no one",
        "that one",
        "one day it will fail",
        "a day or two",
        "the first half",
        "a half-brother",
        "in the third quarter",
        "Article 5",
        "No. 10",
        "Flight 370",
        "the F-16",
        "COVID-19",
        "version 2.4.1",
        "won 3-1",
        "9/11",
        "24/7",
        "555-0148-22",
        "+44 20 7946 0018",
        "https://outlet.example/2031/04/story-12345",
        "192.168.1.20",
        "the Group of Seven",
        "several left, many wept, a few sang",
        "a couple were seen",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["1,2,3", "1,5", "1.200,50", "10^400", "1e999", "9" * 400, "1\u0662", "1.2.3", "2^-1e9", "1" + "0" * 5000, "0^-1"],
)
def test_no_value_is_guessed(text: str) -> None:
    assert read(f"It said {text} there.") == []


def test_zero_width_and_direction_marks_do_no_harm() -> None:
    assert read("\u200f12\u200f people") == [("12", 12, 12, None, None)]
    assert read("At least\u00a012 people") == [("At least\u00a012 people", 12, None, None, "people")]


_WORDS = st.sampled_from(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "to",
        "from",
        "between",
        "at",
        "least",
        "about",
        "nearly",
        "more",
        "than",
        "up",
        "half",
        "third",
        "two-thirds",
        "quarter",
        "dozen",
        "dozens",
        "hundred",
        "thousands",
        "million",
        "one",
        "two",
        "seven",
        "twenty",
        "forty-one",
        "people",
        "sites",
        "years",
        "old",
        "ago",
        "$",
        "€",
        "%",
        "km",
        "m",
        "3",
        "12",
        "1,200",
        "40-60",
        "2031",
        "May",
        "3.5bn",
        "9:30",
        "-5",
        "1/2",
        "½",
        "١٢",
        "10^400",
        ".",
        ",",
        ";",
        "—",
        "“",
        "”",
        "(",
        ")",
        "minus",
        "point",
        "in",
        "out",
        "no",
        "that",
        "several",
        "few",
        "tens",
        "couple",
    ]
)


@settings(max_examples=400)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(_WORDS, max_size=14).map(" ".join), st.lists(_WORDS, max_size=9).map("".join)
    )
)
def test_on_any_text_spans_and_values_are_sound(text: str) -> None:
    reached = 0
    for quantity in find_quantities(text):
        span = quantity.span
        assert reached <= span.start < span.end
        assert text[span.start : span.end] == span.text
        reached = span.end
        low, high = quantity.low, quantity.high
        assert low is not None or high is not None
        assert all(math.isfinite(bound) for bound in (low, high) if bound is not None)
        assert low is None or high is None or low <= high
        assert quantity.unit is None or quantity.counted is None
        assert quantity.counted is None or quantity.counted in span.text


@given(st.lists(_WORDS, max_size=14).map(" ".join), st.lists(_WORDS, max_size=14).map(" ".join))
def test_an_empty_line_parts_what_is_read(first: str, second: str) -> None:
    whole = find_quantities(f"{first}.\n\n\n{second}")
    assert all("\n\n" not in quantity.span.text for quantity in whole)


@pytest.mark.parametrize(
    "piece", ["1 ", "9", "one ", "a third of ", "1-", "$", "at least ", "1 111 ", "from 1 to ", "10^"]
)
def test_work_grows_with_the_length_only(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read_on = Lexemes._advance
    steps = 0

    def counted(self: Lexemes) -> None:
        nonlocal steps
        steps += 1
        read_on(self)

    monkeypatch.setattr(Lexemes, "_advance", counted)
    taken = []
    for length in (4_000, 8_000):
        steps = 0
        find_quantities((piece * length)[:length])
        taken.append(steps)
    assert taken[1] <= 2.1 * taken[0] + 50


_FIGURES = st.one_of(
    st.sampled_from(["12", "345", "1999", "2000", "12,345", "3.5", "1.2.3", "1,2", "007", "9" * 22]),
    st.integers(0, 99).map(str),
    st.sampled_from(["%", "m", "$", "/", "-", "one", "people", "s", "May", "A4", "at least", "aged", ")", "½"]),
)
_GAPS = st.sampled_from([" "] * 8 + [", "] * 3 + ["\n", ",\n", "  ", "", ",", "/", " - ", "\n\n", ". "])


@given(st.lists(st.tuples(_FIGURES, _GAPS), max_size=30).map(lambda parts: "".join(map("".join, parts))))
@settings(max_examples=300)
def test_rows_of_figures_are_read_as_one_figure_is(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "figures_behind", lambda *_: iter(()))
        one_by_one = find_quantities(text)
    assert find_quantities(text) == one_by_one


def test_a_row_of_figures_is_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    monkeypatch.setattr(find, "skip_other_figure", lambda text, lexemes, *_: looked_at.append(lexemes[0].start))
    assert [q.low for q in find_quantities("17 8\n1,200 3.5, 4 " * 1000)] == [17, 8, 1200, 3.5, 4] * 1000
    assert len(looked_at) == 2  # the first, and the last, behind which anything may stand


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("some 1", "some"),
        ("No. 1", "No."),
        ("No.1", ""),
        ("end.\n1", ""),
        ("in\n 1", "in"),
        ("in\n\n1", "in"),
        ("in\n \n 1", ""),
        ("(1", ""),
        ("a_b 1", "b"),
        ("1", ""),
    ],
)
def test_the_word_in_front(text: str, word: str) -> None:
    assert word_before(text, len(text) - 1) == word
