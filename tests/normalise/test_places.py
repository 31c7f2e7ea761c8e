from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.value import Place, PlaceUse
from sourceline.normalise.places.find import find_places, resolve_place


def places_in(text: str, *names: str, speaking: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """The places of every occurrence of these names; `speaking` are words of which the first occurrence speaks."""
    mentions = [match.span() for name in names for match in re.finditer(re.escape(name), text)]
    return find_places(text, mentions, [(text.index(words), text.index(words) + len(words)) for words in speaking])


def countries(text: str, *names: str) -> list[str | None]:
    return [place.country for place in places_in(text, *names)]


@pytest.mark.parametrize(
    ("name", "common", "country"),
    [
        ("Kenya", "Kenya", "KE"),
        ("U.S.", "United States", "US"),
        ("the UK", "United Kingdom", "GB"),
        ("NSW", "New South Wales", "AU"),
        ("western Kenya", "Kenya", "KE"),
        ("Harare", "Harare", "ZW"),
        ("HARARE", "Harare", "ZW"),
        ("Harare’s", "Harare", "ZW"),
        ("Masvingo Province", "Masvingo Province", "ZW"),
        ("Da Nang International Airport", "Da Nang International Airport", "VN"),
        ("Gaza", "Gaza Strip", "PS"),
        ("Scotland", "Scotland", "GB"),
        ("Europe", "Europe", None),
        ("the Black Sea", "the Black Sea", None),
        ("the EU", "European Union", None),
        ("Georgia", "Georgia", None),
        ("Kashmir", "Kashmir", None),
        ("Zzyzxville", "Zzyzxville", None),
    ],
)
def test_a_name_alone(name: str, common: str, country: str | None) -> None:
    assert resolve_place(name) == (common, country)


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Georgia", ["Atlanta", "Alabama"], "US"),
        ("Georgia", ["Tbilisi", "Armenia", "Georgian"], "GE"),
        ("Santa Ana", ["California"], "US"),
        ("Santa Ana", ["San Salvador", "El Salvador"], "SV"),
        ("Victoria", ["British Columbia", "Vancouver", "Canadian"], "CA"),
    ],
)
def test_names_around_it_tell_which_is_meant(name: str, near: list[str], country: str) -> None:
    assert resolve_place(name, near)[1] == country


def test_the_name_after_it_comes_first() -> None:
    assert countries("The fair in Paris, Texas, opened.", "Paris", "Texas") == ["US", "US"]
    assert countries("The fair in Paris, Texas, opened.", "Paris") == ["US"]
    assert (
        countries("Farms in Pandi, Bulacan, Philippines, were closed.", "Pandi", "Bulacan", "Philippines") == ["PH"] * 3
    )
    assert countries("A flood in Springfield, Vt., closed the road.", "Springfield") == ["US"]
    assert countries("The fair in Paris opened.", "Paris") == ["FR"]


def test_one_name_means_one_place_unless_the_text_says_otherwise() -> None:
    text = "Paris, Texas, has a tower. Paris built it in 1993, after that of Paris, France."
    assert countries(text, "Paris") == ["US", "US", "FR"]


def test_a_list_of_states_is_no_address() -> None:
    assert countries("Delegates of China, Japan and Kenya met.", "China", "Japan", "Kenya") == ["CN", "JP", "KE"]


def test_a_people_is_no_container() -> None:
    assert countries("In Harare, Kenyan officials signed.", "Harare") == ["ZW"]


def test_a_place_too_small_for_the_table_lies_where_the_document_does() -> None:
    text = "Kenyan police searched Qxyville. Kenya closed the road from Nairobi to Qxyville, Kenyan officials said."
    assert countries(text, "Qxyville") == ["KE", "KE"]
    assert countries("They searched Qxyville.", "Qxyville") == [None]
    torn = "Kenya and Uganda, Peru and Chile argued over Qxyville."
    assert countries(torn, "Kenya", "Uganda", "Peru", "Chile", "Qxyville")[-1] is None


