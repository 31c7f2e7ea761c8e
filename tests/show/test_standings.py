"""What each source does: counted from the attributions, told apart from what others do for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sourceline.model.reading import Reading
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.speech import Act
from sourceline.show.standings import Standing, Standings, lineage_sentence, naming, other_words
from tests.resolved import resolved, with_speakers
from tests.samples import reading_of


def standing(name: str, reading: Reading | None = None) -> Standing:
    return next(s for s in Standings(reading or resolved()).ordered() if s.source.name == name)


def facts(name: str) -> dict[str, object]:
    standings = Standings(resolved())
    return {
        fact.label: fact.numbers or [other.source.name for other, _ in fact.sources] or fact.words
        for fact in standings.facts(standing(name))
    }


def test_speaks_by_act_and_number() -> None:
    envoy = standing("Marit Osei-Lund")
    assert envoy.speaks == (1, 2, 11)
    assert envoy.acts == ((Act.STATE, 1), (Act.WARN, 1), (Act.DEMAND, 1))


def test_who_speaks_most_comes_first_and_then_the_order_of_the_text() -> None:
    names = [s.source.name for s in Standings(resolved()).ordered()]
    assert names[:3] == ["Marit Osei-Lund", "Radek Vohl", "Two officials close to the talks"]
    assert names[-5:] == ["Harbor Ledger", "statement", "Aldemar Freight", "Imre Kass", "Continental Wire Service"]


def test_facts_beside_what_it_speaks() -> None:
    assert facts("Radek Vohl") == {"jointly in": (10,), "via": ["Harbor Ledger", "statement"]}
    assert facts("Harbor Ledger") == {"carries": (3,)}
    assert facts("Imre Kass") == {"credited in": (7,)}
    assert facts("Dace Ilves") == {"speaks for": ["Aldemar Freight"]}
    assert facts("Aldemar Freight") == {"spoken for by": ["Dace Ilves"]}
    assert facts("Marit Osei-Lund and Radek Vohl") == {"members:": ["Marit Osei-Lund", "Radek Vohl"]}
    assert facts("Two officials close to the talks") == {
        "name withheld": "because they were not authorised to discuss the visit"
    }
    assert facts("Continental Wire Service") == {"the article is credited to it": ""}


def test_who_cannot_be_told_and_ids_of_nobody_are_told_apart_from_sources() -> None:
    assert Standings(resolved()).untold == (8,)
    astray = with_speakers(reading_of("<s 1>He</s> <q 1>said</q> <c 1>no</c>."), {1: "s9"}, via={1: ("s8",)})
    standings = Standings(astray)
    assert (len(standings), standings.untold, standings.of("s9"), standings.those(("s8",))) == (0, (1,), None, [])


@pytest.mark.parametrize(
    ("words", "name", "other"),
    [
        ("She", "Marit Osei-Lund", "She"),
        ("The former envoy", "Radek Vohl", "The former envoy"),
        ("Mr Vohl", "Radek Vohl", "Mr Vohl"),
        ("Vohl", "Radek Vohl", ""),
        ("the foreign minister, Radek Vohl,", "Radek Vohl", ""),
        ("The Harbor Ledger", "Harbor Ledger", ""),
        ("the ministry", "The Ministry", ""),
        ("", "Radek Vohl", ""),
    ],
)
def test_words_are_other_words_where_they_are_not_the_name(words: str, name: str, other: str) -> None:
    source = Source(id="s1", name=name, named=True, kind=SourceKind.PERSON)
    (attribution,) = reading_of(f"<s 1>{words}</s> <q 1>said</q> <c 1>no</c>.").attributions
    assert other_words(attribution, source) == other


def test_naming_says_how_many_where_the_document_does() -> None:
    source = Source(id="s1", name="officials", named=False, kind=SourceKind.ANONYMOUS)
    assert [naming(replace(source, count=count)) for count in (None, 1, 2)] == [
        "unnamed",
        "unnamed, 1 person",
        "unnamed, 2 people",
    ]
    assert naming(replace(source, count=10**5000)) == "unnamed, about 10^5000 people"


def test_lineage_in_a_sentence() -> None:
    def sentence(reading: Reading) -> str:
        return lineage_sentence(reading, Standings(reading))

    reading = resolved()
    assert sentence(reading) == "Credited to Continental Wire Service."
    second = Source(id="s14", name="Tarn Telegraph", named=True, kind=SourceKind.MEDIA)
    assert (
        sentence(replace(reading, sources=(*reading.sources, second)))
        == "Credited to Continental Wire Service and Tarn Telegraph."
    )
    assert sentence(replace(reading, sources=())) == "Credited to another outlet."
    assert sentence(replace(reading, lineage=Lineage.OWN)) == "Gathered by the outlet itself, as the article shows."
    assert sentence(reading_of("Text.")) == "Where its words come from is not recorded."


def test_what_a_large_group_speaks_is_not_repeated_for_each_member() -> None:
    numbers = range(1, 101)
    reading = reading_of(" ".join(f"<s {n}>They</s> <q {n}>said</q> <c {n}>no</c>." for n in numbers))
    members = tuple(Source(id=f"m{n}", name=f"M{n}", named=True, kind=SourceKind.PERSON) for n in numbers)
    group = Source(id="g", name="all", named=True, kind=SourceKind.GROUP, members=tuple(m.id for m in members))
    standings = Standings(replace(with_speakers(reading, dict.fromkeys(numbers, "g")), sources=(*members, group)))
    assert all(len(f.numbers) < 30 for s in standings.ordered() if s.groups for f in standings.facts(s))
