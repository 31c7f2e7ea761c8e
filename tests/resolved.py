"""A reading made by hand in which everything is told that can be: sources of every kind, chains, lineage and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sourceline.model.reading import Reading
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.text import Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity
from tests.samples import reading_of

MARKED = """\
<r title>Envoy says depot gates will open, but nobody says when</r>
<r byline>By Ines Calder, in Port Sarrow</r>

<r dateline>PORT SARROW, 9 March (Continental Wire Service) —</r> <r body><o>Inspectors were turned back from the \
Tolvin depot on 19 February.</o> <s 1 2>Marit Osei-Lund, the inspectorate’s director-general,</s> <q 1 state>said</q> \
<c 1>her team had seen “three of the four declared sites”</c> and <q 2 demand>urged</q> <c 2>Karsova to open the last \
one by Friday</c>.

<c 3>“Nobody was turned away,”</c> <s 3>the foreign minister, Radek Vohl,</s> <q 3 deny>told the Harbor Ledger in a \
statement</q>. <c 3>“The road was under water, and water does not take orders from me.”</c> <s 4>The former envoy</s> \
<q 4 intend>promised</q> <c 4>that the gates would open later this month</c>.

<s 5>Two officials close to the talks</s> <q 5 warn>warned</q> <c 5>that at least 11 containers had left the depot \
since last month</c>. They spoke on condition of anonymity because they were not authorised to discuss the visit. \
<s 6>Dace Ilves, a spokeswoman for Aldemar Freight,</s> <q 6 decline>would not say</q> <c 6>who had ordered the \
lorries</c>.

<s 7>Karsova’s state news agency</s> <q 7 state>reported</q> <c 7>that President Imre Kass had decided to wait</c>. \
<c 8>“Some day it will rain less,”</c> <s 8>he</s> <q 8 state>added</q>. <s 9>A satellite survey by Tarn \
University</s> <q 9 find>found</q> <c 9>that about 40 per cent of the yard, some 12 km², lay empty</c>.

<s 10>Both</s> <q 10 intend>agreed</q> <c 10>to meet again in Merrow before 20 March</c>. <s 11>She</s> \
<q 11 warn>warned</q> <c 11>that Sarrow would not wait for ever</c>. <s 12>Residents</s> <q 12 believe>believe</q> \
<c 12>that dozens of lorries pass at night</c>.</r>
<r boilerplate>More on the depot
Ferry fares to rise again, operator says</r>
"""


def resolved() -> Reading:
    """An article of 12 attributions by 9 speakers, one of whom nobody can tell, with carriers and credits."""
    reading = reading_of(
        MARKED,
        title="Envoy says depot gates will open, but nobody says when",
        byline="Ines Calder",
        outlet="The Sarrow Standard",
        published="2031-03-09T14:30:00+00:00",
        url="https://standard.example/depot-gates",
    )
    text = reading.document.text

    def at(words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return Span.of(text, start, start + len(words))

    def source(id: str, name: str, kind: SourceKind, words: str, *, named: bool = True, **rest: Any) -> Source:
        return Source(id=id, name=name, named=named, kind=kind, mentions=(at(words),), **rest)

    sources = (
        source(
            "s1",
            "Marit Osei-Lund",
            SourceKind.PERSON,
            "Marit Osei-Lund",
            role="director-general",
            affiliation="inspectorate",
        ),
        source("s2", "Radek Vohl", SourceKind.PERSON, "Radek Vohl", role="foreign minister", affiliation="Karsova"),
        source("s3", "Harbor Ledger", SourceKind.MEDIA, "Harbor Ledger"),
        source("s4", "statement", SourceKind.DOCUMENT, "statement", named=False),
        source(
            "s5",
            "Two officials close to the talks",
            SourceKind.ANONYMOUS,
            "Two officials close to the talks",
            named=False,
            count=2,
            anonymity_reason=at("because they were not authorised to discuss the visit"),
        ),
        source(
            "s6",
            "Dace Ilves",
            SourceKind.PERSON,
            "Dace Ilves",
            role="spokeswoman",
            affiliation="Aldemar Freight",
            office_of="s7",
        ),
        source("s7", "Aldemar Freight", SourceKind.ORGANISATION, "Aldemar Freight"),
        source("s8", "Karsova’s state news agency", SourceKind.MEDIA, "Karsova’s state news agency", named=False),
        source("s9", "Imre Kass", SourceKind.PERSON, "Imre Kass", role="president"),
        source(
            "s10",
            "A satellite survey by Tarn University",
            SourceKind.DOCUMENT,
            "A satellite survey by Tarn University",
            named=False,
        ),
        source("s11", "Marit Osei-Lund and Radek Vohl", SourceKind.GROUP, "Both", members=("s1", "s2")),
        source("s12", "Residents", SourceKind.GROUP, "Residents", named=False),
        source("s13", "Continental Wire Service", SourceKind.MEDIA, "Continental Wire Service"),
    )
    return replace(
        with_speakers(
            reading,
            {1: "s1", 2: "s1", 3: "s2", 4: "s2", 5: "s5", 6: "s6", 7: "s8", 9: "s10", 10: "s11", 11: "s1", 12: "s12"},
            via={3: ("s3", "s4")},
            upstream={7: ("s9",)},
        ),
        sources=sources,
        lineage=Lineage.CREDITED,
        dates=(
            Date(span=at("19 February"), value="2031-02-19", reason=None),
            Date(span=at("Friday"), value="2031-03-14", reason=None),
            Date(span=at("later this month"), value="2031-03-09/2031-03-31", reason=None),
            Date(span=at("last month"), value="2031-02", reason=None),
            Date(span=at("Some day"), value=None, reason="no day is meant"),
            Date(span=at("20 March"), value="2031-03-20", reason=None),
        ),
        quantities=(
            Quantity(span=at("three"), low=3, high=3, unit=None, counted="sites"),
            Quantity(span=at("at least 11 containers"), low=11, high=None, unit=None, counted="containers"),
            Quantity(span=at("about 40 per cent"), low=36.0, high=44.0, unit="%", counted=None),
            Quantity(span=at("some 12 km²"), low=10.8, high=13.2, unit="km²", counted=None),
            Quantity(span=at("dozens of lorries"), low=24, high=99, unit=None, counted="lorries"),
        ),
        places=(
            Place(span=at("Karsova"), name="Karsova", country="QK", use=PlaceUse.METONYMIC),
            Place(span=at("Karsova", 1), name="Karsova", country="QK", use=PlaceUse.LITERAL),
            Place(span=at("Merrow"), name="Merrow", country=None, use=PlaceUse.LITERAL),
            Place(span=at("Sarrow", 1), name="Port Sarrow", country="QK", use=PlaceUse.METONYMIC),
        ),
    )


def with_speakers(
    reading: Reading,
    speakers: Mapping[int, str],
    *,
    via: Mapping[int, tuple[str, ...]] | None = None,
    upstream: Mapping[int, tuple[str, ...]] | None = None,
) -> Reading:
    """The reading with these ids behind its attributions, which go by their numbers from 1."""
    return replace(
        reading,
        attributions=tuple(
            replace(
                attribution,
                speaker=speakers.get(number),
                via=(via or {}).get(number, ()),
                upstream=(upstream or {}).get(number, ()),
            )
            for number, attribution in enumerate(reading.attributions, 1)
        ),
    )