@pytest.mark.parametrize(
    "text",
    [
        "Paris denied the report.",
        "Paris has repeatedly denied the report.",
        "Paris on Tuesday rejected the offer.",
        "Paris didn't sign.",
        "Paris’s refusal surprised many.",
        "Talks between Paris and Berlin broke down.",
        "Talks between Berlin and Paris broke down.",
        "The talks with Paris, he said, go on.",
        "She accused Paris of spying.",
        "Sanctions against Paris were lifted.",
        "Berlin and Paris agreed to meet.",
        "Paris and Berlin agreed to meet.",
        "Paris was accused of spying.",
        "Paris beat Lyon 2-1.",
    ],
)
def test_a_place_that_acts_or_is_dealt_with_is_its_people(text: str) -> None:
    assert [place.use for place in places_in(text, "Paris")] == [PlaceUse.METONYMIC]


@pytest.mark.parametrize(
    "text",
    [
        "Officials in Paris denied the report.",
        "The mayor of Paris said so.",
        "He flew from Berlin to Paris.",
        "Paris police said two were hurt.",
        "Paris was hit by a storm.",
        "Paris is a large city.",
        "Trains between Paris and Berlin were late.",
        "Police in both Berlin and Paris confirmed it.",
        "Paris",
        "The Paris attacks were remembered.",
    ],
)
def test_a_place_where_something_is_is_literal(text: str) -> None:
    assert [place.use for place in places_in(text, "Paris")] == [PlaceUse.LITERAL]


def test_the_source_of_an_attribution_is_its_people() -> None:
    text = "The plan is dead, according to Paris and Berlin."
    assert [p.use for p in places_in(text, "Paris")] == [PlaceUse.LITERAL]
    both = places_in(text, "Paris", "Berlin", speaking=("Paris and Berlin",))
    assert [p.use for p in both] == [PlaceUse.METONYMIC] * 2
    text = "The plan is dead, according to the mayor of Paris."
    assert [p.use for p in places_in(text, "Paris", speaking=("the mayor of Paris",))] == [PlaceUse.LITERAL]
    text = "The plan is dead, according to U.S. Envoy Lane."
    assert [p.use for p in places_in(text, "U.S.", speaking=("U.S. Envoy Lane",))] == [PlaceUse.LITERAL]


def test_spans_are_the_texts_own_words_in_order() -> None:
    text = "From Nairobi to Harare, and back to Nairobi."
    found = places_in(text, "Nairobi", "Harare")
    assert [place.span.text for place in found] == ["Nairobi", "Harare", "Nairobi"]
    assert all(text[place.span.start : place.span.end] == place.span.text for place in found)


def test_mentions_outside_the_text_are_left_out() -> None:
    assert find_places("Paris", [(-1, 3), (3, 3), (4, 2), (0, 99)]) == ()
    assert find_places("", [(0, 1)]) == ()
    assert len(find_places("Paris", [(0, 5), (0, 5)])) == 1


@pytest.mark.parametrize(
    "name", ["المدينة", "北京", "Par\u200bis", "\u202eParis", "Ｐａｒｉｓ", "P" * 5000, "’s", "...", "the"]
)
def test_odd_names_are_taken(name: str) -> None:
    assert [place.span.text for place in find_places(name, [(0, len(name))])] == [name]


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=8))
def test_any_text_and_spans_are_taken(text: str, mentions: list[tuple[int, int]]) -> None:
    found = find_places(text, mentions, mentions)
    assert found == find_places(text, list(reversed(mentions)), mentions)
    assert all(place.name and (place.country is None or len(place.country) == 2) for place in found)


def test_time_is_linear() -> None:
    line = "Talks between Moscow and Kyiv in Georgia, Kenyan officials said. "

    def seconds(count: int) -> float:
        text = line * count
        mentions = [match.span() for match in re.finditer("Moscow|Kyiv|Georgia", text)]
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            find_places(text, mentions, mentions)
            best = min(best, time.perf_counter() - start)
        return best

    seconds(10)
    assert seconds(4000) < 16 * seconds(500) + 0.2
