"""Who is behind a source span: each test is a sentence, its names, and what must be said of its speaker."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.source import SourceKind
from sourceline.resolve.found_source import FoundSource
from sourceline.resolve.sources import Resolved, resolve_sources
from tests.resolve.reference import Stated, refer


def resolve(text: str, entities: Stated, *phrases: str) -> Resolved:
    """The phrases are source spans, each searched from where the one before ended."""
    spans, at = [], 0
    for phrase in phrases:
        start = text.index(phrase, at)
        at = start + len(phrase)
        spans.append([(start, at)])
    return resolve_sources(text, spans, entities)


def speaker(text: str, names: str, phrase: str, *chains: list[str]) -> FoundSource | None:
    resolved = resolve(text, refer(text, names, *chains), phrase)
    return None if resolved.speakers[0] is None else resolved.sources[resolved.speakers[0]]


def told(text: str, names: str, phrase: str, *chains: list[str]) -> FoundSource:
    source = speaker(text, names, phrase, *chains)
    assert source is not None
    return source


@pytest.mark.parametrize(
    ("text", "names", "phrase", "name", "kind", "role", "affiliation"),
    [
        ("Ana Ruiz, the trade minister, said so.", "P Ana Ruiz", "Ana Ruiz, the trade minister", "Ana Ruiz", "person",
         "trade minister", None),
        ("Kelsey Rowe, director of policy for the Arms Board, said so.", "P Kelsey Rowe; O Arms Board",
         "Kelsey Rowe, director of policy for the Arms Board", "Kelsey Rowe", "person", "director of policy",
         "Arms Board"),
        ("military analyst Reid Kirk wrote so.", "P Reid Kirk", "military analyst Reid Kirk", "Reid Kirk", "person",
         "military analyst", None),
        ("Harbour Ministry spokesman Ivo Brandt said so.", "O Harbour Ministry; P Ivo Brandt",
         "Harbour Ministry spokesman Ivo Brandt", "Ivo Brandt", "person", "spokesman", "Harbour Ministry"),
        ("Democratic presidential nominee Ana Ruiz said so.", "P Ana Ruiz", "Democratic presidential nominee Ana Ruiz",
         "Ana Ruiz", "person", "presidential nominee", "Democratic"),
        ("Marrow's foreign minister, Danica Brule, said so.", "L Marrow; P Danica Brule",
         "Marrow's foreign minister, Danica Brule", "Danica Brule", "person", "foreign minister", "Marrow"),
        ("Mrs. Okafor said so.", "P Okafor", "Mrs. Okafor", "Okafor", "person", None, None),
        ("Sen. Ben Okafor said so.", "P Ben Okafor", "Sen. Ben Okafor", "Ben Okafor", "person", "Sen.", None),
        ("The Arms Board said so.", "O Arms Board", "The Arms Board", "Arms Board", "organisation", None, None),
        ("The Harbour Ministry said so.", "O Harbour Ministry", "The Harbour Ministry", "Harbour Ministry",
         "government", None, None),
        ("The Corran Times said so.", "O Corran Times", "The Corran Times", "Corran Times", "media", None, None),
        ("Pyongyang denied it.", "L Pyongyang", "Pyongyang", "Pyongyang", "government", None, None),
    ],
)  # fmt: skip
def test_a_name_with_what_stands_beside_it(
    text: str, names: str, phrase: str, name: str, kind: str, role: str | None, affiliation: str | None
) -> None:
    source = told(text, names, phrase)
    assert (source.name, source.named, source.kind.value) == (name, True, kind)
    assert (source.role, source.affiliation) == (role, affiliation)


@pytest.mark.parametrize(
    ("text", "names", "phrase", "name", "kind"),
    [
        ("Experts say so.", "", "Experts", "Experts", "group"),
        ("according to a new report", "", "a new report", "new report", "document"),
        ("A study published in May found so.", "", "A study published in May", "study published in May", "document"),
        ("Two officials said so.", "", "Two officials", "Two officials", "anonymous"),
        ("An aide to the minister said so.", "", "An aide to the minister", "aide to the minister", "anonymous"),
        ("Pyongyang officials deny it.", "L Pyongyang", "Pyongyang officials", "Pyongyang officials", "government"),
        ("U.S. military officials have not commented.", "L U.S.", "U.S. military officials", "U.S. military officials",
         "government"),
        ("State media said so.", "", "State media", "State media", "media"),
        ("the foreign minister said so.", "", "the foreign minister", "foreign minister", "person"),
        ("the company said so.", "", "the company", "company", "organisation"),
        ("Police said so.", "", "Police", "Police", "government"),
        ("Many said so.", "", "Many", "Many", "group"),
        ("42 percent of voters said so.", "", "42 percent of voters", "42 percent of voters", "group"),
    ],
)  # fmt: skip
def test_whom_the_document_does_not_name_stays_unnamed(
    text: str, names: str, phrase: str, name: str, kind: str
) -> None:
    source = told(text, names, phrase) if names else told(text, "P \u2020", phrase)
    assert (source.name, source.named, source.kind.value) == (name, False, kind)


def test_a_pronoun_is_whom_it_stands_for_with_the_fullest_name() -> None:
    text = "Ana Ruiz, the trade minister, rose. Ruiz smiled. She said it would end."
    source = told(text, "P Ana Ruiz; P Ruiz", "She", ["Ana Ruiz", "Ruiz", "She"])
    assert (source.name, source.role) == ("Ana Ruiz", "trade minister")
    assert len(source.mentions) == 3


def test_a_pronoun_of_nobody_is_nobody() -> None:
    assert speaker("He said it would end.", "P \u2020", "He") is None


def test_a_pronoun_of_somebody_unnamed_is_that_description() -> None:
    source = told("A senior official left. He said so.", "P \u2020", "He", ["A senior official", "He"])
    assert (source.name, source.named, source.kind) == ("senior official", False, SourceKind.ANONYMOUS)


def test_who_goes_on_about_what_stands_before_it() -> None:
    assert told("Ana Ruiz, who said so, left.", "P Ana Ruiz", "who").name == "Ana Ruiz"
    assert told("It was the harbour master who said so.", "P \u2020", "who").name == "harbour master"


def test_people_side_by_side_are_a_group_with_members() -> None:
    text = "Ana Ruiz and Ben Okafor said so."
    resolved = resolve(text, refer(text, "P Ana Ruiz; P Ben Okafor"), "Ana Ruiz and Ben Okafor")
    group = resolved.sources[resolved.speakers[0] or 0]
    assert group.kind is SourceKind.GROUP
    assert [resolved.sources[m].name for m in group.members] == ["Ana Ruiz", "Ben Okafor"]


def test_the_two_men_are_those_last_named_side_by_side() -> None:
    text = "Ivo Brandt and Ben Okafor met. The two men said so."
    resolved = resolve(text, refer(text, "P Ivo Brandt; P Ben Okafor"), "The two men")
    group = resolved.sources[resolved.speakers[0] or 0]
    assert [resolved.sources[m].name for m in group.members] == ["Ivo Brandt", "Ben Okafor"]


def test_an_office_and_its_spokesperson_are_two_sources_linked() -> None:
    text = "A spokesman for the Harbour Ministry said so."
    resolved = resolve(text, refer(text, "O Harbour Ministry"), "A spokesman for the Harbour Ministry")
    spokesman = resolved.sources[resolved.speakers[0] or 0]
    assert (spokesman.kind, spokesman.role, spokesman.affiliation) == (
        SourceKind.ANONYMOUS, "spokesman", "Harbour Ministry",
    )  # fmt: skip
    assert spokesman.office_of is not None
    assert resolved.sources[spokesman.office_of].name == "Harbour Ministry"


def test_unnamed_people_are_not_merged_and_counted_where_the_text_counts() -> None:
    text = "Two officials said so. An official said no. An official said yes."
    resolved = resolve(text, refer(text, "P \u2020"), "Two officials", "An official", "An official")
    assert len(set(resolved.speakers)) == 3
    assert resolved.sources[resolved.speakers[0] or 0].count == 2


def test_the_stated_reason_for_anonymity() -> None:
    text = "An aide, who spoke on condition of anonymity because she was not authorized to speak, said so. It rained."
    source = told(text, "P \u2020", "An aide")
    assert source.reason is not None
    assert text[slice(*source.reason)] == "because she was not authorized to speak"


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=6))
def test_any_text_and_any_spans_give_sources_whose_mentions_lie_in_the_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    ranges = [[(min(a, len(text)), min(a + n, len(text)))] for a, n in spans]
    resolved = resolve_sources(text, ranges, Stated((), ()))
    assert len(resolved.speakers) == len(ranges)
    for source in resolved.sources:
        assert source.name
        assert all(0 <= a < b <= len(text) for a, b in source.mentions)


@pytest.mark.parametrize(
    ("text", "names", "phrase", "name"),
    [
        ("The Sembe Basin Authority met. On Friday the authority said so.", "O Sembe Basin Authority", "the authority",
         "Sembe Basin Authority"),
        ("The Port Lirra Examiner has it. An editor left. The newspaper said so.", "O Port Lirra Examiner",
         "The newspaper", "Port Lirra Examiner"),
        ("Sen. Petra Volk rose. The room was full. The senator said so.", "P Petra Volk", "The senator", "Petra Volk"),
        ("The Basin Authority and the Port Authority met. The authority said so.",
         "O Basin Authority; O Port Authority", "The authority", "authority"),
        ("Ana Ruiz rose. The senator said so.", "P Ana Ruiz", "The senator", "senator"),
    ],
)  # fmt: skip
def test_a_definite_noun_tells_of_the_one_it_fits(text: str, names: str, phrase: str, name: str) -> None:
    assert told(text, names, phrase).name == name


def test_a_pronoun_that_is_not_sure_is_whoever_spoke_last_or_nobody() -> None:
    text = "Ana Ruiz said one. Ina Berg smiled. She said two."
    last = replace(refer(text, "P Ana Ruiz; P Ina Berg", ["Ana Ruiz", "She"]), certainty=0.3)
    other = replace(refer(text, "P Ana Ruiz; P Ina Berg", ["Ina Berg", "She"]), certainty=0.3)
    assert resolve(text, last, "Ana Ruiz", "She").speakers == (0, 0)
    assert resolve(text, other, "Ana Ruiz", "She").speakers == (0, None)


def test_a_body_named_behind_its_description_and_one_that_only_capitals_show() -> None:
    source = told("The operator, Northline Ferries, said so.", "O Northline Ferries", "The operator, Northline Ferries")
    assert (source.name, source.named, source.kind) == ("Northline Ferries", True, SourceKind.ORGANISATION)
    source = told("On Friday the Bakers’ Guild said so.", "P \u2020", "the Bakers’ Guild")
    assert (source.name, source.named, source.kind) == ("Bakers’ Guild", True, SourceKind.ORGANISATION)
