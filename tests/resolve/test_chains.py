"""Carriers: marked sentences (`<s>` source, `<q>` cue, `<c>` content), the words of the chain beside."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.mention import EntityKind, EntityMention, MentionForm
from sourceline.model.speech import Act
from sourceline.resolve.chains import find_chains
from sourceline.resolve.sayings import Range

KNOWN = {"Corran Wire", "NBV", "Fax", "Chirper", "Corran Wire News"}
_TAG = re.compile(r"<(/?)([sqc])(\d?)>")
_ROLES = {"s": "source", "q": "cue", "c": "content"}


@dataclass
class Marked:
    source: list[Range] = field(default_factory=list)
    cue: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    act: Act = Act.STATE


def is_media(name: str) -> bool:
    return name in KNOWN


def read(marked: str) -> tuple[str, list[Marked]]:
    """The text without its tags, and the sayings in the order of their cues; a digit tells several apart."""
    sayings: dict[str, Marked] = {}
    text, opened, read_to = "", 0, 0
    for tag in _TAG.finditer(marked):
        text += marked[read_to : tag.start()]
        read_to = tag.end()
        if not tag[1]:
            opened = len(text)
            continue
        saying = sayings.setdefault(tag[3], Marked())
        getattr(saying, _ROLES[tag[2]]).append((opened, len(text)))
    return text + marked[read_to:], sorted(sayings.values(), key=lambda saying: saying.cue)


def vias(marked: str, names: list[EntityMention] | None = None) -> list[list[str]]:
    text, sayings = read(marked)
    chains = find_chains(text, sayings, is_media=is_media, names=names or [])
    return [[text[start:end] for start, end in chain.via] for chain in chains]


@pytest.mark.parametrize(
    ("marked", "via"),
    [
        # whom the speaker told
        ("<c>“They came on foot,”</c> <s>Ana Ruiz</s> <q>told</q> the Harbor Ledger.", ["Harbor Ledger"]),
        ("<s>Ana Ruiz</s> <q>told</q> Corran Wire <c>that talks would resume</c>.", ["Corran Wire"]),
        ("<s>Ana Ruiz</s> <q>told</q> NBV’s Ivo Brand <c>that talks would resume</c>.", ["NBV"]),
        ("<s>Ana Ruiz</s> <q>told</q> Ivo Brand of NBV <c>that talks would resume</c>.", ["NBV"]),
        ("<c>“No,”</c> <s>the clerk</s> <q>told</q> the Bell.", ["Bell"]),
        ("<s>The mayor</s> <q>told</q> state radio <c>that the dam would hold</c>.", ["state radio"]),
        ("<c>“No,”</c> <s>she</s> <q>said</q> in an interview with The Post.", ["Post"]),
        ("<c>“No,”</c> <s>she</s> <q>said</q> in an NBV interview on Monday.", ["NBV"]),
        ("<s>Ruiz</s> was critical of the plan, <q>telling</q> Fax Sports: <c>“It is dead.”</c>", ["Fax Sports"]),
        # where it was written or shown
        (
            "<c>“No,”</c> <s>Ivo Brand</s> <q>wrote</q> in the Quarterly Review of Rivers.",
            ["Quarterly Review of Rivers"],
        ),
        ("<s>President Ruiz</s> <q>said</q> in a tweet on Wednesday <c>that talks would resume</c>.", ["tweet"]),
        (
            "In a late-evening statement, <s>the ministry</s> <q>said</q> <c>no unit had moved</c>.",
            ["late-evening statement"],
        ),
        ("<s>Ruiz</s> <q>released a statement saying</q> <c>she would stay</c>.", ["statement"]),
        ("<s>Ruiz</s> <q>said</q> on Chirper <c>that talks would resume</c>.", ["Chirper"]),
        ("<s>He</s> <q>wrote</q> on his blog <c>that talks would resume</c>.", ["blog"]),
        ("<c>“No,”</c> <s>she</s> <q>said</q> on NBV’s “Morning Table.”", ["NBV’s “Morning Table"]),
        (
            "Sunday on NBV’s State of the Nation, <s>Ruiz</s> <q>said</q> <c>she would stay</c>.",
            ["NBV’s State of the Nation"],
        ),
        ("<c>“No,”</c> <s>Ruiz</s> <q>said</q> in one of a series of messages.", ["messages"]),
        # what shows the saying
        (
            "<c>The dam was cracked</c>, <q>according to</q> <s>a letter seen by the Harbor Ledger</s>.",
            ["Harbor Ledger"],
        ),
        ("<s>Ruiz</s> <q>said</q> <c>she would go</c>, as first reported by the Harbor Ledger.", ["Harbor Ledger"]),
        ("<s>Ruiz</s> <q>said</q> <c>she would go</c>, according to a transcript.", ["transcript"]),
        ("<s>Ruiz</s> <q>wrote</q> in an email to Corran Wire <c>that she would go</c>.", ["Corran Wire", "email"]),
    ],
)
def test_a_carrier_is_what_the_words_came_through(marked: str, via: list[str]) -> None:
    assert vias(marked) == [via]


@pytest.mark.parametrize(
    "marked",
    [
        "<s>Ruiz</s> <q>told</q> reporters <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>told</q> lawmakers on Monday <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>told</q> the Senate <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>told</q> a rally in Tarsk <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>said</q> in a speech <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>said</q> at a news conference <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>told</q> this newspaper <c>that talks would resume</c>.",
        "<s>A reporter for Corran Wire</s> <q>said</q> <c>that talks would resume</c>.",
        "<s>Ruiz</s> <q>commented on</q> the letter: <c>“No.”</c>",
        "<s>Ruiz</s> <q>said</q> <c>she had written it in a letter to the Harbor Ledger</c>.",
        "Yesterday’s letter was long. <s>Ruiz</s> <q>said</q> <c>that talks would resume</c>.",
    ],
)
def test_audience_occasion_and_content_are_none(marked: str) -> None:
    assert vias(marked) == [[]]


def test_a_person_who_is_told_is_an_audience_where_the_tagger_says_so() -> None:
    marked = "<s>Ruiz</s> <q>told</q> the Mercury <c>that talks would resume</c>."
    person = EntityMention(start=14, end=21, form=MentionForm.NAME, kind=EntityKind.PERSON, certainty=0.9)
    assert vias(marked) == [["Mercury"]]
    assert vias(marked, [person]) == [[]]


def test_a_carrier_belongs_to_the_speaker_whose_cue_is_next_to_it() -> None:
    marked = (
        "<s1>Ruiz</s1> <q1>denied</q1> <c1>the charge</c1>, but <s2>Ivo Brand</s2> <q2>said</q2> in a letter "
        "<c2>that it stood</c2>."
    )
    assert vias(marked) == [[], ["letter"]]


def test_a_fronted_carrier_serves_all_that_one_speaker_says_in_the_sentence() -> None:
    marked = (
        "In a statement, <s1>the ministry</s1> <q1>said</q1> <c1>no unit had moved</c1> and "
        "<q2>called</q2> <c2>the report a fairy tale</c2>."
    )
    assert vias(marked) == [["statement"], ["statement"]]


def test_what_is_written_on_goes_the_same_way() -> None:
    first = "<s1>President Ruiz</s1> <q1>said</q1> in a tweet <c1>that talks would resume</c1>.\n\n"
    assert vias(first + "<c2>“At last!”</c2> <s2>Ruiz</s2> <q2>wrote</q2>.") == [["tweet"], ["tweet"]]
    assert vias(first + "<c2>“At last!”</c2> <s2>Ruiz</s2> <q2>said</q2>.") == [["tweet"], []]
    assert vias(first + "<c2>“At last!”</c2> <s2>Brand</s2> <q2>wrote</q2>.") == [["tweet"], []]
    assert vias(first + "It rained.\n\nIt snowed.\n\n<c2>“Oh!”</c2> <s2>Ruiz</s2> <q2>wrote</q2>.") == [["tweet"], []]


def test_what_was_told_to_an_outlet_does_not_carry_over() -> None:
    marked = "<c1>“No,”</c1> <s1>Ruiz</s1> <q1>told</q1> NBV. <c2>“Never,”</c2> <s2>Ruiz</s2> <q2>said</q2>."
    assert vias(marked) == [["NBV"], []]


def test_the_caller_knows_better_who_is_the_same() -> None:
    text, sayings = read(
        "<s1>Ana Ruiz</s1> <q1>said</q1> in a post <c1>that it rained</c1>. <c2>“Oh!”</c2> <s2>she</s2> <q2>wrote</q2>."
    )
    alone = find_chains(text, sayings, is_media=is_media)
    known = find_chains(text, sayings, is_media=is_media, speakers=["s1", "s1"])
    assert [len(chain.via) for chain in alone] == [1, 0]
    assert [len(chain.via) for chain in known] == [1, 1]


def test_a_sentence_of_a_hundred_thousand_characters_takes_time_in_proportion() -> None:
    def seconds(size: int) -> float:
        unit = "Ana said in a tweet to NBV, “Well,” that "
        text = (unit * (size // len(unit) + 1))[:size]
        sayings = [
            Marked([(at, at + 3)], [(at + 4, at + 8)], [(at + 25, at + 38)])
            for at in range(0, size - len(unit), len(unit))
        ]
        started = time.perf_counter()
        find_chains(text, sayings, is_media=is_media)
        return time.perf_counter() - started

    seconds(2_000)
    assert seconds(100_000) < 40 * seconds(10_000) + 1  # ten times the text; a square would be a hundred


_PIECES = st.sampled_from(
    [
        "told ",
        "The ",
        "NBV",
        "’s ",
        "“",
        "”",
        "in a ",
        "letter",
        " said",
        ", ",
        ". ",
        "\n",
        "citing ",
        "of the ",
        "Ana ",
        "'",
        "\x00",
        "é",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=4), max_size=40), st.data())
def test_any_text_and_any_ranges_give_spans_of_the_text(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: (min(p), max(p)))
    ranges = st.lists(place, max_size=3)
    sayings = [Marked(data.draw(ranges), data.draw(ranges), data.draw(ranges)) for _ in range(3)]
    chains = find_chains(text, sayings, is_media=is_media)
    assert len(chains) == 3
    for chain in chains:
        for start, end in chain.via:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert len(set(chain.via)) == len(chain.via)
