"""Traces in plain sentences, as terminal and pages tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sourceline.model.claim import Stance
from sourceline.model.trace import Channel, Figure, Interval, Recycled, Step
from sourceline.show import sentences
from tests.show.picture.by_hand import depot, mention, origin, trace


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (0, 0, 0, "No sources."),
        (1, 1, 1, "One source."),
        (2, 2, 2, "Two sources."),
        (1, 1, 2, "One source, perhaps two."),
        (1, 1, 4, "One source, perhaps four."),
        (0, 0, 1, "No sources shown, perhaps one."),
        (1, 2, 2, "Probably two sources: one shown, two at most."),
        (0, 1, 3, "Probably one source: none shown, three at most."),
        (13, 14, 20, "Probably 14 sources: 13 shown, 20 at most."),
    ],
)
def test_how_many_sources(low: int, best: int, high: int, words: str) -> None:
    assert sentences.sources_in_words(Interval(low=low, best=best, high=high)) == words


def test_what_is_to_be_known_before_it_is_repeated() -> None:
    assert sentences.findings_in_words(depot()) == (
        "5 of 6 mentions that assert it go back to Inspectorate (statement).",
        "Aldemar One gives no source: independence not established.",
        "Denied by Foreign ministry (2 times).",
        "Doubted by Pieter Lamm.",
        "Would not say: the embassy.",
    )


def test_how_far_it_went() -> None:
    assert sentences.extent_in_words(depot()) == (
        "10 articles",
        "8 outlets",
        "first 24 Feb 2031 13:40, Continental Wire Service",
    )
    undated = trace([mention("m1", "Herald", 0, undated=True)], [origin("o1", "Inspectorate")])
    assert sentences.extent_in_words(undated) == ("1 article", "1 outlet")


def test_what_became_of_it() -> None:
    given = replace(
        depot(),
        circular=True,
        withdrawn_by=("Inspectorate",),
        downstream=("m1", "m2"),
        recycled=Recycled(old_document="doc-m1", new_documents=("doc-m10",)),
    )
    told = sentences.findings_in_words(given)
    assert "What looks like a second source leads back to the first." in told
    assert "Withdrawn by Inspectorate; 2 mentions rest on what was withdrawn." in told
    assert "An old report published again as new: Dispatch, 4 May 2031." in told


def test_several_releases_of_one_source_are_counted() -> None:
    origins = [origin("o1", "Police"), origin("o2", "Police"), origin("o3", "Police", channel=Channel.INTERVIEW)]
    assert sentences.channels_in_words(origins) == "2 statements, interview"
    assert sentences.channel_in_words(origin("o1", "The 2031 report", kind="document")) == "document"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "A", "B", "C"], "A, B and C"),
        (list("ABCDE"), "A, B and 3 more"),
    ],
)
def test_names_are_listed(names: str, words: str) -> None:
    assert sentences.listed(names) == words


@pytest.mark.parametrize(
    ("step", "credited"),
    [
        ("credits Continental Wire Service", True),
        ("attributed to the inspectorate", True),
        ("Issen Hydro says so itself", True),
        ("Issen Hydro says so in its own words", True),
        ("puts it much as an earlier article does: Herald", False),
        ("shares its text with an earlier article: Herald", False),
        ("lineage not recorded", False),
    ],
)
def test_credits_are_told_from_what_is_inferred(step: str, credited: bool) -> None:
    assert sentences.is_credited(Step(step=step)) is credited


def test_a_link_is_never_told_to_be_certain_when_it_is_not() -> None:
    assert sentences.step_in_words(Step(step="credits Herald", probability=0.999)) == "credits Herald (0.99)"
    assert sentences.step_in_words(Step(step="credits Herald")) == "credits Herald"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (11, None, "at least 11 km"),
        (None, 40, "up to 40 km"),
        (8, 8, "8 km"),
        (9, 11.5, "9 to 11.5 km"),
        (None, None, "not given"),
    ],
)
def test_figures(low: float | None, high: float | None, words: str) -> None:
    figure = Figure(version="v", document="d", low=low, high=high, as_of=None)
    assert sentences.figure_in_words(figure, "km") == words


def test_words_are_quoted_once() -> None:
    assert sentences.quoted(mention("m", "Herald", 0, words='"Eleven are dead,"')) == "“Eleven are dead,”"
    assert sentences.quoted(mention("m", "Herald", 0, words="“ ”")) == ""
    assert len(sentences.quoted(mention("m", "Herald", 0, words="x" * 10_000))) < 250


def test_a_mention_in_one_line() -> None:
    given = mention("m", "Herald", 0, stance=Stance.DENIES, step=Step(step="credits CWS", probability=0.9))
    assert sentences.mention_in_words(given) == "Herald, 24 Feb 2031 13:40: denies, the inspectorate; credits CWS (0.9)"


def test_midnight_says_no_hour() -> None:
    assert sentences.time_in_words(datetime(2031, 3, 6, tzinfo=UTC)) == "6 Mar 2031"


def test_no_sentence_judges() -> None:
    told = " ".join(sentences.findings_in_words(replace(depot(), circular=True, withdrawn_by=("x",)))).casefold()
    assert not {"true", "false", "fake", "confirmed", "wrong"} & set(told.replace(".", " ").split())
