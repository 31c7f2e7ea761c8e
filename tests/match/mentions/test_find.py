"""Mentions of readings made by hand: who says what, with what, and what it takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.match.mentions import find_mentions
from sourceline.model.claim import Mention, Stance
from sourceline.model.reading import Reading
from sourceline.model.source import Source, SourceKind
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.normalise.dates.find import find_dates
from sourceline.normalise.quantities.find import find_quantities
from tests.samples import bare_reading, reading_of


def read(marked: str, *speakers: str, **document: Any) -> Reading:
    """The reading of a marked text, its attributions spoken by the named speakers in order ("" for none)."""
    reading = reading_of(marked, **document)
    text = reading.document.text
    if not reading.document.regions:
        body = (Region(kind=RegionKind.BODY, start=0, end=len(text)),)
        reading = replace(reading, document=replace(reading.document, regions=body))
    names = list(dict.fromkeys(name for name in speakers if name))
    sources = [source(f"s{at}", name, text) for at, name in enumerate(names, 1)]
    ids = {found.name: found.id for found in sources}
    attributions = [
        replace(attribution, speaker=ids.get(name))
        for attribution, name in zip(reading.attributions, speakers, strict=True)
    ]
    return replace(
        reading,
        attributions=tuple(attributions),
        sources=tuple(sources),
        dates=tuple(find_dates(text, reading.document.published)),
        quantities=tuple(find_quantities(text)),
    )


def source(name_id: str, name: str, text: str) -> Source:
    at = text.find(name)
    mentions = (Span.of(text, at, at + len(name)),) if at >= 0 else ()
    return Source(id=name_id, name=name, named=True, kind=SourceKind.PERSON, mentions=mentions)


def wordings(mentions: Sequence[Mention]) -> list[str]:
    return [" … ".join(span.text for span in mention.spans) for mention in mentions]


def voices(mentions: Sequence[Mention]) -> list[str | None]:
    return [mention.speaker.name if mention.speaker else None for mention in mentions]


def test_contents_and_own_voice_give_a_mention_for_each_clause() -> None:
    reading = read(
        "<o>The mill at Marle burnt on Monday.</o> <s 1>Ada Bell</s> <q 1>said</q> "
        "<c 1>nine people were dead and that 14 were missing</c>.",
        "Ada Bell",
    )
    found = find_mentions(reading)
    assert wordings(found) == [
        "The mill at Marle burnt on Monday",
        "nine people were dead",
        "14 were missing",
    ]
    assert voices(found) == [None, "Ada Bell", "Ada Bell"]
    assert [m.unattributed is None for m in found] == [False, True, True]
    assert [q.low for m in found for q in m.quantities] == [9, 14]


def test_a_title_and_a_dateline_give_none() -> None:
    found = find_mentions(
        read("<r title>The mill burnt</r>\n<r dateline>MARLE (HP) -</r> <r body>Nobody was hurt.</r>")
    )
    assert wordings(found) == ["Nobody was hurt"]
    assert found[0].paragraph == 1


def test_a_question_is_none() -> None:
    assert find_mentions(read("Who burnt the mill at Marle in 2031?")) == ()


def test_the_clause_around_the_cue_where_the_content_is_no_clause() -> None:
    found = find_mentions(read("<s 1>The register</s> <q 1>lists</q> <c 1>four depots</c>.", "The register"))
    assert wordings(found) == ["The register lists four depots"]
    assert voices(found) == ["The register"]


def test_what_a_passive_is_taken_for_is_the_outlets_own() -> None:
    found = find_mentions(read("<s 1>The crew</s> <q 1 intend>were refused</q> <c 1>entry to Marle</c>.", "The crew"))
    assert wordings(found) == ["The crew were refused entry to Marle"]
    assert (found[0].attribution, found[0].speaker, found[0].stance) == (None, None, Stance.ASSERTS)


def test_who_says_it_at_the_end_of_a_sentence() -> None:
    found = find_mentions(
        read("Boats: 40, says the ministry. Make that 52, per the coastguard. Crates: nine, Bell insists.")
    )
    assert wordings(found) == ["Boats: 40", "Make that 52", "Crates: nine"]
    assert voices(found) == ["ministry", "coastguard", "Bell"]


def test_a_reading_that_takes_the_speaker_for_what_is_said() -> None:
    found = find_mentions(read("Closed in May, <q 1>says</q> <c 1>the company</c>.", ""))
    assert wordings(found) == ["Closed in May"]
    assert voices(found) == ["company"]
    assert found[0].attribution is not None


def test_words_that_the_reading_left_out_go_with_their_clause() -> None:
    reading = read(
        "<s 1>Ada Bell</s> <q 1>told</q> the Herald <c 1>that no letter</c> reached her, and that she had moved.",
        "Ada Bell",
    )
    assert wordings(find_mentions(reading)) == ["no letter reached her", "she had moved"]


def test_a_figure_in_the_description_of_a_source_is_asserted_by_the_outlet() -> None:
    reading = read("<s 1>Ada Bell, who sold 200 boats in May</s>, <q 1>said</q> <c 1>she was tired</c>.", "Ada Bell")
    found = find_mentions(reading)
    assert wordings(found) == ["she was tired", "who sold 200 boats in May"]
    assert voices(found) == ["Ada Bell", None]
    assert "bell" in found[1].words


def test_short_sentences_of_one_quotation_are_one_mention() -> None:
    reading = read("<c 1>“No siren. Nothing. It never made a sound,”</c> <s 1>Ada Bell</s> <q 1>said</q>.", "Ada Bell")
    found = find_mentions(reading)
    assert wordings(found) == ["“No siren. Nothing. It never made a sound,”"]
    assert found[0].direct and found[0].negated


def test_a_quotation_without_a_frame_goes_on_with_its_speaker() -> None:
    reading = read(
        "<s 1>Ada Bell</s> <q 1>said</q> <c 1>the mill was old</c>.\n\n“The floor was rotten in two rooms.”", "Ada Bell"
    )
    found = find_mentions(reading)
    assert voices(found) == ["Ada Bell", "Ada Bell"]
    assert found[1].direct


def test_what_is_taken_up() -> None:
    reading = read(
        "<s 1>Ada Bell</s> <q 1>said</q> <c 1>the lorries left Marle by night</c>.\n\n"
        "The paper could not verify it.\n\n"
        "<s 2>The company</s> <q 2 deny>has denied</q> <c 2>it</c>. <s 3>Rolf Dahl</s> "
        "<q 3 decline>declined to comment</q> <c 3>on the lorries</c>.",
        "Ada Bell",
        "The company",
        "Rolf Dahl",
    )
    found = find_mentions(reading)
    assert [m.stance for m in found] == [Stance.ASSERTS, Stance.DOUBTS, Stance.DENIES, Stance.DECLINES]
    assert wordings(found)[2] == "The company has denied it"
    assert [m.refers_to for m in found] == [None, found[0].id, found[0].id, found[0].id]


def test_agreeing_takes_up_what_another_said() -> None:
    reading = read(
        "<s 1>Ada Bell</s> <q 1>says</q> <c 1>the mill passed in 2030</c>. So does the ministry.", "Ada Bell"
    )
    found = find_mentions(reading)
    assert found[1].refers_to == found[0].id


def test_the_same_said_again_by_the_same_source_in_its_paragraph_is_one() -> None:
    said = "<s {0}>Ada Bell</s> <q {0}>said</q> <c {0}>nine boats sank</c>."
    marked = f"{said.format(1)}{{}}{said.format(2)}"
    assert len(find_mentions(read(marked.format(" "), "Ada Bell", "Ada Bell"))) == 1
    assert len(find_mentions(read(marked.format("\n\n"), "Ada Bell", "Ada Bell"))) == 2


def test_dates_names_hedges_and_pronouns() -> None:
    reading = read(
        "On 3 May 2031 <s 1>Ada Bell</s> <q 1>said</q> <c 1>she had lost up to 40 boats at Port Marle</c>.", "Ada Bell"
    )
    text = reading.document.text
    at = text.index("she")
    she = replace(reading.sources[0], mentions=(*reading.sources[0].mentions, Span.of(text, at, at + 3)))
    (found,) = find_mentions(replace(reading, sources=(she,)))
    assert [date.value for date in found.dates] == ["2031-05-03"]
    assert found.names == ("ada bell", "port marle")
    assert found.hedges == ("up to",)
    assert found.words == ("ada", "bell", "lose", "40", "boat", "port", "marl")


def test_a_conjunct_keeps_its_subject_in_its_words() -> None:
    found = find_mentions(read("The mill lost 40 looms in the fire, and sold the other 12 looms to a yard in Marle."))
    assert wordings(found)[1] == "sold the other 12 looms to a yard in Marle"
    assert found[1].words[0] == "mill"


def test_we_are_the_outlet_that_speaks_for_itself() -> None:
    (found,) = find_mentions(read("We closed the mill in May.", outlet="Bell Mills", outlet_kind="company"))
    assert found.speaker is None
    assert found.names == ("bell mills",)


def test_vectors_are_asked_for_once() -> None:
    asked: list[list[str]] = []

    def vector(texts: Sequence[str]) -> list[bytes]:
        asked.append(list(texts))
        return [bytes([at]) for at in range(len(texts))]

    found = find_mentions(read("Nine are dead and 14 are missing."), vector=vector)
    assert asked == [["Nine are dead", "14 are missing"]]
    assert [m.vector for m in found] == [b"\x00", b"\x01"]


def test_profiles_are_those_given() -> None:
    reading = read("<s 1>Ada Bell</s> <q 1>said</q> <c 1>the mill burnt</c>.", "Ada Bell")
    (found,) = find_mentions(reading, profiles={"s1": "p7"})
    assert found.speaker is not None and found.speaker.profile == "p7"


def test_a_sentence_without_end_has_bounded_words() -> None:
    (found, *_) = find_mentions(read("The mayor saw " + "x1 " * 50_000 + "."))
    assert len(found.words) <= 256


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB 9.,;:“”\"'’–-()\n?é"), max_size=200))
def test_mentions_are_verbatim_in_order_and_share_no_character(text: str) -> None:
    body = (Region(kind=RegionKind.BODY, start=0, end=len(text)),)
    document = Document(id="d", text=text, sha256="0", regions=body)
    found = find_mentions(bare_reading(document, quantities=tuple(find_quantities(text))))
    taken: set[int] = set()
    for mention in found:
        for span in mention.spans:
            assert text[span.start : span.end] == span.text
            places = set(range(span.start, span.end))
            assert not places & taken
            taken |= places
    assert [m.id for m in found] == [
        m.id for m in find_mentions(bare_reading(document, quantities=tuple(find_quantities(text))))
    ]
    assert len({m.id for m in found}) == len(found)
