from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.clean.classifier import line_classifier
from sourceline.clean.lines import split_lines
from sourceline.clean.regions import find_regions
from sourceline.model.text import RegionKind

SEED = Path(os.environ.get("SOURCELINE_SEED", "../shared/seed")) / "article.txt"

BODY = (
    "Crane operators at the country's second-busiest port voted by a wide margin to stay out for a fortnight.",
    "“Nobody in this town wants a summer without wages,” said Delroy Manniche, who chairs the strike committee.",
    "Port managers insisted that the disputed lifting gear had passed three inspections since March.",
    "The ministry declined to comment.",
    "“We will see,” he said.",
    "Talks are due to resume on Thursday at a neutral venue, according to two people who were in the room.",
    "The harbour handled 4.1 million containers last year, a tenth of them for the chemical works upriver.",
)
FURNITURE = (
    "More on harbours",
    "Follow us on Facebook",
    "Sign up for our free newsletter",
    "Advertisement",
    "Share this story",
    "Most read",
    "Minister's cousin wins textbook contract",
    "Ten bridges you should cross before you turn forty",
    "© 2031 The Beacon. All rights reserved.",
    "Home",
    "Subscribe",
    "We use cookies to improve your experience on our site.",
    "Read more",
    "Privacy Policy | Terms of Service",
    "12 comments",
    "Related articles",
)


def kinds(*lines: str) -> list[str]:
    """The kind of each line; of a body line with a dateline, that of its body."""
    text = "\n".join(lines)
    regions = find_regions(text)
    ends = {region.end: region.kind.value for region in regions}
    position, found = 0, []
    for line in lines:
        position += len(line)
        found.append(ends[position])
        position += 1
    return found


def test_a_plain_article_is_all_body() -> None:
    assert set(kinds(*BODY)) == {"body"}


def test_a_short_line_without_a_full_stop_in_front_of_a_body_is_its_title() -> None:
    assert kinds("Dockers at Kellmouth vote to extend walkout", *BODY)[:2] == ["title", "body"]


def test_bylines_credits_and_prompts_are_known_by_their_words() -> None:
    assert kinds(
        "Dockers at Kellmouth vote to extend walkout",
        "By Rosalind Achterberg",
        *BODY,
        "Petra Lindgren-Ochoa covers disarmament for The Beacon.",
        "This article was first published in The Ombrey Courier and is republished with permission.",
        "Sign up for our free newsletter",
    ) == ["title", "byline", *["body"] * len(BODY), "byline", "credit", "boilerplate"]


def test_a_dateline_is_a_region_of_its_own() -> None:
    text = "TESSEL, Halvenia, Feb 11 (Corran Wire) - " + BODY[0]
    first, second = find_regions(text)
    assert (first.kind, text[first.start : first.end]) == (
        RegionKind.DATELINE,
        "TESSEL, Halvenia, Feb 11 (Corran Wire) -",
    )
    assert (second.kind, text[second.start : second.end]) == (RegionKind.BODY, BODY[0])


def test_headlines_of_other_articles_after_the_body_are_boilerplate() -> None:
    listed = (
        "Related articles",
        "Minister's cousin wins textbook contract",
        "Shares slide as crown hits five-year low",
        "Mayor's missing goat found in rival's garden, lawyer claims",
        "'I just wanted my bicycle back,' says man at centre of row",
    )
    assert kinds(*BODY, *listed)[len(BODY) :] == ["boilerplate"] * len(listed)


@given(
    st.lists(st.sampled_from(FURNITURE), max_size=12),
    st.lists(st.sampled_from(BODY), min_size=1, max_size=7),
    st.lists(st.sampled_from(FURNITURE), max_size=12),
)
@settings(deadline=None, max_examples=150)
def test_furniture_around_a_body_changes_none_of_its_lines(
    before: list[str], body: list[str], after: list[str]
) -> None:
    alone = kinds(*body)
    assert kinds(*before, *body, *after)[len(before) : len(before) + len(body)] == alone


@given(
    st.lists(st.sampled_from(BODY), min_size=2, max_size=7), st.lists(st.sampled_from(FURNITURE), max_size=3), st.data()
)
@settings(deadline=None, max_examples=100)
def test_a_little_furniture_inside_a_body_changes_none_of_its_lines(
    body: list[str], between: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(body) - 1))
    found = kinds(*body[:place], *between, *body[place:])
    assert found[:place] + found[place + len(between) :] == kinds(*body)


@given(st.text(alphabet=st.sampled_from(" \n\r\tabcA.,“”—-0123@:|©\u2028\x85\x1c"), max_size=200))
@settings(deadline=None)
def test_regions_stand_in_order_apart_and_cover_all_words(text: str) -> None:
    regions = find_regions(text)
    last = 0
    for region in regions:
        assert last <= region.start < region.end <= len(text)
        assert not text[last : region.start].strip()
        last = region.end
    assert not text[last:].strip()


@given(st.lists(st.sampled_from(BODY + FURNITURE), max_size=20))
@settings(deadline=None, max_examples=50)
def test_twice_read_is_the_same(lines: list[str]) -> None:
    text = "\r\n\r\n".join(lines)
    assert find_regions(text) == find_regions(text)


def test_ten_megabytes_of_one_line_are_one_region() -> None:
    started = time.process_time()
    assert len(find_regions("He said so, and " * 650_000)) == 1
    assert time.process_time() - started < 5


def test_the_time_for_a_long_page_grows_with_its_length_only() -> None:
    page = [*BODY, *(f"Minister number {number} wins a contract" for number in range(300))]

    def taken(times: int) -> float:
        started = time.process_time()
        find_regions("\n".join(page * times + list(FURNITURE) * 20 * times))
        return time.process_time() - started

    taken(1)
    assert taken(40) < 40 * max(taken(4), 0.02)  # a square would take a hundred times as long


def test_every_line_of_a_text_gets_one_kind() -> None:
    texts = [line.text for line in split_lines("\n".join(BODY + FURNITURE))]
    assert len(line_classifier().classify(texts)) == len(texts)


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the clone only where the shared data do")
def test_the_furniture_of_the_seed_article() -> None:
    text = SEED.read_text("utf-8")
    found = {text[region.start : region.end]: region.kind.value for region in find_regions(text)}
    lines = [line for line in text.splitlines() if line.strip()]
    end = next(place for place, line in enumerate(lines) if line.endswith("is a Reporter for"))
    assert found[lines[end]] == "byline"
    assert found[lines[end + 1]] == "boilerplate"
    assert found[lines[end + 2]] == "credit"
    assert {found[line] for line in lines[end + 3 :]} == {"boilerplate"}
    inside = [line for line in lines[:end] if found[line] != "body"]
    assert [found[line] for line in inside] == ["boilerplate"]
    assert len(inside[0]) < 25
