"""The article cut into lines and pieces: nothing lost, and each piece under exactly the marks that cover it."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution, Quotation
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.show.layout import Role, lay_out
from tests.samples import article, bare_reading, reading_of


def test_source_of_two_attributions_is_one_piece_with_both_numbers() -> None:
    reading = reading_of("<s 1 2>She</s> <q 1>said</q> <c 1>no</c> and <q 2 demand>asked</q> <c 2>them to go</c>.")
    (line,) = lay_out(reading)
    assert [mark.number for mark in line.pieces[0].marks] == [1, 2]
    assert line.pieces[0].text == "She"


def test_nested_spans_are_cut_where_they_meet_and_content_leads() -> None:
    reading = reading_of("<s 1>Ruiz</s> <q 1>said</q> <c 1>that <s 2>Vohl</s> <q 2 deny>had denied</q> it</c>.")
    (line,) = lay_out(reading)
    nested = next(piece for piece in line.pieces if piece.text == "Vohl")
    assert [(mark.role, mark.number) for mark in nested.marks] == [(Role.CONTENT, 1), (Role.SOURCE, 2)]
    assert nested.leading is not None and nested.leading.role is Role.CONTENT


def test_number_stands_once_and_behind_the_cue() -> None:
    reading = reading_of("<c 1>“It is early,”</c> <s 1>she</s> <q 1>said</q>. <c 1>“Ask in May.”</c>")
    pieces = [piece for line in lay_out(reading) for piece in line.pieces]
    assert [piece.text for piece in pieces if piece.ends] == ["said"]


def test_number_stands_behind_the_content_where_there_is_no_cue() -> None:
    reading = reading_of("<s 1>Vohl</s>: <c 1>“Nobody was turned away.”</c>")
    pieces = [piece for line in lay_out(reading) for piece in line.pieces]
    assert [piece.text for piece in pieces if piece.ends] == ["“Nobody was turned away.”"]


def test_line_wholly_in_one_region_has_its_kind_and_a_mixed_line_has_none() -> None:
    kinds = [line.region for line in lay_out(article())]
    assert kinds[0] is RegionKind.TITLE
    assert kinds[1] is RegionKind.BYLINE
    assert kinds[2] is None  # dateline and body
    assert kinds[-5:] == [RegionKind.BOILERPLATE] * 5


def test_line_ends_of_every_kind_and_gaps() -> None:
    lines = list(lay_out(reading_of("one\r\ntwo\r\n\r\nthree\u2028four\rfive\n \nsix")))
    assert [line.pieces[0].text for line in lines] == ["one", "two", "three", "four", "five", "six"]
    assert [line.after_gap for line in lines] == [True, False, True, False, False, True]


def test_paragraph_wrapped_at_a_fixed_width_is_one_line() -> None:
    wrapped = "The talks on reopening the depot at Tolvin broke off on Tuesday\nafter six hours, and nobody would say "
    (line,) = lay_out(reading_of(wrapped + "whether they\nwould be taken up again."))
    assert line.pieces[0].text.count("\n") == 2


def test_values_cut_pieces_and_leave_their_marks_alone() -> None:
    reading = reading_of("<s 1>Ruiz</s> <q 1>said</q> <c 1>at least 11 lorries left</c>.")
    text = reading.document.text
    spans = [Span.of(text, text.index(words), text.index(words) + len(words)) for words in ("said at least 11", "11")]
    pieces = [piece for line in lay_out(reading, spans) for piece in line.pieces]
    assert [(piece.text, piece.values) for piece in pieces if piece.values] == [
        ("said", (1,)),
        (" ", (1,)),
        ("at least ", (1,)),
        ("11", (1, 2)),
    ]
    bare = [(mark.role, piece.text) for line in lay_out(reading) for piece in line.pieces for mark in piece.marks]
    marked: list[tuple[Role, str]] = []
    for piece in pieces:
        for mark in piece.marks:
            if marked and marked[-1][0] is mark.role:
                marked[-1] = (mark.role, marked[-1][1] + piece.text)
            else:
                marked.append((mark.role, piece.text))
    assert marked == bare
    assert [piece.text for piece in pieces if piece.ends] == ["said"]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading whose spans lie anywhere; those of different attributions nest and overlap at will."""
    text = draw(st.text(alphabet="ab \n“é", max_size=60))
    place = st.integers(0, len(text))

    def spans() -> tuple[Span, ...]:
        edges = sorted(draw(st.sets(place, max_size=4)))
        return tuple(Span.of(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))

    attributions = tuple(
        Attribution(
            id=str(number),
            source=spans(),
            cue=spans(),
            content=spans(),
            quote=Quotation.DIRECT,
            act=Act.STATE,
            confidence=1,
        )
        for number in range(draw(st.integers(0, 4)))
    )
    cuts = sorted(draw(st.sets(place, max_size=4)))
    regions = tuple(
        Region(kind=draw(st.sampled_from(RegionKind)), start=start, end=end) for start, end in pairwise(cuts)
    )
    document = Document(id="d", text=text, sha256="", regions=regions)
    return bare_reading(document, attributions=attributions)


@given(readings())
def test_every_character_stands_under_exactly_the_marks_and_the_region_that_cover_it(reading: Reading) -> None:
    text = reading.document.text
    seen = []
    for piece in (piece for line in lay_out(reading) for piece in line.pieces):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        for offset in range(piece.start, piece.start + len(piece.text)):
            seen.append(offset)
            covering = {
                (role, number)
                for number, attribution in enumerate(reading.attributions, 1)
                for role, spans in (
                    (Role.SOURCE, attribution.source),
                    (Role.CUE, attribution.cue),
                    (Role.CONTENT, attribution.content),
                )
                if any(span.start <= offset < span.end for span in spans)
            }
            assert {(mark.role, mark.number) for mark in piece.marks} == covering
            kinds = [region.kind for region in reading.document.regions if region.start <= offset < region.end]
            assert piece.region == (kinds[0] if kinds else None)
    assert re.sub(r"\s", "", "".join(text[offset] for offset in seen)) == re.sub(r"\s", "", text)
    assert seen == sorted(set(seen))
