"""The language of a search, and the place where a text answers it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.errors import UsageError
from sourceline.store.terms import Term, Terms, first_place, parse_terms, words_of


def one(*words: str, prefix: bool = False) -> tuple[Term, ...]:
    return (Term(words=words, prefix=prefix),)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("depot", Terms(required=(one("depot"),))),
        ("Depot SHUT", Terms(required=(one("depot"), one("shut")))),
        ("depot AND shut", Terms(required=(one("depot"), one("shut")))),
        ('"The depot" shut', Terms(required=(one("the", "depot"), one("shut")))),
        ("“the depot”", Terms(required=(one("the", "depot"),))),
        ("peace OR truce now", Terms(required=((*one("peace"), *one("truce")), one("now")))),
        ("now peace OR truce OR calm", Terms(required=(one("now"), (*one("peace"), *one("truce"), *one("calm"))))),
        ("peace -truce", Terms(required=(one("peace"),), excluded=one("truce"))),
        ('NOT truce peace NOT "a war"', Terms(required=(one("peace"),), excluded=(*one("truce"), *one("a", "war")))),
        ("insp*", Terms(required=(one("insp", prefix=True),))),
        ('"chief insp"*', Terms(required=(one("chief", "insp", prefix=True),))),
        ("state-run isn’t", Terms(required=(one("state", "run"), one("isn", "t")))),
        ("— depot !", Terms(required=(one("depot"),))),
        ("or not", Terms(required=(one("or"), one("not")))),
        ("Crème", Terms(required=(one("creme"),))),
    ],
)
def test_what_a_search_means(text: str, terms: Terms) -> None:
    assert parse_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a OR", "ends with"),
        ('"a', "partner"),
        ("-a", "at least one"),
        ("", "no word"),
        ("x*", "letters before"),
        ("(a)", "brackets"),
        ("a OR -b", "left out"),
        ("NEAR(a b)", 'write "two words"'),
        ("(a OR b) AND c", "write peace OR truce depot"),
        ("a | b", "write peace OR truce"),
        ("a || b", "write peace OR truce"),
        ("a !depot", "write -depot"),
        ("re*voir", "write reserv\\*"),
        ("*voir", "write reserv\\*"),
        ("source:Ruiz", "--source Ruiz"),
    ],
)
def test_what_cannot_be_meant(text: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        parse_terms(text)


def test_what_is_left_out_may_be_all_that_is_named() -> None:
    assert parse_terms('-a NOT "b c"', all_but=True) == Terms(required=(), excluded=(*one("a"), *one("b", "c")))
    for text in ("", "-", '-""', "!"):
        with pytest.raises(UsageError, match="no word"):
            parse_terms(text, all_but=True)


@pytest.mark.parametrize("text", ["he said !", "Yahoo!", "10:30", "outlet: a", "AT&T", '"re*voir"', "wait—what"])
def test_other_signs_are_passed_over(text: str) -> None:
    assert parse_terms(text).required


@given(
    st.text(alphabet="ab éEÅ-_İß.", max_size=30),
    st.lists(st.sampled_from(["a", "b", "ab", "e", "i"]), min_size=1, max_size=3),
    st.booleans(),
)
def test_a_place_is_the_same_whether_letters_or_words_are_compared(text: str, phrase: list[str], prefix: bool) -> None:
    terms = Terms(required=(one(*phrase, prefix=prefix), one("b", "a")))
    place = first_place(text, terms)
    # one accent at the end, as a sign of its own, and the text is compared word by word
    assert first_place(f"{text} x\u0301", terms) == place


@given(st.text(max_size=60))
def test_every_text_is_a_search_or_a_usage_error(text: str) -> None:
    try:
        terms = parse_terms(text)
    except UsageError:
        return
    assert terms.required and all(term.words for group in terms.required for term in group)


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("The depot was shut", "depot", "depot"),
        ("The depot was shut", "shut depot", "depot"),
        ("a a b", '"a b"', "a b"),
        ("State-run café", '"state run cafe"', "State-run café"),
        ("inspectors inspect", '"inspectors insp"*', "inspectors inspect"),
        ("inspectors", "insp*", "inspectors"),
        ("long way to long road", '"long road" OR way', "way"),
        ("a b c", '"a b c" OR b', "a b c"),
        ("nothing here", "depot", None),
    ],
)
def test_the_first_place(text: str, asked: str, found: str | None) -> None:
    place = first_place(text, parse_terms(asked))
    assert (None if place is None else text[slice(*place)]) == found


@given(
    st.text(alphabet="ab éE-_İß\u0301", max_size=30),
    st.lists(st.sampled_from(["a", "b", "ab", "e", "i", "ß"]), min_size=1, max_size=3),
)
def test_a_phrase_is_found_where_its_words_follow_each_other(text: str, phrase: list[str]) -> None:
    words = words_of(text)
    there = any(words[i : i + len(phrase)] == tuple(phrase) for i in range(len(words)))
    place = first_place(text, Terms(required=(one(*phrase),)))
    assert (place is not None) == there
    if place is not None:
        assert words_of(text[slice(*place)]) == tuple(phrase)


def test_the_first_place_takes_time_in_proportion_to_the_text() -> None:
    """Of two texts, one twenty times as long: many openings of a phrase that never ends."""
    terms = parse_terms('"' + "a " * 40 + 'b" OR "a a c"')

    def seconds(length: int) -> float:
        text = "a " * length
        began = time.process_time()
        assert first_place(text, terms) is None
        return time.process_time() - began

    short = min(seconds(2_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(2)) < 20 * 5 * short
